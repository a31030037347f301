"""Searching the text of entries: words, "phrases", and what must not be there.

Case and accents do not count. Every character that is typed is text: there is no query language to trip over
but the quotes and the leading minus.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from allyjournal.journal.entry import Entry

CONTEXT = 40


class Query(NamedTuple):
    """What must be in an entry, and what must not: words and phrases, folded."""

    wanted: tuple[str, ...]
    without: tuple[str, ...]


class Hit(NamedTuple):
    """An entry that fits, and where: a piece of its text before, in, and after the first match."""

    entry: Entry
    before: str
    match: str
    after: str


def parse_query(words: Sequence[str]) -> Query:
    """The words of the command line -> a query.

    A word with spaces in it (the shell took its quotes away) and one that still has quotes is a phrase; one
    that begins with a minus must not be there.
    """
    wanted: list[str] = []
    without: list[str] = []
    for word in words:
        minus = word.startswith("-") and len(word) > 1
        text = " ".join(folded(word.removeprefix("-") if minus else word).replace('"', " ").split())
        if text:
            (without if minus else wanted).append(text)
    return Query(tuple(wanted), tuple(without))


def search(entries: Sequence[Entry], query: Query) -> list[Hit]:
    """The entries that have every wanted word or phrase and no other, in the order they came."""
    hits = []
    for entry in entries:
        text = " ".join(f"{entry.title}\n{entry.body}".split())
        plain = folded(text)
        if all(each in plain for each in query.wanted) and not any(each in plain for each in query.without):
            hits.append(_hit(entry, text, query))
    return hits


def folded(text: str) -> str:
    """`text` as it is compared: without case, accents and width; one space between words."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in spread if not unicodedata.combining(char)).split())


def _hit(entry: Entry, text: str, query: Query) -> Hit:
    body = " ".join(entry.body.split()) or text
    start, end = next((found for each in query.wanted if (found := _place(body, each))), (0, 0))
    first, last = max(0, start - CONTEXT), min(len(body), end + CONTEXT)
    before = ("…" if first else "") + body[first:start]
    after = body[end:last] + ("…" if last < len(body) else "")
    return Hit(entry, before, body[start:end], after)


def _place(text: str, wanted: str) -> tuple[int, int] | None:
    """Where in `text` the folded `wanted` stands: folding a character at a time keeps count of the offsets."""
    plain, offsets = [], []
    for offset, char in enumerate(text):
        for each in folded(char) or (" " if char.isspace() else ""):
            plain.append(each)
            offsets.append(offset)
    at = "".join(plain).find(wanted)
    return (offsets[at], offsets[at + len(wanted) - 1] + 1) if at >= 0 else None
