"""Numbers as pictures: SVG with a title and a description, whose colours are classes of the page around it."""

from collections.abc import Iterable, Sequence
from html import escape as escaped
from typing import NamedTuple

from allyjournal.practice.charts import level
from allyjournal.practice.over_time import Calendar

# Pixels: a cell of a calendar with its gap, of one by months, the labels beside them, a line of text.
CELL, MONTH_CELL, GAP, BESIDE, LINE = 14, 24, 2, 36, 16
# As wide as a phone shows it without making it smaller.
WIDTH, BARS_HEIGHT, WIDEST_BAR, BAR_HEIGHT, LABELS = 330, 24, 24, 14, 96


# Control characters, for which HTML has no place.
CONTROLS = {code: "\ufffd" for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}


class About(NamedTuple):
    """What a picture is called on its page, its title, and what it shows, in words."""

    name: str
    title: str
    said: str


class Steps(NamedTuple):
    """A line of bars: its label, how many there are in all, and how many on each step."""

    label: str
    number: int
    counts: Sequence[int]


def calendar(found: Calendar, about: About) -> str:
    """Days, or months, as cells of five shades."""
    cell = CELL if found.unit == "day" else MONTH_CELL
    parts = [_text(BESIDE + column * cell, 11, name) for column, name in _apart(found.heads, 3 if cell == CELL else 1)]
    for number, (label, counts) in enumerate(found.rows):
        top = LINE + number * cell
        parts.append(_text(0, top + cell - 4, label))
        for column, count in enumerate(counts):
            if count is not None:
                size = cell - GAP
                shade = level(count, found.unit)
                parts.append(_rect(BESIDE + column * cell, top, size, size, f"heat{shade}", radius=2))
    return _svg(about, BESIDE + found.columns * cell, LINE + len(found.rows) * cell, parts)


def lines(rows: Sequence[Steps], names: Sequence[str], about: About) -> str:
    """For each row its label and how many, and below it a bar for each step, on one scale; `names` are the steps'."""
    most = max((count for row in rows for count in row.counts), default=0)
    pitch = WIDTH / max(1, len(names))
    height = LINE + BARS_HEIGHT + 10
    parts: list[str] = []
    for number, row in enumerate(rows):
        top = number * height
        parts += [_text(0, top + 12, row.label), _text(WIDTH, top + 12, f"{row.number:,}", "end")]
        base = top + LINE + BARS_HEIGHT
        parts.append(_rect(0, base, WIDTH, 1, "axis"))
        for step, count in enumerate(row.counts):
            tall = max(2.0, BARS_HEIGHT * count / most) if count else 0
            if tall:
                parts.append(_rect(step * pitch + 1, base - tall, min(pitch - 2, WIDEST_BAR), tall, "bar", radius=1))
    bottom = len(rows) * height + 10
    if names:
        parts += [_text(0, bottom, names[0], kind="quiet")]
        parts += [_text(WIDTH, bottom, names[-1], "end", "quiet")] if len(names) > 1 else []
    return _svg(about, WIDTH, bottom + 6, parts)


def bars(rows: Sequence[tuple[str, int]], about: About) -> str:
    """A bar for each row, as long as its number."""
    most = max((count for _, count in rows), default=0)
    parts = []
    room = WIDTH - LABELS - 40
    for number, (label, count) in enumerate(rows):
        top = number * (BAR_HEIGHT + 8)
        length = room * count / most if most else 0
        parts.append(_text(0, top + 11, label))
        if count:
            parts.append(_rect(LABELS, top, length, BAR_HEIGHT, "bar", radius=2))
        parts.append(_text(LABELS + length + 6, top + 11, f"{count:,}"))
    return _svg(about, WIDTH, len(rows) * (BAR_HEIGHT + 8), parts)


def _escaped(text: str) -> str:
    return escaped(text.translate(CONTROLS))


def _apart(heads: Sequence[tuple[int, str]], columns: int) -> Iterable[tuple[int, str]]:
    """The labels that the next does not run into."""
    for number, (column, name) in enumerate(heads):
        if number + 1 == len(heads) or heads[number + 1][0] >= column + columns:
            yield column, name


def _svg(about: About, width: float, height: float, parts: Iterable[str]) -> str:
    name = _escaped(about.name)
    return (
        f'<svg class="chart" role="img" aria-labelledby="{name}-title {name}-said" width="{width:g}" '
        f'height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
        f'<title id="{name}-title">{_escaped(about.title)}</title><desc id="{name}-said">{_escaped(about.said)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _rect(left: float, top: float, width: float, height: float, kind: str, radius: int = 0) -> str:
    corner = f' rx="{radius}"' if radius else ""
    return f'<rect class="{kind}" x="{left:.4g}" y="{top:.4g}" width="{width:.4g}" height="{height:.4g}"{corner}/>'


def _text(left: float, base: float, text: str, anchor: str = "start", kind: str = "label") -> str:
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{kind}" x="{left:.4g}" y="{base:.4g}"{where}>{_escaped(text)}</text>'
