"""skipped.toml: the prompts that were passed over, each with its day. A prompt in it rests, and is not nagged about."""

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from allyjournal import files
from allyjournal.errors import UnreadableFile
from allyjournal.journal.folder import Journal

if TYPE_CHECKING:
    from allyjournal.journal.history import History

NAME = "skipped.toml"
MOST = 1 << 20


def read(journal: Journal) -> list[tuple[str, date]]:
    """Prompt and day, in the order of the file; none without a file. Raises UnreadableFile naming line and remedy."""
    try:
        data = files.read_bytes(journal.root / NAME)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnreadableFile(NAME, 1, f"{(error.strerror or 'it cannot be read').lower()}; mend or move it") from None
    return parse(data) if data.strip() else []


def add(journal: Journal, history: "History", prompt: str, day: date) -> None:
    """Put one more prompt at the end of the file. Raises UnreadableFile if the file is not right, NotWritten."""
    row = f"[[skipped]]\nprompt = {json.dumps(prompt, ensure_ascii=False)}\nday = {day.isoformat()}\n"

    def longer(_: str, data: bytes) -> bytes:
        before = parse(data)
        new = data + (b"" if not data or data.endswith(b"\n") else b"\n") + row.encode()
        if not _reads_as(new, [*before, (prompt, day)]):
            raise UnreadableFile(NAME, 1, "it cannot take one more [[skipped]] at its end; mend or move the file")
        return new

    files.make_folder(journal.root)
    try:
        history.begin(f"skip {prompt}", NAME, row.encode())
    except FileExistsError:
        history.rewrite(f"skip {prompt}", [NAME], longer)


def parse(data: bytes) -> list[tuple[str, date]]:
    """The file's bytes as prompts and days. Raises UnreadableFile."""
    import tomli  # noqa: PLC0415  most journals have no such file

    try:
        table = tomli.loads(data[:MOST].decode("utf-8"))
    except tomli.TOMLDecodeError as error:
        raise UnreadableFile(NAME, error.lineno, "this is not TOML; mend or remove that line") from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise UnreadableFile(NAME, 1, "this is not TOML in UTF-8; mend or move the file") from None
    return list(_rows(table.get("skipped", [])))


def _reads_as(data: bytes, rows: list[tuple[str, date]]) -> bool:
    try:
        return len(data) <= MOST and parse(data) == rows
    except UnreadableFile:
        return False


def _rows(found: Any) -> Iterable[tuple[str, date]]:
    for number, each in enumerate(found if isinstance(found, list) else [None], 1):
        prompt, day = (each.get("prompt"), each.get("day")) if isinstance(each, dict) else (None, None)
        if not isinstance(prompt, str) or type(day) is not date:
            raise UnreadableFile(
                NAME, 1, f'its {number}. [[skipped]] needs prompt = "…" and day = 2026-11-21; mend or remove it'
            )
        yield prompt, day
