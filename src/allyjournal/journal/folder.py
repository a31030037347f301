"""The folder of entries: add, find, between. Nothing else reads an entry; `history` changes those that are there."""

import errno
import gc
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path, PurePosixPath

from allyjournal import files
from allyjournal.dates import Period
from allyjournal.errors import AllyError, NotWritten, Refused, UnreadableFile
from allyjournal.journal import document
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry

FORMAT = 1
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LETTERS = ALPHABET[10:]
ID_LENGTH, REF_LENGTH = 10, 6
MOST_FOLDERS = 8


class Scan:
    """What was found: entries in the order of `created`, and the files that could not be read."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.unreadable: list[UnreadableFile] = []


def new_id(length: int = ID_LENGTH) -> str:
    """A random id in Crockford's base 32, lower case, the first character a letter."""
    picks = os.urandom(length)
    first = LETTERS[int.from_bytes(os.urandom(4), "big") % len(LETTERS)]
    return first + "".join(ALPHABET[byte % 32] for byte in picks[1:])


class Journal:
    """A journal's folder. Making one of these touches nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # How often this run has changed what lies here: what the index knows is to be looked at again.
        self.writes = 0

    @property
    def packs(self) -> Path:
        """The folder of the writer's own packs."""
        return self.root / "packs"

    def path_of(self, entry: Entry) -> str:
        """Where a new entry goes, relative to the journal: day, local time of `created`, id."""
        name = f"{entry.date.isoformat()}-{entry.created:%H%M}-{entry.id}.md"
        return f"entries/{month_folder(entry.date)}/{name}"

    def check_writable(self, day: date) -> None:
        """Raise NotWritten now if an entry of `day` could not be written later."""
        self._check_format()
        files.check_writable(self.root / f"entries/{month_folder(day)}")

    def add(self, entry: Entry) -> Entry:
        """Write a new entry durably, read it back, and give it with its path.

        Raises NotWritten, and then no half of it is there; Refused if another file has its name.
        """
        self._check_format()
        relative = self.path_of(entry)
        path, data = self.root / relative, document.to_text(entry).encode()
        self._begin()
        self.writes += 1
        files.make_folder(path.parent)
        try:
            files.write_new(path, data)
        except FileExistsError:
            if self.bytes_of(relative) != data:
                raise Refused(f"{path} is there already, with other words in it; nothing was changed.") from None
            files.sync_folder(path.parent)
        if self.bytes_of(relative) != data:
            raise NotWritten(f"{path} did not read back as it was written.")
        return self.read(relative)

    def own(self, name: str) -> Path:
        """A path in `.ally/`, which is made now if need be, and which git must not take."""
        own = self.root / ".ally"
        files.make_folder(own)
        if not (own / ".gitignore").exists():
            _write_if_new(own / ".gitignore", b"*\n")
        return own / name

    def bytes_of(self, path: str) -> bytes:
        """An entry's file as it is. Raises UnreadableFile."""
        try:
            return files.read_bytes(self.root / path)
        except OSError as error:
            raise UnreadableFile(path, 1, why_unreadable(error)) from None

    def read(self, path: str) -> Entry:
        """The entry at `path`, relative to the journal. Raises UnreadableFile."""
        return self._parsed(path, self.bytes_of(path))

    def again(self, entry: Known, data: bytes) -> Entry:
        """`entry` as `data`, its file's bytes by now, says it. Raises Refused if that is another or none.

        A program that saves in place empties the file first: an entry of ours that is empty is being saved.
        """
        if not data.strip() and _id_in_name(entry.path):
            raise Refused(f"{entry.path} is empty; if another program is just saving it, try again.")
        try:
            now = self._parsed(entry.path, data)
        except UnreadableFile:
            now = None
        if now is None or now.id != entry.id:
            raise Refused(f"{entry.path} changed meanwhile; nothing was overwritten.")
        return now

    def _parsed(self, path: str, data: bytes) -> Entry:
        return document.from_bytes(data, document.Fallback(path, lambda: self._moment_of(path)))

    def all(self) -> Scan:
        """Every entry."""
        return self.between(Period())

    def between(self, period: Period) -> Scan:
        """The entries whose day is in `period`. Reads only the months around it, and files outside months."""
        found = Scan()
        collecting = gc.isenabled()
        gc.disable()
        try:
            for path in self._paths(period, found.unreadable):
                try:
                    entry = self.read(path)
                except UnreadableFile as error:
                    found.unreadable.append(error)
                else:
                    if entry.date in period:
                        found.entries.append(entry)
        finally:
            if collecting:
                gc.enable()
        found.entries.sort(key=lambda entry: (entry.created, entry.path))
        seconds = groupby(found.entries, _created)
        found.entries = [entry for _, same in seconds for entry in self._as_written(list(same))]
        return found

    def _as_written(self, entries: list[Entry]) -> list[Entry]:
        """Entries of one and the same second in the order of their files."""
        if len(entries) == 1:
            return entries
        return sorted(entries, key=lambda entry: os.lstat(self.root / entry.path).st_mtime_ns)

    def paths(self) -> list[str]:
        """The paths of all entries' files, in the order of their names."""
        return list(self._paths(Period()))

    def trashed(self) -> list[Entry]:
        """The entries in the trash that can be read, in the order of `created`."""
        entries = []
        for path in _markdown_in(self.root, ".trash", "", "~", []):
            with suppress(UnreadableFile):
                entries.append(self.read(path))
        return sorted(entries, key=lambda entry: (entry.created, entry.path))

    def path_named(self, word: str) -> str:
        """The path, relative to the journal, of the file that is named so: from here, or from the journal.

        Raises AllyError for what is no file among the entries.
        """
        entries = self.root / "entries"
        for start in (Path.cwd(), self.root):
            path = Path(os.path.abspath(start / word))
            real = Path(os.path.realpath(path.parent))
            is_inside = path.is_relative_to(entries) and real.is_relative_to(os.path.realpath(entries))
            if (
                is_inside
                and path.suffix == ".md"
                and os.path.lexists(path)
                and "/." not in f"/{path.relative_to(entries)}"
            ):
                return str(PurePosixPath(path.relative_to(self.root)))
        raise AllyError(f"There is no file {word[:200]} among the entries of this journal ({self.root}).")

    def _paths(self, period: Period, denied: list[UnreadableFile] | None = None) -> Iterator[str]:
        """Paths of the Markdown files that may hold entries of `period`, relative to the journal.

        Folders that may not be read are added to `denied`.
        """
        yield from _markdown_in(self.root, "entries", *_months(period), denied if denied is not None else [])

    def _moment_of(self, path: str) -> datetime:
        """When a file that does not say so itself was written: by its name, else by its last change."""
        name = path.rsplit("/", 1)[-1]
        try:
            day = date.fromisoformat(name[:10])
            digits = name[11:15]
            hour, minute = (int(digits[:2]), int(digits[2:])) if digits.isascii() and digits.isdigit() else (0, 0)
            return datetime(day.year, day.month, day.day, hour % 24, minute % 60).astimezone()
        except (ValueError, OverflowError):
            return datetime.fromtimestamp(os.lstat(self.root / path).st_mtime, UTC).astimezone()

    def _begin(self) -> None:
        files.make_folder(self.root)
        if not (self.root / "journal.toml").exists():
            _write_if_new(self.root / "journal.toml", f"format = {FORMAT}\n".encode())

    def _check_format(self) -> None:
        """Refuse to write into a journal of a later format than this program knows."""
        try:
            text = files.read_bytes(self.root / "journal.toml").decode("utf-8", "replace")
        except OSError:
            return
        for line in text.splitlines():
            key, _, value = line.partition("#")[0].partition("=")
            if key.strip() == "format" and value.strip() != str(FORMAT):
                raise Refused(
                    f"{self.root} was written by a later ally (format {value.strip()[:10]}); update ally first."
                )


