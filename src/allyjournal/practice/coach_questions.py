"""What a coach asked, and the writer has not answered yet: it comes up as a prompt, the oldest first."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from allyjournal.dates import show_short
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import PACK, questions
from allyjournal.packs.model import Pack, Prompt
from allyjournal.practice.follow_ups import FollowUp

VERSION = "1.0.0"
# A question that was not answered for so many days, half a year, rests; commitments do the same.
RESTS_AFTER = 182


class CoachQuestion(FollowUp):
    """A question out of a coach's feedback. `entry` is that feedback, `day` the first day to ask it on."""

    @property
    def why(self) -> str:
        """The reason, in one sentence."""
        said = f"{self.entry.title}, {show_short(self.entry.date)}: a question that is still open"
        return f"{said}; `ally show {self.entry.selector}` has the rest."


def asked_since(today: date) -> date:
    """The first day whose questions still come up."""
    return today - timedelta(days=min(RESTS_AFTER, today.toordinal() - 1))


def waiting(feedback: Iterable[Entry], settled: Collection[str], today: date) -> list[FollowUp]:
    """The open questions in `feedback`, those of the oldest entry first, from the day after it was taken in on.

    They rest after half a year.

    A question is a line that ends in a question mark. `settled` are the ids of prompts that were answered before
    today, or passed over.
    """
    found: dict[str, FollowUp] = {}
    for entry in sorted(feedback, key=lambda each: each.created):
        day = entry.date + timedelta(days=1)
        for name, text in questions(entry) if asked_since(today) <= entry.date < today else ():
            if name not in settled:
                found.setdefault(name, CoachQuestion(_pack(entry), Prompt(name, text), entry, day))
    return list(found.values())


def _pack(entry: Entry) -> Pack:
    """Where such a prompt says that it comes from."""
    return Pack(PACK, VERSION, f"Question {entry.title[:1].lower()}{entry.title[1:]}", "", "en", "", "sequence")
