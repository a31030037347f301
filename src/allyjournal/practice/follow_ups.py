"""Prompts that wait for their day, such as the look-back on a decision.

A step that asks for a day or a commitment may name the prompt that follows it up.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from allyjournal.dates import show_short
from allyjournal.journal.body import Answer, commitments
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack, Prompt


class FollowUp(NamedTuple):
    """A prompt whose day has come, its pack, the entry that asked for it, and that day."""

    pack: Pack
    prompt: Prompt
    entry: Entry
    day: date

    @property
    def why(self) -> str:
        """The reason, in one sentence."""
        made = show_short(self.entry.date)
        words = f"`ally show {self.entry.selector}` has what you wrote"
        return f"On {made} you set {show_short(self.day)} as the day to come back to this; {words}."


def due(
    entries: Iterable[Entry], packs: Mapping[str, Pack], today: date, passed_over: Iterable[tuple[str, date]] = ()
) -> list[FollowUp]:
    """The follow-ups whose day has come and which were not asked since, the oldest day first.

    What was answered today counts as waiting still, so that the prompt stays the same all day; `passed_over`
    has prompts and the days they were skipped, which settles them.
    """
    every = list(entries)
    settled: dict[str, datetime] = {}
    for entry in every:
        for each in entry.prompts if entry.date < today else ():
            settled[each] = max(entry.created, settled.get(each, entry.created))
    skipped = dict(sorted(passed_over, key=lambda each: each[1]))
    found = [each for entry in every for each in _of(entry, packs) if each.day <= today]
    waiting = [each for each in found if not _is_settled(each, settled, skipped)]
    return sorted(waiting, key=lambda each: (each.day, each.entry.created))


def leading(packs: Mapping[str, Pack]) -> dict[str, tuple[str, ...]]:
    """The prompts and steps that name a follow-up, by id -> the ids that this has had, over all packs."""
    found: dict[str, tuple[str, ...]] = {}
    for pack in packs.values():
        steps = [step for each in pack.exercises for step in each.steps]
        named = {each.id: (each.id, *each.was) for each in pack.prompts}
        asking = [each for each in (*pack.prompts, *steps) if each.follow_up in named]
        for each in asking:
            found[each.id] = (*found.get(each.id, ()), *named[each.follow_up or ""])
    return found


def _is_settled(each: FollowUp, settled: Mapping[str, datetime], skipped: Mapping[str, date]) -> bool:
    names = (each.prompt.id, *each.prompt.was)
    answered = any(name in settled and settled[name] > each.entry.created for name in names)
    return answered or any(name in skipped and skipped[name] >= each.day for name in names)


def _of(entry: Entry, packs: Mapping[str, Pack]) -> Iterator[FollowUp]:
    pack = packs.get(entry.pack_id or "")
    leading = _leading(pack, entry.exercise) if pack else {}
    if pack is None or not leading.keys() & set(entry.prompts):
        return
    for answer in entry.answers:
        asked = leading.get(answer.prompt or "")
        day = _day_of(answer) if asked else None
        follow_up = next((each for each in pack.prompts if asked and each.id == asked.follow_up), None)
        if day and follow_up:
            yield FollowUp(pack, follow_up, entry, day)


def _leading(pack: Pack, exercise: str | None) -> dict[str, Prompt]:
    """The prompts and steps that name a follow-up, by id."""
    steps = [step for each in pack.exercises if each.id == exercise for step in each.steps]
    return {each.id: each for each in (*pack.prompts, *steps) if each.follow_up}


def _day_of(answer: Answer) -> date | None:
    """The day that an answer names: a commitment's, unless it was dropped, or the whole answer."""
    for each in commitments(answer.text, ""):
        return each.due if each.status != "dropped" else None
    try:
        return date.fromisoformat(answer.text.strip())
    except ValueError:
        return None
