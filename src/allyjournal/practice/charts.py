"""Numbers as rows of characters: a calendar, a line of small bars, and ids in as much room as there is."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from allyjournal.practice.over_time import Calendar

# From nothing to much, the same in characters that every terminal has.
SHADES, ASCII_SHADES = "·░▒▓█", ".:+%#"
BARS, ASCII_BARS = "·▁▂▃▄▅▆▇█", ".123456789"
# From how many on a day, or days in a month, each shade is meant.
LEVELS = {"day": (1, 2, 3, 4), "month": (1, 4, 8, 16)}
LABEL = 4
MOST_IDS = 5


class Row(NamedTuple):
    """A row of a calendar: its label, and a character and its level (0 to 4, None for no day) for each cell."""

    label: str
    cells: Sequence[tuple[str, int | None]]


def level(count: int, unit: str) -> int:
    """How dark a cell is, from 0 for nothing to 4."""
    return sum(count >= least for least in LEVELS[unit])


def rows_of(calendar: Calendar, ascii_only: bool) -> list[Row]:
    """The calendar's rows, one character a cell."""
    shades = ASCII_SHADES if ascii_only else SHADES
    rows = []
    for label, counts in calendar.rows:
        levels = [None if count is None else level(count, calendar.unit) for count in counts]
        rows.append(Row(label.ljust(LABEL), [(" " if each is None else shades[each], each) for each in levels]))
    return rows


def heads_of(calendar: Calendar, cell: int) -> str:
    """The row of labels over columns that are `cell` wide; one that the next would run into is left out."""
    row, places = "", [(column * cell, name) for column, name in calendar.heads]
    for number, (place, name) in enumerate(places):
        following = places[number + 1][0] if number + 1 < len(places) else None
        if place >= len(row) and (following is None or following > place + len(name) - (len(name) == 1)):
            row = row.ljust(place) + name + " " * (len(name) > 1)
    return " " * LABEL + row.rstrip()


def legend(unit: str, ascii_only: bool) -> list[tuple[int, str, str]]:
    """Level, character and meaning of each shade."""
    shades = ASCII_SHADES if ascii_only else SHADES
    firsts = LEVELS[unit]
    said = [
        f"{least}" if following == least + 1 else f"{least}-{following - 1}" for least, following in pairwise(firsts)
    ]
    return list(zip(range(5), shades, ["0", *said, f"{firsts[-1]} or more"], strict=True))


def sparkline(counts: Sequence[int], most: int, ascii_only: bool) -> str:
    """A small bar for each count, `most` the highest; without them, digits, and 9 for more than that."""
    if ascii_only:
        return "".join(ASCII_BARS[min(count, 9)] for count in counts)
    steps = len(BARS) - 1
    # Few things are drawn low, so that one is not as high as a peak.
    top = max(most, steps // 2)
    return "".join(BARS[-(-count * steps // top)] for count in counts)


def named(names: Iterable[str], room: int | None = None) -> str:
    """Names in `room` columns: all of them, or the first few "and 4 more"; one at least."""
    every = list(names)
    most = MOST_IDS if len(every) != MOST_IDS + 1 else len(every)
    for count in range(min(len(every), most), 0, -1):
        left = len(every) - count
        said = ", ".join(every[:count]) + (f" and {left} more" if left else "")
        if count == 1 or room is None or len(said) <= room:
            return said
    return ""


def columns_of(text: str) -> int:
    """How many columns a text takes on a terminal; marks on a letter none, East Asian characters two."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def counted(count: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`, `1,204 words`."""
    return f"{count:,} {one if count == 1 else many}"
