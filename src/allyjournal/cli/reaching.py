"""The entries that sharing is about: by the names that a receipt has, and what coaches wrote."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from allyjournal.cli.session import Session
from allyjournal.errors import UnreadableFile
from allyjournal.journal.card import Card
from allyjournal.journal.entry import Entry
from allyjournal.journal.index import past

# SQLite takes so many values in one question, and more.
AT_ONCE = 400


def feedback(session: Session) -> list[Entry]:
    """The entries that are a coach's words, oldest first."""
    return _read(session, past.FEEDBACK, [])


def feedback_on(session: Session, entries: Iterable[Entry]) -> list[Entry]:
    """What coaches wrote about these entries, oldest first."""
    return _read(session, *past.feedback_on([each.id or each.path for each in entries]))


def by_id(session: Session, names: Iterable[str]) -> dict[str, Entry]:
    """Those of the entries of these ids (or paths) that are there, by that name."""
    wanted = list(dict.fromkeys(names))
    parts = [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
    return {entry.id or entry.path: entry for part in parts for entry in _read(session, *past.named(part))}


def read(session: Session, cards: Iterable[Card]) -> list[Entry]:
    """The entries of these cards; one that is gone or broken by now is left out."""
    found = []
    for card in cards:
        with suppress(UnreadableFile):
            found.append(session.journal.read(card.path))
    return found


def _read(session: Session, condition: str, values: Sequence[object]) -> list[Entry]:
    return read(session, session.index.where(condition, values))
