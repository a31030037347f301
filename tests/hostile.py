"""Journals in which every text is hostile, and what a terminal is sent when their screens are drawn.

Each string carries a number that can be read, so that the strings that come to a screen are counted there.
"""

import fcntl
import os
import pty
import random
import re
import struct
import subprocess
import termios
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from allyjournal.journal.folder import ALPHABET, LETTERS, Journal
from allyjournal.journal.history import Edit, History
from allyjournal.journal.scalars import quoted
from tests.strategies import TRAPS
from tests.support import SATURDAY, Home

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# What a terminal may not be sent, after our own colours and the ends of lines; a tab only goes on.
FORBIDDEN = (
    {chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]} - {"\n", "\t"}
    | set(BIDI)
    | set("\u2028\u2029\ufeff\u200b")
)
OURS = re.compile(rb"\x1b\[(?:0|1|2|33|36|1;33|2;36)m|\r\n")
NUMBER = re.compile(r"q([0-9]{7})q")
FAULT = re.compile(rb"Traceback|ally has a fault")
# fmt: off
ATOMS = [
    "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]52;c;cm0gLXJm\x07", "\x1b]8;;https://x.example\x1b\\x\x1b]8;;\x1b\\",
    "\x1bc", "\x1b[?1049h", "\x1b[6n", "\x1b[c", "\x1b(0", "\x1b[31m", "\x1b[8m", "\x1bP+q544e\x1b\\",
    "\x1b_Gf=100;AAAA\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\", "\x1b[20t", "\x1b[21t", "\x1b#8", "\x1b%G", "\x1b",
    "\x9b31m", "\x9d0;t\x9c", "\x90q\x9c", "\x9f_\x9c", "\x84", "\x85", "\x8d", "\x07", "\x08\x08\x08", "\x7f",
    "\x0b", "\x0c", "\x00", "\x0e", "\x0f", "\x1a", "\x05", "\x1c", "\x1d", "\x1e", "\x1f", "\u202egnp.exe",
    "\u2066x\u2069", "\u202ax\u202c", "\u202bx", "\u202dx", "\u2067x", "\u2068x", "\u200e", "\u200f", "\u061c",
    "\u2028", "\u2029", "\ufeff", "\u200b", "\u200c", "\u200d", "\u00ad", "\u2060", "\u180e", "\ufff9a\ufffab\ufffb",
    "\U000e0001", "\U000e0041\U000e007f", "\u0301" * 30, "e" + "\u0338" * 60, "\u115f", "\u3164", "\ufe0f",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f3f4\U000e0067\U000e007f", "\u738b" * 40, "\ufdfd" * 5,
    "\U0001242b", "\uffff", "\U0010ffff", "\ue000", "[/etc]", "[/red]", "[bold]x", "[red",
    "[link=https://x.example]x[/link]", "\\[red]", ":smile:", "{0} %s %(x)s", "${HOME}", "$(id)", "\t", " " * 40,
]
# fmt: on
DAYS = [f"2026-11-{day}" for day in range(16, 22)]


class Strings:
    """Hostile strings without end, each with its number in it."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.count = 0

    def __call__(self, without: str = "\r\n") -> str:
        """One more, without these characters."""
        dice = self.dice
        parts = [*dice.choices(ATOMS, k=dice.randint(1, 5)), *dice.choices(TRAPS, k=dice.randint(0, 2))]
        parts += [chr(dice.randrange(0x110000)) for _ in range(dice.randint(0, 3))]
        dice.shuffle(parts)
        at, self.count = dice.randint(0, len(parts)), self.count + 1
        text = "".join([*parts[:at], f"q{self.count:07}q", *parts[at:]])
        return "".join(char for char in text if char not in without and not "\ud800" <= char <= "\udfff")

    def several(self, count: int, between: str = " ") -> str:
        """A few, one after the other."""
        return between.join(self() for _ in range(count))

    def id(self) -> str:
        """An id as the journal makes them."""
        return self.dice.choice(LETTERS) + "".join(self.dice.choices(ALPHABET, k=9))


@dataclass
class Seen:
    """What came to the screens: strings by screen, all of them, and every fault."""

    screens: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    strings: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def sent_to_a_terminal(home: Home, *words: str | bytes, at: str | None = SATURDAY, columns: int = 500) -> bytes:
    """Every byte that `ally` with these words sends to the terminal it runs on."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [*home.command(at=at), *words]
    env = home.env | {"PAGER": "cat"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=home.folder) as running:
        os.close(theirs)
        pieces = []
        with suppress(OSError):
            while piece := os.read(ours, 65536):
                pieces.append(piece)
        os.close(ours)
        running.wait(60)
    return b"".join(pieces)


def look(home: Home, seen: Seen, *words: str | bytes) -> None:
    """Run one command on a terminal and judge what came; its first word names the screen."""
    screen = words[0] if words and isinstance(words[0], str) and words[0].isascii() else "ally"
    sent = sent_to_a_terminal(home, *words)
    seen.runs += 1
    try:
        text = OURS.sub(b"\n", sent).decode()
    except UnicodeDecodeError:
        seen.faults.append(f"{screen}: what came is not UTF-8: {words!r:.200}")
        return
    if bad := FORBIDDEN & set(text):
        where = min(text.find(each) for each in bad)
        seen.faults.append(f"{screen}: {sorted(map(ascii, bad))} in {text[max(0, where - 60) : where + 20]!r}")
    if FAULT.search(sent):
        seen.faults.append(f"{screen}: {sent[-300:]!r} of {words!r:.200}")
    found = set(NUMBER.findall(text))
    seen.screens[screen] += len(found)
    seen.strings |= found


def hostile_journal(home: Home, strings: Strings, entries: int) -> tuple[list[str], list[bytes]]:
    """Fill a home; gives the ids of the entries that have one, and the paths of those that have none."""
    ids, paths = [], []
    for number in range(entries):
        if number % 4 == 3:
            path = _odd_path(strings)
            _put(home, path, _nameless(strings))
            paths.append(path)
        else:
            ids.append(strings.id())
            day = DAYS[number % len(DAYS)]
            folder = b".trash/entries" if number % 4 == 2 else b"entries"
            path = b"%s/2026/11/%s-0815-%s.md" % (folder, day.encode(), ids[-1].encode())
            _put(home, path, _entry(strings, ids[-1], day, number))
            if folder == b".trash/entries":
                ids.pop()
    _put(home, b"entries/2026/11/" + _name(strings) + b"-broken.md", f"---\n{quoted(strings())}: [\n".encode())
    _put(
        home, b"packs/" + _name(strings) + b".toml", f'format = 1\nid = {quoted(strings())}\n"{"x" * 9}" = 1\n'.encode()
    )
    _changed(home, strings, ids[0])
    return ids, paths


def _put(home: Home, path: bytes, data: bytes) -> None:
    home.put(os.fsdecode(path), data)


def _name(strings: Strings) -> bytes:
    name = strings("\r\n/\x00").encode()[:150]
    return name.lstrip(b".") + (b"\xff\xed\xa0\x80" if strings.dice.random() < 0.2 else b"")


def _odd_path(strings: Strings) -> bytes:
    return b"entries/2026/11/" + _name(strings) + b".md"


def _entry(strings: Strings, entry_id: str, day: str, number: int) -> bytes:
    """An entry whose every property is hostile, escaped as YAML has it, and whose body is so as it stands."""
    lists = {"tags": 3, "people": 3, "practices": 1, "prompts": 1, "asked": 1}
    rows = [
        f'id: "{entry_id}"',
        f"date: {day}",
        f"created: {day}T08:15:02+01:00",
        f"title: {quoted(strings.several(8))}",
    ]
    rows += [f"{key}:\n" + "\n".join(f"  - {quoted(strings())}" for _ in range(count)) for key, count in lists.items()]
    rows += [f"pack: {quoted(strings() + '@1.0.0')}", f"kind: {quoted(strings())}", "starred: true"]
    if number % 3 == 0:
        rows += [f"exercise: {quoted(strings())}", f"next-step: {quoted(strings())}"]
    name = strings("[]\r\n")
    due = f"- [ ] {strings.several(4)} [due:: 2026-11-{strings.dice.randint(10, 30)}] [id:: {name}]"
    return ("---\n" + "\n".join(rows) + "\n---\n\n").encode() + _words(strings) + f"\n{due}\n  - {strings()}\n".encode()


def _nameless(strings: Strings) -> bytes:
    """Words alone, some with bytes that are no text."""
    return _words(strings) + (b"\xff \xed\xa0\x80 \xc0\xaf \xf5\n" if strings.dice.random() < 0.5 else b"")


def _words(strings: Strings) -> bytes:
    lines = [strings("") for _ in range(6)]
    return f"needle {strings()}\n".encode() + "\n".join(lines).encode() + f"\n#{strings()} @{strings()}\n".encode()


def _changed(home: Home, strings: Strings, entry_id: str) -> None:
    """Give the entry with this id an older version."""
    journal = Journal(home.journal)
    path = next(each for each in journal.paths() if entry_id in each)
    data = journal.bytes_of(path)
    more = data + f"{strings.several(10)}\n{strings()}\n".encode()
    History(journal, datetime(2026, 11, 21, 8, tzinfo=UTC)).change(strings(), [Edit(path, data, more)])


def screens(ids: Sequence[str], paths: Sequence[bytes]) -> Iterator[list[str | bytes]]:
    """The commands that show what is there, and those that change it and say so."""
    yield from ([], ["list"], ["show", *ids, *paths], ["search", "needle"], ["review"])
    yield from (["tags"], ["people"], ["trash"], ["history", ids[0]], ["doctor"], ["export"], ["list", "--json"])
    yield from (["undo"], ["star", *ids[1:3], *paths[:2]], ["tag", "add", "fine", *paths[:2]], ["delete", *paths[:2]])
    yield from (["restore", paths[0].removeprefix(b"entries/")], ["undo"], ["doctor", "--fix"], ["undo"], ["undo"])


# fmt: off
ERRORS = [
    ["show", "{}"], ["show", "{}.md"], ["star", "{}"], ["restore", "{}"], ["history", "{}"],
    ["delete", "entries/{}.md"], ["list", "--on", "{}"], ["list", "--from", "{}"], ["list", "--practice", "{}"],
    ["list", "--kind", "{}"], ["list", "-t", "{}"], ["list", "-n", "{}"], ["search", "{}"], ["do", "{}"],
    ["reflect", "--prompt", "{}", "--print"], ["packs", "show", "{}"], ["packs", "check", "{}"],
    ["export", "-o", "{}/x"], ["export", "--format", "{}"], ["config", "get", "{}"], ["config", "set", "{}", "x"],
    ["config", "set", "week-start", "{}"], ["tag", "add", "{}", "last"], ["tags", "rename", "{}", "x", "--yes"],
    ["tags", "rename", "x", "{}", "--yes"], ["people", "add", "{}"], ["people", "add", "tom", "--name", "{}"],
    ["schema", "{}"], ["completion", "{}"], ["review", "{}"], ["--journal", "{}", "list"], ["{}"], ["list", "--{}"],
    ["note", "--title", "{}", "words"], ["note", "{}"], ["config", "set", "list-text", "{}"],
    ["note", "--on", "{}", "words"],
]
# fmt: on


def arguments(strings: Strings, rounds: int) -> Iterator[list[str | bytes]]:
    """Commands with a hostile argument in each place."""
    for _ in range(rounds):
        for words in ERRORS:
            hostile = strings("\x00") if strings.dice.random() < 0.7 else strings("\x00\r\n")
            odd = hostile.encode() + (b"\xff\xe9" if strings.dice.random() < 0.2 else b"")
            yield [word.encode().replace(b"{}", odd) if "{}" in word else word for word in words]


def look_at_journal(home: Home, seen: Seen, strings: Strings, entries: int) -> None:
    """Every screen of one hostile journal."""
    ids, paths = hostile_journal(home, strings, entries)
    for words in screens(ids, paths):
        look(home, seen, *words)


def look_at_registers(home: Home, seen: Seen, strings: Strings) -> None:
    """people.toml and config.toml with hostile keys and values."""
    for text in (f"{quoted(strings())} = 1\n", f"[tom]\n{quoted(strings())} = {quoted(strings())}\n", strings()):
        home.put("people.toml", text)
        for words in (["people"], ["people", "add", "tom", "--name", "Tom"], ["export", "--redact"]):
            look(home, seen, *words)
    path = home.folder / "config/allyjournal/config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    for key in ("editor", "pager", "language", "week-start", "journal", strings()):
        path.write_text(f"{key if key.isalpha() or key[4:5] == '-' else quoted(key)} = {quoted(strings())}\n")
        for words in (["config"], ["config", "get", "editor"], ["list"], ["doctor"], []):
            look(home, seen, *words)
    path.write_text(f"x {strings()}\n")
    look(home, seen, "list")
    path.unlink()
