"""A page of output: rows of styled pieces, written in colour to a terminal and as plain text anywhere else.

Every piece of foreign text passes `safe` here, and none is ever read as markup.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO

from allyjournal.terminal.safe import safe

NARROWEST, WIDEST = 40, 100
Piece = str | tuple[str, str]


class Page:
    """Rows, each of pieces: a text, or (style, text) with one of the styles of `drawing`."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[str, str]]] = []

    def row(self, *pieces: Piece) -> None:
        """Add a row; without pieces an empty line. A text may hold several lines."""
        self.rows.append([("", safe(each)) if isinstance(each, str) else (each[0], safe(each[1])) for each in pieces])

    def text(self) -> str:
        """The page as plain text."""
        return "".join("".join(text for _, text in row).rstrip() + "\n" for row in self.rows)


def is_colourful(stream: TextIO, plain: bool) -> bool:
    """Whether `stream` is a terminal that colour and drawing may go to."""
    return stream.isatty() and not plain and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int:
    """The columns to draw in: those of the terminal, or $COLUMNS, within reason; 80 elsewhere."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5:
        return min(max(int(asked), NARROWEST), WIDEST)
    try:
        return min(max(os.get_terminal_size(stream.fileno()).columns, NARROWEST), WIDEST)
    except (OSError, ValueError):
        return 80


def wrapped(text: str, stream: TextIO) -> str:
    """`text` cut at words for the terminal that `stream` is; as it is for anything else."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return text
    import textwrap  # noqa: PLC0415  a pipe needs none of it

    width = width_of(stream)
    rows = []
    for row in text.split("\n"):
        indent = " " * min(len(row) - len(row.lstrip(" ")), width // 2)
        fill = textwrap.TextWrapper(width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        rows.append(fill.fill(row) if len(row) > width else row)
    return "\n".join(rows)


def write(page: Page, plain: bool, pager: str | None = "") -> None:
    """Write a page to standard output; on a terminal that it does not fit, through `pager` (None: less)."""
    stream = sys.stdout
    if not is_colourful(stream, plain):
        stream.write(page.text())
        return
    from allyjournal.terminal import pager as paging  # noqa: PLC0415  only a terminal needs it

    drawn = _drawn(page, stream)
    command = paging.command_for(pager) if drawn.count("\n") >= _height(stream) else None
    if command is None or not paging.show(drawn, command):
        getattr(stream, "drawn", stream).write(drawn)


def write_data(data: bytes | Iterable[bytes]) -> None:
    """Write a document to standard output: byte for byte, but on a terminal nothing in it is obeyed."""
    sys.stdout.flush()
    is_terminal = sys.stdout.isatty()
    for piece in [data] if isinstance(data, bytes) else data:
        if is_terminal:
            sys.stdout.write(safe(piece.decode("utf-8", "replace")))
        else:
            sys.stdout.buffer.write(piece)
    sys.stdout.flush()


def _height(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).lines
    except (OSError, ValueError):
        return 24


def _drawn(page: Page, stream: TextIO) -> str:
    """The page in colour, as wide as the terminal."""
    from allyjournal.terminal.drawing import drawn  # noqa: PLC0415  only a terminal needs it

    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        width = 80
    return drawn(page.rows, width or 80)


def both_ends(left: Piece, right: str, width: int) -> Iterator[Piece]:
    """`left`, and `right` at the end of a row of `width` columns; two spaces apart at least."""
    text = left if isinstance(left, str) else left[1]
    yield left
    if right:
        yield " " * max(2, width - len(text) - len(right)) + right
