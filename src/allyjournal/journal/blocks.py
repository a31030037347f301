"""What each line of a Markdown text is: running text, code, a heading, or none of these.

CommonMark's rules for blocks (https://spec.commonmark.org, "Container blocks" and "Leaf blocks"), read once from
top to bottom: quotes, lists and what they hold, fences, indented code, both kinds of heading, and the lines
that carry a paragraph on. HTML blocks count as running text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

# Deeper quotes and lists than this are text: nobody writes them, and reading stays linear.
MOST_DEPTH = 50
# The lines of longer texts are read again each time, rather than kept.
MOST_KEPT = 16 * 1024
# A line that begins so may be more than a paragraph or a heading.
_UNUSUAL = frozenset(" >=*+_~`-0123456789")
TEXT, CODE, HEADING, OTHER = "text", "code", "heading", "other"


class Row(NamedTuple):
    """One line: where it starts, its text without the line's end, what it is, and where its own words begin.

    `depth` counts the quotes and list items around it; lines of one paragraph share `paragraph`.
    """

    start: int
    text: str
    kind: str
    begin: int
    depth: int
    paragraph: int


def rows(text: str) -> Iterator[Row]:
    """The lines of a text, in order; LF, CRLF and lone CR all end one."""
    return iter(_latest(text)) if len(text) <= MOST_KEPT else _rows(text)


@lru_cache(maxsize=1)
def _latest(text: str) -> tuple[Row, ...]:
    """The lines of the text asked for last: its answers, tags, words and commitments are all read from them."""
    return tuple(_rows(text))


def _rows(text: str) -> Iterator[Row]:
    lines = text.removesuffix("\n").split("\n") if text else []
    is_plain = "\r" not in text and "\t" not in text and _UNUSUAL.isdisjoint([line[:1] for line in lines])
    return _plain_rows(lines) if is_plain else _read(text)


def _plain_rows(lines: Iterable[str]) -> Iterator[Row]:
    """The lines of a text that has nothing but paragraphs and headings, as most have."""
    start = paragraph = 0
    goes_on = False
    for line in lines:
        is_text = bool(line) and not (line[0] == "#" and _is_heading(line))
        paragraph += is_text and not goes_on
        kind = TEXT if is_text else HEADING if line else OTHER
        yield Row(start, line, kind, start, 0, paragraph)
        goes_on = is_text
        start += len(line) + 1


def _read(text: str) -> Iterator[Row]:
    reader = _Reader()
    start = 0
    for raw in _split(text):
        yield from reader.read(start, raw.rstrip("\r\n"))
        start += len(raw)
    yield from reader.flush()


def open_fence(text: str) -> str:
    """The code fence that is still open at the end of `text`, or "". One in a quote or list ends with that."""
    reader = _Reader()
    for raw in _split(text):
        for _ in reader.read(0, raw.rstrip("\r\n")):
            pass
    return "" if reader.is_inside else reader.fence


class _Cursor:
    """A place in a line, counted in columns, since a tab is as wide as it takes to the next fourth."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.at = self._column = self._left_of_tab = 0
        self._white_end = self._white_column = -1

    def indent(self) -> tuple[int, int]:
        """How many columns of white space follow, and the offset of what comes after them."""
        if self.at > self._white_end:
            self._measure()
        return self._white_column - self._column, self._white_end

    def _measure(self) -> None:
        """Where the white space that begins here ends: found once, however often it is asked for."""
        match = _white().match(self.line, self.at)
        self._white_end = match.end() if match else self.at
        column = self._column + self._left_of_tab
        for piece in self.line[self.at : self._white_end].split("\t")[:-1]:
            column += len(piece) + 4 - (column + len(piece)) % 4
        last = self.line.rfind("\t", self.at, self._white_end) + 1 or self.at
        self._white_column = column + self._white_end - last

    def skip(self, columns: int) -> None:
        """Go over `columns` of white space; part of a tab may be left."""
        taken = min(columns, self._left_of_tab)
        self._left_of_tab -= taken
        self._column += taken
        columns -= taken
        while columns > 0 and self.at < len(self.line) and self.line[self.at] in " \t":
            step = 1 if self.line[self.at] == " " else 4 - self._column % 4
            self.at += 1
            self._column += min(step, columns)
            self._left_of_tab = max(0, step - columns)
            columns -= step

    def take(self, characters: int) -> None:
        """Go over that many characters which are no white space."""
        self.at += characters
        self._column += characters


