"""shares/answers/: what the writer answered to the questions that sharing asks, so that none is asked twice.

Each run of sharing writes a file of its own, named by its moment: two devices never overwrite each other's. Where
several answer the same, the newest counts; a word that was kept is kept for that coach alone. A file that cannot be
read answers nothing, and so is asked about again.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from allyjournal import files
from allyjournal.errors import AllyError, UnreadableFile
from allyjournal.journal.folder import Journal
from allyjournal.sharing.answers import for_coach, of_coach, read, to_text

FOLDER = "shares/answers"


class Found(NamedTuple):
    """The answers (key -> answer), and the files that could not be read."""

    answers: dict[str, str]
    unreadable: tuple[UnreadableFile, ...]


def of(journal: Journal, coach: str = "") -> Found:
    """The answers given so far that hold for this coach; for none, what is said of people and what is blanked out."""
    answers: dict[str, str] = {}
    unreadable = []
    for path in paths(journal):
        try:
            answers |= for_coach(_read(journal, path), coach)
        except UnreadableFile as error:
            unreadable.append(error)
    return Found(answers, tuple(unreadable))


def paths(journal: Journal) -> list[str]:
    """The files with answers, relative to the journal, the oldest first. They hold handles, and words of entries."""
    folder = journal.root / FOLDER
    return [f"{FOLDER}/{each.name}" for each in sorted(folder.glob("*.toml"))] if folder.is_dir() else []


def keep(journal: Journal, share: str, moment: datetime, coach: str, answers: Mapping[str, str]) -> None:
    """Put what one run of sharing was told on disk, 0600, in place of what it put there before. Raises NotWritten."""
    files.make_folder(journal.root / FOLDER)
    name = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{share}.toml"
    files.replace(journal.root / FOLDER / name, to_text(of_coach(answers, coach)).encode())


def _read(journal: Journal, path: str) -> dict[str, str]:
    try:
        return read(files.read_bytes(journal.root / path).decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableFile(path, 1, f"could not be read: {(error.strerror or str(error)).lower()}") from None
    except (UnicodeDecodeError, AllyError):
        raise UnreadableFile(path, 1, "these are no answers; what they were about is asked again") from None
