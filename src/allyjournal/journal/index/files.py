"""Which files of the journal changed since the index read them.

A file is unchanged when its size, its times of change and its inode are; one that had just been written when it was
read is read again, since the clock may have stood still in between (git calls this "racy",
https://git-scm.com/docs/racy-git).
"""

import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from allyjournal.errors import UnreadableFile
from allyjournal.journal.folder import MOST_FOLDERS, Journal, why_unreadable
from allyjournal.journal.index.tables import Row, Stat, path_of, stored

# The coarsest clock of a file system in use (FAT's), in nanoseconds.
TICK = 2_000_000_000
NEWEST = 2
# SQLite's largest number; times of the year 36812 and some file systems' inodes go beyond it.
MOST = 2**63 - 1
# Path, size, mtime, ctime, inode: `Stat` behind a path as SQLite has it.
StatRow = tuple[str | bytes, int, int, int, int]
UNTRUSTED = -1
TOP = "entries"


class Folder(NamedTuple):
    """A folder as the index keeps it."""

    number: int
    path: str
    mtime: int
    inode: int
    fault: str | None


def read_row(journal: Journal, path: str, folder: int) -> Row | None:
    """A file as a row of the index; None if it is gone."""
    now = time.time_ns()
    found = stat_of(journal.root, path)
    if found is None:
        return None
    if max(found.mtime, found.ctime) > now - TICK:
        found = found._replace(size=UNTRUSTED)
    try:
        return Row(path, folder, found, journal.read(path))
    except UnreadableFile as error:
        return Row(path, folder, found, error) if os.path.lexists(journal.root / path) else None


def stat_of(root: Path, path: str) -> Stat | None:
    """What of a file changes when its words do; None if there is none."""
    try:
        found = os.lstat(f"{root}/{path}")
    except OSError:
        return None
    return Stat(found.st_size, found.st_mtime_ns & MOST, found.st_ctime_ns & MOST, found.st_ino & MOST)


def folders(db: sqlite3.Connection) -> dict[str, Folder]:
    """The folders that the index knows."""
    rows = db.execute("SELECT folder, path, mtime, inode, fault FROM folders")
    return {path_of(row[1]): Folder(row[0], path_of(row[1]), *row[2:]) for row in rows}


def changed_folders(root: Path, known: Iterable[Folder]) -> list[Folder]:
    """Those whose names changed since; one that could not be read, or had just been changed, is among them."""
    changed = []
    for each in known:
        try:
            found = _folder_stat(root, each.path)
        except OSError:
            changed.append(each)
            continue
        if (found.st_mtime_ns & MOST, found.st_ino & MOST) != (each.mtime, each.inode) or each.fault:
            changed.append(each)
    return changed


def _folder_stat(root: Path, folder: str) -> os.stat_result:
    """A folder's stat. The top one may be a link to where the entries really are; a link below it is no folder."""
    return os.stat(f"{root}/{folder}") if folder == TOP else os.lstat(f"{root}/{folder}")


class Listing(NamedTuple):
    """What a folder holds: its entries' files and its folders, as paths in the journal, and its stat."""

    path: str
    files: list[str]
    folders: list[str]
    mtime: int
    inode: int
    fault: str | None = None
    is_gone: bool = False

    def is_as(self, known: Folder | None) -> bool:
        """Whether the index has this folder so already."""
        return known is not None and (self.mtime, self.inode, self.fault) == known[2:] and not self.is_gone


NOTHING = Listing(TOP, [], [], UNTRUSTED, 0)


def listing(root: Path, folder: str) -> Listing | None:
    """The Markdown files and the folders in `folder`; None if it is gone."""
    now = time.time_ns()
    try:
        found = _folder_stat(root, folder)
        if not stat.S_ISDIR(found.st_mode):
            return None
        with os.scandir(f"{root}/{folder}") as items:
            names = [(each.name, each.is_dir(follow_symlinks=False)) for each in items if each.name[:1] != "."]
    except FileNotFoundError:
        return None
    except OSError as error:
        return NOTHING._replace(path=folder, fault=f"the folder {why_unreadable(error)}")
    may_go_deeper = folder.count("/") < MOST_FOLDERS
    return Listing(
        folder,
        sorted(f"{folder}/{name}" for name, is_folder in names if not is_folder and name.endswith(".md")),
        sorted(f"{folder}/{name}" for name, is_folder in names if is_folder and may_go_deeper),
        found.st_mtime_ns & MOST if found.st_mtime_ns <= now - TICK else UNTRUSTED,
        found.st_ino & MOST,
    )


def changed_files(root: Path, rows: Iterable[StatRow]) -> Iterator[str]:
    """The paths of those rows whose file is not as it was, or is gone."""
    for path, *was in rows:
        name = path_of(path)
        if stat_of(root, name) != tuple(was):
            yield name


def newest(known: Iterable[str]) -> list[str]:
    """The newest folders of months: where most is changed in place."""
    months = [path for path in known if len(path) == len(f"{TOP}/2026/11") and path[-3] == "/" and path[-2:].isdigit()]
    return sorted(months)[-NEWEST:]


def files_in(db: sqlite3.Connection, folder: int) -> list[StatRow]:
    """The rows of a folder's files, as `changed_files` takes them."""
    return db.execute("SELECT path, size, mtime, ctime, inode FROM files WHERE folder = ?", (folder,)).fetchall()


def set_folder(db: sqlite3.Connection, found: Listing) -> None:
    """Keep what a folder is like now. The top one is known also while it is not there."""
    if found.is_gone and found.path != TOP:
        db.execute("DELETE FROM folders WHERE path = ?", (stored(found.path),))
        return
    values = (stored(found.path), found.mtime, found.inode, found.fault)
    db.execute(
        "INSERT INTO folders(path, mtime, inode, fault) VALUES(?, ?, ?, ?) ON CONFLICT(path) "
        "DO UPDATE SET mtime = excluded.mtime, inode = excluded.inode, fault = excluded.fault",
        values,
    )
