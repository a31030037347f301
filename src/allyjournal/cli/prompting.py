"""Today's prompt, from the packs, the entries, the focus and what was passed over."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from allyjournal.cli.session import Session
from allyjournal.errors import UnreadableFile
from allyjournal.journal import skipped
from allyjournal.journal.entry import Entry
from allyjournal.journal.index import past
from allyjournal.packs.model import Pack
from allyjournal.practice import coach_questions, focus, follow_ups, schedule
from allyjournal.practice.follow_ups import FollowUp
from allyjournal.practice.schedule import History, Next, Skip, Wanted


class Before(NamedTuple):
    """What was answered and passed over before, and the follow-ups whose day has come."""

    history: History
    due: Sequence[FollowUp] = ()


def before(session: Session, day: date, another: bool = False) -> Before:
    """What is known of the past on `day`; with `another`, what was answered on that day counts too."""
    passed_over = _passed_over(session)
    found = session.index.ask(partial(past.past, day=day, also_today=another))
    history = History.of(found)
    history.skip_until(day, passed_over)
    due = follow_ups.due(_waiting(session, day), session.library.packs, day, passed_over)
    return Before(history, [*due, *_from_coaches(session, history, day, passed_over)])


def daily(session: Session, found: Before, day: date, another: bool = False) -> Next | None:
    """The prompt of `day`: a follow-up whose day has come, the focus' turn, or the daily pack's next."""
    packs, config = session.library.packs, session.settings.config
    wanted = Wanted(
        week_start=session.week_start,
        another=another,
        focus=focus.candidates(config.focus, packs, session.titles, config.language) if config.focus else (),
        due=found.due,
    )
    pack, history = session.library.daily(config.language), found.history
    if config.focus and not another:
        # What was answered before the focus was set today stays today's prompt.
        plain = schedule.choose(pack, history, day, session.titles, wanted._replace(focus=()))
        if plain and plain.prompt.id in history.today:
            return plain
    return schedule.choose(pack, history, day, session.titles, wanted)


def _from_coaches(session: Session, history: History, day: date, passed_over: Sequence[Skip]) -> list[FollowUp]:
    """What coaches asked and nobody answered; what was answered today stays today's prompt."""
    settled = {*history.prompts, *(each.prompt for each in passed_over)} - history.today
    since = coach_questions.asked_since(day)
    asked = session.index.ask(partial(past.asked_by_coaches, since=since, before=day))
    still = dict.fromkeys(n for n, prompt in asked if prompt not in settled)
    # One comes up at a time; those of today are behind it when another is wanted.
    feedback = session.index.entries(list(still)[: 1 + len(history.today)])
    return coach_questions.waiting(feedback, settled, day)


def choose_from(session: Session, pack: Pack, day: date, practice: str | None, another: bool) -> Next | None:
    """The prompt of `day` from this pack, of this practice if one is wanted."""
    wanted = Wanted(practice, session.week_start, another)
    return schedule.choose(pack, before(session, day, another).history, day, session.titles, wanted)


def _waiting(session: Session, day: date) -> list[Entry]:
    """The entries that may ask for a follow-up: those since it was asked last, and the one that answered it."""
    numbers: dict[int, None] = {}
    for prompt, names in follow_ups.leading(session.library.packs).items():
        answer = session.index.ask(partial(past.last_answer, prompts=names, before=day))
        since = answer[1] if answer else None
        numbers |= dict.fromkeys(session.index.ask(partial(past.answers_since, prompt=prompt, at=since)))
        numbers |= {answer[0]: None} if answer else {}
    return sorted(session.index.entries(list(numbers)), key=lambda entry: entry.created)


def _passed_over(session: Session) -> list[Skip]:
    try:
        return [Skip(*each) for each in skipped.read(session.journal)]
    except UnreadableFile as error:
        session.name_unreadable([error])
        return []
