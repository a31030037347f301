"""Entries as JSON, one a line."""

import json
from collections.abc import Iterable, Iterator, Mapping

from allyjournal.journal.entry import Entry
from allyjournal.journal.record import to_json
from allyjournal.packs.model import Pack
from allyjournal.practice.interview import values
from allyjournal.sharing.document import Document
from allyjournal.sharing.formats import Say, quiet
from allyjournal.sharing.formats.json_document import page_to_json

SUFFIX = ".jsonl"
IS_TEXT = True


def render(entries: Iterable[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """One JSON object a line."""
    return b"".join(chunks(entries, packs))


def chunks(entries: Iterable[Entry], packs: Mapping[str, Pack]) -> Iterator[bytes]:
    """The same, entry by entry."""
    for entry in entries:
        row = json.dumps(to_json(entry, values(entry, packs)), ensure_ascii=False)
        yield row.encode("utf-8", "backslashreplace") + b"\n"


def render_share(document: Document, say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """One entry of the share a line, each with the share that it belongs to."""
    share = {"share": document.share.id} if document.share else {}
    rows = (json.dumps(share | page_to_json(page), ensure_ascii=False) for page in document.pages)
    return "".join(f"{row}\n" for row in rows).encode()
