"""The questions of a week's end: which of them a review asks, and which it has answered already."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from allyjournal.journal.card import Known
from allyjournal.packs.model import Pack, Prompt

MOST = 3
WEEKLY = "week-end"
_NEVER = datetime.min.replace(tzinfo=UTC)


def questions(pack: Pack, entries: Iterable[Known], kept: Known | None) -> list[Prompt]:
    """The prompts of the pack that a review asks, at most three, as a schedule would choose them.

    Those that were not answered for the longest time, and of these the ones whose practice was not. What the kept
    review itself answers counts as not answered, so that it asks the same ones again; see `unanswered`.
    """
    prompts: dict[str, datetime] = {}
    practices: dict[str, datetime] = {}
    for entry in entries:
        if kept is None or entry.id != kept.id:
            for names, last in ((entry.prompts, prompts), (entry.practices, practices)):
                last.update({name: max(entry.created, last.get(name, _NEVER)) for name in names})
    weekly = [each for each in pack.prompts if each.when == WEEKLY]

    def turn(prompt: Prompt) -> tuple[datetime, datetime]:
        asked = max(prompts.get(name, _NEVER) for name in (*prompt.was, prompt.id))
        return asked, practices.get(prompt.practice or "", _NEVER)

    return sorted(weekly, key=turn)[:MOST]


def unanswered(found: Sequence[Prompt], kept: Known | None, weekly: Iterable[Prompt]) -> list[Prompt]:
    """Those of the questions that the kept review has no answer to; never more than three in all."""
    if kept is None:
        return list(found)
    there = {each for each in kept.prompts}
    answered = [each for each in weekly if there & {each.id, *each.was}]
    left = [each for each in found if not there & {each.id, *each.was}]
    return left[: max(0, MOST - len(answered))]
