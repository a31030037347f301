"""Which entries are a coach's words on which other entry."""

import re
from collections.abc import Iterable, Iterator

from allyjournal.files import digest
from allyjournal.journal.entry import Entry

KIND = "feedback"
# What their questions are prompts of, and as long as a pack's prompt may be.
PACK, LONGEST = "coach", 2000


def questions(entry: Entry) -> Iterator[tuple[str, str]]:
    """The lines of a coach's that ask: the id of each as a prompt, and its text. `## ` begins what they wrote about."""
    for line in entry.body.split("\n") if entry.kind == KIND else ():
        text = " ".join(line.lstrip("->*+ \t").split())
        if text.endswith("?") and 1 < len(text) <= LONGEST and not line.startswith("## "):
            yield f"{PACK}.{digest(text.encode('utf-8', 'replace'))[:10]}", text


def is_about(feedback: Entry, entry: str | None) -> bool:
    """Whether an entry is feedback on the entry of this id (or path); None: on none in particular."""
    return feedback.kind == KIND and feedback.reply_to == entry


def as_said(text: str) -> str:
    """A coach's words as they said them, for a screen: without the backslashes that make their tags no tags."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def about(entry: Entry, found: Iterable[Entry]) -> list[Entry]:
    """Of `found`, what coaches wrote about `entry`, in that order."""
    return [each for each in found if is_about(each, entry.id or entry.path)]
