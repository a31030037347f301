"""TAB in real shells: what `ally completion` prints, loaded as its own words say, and a TAB pressed."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from tests.pty import screen_of
from tests.support import SATURDAY, Home

# How each shell is started with nothing of the machine's own set-up, and what loads the script.
SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], "source <(ally completion bash)"),
    "zsh": (["-f", "-i"], "autoload -U compinit; compinit -u; source <(ally completion zsh)"),
    "fish": (["--no-config", "-i"], "ally completion fish | source"),
}
LINES = [
    ("ally rev", "review"),
    ("ally people me", "merge"),
    ("ally show k7", "k7m2q9"),
    ("ally list --tag hir", "hiring"),
    ("ally search --with pri", "priya"),
    ("ally reflect --practice deep", "deep-curiosity"),
    ("ally packs show seven", "seven-practices"),
    ("ally share mar", "maria"),
]


@pytest.fixture
def written(home: Home) -> Home:
    home.put(
        "entries/2026/11/2026-11-21-0815-k7m2q9xr4t.md",
        '---\nid: "k7m2q9xr4t"\ndate: 2026-11-21\nkind: note\n---\n\nAsked @priya about #hiring.\n',
    )
    home.put("coaches.toml", '[maria]\nname = "Maria"\n')
    home.ok("reflect", "--print", at=SATURDAY)
    return home


@contextmanager
def shell(home: Home, name: str) -> Iterator[pexpect.spawn]:
    """The shell, on a terminal, with `ally` on its path and TAB loaded."""
    found = shutil.which(name)
    assert found, f"{name} is not installed, and this shows nothing without it: apt-get install {name}"
    arguments, load = SHELLS[name]
    env = home.env | {"PATH": f"{Path(sys.executable).parent}:{home.env['PATH']}", "PS1": "READY> ", "TERM": "vt100"}
    child = pexpect.spawn(found, arguments, env=env, cwd=str(home.folder), dimensions=(60, 120), timeout=30)
    try:
        child.send(f"{load}; echo LOAD''ED\r")
        child.expect_exact("LOADED")
        yield child
    finally:
        child.close(force=True)


@pytest.mark.parametrize("name", SHELLS)
def test_tab_completes_in_a_real_shell(written: Home, name: str) -> None:
    for line, whole in LINES:
        with shell(written, name) as child:
            child.send(f"{line}\t")
            seen = b""
            while whole not in screen_of(seen, 120).rpartition(line.rpartition(" ")[0])[2]:
                child.expect(rb".+")
                seen += child.after


@pytest.mark.parametrize("name", SHELLS)
def test_a_tab_that_finds_nothing_says_nothing(home: Home, name: str) -> None:
    with shell(home, name) as child:
        child.send("ally show zz\t")
        child.send("\x15echo D''ONE\r")
        child.expect_exact("DONE")
        assert b"rror" not in child.before and b"Traceback" not in child.before
