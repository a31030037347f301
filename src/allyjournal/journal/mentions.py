"""#tags and @people in running text: one linear scanner.

The grammar of tags is Obsidian's: letters, digits, `_ - /`, not digits alone, without regard to case. A
person is `@` and a letter, then letters, digits, `_ -`, ending in a letter or digit. Neither counts in code,
links, URLs, e-mail addresses or headings.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from allyjournal.journal.blocks import TEXT, Row, rows

# A # or @ that may begin a name, by what stands on either side of it.
_SIGN = r"[#@](?=[^\s#@])(?<![_/&\\#@.+=-].)"
# What may keep one from counting: an escape, code, a link, a URL.
_UNUSUAL = ("\\", "`", "[", "<", "://", "www.", "mailto:")


class Mention(NamedTuple):
    """A tag or a person in a text: `sign` is `#` or `@`, `name` is folded, `start` and `end` are offsets."""

    sign: str
    name: str
    start: int
    end: int


class _Paragraph(NamedTuple):
    """Running text as one string, and where each of its lines stands: (offset in it, offset in the whole)."""

    text: str
    places: list[tuple[int, int]]


def scan(text: str) -> Iterator[Mention]:
    """The mentions in a body, in order."""
    if "#" not in text and "@" not in text:
        return
    for paragraph in _paragraphs(text):
        yield from _placed(paragraph)


def _placed(paragraph: _Paragraph) -> Iterator[Mention]:
    """The mentions of a paragraph, at their offsets in the whole text."""
    line = 0
    for each in _scan_paragraph(paragraph.text, 0, len(paragraph.text)):
        while line + 1 < len(paragraph.places) and paragraph.places[line + 1][0] <= each.start:
            line += 1
        shift = paragraph.places[line][1] - paragraph.places[line][0]
        yield each._replace(start=each.start + shift, end=each.end + shift)


def fold(name: str) -> str:
    """A tag or handle as it is compared: NFC, case folded, without its sign."""
    if name.isascii():
        return name.lstrip("#@").lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lstrip("#@").casefold())


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """The running text that has a sign in it: no code blocks, no headings, no marks of quotes and lists."""
    lines: list[Row] = []
    for row in rows(text):
        if lines and (row.kind != TEXT or row.paragraph != lines[0].paragraph):
            yield from _paragraph(lines)
            lines = []
        if row.kind == TEXT:
            lines.append(row)
    yield from _paragraph(lines)


def _paragraph(lines: list[Row]) -> Iterator[_Paragraph]:
    if not any("#" in row.text or "@" in row.text for row in lines):
        return
    pieces: list[str] = []
    places, length = [], 0
    for row in lines:
        piece = row.text[row.begin - row.start :]
        places.append((length, row.begin))
        pieces.append(piece)
        length += len(piece) + 1
    yield _Paragraph("\n".join(pieces), places)


@cache
def _tokens() -> re.Pattern[str]:
    """What the scanner stops at; each alternative is bounded, so that the scan stays linear."""
    return re.compile(
        r"\\.|`+"
        r"|\[\[[^\[\]\n]{0,1000}\]\]"
        r"|\[[^\[\]\n]{0,1000}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,1000}\])"
        r"|<[A-Za-z/!][^<>\n]{0,2000}>"
        r"|(?<!\w)(?:[A-Za-z][A-Za-z0-9+.-]{1,30}://|www\.|mailto:)[^\s<>]*"
        rf"|{_SIGN}",
        re.DOTALL,
    )


@cache
def _signs() -> re.Pattern[str]:
    """The last of what the scanner stops at, for a text that has none of the others."""
    return re.compile(_SIGN, re.DOTALL)


@cache
def _plain_name() -> re.Pattern[str]:
    """The ASCII letters that most names are made of."""
    return re.compile(r"[A-Za-z0-9_-]*")


def _scan_paragraph(text: str, start: int, end: int) -> Iterator[Mention]:
    closing: dict[int, list[int]] | None = None
    position = start
    stops = _tokens() if any(each in text for each in _UNUSUAL) else _signs()
    while match := stops.search(text, position, end):
        position = match.end()
        token = match[0]
        if token[0] == "`":
            closing = closing if closing is not None else _tick_runs(text, start, end)
            position = _after_code(closing, len(token), position)
        elif token in ("#", "@"):
            mention = _mention(text, match.start(), end)
            if mention:
                yield mention
                position = mention.end


def _tick_runs(text: str, start: int, end: int) -> dict[int, list[int]]:
    """Length of a run of backticks -> where such runs end, last first."""
    runs: dict[int, list[int]] = {}
    for match in re.finditer("`+", text[start:end]):
        runs.setdefault(len(match[0]), []).append(start + match.end())
    return {length: ends[::-1] for length, ends in runs.items()}


def _after_code(runs: dict[int, list[int]], length: int, position: int) -> int:
    """Where a code span that opens with `length` backticks ends; `position` itself if it is never closed."""
    ends = runs.get(length, [])
    while ends and ends[-1] <= position:
        ends.pop()
    return ends[-1] if ends else position


def _mention(text: str, start: int, end: int) -> Mention | None:
    sign = text[start]
    before = text[start - 1] if start else " "
    if _is_word(before):
        return None
    extra = "_-/" if sign == "#" else "_-"
    match = _plain_name().match(text, start + 1, end)
    position = match.end() if match else start + 1
    while position < end and (_is_word(text[position]) or text[position] in extra):
        position += 1
    while position > start + 1 and text[position - 1] in ("-/" if sign == "#" else "_-"):
        position -= 1
    name = fold(text[start + 1 : position])
    if sign == "@":
        is_name = bool(name) and name[0].isalpha() and text[position : position + 1] != "@"
    else:
        is_name = any(not char.isdigit() for char in name)
    return Mention(sign, name, start, position) if is_name else None


def _is_word(char: str) -> bool:
    """A letter, a digit, or a mark that belongs to the letter before it."""
    return char.isalnum() or (not char.isascii() and unicodedata.category(char)[0] == "M")
