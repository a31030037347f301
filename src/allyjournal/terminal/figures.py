"""Figures below each other on a page, each with what it comes from: in columns, stacked, or in words."""

from collections.abc import Sequence
from typing import NamedTuple

from allyjournal.practice import charts
from allyjournal.practice.charts import counted
from allyjournal.terminal.page import Page
from allyjournal.terminal.safe import safe_line

# Room for ids beside a figure; with less they go to a line of their own.
IDS_ROOM = 18


class Look(NamedTuple):
    """How a page is drawn: in how many columns; or not at all; with blocks, or in ASCII alone."""

    width: int
    draws: bool
    ascii_only: bool = False


class Line(NamedTuple):
    """A figure: its label, how many, what is drawn beside it, what is said in its place, and its ids."""

    label: str
    number: int
    ids: Sequence[str]
    drawn: str = ""
    said: str = ""


def figure_lines(page: Page, rows: Sequence[Line], nouns: tuple[str, str], look: Look) -> None:
    """Figures below each other: in columns where there is room, else with the ids under the label; or in words."""
    if not look.draws:
        for each in rows:
            ids = f" ({charts.named(map(safe_line, each.ids))})" if each.ids else ""
            more = f" {each.said}" if each.said else ""
            page.row(f"  {each.label}: {counted(each.number, *nouns) if each.number else 'none'}{ids}.{more}")
        return
    digits = max((len(f"{each.number:,}") for each in rows), default=0)
    drawn = max((len(each.drawn) for each in rows), default=0)
    most = look.width - IDS_ROOM - (2 + 2 + digits + 2 + (drawn + 2 if drawn else 0))
    labels = max((size for each in rows if (size := charts.columns_of(each.label)) <= most), default=0)
    for each in rows:
        size = charts.columns_of(each.label)
        if size > labels:
            _stacked(page, each, look.width - 4)
            continue
        count = ("" if each.number else "dim", f"{each.number:,}".rjust(digits) + "  ")
        bars = ("bar", each.drawn.ljust(drawn) + "  ") if drawn else ""
        ids = charts.named(map(safe_line, each.ids), IDS_ROOM + most - labels)
        page.row(f"  {each.label}{' ' * (labels - size)}  ", count, bars, ("mark", ids))


def _stacked(page: Page, line: Line, room: int) -> None:
    """A figure where there is little room: its label and how many, and below it what is drawn and the ids."""
    page.row(f"  {line.label}  ", ("" if line.number else "dim", f"{line.number:,}"))
    ids = list(map(safe_line, line.ids))
    beside = room - len(line.drawn) - 2
    if line.number and line.drawn and beside >= IDS_ROOM:
        page.row("    ", ("bar", line.drawn), "  ", ("mark", charts.named(ids, beside)))
        return
    if line.number and line.drawn:
        page.row("    ", ("bar", line.drawn))
    if ids:
        page.row("    ", ("mark", charts.named(ids, room)))
