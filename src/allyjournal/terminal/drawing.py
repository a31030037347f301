"""A page's rows in colour, cut at words to the width of a terminal.

Written for rows of any length: a line of a megabyte is cut in the time it takes to read it once.
"""

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache

# What a piece is for -> how it looks: weight and colour, as numbers of ECMA-48's SGR.
STYLES = {
    "title": ("1", ""),
    "dim": ("2", ""),
    "bar": ("", "36"),
    "less": ("2", "36"),
    "mark": ("", "33"),
    "alert": ("1", "33"),
    # The shades of a calendar; their characters are shaded too, so that they differ without colour.
    "heat1": ("2", "36"),
    "heat2": ("", "36"),
    "heat3": ("", "96"),
    "heat4": ("1", "96"),
}
TAB = 8
Pieces = Sequence[tuple[str, str]]


def drawn(rows: Sequence[Pieces], width: int) -> str:
    """The rows for a terminal of `width` columns. Their texts have passed `safe`."""
    looks = _looks()
    return "".join(f"{line}\n" for row in rows for line in (_lines(row, width, looks) if row else [""]))


def _looks() -> dict[str, str]:
    """Style -> the sequence that begins it; "" for none. $NO_COLOR leaves the weights."""
    colour = 0 if os.environ.get("NO_COLOR") else 1
    codes = {style: ";".join(filter(None, each[: 1 + colour])) for style, each in STYLES.items()}
    return {style: f"\x1b[{code}m" if code else "" for style, code in codes.items()}


def _lines(row: Pieces, width: int, looks: dict[str, str]) -> Iterator[str]:
    """The lines of one row; all of them are indented as far as the first is."""
    row = _without_tabs(row)
    plain = "".join(text for _, text in row)
    if len(plain) <= width and plain.isascii() and "\n" not in plain:
        yield _coloured(row, 0, len(plain.rstrip(" ")), looks)
        return
    indent = len(plain) - len(plain.lstrip(" ")) if plain.strip() else 0
    hanging = min(indent, width // 2)
    for start, end in _cut(plain, hanging, width - hanging):
        yield " " * hanging + _coloured(row, start, end, looks)


def _without_tabs(row: Pieces) -> Pieces:
    """The row with spaces up to the next eighth column in place of each tab."""
    if not any("\t" in text for _, text in row):
        return row
    spread, column = [], 0
    for style, text in row:
        before = column % TAB
        text = (" " * before + text).expandtabs(TAB)[before:]
        column = len(text) - text.rfind("\n") - 1 if "\n" in text else column + len(text)
        spread.append((style, text))
    return spread


def _coloured(row: Pieces, start: int, end: int, looks: dict[str, str]) -> str:
    """What stands from `start` to `end` of the row's plain text, each piece in its look."""
    shown, at = [], 0
    for style, text in row:
        part = text[max(0, start - at) : max(0, end - at)]
        look = looks.get(style, "")
        shown.append(f"{look}{part}\x1b[0m" if look and part else part)
        at += len(text)
    return "".join(shown)


def _cut(text: str, start: int, width: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line of `text`, without the spaces at its end."""
    while True:
        feed = text.find("\n", start)
        end = feed if feed >= 0 else len(text)
        for cut in (*_breaks(text, start, end, width), end):
            yield start, start + len(text[start:cut].rstrip(" "))
            start = cut
        if feed < 0:
            return
        start = feed + 1


def _breaks(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Where lines after the first begin: behind a space between words, else where the columns are full."""
    if text.isascii():
        yield from _ascii_breaks(text, start, end, width)
        return
    sizes = _sizes()
    column = behind = 0
    is_indent = True
    for at in range(start, end):
        char = text[at]
        size = sizes[char]
        is_indent = is_indent and char == " "
        if char == " ":
            behind = start if is_indent else at + 1
        elif size and column + size > width and at > start:
            start = behind if behind > start else at
            yield start
            column = sum(sizes[each] for each in text[start:at])
        column += size


def _ascii_breaks(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """As `_breaks`, where every character is one column wide."""
    spaces = _spaces()
    while end - start > width:
        after = text.rfind(" ", start, start + width) + 1
        if match := spaces.match(text, start + width, end):
            start = match.end()
        else:
            start = after if text[start:after].strip(" ") else start + width
        if start < end:
            yield start


@cache
def _spaces() -> re.Pattern[str]:
    return re.compile(" +")


class _Sizes(dict[str, int]):
    """Character -> the columns it takes, asked of rich's table once for each."""

    def __missing__(self, char: str) -> int:
        from rich.cells import get_character_cell_size  # noqa: PLC0415  only for text that is not ASCII

        self[char] = get_character_cell_size(char)
        return self[char]


@cache
def _sizes() -> _Sizes:
    return _Sizes()
