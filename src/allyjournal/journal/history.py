"""Changing entries so that nothing is lost: older versions, the trash, and undo.

An operation is written down before it is done: which files change, from what and to what. So one that is
killed half-way can be undone too. Records name files and ids, never words.
"""

import hashlib
import json
import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from allyjournal import files
from allyjournal.errors import AllyError, Refused, UnreadableFile
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import ID_LENGTH, Journal

TRASH = ".trash"
# Characters of a moment in a file's name, such as 20261121T081502123456.
STAMP = 21


class Edit(NamedTuple):
    """An entry's file that is `base` now and will be `new`."""

    path: str
    base: bytes
    new: bytes


class Version(NamedTuple):
    """A version of an entry that is kept: its file, and when it was put there."""

    path: Path
    moment: datetime


@dataclass
class Operation:
    """What one command did: edits as (path, version before, version after), and moves as (from, to)."""

    name: str
    command: str
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    moves: list[tuple[str, str]] = field(default_factory=list)
    undoes: str | None = None

    @property
    def moment(self) -> datetime:
        """When it was done."""
        return datetime.strptime(self.name[:STAMP], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)


class History:
    """Older versions, trash and operations of one journal. `now` is when a change made here is said to be."""

    def __init__(self, journal: Journal, now: datetime) -> None:
        self._journal = journal
        self._now = now.astimezone(UTC)

    def change(self, command: str, edits: Sequence[Edit], undoes: str | None = None) -> None:
        """Put the new text into each entry's file; all of it is one operation.

        Raises Refused, before anything is changed, if a file is no longer its `base`.
        """
        wanted = [edit for edit in edits if edit.base != edit.new]
        if not wanted:
            return
        with files.lock(self._journal.own("lock")):
            operation = Operation(self._stamp(), command, undoes=undoes)
            changed = [edit.path for edit in wanted if self._journal.bytes_of(edit.path) != edit.base]
            if changed:
                raise Refused(f"{', '.join(changed)} changed meanwhile; nothing was overwritten.")
            for edit in wanted:
                operation.edits.append(self._keep_new(operation, edit))
            self._record(operation)
            for edit, (_, before, _) in zip(wanted, operation.edits, strict=True):
                files.exchange(self._journal.root / edit.path, edit.new, self._folder / before)

    def begin(self, command: str, path: str, data: bytes) -> None:
        """Write a new file, as an operation: undone, it is in the trash. Raises FileExistsError, NotWritten."""
        with files.lock(self._journal.own("lock")):
            self._record(Operation(self._stamp(), command, moves=[(self._free(f"{TRASH}/{path}"), path)]))
            files.make_folder((self._journal.root / path).parent)
            files.write_new(self._journal.root / path, data)

    def trash(self, command: str, paths: Sequence[str]) -> None:
        """Move entries to the trash, as one operation. Nothing there is overwritten."""
        self._move(command, [(path, self._free(f"{TRASH}/{path}")) for path in paths])

    def restore(self, command: str, paths: Sequence[str]) -> list[str]:
        """Move entries back from the trash, as one operation; gives where they are now."""
        moves = [(path, self._free(path.removeprefix(f"{TRASH}/"))) for path in paths]
        self._move(command, moves)
        return [target for _, target in moves]

    def relocate(self, command: str, moves: Sequence[tuple[str, str]]) -> None:
        """Move files inside the journal, as one operation; a name that is taken gets a number."""
        if moves:
            free: list[tuple[str, str]] = []
            for source, target in moves:
                free.append((source, self._free(target, {each for _, each in free})))
            self._move(command, free)

    def undo(self) -> Operation:
        """Undo the last operation that is not undone yet and of which something is left, and give it.

        Raises AllyError if there is none; Refused, before anything is changed, if a file was changed since.
        """
        operations = self.operations()
        undone = {each.undoes for each in operations}
        for last in reversed([each for each in operations if each.undoes is None and each.name not in undone]):
            edits = [edit for path, before, after in last.edits if (edit := self._back(path, before, after))]
            moves = [(target, source) for source, target in last.moves if (self._journal.root / target).exists()]
            taken = [source for _, source in moves if (self._journal.root / source).exists()]
            if taken:
                raise Refused(f"{', '.join(taken)} is there again; nothing was undone.")
            if edits:
                self.change(f"undo {last.command}", edits, undoes=last.name)
            elif moves:
                self._move(f"undo {last.command}", moves, undoes=last.name)
            else:
                continue
            done = Operation(last.name, last.command, [(each.path, "", "") for each in edits], moves)
            return done
        raise AllyError("There is nothing to undo.")

    def operations(self) -> list[Operation]:
        """What was done, oldest first. A record that does not read is passed over."""
        found = []
        for path in sorted(self._operations.glob("*.json")):
            with suppress(OSError, ValueError, KeyError, TypeError):
                found.append(_from_json(path.stem, json.loads(files.read_bytes(path))))
        return found

    def versions(self, entry: Entry) -> list[Version]:
        """The versions of an entry that are kept, oldest first, each text once."""
        seen: set[bytes] = set()
        found = []
        kept = (self._folder / _key(entry, entry.path)).glob("*.md")
        for path in sorted(kept, key=lambda each: (each.name[:STAMP], each.stem.endswith("-new"))):
            data = files.read_bytes(path)
            if data not in seen:
                moment = datetime.strptime(path.name[:STAMP], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
                found.append(Version(path, moment))
            seen.add(data)
        return found

    def purge(self, entry: Entry) -> None:
        """Remove an entry's file and every version of it, for good.

        Where another file has the same id (a copy that a conflict left), its versions stay.
        """
        path = entry.path.removeprefix(f"{TRASH}/")
        versions = [
            each
            for operation in self.operations()
            for where, *both in operation.edits
            for each in both
            if where == path
        ]
        is_alone = all(
            each.path == entry.path
            for each in [*self._journal.all().entries, *self._journal.trashed()]
            if each.id == entry.id
        )
        with files.lock(self._journal.own("lock")):
            for version in versions:
                files.remove(self._folder / version)
            for kept in (self._folder / _key(entry, path)).glob("*") if is_alone else ():
                files.remove(kept)
            files.remove(self._journal.root / entry.path)
            files.sync_folder((self._journal.root / entry.path).parent)

    @property
    def _folder(self) -> Path:
        return self._journal.root / ".ally/history"

    @property
    def _operations(self) -> Path:
        return self._journal.root / ".ally/operations"

    def _stamp(self) -> str:
        """A name that sorts behind every earlier one, also when the clock went back."""
        now = f"{self._now:%Y%m%dT%H%M%S%f}"
        last = max((path.stem[:STAMP] for path in self._operations.glob("*.json")), default="")
        if now > last:
            return now
        following = datetime.strptime(last, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC) + timedelta(microseconds=1)
        return f"{following:%Y%m%dT%H%M%S%f}"

    def _keep_new(self, operation: Operation, edit: Edit) -> tuple[str, str, str]:
        try:
            entry = self._journal.read(edit.path)
        except UnreadableFile:
            entry = None
        key = _key(entry, edit.path)
        files.make_folder(self._folder / key)
        before, after = f"{key}/{operation.name}-old.md", f"{key}/{operation.name}-new.md"
        files.write_new(self._folder / after, edit.new)
        return edit.path, before, after

    def _record(self, operation: Operation) -> None:
        self._journal.own("operations")
        files.make_folder(self._operations)
        row = {
            "command": operation.command,
            "edits": operation.edits,
            "moves": operation.moves,
            "undoes": operation.undoes,
        }
        files.write_new(self._operations / f"{operation.name}.json", json.dumps(row).encode())

    def _move(self, command: str, moves: Sequence[tuple[str, str]], undoes: str | None = None) -> None:
        root = self._journal.root
        with files.lock(self._journal.own("lock")):
            operation = Operation(self._stamp(), command, moves=list(moves), undoes=undoes)
            for _, target in moves:
                files.make_folder((root / target).parent)
            self._record(operation)
            for source, target in moves:
                files.make_folder((root / target).parent)
                files.move(root / source, root / target)

    def _free(self, path: str, given: Collection[str] = ()) -> str:
        """`path`, or the next name like it that nothing has and that is not `given` to something else."""
        stem, number, free = path.removesuffix(".md"), 1, path
        while free in given or (self._journal.root / free).exists():
            number += 1
            free = f"{stem}.{number}.md"
        return free

    def _back(self, path: str, before: str, after: str) -> Edit | None:
        """The edit that undoes one; None if it was never done, or is purged.

        Raises Refused if the file was changed since.
        """
        if not (self._folder / before).exists() or not (self._folder / after).exists():
            return None
        try:
            now = self._journal.bytes_of(path)
        except UnreadableFile:
            raise Refused(f"{path} is not there any more; nothing was undone.") from None
        if now != files.read_bytes(self._folder / after):
            raise Refused(f"{path} was changed since; nothing was undone. `ally history` shows its versions.")
        return Edit(path, now, files.read_bytes(self._folder / before))


def _key(entry: Entry | None, path: str) -> str:
    return (entry.id if entry else None) or hashlib.sha256(os.fsencode(path)).hexdigest()[:ID_LENGTH]


def _from_json(name: str, row: dict[str, Any]) -> Operation:
    return Operation(
        name,
        str(row["command"]),
        [(str(a), str(b), str(c)) for a, b, c in row["edits"]],
        [(str(a), str(b)) for a, b in row["moves"]],
        row["undoes"],
    )
