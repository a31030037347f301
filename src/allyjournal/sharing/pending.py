"""Receipt and file as one: which of the two is there when a share is cut short.

No order of two writes is safe from a kill between them. The receipt comes first, so that what left is never without
one; and before it a note on this machine, where the file was to be. A note that is still there the next time means
that the share was cut short: if its file is there, all is well, and else the writer is told of the receipt.
"""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from allyjournal import files
from allyjournal.journal.folder import Journal
from allyjournal.sharing import receipts
from allyjournal.sharing.receipt import Receipt

FOLDER, SUFFIX = "sharing", ".json"


class Cut(NamedTuple):
    """A share that was cut short: its receipt's path in the journal, and where its file is not."""

    receipt: str
    file: str


def share(
    state: Path, journal: Journal, receipt: Receipt, names: dict[str, str], file: Path, data: bytes,
    write: Callable[[], None],
) -> None:  # fmt: skip
    """Keep the receipt, then `write` the file `file`, which will hold `data`.

    Raises what either does; then neither is there.
    """
    note = state / FOLDER / f"{receipt.id}{SUFFIX}"
    files.make_folder(note.parent)
    with files.lock(state / FOLDER / "lock"):
        digest = hashlib.sha256(data).hexdigest()
        said = {
            "journal": str(journal.root),
            "receipt": receipt.path,
            "file": str(file),
            "sha256": digest,
            "process": str(os.getpid()),
        }
        files.replace(note, json.dumps(said).encode())
        try:
            receipts.keep(journal, receipt, names)
            try:
                write()
            except BaseException:
                if not _is_there(file, digest):
                    receipts.withdraw(journal, receipt)
                raise
        except Exception:
            files.remove(note)
            raise
        files.remove(note)


def cut_short(state: Path, journal: Journal) -> list[Cut]:
    """The shares of this journal that were cut short with a receipt and no file; each is told once."""
    folder = state / FOLDER
    if not folder.is_dir():
        return []
    found = []
    with files.lock(folder / "lock"):
        for note in sorted(folder.glob(f"*{SUFFIX}")):
            said = _read(note)
            if said and said.get("journal") != str(journal.root):
                continue
            if said and (journal.root / said["receipt"]).exists() and not _is_there(Path(said["file"]), said["sha256"]):
                found.append(Cut(said["receipt"], said["file"]))
            if said:
                _clear(Path(said["file"]), said.get("process", ""))
            files.remove(note)
    return found


def _clear(file: Path, process: str) -> None:
    """Take away what a process that was killed had begun to write beside its file. Nobody else shares meanwhile."""
    for each in file.parent.glob(f"{files.TEMPORARY}{process}-*") if process.isdigit() else ():
        files.remove(each)


def _read(note: Path) -> dict[str, str] | None:
    try:
        said = json.loads(files.read_bytes(note))
    except (OSError, ValueError):
        return None
    keys = {"journal", "receipt", "file", "sha256"}
    return said if isinstance(said, dict) and keys <= said.keys() and all(map(_is_text, said.values())) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_there(file: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(files.read_bytes(file)).hexdigest() == digest
    except OSError:
        return False
