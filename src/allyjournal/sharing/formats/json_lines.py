"""Entries as JSON, one a line."""

import json
from collections.abc import Mapping, Sequence

from allyjournal.journal.entry import Entry
from allyjournal.journal.record import to_json
from allyjournal.packs.model import Pack
from allyjournal.practice.interview import values

SUFFIX = ".jsonl"


def render(entries: Sequence[Entry], packs: Mapping[str, Pack]) -> bytes:
    """One JSON object a line."""
    rows = (json.dumps(to_json(entry, values(entry, packs)), ensure_ascii=False) for entry in entries)
    return "".join(f"{row}\n" for row in rows).encode("utf-8", "backslashreplace")
