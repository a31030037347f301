"""Entries as one JSON array, by the published schema of an entry."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from allyjournal.journal.entry import Entry
from allyjournal.journal.record import to_json
from allyjournal.packs.model import Pack
from allyjournal.practice.interview import values

SUFFIX = ".json"


def render(entries: Iterable[Entry], packs: Mapping[str, Pack]) -> bytes:
    """A JSON array of entries."""
    return b"".join(chunks(entries, packs))


def chunks(entries: Iterable[Entry], packs: Mapping[str, Pack]) -> Iterator[bytes]:
    """The same, entry by entry."""
    is_empty = True
    for entry in entries:
        row = json.dumps(to_json(entry, values(entry, packs)), ensure_ascii=False, indent=2)
        lines = textwrap.indent(row, "  ", lambda _: True)
        yield ("[\n" if is_empty else ",\n").encode() + lines.encode("utf-8", "backslashreplace")
        is_empty = False
    yield b"[]\n" if is_empty else b"\n]\n"
