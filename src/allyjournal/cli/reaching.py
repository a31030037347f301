"""The entries that sharing is about: by name, all of them, and what coaches wrote."""

from allyjournal.cli.session import Session
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import KIND
from allyjournal.journal.filters import Filter
from allyjournal.journal.folder import Scan


def find(session: Session, selector: str) -> Entry:
    """The one entry that `selector` names. Raises AllyError when none or several fit; UnreadableFile."""
    return session.find(selector)


def everything(session: Session) -> Scan:
    """Every entry, oldest first, and the files that cannot be read."""
    return session.journal.all()


def feedback(session: Session) -> list[Entry]:
    """The entries that are a coach's words, oldest first."""
    return list(session.index.entries(session.index.choose(Filter(kind=KIND)).numbers))


def by_id(session: Session) -> dict[str, Entry]:
    """Every entry by its id, or by its path where it has none."""
    return {entry.id or entry.path: entry for entry in everything(session).entries}
