"""An entry's text in no error message, no warning, and no file but the journal's own and the drafts."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.safety.conftest import Say
from tests.safety.sweep import CANARY, SATURDAY, TEXT, Home

FRONT = 'id: "c1c1c1c1c1"\ndate: 2026-11-20\ncreated: 2026-11-20T09:00:00+01:00\nkind: note\n'
ENTRY = "entries/2026/11/2026-11-20-0900-c1c1c1c1c1.md"


def entry(name: str, data: str | bytes) -> Callable[[Home], None]:
    return lambda home: home.put(name, data) and None


def folder_instead(home: Home) -> None:
    (home.journal / f"entries/2026/11/{CANARY}.md").mkdir(parents=True)


def link_instead(home: Home) -> None:
    outside = home.folder / "outside.md"
    outside.write_text(TEXT)
    (home.journal / "entries/2026/11").mkdir(parents=True, exist_ok=True)
    (home.journal / "entries/2026/11/link.md").symlink_to(outside)


# What is wrong in the journal; the canary is in the text or the front matter of an entry each time.
TROUBLES: dict[str, Callable[[Home], None]] = {
    "front matter never closed": entry(ENTRY, f"---\n{FRONT}title: {CANARY}\n\n{TEXT}"),
    "front matter that does not parse": entry(ENTRY, f"---\n{FRONT}title: [{CANARY}\n---\n\n{TEXT}\n"),
    "front matter with a tab": entry(ENTRY, f"---\n{FRONT}title:\t- {CANARY}: {CANARY}\n---\n\n{TEXT}\n"),
    "front matter with a key twice": entry(ENTRY, f"---\n{FRONT}{CANARY}: 1\n{CANARY}: 2\n---\n\n{TEXT}\n"),
    "front matter with an alias": entry(ENTRY, f"---\n{FRONT}x: &{CANARY} 1\ny: *{CANARY}\n---\n\n{TEXT}\n"),
    "front matter nested deeply": entry(ENTRY, f"---\n{FRONT}x: {'[' * 100}{CANARY}{']' * 100}\n---\n\n{TEXT}\n"),
    "front matter that is a list": entry(ENTRY, f"---\n- {CANARY}\n---\n\n{TEXT}\n"),
    "front matter of a megabyte": entry(ENTRY, f"---\n{FRONT}x: {CANARY * 60000}\n---\n\n{TEXT}\n"),
    "a date that is none": entry(ENTRY, f"---\ndate: {CANARY}\ncreated: {CANARY}\n---\n\n{TEXT}\n"),
    "not UTF-8": entry(ENTRY, f"---\n{FRONT}---\n\n{TEXT}\n".encode() + b"\xff\xfe\x00"),
    "UTF-16": entry(ENTRY, f"---\n{FRONT}---\n\n{TEXT}\n".encode("utf-16")),
    "no front matter": entry(ENTRY, f"{TEXT}\n"),
    "a NUL and escapes": entry(ENTRY, f"---\n{FRONT}title: \x1b]0;{CANARY}\x07\0\n---\n\n{TEXT}\n"),
    "a folder in place of an entry": folder_instead,
    "a link in place of an entry": link_instead,
    "a broken pack": entry("packs/mine.toml", f'format = 1\nid = "mine"\n{CANARY} = "{CANARY}"\n'),
    "a pack that is no TOML": entry("packs/mine.toml", f"{CANARY} = = {CANARY}\n"),
}
READING = [("list",), ("show", "last"), ("show", "c1c1"), ("review",), ("export",), ("do",), ()]
WRITING = [("reflect", "-"), ("note", "-"), ("note", TEXT), ("do", "identify-an-ally", "-"), ("reflect", "--print")]
WRONG = [
    ("list", "--on", "the day before"),
    ("list", "--from", "2026-13-45"),
    ("note", TEXT, "--title", CANARY, "-t", "two words"),
    ("export", "-o", "/nowhere/at/all.md"),
    ("export", "--format", "odt"),
    ("reflect", "--prompt", "no-such-prompt", "-"),
    ("--journal", "/proc/nowhere", "note", TEXT),
    ("--journal", "/proc/nowhere", "reflect", "-"),
]


def trouble_free(home: Home, words: tuple[str, ...], where: str) -> None:
    """Run it, and look for the canary among the messages and outside of journal and drafts."""
    done = home.run(*words, stdin=TEXT, at=SATURDAY)
    assert CANARY not in done.stderr, f"{where}: {words[:2]}: {done.stderr[:500]}"
    assert "Traceback" not in done.stderr and "has a fault" not in done.stderr, f"{where}: {words[:2]}: {done.stderr}"
    assert leaks(home) == [], f"{where}: {words[:2]}"


def leaks(home: Home) -> list[str]:
    """Files outside of journal, drafts and index that hold the canary, or are named by it."""
    allowed = (home.journal, home.folder / "state/allyjournal/drafts", home.folder / "outside.md", home.folder / "run")
    return [
        str(path)
        for path in home.folder.rglob("*")
        if not path.is_relative_to(allowed[0])
        and not path.is_relative_to(allowed[1])
        and path not in allowed
        and not path.is_relative_to(allowed[3])
        and not path.is_relative_to(home.folder / "cache/allyjournal/index")
        and (CANARY in path.name or (path.is_file() and CANARY.encode() in path.read_bytes()))
    ]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_message_holds_an_entrys_text(home: Home, trouble: str) -> None:
    home.ok("note", TEXT, at=SATURDAY)
    TROUBLES[trouble](home)
    before = {path: path.read_bytes() for path in home.journal.rglob("*.md") if path.is_file()}
    for words in [*READING, *WRITING]:
        trouble_free(home, words, trouble)
    assert {path: path.read_bytes() for path in before} == before, "what was there is as it was"


def test_no_message_about_a_wrong_command_holds_an_entrys_text(home: Home, say: Say) -> None:
    home.ok("note", TEXT, at=SATURDAY)
    for words in WRONG:
        trouble_free(home, words, "a wrong command")
        assert home.run(*words, stdin=TEXT, at=SATURDAY).returncode != 0, words[:2]
    say(f"{len(TROUBLES)} troubles x {len(READING) + len(WRITING)} commands and {len(WRONG)} wrong commands")


@pytest.mark.parametrize("where", ["the journal", "the drafts", "both"])
def test_no_message_about_a_folder_that_cannot_be_written_holds_an_entrys_text(home: Home, where: str) -> None:
    """A file lies where a folder is needed, which stops root too."""
    blocked = {"the journal": ["data"], "the drafts": ["state"], "both": ["data", "state"]}[where]
    for place in blocked:
        (home.folder / place).mkdir(mode=0o700)
        (home.folder / place / "allyjournal").write_text("in the way")
    for words in WRITING[:3]:
        done = home.run(*words, stdin=TEXT, at=SATURDAY)
        assert CANARY not in done.stderr and "Traceback" not in done.stderr, done.stderr
        if where == "the drafts":
            assert done.returncode == 0 and done.stdout.startswith("Saved "), done
            continue
        assert done.returncode != 0 and "Saved" not in done.stdout, done
        named = [Path(word.rstrip(".;,")) for word in done.stderr.split() if os.path.isabs(word)]
        assert TEXT in done.stdout or any(path.is_file() and CANARY in path.read_text() for path in named), done.stderr
    assert leaks(home) == []
