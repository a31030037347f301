"""What the writer means to do: open, due, kept, dropped; asked back on its day, and how far it reaches."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from allyjournal.errors import AllyError
from allyjournal.journal.body import Commitment
from allyjournal.journal.card import Known

if TYPE_CHECKING:
    from allyjournal.journal.closing import Change

# How far an action reaches, from the nearest to the farthest (The Winters Group's moment or movement).
REACHES = {
    "everyday": "everyday: making room for someone, or backing them",
    "statement": "a statement: saying where you stand",
    "conversation": "a conversation: talking it through with someone",
    "structure": "a structure: changing a rule, a process or a habit of the group",
    "cede": "ceding power: giving a seat, a say or a budget away",
}
# The two that change more than a moment.
LASTING = ("structure", "cede")


class Promised(NamedTuple):
    """A commitment and the entry it stands in."""

    commitment: Commitment
    entry: Known


class Outcome(NamedTuple):
    """What can become of a commitment on its day; one without a `status` stays open, for another day."""

    label: str
    status: str | None
    said: str


OUTCOMES = {
    "kept": Outcome("did it", "kept", ""),
    "dropped": Outcome("changed my mind", "dropped", "changed my mind"),
    "no chance": Outcome("the chance did not come", None, "the chance did not come"),
    "missed": Outcome("missed it", None, "missed"),
}


def promised(entries: Iterable[Known]) -> list[Promised]:
    """All commitments of the entries, in their order."""
    return [Promised(each, entry) for entry in entries for each in entry.commitments]


def due(entries: Iterable[Known], today: date) -> list[Promised]:
    """The open commitments whose day has come, the oldest first."""
    ripe = [
        each for each in promised(entries) if is_open(each) and each.commitment.due and each.commitment.due <= today
    ]
    return by_day(ripe)


def by_day(found: Iterable[Promised]) -> list[Promised]:
    """The earliest day first; those without a day last."""
    return sorted(found, key=lambda each: each.commitment.due or date.max)


def is_open(each: Promised) -> bool:
    """Neither kept nor dropped."""
    return each.commitment.status == "open"


def is_overdue(each: Promised, today: date) -> bool:
    """Open, and its day is over."""
    return is_open(each) and each.commitment.due is not None and each.commitment.due < today


def find(found: Iterable[Promised], ref: str) -> Promised:
    """The commitment that `ref` names, whole or by its first four characters or more; or the only one of an entry.

    Raises AllyError if there is none, or more than one.
    """
    every = list(found)
    exact = [each for each in every if each.commitment.ref == ref]
    fitting = exact or [each for each in every if len(ref) >= 4 and each.commitment.ref.startswith(ref)]
    fitting = fitting or [each for each in every if len(ref) >= 4 and (each.entry.id or "").startswith(ref)]
    if not fitting:
        raise AllyError(f'There is no commitment "{ref[:40]}"; `ally commitments --all` lists them.')
    if len(fitting) > 1:
        places = ", ".join(f"{each.commitment.ref} in {each.entry.path}" for each in fitting[:4])
        raise AllyError(f'"{ref[:40]}" names {len(fitting)} commitments: {places}. Change one [id:: …] by hand.')
    return fitting[0]


def change(
    outcome: Outcome, today: date, words: str = "", due: date | None = None, reach: str | None = None
) -> "Change":
    """What to write for an outcome: the box, the day, and the line under it with what happened."""
    told = ". ".join(each for each in (outcome.said, " ".join(words.split())) if each)
    line = f"{today.isoformat()}: {told}" if told else ""
    from allyjournal.journal.closing import Change  # noqa: PLC0415  only where one is written

    return Change(outcome.status, today if outcome.status else None, due, reach, line)
