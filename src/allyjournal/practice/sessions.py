"""What a session with the coach draws in: open commitments, and the starred and marked entries since the last one."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from allyjournal.journal.card import Known
from allyjournal.practice.commitments import Promised, by_day, is_open, promised

# The exercises around a session; the second says that one was held.
PREPARATION, DEBRIEF = "session-preparation", "session-debrief"
EXERCISES = (PREPARATION, DEBRIEF)


class Brought(NamedTuple):
    """What to look at, and the day of the last session, if there was one."""

    commitments: Sequence[Promised]
    entries: Sequence[Known]
    since: date | None


def brought(entries: Sequence[Known]) -> Brought:
    """Every open commitment by its day, and the entries with a star or a mark since the last session."""
    since = max((each.date for each in entries if each.exercise == DEBRIEF and not each.next_step), default=None)
    noted = [each for each in entries if (each.starred or each.for_coach) and (since is None or each.date >= since)]
    return Brought(by_day(each for each in promised(entries) if is_open(each)), noted, since)
