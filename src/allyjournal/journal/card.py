"""A card of the index: everything that is known of an entry but its words."""

from datetime import date, datetime
from typing import NamedTuple

from allyjournal.journal.body import Commitment
from allyjournal.journal.entry import SHOWN_ID, Entry


class Card(NamedTuple):
    """What the index knows of an entry. The names are those of `Entry`, so that what needs no words takes either."""

    id: str | None
    date: date
    created: datetime
    title: str
    kind: str
    pack_id: str | None
    prompts: tuple[str, ...]
    practices: tuple[str, ...]
    all_tags: tuple[str, ...]
    all_people: tuple[str, ...]
    starred: bool
    private: bool
    for_coach: bool
    exercise: str | None
    next_step: str | None
    voice: str
    reply_to: str | None
    words: int
    path: str
    commitments: tuple[Commitment, ...] = ()

    @property
    def selector(self) -> str:
        """What names this entry to the person: six characters of its id, else its path."""
        return self.id[:SHOWN_ID] if self.id else self.path


# An entry, or what the index knows of one.
Known = Entry | Card
