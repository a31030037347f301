"""Asking a row of prompts: a generator that yields the growing entry after each answer.

Whoever drives it puts each yielded entry on disk before asking for the next, and that is all it takes to
lose no word.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from allyjournal.journal import document, mentions
from allyjournal.journal.body import visible, without_tasks
from allyjournal.journal.closing import field, one_line
from allyjournal.journal.entry import Entry
from allyjournal.packs.answers import KINDS, Given
from allyjournal.packs.model import Exercise, Pack, Prompt

Ask = Callable[[Prompt, Entry], Given | None]


def answered(entry: Entry, asked: Prompt, given: Given) -> Entry:
    """`entry` with one more answer, and with the practice, tags and people it brings."""
    practices = (asked.practice,) if asked.practice else ()
    grown = replace(
        entry,
        prompts=(*entry.prompts, asked.id),
        asked=(*entry.asked, asked.text),
        practices=_once(*entry.practices, *practices),
        body=document.with_answer(entry.body, asked.text, given.text),
        people=_once(*entry.people, *given.people),
    )
    return with_mentions(grown)


def committed(entry: Entry, text: str, due: date | None, reach: str | None, ref: str) -> Entry:
    """`entry` with a commitment under its last answer: `text`, its day, its reach, and the `ref` that names it."""
    fields = {"due": due.isoformat() if due else None, "reach": reach, "id": ref}
    line = " ".join([f"- [ ] {one_line(text)}", *(field(name, value) for name, value in fields.items() if value)])
    return with_mentions(replace(entry, body=document.with_block(entry.body, line)))


def with_mentions(entry: Entry) -> Entry:
    """`entry` with the tags and people of its running text in its properties, but for what `%%` hides."""
    shown, _ = visible(entry.body)
    found = list(mentions.scan(shown))
    return replace(
        entry,
        tags=_once(*entry.tags, *(each.name for each in found if each.sign == "#")),
        people=_once(*entry.people, *(each.name for each in found if each.sign == "@")),
    )


def interview(exercise: Exercise, entry: Entry, ask: Ask) -> Iterator[Entry]:
    """Ask the steps from where `entry` stands; yield it after each answer, the last time as finished.

    `ask` gives None for a step that is passed over. When the first step of a practice is passed over, so are
    that practice's other optional steps.
    """
    passed: str | None = None
    for step in exercise.steps[_position(exercise, entry) :]:
        if _is_passed(step, passed):
            continue
        given = ask(step, entry)
        if given is None:
            passed = step.practice
        else:
            entry = answered(entry, step, given)
        entry = replace(entry, next_step=_step_after(exercise, step, passed))
        yield entry


def remaining(exercise: Exercise, entry: Entry) -> Sequence[Prompt]:
    """The steps that an unfinished entry still has before it."""
    return exercise.steps[_position(exercise, entry) :]


def values(entry: Entry, packs: Mapping[str, Pack]) -> list[object]:
    """The entry's answers read back as values for JSON; None where one does not read back, or its pack is gone."""
    pack = packs.get(entry.pack_id or "")
    known: dict[str | None, Prompt] = {}
    if pack:
        known.update({name: each for each in pack.prompts for name in (*each.was, each.id)})
        known.update({step.id: step for each in pack.exercises if each.id == entry.exercise for step in each.steps})
    return [_value(known.get(each.prompt), each.text) for each in entry.answers]


def _value(asked: Prompt | None, text: str) -> object:
    """What an answer says; a commitment made under a short answer is no part of it."""
    if asked is None or not text:
        return None
    own = text if asked.answer in ("text", "commitment") else without_tasks(text)
    return KINDS[asked.answer].tell(own, asked)


def _position(exercise: Exercise, entry: Entry) -> int:
    ids = [step.id for step in exercise.steps]
    return ids.index(entry.next_step) if entry.next_step in ids else 0


def _step_after(exercise: Exercise, step: Prompt, passed: str | None) -> str | None:
    left = exercise.steps[exercise.steps.index(step) + 1 :]
    return next((each.id for each in left if not _is_passed(each, passed)), None)


def _is_passed(step: Prompt, passed: str | None) -> bool:
    return bool(step.practice) and step.practice == passed and step.optional


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
