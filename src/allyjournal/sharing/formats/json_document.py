"""Entries as one JSON document: an array by the published schema of an entry; in a share, by that of a share."""

import hashlib
import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from allyjournal.journal.entry import Entry
from allyjournal.journal.record import to_json
from allyjournal.packs.model import Pack
from allyjournal.practice.interview import values
from allyjournal.sharing.document import Document, Page, Promise, Share
from allyjournal.sharing.formats import Say, quiet

SUFFIX = ".json"
IS_TEXT = True
SHARE_FORMAT = 1


def render(entries: Iterable[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
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


def render_share(document: Document, say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """One JSON object."""
    return json.dumps(share_to_json(document), ensure_ascii=False, indent=2).encode() + b"\n"


def share_to_json(document: Document) -> dict[str, Any]:
    """The document as a JSON object: days are ISO, texts are Markdown."""
    return {
        "format": SHARE_FORMAT,
        **_share(document.share),
        "made_on": _iso(document.made_on),
        "from": _iso(document.period.first),
        "to": _iso(document.period.last),
        "entries": [page_to_json(page) for page in document.pages],
    }


def page_to_json(page: Page) -> dict[str, Any]:
    """One entry of it."""
    return {
        "ref": page.ref,
        "date": page.day.isoformat(),
        "title": page.title,
        "kind": page.kind,
        "marks": list(page.marks),
        "practices": list(page.practices),
        "answers": [
            {
                "ref": part.ref,
                "asked": part.asked or None,
                "text": part.text,
                "commitments": [_promise(each) for each in part.commitments],
            }
            for part in page.parts
        ],
    }


def fingerprint(document: Document) -> str:
    """What tells this document from any other: a receipt keeps it, and a reply brings it back."""
    text = json.dumps(share_to_json(document), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _share(share: Share | None) -> dict[str, str]:
    return {"share": share.id, "coach": share.coach} if share else {}


def _promise(each: Promise) -> dict[str, Any]:
    return {
        "text": each.text,
        "status": each.status,
        "due": _iso(each.due),
        "closed": _iso(each.closed),
        "reach": each.reach,
        "outcomes": list(each.outcomes),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
