"""Whatever stands in a text is shown as text, in a pipe and on a terminal."""

import re
import subprocess

import pytest

from tests.hostile import Seen, Strings, arguments, look, look_at_journal, look_at_registers
from tests.pty import run_on_a_terminal
from tests.support import SATURDAY, Home

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)])) + "\u2028\u2029\ufeff"
ODD = f"[/red] [link=x] :smile: {{0}} %s {CONTROLS} {BIDI} \x1b]0;title\x07\x1b[2J\x1b[31mred\x9b2J end"
SGR = re.compile(r"\x1b\[[0-9;]*m")
LOOKS = [
    ["list"],
    ["show", "last"],
    ["search", "end"],
    ["review"],
    ["export"],
    ["tags"],
    ["people"],
    ["history", "last"],
    ["doctor"],
    ["list", "--json"],
    ["export", "--format", "jsonl"],
    [],
]


def _assert_clean(text: str, where: str) -> None:
    found = {char for char in text if char != "\n" and (char in CONTROLS or char in BIDI or char in "\x00\t\r\x1b")}
    assert not found, (where, sorted(map(hex, map(ord, found))))


@pytest.fixture
def diary(home: Home) -> Home:
    """A home in which every text that ally shows is hostile."""
    quoted = "".join(f"\\u{ord(char):04x}" for char in f"{CONTROLS}{BIDI}\x1b[31m") + "[/red]"
    home.put(
        "entries/2026/11/2026-11-21-0815-k7m2q9xr4t.md",
        f'---\nid: "k7m2q9xr4t"\ndate: 2026-11-21\ncreated: 2026-11-21T08:15:02+01:00\ntitle: "T {quoted}"\n'
        f'kind: "note"\ntags:\n  - "t{quoted}"\npeople:\n  - "p{quoted}"\nstarred: true\nprompts:\n  - "x{quoted}"\n'
        f'asked:\n  - "Asked {quoted}?"\npack: "k{quoted}@1.0.0"\npractices:\n  - "pr{quoted}"\n---\n\n{ODD} #tag{BIDI}'
        f" @tom\n\n- [ ] Ask {ODD} [due:: 2026-11-01]\n",
    )
    home.put("entries/odd \x1b[31m\u202e name.md", f"{ODD}\n")
    home.put("entries/broken \x1b[31m.md", "---\nid: [\n---\n")
    return home


def test_nothing_hostile_reaches_a_pipe_or_the_screen(diary: Home) -> None:
    for words in LOOKS:
        done = diary.run(*words, at=SATURDAY)
        assert done.returncode in (0, 1), (words, done.stderr)
        if words[:1] != ["export"]:
            _assert_clean(done.stdout, f"{words} stdout")
        _assert_clean(done.stderr, f"{words} stderr")
        assert "fault" not in done.stderr


@pytest.mark.parametrize("words", [["list"], ["show", "last"], ["search", "end"], ["review"], ["doctor"]], ids=" ".join)
def test_nothing_hostile_reaches_a_terminal(diary: Home, words: list[str]) -> None:
    said = run_on_a_terminal(diary, *words, at=SATURDAY, PAGER="cat").decode("utf-8")
    _assert_clean(SGR.sub("", said).replace("\r\n", "\n"), " ".join(words))


def test_what_an_export_writes_to_a_terminal_is_shown_as_text(diary: Home) -> None:
    said = run_on_a_terminal(diary, "export", at=SATURDAY, PAGER="cat").decode("utf-8", "replace")
    _assert_clean(SGR.sub("", said).replace("\r\n", "\n"), "export")


@pytest.mark.parametrize(
    "words",
    [
        ["show", "{}"],
        ["show", "{}.md"],
        ["star", "{}"],
        ["restore", "{}"],
        ["list", "--on", "{}"],
        ["list", "--practice", "{}"],
        ["list", "--kind", "{}"],
        ["list", "-t", "{}"],
        ["list", "--contains", "{}"],
        ["search", "{}"],
        ["reflect", "--prompt", "{}", "--print"],
        ["do", "{}"],
        ["packs", "show", "{}"],
        ["packs", "check", "{}"],
        ["export", "-o", "{}/x"],
        ["config", "get", "{}"],
        ["config", "set", "{}", "x"],
        ["config", "set", "week-start", "{}"],
        ["tags", "rename", "{}", "x", "--yes"],
        ["people", "add", "{}"],
        ["schema", "{}"],
        ["completion", "{}"],
        ["review", "{}"],
        ["--journal", "{}", "list"],
        ["{}"],
        ["list", "--{}"],
    ],
    ids=" ".join,
)
def test_hostile_words_on_the_command_line_are_shown_as_text(home: Home, words: list[str]) -> None:
    odd = f"[/red]\x1b[31m{BIDI}\x9b2J\x07\r\n[b]"
    done = home.run(*(word.replace("{}", odd) for word in words))
    assert done.returncode in (0, 1, 2), done.stderr
    _assert_clean(done.stdout + done.stderr, " ".join(words))
    assert "fault" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [["show"], ["list", "--on"], ["list", "-t"], ["search"], ["do"], ["packs", "check"], ["--journal"]],
    ids=" ".join,
)
def test_bytes_that_are_no_text_on_the_command_line_are_no_crash(home: Home, words: list[str]) -> None:
    done = subprocess.run(
        [*home.command(*words), b"caf\xe9\xff"], env=home.env, capture_output=True, cwd=home.folder, check=False
    )
    assert done.returncode in (0, 1, 2)
    assert b"fault" not in done.stderr and b"Traceback" not in done.stderr
    done.stderr.decode("utf-8")


