"""Run the parts that are named, or all; prints a line for each sweep, and every fault."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.safety import changes, test_errno, test_exercise, test_kill, test_many, test_racing, test_typing
from tests.safety.sweep import Tally, warm_cache

from benchmarks.torture import model, mutants

# These are whole as they are.
ALWAYS_WHOLE = ["order", "read_back", "disk", "network", "streams", "canary", "editors"]
NO_NETWORK = ["tests/safety/test_order.py", "tests/safety/test_typing.py", "tests/safety/test_exercise.py", "tests/cli"]


def say(tally: Tally, also: str = "") -> int:
    """Print what a sweep found; gives the number of faults."""
    print(f"{tally.row()}  {also}".rstrip(), flush=True)
    if tally.faults:
        print(tally.explained(), flush=True)
    return len(tally.faults)


def kill(folder: Path, warm: Path) -> int:
    """`kill -9` before every system call."""
    faults = 0
    for name in test_kill.COMMANDS:
        killing = test_kill.Killing(name, folder / name, warm)
        faults += say(killing.sweep(killing.calls), f"{killing.shapes} states of the disk")
    return faults


def errno(folder: Path, warm: Path) -> int:
    """Every file call fails, alone and with all that follow it."""
    faults = 0
    for name in test_errno.COMMANDS:
        failing = test_errno.Failing(name, folder / name, warm)
        for error in (*test_errno.ERRORS, *test_errno.MORE_ERRORS):
            failing.folder = folder / f"{name}-{error}"
            faults += say(failing.sweep(error, failing.later))
        for call in ("fsync", "link", "mkdir", "rename", "unlink", "open"):
            points = [point for point in failing.ours if point.name.startswith(call)]
            if call == "open":
                points = points[next(number for number, point in enumerate(points) if point.creates) :]
            for error in (test_errno.FULL_DISK, test_errno.READ_ONLY):
                failing.folder = folder / f"{name}-{call}-{error}"
                faults += say(failing.sweep(error, points, "{}+"), call)
    return faults


def changing(folder: Path, warm: Path) -> int:
    """Commands that change entries: `kill -9` before every system call, every file call fails, alone and for good."""
    faults = 0
    for name in changes.CHANGES:
        found = changes.Changing(name, folder / name, warm)
        faults += say(found.kill(found.later), f"{found.shapes} states of the disk")
        for error in (*test_errno.ERRORS, *test_errno.MORE_ERRORS):
            faults += say(found.fail(error, found.file_calls))
        # Not every write: the messages would fail as well.
        for call in ("fsync", "link", "mkdir", "rename", "unlink", "open"):
            points = [point for point in found.ours if point.name.startswith(call)]
            for error in (test_errno.FULL_DISK, test_errno.READ_ONLY):
                faults += say(found.fail(error, points, "{}+"), call)
    return faults


def racing(folder: Path, warm: Path) -> int:
    """8 windows x 100 changes of one entry, and an outside program that saves it all the while."""
    found = test_racing.race(folder / "home", warm, 8, 100)
    wrong = list(test_racing.faults(found))
    print(f"racing: {found.row()}, {len(wrong)} wrong", flush=True)
    print("".join(f"  {line}\n" for line in wrong[:20]), end="", flush=True)
    return len(wrong)


def typing(folder: Path, warm: Path) -> int:
    """Every ending, of every command, in both ways of typing."""
    wrong = test_typing.whole(folder / "typing", warm)
    print(f"typing: {len(list(test_typing.every_sitting()))} sittings, {len(wrong)} wrong", flush=True)
    print("".join(f"  {line}\n" for line in wrong), end="", flush=True)
    return len(wrong)


def exercise(folder: Path, warm: Path) -> int:
    """An exercise, ended in every way at every step."""
    number, wrong = test_exercise.whole(folder / "exercise", warm)
    print(f"exercise: {number} sittings of {len(test_exercise.ANSWERS)} steps, {len(wrong)} wrong", flush=True)
    print("".join(f"  {line}\n" for line in wrong), end="", flush=True)
    return len(wrong)


def many(folder: Path, warm: Path) -> int:
    """8 processes x 200 notes."""
    found = test_many.many_notes(folder / "many", warm, 8, 200)
    print(f"many: 8 processes x 200 notes: {found[0]} files, {found[1]} ids, {found[2]} whole", flush=True)
    return found != (1600, 1600, 1600)


def beside_model(folder: Path, _warm: Path) -> int:
    """Two windows and an outside editor beside a model; a number on the command line says how many runs."""
    runs = next((int(word) for word in sys.argv[1:] if word.isdigit()), model.RUNS)
    result = model.runs(folder, range(runs), model.STEPS)
    model.say(result)
    return len(result.faults)


def rest(_folder: Path, _warm: Path) -> int:
    """The tests that have no longer form."""
    return _pytest([f"tests/safety/test_{name}.py" for name in ALWAYS_WHOLE], [])


def offline(_folder: Path, _warm: Path) -> int:
    """In a namespace without a network everything passes as it does with one."""
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode != 0:
        print("SKIPPED, 1 part: this machine gives no namespace without a network", flush=True)
        return 0
    return _pytest([name for name in NO_NETWORK if (mutants.ROOT / name).exists()], ["unshare", "-n", "--"])


def control(folder: Path, _warm: Path) -> int:
    """Each safeguard taken out."""
    return mutants.control(folder)


def _pytest(names: list[str], before: list[str]) -> int:
    command = [*before, sys.executable, "-m", "pytest", "-q", "--tb=line", "-rfEs", *names]
    return subprocess.run(command, cwd=mutants.ROOT, check=False).returncode


PARTS: dict[str, Callable[[Path, Path], int]] = {
    "kill": kill,
    "errno": errno,
    "changing": changing,
    "racing": racing,
    "typing": typing,
    "exercise": exercise,
    "many": many,
    "model": beside_model,
    "rest": rest,
    "offline": offline,
    "mutants": control,
}


def main() -> int:
    """Run the parts; gives 1 when there was any fault."""
    chosen = [word for word in sys.argv[1:] if not word.isdigit()] or list(PARTS)
    faults = {}
    folder = Path(tempfile.mkdtemp(prefix="ally-torture-"))
    try:
        warm = warm_cache(folder)
        for name in chosen:
            begun = time.monotonic()
            print(f"\n== {name}: {PARTS[name].__doc__}", flush=True)
            faults[name] = PARTS[name](folder / name, warm)
            print(f"== {name}: {time.monotonic() - begun:.0f} s", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\nOn {os.cpu_count()} processors. Parts with faults: {[name for name in faults if faults[name]] or 'none'}")
    return int(any(faults.values()))


if __name__ == "__main__":
    sys.exit(main())
