"""A review as JSON, for scripts: the keys of the published schema, added to but never changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from allyjournal.dates import Period, before
from allyjournal.journal.card import Known
from allyjournal.practice import over_time
from allyjournal.practice.review import Review, figures_of, refs
from allyjournal.practice.then_and_now import Then

STATUSES = ("made", "kept", "dropped", "open", "overdue")


def to_json(found: Review) -> dict[str, Any]:
    """The review as interface's JSON: days are ISO, entries are named by id (by path where there is none)."""
    counts = {status: len(found.commitments(status)) for status in STATUSES}
    return {
        **_days(found.period),
        "entries": len(found.entries),
        "days": found.days,
        "words": found.words,
        "practices": found.practices,
        "tags": found.tags,
        "people": found.people,
        "starred": names(found.starred),
        "commitments": counts | {"open": counts["open"] + counts["overdue"]},
        "reach": found.reach,
        "feedback": {name: names(those) for name, those in found.feedback_on.items()},
        "other_feedback": names(found.other_feedback),
        "recognition": {"self": len(found.own), "others": names(found.recognition)},
        "before": _before(found),
        "by_day": _by_day(found.entries),
        "over_time": _over_time(found),
        "stages": {stage: len(entries) for stage, entries in found.stage_answers.items()},
        "rising": {tag: {"count": found.tags[tag], "before": was} for tag, was in found.rising.items()},
        "absent": found.absent,
        "earlier_years": names(found.material.earlier_years),
        "then_and_now": _pair(found),
        "sources": _sources(found),
    }


def names(entries: Iterable[Known]) -> list[str]:
    """The entries by id, by path where there is none, each once."""
    return list(dict.fromkeys(entry.id or entry.path for entry in entries))


def _days(period: Period) -> dict[str, str | None]:
    return {"from": _iso(period.first), "to": _iso(period.last)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _before(found: Review) -> dict[str, Any] | None:
    earlier = before(found.period)
    return _days(earlier) | figures_of(found.material.before)._asdict() if earlier else None


def _by_day(entries: Iterable[Known]) -> dict[str, list[str]]:
    days: dict[str, list[str]] = {}
    for entry in sorted(entries, key=lambda each: each.date):
        days.setdefault(entry.date.isoformat(), []).append(entry.id or entry.path)
    return days


def _over_time(found: Review) -> dict[str, Any]:
    by = over_time.steps(found)
    return {
        "unit": by.unit,
        "from": [each.first.isoformat() for each in by.periods if each.first],
        "practices": over_time.practice_counts(found, by),
        "kept": over_time.kept_counts(found, by),
    }


def _pair(found: Review) -> dict[str, Any] | None:
    if found.material.pair is None:
        return None
    then, now = found.material.pair
    return {"prompt": now.answer.prompt, "asked": now.answer.asked, "then": _answer(then), "now": _answer(now)}


def _answer(each: Then) -> dict[str, str]:
    return {"entry": each.entry.id or each.entry.path, "date": each.entry.date.isoformat(), "text": each.answer.text}


def _sources(found: Review) -> dict[str, dict[str, list[str]]]:
    """Where each figure comes from: ids of entries, and refs of commitments."""
    named: Mapping[str, Mapping[str, Iterable[Known]]] = {
        "practices": found.practice_entries,
        "tags": found.tag_entries,
        "people": found.people_entries,
        "stages": found.stage_answers,
    }
    entries = {kind: {name: names(those) for name, those in each.items()} for kind, each in named.items()}
    made = {status: list(refs(found.commitments(status))) for status in STATUSES}
    made["open"] = [*made["overdue"], *made["open"]]
    return entries | {
        "commitments": made,
        "reach": {reach: list(refs(those)) for reach, those in found.reached.items()},
    }