def _id_in_name(path: str) -> str:
    """The id in the name of a file that is called as ours are; else ""."""
    stem = path.rsplit("/", 1)[-1].removesuffix(".md")
    is_ours = len(stem) == 16 + ID_LENGTH and stem[15] == "-" and set(stem[16:]) <= set(ALPHABET)
    return stem[16:] if is_ours else ""


def _created(entry: Entry) -> datetime:
    return entry.created


def month_folder(day: date) -> str:
    """`2026/11`: the folder of a day's entries."""
    return f"{day.year:04}/{day.month:02}"


def _write_if_new(path: Path, data: bytes) -> None:
    try:
        files.write_new(path, data)
    except FileExistsError:
        return


def _markdown_in(root: Path, folder: str, first: str, last: str, denied: list[UnreadableFile]) -> Iterator[str]:
    try:
        with os.scandir(root / folder) as found:
            items = sorted((item.name, item.is_dir(follow_symlinks=False)) for item in found)
    except FileNotFoundError:
        return
    except OSError as error:
        denied.append(UnreadableFile(folder, 1, f"the folder {why_unreadable(error)}"))
        return
    for name, is_folder in items:
        if name.startswith("."):
            continue
        path = f"{folder}/{name}"
        if not is_folder:
            if name.endswith(".md"):
                yield path
        elif folder.count("/") < MOST_FOLDERS and _may_hold(path.removeprefix("entries/"), first, last):
            yield from _markdown_in(root, path, first, last, denied)


def may_hold(path: str, period: Period) -> bool:
    """Whether the file or folder at `path`, relative to the journal, can have to do with entries of `period`."""
    folder = path.removeprefix("entries/").rpartition("/")[0] if path.endswith(".md") else path.removeprefix("entries/")
    return _may_hold(folder, *_months(period))


def _months(period: Period) -> tuple[str, str]:
    """The first and the last folder of months that may hold entries of `period`: a month more on either side."""
    month = timedelta(days=31)
    first = month_folder(period.first - month) if period.first and period.first.year > 1 else ""
    last = month_folder(period.last + month) if period.last and period.last.year < 9999 else "~"
    return first, last


def _may_hold(folder: str, first: str, last: str) -> bool:
    """Whether a folder can hold entries from `first` to `last`; one that is no `YYYY` or `YYYY/MM` always can."""
    parts = folder.split("/")
    is_dated = len(parts) <= 2 and all(part.isascii() and part.isdigit() for part in parts)
    return not is_dated or first[: len(folder)] <= folder <= last[: len(folder)]


def why_unreadable(error: OSError) -> str:
    """Why a file or folder could not be read, as the end of a sentence."""
    if error.errno in (errno.ELOOP, errno.EINVAL):
        return "this is a link or a special file, not a Markdown file"
    return f"could not be read: {(error.strerror or str(error)).lower()}"
