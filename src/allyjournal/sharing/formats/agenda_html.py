"""An agenda as one page of HTML, made to be printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from allyjournal.dates import show_day, show_short
from allyjournal.practice.agenda import Agenda, shown
from allyjournal.practice.charts import named
from allyjournal.practice.commitments import Promised, is_overdue
from allyjournal.practice.review import Found
from allyjournal.practice.review import named as ids_of
from allyjournal.practice.review_words import begins, due_said, entry_said
from allyjournal.sharing.formats import pages

# A theme names so many columns of ids, so that all of it fits one page.
IDS_ROOM = 30


def render(found: Agenda) -> bytes:
    """The page of an agenda, with room to write where nothing was prepared."""
    since = f"Since the last session, on {show_short(found.since)}." if found.since else "No session was held yet."
    closed, entries, others = shown(found)
    return pages.render(
        "agenda.html.j2",
        title=f"Agenda, {show_day(found.today)} {found.today.year}",
        since=since,
        promised=[
            {"heading": "Open commitments", "rows": _commitments(found.open, found)},
            {"heading": "Kept and dropped", "rows": _commitments(closed, found)},
        ],
        entries=[{"said": entry_said(each), "id": each.selector, "begins": begins(each)} for each in entries],
        others=others,
        themes=[
            {"heading": "Practices", "name": "Practice", "rows": _themes("", found.practices)},
            {"heading": "Tags", "name": "Tag", "rows": _themes("#", found.tags)},
        ],
        asked=found.asked,
        question=found.question.answer.text.split("\n") if found.question else [],
    )


def _commitments(found: Sequence[Promised], about: Agenda) -> list[Mapping[str, Any]]:
    return [
        {
            "text": each.commitment.text,
            "ref": each.commitment.ref,
            "said": _said(each),
            "late": is_overdue(each, about.today),
            "outcomes": each.commitment.outcomes,
        }
        for each in found
    ]


def _said(each: Promised) -> str:
    closed, reach = each.commitment.closed, each.commitment.reach
    said = f"{each.commitment.status} {show_short(closed)}" if closed else due_said(each)
    return f"{said}, {reach}" if reach else said


def _themes(sign: str, found: Found) -> list[Mapping[str, Any]]:
    return [
        {"label": f"{sign}{name}", "number": len(entries), "ids": named(ids_of(entries), IDS_ROOM)}
        for name, entries in found.items()
    ]
