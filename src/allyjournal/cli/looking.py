"""What a review and an agenda are made from: the one place that reads entries for them."""

from functools import partial
from typing import TYPE_CHECKING

from allyjournal.dates import Period, before
from allyjournal.errors import AllyError
from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.index import past
from allyjournal.packs.library import DAILY
from allyjournal.practice.material import Frame, Material, days_of_earlier_years, figures_id, material_of
from allyjournal.practice.sessions import DEBRIEF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allyjournal.cli.session import Session
    from allyjournal.journal.card import Card, Known


def frame_of(session: "Session", period: Period) -> Frame:
    """The period as it is seen from today, with the daily pack's practices and the stages of all prompts."""
    packs = session.library.packs
    daily = packs.get(DAILY)
    stages = {
        name: prompt.stage
        for pack in packs.values()
        for prompt in pack.prompts
        if prompt.stage
        for name in (*prompt.was, prompt.id)
    }
    titles = {each.id: each.title for each in daily.practices} if daily else {}
    return Frame(period, session.today, titles, session.titles, stages, session.week_start)


def gathered(session: "Session", period: Period, include_private: bool | None = None) -> Material:
    """What a review of `period` is made from; names the files that cannot be read.

    For the screen that is everything; with `include_private` True or False it is what may leave it: without hidden
    passages, and with or without private entries.
    """
    session.name_unreadable(session.index.unreadable())
    cards = _speaking(session, period, include_private)
    if include_private is None:
        # Whom the writer has on their list, but does not mention, is for their own screen alone.
        return _material(session, cards, period)._replace(handles=_handles(session))
    from allyjournal.sharing.redaction import leaving

    entries = [session.journal.read(each.path) for each in cards]
    material = _material(session, leaving(entries, include_private).entries, period)
    own = figures_id(period)
    within = leaving([each for each in entries if each.date in period and own not in each.prompts], include_private)
    return material._replace(private=within.private, hidden=within.hidden)


def since_last(session: "Session") -> "list[Card]":
    """The cards of the entries that an agenda speaks of, oldest first; names the files that cannot be read."""
    session.name_unreadable(session.index.unreadable())
    since = session.index.ask(partial(past.last_day_of, exercise=DEBRIEF))
    condition, values = past.since(since) if since else ("TRUE", [])
    return session.index.where(condition, values)


def whole(session: "Session", entry: "Known") -> "Entry":
    """An entry with its words."""
    return entry if isinstance(entry, Entry) else session.journal.read(entry.path)


def answering(session: "Session", prompts: "Sequence[str]", practices: "Sequence[str]" = ()) -> "list[Card]":
    """The cards of the entries that answer one of these prompts, and of the newest two of each of the practices."""
    numbers = session.index.choose(Filter(prompts=prompts)).numbers
    newest = session.index.ask(partial(past.newest_of, practices=practices, count=2))
    return session.index.cards([*numbers, *newest])


def _speaking(session: "Session", period: Period, include_private: bool | None) -> "list[Card]":
    """The cards of the entries of a period, and of those outside it that a review of it may speak of, oldest first."""
    first = session.index.ask(past.first_day)
    days = Period(earlier.first, period.last) if (earlier := before(period)) else Period(None, period.last)
    prompts = session.index.ask(partial(past.answered_in, period=period))
    asked = {(exercise, name) for exercise, prompt in prompts for name in session.library.ids_of(prompt)}
    first_of = partial(past.first_answer, with_private=include_private is not False)
    answers = session.index.ask(lambda db: [n for each in asked for n in first_of(db, *each)])
    years = days_of_earlier_years(period, session.today, first.year) if first else []
    return session.index.where(*past.speaking(days, period, session.today, years, answers))


def _material(session: "Session", entries: "Sequence[Known]", period: Period) -> Material:
    return material_of(entries, period, session.today, session.library.ids_of, partial(whole, session))


def _handles(session: "Session") -> list[str]:
    """The writer's own people; none where their register is not there, or does not read."""
    from allyjournal.journal.mentions import fold

    if not (session.journal.root / "people.toml").exists():
        return []
    from allyjournal.journal import people

    try:
        return [fold(each) for each in people.of(session.journal)]
    except AllyError as error:
        session.note(str(error))
        return []
