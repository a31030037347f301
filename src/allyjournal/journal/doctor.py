"""What is wrong in a journal's folder, what it means, and what mends it.

Looking changes nothing. What `mend` does is safe: it moves, completes or closes off, and is undone by
`ally undo` where it changed or moved an entry.
"""

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from allyjournal import files
from allyjournal.errors import AllyError, UnreadableFile
from allyjournal.journal import people, properties, skipped
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal, month_folder, new_id
from allyjournal.journal.history import History

_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "box sync",
    "box",
    "nextcloud",
    "pcloud",
    "mega",
    "sharepoint",
)
_COPIES = (
    (r"\.sync-conflict-", "Syncthing's copy of a file that two devices changed"),
    (r"conflicted copy|conflict copy", "a copy that a sync service made of a file that two devices changed"),
    (r"\.conflict-[0-9a-f]{12}\.md$", "ally's copy of an entry that was changed in two places"),
    (r"\.(orig|rej|BACKUP|LOCAL|REMOTE|BASE)(\.md)?$", "what a merge left behind"),
    (r"~$|^\.#|^#.*#$", "an editor's backup or lock"),
)


class Finding(NamedTuple):
    """One thing that is not right: where, what it means, what to do, and which safe mend there is, if any."""

    path: str
    line: int
    meaning: str
    remedy: str
    mend: str = ""


def look(journal: Journal, packs: Collection[str]) -> list[Finding]:
    """Everything that is not right in the journal, in the order of its paths. `packs` are the ids of those here."""
    scan = journal.all()
    found = [Finding(each.path, each.line, each.reason, "mend that line in an editor") for each in scan.unreadable]
    found += _misplaced(scan.entries)
    found += _ids(scan.entries)
    found += _unknown_packs(scan.entries, packs)
    found += _strangers(journal)
    found += _registers(journal)
    found += _modes(journal)
    found += _place(journal)
    return sorted(found)


def _registers(journal: Journal) -> list[Finding]:
    """What is wrong in people.toml and skipped.toml."""
    found = []
    for read, name in ((skipped.read, skipped.NAME), (people.of, people.NAME)):
        try:
            read(journal)
        except UnreadableFile as error:
            found.append(Finding(name, error.line, error.reason, "mend that line in an editor"))
        except AllyError as error:
            found.append(Finding(name, 1, str(error).rstrip("."), "mend it in an editor"))
    return found


def mend(journal: Journal, history: History, findings: list[Finding]) -> list[Finding]:
    """Do the safe mends; gives those that were done. What was moved or completed is one operation of each kind."""
    done = [each for each in findings if each.mend]
    for each in done:
        if each.mend == "mode":
            path = journal.root / each.path
            os.chmod(path, 0o700 if path.is_dir() else 0o600)
    history.rewrite(
        "doctor: ids for entries without one",
        [each.path for each in done if each.mend == "id"],
        lambda path, data: _with_id(journal, path, data),
    )
    history.relocate(
        "doctor: stray files to the trash",
        [(each.path, f".trash/{each.path}") for each in done if each.mend == "trash"],
    )
    history.relocate(
        "doctor: entries to their month",
        [(each.path, _right_place(journal.read(each.path))) for each in done if each.mend == "place"],
    )
    return done


def _with_id(journal: Journal, path: str, data: bytes) -> bytes:
    return properties.identified(data, journal.read(path), new_id())


def _misplaced(entries: list[Entry]) -> Iterator[Finding]:
    for entry in entries:
        parts = entry.path.split("/")[1:-1]
        is_dated = len(parts) == 2 and all(part.isdigit() for part in parts)
        if is_dated and "/".join(parts) != month_folder(entry.date):
            yield Finding(
                entry.path,
                1,
                f"its date is {entry.date.isoformat()}, but it lies in {'/'.join(parts)}, "
                "so a filter by days may miss it",
                "`ally doctor --fix` moves it",
                "place",
            )


def _ids(entries: list[Entry]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for entry in entries:
        if entry.readonly:
            yield Finding(
                entry.path,
                1,
                "it is not UTF-8 text, so it is shown with marks and never changed",
                "save it as UTF-8 in an editor",
            )
        elif entry.id is None:
            yield Finding(
                entry.path,
                1,
                "it has no id, so only its path names it",
                "`ally doctor --fix` adds an id and its day",
                "id",
            )
        elif entry.id in first:
            yield Finding(
                entry.path,
                1,
                f"it has the same id as {first[entry.id]}",
                "look at both, and `ally delete PATH` the one you do not need",
            )
        else:
            first[entry.id] = entry.path


def _unknown_packs(entries: list[Entry], packs: Collection[str]) -> Iterator[Finding]:
    for entry in entries:
        if entry.pack_id and entry.pack_id not in packs:
            yield Finding(
                entry.path,
                1,
                f"it draws on the pack {entry.pack_id[:60]}, which is not here",
                "put that pack into packs/ again, or leave it: the entry keeps its question and answer",
            )


def _strangers(journal: Journal) -> Iterator[Finding]:
    for folder, _, names in os.walk(journal.root / "entries"):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), journal.root)
            shown = path.encode("utf-8", "backslashreplace").decode()
            if name.startswith(files.TEMPORARY):
                yield Finding(
                    path,
                    1,
                    "a file of ally's own, left when it was stopped while writing",
                    "`ally doctor --fix` moves it to the trash",
                    "trash",
                )
            elif path != shown:
                yield Finding(shown, 1, "its name is not UTF-8", "give it another name")
            else:
                yield from _copies(path, name)


def _copies(path: str, name: str) -> Iterator[Finding]:
    for pattern, meaning in _COPIES:
        if re.search(pattern, name, re.IGNORECASE):
            yield Finding(
                path,
                1,
                f"this is {meaning}",
                "take over what you need from it, then `ally delete PATH`"
                if name.endswith(".md")
                else "take over what you need from it, then remove it",
            )
            return


def _modes(journal: Journal) -> Iterator[Finding]:
    for folder, _, names in os.walk(journal.root):
        for each in (folder, *(os.path.join(folder, name) for name in names)):
            mode = os.lstat(each).st_mode
            if not stat.S_ISLNK(mode) and mode & 0o077:
                yield Finding(
                    os.path.relpath(each, journal.root),
                    1,
                    "other users of this machine may read it",
                    "`ally doctor --fix` closes it to them",
                    "mode",
                )


def _place(journal: Journal) -> Iterator[Finding]:
    real = Path(os.path.realpath(journal.root))
    for part in real.parts:
        if part.casefold() in _SYNCED or part.casefold().startswith(("onedrive -", "dropbox (")):
            yield Finding(
                ".",
                1,
                f"the journal lies in {part}, which a sync service copies; whoever runs it can read it",
                "move the journal elsewhere, and name the folder with `ally config set journal DIR`",
            )


def _right_place(entry: Entry) -> str:
    return f"entries/{month_folder(entry.date)}/{entry.path.rsplit('/', 1)[-1]}"
