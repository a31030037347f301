"""What may leave the journal: no private entry unless it is asked for, and nothing between `%%` and `%%`, ever."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from allyjournal.journal import mentions
from allyjournal.journal.body import HIDING, visible
from allyjournal.journal.entry import Entry


class Leaving(NamedTuple):
    """The entries as they leave, and what stays: how many private entries, and hidden passages of the others."""

    entries: tuple[Entry, ...]
    private: int
    hidden: int

    def said(self) -> str:
        """What stays, in words; empty when nothing does."""
        rows = (
            (self.private, "private entry", "private entries (--include-private adds them)"),
            (self.hidden, "passage between %% and %%", "passages between %% and %%"),
        )
        return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in rows if count)


class Door:
    """What of entries may leave, one after another; counts what stays."""

    def __init__(self, include_private: bool) -> None:
        self._include_private = include_private
        self.private = self.hidden = 0

    def pass_on(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries as they leave, in their order."""
        for entry in entries:
            if entry.private and not self._include_private:
                self.private += 1
                continue
            shown, count = without_hidden(entry)
            self.hidden += count
            yield shown

    def said(self) -> str:
        """What stayed, in words; empty when nothing did."""
        return Leaving((), self.private, self.hidden).said()


def leaving(entries: Iterable[Entry], include_private: bool) -> Leaving:
    """What of `entries` may leave, in their order."""
    door = Door(include_private)
    kept = tuple(door.pass_on(entries))
    return Leaving(kept, door.private, door.hidden)


def without_hidden(entry: Entry) -> tuple[Entry, int]:
    """The entry without what `%%` hides, in its body and in its properties, and how many passages that was.

    A tag or a person that stands only in a hidden passage leaves the properties, too.
    """
    texts = {each.name: getattr(entry, each.name) for each in fields(entry)}
    if not any(HIDING in text for value in texts.values() for text in _texts(value)):
        return entry, 0
    body, count = visible(entry.body)
    hidden = _names(entry.body) - _names(body)
    changed: dict[str, Any] = {
        name: _shown(value) for name, value in texts.items() if name not in ("body", "path") and _texts(value)
    }
    changed["tags"] = tuple(each for each in changed.get("tags", entry.tags) if ("#", each) not in hidden)
    changed["people"] = tuple(each for each in changed.get("people", entry.people) if ("@", each) not in hidden)
    return replace(entry, **changed, body=body.strip("\n")), count


def _names(text: str) -> set[tuple[str, str]]:
    return {(each.sign, each.name) for each in mentions.scan(text)}


def _texts(value: object) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()


def _shown(value: object) -> object:
    if isinstance(value, str):
        return visible(value)[0].strip()
    return tuple(text for each in _texts(value) if (text := visible(each)[0].strip()) or not each)
