"""Today's prompt, from the packs, the entries, the focus and what was passed over."""

from collections.abc import Sequence
from datetime import date

from allyjournal.cli.session import Session
from allyjournal.errors import UnreadableFile
from allyjournal.journal import skipped
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack
from allyjournal.practice import coach_questions, focus, follow_ups, schedule
from allyjournal.practice.follow_ups import FollowUp
from allyjournal.practice.schedule import Next, Skip, Wanted


def daily(session: Session, entries: Sequence[Entry], day: date, another: bool = False) -> Next | None:
    """The prompt of `day`: a follow-up whose day has come, the focus' turn, or the daily pack's next."""
    packs, config = session.library.packs, session.settings.config
    passed_over = _passed_over(session)
    wanted = Wanted(
        week_start=session.week_start,
        another=another,
        focus=focus.candidates(config.focus, packs, session.titles, config.language) if config.focus else (),
        due=[*follow_ups.due(entries, packs, day, passed_over), *_from_coaches(entries, day, passed_over)],
    )
    history = schedule.history_before(entries, day, another, passed_over)
    pack = session.library.daily(config.language)
    if config.focus and not another:
        # What was answered before the focus was set today stays today's prompt.
        plain = schedule.choose(pack, history, day, session.titles, wanted._replace(focus=()))
        if plain and plain.prompt.id in history.today:
            return plain
    return schedule.choose(pack, history, day, session.titles, wanted)


def _from_coaches(entries: Sequence[Entry], day: date, passed_over: Sequence[Skip]) -> list[FollowUp]:
    """What coaches asked and nobody answered; what was answered today stays today's prompt."""
    settled = {prompt for entry in entries if entry.date < day for prompt in entry.prompts}
    return coach_questions.waiting(entries, settled | {each.prompt for each in passed_over}, day)


def choose_from(
    session: Session, pack: Pack, entries: Sequence[Entry], day: date, practice: str | None, another: bool
) -> Next | None:
    """The prompt of `day` from this pack, of this practice if one is wanted."""
    wanted = Wanted(practice, session.week_start, another)
    history = schedule.history_before(entries, day, another, _passed_over(session))
    return schedule.choose(pack, history, day, session.titles, wanted)


def _passed_over(session: Session) -> list[Skip]:
    try:
        return [Skip(*each) for each in skipped.read(session.journal)]
    except UnreadableFile as error:
        session.name_unreadable([error])
        return []
