"""An entry to Markdown and back: field by field, whatever the words are, and for every YAML reader alike."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from unicodedata import category

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from allyjournal.errors import AllyError, UnreadableFile
from allyjournal.journal import document, yaml_reader
from allyjournal.journal.document import Fallback, from_bytes, to_text
from allyjournal.journal.entry import Entry
from tests import strategies

MOMENT = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)
FALLBACK = Fallback("entries/x.md", lambda: MOMENT)
NAMES = [each.name for each in fields(Entry) if each.name not in ("path", "readonly")]


def read(data: bytes | str) -> Entry:
    return from_bytes(data if isinstance(data, bytes) else data.encode(), FALLBACK)


def values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in NAMES}


def minimal(**changed: Any) -> Entry:
    return replace(Entry(id="k7m2q9xr4t", date=date(2026, 11, 21), created=MOMENT), **changed)


def front_of(text: str) -> str:
    return text[4 : text.index("\n---\n", 3) + 1]


def as_properties(entry: Entry) -> dict[str, Any]:
    """What any YAML reader should make of an entry's front matter; dates are left to the caller."""
    said: dict[str, Any] = {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "pack": entry.pack,
        "exercise": entry.exercise,
        "next-step": entry.next_step,
        "prompts": list(entry.prompts),
        "asked": list(entry.asked),
        "practices": list(entry.practices),
        "tags": list(entry.tags),
        "people": list(entry.people),
        "voice": None if entry.voice == "self" else entry.voice,
        "starred": entry.starred,
        "private": entry.private,
        "for-coach": entry.for_coach,
        "reply-to": entry.reply_to,
        "edited": entry.edited,
    }
    return {key: value for key, value in said.items() if value}


@given(strategies.entries())
@example(minimal(body="---\nid: x\n---\n\n...\n\n```\n## not a heading"))
@example(minimal(body="...\n---"))
@example(minimal(title="\u2028---\u2028", body="%%\n```"))
@example(minimal(title="[" * 30, asked=("{" * 30,)))
@example(minimal(title="---", kind="...", voice="- a", tags=("no",), people=("y",)))
def test_an_entry_reads_back_field_by_field(entry: Entry) -> None:
    assert values(read(to_text(entry))) == values(entry)


@given(strategies.entries())
def test_what_is_written_is_written_the_same_again(entry: Entry) -> None:
    assert to_text(read(to_text(entry))) == to_text(entry)


@given(strategies.entries())
@example(minimal(title="[" * 30, asked=("{" * 30,)))
def test_the_slow_reader_agrees_with_the_fast_one_on_all_that_we_write(entry: Entry) -> None:
    front = front_of(to_text(entry))
    fast = document._fast(front)
    assert fast is not None, "our own shape is read without a YAML parser"
    assert yaml_reader.read(front, "entries/x.md") == fast


@given(strategies.entries())
@example(minimal(title="[" * 30))
def test_a_property_that_someone_adds_changes_nothing_else(entry: Entry) -> None:
    text = to_text(entry)
    assert values(read(text.replace("---\n", "---\naliases: []\n", 1))) == values(entry)


@given(strategies.entries())
def test_pyyaml_reads_the_same_front_matter(entry: Entry) -> None:
    loaded = yaml.safe_load(front_of(to_text(entry)))
    assert loaded.pop("date") == entry.date
    assert loaded.pop("created") == entry.created
    assert loaded == as_properties(entry)


@given(strategies.entries())
def test_a_yaml_1_2_parser_reads_the_same_front_matter(entry: Entry) -> None:
    loaded = YAML(typ="safe", pure=True).load(front_of(to_text(entry)))
    assert loaded.pop("date") == entry.date
    created = loaded.pop("created")
    assert (created if created.tzinfo else created.replace(tzinfo=UTC)) == entry.created
    assert loaded == as_properties(entry)


@given(strategies.entries())
def test_what_is_written_is_utf_8_with_lf_and_no_character_that_yaml_forbids(entry: Entry) -> None:
    text = to_text(entry)
    assert text.encode().decode() == text
    assert {category(char) for char in front_of(text).replace("\n", "")}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert text.endswith("\n")


@given(st.binary(max_size=400))
def test_any_bytes_are_an_entry_or_an_unreadable_file(data: bytes) -> None:
    try:
        read(data)
    except UnreadableFile as error:
        assert error.path == "entries/x.md" and error.line >= 1


