"""shares/: a receipt for each thing that was shared, and beside it, apart, who stood under which pseudonym.

The names have a file of their own, `shares/names/<id>.toml`. Both are written once and never changed by sharing, so
that two devices that share at the same time never overwrite each other's. They lie in the journal, as people.toml
does: on another device the same person keeps the pseudonym, and a reply is understood.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from allyjournal import files
from allyjournal.errors import NotWritten, Refused, UnreadableFile
from allyjournal.journal.folder import Journal
from allyjournal.sharing.pseudonyms import Pseudonyms
from allyjournal.sharing.receipt import FOLDER, Receipt
from allyjournal.sharing.receipt_toml import dumped, parse, parse_names, to_table

NAMES = f"{FOLDER}/names"


class Found(NamedTuple):
    """The receipts of a journal, the oldest first, and the files that could not be read."""

    receipts: tuple[Receipt, ...]
    unreadable: tuple[UnreadableFile, ...]


def keep(journal: Journal, receipt: Receipt, names: Mapping[str, str]) -> None:
    """Write a receipt, and before it the pseudonyms of this coach (handle -> pseudonym), durably, 0600.

    Raises NotWritten, and then there is no receipt.
    """
    files.make_folder(journal.root / NAMES)
    beside = journal.root / _names_path(receipt.id)
    try:
        files.write_new(beside, dumped(dict(sorted(names.items()))))
    except FileExistsError:
        raise NotWritten(f"A receipt {receipt.id} is there already; nothing was shared.") from None
    except NotWritten:
        files.remove(beside)
        raise
    try:
        files.write_new(journal.root / receipt.path, dumped(to_table(receipt)))
    except (FileExistsError, NotWritten) as error:
        if isinstance(error, NotWritten):
            # It may have its name by then, and only the folder was not written.
            files.remove(journal.root / receipt.path)
        files.remove(beside)
        raise NotWritten(f"The receipt {receipt.id} could not be kept; nothing was shared. {error}") from None


def withdraw(journal: Journal, receipt: Receipt) -> None:
    """Take a receipt back whose document could not be written: nothing was shared."""
    files.remove(journal.root / receipt.path)
    files.remove(journal.root / _names_path(receipt.id))


def all_of(journal: Journal) -> Found:
    """Every receipt. One that does not read hides no other."""
    found, unreadable = [], []
    for path in _toml_in(journal, FOLDER):
        try:
            found.append(parse(_bytes_of(journal, path), path))
        except UnreadableFile as error:
            unreadable.append(error)
    return Found(tuple(sorted(found, key=lambda each: (each.made, each.id))), tuple(unreadable))


def check_whole(journal: Journal, coach: str, found: Found) -> None:
    """Raise Refused if it cannot be known whom this coach knows by which pseudonym: they would all get new ones."""
    for each in found.unreadable:
        if f"-{coach}-" in each.path:
            raise Refused(
                f"{each.path} says which pseudonyms {coach} knows, and cannot be read; mend it or move it away."
            )
    for receipt in found.receipts:
        path = _names_path(receipt.id)
        if receipt.coach == coach and receipt.people and not (journal.root / path).exists():
            raise Refused(
                f"{path} is gone: it says which pseudonyms {coach} knows. Bring it back, or move {receipt.path} away: "
                "then everybody in that share gets a new one."
            )


def names_of(journal: Journal, receipt: Receipt) -> dict[str, str]:
    """Handle -> pseudonym as that share had them; empty where the file is gone. Raises UnreadableFile."""
    path = _names_path(receipt.id)
    return parse_names(_bytes_of(journal, path), path) if (journal.root / path).exists() else {}


def known_names(journal: Journal, receipts: Sequence[Receipt]) -> Pseudonyms:
    """For each coach, whom they know by which pseudonym: the newest share says. Raises UnreadableFile."""
    coaches: dict[str, dict[str, str]] = {}
    for each in receipts:
        coaches.setdefault(each.coach, {}).update(names_of(journal, each))
    return Pseudonyms(coaches)


def paths(journal: Journal) -> list[str]:
    """The files here that name handles, relative to the journal."""
    return [*_toml_in(journal, FOLDER), *_toml_in(journal, NAMES)]


def renamed(data: bytes, path: str, old: str, new: str) -> bytes:
    """A file of `paths` with the person `old` called `new`. Raises UnreadableFile.

    Where both have a pseudonym, two became one since: each pseudonym stays, since the coach may write either.
    """
    if path.startswith(f"{NAMES}/"):
        names = parse_names(data, path)
        return dumped(_moved(names, old, new)) if old in names and new not in names else data
    receipt = parse(data, path)
    if old not in receipt.people:
        return data
    counts = dict(receipt.people)
    counts[new] = counts.get(new, 0) + counts.pop(old)
    return dumped(to_table(receipt._replace(people=counts)))


def _moved(names: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return dict(sorted({(new if handle == old else handle): name for handle, name in names.items()}.items()))


def _names_path(share: str) -> str:
    return f"{NAMES}/{share}.toml"


def _toml_in(journal: Journal, folder: str) -> Iterator[str]:
    with suppress(OSError):
        yield from (f"{folder}/{each.name}" for each in sorted(Path(journal.root / folder).glob("*.toml")))


def _bytes_of(journal: Journal, path: str) -> bytes:
    try:
        return files.read_bytes(journal.root / path)
    except OSError as error:
        raise UnreadableFile(path, 1, f"could not be read: {(error.strerror or str(error)).lower()}") from None
