"""The control of the tests: each safeguard taken out of a copy of the program must turn a test red."""

import compileall
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
# The quick ones first: the first red test is enough.
TESTS = [
    "test_order",
    "test_read_back",
    "test_typing",
    "test_editors",
    "test_disk",
    "test_streams",
    "test_many",
    "test_racing",
    "test_network",
    "test_exercise",
    "test_changing",
    "test_kill",
    "test_errno",
    "test_canary",
]


class Mutant(NamedTuple):
    """A safeguard, and the places where its words are replaced: `file`, `old`, which stands there once, and `new`."""

    without: str
    changes: list[dict[str, str]]


MUTANTS = [Mutant(**each) for each in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["mutants"]]


def copy_of(mutant: Mutant | None, folder: Path) -> Path:
    """A copy of the program without a safeguard; gives the folder for PYTHONPATH."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    for change in mutant.changes if mutant else ():
        file = folder / "src/allyjournal" / change["file"]
        text = file.read_text("utf-8")
        if text.count(change["old"]) != 1:
            raise LookupError(f"{change['file']} is another by now; put the mutant right")
        file.write_text(text.replace(change["old"], change["new"]), "utf-8")
    compileall.compile_dir(folder / "src", quiet=1)
    return folder / "src"


def red_tests(source: Path, stop: bool, without: list[str]) -> list[str]:
    """Which tests fail with the program at `source`; with `stop`, the first of them."""
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rfE", *(["-x"] if stop else [])]
    command += [f"--deselect={each}" for each in without]
    red: list[str] = []
    files = [f"tests/safety/{name}.py" for name in TESTS]
    for some in [[each] for each in files] if stop else [files]:
        done = subprocess.run(
            [*command, *some],
            cwd=ROOT,
            env=os.environ | {"ALLY_TESTED_SOURCE": str(source)},
            capture_output=True,
            text=True,
            check=False,
        )
        red += re.findall(r"^(?:FAILED|ERROR) (\S.*?)(?: - .*)?$", done.stdout, re.MULTILINE)
        if stop and red:
            break
    return red


def control(folder: Path) -> int:
    """Run the tests against every mutant; prints what turned red, gives the number of mutants that lived."""
    known = red_tests(copy_of(None, folder / "whole"), stop=False, without=[])
    print(f"mutants: {len(known)} tests are red without any change, and count for nothing here", flush=True)
    lived = 0
    for number, mutant in enumerate(MUTANTS):
        try:
            red = red_tests(copy_of(mutant, folder / f"{number:02}"), stop=True, without=known)
        except LookupError as error:
            red, lived = [f"NOT TRIED: {error}"], lived + 1
        lived += not red
        print(f"  without {mutant.without}: {red[0] if red else 'NO TEST TURNED RED'}", flush=True)
    print(f"mutants: {len(MUTANTS)}, lived {lived}", flush=True)
    return lived
