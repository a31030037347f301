"""Searching the text of entries: words, "phrases", beginnings* and what must not be there.

Case, accents and width do not count, and an English word is found in its other forms too. Every character that is
typed is text: there is no query language to trip over but the quotes, the leading minus and the asterisk at the end.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from allyjournal.journal.entry import Entry
from allyjournal.journal.words import FOLDING, words

CONTEXT = 40
BEGINNING = 80


class Term(NamedTuple):
    """One thing to look for: words in a row. With `is_prefix` the last may go on; `is_exact` rules out other forms."""

    words: tuple[str, ...]
    is_exact: bool = True
    is_prefix: bool = False


class Query(NamedTuple):
    """What must be in an entry, and what must not; `nothing` was typed and has neither letter, digit nor sign."""

    wanted: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    nothing: tuple[str, ...] = ()


class Hit(NamedTuple):
    """An entry that fits, and where: a piece of its text before, in, and after the first match."""

    entry: Entry
    before: str
    match: str
    after: str


# A word -> the words of the journal that share its stem, itself among them.
Forms = Callable[[str], Iterable[str]]


def parse_query(typed: Sequence[str]) -> Query:
    """The words of the command line -> a query.

    A word with spaces in it (the shell took its quotes away) and one that still has quotes is a phrase, unless there
    are signs of a query within it; one that begins with a minus must not be there; one that ends with an asterisk is
    how a word begins.
    """
    wanted: list[Term] = []
    without: list[Term] = []
    nothing: list[str] = []
    for each in (word for one in typed for word in _typed_words(one)):
        minus = each.startswith("-") and len(each) > 1
        text = each.removeprefix("-") if minus else each
        term = _term(text)
        if term is None:
            nothing += [each] if each.strip() else []
        elif term not in (found := without if minus else wanted):
            found.append(term)
    return Query(tuple(wanted), tuple(without), tuple(nothing))


def _typed_words(argument: str) -> list[str]:
    """An argument of the command line as the words it stands for: a whole query may be in quotes for the shell."""
    text = argument.strip()
    is_query = _inner_sign().search(text) is not None
    return _query_word().findall(text) if is_query else [argument]


@cache
def _inner_sign() -> re.Pattern[str]:
    """What makes a text with spaces a query: quotes around a part of it, a minus or an asterisk at a word inside."""
    return re.compile(r'^-?"[^"]*"\*?\s|\s-?"[^"]+"\*?(?:\s|$)|\s-\w|\w\*\s|\s\w+\*$')


@cache
def _query_word() -> re.Pattern[str]:
    return re.compile(r'-?"[^"]*"\*?|\S+')


def _term(text: str) -> Term | None:
    found = tuple(words(text).split())
    if not found:
        return None
    is_quoted = '"' in text or any(char.isspace() for char in text.strip())
    is_prefix = text.rstrip('"').endswith("*")
    return Term(found, is_quoted or is_prefix or len(found) > 1, is_prefix)


class Matcher:
    """A query made ready for texts. `forms` gives the other forms of a word."""

    def __init__(self, query: Query, forms: Forms) -> None:
        self._wanted = [_pattern(each, forms) for each in query.wanted]
        self._without = [_pattern(each, forms) for each in query.without]

    def fits(self, text: str) -> bool:
        """Whether the folded `text` of an entry has all that is wanted, and nothing else."""
        return all(each.search(text) for each in self._wanted) and not any(each.search(text) for each in self._without)

    def hit(self, entry: Entry) -> Hit:
        """Where in an entry that fits the first wanted words stand; its beginning, if only its title fits."""
        body = _shown(entry.body)
        plain, place = _offsets(body)
        found = next((match for each in self._wanted if (match := each.search(plain))), None)
        if found is None:
            end = _word_end(body, BEGINNING)
            return Hit(entry, "", "", body[:end] + ("…" if end < len(body) else ""))
        start, end = place(found.start()), place(found.end() - 1) + 1
        first, last = _word_start(body, start - CONTEXT), _word_end(body, end + CONTEXT)
        before, after = ("…" if first else "") + body[first:start], body[end:last] + ("…" if last < len(body) else "")
        return Hit(entry, before, body[start:end], after)


def _pattern(term: Term, forms: Forms) -> re.Pattern[str]:
    rows = [term.words] if term.is_exact else [(each,) for each in sorted({*forms(term.words[0]), term.words[0]})]
    either = "|".join(" +".join(re.escape(word) for word in row) for row in rows)
    return re.compile(rf"(?<![^ ])(?:{either}){'' if term.is_prefix else '(?![^ ])'}")


def _shown(body: str) -> str:
    """The text of a body on one line, without the marks of its headings."""
    return " ".join(_heading_mark().sub("", body).split())


def _offsets(text: str) -> tuple[str, Callable[[int], int]]:
    """`text` folded character by character, and what gives the place in `text` for one in that."""
    if text.isascii():
        return text.translate(FOLDING), lambda at: at
    plain: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = FOLDING[ord(char)]
        plain.append(folded)
        places += [place] * len(folded)
    return "".join(plain), places.__getitem__


def _word_start(text: str, at: int) -> int:
    """The first beginning of a word from `at` on, near it."""
    if at <= 0:
        return 0
    space = text.find(" ", at - 1, at + CONTEXT // 2)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    """The last end of a word up to `at`, near it."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - CONTEXT // 2, at + 1)
    return space if space >= 0 else at


@cache
def _heading_mark() -> re.Pattern[str]:
    return re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE)
