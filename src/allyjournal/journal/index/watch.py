"""Keeping the index true: what changed in the journal is found out, read, and put into it."""

import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from allyjournal import files as disk
from allyjournal.errors import NotWritten
from allyjournal.journal.folder import Journal
from allyjournal.journal.index import files
from allyjournal.journal.index.asking import has_words, places
from allyjournal.journal.index.files import NOTHING, TOP, Folder, Listing
from allyjournal.journal.index.store import Store
from allyjournal.journal.index.tables import all_words, drop, path_of, put, put_stems

# A journal of this size is looked at as a whole in each run; of the old months of a larger one a slice, in turn.
WHOLE = 1_000
SLICE = 150
# Files are read and put into the index so many at a time.
BATCH = 500
_STATS = "SELECT path, size, mtime, ctime, inode FROM"


class Watch:
    """Finds what changed in a journal since its index was written. `told` hears how far a long reading is."""

    def __init__(self, journal: Journal, store: Store, turn: Path, told: Callable[[int, int], None]) -> None:
        self._journal, self._store, self._turn, self._told = journal, store, turn, told

    def fill(self, db: sqlite3.Connection) -> None:
        """Read the whole journal into an empty index."""
        found = list(self._walk(TOP))
        texts = self._put(db, [path for each in found for path in each.files], found)
        if has_words(db):
            for _ in texts:
                pass
            put_stems(db, all_words(db))
        else:
            put_stems(db, {word for text in texts for word in text.split()})

    def look(self, db: sqlite3.Connection) -> None:
        """Look at the folders, the newest months and the next slice of all files, and take in what changed."""
        known = files.folders(db)
        listed: list[Listing] = []
        paths: dict[str, None] = {}
        for each in files.changed_folders(self._journal.root, known.values()):
            for path in self._changed_in(db, each, known, listed):
                paths[path] = None
        newest = [row for path in files.newest(known) for row in files.files_in(db, known[path].number)]
        paths |= dict.fromkeys(files.changed_files(self._journal.root, [*newest, *self._slice(db)]))
        news = [each for each in listed if not each.is_as(known.get(each.path))]
        self._take_in(db, list(paths), news)

    def look_at_all(self, db: sqlite3.Connection) -> bool:
        """Look at every file, and take in what changed; whether anything had."""
        changed = list(files.changed_files(self._journal.root, db.execute(f"{_STATS} files").fetchall()))
        self.renew(db, changed)
        return bool(changed)

    def renew(self, db: sqlite3.Connection, paths: Sequence[str]) -> None:
        """Read these files again."""
        self._take_in(db, paths, [])

    def _walk(self, path: str) -> Iterator[Listing]:
        """A folder and all below it."""
        found = files.listing(self._journal.root, path)
        if found or path == TOP:
            yield found or NOTHING
        for each in found.folders if found else ():
            yield from self._walk(each)

    def _changed_in(
        self, db: sqlite3.Connection, folder: Folder, known: dict[str, Folder], listed: list[Listing]
    ) -> Iterator[str]:
        """The files that are new, changed or gone in a folder, and in new ones below; `listed` gets what is there."""
        found = files.listing(self._journal.root, folder.path) or NOTHING._replace(path=folder.path, is_gone=True)
        listed.append(found)
        if found.is_gone:
            yield from self._gone(db, folder.path, known, listed)
            return
        rows = files.files_in(db, folder.number)
        yield from files.changed_files(self._journal.root, rows)
        yield from set(found.files) - {path_of(row[0]) for row in rows}
        for new in (each for path in found.folders if path not in known for each in self._walk(path)):
            listed.append(new)
            yield from new.files

    def _gone(
        self, db: sqlite3.Connection, path: str, known: dict[str, Folder], listed: list[Listing]
    ) -> Iterator[str]:
        """Every file that was in a folder and below it, also where a link leads to them now."""
        for each in known.values():
            if each.path == path or each.path.startswith(f"{path}/"):
                yield from (path_of(row[0]) for row in files.files_in(db, each.number))
                listed.append(NOTHING._replace(path=each.path, is_gone=True))

    def _slice(self, db: sqlite3.Connection) -> list[files.StatRow]:
        """The next files in turn, and those that could not be read."""
        (count,) = db.execute("SELECT count(*) FROM (SELECT 1 FROM files LIMIT ?)", (WHOLE + 1,)).fetchone()
        if count <= WHOLE:
            return db.execute(f"{_STATS} files").fetchall()
        turn = self._read_turn()
        numbers = db.execute("SELECT n FROM entries WHERE n > ? ORDER BY n LIMIT ?", (turn, SLICE)).fetchall()
        numbers += db.execute("SELECT n FROM entries ORDER BY n LIMIT ?", (SLICE - len(numbers),)).fetchall()
        self._write_turn(numbers[-1][0])
        rows = db.execute(f"{_STATS} entries WHERE n IN ({places(numbers)})", [n for (n,) in numbers]).fetchall()
        return [*rows, *db.execute(f"{_STATS} faults").fetchall()]

    def _take_in(self, db: sqlite3.Connection, paths: Sequence[str], listed: Sequence[Listing]) -> None:
        def change(db: sqlite3.Connection) -> None:
            drop(db, paths)
            put_stems(db, {word for text in self._put(db, paths, listed) for word in text.split()})

        if paths or listed:
            self._store.write(db, change)

    def _put(self, db: sqlite3.Connection, paths: Sequence[str], listed: Sequence[Listing]) -> Iterator[str]:
        """Read files and put them in, batch by batch; gives their texts."""
        for each in listed:
            files.set_folder(db, each)
        numbers = {path: folder.number for path, folder in files.folders(db).items()}
        with_words = has_words(db)
        with _without_collecting():
            for start in range(0, len(paths), BATCH):
                within = [(path, path.rpartition("/")[0]) for path in paths[start : start + BATCH]]
                some = [(path, numbers[folder]) for path, folder in within if folder in numbers]
                rows = [row for each in some if (row := files.read_row(self._journal, *each))]
                yield from put(db, rows, with_words)
                self._told(min(start + BATCH, len(paths)), len(paths))

    def _read_turn(self) -> int:
        try:
            return int(disk.read_bytes(self._turn))
        except (OSError, ValueError):
            return 0

    def _write_turn(self, turn: int) -> None:
        """Where the next run goes on. If that can't be kept, the next one looks at the same files again."""
        try:
            disk.replace(self._turn, str(turn).encode(), durably=False)
        except NotWritten:
            return


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Many small values that live on: looking for cycles among them would take as long as reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
