"""The file that the index lies in: opened when it can be trusted, made anew when there is any doubt.

Beside it lies a stamp: the file's size, times and inode after our last write. A file that another program touched, or
that a crash left between two states, does not fit its stamp, and is thrown away.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from allyjournal import files
from allyjournal.errors import NotWritten
from allyjournal.journal.index.tables import INDEXES, TABLES, VERSION, WORDS

PATIENCE = 5.0
# What another process left half-made is swept away after this many seconds.
LEFT_BEHIND = 3600
Fill = Callable[[sqlite3.Connection], None]


class Store:
    """One index on disk. `about` says what it is the index of; one that says something else is not opened."""

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        self._path, self._about = path, dict(about)
        self._stamp, self._lock = path.with_suffix(".stamp"), path.with_suffix(".lock")
        # What SQLite would roll back into whatever file has this name by then.
        self._leftover = path.with_name(f"{path.name}-journal")
        self._seen = b""

    def open(self) -> sqlite3.Connection | None:
        """The index that is there; None where there is none that can be trusted."""
        db = None
        try:
            with files.lock(self._lock, PATIENCE):
                self._seen = self._now()
                if self._read_stamp() != self._seen or self._leftover.exists():
                    return None
                db = _connected(self._path)
            if _about(db) == self._about:
                return db
        except (OSError, NotWritten, sqlite3.Error):
            pass
        if db:
            db.close()
        return None

    def make(self, fill: Fill) -> sqlite3.Connection:
        """A new index that `fill` has filled, in place of any that is there; in memory where no file can be."""
        temporary = self._path.with_name(f"{self._path.stem}-{os.getpid()}-{os.urandom(4).hex()}.new")
        try:
            files.make_folder(self._path.parent)
            self._sweep()
            files.replace(temporary, b"", durably=False)
            db = _connected(temporary)
        except (OSError, NotWritten, sqlite3.Error):
            return self.in_memory(fill)
        try:
            self._fill(db, fill)
            db.close()
            return self._put(temporary)
        except (OSError, NotWritten, sqlite3.Error):
            return self.in_memory(fill)
        finally:
            db.close()
            files.remove(temporary)

    def write(self, db: sqlite3.Connection, change: Fill) -> None:
        """Change the index in one step, and stamp it. Raises sqlite3.Error, also when another file took its place."""
        if not _is_on_disk(db):
            change(db)
            return
        try:
            with files.lock(self._lock, PATIENCE):
                self._trust()
                _in_one_step(db, change)
                self._put_stamp()
        except (OSError, NotWritten) as error:
            raise sqlite3.OperationalError(str(error)) from None

    def check(self, db: sqlite3.Connection) -> None:
        """Raise sqlite3.OperationalError if the file is no longer what was opened or written last, and stamped.

        One that another index took the place of stays as it was: nobody writes to it any more.
        """
        now = self._now_or_none()
        if not _is_on_disk(db) or now is None or now == self._seen or now.split()[-1] != self._seen.split()[-1]:
            return
        try:
            with files.lock(self._lock, PATIENCE):
                self._trust()
        except (OSError, NotWritten) as error:
            raise sqlite3.OperationalError(str(error)) from None

    def remove(self) -> None:
        """Remove the index with every word in it, and what was left of making one."""
        with suppress(OSError, NotWritten), files.lock(self._lock, PATIENCE):
            left = self._path.parent.glob(f"{self._path.stem}-*.new")
            for path in (self._stamp, self._path, self._leftover, *left):
                files.remove(path)

    def _put(self, temporary: Path) -> sqlite3.Connection:
        with files.lock(self._lock, PATIENCE):
            files.remove(self._stamp)
            files.remove(self._leftover)
            os.replace(temporary, self._path)
            self._put_stamp()
            return _connected(self._path)

    def _trust(self) -> None:
        """Take what is there now, if it is stamped. Raises sqlite3.OperationalError; call it under the lock."""
        now = self._now()
        if now.split()[-1] != self._seen.split()[-1] or self._read_stamp() != now:
            raise sqlite3.OperationalError("another index lies there now")
        self._seen = now

    def _put_stamp(self) -> None:
        self._seen = self._now()
        files.replace(self._stamp, self._seen, durably=False)

    def _now_or_none(self) -> bytes | None:
        try:
            return self._now()
        except OSError:
            return None

    def _fill(self, db: sqlite3.Connection, fill: Fill) -> None:
        db.executescript(f"PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; {TABLES}")
        with suppress(sqlite3.OperationalError):  # a Python without FTS5: words are then looked for in the files
            db.execute(WORDS)
            # Sixteen megabytes of words before they are sorted and written down: half the time of one.
            db.execute("INSERT INTO words(words, rank) VALUES('hashsize', 16777216)")
        db.execute("BEGIN")
        db.executemany("INSERT INTO about VALUES(?, ?)", self._about.items())
        fill(db)
        db.execute("COMMIT")
        db.executescript(INDEXES)

    def in_memory(self, fill: Fill) -> sqlite3.Connection:
        """A new index that `fill` has filled, for this run alone."""
        db = sqlite3.connect(":memory:", isolation_level=None)
        self._fill(db, fill)
        return db

    def _read_stamp(self) -> bytes:
        return files.read_bytes(self._stamp)

    def _now(self) -> bytes:
        found = os.stat(self._path)
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}\n".encode()

    def _sweep(self) -> None:
        for path in self._path.parent.glob("*.new*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > LEFT_BEHIND:
                    path.unlink()


def _connected(path: Path) -> sqlite3.Connection:
    # `mode=rw`: SQLite makes no file of its own, whose mode would not be ours.
    name = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    db = sqlite3.connect(f"file:{name}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
    db.execute("PRAGMA synchronous = NORMAL")
    # No file of a write that was cut off, which SQLite would roll back into the next index of this name; a write that
    # was cut off does not fit the stamp.
    db.execute("PRAGMA journal_mode = MEMORY")
    return db


def _is_on_disk(db: sqlite3.Connection) -> bool:
    return bool(db.execute("PRAGMA database_list").fetchone()[2])


def _in_one_step(db: sqlite3.Connection, change: Fill) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        change(db)
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


def _about(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT key, value FROM about").fetchall())


def about(journal: Path, program: str, unicode: str) -> dict[str, str]:
    """What an index says of itself: whose it is, and by which rules its words and entries were read."""
    root = os.fsencode(os.path.realpath(journal)).hex()
    # A file that does not say when it was written has its day by the clock of this zone.
    zone = f"{os.environ.get('TZ')} {time.tzname} {time.timezone} {time.altzone}"
    return {"version": str(VERSION), "journal": root, "program": program, "unicode": unicode, "zone": zone}
