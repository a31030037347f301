"""The index of a journal: asked for entries, it first finds out what changed. Deleting it loses nothing."""

import os
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from allyjournal import __version__, files
from allyjournal.dates import Period
from allyjournal.errors import Refused, UnreadableFile
from allyjournal.journal.card import Card
from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.folder import Journal
from allyjournal.journal.index import asking
from allyjournal.journal.index.compare import differences
from allyjournal.journal.index.store import Store, about
from allyjournal.journal.index.tables import searched
from allyjournal.journal.index.watch import Watch
from allyjournal.journal.search import Matcher, Query

Answer = TypeVar("Answer")
EVER = Period()
# Entries are read so many at a time.
BATCH = 500
# Entries that change while they are being asked for are looked at again so many times.
TRIES = 3
NAME_LENGTH = 16


class Chosen(NamedTuple):
    """What fits a question: the entries' numbers, oldest first, `of` how many there were before the limit."""

    numbers: list[int]
    of: int


def _name_of(root: Path) -> str:
    """What the files of a journal's index are called."""
    return files.digest(os.fsencode(root))[:NAME_LENGTH]


class Index:
    """What is known of a journal's entries. `told` hears how far a long reading is: files read, of how many."""

    def __init__(self, journal: Journal, folder: Path, told: Callable[[int, int], None] = lambda _, __: None) -> None:
        self._journal = journal
        name = _name_of(journal.root)
        self._store = Store(folder / f"{name}.sqlite", about(journal.root, __version__, unicodedata.unidata_version))
        self._watch = Watch(journal, self._store, folder / f"{name}.turn", told)
        self._db: sqlite3.Connection | None = None
        self._seen = -1
        self._is_whole = False
        # Numbers are those of one index: how many were opened, and which one the last answer came from.
        self._opened = self._given = 0

    def remove(self) -> None:
        """Remove the index with every word in it, as a purge wants it."""
        self._close()
        self._store.remove()

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """The answer to a question that is put to the tables.

        Where that fails, another process may have put new ones in their place: those are asked. Then the tables are
        made anew, and at last in memory, where nobody else comes near them.
        """
        answer = self._ask(question)
        self._given = self._opened
        return answer

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        for otherwise in (self._close, self.remove, self._forgo_disk):
            try:
                answer = question(self._fresh())
                self._store.check(self._fresh())
            except (sqlite3.ProgrammingError, UnicodeEncodeError):
                raise
            except (sqlite3.Error, ValueError, TypeError, OverflowError):
                otherwise()
            else:
                return answer
        return question(self._fresh())

    def choose(self, wanted: Filter, query: Query | None = None, limit: int | None = None) -> Chosen:
        """The newest `limit` entries that a filter and a query want. What is about to be shown is true by now."""
        question = partial(self._choose, wanted=wanted, query=query, limit=limit)
        chosen = self._settled(question)
        # That nothing fits is said of every file, so every file is looked at.
        is_filtered = query is not None or wanted != Filter(wanted.period)
        return self._settled(question) if is_filtered and not chosen.numbers and self.look_at_all() else chosen

    def count(self, wanted: Filter) -> int:
        """How many entries a filter wants that asks for no text."""
        return self.ask(lambda db: asking.count(db, asking.where(wanted), None))

    def where(self, condition: str, values: Sequence[object] = (), limit: int | None = None) -> list[Card]:
        """The cards of the newest `limit` entries for which an SQL condition on `entries` holds, oldest first."""

        found: list[Card] = []

        def question(db: sqlite3.Connection) -> Chosen:
            # Both of one moment: an entry that another process takes in meanwhile gets another number.
            with asking.one_moment(db):
                numbers = asking.numbers(db, (condition, list(values)), None, limit)
                found[:] = asking.cards(db, numbers)
            return Chosen(numbers, len(numbers))

        self._settled(question)
        return found

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        """The cards of entries that were chosen, in their order. Raises Refused, as `paths` does."""
        return self._of_chosen(partial(asking.cards, wanted=numbers))

    def paths(self, numbers: Sequence[int]) -> list[str]:
        """Where the entries that were chosen lie, in their order.

        Raises Refused if their numbers are those of an index that another process has replaced since.
        """
        return self._of_chosen(partial(asking.paths, wanted=numbers))

    def _of_chosen(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        answer = self._ask(question)
        if self._opened != self._given:
            raise Refused("The index was made anew meanwhile, and its entries counted anew; run the command again.")
        return answer

    def entries(self, numbers: Sequence[int]) -> Iterator[Entry]:
        """The entries that were chosen, read one by one; one that is gone or broken by now is left out."""
        for start in range(0, len(numbers), BATCH):
            for path in self.paths(numbers[start : start + BATCH]):
                with suppress(UnreadableFile):
                    yield self._journal.read(path)

    def matcher(self, query: Query) -> Matcher:
        """A query made ready for texts, with the forms that its words have in this journal."""
        return self.ask(lambda db: Matcher(query, partial(asking.forms, db)))

    def unreadable(self, period: Period = EVER) -> list[UnreadableFile]:
        """The files and folders that could not be read, where they may hold entries of `period`."""
        return self.ask(partial(asking.unreadable, period=period))

    def has(self, kind: str, name: str, period: Period = EVER, or_under: bool = False) -> bool:
        """Whether an entry of these days has a mark; with `or_under` also one such as `name/…`."""
        return self.ask(partial(asking.has, kind=kind, name=name, period=period, or_under=or_under))

    def look_at_all(self) -> bool:
        """Look at every file; whether any was not as the index had it."""
        return self.ask(self._look_at_all)

    def check(self) -> int:
        """How many rows the index has otherwise than a new reading of every file. If any, it is thrown away."""
        self.look_at_all()
        fresh = self._store.in_memory(self._watch.fill)
        try:
            found = self.ask(lambda db: differences(db, fresh))
        finally:
            fresh.close()
        if found:
            self.remove()
        return found

    def _look_at_all(self, db: sqlite3.Connection) -> bool:
        """Once in a run is enough."""
        if self._is_whole:
            return False
        self._is_whole = True
        return self._watch.look_at_all(db)

    def _settled(self, question: Callable[[sqlite3.Connection], Chosen]) -> Chosen:
        """The answer to a question, once none of the files that it names has changed."""
        chosen = self.ask(question)
        for _ in range(TRIES):
            changed = self.ask(partial(asking.changed, root=self._journal.root, wanted=chosen.numbers))
            if not changed:
                break
            self.ask(partial(self._watch.renew, paths=changed))
            chosen = self.ask(question)
        return chosen

    def _choose(self, db: sqlite3.Connection, wanted: Filter, query: Query | None, limit: int | None) -> Chosen:
        condition = asking.where(wanted)
        found = asking.hits(db, query) if query else None
        if wanted.contains is not None or (query and found is None):
            matcher = Matcher(query, partial(asking.forms, db)) if query and found is None else None
            found = self._read_through(db, asking.numbers(db, condition, found, None), wanted, matcher)
        numbers = asking.numbers(db, condition, found, limit)
        is_all = limit is None or len(numbers) < limit
        return Chosen(numbers, len(numbers) if is_all else asking.count(db, condition, found))

    def _read_through(
        self, db: sqlite3.Connection, numbers: Sequence[int], wanted: Filter, matcher: Matcher | None
    ) -> set[int]:
        """Those entries whose text has what the tables can't say; their files are read one after another."""
        kept: set[int] = set()
        for n, path in zip(numbers, asking.paths(db, numbers), strict=True):
            with suppress(UnreadableFile):
                entry = self._journal.read(path)
                if wanted.wants(entry) and (matcher is None or matcher.fits(searched(entry))):
                    kept.add(n)
        return kept

    def _fresh(self) -> sqlite3.Connection:
        """The tables, after a look at what changed since this run asked or wrote last."""
        if self._db is None:
            self._opened += 1
            self._db = self._store.open()
            if self._db is None or asking.is_worn(self._db):
                self._close()
                self._db = self._store.make(self._watch.fill)
        if self._seen != self._journal.writes:
            self._seen, self._is_whole = self._journal.writes, False
            self._watch.look(self._db)
        return self._db

    def _forgo_disk(self) -> None:
        self._close()
        self._opened += 1
        self._db = self._store.in_memory(self._watch.fill)

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db = None
        self._seen = -1
