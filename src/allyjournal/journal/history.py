"""Changing entries so that nothing is lost: older versions, the trash, and undo.

An operation is written down before it is done: which files change, from what and to what. So one that is
killed half-way can be undone too. Records name files and ids, never words.
"""

import errno
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from allyjournal import files
from allyjournal.errors import AllyError, NotWritten, Refused, UnreadableFile
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import ID_LENGTH, Journal

TRASH = ".trash"
# Characters of a moment in a file's name, such as 20261121T081502123456.
STAMP = 21
# How often a change is made anew when an outside program saves at the same moment.
TRIES = 5
# What becomes of a file: its path and its bytes -> its new bytes.
Renewed = Callable[[str, bytes], bytes]


class Edit(NamedTuple):
    """An entry's file that is `base` now and will be `new`."""

    path: str
    base: bytes
    new: bytes


class Version(NamedTuple):
    """A version of an entry that is kept: its file, and when it was put there."""

    path: Path
    moment: datetime


class Overtaken(Refused):
    """An outside program saved a file in the moment of its change: the change is made, and both texts are kept.

    `texts` has the edits that this befell, and where the text is that came in between.
    """

    def __init__(self, texts: Sequence[tuple[Edit, Path]]) -> None:
        self.texts = texts
        super().__init__(
            "\n".join(
                f"{edit.path} was changed in the same moment. Both are kept: the other version is {displaced}."
                for edit, displaced in texts
            )
        )


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

    def change(self, command: str, edits: Sequence[Edit]) -> None:
        """Put the new text into each entry's file; all of it is one operation.

        Raises Refused, before anything is changed, if a file is no longer its `base`; Overtaken; NotWritten.
        """
        with self._locked():
            changed = [edit.path for edit in edits if self._journal.bytes_of(edit.path) != edit.base]
            if changed:
                raise Refused(f"{', '.join(changed)} changed meanwhile; nothing was overwritten.")
            self._apply(Operation(self._stamp(edits), command), edits)

    def rewrite(self, command: str, paths: Sequence[str], renewed: Renewed) -> set[str]:
        """Put what `renewed` makes of each file as it is now into it; all of it is one operation.

        Nobody else's change comes in between, and one that an outside program saves at the last moment is
        rewritten in its turn. Gives the paths that changed. Raises what `renewed` does, before anything is
        changed; Overtaken, UnreadableFile, NotWritten.
        """
        if not paths:
            return set()
        with self._locked():
            edits = [Edit(path, data := self._journal.bytes_of(path), renewed(path, data)) for path in paths]
            changed = {edit.path for edit in edits if edit.base != edit.new}
            for attempt in range(TRIES):
                try:
                    self._apply(Operation(self._stamp(edits), command), edits)
                except Overtaken as late:
                    if attempt == TRIES - 1:
                        raise
                    edits = self._once_more(late, renewed)
                else:
                    break
            return changed

    def begin(self, command: str, path: str, data: bytes) -> None:
        """Write a new file, as an operation: undone, it is in the trash. Raises FileExistsError, NotWritten."""
        with self._locked():
            if (self._journal.root / path).exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
            self._record(Operation(self._stamp(), command, moves=[(self._free(f"{TRASH}/{path}"), path)]))
            files.make_folder((self._journal.root / path).parent)
            files.write_new(self._journal.root / path, data)

    def put(self, command: str, path: str, renewed: Callable[[str, bytes], bytes]) -> None:
        """Write a file that may not be there yet, as an operation; `renewed` makes its bytes of those that are there.

        Raises as `rewrite` does, and what `renewed` raises.
        """
        files.make_folder(self._journal.root)
        try:
            self.begin(command, path, renewed(path, b""))
        except FileExistsError:
            self.rewrite(command, [path], renewed)

    def trash(self, command: str, paths: Sequence[str]) -> None:
        """Move entries to the trash, as one operation. Nothing there is overwritten."""
        self.relocate(command, [(path, f"{TRASH}/{path}") for path in paths])

    def restore(self, command: str, paths: Sequence[str]) -> list[str]:
        """Move entries back from the trash, as one operation; gives where they are now."""
        return self.relocate(command, [(path, path.removeprefix(f"{TRASH}/")) for path in paths])

    def relocate(self, command: str, moves: Sequence[tuple[str, str]]) -> list[str]:
        """Move files inside the journal, as one operation; a name that is taken gets a number.

        Gives where they are now. Raises AllyError, before anything is changed, if one is not there any more;
        NotWritten.
        """
        if not moves:
            return []
        with self._locked():
            free: list[tuple[str, str]] = []
            for source, target in moves:
                if not os.path.lexists(self._journal.root / source):
                    raise AllyError(f"{source} is not there any more; nothing was moved.")
                free.append((source, self._free(target, {each for _, each in free})))
            self._record(Operation(self._stamp(), command, moves=free))
            self._move(free)
            return [target for _, target in free]

    def undo(self) -> Operation:
        """Undo the last operation that is not undone yet and of which something is left, and give it.

        Raises AllyError if there is none; Refused, before anything is changed, if a file was changed since.
        """
        with self._locked():
            operations = self.operations()
            undone = {each.undoes for each in operations}
            for last in reversed([each for each in operations if each.undoes is None and each.name not in undone]):
                edits = [edit for path, before, after in last.edits if (edit := self._back(path, before, after))]
                moves = [(target, source) for source, target in last.moves if (self._journal.root / target).exists()]
                if edits or moves:
                    self._undo(last, edits, moves)
                    return Operation(last.name, last.command, [(each.path, "", "") for each in edits], moves)
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

    def _stamp(self, edits: Sequence[Edit] = ()) -> str:
        """A name that sorts behind every earlier one, also when the clock went back or an operation was stopped."""
        stamp = f"{self._now:%Y%m%dT%H%M%S%f}"
        last = max((path.stem[:STAMP] for path in self._operations.glob("*.json")), default="")
        if stamp <= last:
            stamp = _after(last)
        folders = {self._folder / self._key_of(edit.path) for edit in edits}
        while any((folder / f"{stamp}-new.md").exists() for folder in folders):
            stamp = _after(stamp)
        return stamp

    def _keep_new(self, operation: Operation, edit: Edit) -> tuple[str, str, str]:
        key = self._key_of(edit.path)
        files.make_folder(self._folder / key)
        before, after = f"{key}/{operation.name}-old.md", f"{key}/{operation.name}-new.md"
        files.write_new(self._folder / after, edit.new)
        return edit.path, before, after

    def _key_of(self, path: str) -> str:
        try:
            return _key(self._journal.read(path), path)
        except UnreadableFile:
            return _key(None, path)

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

    def _apply(self, operation: Operation, edits: Sequence[Edit], is_recorded: bool = True) -> None:
        """Do the edits that change something, under the lock."""
        wanted = [edit for edit in edits if edit.base != edit.new]
        if not wanted:
            return
        operation.edits += [self._keep_new(operation, edit) for edit in wanted]
        if is_recorded:
            self._record(operation)
        for number, (edit, (_, before, _)) in enumerate(zip(wanted, operation.edits, strict=True)):
            with _counting(number, len(wanted)):
                files.exchange(self._journal.root / edit.path, edit.new, self._folder / before)
        late = [
            (edit, self._folder / before)
            for edit, (_, before, _) in zip(wanted, operation.edits, strict=True)
            if files.read_bytes(self._folder / before) != edit.base
        ]
        if late:
            raise Overtaken(late)

    def _once_more(self, late: Overtaken, renewed: Renewed) -> list[Edit]:
        """The edits that make of the texts which came in between what was wanted of those before."""
        edits = []
        for edit, displaced in late.texts:
            try:
                now = self._journal.bytes_of(edit.path)
                theirs = files.read_bytes(displaced) if now == edit.new else now
                edits.append(Edit(edit.path, now, renewed(edit.path, theirs)))
            except AllyError:
                raise late from None
        return edits

    def _undo(self, last: Operation, edits: Sequence[Edit], moves: Sequence[tuple[str, str]]) -> None:
        """Put back what is left of an operation, and only then write down that it is undone.

        A record that cannot be written is no failure: nothing is left of the operation, and the files show it.
        """
        taken = [source for _, source in moves if (self._journal.root / source).exists()]
        if taken:
            raise Refused(f"{', '.join(taken)} is there again; nothing was undone.")
        operation = Operation(self._stamp(edits), f"undo {last.command}", undoes=last.name)
        self._apply(operation, edits, is_recorded=False)
        self._move(moves)
        operation.moves += moves
        with suppress(NotWritten):
            self._record(operation)

    def _move(self, moves: Sequence[tuple[str, str]]) -> None:
        root = self._journal.root
        for number, (source, target) in enumerate(moves):
            with _counting(number, len(moves)):
                files.make_folder((root / target).parent)
                files.move(root / source, root / target)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with files.lock(self._journal.own("lock")):
            yield
        self._journal.writes += 1

    def _free(self, path: str, given: Collection[str] = ()) -> str:
        """`path`, or the next name like it that nothing has and that is not `given` to something else."""
        stem, ending = os.path.splitext(path)
        number, free = 1, path
        while free in given or (self._journal.root / free).exists():
            number += 1
            free = f"{stem}.{number}{ending}"
        return free

    def _back(self, path: str, before: str, after: str) -> Edit | None:
        """The edit that undoes one; None if it was never done, is undone already, or is purged.

        Raises Refused if the file was changed since.
        """
        try:
            old, new = files.read_bytes(self._folder / before), files.read_bytes(self._folder / after)
        except FileNotFoundError:
            return None
        if old == new:
            return None
        try:
            now = self._journal.bytes_of(path)
        except UnreadableFile:
            raise Refused(f"{path} is not there any more; nothing was undone.") from None
        if now == old:
            return None
        if now != new:
            raise Refused(f"{path} was changed since; nothing was undone. `ally history` shows its versions.")
        return Edit(path, now, old)


@contextmanager
def _counting(done: int, of: int) -> Iterator[None]:
    """If this step fails after others were done, that is said."""
    try:
        yield
    except NotWritten as error:
        if not done:
            raise
        raise NotWritten(f"{error} {done} of {of} files were changed before it; `ally undo` takes that back.") from None


def _after(stamp: str) -> str:
    following = datetime.strptime(stamp, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC) + timedelta(microseconds=1)
    return f"{following:%Y%m%dT%H%M%S%f}"


def _key(entry: Entry | None, path: str) -> str:
    return (entry.id if entry else None) or files.digest(os.fsencode(path))[:ID_LENGTH]


def _from_json(name: str, row: dict[str, Any]) -> Operation:
    return Operation(
        name,
        str(row["command"]),
        [(str(a), str(b), str(c)) for a, b, c in row["edits"]],
        [(str(a), str(b)) for a, b in row["moves"]],
        row["undoes"],
    )
