"""Changes to a text, with the places of each in the old text and in the new one."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """`[start, end)` of a text becomes `new`. `why` is what stood there; `handle` whose name it was."""

    start: int
    end: int
    new: str
    why: str
    handle: str = ""


class Change(NamedTuple):
    """An edit that was made: its place in the old text, and in the new one."""

    start: int
    end: int
    new_start: int
    new_end: int
    why: str
    handle: str


class Edited(NamedTuple):
    """What came of a text."""

    text: str
    changes: tuple[Change, ...]


def ordered(edits: Iterable[Edit]) -> list[Edit]:
    """In order; those that touch the same letters as one, which says what the first of them says."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if kept and edit.start < kept[-1].end:
            last = kept[-1]
            kept[-1] = last._replace(end=max(last.end, edit.end))
        else:
            kept.append(edit)
    return kept


def edited(text: str, edits: Iterable[Edit]) -> Edited:
    """The text with the edits made."""
    pieces: list[str] = []
    changes: list[Change] = []
    position = length = 0
    for edit in ordered(edits):
        pieces += (text[position : edit.start], edit.new)
        length += edit.start - position
        changes.append(Change(edit.start, edit.end, length, length + len(edit.new), edit.why, edit.handle))
        length += len(edit.new)
        position = edit.end
    return Edited("".join([*pieces, text[position:]]), tuple(changes))


def over(first: Iterable[Edit], then: Iterable[Edit], text: str) -> list[Edit]:
    """`first` are edits of `text`, `then` edits of what they made of it: all of them as edits of `text`."""
    made = ordered(first)
    changes = edited(text, made).changes
    starts = [each.new_start for each in changes]
    taken = ordered(
        each._replace(start=_back(changes, starts, each.start, 0), end=_back(changes, starts, each.end, 1))
        for each in then
    )
    ends = [each.end for each in taken]
    left = []
    for edit in made:
        place = bisect_right(ends, edit.start)
        if place == len(taken) or not (taken[place].start <= edit.start and edit.end <= taken[place].end):
            left.append(edit)
    return ordered([*taken, *left])


def _back(changes: Sequence[Change], starts: Sequence[int], place: int, is_end: int) -> int:
    """Where a place in the new text was in the old one; inside of something new, its start or end."""
    number = bisect_right(starts, place - is_end) - 1
    if number < 0:
        return place
    change = changes[number]
    if place - is_end >= change.new_end:
        return change.end + place - change.new_end
    return change.end if is_end else change.start
