"""Entries and a period -> a Review: what was written, what got least, what is promised."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from allyjournal.dates import Period
from allyjournal.journal.entry import Entry
from allyjournal.practice.commitments import Promised, is_open, is_overdue, promised


class Review(NamedTuple):
    """One period looked back on. `practices` counts entries for each practice, in the packs' order."""

    period: Period
    today: date
    entries: tuple[Entry, ...]
    practices: dict[str, int]
    titles: dict[str, str]
    tags: dict[str, int]
    people: dict[str, int]
    promised: tuple[Promised, ...]

    @property
    def days(self) -> int:
        """On how many days something was written."""
        return len({entry.date for entry in self.entries})

    @property
    def words(self) -> int:
        """How many words the writer wrote."""
        return sum(entry.words for entry in self.entries)

    @property
    def starred(self) -> list[Entry]:
        """The entries with a star."""
        return [entry for entry in self.entries if entry.starred]

    @property
    def least(self) -> list[str]:
        """The practices that got least attention: those with the smallest count. Empty if all got the same."""
        fewest = min(self.practices.values(), default=0)
        found = [each for each, count in self.practices.items() if count == fewest]
        return found if len(found) < len(self.practices) else []

    def commitments(self, status: str) -> list[Promised]:
        """The commitments that are `open` (and not yet overdue), `overdue`, `kept` or `dropped`."""
        if status == "overdue":
            return [each for each in self.promised if is_overdue(each, self.today)]
        if status == "open":
            return [each for each in self.promised if is_open(each) and not is_overdue(each, self.today)]
        return [each for each in self.promised if each.commitment.status == status]


def review(entries: Iterable[Entry], period: Period, today: date, titles: Mapping[str, str]) -> Review:
    """Look back on the entries of `period`. `titles` (practice id -> title) says which practices there are."""
    within = tuple(entry for entry in entries if entry.date in period)
    counts = Counter(each for entry in within for each in entry.practices)
    practices = {each: counts[each] for each in titles} | {each: counts[each] for each in counts}
    return Review(
        period,
        today,
        within,
        practices,
        {each: titles.get(each, each) for each in practices},
        _most_first(entry.all_tags for entry in within),
        _most_first(entry.all_people for entry in within),
        tuple(promised(within)),
    )


def to_json(found: Review) -> dict[str, Any]:
    """The review as interface's JSON: days are ISO, entries are named by id (by path where there is none)."""
    open_count = len(found.commitments("open")) + len(found.commitments("overdue"))
    return {
        "from": _iso(found.period.first),
        "to": _iso(found.period.last),
        "entries": len(found.entries),
        "days": found.days,
        "words": found.words,
        "practices": found.practices,
        "tags": found.tags,
        "people": found.people,
        "starred": [entry.id or entry.path for entry in found.starred],
        "commitments": {
            "made": len(found.promised),
            "kept": len(found.commitments("kept")),
            "dropped": len(found.commitments("dropped")),
            "open": open_count,
            "overdue": len(found.commitments("overdue")),
        },
        "reach": dict(Counter(each.commitment.reach for each in found.promised if each.commitment.reach)),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _most_first(names: Iterable[Sequence[str]]) -> dict[str, int]:
    counts = Counter(name for each in names for name in each)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
