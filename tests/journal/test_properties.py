"""Front matter changed by hand and then by ally: only the lines of the property that changes alter."""

import re
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.errors import AllyError, Refused
from allyjournal.journal import document
from allyjournal.journal.entry import Entry
from allyjournal.journal.properties import rewritten, with_properties
from tests import strategies
from tests.journal.test_document import FALLBACK, read

# How a person writes a property: the key it sets (None for what is between them), and its lines.
STYLES: list[tuple[str | None, str]] = [
    ("title", "title: plain words\n"),
    ("title", 'title: "quoted: words"   # and why\n'),
    ("title", "title: 'it''s'\n"),
    ("title", "'title': x\n"),
    ("title", "title  :   spaced out\n"),
    ("title", "title:\n"),
    ("title", "title:\n  on its own line\n"),
    ("title", "title: >-\n  folded\n  words\n"),
    ("title", "title: |\n  kept\n  words\n"),
    ("title", "title: many words\n  that go on\n"),
    ("tags", "tags: [a, b]\n"),
    ("tags", "tags: [a,\n  b,\n  c]\n"),
    ("tags", "tags: a, b\n"),
    ("tags", "tags:\n  - a\n  - b\n"),
    ("tags", "tags:\n- a\n- b\n"),
    ("tags", "tags:\n    - a\n\n    # between\n    - b\n"),
    ("tags", "tags: []\n"),
    ("tags", "tags:\n"),
    ("starred", "starred: true\n"),
    ("starred", "starred: yes\n"),
    ("starred", "starred: no   # for now\n"),
    ("starred", "starred:  # still open\n"),
    ("kind", "kind: note\n"),
    ("next-step", "next-step: who\n"),
    (None, "mood: fine\n"),
    (None, "mood2: {a: 1, b: [2]}\n"),
    (None, "aliases:\n  - one\n  - two\n"),
    (None, "nested:\n  deeper:\n    - x\n"),
    (None, "text: |\n  title: not a key\n  tags: [no]\n"),
    (None, "# a comment\n"),
    (None, "\n"),
    (None, "cssclasses:\n"),
    (None, "Title: another key\n"),
    (None, "emoji: 🌱 e\u0301\n"),
]
VALUES: list[tuple[str, Any]] = [
    ("title", "New: words"),
    ("title", None),
    ("tags", ("x", "no")),
    ("tags", None),
    ("starred", True),
    ("starred", None),
    ("next-step", "word"),
    ("next-step", None),
    ("people", ("priya",)),
    ("people", None),
]


@st.composite
def front_matters(draw: st.DrawFn) -> list[tuple[str | None, str]]:
    pieces = draw(st.lists(st.sampled_from(STYLES), max_size=7))
    seen: set[str] = set()
    found = []
    for key, text in pieces:
        name = text.partition(":")[0].strip().strip("'")
        if ":" in text.partition("\n")[0] and not text.startswith("#"):
            if name in seen:
                continue
            seen.add(name)
        found.append((key, text))
    return found


ENDS = st.sampled_from(["\n", "\r\n", "\r"])
BODIES = st.sampled_from(["", "words", "words\n", "\nwords\n\n", "\n---\n\nwords  \n", "\n\n\ttext\n  \n"])


@given(front_matters(), st.lists(st.sampled_from(VALUES), min_size=1, max_size=3, unique_by=lambda each: each[0]), ENDS,
       BODIES, st.sampled_from(["---", "..."]), st.booleans())  # fmt: skip
def test_only_the_lines_of_the_changed_properties_alter(
    pieces: list[tuple[str | None, str]], changes: list[tuple[str, Any]], end: str, body: str, close: str, bom: bool
) -> None:
    before = "".join(text for _, text in pieces)
    wanted = "".join(
        text if key not in dict(changes) else instead(text, key, dict(changes)[key]) for key, text in pieces
    )
    had = {key for key, _ in pieces}
    new = [written(key, value) for key, value in changes if key not in had]
    start = "\ufeff" if bom else ""
    text = start + f"---\n{before}{close}\n{body}".replace("\n", end)
    any_order = {
        start + f"---\n{wanted}{''.join(added)}{close}\n{body}".replace("\n", end) for added in permutations(new)
    }
    assert with_properties(text, dict(changes), "x.md") in any_order


def instead(text: str, key: str | None, value: Any) -> str:
    """A property's lines with another value: on its line the rest stays, and so does the comment on a flag."""
    lines = written(key, value)
    on_line = re.fullmatch(r"(['\w-]+ *:)( *)((?:[^#\n]*[^#\n ])?)( *#.*)?\n", text)
    if on_line and lines.count("\n") == 1:
        gap, rest = (on_line[2], on_line[4] or "") if on_line[3] else (" ", on_line[2] + (on_line[4] or ""))
        return f"{on_line[1]}{gap}{lines.partition(': ')[2][:-1]}{rest}\n"
    is_flag = on_line and on_line[4] and key == "starred"
    return instead(text, key, "false").replace('"false"', "false") if is_flag else lines


def written(key: str | None, value: Any) -> str:
    return "".join(f"{row}\n" for row in document.lines_of(str(key), value)) if value else ""


