"""Nothing leaves the machine: no command makes a single network call."""

from pathlib import Path

from tests.safety.conftest import Say
from tests.safety.sweep import NOTE, REFLECT, home_in, run_traced

COMMANDS = [REFLECT, NOTE, ("list",), ("show", "last"), ("review",), ("export",), ("do",), ("packs", "list"), ()]


def test_no_command_makes_a_network_call(tmp_path: Path, warm: Path, say: Say) -> None:
    home = home_in(tmp_path / "home", warm)
    log = home.folder / "strace.log"
    for words in COMMANDS:
        ended = run_traced(home, words, ["-o", str(log), "-e", "trace=%network,exit_group"])
        assert ended.code == 0, (words, ended)
        shown = log.read_text("utf-8").splitlines()
        assert [line for line in shown if "exit_group(" not in line] == [], words
        assert len(shown) == 1, "strace did watch"
    say(f"{len(COMMANDS)} commands, 0 network calls")
