"""What is being written now, on disk before it is an entry, and what was left behind.

A draft is a whole document under the id its entry will have, in the state folder of this machine; the one
being written is locked, so that a second terminal never takes it over.
"""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from allyjournal import files
from allyjournal.errors import NotWritten, UnreadableFile
from allyjournal.journal import document
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal

# What an entry is changed to for one share lies in a folder of its own that begins so.
SHARE = "share-"


class Draft:
    """One draft, held by this process until `let_go` or `discard`.

    `is_behind` says that words are not in it which should be: the last save failed.
    """

    def __init__(self, path: Path, unlock: Callable[[], None]) -> None:
        self.path = path
        self._unlock: Callable[[], None] | None = unlock
        self._kept = b""
        self.is_behind = False

    @property
    def is_kept(self) -> bool:
        """Whether some words of it are on disk."""
        return self.path.exists()

    def save(self, entry: Entry) -> None:
        """Put the whole of `entry` on disk, durably.

        Raises NotWritten; what was kept before is still there, and `is_behind` is true until a save succeeds.
        """
        data = document.to_text(entry).encode()
        if data != self._kept:
            self.is_behind = True
            files.make_folder(self.path.parent)
            files.replace(self.path, data)
            self._kept = data
        self.is_behind = False

    @property
    def editing(self) -> Path:
        """The file that an editor opens for this draft, in a folder of its own for what editors leave behind."""
        return self.path.with_suffix("") / "answer.md"

    def edited(self) -> str:
        """What an editor saved for this draft and nobody took over yet, without the prompt; else ""."""
        return re.sub(r"<!--.*?-->", "", _text_of(self.editing), flags=re.DOTALL).strip()

    def keep_raw(self, data: bytes) -> Path:
        """Keep bytes that are no text beside the draft, and give their path. Raises NotWritten."""
        path = self.path.with_suffix(".bytes")
        files.replace(path, data)
        return path

    def discard(self) -> None:
        """The entry is kept, or the person said so: the draft goes."""
        self.discard_editing()
        files.remove(self.path)
        self.let_go()

    def discard_editing(self) -> None:
        """The editor's text is part of the draft by now: its folder goes."""
        shutil.rmtree(self.editing.parent, ignore_errors=True)

    def let_go(self) -> None:
        """Leave the draft for the next time."""
        if self._unlock:
            if not self.is_kept:
                files.remove(self.path.with_suffix(".lock"))
            self._unlock()
            self._unlock = None


class Waiting(NamedTuple):
    """A draft that was left behind, held by this process now; `entry` is what it says so far."""

    draft: Draft
    entry: Entry


class Drafts:
    """The drafts of one journal on this machine."""

    def __init__(self, state: Path, journal: Journal) -> None:
        self._journal = journal
        real = os.path.realpath(journal.root)
        self.folder = state / "drafts" / files.digest(os.fsencode(real))[:16]

    def begin(self, entry_id: str) -> Draft:
        """A new draft. Raises NotWritten if none can be kept."""
        files.make_folder(self.folder)
        draft = self._take(entry_id)
        if draft is None:
            raise NotWritten(f"{self.folder / entry_id}.md is being written in another terminal.")
        return draft

    def unheld(self, entry_id: str) -> Draft:
        """A draft where none could begin: each save tries again, and is free to fail."""
        return Draft(self.folder / f"{entry_id}.md", lambda: None)

    def waiting(self) -> list[Waiting]:
        """The drafts nobody is writing, oldest first. One whose entry is kept, word for word, goes.

        A draft that cannot be read is left where it is.
        """
        found = []
        for path in self._paths():
            try:
                draft = self._take(path.stem)
            except NotWritten:
                continue
            if draft is None:
                continue
            entry = self._left_behind(draft)
            if entry is None:
                draft.let_go()
            else:
                found.append(Waiting(draft, entry))
        return sorted(found, key=lambda each: each.entry.created)

    def commands(self) -> list[str]:
        """For each draft that lies here, whether or not someone is writing it, the command that goes on with it."""
        found = []
        for path in self._paths():
            with suppress(OSError, UnreadableFile):
                fallback = document.Fallback(str(path), lambda: datetime.now(UTC))
                entry = document.from_bytes(files.read_bytes(path), fallback)
                found.append(f"ally do {entry.exercise}" if entry.exercise else "ally reflect")
        return found

    def of_shares(self) -> list[Path]:
        """What was being changed for a share that was cut short: it is no entry, and is never gone on with."""
        try:
            folders = sorted(path for path in self.folder.iterdir() if path.name.startswith(SHARE) and path.is_dir())
        except OSError:
            return []
        return [path for each in folders for path in sorted(each.iterdir()) if not self._is_held(each.name)]

    def _is_held(self, name: str) -> bool:
        try:
            draft = self._take(name)
        except NotWritten:
            return True
        if draft:
            draft.let_go()
        return draft is None

    def _paths(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix == ".md")
        except OSError:
            return []

    def _take(self, entry_id: str) -> Draft | None:
        path = self.folder / f"{entry_id}.md"
        try:
            unlock = files.try_lock(path.with_suffix(".lock"))
        except OSError as error:
            raise NotWritten(f"{path} could not be kept: {(error.strerror or str(error)).lower()}.") from None
        return Draft(path, unlock) if unlock else None

    def _left_behind(self, draft: Draft) -> Entry | None:
        fallback = document.Fallback(str(draft.path), lambda: datetime.now(UTC).astimezone())
        try:
            data = files.read_bytes(draft.path)
            entry = document.from_bytes(data, fallback)
        except (OSError, UnreadableFile):
            return None
        if entry.id != draft.path.stem:
            return None
        edited = _text_of(draft.editing)
        if edited:
            entry = document.with_last_answer(entry, edited)
        if not entry.words and not draft.editing.parent.exists():
            draft.discard()
            return None
        if edited:
            return entry
        try:
            kept = self._journal.bytes_of(self._journal.path_of(entry))
        except UnreadableFile:
            return entry
        if kept != data:
            return entry
        draft.discard()
        return None


def _text_of(path: Path) -> str:
    """What an editor saved, if it is text."""
    try:
        return files.read_bytes(path).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