@pytest.mark.parametrize("body", ["", "words", "words\n", "\nwords", "\r\nwords\r\n", "# Heading\n---\n"])
def test_a_file_without_front_matter_gets_one_and_keeps_its_words(body: str) -> None:
    changed = with_properties(body, {"title": "New", "tags": None}, "x.md")
    assert changed.endswith(body) and changed.startswith("---")
    assert read(changed).title == "New"


def reading(data: bytes) -> Entry:
    return document.from_bytes(data, FALLBACK)


@given(front_matters(), ENDS, st.sampled_from(VALUES), st.booleans())
def test_a_rewritten_file_reads_as_it_should(
    pieces: list[tuple[str | None, str]], end: str, change: tuple[str, Any], bom: bool
) -> None:
    text = ("\ufeff" if bom else "") + f"---\n{''.join(each for _, each in pieces)}---\n\nwords\n".replace("\n", end)
    before = reading(text.encode())
    name, value = change[0].replace("-", "_"), change[1]
    empty: Any = {"title": "", "tags": (), "people": (), "starred": False}.get(name)
    after = replace(before, **{name: value or empty})
    read_again = reading(rewritten(text.encode(), before, after))
    assert getattr(read_again, name) == (value or empty)
    assert (read_again.body, read_again.kind, read_again.id) == (before.body, before.kind, before.id)


@given(strategies.entries(), strategies.texts())
def test_an_entry_of_ours_that_grows_is_as_if_it_had_been_written_so(entry: Entry, text: str) -> None:
    data = document.to_text(entry).encode()
    before = reading(data)
    after = replace(
        before,
        body=document.with_answer(before.body, "And then?", text),
        asked=(*before.asked, "And then?"),
        next_step="x",
    )
    assert rewritten(data, before, after) == document.to_text(after).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "last", ["words", "words  ", "words\t", "- item \n- ", "words\n\n\n", "```\ncode", "%%hidden", ""]
)
def test_a_file_changed_by_hand_can_still_grow_by_an_answer(end: str, last: str) -> None:
    """A trailing space that an editor left behind is no reason to refuse the next answer."""
    text = f'---\nmood: fine\nprompts: [a.b]\nasked: ["One?"]\nnext-step: two\n---\n\n## One?\n\n{last}\n'.replace(
        "\n", end
    )
    before = reading(text.encode())
    grown = replace(
        before,
        prompts=("a.b", "c.d"),
        asked=("One?", "Two?"),
        next_step=None,
        body=document.with_answer(before.body, "Two?", "The second answer."),
    )
    data = rewritten(text.encode(), before, grown)
    after = reading(data)
    assert [each.text for each in after.answers][1] == "The second answer."
    assert data.startswith(f"---{end}mood: fine{end}".encode())
    assert last.rstrip().replace("\n", end).encode() in data


@pytest.mark.parametrize(
    "text",
    [
        "---\n{title: x, tags: [a]}\n---\n\nwords\n",
        "---\n? title\n: x\n---\n\nwords\n",
        "---\n  title: x\n  mood: fine\n---\n\nwords\n",
        "---\n!!map\ntitle: x\n---\n\nwords\n",
        "---\n--- !!map\ntitle: x\n---\n\nwords\n",
        "---\ntitle: x # \u2028---\nmood: fine\n---\n\nwords\n",
        '---\ntitle: "x\u2028---\u2028"\n---\n\nwords\n',
        "---\ntitle: \u0085x\n---\n\nwords\n",
        "---\t\ntitle: x\n---\t\nwords\n",
        "---\ntitle: x\n---",
    ],
)
@pytest.mark.parametrize(("name", "value"), [("title", "New"), ("tags", ("new",)), ("people", ("priya",))])
def test_where_that_cannot_be_done_it_is_refused(text: str, name: str, value: Any) -> None:
    try:
        before = reading(text.encode())
    except AllyError:
        return
    try:
        data = rewritten(text.encode(), before, replace(before, **{name: value}))
    except AllyError as error:
        assert "words" not in str(error)
        return
    after = reading(data)
    assert getattr(after, name) == value and after.body == before.body
    assert ("mood: fine" in data.decode()) == ("mood: fine" in text)


def test_what_one_yaml_parser_takes_and_the_other_does_not_is_refused_not_a_crash() -> None:
    """libyaml reads a question mark at the end of a flow item, PyYAML's own parser does not."""
    text = "---\nasked: [One?]\ntitle: x\n---\n\nwords\n"
    before = reading(text.encode())
    try:
        data = rewritten(text.encode(), before, replace(before, title="New"))
    except AllyError:
        return
    assert reading(data).title == "New"


def test_a_body_is_added_to_and_never_changed() -> None:
    text = "---\nmood: fine\n---\n\nwords\n"
    before = reading(text.encode())
    for body in ("other", "", "word"):
        with pytest.raises(Refused):
            rewritten(text.encode(), before, replace(before, body=body))


def test_a_file_that_is_not_utf_8_is_never_rewritten() -> None:
    data = b"---\ntitle: caf\xe9\n---\n\nwords\n"
    before = reading(data)
    with pytest.raises(Refused):
        rewritten(data, before, replace(before, starred=True))
