"""What is wanted of the entries: the filter options, once, for every command that chooses entries."""

from collections.abc import Iterable
from typing import NamedTuple

from allyjournal.dates import Period
from allyjournal.journal.entry import Entry
from allyjournal.journal.mentions import fold


class Filter(NamedTuple):
    """Which entries are wanted. All that is named must hold; `limit` keeps the newest."""

    period: Period = Period()
    tags: tuple[str, ...] = ()
    practice: str | None = None
    limit: int | None = None

    def choose(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries that are wanted, in the order they came (oldest first)."""
        chosen = [entry for entry in entries if self._wants(entry)]
        return chosen if self.limit is None else chosen[len(chosen) - min(self.limit, len(chosen)) :]

    def _wants(self, entry: Entry) -> bool:
        return (
            entry.date in self.period
            and (self.practice is None or self.practice in entry.practices)
            and all(has_tag(entry, tag) for tag in self.tags)
        )


def has_tag(entry: Entry, tag: str) -> bool:
    """Whether an entry has `tag`, or one under it: `work` matches `work/hiring`."""
    wanted = fold(tag)
    return any(each == wanted or each.startswith(f"{wanted}/") for each in entry.all_tags)
