"""Entries and a period -> a Review: what was written, what got least, what is promised."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from allyjournal.dates import Period
from allyjournal.journal.entry import Entry
from allyjournal.practice.commitments import LASTING, REACHES, Promised, is_open, is_overdue, promised

# Entries that hold what others said, unasked.
OTHERS = "others"
# From a month on a review says that nothing lasting was done also where nothing was kept.
LONG_DAYS = 27
# Commitments are looked for in the entries of this many days before the period, too.
EARLIER_DAYS = 182


class Review(NamedTuple):
    """One period looked back on. `practices` counts entries for each practice, in the packs' order.

    `promised` are the commitments made in it, and earlier ones that came due, were closed or are overdue in it.
    """

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

    @property
    def own(self) -> list[Entry]:
        """What the writer says of themselves."""
        return [entry for entry in self.entries if entry.voice != OTHERS]

    @property
    def recognition(self) -> list[Entry]:
        """What others said, kept apart from that."""
        return [entry for entry in self.entries if entry.voice == OTHERS]

    @property
    def reach(self) -> dict[str, int]:
        """How many commitments reach how far, the nearest first."""
        counts = Counter(each.commitment.reach for each in self.promised if each.commitment.reach)
        known = {each: counts[each] for each in REACHES if each in counts}
        return known | {str(each): count for each, count in counts.items() if each not in known}

    @property
    def stayed_a_moment(self) -> bool:
        """Whether what was kept changed no structure and ceded no power; in a week without anything kept, too soon."""
        kept = [each.commitment.reach for each in self.commitments("kept")]
        return bool(kept or (self.promised and self._is_long)) and not set(kept) & set(LASTING)

    @property
    def _is_long(self) -> bool:
        first, last = self.period.first, self.period.last
        return first is None or last is None or (last - first).days >= LONG_DAYS

    @property
    def reach_said(self) -> list[str]:
        """How far the commitments reach, and plainly when none that was kept changed more than a moment."""
        counts = ", ".join(f"{name} {count}" for name, count in self.reach.items())
        plainly = "No structure was changed and no power ceded in this time." if self.stayed_a_moment else ""
        return [each for each in (f"Reach: {counts}." if counts else "", plainly) if each]

    def commitments(self, status: str) -> list[Promised]:
        """The commitments that are `open` (and not yet overdue), `overdue`, `kept` or `dropped`."""
        if status == "overdue":
            return [each for each in self.promised if is_overdue(each, self.today)]
        if status == "open":
            return [each for each in self.promised if is_open(each) and not is_overdue(each, self.today)]
        return [each for each in self.promised if each.commitment.status == status]


def review(entries: Iterable[Entry], period: Period, today: date, titles: Mapping[str, str]) -> Review:
    """Look back on the entries of `period`; earlier ones may be among `entries`, for their commitments.

    `titles` (practice id -> title) says which practices there are.
    """
    every = list(entries)
    within = tuple(entry for entry in every if entry.date in period)
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
        tuple(each for each in promised(every) if _belongs(each, period, today)),
    )


def _belongs(each: Promised, period: Period, today: date) -> bool:
    """Made, due or closed in the period; or overdue, where the period is the one that goes on now."""
    days = (each.entry.date, each.commitment.due, each.commitment.closed)
    if any(day is not None and day in period for day in days):
        return True
    is_earlier = period.first is not None and each.entry.date < period.first
    return is_earlier and is_overdue(each, today) and today in period


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
            "made": len([each for each in found.promised if each.entry.date in found.period]),
            "kept": len(found.commitments("kept")),
            "dropped": len(found.commitments("dropped")),
            "open": open_count,
            "overdue": len(found.commitments("overdue")),
        },
        "reach": found.reach,
        "recognition": {"self": len(found.own), "others": [entry.id or entry.path for entry in found.recognition]},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _most_first(names: Iterable[Sequence[str]]) -> dict[str, int]:
    counts = Counter(name for each in names for name in each)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
