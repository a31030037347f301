"""What the writer said before: their answers to one prompt over time, and the intentions that wait for their event."""

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


def intentions(entries: Iterable[Entry]) -> list[Entry]:
    """What was set before an event and has no `after` yet, in the entries' order."""
    every = list(entries)
    answered = {each.reply_to for each in every if each.exercise == AFTER}
    return [each for each in every if each.exercise == BEFORE and not {each.id, each.path} & answered]
