"""An entry as JSON, for scripts: the keys of the published schema, added to but never changed."""

from collections.abc import Sequence
from typing import Any

from allyjournal.journal.body import Commitment
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry


def to_json(entry: Entry, values: Sequence[object]) -> dict[str, Any]:
    """The entry as a JSON object. `values` are its answers read back by kind, in order."""
    return {
        "id": entry.id,
        "date": entry.date.isoformat(),
        "created": entry.created.isoformat(timespec="seconds"),
        "title": entry.title,
        "kind": entry.kind,
        "pack": entry.pack_id,
        "version": entry.version,
        "exercise": entry.exercise,
        "next_step": entry.next_step,
        "practices": list(entry.practices),
        "tags": list(entry.all_tags),
        "people": list(entry.all_people),
        "starred": entry.starred,
        "private": entry.private,
        "for_coach": entry.for_coach,
        "voice": entry.voice,
        "reply_to": entry.reply_to,
        "path": entry.path,
        "answers": [
            {"prompt": each.prompt, "asked": each.asked, "text": each.text, "value": value}
            for each, value in zip(entry.answers, values, strict=True)
        ],
        "body": entry.body,
        "commitments": [commitment_to_json(each, entry) for each in entry.commitments],
    }


def commitment_to_json(commitment: Commitment, entry: Known) -> dict[str, Any]:
    """A commitment as a JSON object, with the entry it stands in."""
    return {
        "ref": commitment.ref,
        "text": commitment.text,
        "status": commitment.status,
        "due": commitment.due.isoformat() if commitment.due else None,
        "closed": commitment.closed.isoformat() if commitment.closed else None,
        "reach": commitment.reach,
        "outcomes": list(commitment.outcomes),
        "entry": entry.id or entry.path,
        "date": entry.date.isoformat(),
    }
