"""Entries as one JSON array, by the published schema of an entry."""

import json
from collections.abc import Mapping, Sequence

from allyjournal.journal.entry import Entry
from allyjournal.journal.record import to_json
from allyjournal.packs.model import Pack
from allyjournal.practice.interview import values

SUFFIX = ".json"


def render(entries: Sequence[Entry], packs: Mapping[str, Pack]) -> bytes:
    """A JSON array of entries."""
    found = [to_json(entry, values(entry, packs)) for entry in entries]
    return json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