_YAML_PIECES = [
    "id: k7m2q9xr4t", 'id: "k7m2q9xr4t"', "id: 0123", "id: null", "date: 2026-11-21", "date: 12:30:45", "date: [1]",
    "date: 99999999999999999999", "created: 2026-11-21T08:15:02+01:00", "created: 2026-11-21", "created: {a: 1}",
    "tags: a, b", "tags: [a, [b, [c]]]", "tags:", "  - a", "  - [b]", "- c", "people: {x: y}", 'tags: "#a"',
    "asked: 5", "prompts: NO", "private: Yes", "Private: 1", "starred: [true]", "title: |", "  folded", "title: >-",
    "key: *alias", "key: &anchor 1", "<<: *a", "? complex", ": value", "!!python/object:os.system x", "%YAML 1.1",
    "---", "...", "'", '"', "\t- tab", "a: b: c", "# comment", "[", "{", "]", "}", "title: \ud800",
    'title: "\\ud800"', 'title: "\\x00"', "\x00", "\x85", "\u2028", "\ufeff", "id: k7m2q9xr4t", "x" * 300, "[" * 25,
    "- " * 25, "",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(_YAML_PIECES), max_size=10), st.sampled_from(["\n", "\r\n", "\r"]), st.binary(max_size=8)
)
def test_any_front_matter_is_read_or_named_with_its_line(pieces: list[str], end: str, tail: bytes) -> None:
    data = end.join(["---", *pieces, "---", "", "body"]).encode("utf-8", "surrogatepass") + tail
    try:
        entry = read(data)
    except UnreadableFile as error:
        breaks = sum(piece.count(mark) for piece in pieces for mark in ("\x85", "\u2028"))
        assert 1 <= error.line <= len(pieces) + breaks + 3
        return
    assert entry.created.tzinfo is not None
    assert isinstance(entry.title, str) and all(isinstance(each, str) for each in (*entry.tags, *entry.asked))
    to_text(entry).encode()


def test_the_words_of_a_file_never_stand_in_the_error_about_it() -> None:
    for text in (
        "---\ntitle: SECRET: SECRET\n---\n",
        "---\nSECRET\n---\n",
        "---\nSECRET: [\n---\n",
        "---\nSECRET: 1\n",
    ):
        with pytest.raises(AllyError) as caught:
            read(text)
        assert "SECRET" not in str(caught.value)


CANARY = "PRIVATE-WORDS"


@pytest.mark.parametrize(
    "text",
    [
        "---\nprivate: true\n---\n",
        "---\nprivate: True\n---\n",
        "---\nprivate: TRUE\n---\n",
        "---\nprivate: yes\n---\n",
        "---\nprivate: Yes\n---\n",
        "---\nprivate: on\n---\n",
        "---\nprivate: 1\n---\n",
        '---\nprivate: "true"\n---\n',
        "---\nprivate: [true]\n---\n",
        "---\nPrivate: true\n---\n",
        "---\nPRIVATE: true\n---\n",
        "---\nprivate:    true   # really\n---\n",
        "---\nprivate: of course\n---\n",
        "---\r\nprivate: true\r\n---\r\n",
        "---\rprivate: true\r---\r",
        "---\nprivate: true\n...\n",
        "\ufeff---\nprivate: true\n---\n",
        "--- \nprivate: true\n--- \n",
        "---\n\nprivate: true\n---\n",
        "---\n# a comment\nprivate: true\n---\n",
        "---\n{private: true}\n---\n",
        "---\n'private': true\n---\n",
        "---\ntitle: x\nprivate: true\n---",
        "\n---\nprivate: true\n---\n",
        " \n\n---\nprivate: true\n---\n",
        "---\n\nprivate: true\n",
        "---\n# a comment\nprivate: true\n",
        "---\n# a comment\nprivate: true\n" + "x: 1\n" * 20_000 + "---\n",
        "---\r\n# a comment\r\nprivate: true\r\n" + "x: 1\r\n" * 20_000 + "---\r\n",
    ],
    ids=lambda text: text[:45],
)
def test_whatever_says_private_is_private_or_is_no_entry_at_all(text: str) -> None:
    try:
        entry = read(text + f"\n{CANARY}\n")
    except UnreadableFile:
        return
    assert entry.private