class _Reader:
    """The quotes and list items that are open, the fence, and the paragraph that may go on.

    A list item is the columns its lines are indented by; a quote is -1.
    """

    def __init__(self) -> None:
        self._open: list[int] = []
        self.fence = ""
        self._waiting: list[Row] = []
        self._ended: list[Row] = []
        self._paragraphs = 0

    @property
    def is_inside(self) -> bool:
        """Whether a quote or a list item is open."""
        return bool(self._open)

    def read(self, start: int, line: str) -> Iterator[Row]:
        """Take one more line; give what is certain by now."""
        cursor = _Cursor(line)
        matched = self._match(cursor)
        if self.fence and matched == len(self._open):
            yield self._row(start, line, CODE, cursor.at)
            self.fence = "" if _closes(cursor, self.fence) else self.fence
            return
        if self.fence:
            self._close(matched)
        is_new = self._containers(cursor, matched)
        if is_new:
            yield from self._ended
            self._ended, matched = [], len(self._open)
        yield from self._leaf(start, line, cursor, matched)

    def flush(self) -> Iterator[Row]:
        """The paragraph that was waiting to become a heading, as text."""
        yield from self._waiting
        self._waiting = []

    def _match(self, cursor: _Cursor) -> int:
        """How many of the open quotes and list items this line goes on with."""
        for number, width in enumerate(self._open):
            indent, at = cursor.indent()
            is_blank = at == len(cursor.line)
            if width < 0:
                if indent > 3 or cursor.line[at : at + 1] != ">":
                    return number
                _take_quote(cursor, indent)
            elif is_blank:
                cursor.skip(min(indent, width))
            elif indent >= width:
                cursor.skip(width)
            else:
                return number
        return len(self._open)

    def _containers(self, cursor: _Cursor, matched: int) -> bool:
        """Open the quotes and list items that begin on this line; whether there were any."""
        is_new = False
        while True:
            indent, at = cursor.indent()
            in_paragraph = bool(self._waiting) and not is_new
            is_full = len(self._open) >= MOST_DEPTH
            if is_full or indent > 3 or at == len(cursor.line) or _is_rule(cursor.line, at):
                return is_new
            if cursor.line[at] == ">":
                self._begin(matched, is_new)
                _take_quote(cursor, indent)
                self._open.append(-1)
            elif marker := _list_marker(cursor.line, at, in_paragraph and matched == len(self._open)):
                self._begin(matched, is_new)
                self._open.append(_take_marker(cursor, indent, marker))
            else:
                return is_new
            is_new = True

    def _begin(self, matched: int, is_new: bool) -> None:
        """The first quote or list item of a line ends the paragraph before it, and what this line left."""
        if not is_new:
            self._close(matched)
            self._ended, self._waiting = self._waiting, []

    def _leaf(self, start: int, line: str, cursor: _Cursor, matched: int) -> Iterator[Row]:
        indent, at = cursor.indent()
        goes_on = bool(self._waiting)
        is_lazy = matched < len(self._open)
        if at == len(line):
            yield from self._end_paragraph(matched)
            yield self._row(start, line, OTHER, at)
        elif indent > 3 and not goes_on:
            self._close(matched)
            yield self._row(start, line, CODE, at)
        elif indent <= 3 and (kind := self._special(line, at, goes_on and not is_lazy)):
            yield from self._special_rows(kind, matched)
            yield self._row(start, line, CODE if self.fence else HEADING if kind == "=" or kind == "#" else OTHER, at)
        else:
            if not goes_on:
                self._close(matched)
                self._paragraphs += 1
            self._waiting.append(self._row(start, line, TEXT, at))

    def _special(self, line: str, at: int, may_underline: bool) -> str:
        """`=` for the underline of a heading, `#` for a heading, `-` for a rule, a fence's mark, or ""."""
        rest = line[at:].rstrip(" \t")
        if may_underline and rest and rest[0] in "=-" and not rest.strip(rest[0]):
            return "="
        if _is_heading(rest):
            return "#"
        if _is_rule(line, at):
            return "-"
        return _fence_mark(rest)

    def _special_rows(self, kind: str, matched: int) -> Iterator[Row]:
        """What the special line makes of the paragraph before it."""
        if kind == "=":
            yield from (row._replace(kind=OTHER) for row in self._waiting)
            self._waiting = []
            return
        yield from self._end_paragraph(matched)
        if kind[0] in "`~":
            self.fence = kind

    def _end_paragraph(self, matched: int) -> Iterator[Row]:
        yield from self.flush()
        self._close(matched)

    def _close(self, matched: int) -> None:
        """Leave the quotes and list items that this line does not go on with."""
        if matched < len(self._open):
            del self._open[matched:]
            self.fence = ""

    def _row(self, start: int, line: str, kind: str, at: int) -> Row:
        return Row(start, line, kind, start + at, len(self._open), self._paragraphs)


