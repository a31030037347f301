"""What may leave the journal: no private entry unless it is asked for, and nothing between `%%` and `%%`, ever."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from allyjournal.journal.body import visible
from allyjournal.journal.entry import Entry


@dataclass(frozen=True)
class Leaving:
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


def leaving(entries: Iterable[Entry], include_private: bool) -> Leaving:
    """What of `entries` may leave, in their order."""
    kept, private, hidden = [], 0, 0
    for entry in entries:
        if entry.private and not include_private:
            private += 1
            continue
        shown, count = without_hidden(entry)
        kept.append(shown)
        hidden += count
    return Leaving(tuple(kept), private, hidden)


def without_hidden(entry: Entry) -> tuple[Entry, int]:
    """The entry without what `%%` hides, in its body and in its properties, and how many passages that was."""
    if "%%" not in entry.body and "%%" not in entry.title and not any("%%" in each for each in entry.asked):
        return entry, 0
    body, count = visible(entry.body)
    asked = tuple(visible(each)[0] for each in entry.asked)
    return replace(entry, body=body.strip("\n"), title=visible(entry.title)[0].strip(), asked=asked), count
