"""Which entries are a coach's words on which other entry."""

import re
from collections.abc import Iterable

from allyjournal.journal.entry import Entry

KIND = "feedback"


def is_about(feedback: Entry, entry: str | None) -> bool:
    """Whether an entry is feedback on the entry of this id (or path); None: on none in particular."""
    return feedback.kind == KIND and feedback.reply_to == entry


def as_said(text: str) -> str:
    """A coach's words as they said them, for a screen: without the backslashes that make their tags no tags."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def about(entry: Entry, found: Iterable[Entry]) -> list[Entry]:
    """Of `found`, what coaches wrote about `entry`, in that order."""
    return [each for each in found if is_about(each, entry.id or entry.path)]
