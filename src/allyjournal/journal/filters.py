"""What is wanted of the entries: the filter options, once, for every command that chooses entries."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from allyjournal.dates import Period
from allyjournal.journal.entry import Entry
from allyjournal.journal.mentions import fold


class Filter(NamedTuple):
    """Which entries are wanted. All that is named must hold; `prompts` are the ids that one prompt has had.

    With `any_of`, one of the tags, people, practice and pack is enough; the days, `without` and the rest
    still hold.
    """

    period: Period = Period()
    tags: Sequence[str] = ()
    without: Sequence[str] = ()
    people: Sequence[str] = ()
    practice: str | None = None
    pack: str | None = None
    prompts: Collection[str] = ()
    kind: str | None = None
    contains: str | None = None
    starred: bool = False
    any_of: bool = False

    def choose(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries that are wanted, in the order they came."""
        return [entry for entry in entries if self.wants(entry)]

    def wants(self, entry: Entry) -> bool:
        """Whether an entry is wanted."""
        return (
            entry.date in self.period
            and (not self.prompts or not set(self.prompts).isdisjoint(entry.prompts))
            and (self.kind is None or entry.kind == self.kind)
            and (entry.starred or not self.starred)
            and self._subjects_hold(entry)
            and not any(has_tag(entry, tag) for tag in self.without)
            and (self.contains is None or _folded(self.contains) in _folded(f"{entry.title}\n{entry.body}"))
        )

    def _subjects_hold(self, entry: Entry) -> bool:
        holds = [has_tag(entry, tag) for tag in self.tags]
        holds += [fold(person) in entry.all_people for person in self.people]
        holds += [self.practice in entry.practices] if self.practice else []
        holds += [self.pack == entry.pack_id] if self.pack else []
        return (any(holds) if self.any_of else all(holds)) if holds else True


def has_tag(entry: Entry, tag: str) -> bool:
    """Whether an entry has `tag`, or one under it: `work` matches `work/hiring`."""
    wanted = fold(tag)
    return any(each == wanted or each.startswith(f"{wanted}/") for each in entry.all_tags)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
