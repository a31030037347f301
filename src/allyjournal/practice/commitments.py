"""What the writer means to do: open, due, kept, dropped."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from allyjournal.journal.body import Commitment
from allyjournal.journal.entry import Entry


class Promised(NamedTuple):
    """A commitment and the entry it stands in."""

    commitment: Commitment
    entry: Entry


def promised(entries: Iterable[Entry]) -> list[Promised]:
    """All commitments of the entries, in their order."""
    return [Promised(each, entry) for entry in entries for each in entry.commitments]


def due(entries: Iterable[Entry], today: date) -> list[Promised]:
    """The open commitments whose day has come, the oldest first."""
    ripe = [
        each for each in promised(entries) if is_open(each) and each.commitment.due and each.commitment.due <= today
    ]
    return sorted(ripe, key=lambda each: each.commitment.due or today)


def is_open(each: Promised) -> bool:
    """Neither kept nor dropped."""
    return each.commitment.status == "open"


def is_overdue(each: Promised, today: date) -> bool:
    """Open, and its day is over."""
    return is_open(each) and each.commitment.due is not None and each.commitment.due < today
