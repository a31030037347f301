"""Which entries a share offers, and by what they are redacted."""

import secrets
from collections.abc import Sequence
from functools import partial

from allyjournal.cli import choosing, reaching
from allyjournal.cli.session import Session
from allyjournal.dates import Period
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal import people
from allyjournal.journal.card import Card
from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.index import past
from allyjournal.sharing import coaches, consent, receipts, remembered
from allyjournal.sharing.coaches import Coach
from allyjournal.sharing.consent import Ground
from allyjournal.sharing.receipt import Receipt, last_session
from allyjournal.sharing.redacted import with_mentioned
from allyjournal.sharing.suspects import vocabulary

LAST_SESSION = "last session"


def chosen(
    session: Session, whom: Coach, known: Sequence[Receipt], only_marked: bool
) -> tuple[list[Entry], Period | None]:
    """The entries that the filters want and that may leave, oldest first, and the period that was asked for.

    From the last session on means what the coach does not have yet, also of that day.

    Raises AllyError if there are none.
    """
    given = session.given
    since_last = str(given.get("from", "")).strip().casefold() == LAST_SESSION
    if since_last:
        given["from"] = last_session(known, whom.handle).isoformat()
    with_feedback, limit = given.get("kind") == consent.FEEDBACK, given.get("limit")
    wanted, cards = _wanted(session)
    there, stays = consent.may_leave(cards, only_marked, with_feedback)
    count = len(there)
    first = max(0, count - limit) if limit is not None and not since_last else 0
    # As their files are now, and not as the index last saw them.
    read = [entry for entry in reaching.read(session, there[first:]) if wanted.wants(entry)]
    entries, _ = consent.may_leave(read, only_marked, with_feedback)
    if since_last:
        fresh = [each for each in entries if consent.is_new_to(known, whom.handle, each)]
        stays += [f"{len(entries) - len(fresh)} that {whom.name} has already"] if len(fresh) < len(entries) else []
        count = len(fresh)
        entries = fresh[max(0, count - limit) if limit is not None else 0 :]
    choosing.say_range(session, choosing.period_of(session), len(entries), count)
    if stays:
        session.note(f"Left out: {', '.join(stays)}.")
    if not entries:
        marked = " that you marked; `ally mark ENTRY` marks one" if only_marked else ""
        raise AllyError(f"There is no entry to share{marked}.")
    period = choosing.period_of(session)
    return entries, Period(period.first, period.last or session.today) if period.first else None


def _wanted(session: Session) -> tuple[Filter, list[Card]]:
    """What the filters want, and the cards of the entries that fit, oldest first."""
    try:
        wanted = choosing.wanted(session)
    except UsageError as error:
        more = f' With --from, here also "{LAST_SESSION}".' if "is not a date" in str(error) else ""
        raise UsageError(f"{error}{more}") from None
    session.index.look_at_all()
    session.name_unreadable(session.index.unreadable(wanted.period))
    return wanted, session.index.cards(session.index.choose(wanted).numbers)


def ground_of(session: Session, whom: Coach, entries: Sequence[Entry], known: Sequence[Receipt]) -> Ground:
    """What to redact by, from everything that the journal says of people."""
    everybody = consent.with_coaches(people.of(session.journal), coaches.of(session.journal), whom.handle)
    mentioned = session.index.ask(partial(past.uses, sign="@", wanted=Filter()))
    register = {**{each.name: {} for each in mentioned}, **with_mentioned(everybody, entries)}
    answers = remembered.of(session.journal, whom.handle)
    session.name_unreadable(answers.unreadable)
    # Not the words of the journal: a name that is written in lower case somewhere would be asked about nowhere.
    ours = frozenset(text for pack in session.library.packs.values() if pack.shipped for text in pack.texts)
    choose = consent.choose_unused([text for each in entries for text in (each.title, each.body)], secrets.choice)
    pseudonyms = receipts.known_names(session.journal, known)
    known_to = {**consent.own_name(whom), **answers.answers}
    return consent.ground(whom.handle, register, pseudonyms, known_to, vocabulary(ours), choose, ours)
