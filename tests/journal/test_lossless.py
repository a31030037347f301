"""A file that others wrote, changed by ally: only the lines of what changes alter, and undo gives back every byte."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.errors import AllyError, Refused, UnreadableFile
from allyjournal.journal import document, naming, properties
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from allyjournal.journal.history import Edit, History
from tests.strategies import HandWritten, hand_written, without_front_matter
from tests.support import Home

NOW = datetime(2026, 11, 21, 8, 15, tzinfo=UTC)
PATH = "entries/2026/11/2026-11-21 by hand.md"
Change = Callable[[bytes, Entry], bytes]
# What is done to a file, and the property that it is about.
CHANGES: dict[str, tuple[str, Change]] = {
    "star": ("starred", lambda data, entry: properties.rewritten(data, entry, replace(entry, starred=True))),
    "star --off": ("starred", lambda data, entry: properties.rewritten(data, entry, replace(entry, starred=False))),
    "mark": ("for-coach", lambda data, entry: properties.rewritten(data, entry, replace(entry, for_coach=True))),
    "mark --off": ("for-coach", lambda data, entry: properties.rewritten(data, entry, replace(entry, for_coach=False))),
    "tag add": ("tags", lambda data, entry: properties.listed(data, entry, "tags", ["new"], [])),
    "tag remove a": ("tags", lambda data, entry: properties.listed(data, entry, "tags", [], ["a"])),
    "tag remove b": ("tags", lambda data, entry: properties.listed(data, entry, "tags", [], ["b"])),
    "tag remove c": ("tags", lambda data, entry: properties.listed(data, entry, "tags", [], ["c"])),
    "tags rename b": ("tags", lambda data, entry: naming.renamed(data, entry, "#", "b", "new")),
    "tags merge a": ("tags", lambda data, entry: naming.renamed(data, entry, "#", "a", "c")),
    "people rename c": ("people", lambda data, entry: naming.renamed(data, entry, "@", "c", "new")),
    "people merge b": ("people", lambda data, entry: naming.renamed(data, entry, "@", "b", "a")),
}
# What each makes of the items of its list.
ITEMS: dict[str, Callable[[list[str]], list[str]]] = {
    "tag add": lambda items: [*items, "new"],
    "tag remove a": lambda items: [each for each in items if each != "a"],
    "tag remove b": lambda items: [each for each in items if each != "b"],
    "tag remove c": lambda items: [each for each in items if each != "c"],
    "tags rename b": lambda items: ["new" if each == "b" else each for each in items],
    "tags merge a": lambda items: [each for each in items if each != "a"],
    "people rename c": lambda items: ["new" if each == "c" else each for each in items],
    "people merge b": lambda items: [each for each in items if each != "b"],
}
changes = st.sampled_from(list(CHANGES))


def reading(data: bytes, path: str = PATH) -> Entry:
    return document.from_bytes(data, document.Fallback(path, lambda: NOW))


def front_of(data: bytes) -> str:
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", data.decode().removeprefix("\ufeff"))
    close = next(number for number, line in enumerate(lines) if number and line.strip() in ("---", "..."))
    return "".join(lines[1:close])


def tables(data: bytes, *without: str) -> list[list[tuple[str, Any]]]:
    """The front matter as PyYAML and as the program read it, in its order."""
    both = [yaml.load(front_of(data), yaml.BaseLoader) or {}, document.table_of(data.decode(), PATH)]
    return [[(key, value) for key, value in table.items() if key not in without] for table in both]


def comments_of(text: str) -> list[str]:
    """The comments on lines that are about no item, and on the line of the key."""
    lines = re.split(r"\r\n|\r|\n", text)
    return [
        found[0]
        for line in lines
        if (found := re.search(r"(?:(?<=\s)|^)# (?:why|mine|about|between|none|after|not).*", line))
    ]


@given(hand_written(), changes)
def test_a_change_alters_only_the_lines_of_its_property(file: HandWritten, name: str) -> None:
    key, change = CHANGES[name]
    entry = reading(file.data)
    new = change(file.data, entry)
    before, own, after = file.around(key)
    assert new.startswith(before) and new.endswith(after)
    assert tables(new, key) == tables(file.data, key)
    if new != file.data:
        lines = new[len(before) : len(new) - len(after)].decode()
        assert [each for each in comments_of(own) if each not in lines] == []
    fields = {"starred": "starred", "for-coach": "for_coach", "tags": "tags", "people": "people"}
    read = reading(new)
    others = [each for each in fields.values() if each != fields[key]]
    assert [getattr(read, each) for each in others] == [getattr(entry, each) for each in others]
    assert (read.body, read.title, read.id, read.created) == (entry.body, entry.title, entry.id, entry.created)
    if name in ITEMS:
        assert list(getattr(read, key)) == ITEMS[name](list(getattr(entry, key)))
    else:
        assert getattr(read, fields[key]) is not name.endswith("--off")


@given(hand_written(), st.sampled_from(["tag add", "tag remove a", "tag remove b", "tag remove c", "tags rename b"]))
def test_the_other_items_of_a_list_in_lines_keep_theirs(file: HandWritten, name: str) -> None:
    _, own, _ = file.around("tags")
    lines = [line for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", own) if re.match(r"\s*-\s", line) and "|" not in line]
    gone = {"tag add": "new", "tags rename b": "b"}.get(name, name[-1])
    kept = [line for line in lines if not re.search(rf"\b{gone}\b", line, re.IGNORECASE) and ">" not in line]
    new = CHANGES[name][1](file.data, reading(file.data)).decode()
    assert [line for line in kept if line not in new] == []


@given(without_front_matter(), st.sampled_from(["star", "mark", "tag add"]))
def test_a_file_of_nothing_but_words_keeps_them_below_its_first_property(file: HandWritten, name: str) -> None:
    key, change = CHANGES[name]
    entry = reading(file.data)
    new = change(file.data, entry)
    assert new.startswith(file.opening.encode()) and new.endswith(file.rest.encode())
    added = new[len(file.opening.encode()) : len(new) - len(file.rest.encode())].decode()
    assert yaml.safe_load(front_of(new)) == {key: ["new"] if key == "tags" else True}
    assert re.fullmatch(r"---\s+[\w-]+:[\s\w-]+---\s+", added)
    assert reading(new).body == entry.body


@given(st.one_of(hand_written(), without_front_matter()), st.sampled_from(["star", "tag add"]))
def test_a_file_whose_name_says_no_day_gets_its_day_and_nothing_else(file: HandWritten, name: str) -> None:
    entry = reading(file.data, "entries/by hand.md")
    new = CHANGES[name][1](file.data, entry)
    read = reading(new, "entries/by hand.md")
    assert read.date == entry.date and read.body == entry.body
    dated = [line for line in re.split(r"\r\n|\r|\n", new.decode()) if line == f"date: {NOW.date().isoformat()}"]
    is_dated = any(key in dict(tables(file.data)[1]) for key in ("date", "created")) if file.properties else False
    assert len(dated) == (0 if is_dated or new == file.data else 1)


@given(
    st.lists(st.one_of(hand_written(), without_front_matter()), min_size=1, max_size=3), st.lists(changes, max_size=5)
)
def test_undo_gives_back_every_byte_after_every_change(files: list[HandWritten], names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        journal, paths = (
            Journal(Path(folder)),
            [f"{PATH.removesuffix('.md')} {number}.md" for number in range(len(files))],
        )
        for path, file in zip(paths, files, strict=True):
            (journal.root / path).parent.mkdir(parents=True, exist_ok=True)
            (journal.root / path).write_bytes(file.data)
        history, states = History(journal, NOW), [[file.data for file in files]]
        for name in names:
            now = states[-1]
            new = [CHANGES[name][1](data, reading(data, path)) for path, data in zip(paths, now, strict=True)]
            if new != now:
                history.change(name, [Edit(*each) for each in zip(paths, now, new, strict=True)])
                states.append(new)
        history.trash("delete", paths)
        history.restore("restore", [f".trash/{path}" for path in paths])
        undone = undo_all(history, lambda: [(journal.root / path).read_bytes() for path in paths])
        assert undone == [[], *states[::-1]]


def undo_all(history: History, state: Callable[[], list[bytes]]) -> list[list[bytes]]:
    """Undo until there is nothing left; the state of the files after each, empty while they are in the trash."""
    found: list[list[bytes]] = []
    while True:
        try:
            history.undo()
        except AllyError:
            return found
        try:
            found.append(state())
        except FileNotFoundError:
            found.append([])


# What cannot be changed line by line, or not be read at all.
REFUSED = {
    "a front matter in braces": b"---\n{title: x, tags: [a, b], starred: false}\n---\n\nwords\n",
    "a list in a list": b"---\ntags: [[a, {x: 1}], b]\nstarred: {}\n---\n\nwords\n",
    "a tag that stands twice": b"---\ntags: [a, b]\ntags: [c]\n---\n\nwords\n",
    "an alias": b"---\nx: &x [a]\ntags: *x\n---\n\nwords\n",
    "bytes that are not UTF-8": b"---\ntags: [a, b]\ntitle: caf\xe9\n---\n\nwords\n",
    "what jrnl --format yaml writes: a body indented by tabs": (
        b"---\ntitle: A title.\ndate: 2026-11-21 08:15\nstarred: False\ntags: a, b\nbody: |\n"
        b"\t\n\t\twords\n\t\tmore\n..."
    ),
    "a fence that is never closed": b"---\ntags: [a, b]\n\nwords\n",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=list(REFUSED))
@pytest.mark.parametrize("name", ["star", "tag remove a", "tags merge a"])
def test_what_cannot_be_changed_so_is_refused_in_one_line(data: bytes, name: str) -> None:
    try:
        new = CHANGES[name][1](data, reading(data))
    except (Refused, UnreadableFile) as error:
        assert len(str(error).splitlines()) == 1 and PATH in str(error) and "words" not in str(error)
        return
    assert tables(new, CHANGES[name][0]) == tables(data, CHANGES[name][0])


COMMANDS = [
    ("star", PATH),
    ("mark", PATH),
    ("tag", "add", "new", PATH),
    ("tag", "remove", "a", PATH),
    ("tags", "rename", "a", "z", "--yes"),
    ("people", "rename", "a", "z", "--yes"),
]
# As the programs beside ally write them.
OTHERS = {
    "Obsidian, lists in lines": (
        b"---\ntags:\n  - a\n  - b/c\naliases:\n  - One name\ncssclasses:\n  - wide\npeople:\n  - '@a'\n"
        b"created: 2026-11-21T08:15\npublish:\n---\n#a is here, and [[A note|its name]] @a\n"
    ),
    "Obsidian, lists on a line": (b"---\ntags: [a, b]\naliases: []\ncssclasses: wide\npeople: a\n---\n\nWords."),
    "zk": (
        b"---\ntitle: A note\ndate: 2026-11-21 08:15:02\ntags: [a, b]\nkeywords: [a]\npeople: [a]\n---\n\n"
        b"# A note\n\n:a: words\n"
    ),
    "jrnl, a title and tags on a line": (
        b"---\ntitle: A title.\ndate: 2026-11-21 08:15\nstarred: False\ntags: a, b\npeople: a\n---\n\nwords\n"
    ),
    "Windows": b"\xef\xbb\xbf---\r\ntags:\r\n- a\r\npeople: [ a ]  # her\r\nx: 1\r\n---\r\nwords",
}


@pytest.mark.parametrize("data", OTHERS.values(), ids=list(OTHERS))
def test_every_command_and_undo_on_what_other_programs_write(home: Home, data: bytes) -> None:
    path = home.put(PATH, data)
    foreign = [line for line in data.splitlines() if not re.search(rb"\ba\b|^starred|^tags:", line)]
    for command in COMMANDS:
        home.ok(*command)
        lines = iter(path.read_bytes().splitlines())
        assert all(line in lines for line in foreign), (command, path.read_bytes())
        assert tables(path.read_bytes(), "tags", "people", "starred", "for-coach") == tables(
            data, "tags", "people", "starred", "for-coach"
        )
        home.ok("undo")
        assert path.read_bytes() == data, command
    home.ok("delete", PATH)
    home.ok("restore", PATH)
    assert path.read_bytes() == data


@pytest.mark.parametrize("data", REFUSED.values(), ids=list(REFUSED))
def test_a_refused_command_leaves_every_byte(home: Home, data: bytes) -> None:
    path = home.put(PATH, data)
    for command in COMMANDS[:4]:
        before = path.read_bytes()
        done = home.run(*command)
        assert path.read_bytes() == before or done.returncode == 0
        assert (len(done.stderr.splitlines()) if done.returncode else 1) == 1


@given(st.one_of(hand_written(), without_front_matter()))
def test_an_id_is_added_beside_everything_that_is_there(file: HandWritten) -> None:
    """The time in a `date: 2026-11-21 08:15:02` stays too."""
    entry = reading(file.data)
    new = properties.identified(file.data, entry, "h7m2q9xr4t")
    read = reading(new)
    assert (read.id, read.date, read.body) == ("h7m2q9xr4t", entry.date, entry.body)
    if file.properties:
        assert [pair for pair in tables(new, "id")[1] if pair in tables(file.data, "id")[1]] == tables(file.data, "id")[
            1
        ]
    assert file.rest.encode() in new