def _take_quote(cursor: _Cursor, indent: int) -> None:
    cursor.skip(indent)
    cursor.take(1)
    if cursor.indent()[0]:
        cursor.skip(1)


def _list_marker(line: str, at: int, in_paragraph: bool) -> str:
    """The bullet or number that begins a list item at `at`; in a paragraph only what may interrupt it."""
    match = _marker().match(line, at)
    if not match:
        return ""
    if in_paragraph and (not line[match.end() :].strip(" \t") or (match[1] not in "-+*" and match[1][:-1] != "1")):
        return ""
    return match[1]


def _take_marker(cursor: _Cursor, indent: int, marker: str) -> int:
    """Go over a list marker; gives the columns that the item's lines are indented by."""
    cursor.skip(indent)
    cursor.take(len(marker))
    space, at = cursor.indent()
    width = space if 1 <= space <= 4 and at < len(cursor.line) else 1
    cursor.skip(min(width, space))
    return indent + len(marker) + width


def _closes(cursor: _Cursor, fence: str) -> bool:
    indent, at = cursor.indent()
    rest = cursor.line[at:].rstrip(" \t")
    return indent <= 3 and len(rest) >= len(fence) and not rest.strip(fence[0])


def _fence_mark(rest: str) -> str:
    if not rest.startswith(("```", "~~~")):
        return ""
    length = len(rest) - len(rest.lstrip(rest[0]))
    return rest[:length] if rest[0] == "~" or "`" not in rest[length:] else ""


def _is_heading(line: str) -> bool:
    hashes = len(line) - len(line.lstrip("#"))
    return 1 <= hashes <= 6 and line[hashes : hashes + 1] in ("", " ", "\t")


def _is_rule(line: str, at: int) -> bool:
    mark = line[at : at + 1]
    if mark not in ("*", "-", "_"):
        return False
    rest = line[at:].replace(" ", "").replace("\t", "")
    return len(rest) > 2 and not rest.strip(mark)


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(r"([-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)")


@cache
def _white() -> re.Pattern[str]:
    return re.compile(r"[ \t]*")


@cache
def _line() -> re.Pattern[str]:
    return re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _split(text: str) -> Iterator[str]:
    """Cut at LF, CRLF and CR only: `str.splitlines` would also cut at characters that are text here."""
    if "\r" in text:
        for match in _line().finditer(text):
            yield match[0]
        return
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