def test_a_note_with_bytes_that_are_no_text_is_kept_with_a_mark(home: Home) -> None:
    subprocess.run([*home.command("note"), b"caf\xe9 au lait"], env=home.env, check=True, capture_output=True)
    assert (
        "caf\ufffd au lait" in home.json("show", "last")["body"] or "caf? au lait" in home.json("show", "last")["body"]
    )


@pytest.mark.parametrize("command", ["note", "reflect", "do"])
def test_a_pipe_that_is_not_utf_8_is_kept_and_its_place_is_said(home: Home, command: str) -> None:
    words = [command, *(["identify-an-ally"] if command == "do" else []), "-"]
    done = home.run(*words, stdin=b"caf\xe9 au lait\n")
    assert (done.returncode, done.stdout, home.entries) == (2, "", [])
    (kept,) = [
        path for path in (home.folder / "state").rglob("*") if path.is_file() and b"caf\xe9" in path.read_bytes()
    ]
    assert str(kept) in done.stderr.replace("\n", "")


def test_a_line_of_a_megabyte_is_kept_and_shown(home: Home) -> None:
    text = "word " * 200_000 + "end"
    home.ok("note", "-", stdin=text, at=SATURDAY)
    assert home.json("show", "last", at=SATURDAY)["body"].strip() == text
    assert "end" in home.ok("show", "last", at=SATURDAY)[-10:]
    for words in (["list"], ["search", "end"], ["review"], ["tags"], ["doctor"]):
        assert len(home.ok(*words, at=SATURDAY)) < 5_000


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "LANG": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_a_screen_that_cannot_show_everything_is_no_crash(home: Home, env: dict[str, str]) -> None:
    typed = "Ólafur and 李 said ☃ #süß @ólafur".encode()
    subprocess.run([*home.command("note", "-")], env=home.env | env, input=typed, capture_output=True, check=True)
    assert "Ólafur and 李 said ☃" in home.json("show", "last")["body"]
    for words in (
        ["list"],
        ["show", "last"],
        ["review"],
        ["tags"],
        ["people"],
        [],
        ["search", "Ólafur"],
        ["packs", "list"],
    ):
        done = subprocess.run(home.command(*words), env=home.env | env, capture_output=True, check=False)
        assert done.returncode == 0, (words, done.stderr)
        assert b"Traceback" not in done.stderr and b"fault" not in done.stderr


def test_a_reader_that_has_enough_ends_it_quietly(home: Home) -> None:
    for number in range(2_000):
        moment = f"2026-11-{number % 28 + 1:02}"
        home.put(
            f"entries/2026/11/{moment}-0815-a{number:09}.md",
            f'---\nid: "a{number:09}"\ndate: {moment}\ncreated: {moment}T08:15:02+01:00\nkind: note\n---\n\nWords.\n',
        )
    for words in ("list", "list --json", "export", "search words", "tags"):
        line = " ".join(home.command(*words.split()))
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {line} -q | head -1"], env=home.env, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b""), words


def test_two_thousand_hostile_strings_are_shown_on_every_screen_and_none_is_obeyed(home: Home) -> None:
    """`python -m benchmarks.torture.hostile` shows a hundred thousand."""
    seen = Seen()
    look_at_journal(home, seen, Strings(7), 100)
    assert seen.faults == []
    assert len(seen.strings) >= 2_000
    for screen in (
        "ally",
        "list",
        "show",
        "search",
        "review",
        "tags",
        "people",
        "trash",
        "history",
        "doctor",
        "export",
    ):
        assert seen.screens[screen] >= 10, (screen, seen.screens)


def test_hostile_arguments_and_registers_are_not_obeyed_either(home: Home) -> None:
    strings, seen = Strings(8), Seen()
    for words in arguments(strings, 1):
        look(home, seen, *words)
    look_at_registers(home, seen, strings)
    assert seen.faults == [] and seen.runs > 60
