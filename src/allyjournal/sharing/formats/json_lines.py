"""Entries as JSON, one a line."""

import json
from collections.abc import Iterable, Iterator, Mapping

from allyjournal.journal.entry import Entry
from allyjournal.journal.record import to_json
from allyjournal.packs.model import Pack
from allyjournal.practice.interview import values

SUFFIX = ".jsonl"


def render(entries: Iterable[Entry], packs: Mapping[str, Pack]) -> bytes:
    """One JSON object a line."""
    return b"".join(chunks(entries, packs))


def chunks(entries: Iterable[Entry], packs: Mapping[str, Pack]) -> Iterator[bytes]:
    """The same, entry by entry."""
    for entry in entries:
        row = json.dumps(to_json(entry, values(entry, packs)), ensure_ascii=False)
        yield row.encode("utf-8", "backslashreplace") + b"\n"
