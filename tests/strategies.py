"""What Hypothesis draws from: texts that break parsers, entries, Markdown."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import ALPHABET, LETTERS

# What YAML, Markdown, terminals or our own notations might take for something else than text.
# fmt: off
TRAPS = [
    "no", "yes", "on", "off", "y", "n", "true", "NULL", "null", "~", "nan", ".inf", "1e3", "0123", "0x1f",
    "1_000", "12:30", "12:30:45", "2026-11-21", "2026-11-21T08:15:02Z", "-", "--", "---", "...", "?", ":", "::",
    "#", "##", "#tag", "@priya", "@", "&", "*", "!", "|", ">", "%%", "%", "`", "```", "~~~", "[", "]", "{", "}",
    "[x]", "[/red]", "[bold]x", "<<", "=", ",", "'", "\"", "\\", "\\n", "key:value", "a:", "#c", "%%hidden%%",
    "$HOME", "../..", "-x", "", " ", "a: b # c", "- [ ] do it [due:: 2026-11-26] [id:: abc234]", "\u00e9",
    "e\u0301", "\u738b\u5c0f\u660e", "\u0634\u0643\u0631\u0627", "\U0001f469\u200d\U0001f4bb",
    "\U0001f1f3\U0001f1f4", "\u200b", "\u200f", "\u202e", "\u2028", "\u2029", "\u0085", "\u00a0", "\ufeff",
    "\ufffd", "\uffff", "\ue000", "\U000e0061", "\x00", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x1b]0;t\x07",
    "\x1c", "\x7f", "\x9b31m", "\t",
]
# fmt: on

_characters = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(" \t#@%-:'\"\\[]{}`~*_>|&!,.\u2028\u0085\x00\x1b")
)
_one_line = st.one_of(
    st.sampled_from(TRAPS),
    st.text(_characters, max_size=30),
    st.lists(st.sampled_from(TRAPS), max_size=6).map(" ".join),
    st.lists(st.sampled_from(TRAPS), max_size=6).map("".join),
)


def lines(min_size: int = 0) -> st.SearchStrategy[str]:
    """A hostile text on one line: no LF, no CR."""
    without_ends = _one_line.map(lambda text: text.replace("\n", " ").replace("\r", " "))
    return without_ends.filter(lambda text: len(text) >= min_size)


def texts() -> st.SearchStrategy[str]:
    """A hostile text of several lines, ended by LF, CRLF or CR."""
    return st.lists(st.tuples(lines(), st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r"])), max_size=8).map(
        lambda rows: "".join(line + end for line, end in rows)
    )


def bodies() -> st.SearchStrategy[str]:
    """A body as it stands in an entry: no line ends at either end."""
    return texts().map(lambda text: text.strip("\r\n"))


def moments() -> st.SearchStrategy[datetime]:
    """A second of the last and next centuries, with an offset of whole minutes."""
    seconds = st.integers(-5_000_000_000, 10_000_000_000)
    offsets = st.one_of(st.just(0), st.integers(-14 * 60, 14 * 60))
    return st.builds(
        lambda second, offset: datetime.fromtimestamp(second, timezone(timedelta(minutes=offset))), seconds, offsets
    )


def ids() -> st.SearchStrategy[str]:
    """An id as the journal makes them."""
    return st.tuples(st.sampled_from(LETTERS), st.text(ALPHABET, min_size=9, max_size=9)).map("".join)


def names() -> st.SearchStrategy[str]:
    """A tag or handle as it stands, folded, in an entry."""
    return st.from_regex(r"[a-z][a-z0-9_-]{0,8}[a-z0-9]", fullmatch=True)


def unique(of: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """A few different ones."""
    return st.lists(of, max_size=most, unique=True).map(tuple)


def _said() -> st.SearchStrategy[str]:
    return st.one_of(lines(1), lines(1), texts().filter(bool))


def entries(**fixed: Any) -> st.SearchStrategy[Entry]:
    """An entry of ours whose every text is hostile. `fixed` sets fields, or draws them from elsewhere."""
    fields: dict[str, st.SearchStrategy[Any]] = {
        "id": ids(),
        "date": st.dates(date(1800, 1, 1), date(2300, 1, 1)),
        "created": moments(),
        "title": lines(),
        "kind": st.one_of(st.sampled_from(["reflection", "exercise", "note", "review"]), _said()),
        "pack": st.one_of(st.none(), st.just("seven-practices@1.0.0"), _said()),
        "prompts": st.lists(_said(), max_size=3).map(tuple),
        "asked": st.lists(_said(), max_size=3).map(tuple),
        "practices": unique(_said()),
        "tags": unique(names()),
        "people": unique(names()),
        "starred": st.booleans(),
        "private": st.booleans(),
        "for_coach": st.booleans(),
        "exercise": st.one_of(st.none(), _said()),
        "next_step": st.one_of(st.none(), _said()),
        "voice": st.one_of(st.sampled_from(["self", "others"]), _said()),
        "edited": st.one_of(st.none(), _said()),
        "reply_to": st.one_of(st.none(), _said()),
        "body": bodies(),
    }
    given = {key: each if isinstance(each, st.SearchStrategy) else st.just(each) for key, each in fixed.items()}
    return st.builds(Entry, **(fields | given))