@pytest.mark.parametrize("value", ["false", "False", "no", "No", "off", "0", "null", "", "~", '"false"'])
def test_what_says_that_it_is_not_private_is_not(value: str) -> None:
    assert not read(f"---\nprivate: {value}\n---\n\nwords\n").private


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("tags: a, b", ("a", "b")),
        ("tags: a b", ("a", "b")),
        ("tags: [a, b]", ("a", "b")),
        ("tags: [A, a, Ä]", ("a", "ä")),
        ('tags: "#a"', ("a",)),
        ("tags: [[a, [b]], c]", ("a", "b", "c")),
        ("tags:", ()),
        ("tags: null", ()),
        ("tags: NO", ("no",)),
        ("tags: [no, yes, 1e3, 12:30]", ("no", "yes", "1e3", "12:30")),
        ("tags:\n- a\n- b", ("a", "b")),
    ],
)
def test_tags_are_read_in_every_shape_that_people_write(front: str, wanted: tuple[str, ...]) -> None:
    assert read(f"---\n{front}\n---\n\nwords\n").tags == wanted


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("date: 2026-11-20", date(2026, 11, 20)),
        ("date: 2026-11-20T23:00:00Z", date(2026, 11, 20)),
        ('date: "2026-11-20"', date(2026, 11, 20)),
        ("date: 2026-11-20 10:00:00 +01:00", date(2026, 11, 20)),
        ("created: 2026-11-19T10:00:00+01:00", date(2026, 11, 19)),
        ("date: 20261120", date(2026, 11, 21)),
        ("date: 12:30:45", date(2026, 11, 21)),
        ("date: 2026-02-30", date(2026, 11, 21)),
        ("date:", date(2026, 11, 21)),
        ("date: [2026-11-20]", date(2026, 11, 21)),
        ("title: no date", date(2026, 11, 21)),
    ],
)
def test_the_day_comes_from_the_front_matter_and_else_from_the_file(front: str, wanted: date) -> None:
    assert read(f"---\n{front}\n---\n\nwords\n").date == wanted


@pytest.mark.parametrize(
    "value", ["0123", "12345", "null", '""', "[a]", '"K7M2Q9"', '"7abcdef"', '"../../x"', '"last"', '"a b c d"']
)
def test_an_id_that_is_not_ours_is_none(value: str) -> None:
    assert read(f"---\nid: {value}\n---\n\nwords\n").id is None


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (b"---\r\ntitle: a\r\n---\r\n\r\nfirst\r\nsecond\r\n", "first\r\nsecond"),
        (b"---\rtitle: a\r---\r\rfirst\rsecond\r", "first\rsecond"),
        (b"\xef\xbb\xbf---\ntitle: a\n---\n\nfirst\n", "first"),
        (b"---\ntitle: a\n...\n\nfirst\n", "first"),
        (b"---\ntitle: a\n---\nfirst\n---\nsecond\n", "first\n---\nsecond"),
        (b"---\ntitle: a\n---", ""),
        (b"---\n---\nfirst", "first"),
        (b"", ""),
        (b"no front matter\n", "no front matter"),
        (b"----\nno front matter\n", "----\nno front matter"),
        (b"---\n\nA rule, and text.\n", "---\n\nA rule, and text."),
    ],
)
def test_front_matter_and_body_part_where_every_other_program_parts_them(data: bytes, body: str) -> None:
    assert read(data).body == body


def test_what_is_not_utf_8_is_shown_with_marks_and_is_read_only() -> None:
    entry = read(b"---\ntitle: caf\xe9\n---\n\nna\xefve\n")
    assert (entry.title, entry.body, entry.readonly) == ("caf\ufffd", "na\ufffdve", True)
    assert read("---\ntitle: wide\n---\n\nwords\n".encode("utf-16")).title == "wide"
    assert not read(b"plain").readonly


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("a: 1\nb: 2\na: 3", 4),
        ("a: 1\nb: &x [*x]", 3),
        ("a: 1\n<<: {b: 2}", 3),
        ("a: 1\nb: : :", 3),
        ("a: 1\n\tb: 2", 3),
        ("a: 1\nb: [" + "[" * 25, 3),
        ("- " * 25 + "x", 2),
        ("[" * 30_000, 2),
        ("{a: " * 10_000, 2),
        ("? " * 30_000, 2),
        ("just words", 2),
        ("- a list", 2),
        ("a: 1\nb: \x01", 2),
    ],
    ids=lambda value: str(value)[:20],
)
def test_front_matter_that_is_not_read_is_named_with_its_line(front: str, line: int) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(f"---\n{front}\n---\n\nwords\n")
    assert caught.value.line == line
    assert "entries/x.md" in str(caught.value)


def test_front_matter_of_a_mebibyte_is_refused_before_it_is_parsed() -> None:
    for end in ("\n", "\r\n"):
        with pytest.raises(UnreadableFile, match="64 KiB"):
            read(f"---{end}title: x{end}" + f"key: value{end}" * 100_000 + f"---{end}words")


@given(st.lists(strategies.lines(1), min_size=1, max_size=3, unique=True), st.data())
def test_a_question_can_be_put_after_any_text(asked: list[str], data: st.DataObject) -> None:
    """Whatever fence an answer leaves open, the next heading is outside it."""
    asked = [" ".join(each.split()) or "Why" for each in asked]
    if len(set(asked)) < len(asked):
        return
    entry = minimal()
    said = []
    for each in asked:
        text = data.draw(strategies.texts())
        said.append(text)
        entry = replace(entry, asked=(*entry.asked, each), body=document.with_answer(entry.body, each, text))
    found = read(to_text(entry))
    assert [answer.asked for answer in found.answers] == asked
    assert all(f"## {each}" in found.body for each in asked)
