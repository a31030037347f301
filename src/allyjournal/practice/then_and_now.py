"""What the writer said before: their answers to one prompt over time."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from allyjournal.journal.body import Answer
from allyjournal.journal.entry import Entry

# The exercises of `ally before` and `ally after`; the second is a reply to the first.
BEFORE, AFTER = "before", "after"


class Then(NamedTuple):
    """One answer, as it was asked then, and the entry it stands in."""

    entry: Entry
    answer: Answer


def answers_to(prompts: Collection[str], entries: Iterable[Entry]) -> list[Then]:
    """The answers to a prompt, by any of its ids, in the entries' order. Passed-over and emptied ones are left out."""
    return [
        Then(entry, answer)
        for entry in entries
        if not set(entry.prompts).isdisjoint(prompts)
        for answer in entry.answers
        if answer.prompt in prompts and answer.text
    ]
