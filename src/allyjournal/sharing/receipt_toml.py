"""A receipt as TOML, and the pseudonyms that lie beside it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import tomli

from allyjournal.dates import Period
from allyjournal.errors import UnreadableFile
from allyjournal.sharing.receipt import Receipt, SharedAnswer, SharedEntry

FORMAT = 1
MOST = 4 * 1024 * 1024


def to_table(receipt: Receipt) -> dict[str, Any]:
    """The receipt as its TOML says it."""
    table = {
        "format": FORMAT,
        "id": receipt.id,
        "coach": receipt.coach,
        "name": receipt.name,
        "day": receipt.day,
        "made": receipt.made,
        "from": receipt.period.first,
        "to": receipt.period.last,
        "file": receipt.form,
        "recipient": receipt.recipient,
        "content": receipt.content,
        "people": dict(receipt.people),
        "entries": [_entry_table(each) for each in receipt.entries],
    }
    return {key: value for key, value in table.items() if value is not None}


def parse(data: bytes, path: str) -> Receipt:
    """A receipt's bytes. Keys that a later ally adds are passed over. Raises UnreadableFile."""
    table = _table(data, path)
    entries = [_entry(each, path) for each in _list(table, "entries", path)]
    people = table.get("people", {})
    if not isinstance(people, dict) or not all(type(each) is int and each >= 0 for each in people.values()):
        raise UnreadableFile(path, 1, "its [people] needs a number for each handle")
    made, day = table.get("made"), table.get("day")
    if not isinstance(made, datetime) or made.tzinfo is None or type(day) is not date:
        raise UnreadableFile(path, 1, "it needs day = 2026-11-21 and made, a moment with its offset")
    first, last = (table.get(key) for key in ("from", "to"))
    share, coach = _text(table, "id", path), _text(table, "coach", path)
    if not (share.isascii() and share.isalnum()) or "/" in coach:
        raise UnreadableFile(path, 1, "its id is letters and digits, its coach a handle")
    return Receipt(
        share,
        coach,
        _text(table, "name", path),
        day,
        made,
        Period(first if type(first) is date else None, last if type(last) is date else None),
        _text(table, "file", path),
        _text(table, "content", path),
        tuple(entries),
        people,
        _text(table, "recipient", path) if "recipient" in table else None,
    )


def parse_names(data: bytes, path: str) -> dict[str, str]:
    """The bytes of a file of names. Raises UnreadableFile."""
    table = _table(data, path)
    if not all(isinstance(each, str) and each.strip() for each in table.values()):
        raise UnreadableFile(path, 1, "it needs a pseudonym, as text, for each handle")
    return table


def dumped(table: Mapping[str, Any]) -> bytes:
    """A table as TOML."""
    import tomlkit  # noqa: PLC0415  only where one is written

    return tomlkit.dumps(table).encode("utf-8", "replace")


def _entry_table(each: SharedEntry) -> dict[str, Any]:
    said = [answer._asdict().items() for answer in each.answers]
    answers = [{key: value for key, value in items if value not in (None, "")} for items in said]
    changed = {"changed": True} if each.changed else {}
    return {"id": each.entry, "words": each.words, **changed, "answers": answers}


def _table(data: bytes, path: str) -> dict[str, Any]:
    try:
        return tomli.loads(data.decode("utf-8-sig")) if len(data) <= MOST else _too_long(path)
    except tomli.TOMLDecodeError as error:
        raise UnreadableFile(path, error.lineno, "this is not TOML; mend or remove that line") from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise UnreadableFile(path, 1, "this is not TOML in UTF-8; mend or move the file") from None


def _too_long(path: str) -> dict[str, Any]:
    raise UnreadableFile(path, 1, f"it is longer than {MOST // 1024 // 1024} MiB; is it the right file?")


def _text(table: Mapping[str, Any], key: str, path: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise UnreadableFile(path, 1, f"it needs {key}, as text")
    return value


def _list(table: Mapping[str, Any], key: str, path: str) -> list[dict[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise UnreadableFile(path, 1, f"its {key} are not a list of tables")
    return found


def _entry(table: Mapping[str, Any], path: str) -> SharedEntry:
    answers = []
    for each in _list(table, "answers", path):
        lines, prompt, mark = (each.get(key) for key in ("lines", "prompt", "mark"))
        answers.append(
            SharedAnswer(
                _text(each, "ref", path),
                prompt if isinstance(prompt, str) else None,
                lines if type(lines) is int else None,
                mark if isinstance(mark, str) else "",
            )
        )
    return SharedEntry(
        _text(table, "id", path), _text(table, "words", path), tuple(answers), table.get("changed") is True
    )
