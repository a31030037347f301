"""The commitment loop at the prompt: offered after an answer, and asked back on its day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from allyjournal.cli import saving
from allyjournal.cli.session import Session
from allyjournal.dates import show_short
from allyjournal.errors import AllyError, Interrupted
from allyjournal.journal import closing
from allyjournal.journal.closing import Change
from allyjournal.journal.drafts import Draft
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import REF_LENGTH, new_id
from allyjournal.journal.history import History
from allyjournal.journal.index import past
from allyjournal.packs.answers import DoesNotFit, parse_when
from allyjournal.practice import commitments
from allyjournal.practice.commitments import OUTCOMES, REACHES, Promised
from allyjournal.practice.interview import committed
from allyjournal.terminal.ask import Stopped

LATER, ALL_LATER = "", "l"
NEXT_TRY = timedelta(days=7)
WHEN = "By when? (such as friday or 2026-11-26; Enter for no day) > "


def write(session: Session, each: Promised, change: Change, verb: str) -> None:
    """Change a commitment in its entry, as one operation. Raises as `History.rewrite`."""
    entry, seen = each.entry, each.commitment

    def renewed(_: str, data: bytes) -> bytes:
        return closing.changed(data, session.journal.again(entry, data), seen, change)

    History(session.journal, session.now).rewrite(f"commitments {verb} {seen.ref}", [entry.path], renewed)


def offered(session: Session, draft: Draft, entry: Entry) -> Entry:
    """Ask for one thing to do about an answer; gives the entry with it, or as it was.

    Raises Interrupted, with the draft on disk, when the person stops in the middle of a sentence.
    """
    terminal, ref = session.terminal, new_id(REF_LENGTH)
    terminal.say("One thing you will do about it? If … then I will … Enter for nothing.")
    half = entry
    try:
        text = terminal.line("> ", lambda text: saving.hold(draft, committed(entry, text, None, None, ref)))
        if not text.strip():
            return entry
        half = committed(entry, text, None, None, ref)
        due = when(session, WHEN)
        half = committed(entry, text, due, None, ref)
        return committed(entry, text, due, _reach(session), ref)
    except Stopped as stop:
        if half is entry and stop.text.strip():
            raise saving.stopped(draft, committed(entry, stop.text, None, None, ref)) from None
        return half


def asked_back(session: Session) -> None:
    """Ask what became of each commitment whose day has come. Raises Interrupted when the person stops."""
    ripe = session.index.where(past.OPEN_BY, [session.today.isoformat()])
    found = commitments.due(ripe, session.today)
    if len(found) > 1:
        session.terminal.say(f"{len(found)} commitments have come to their day.\n")
    told = 0
    try:
        for each in found:
            chosen = _outcome(session, each)
            if chosen == ALL_LATER:
                break
            told += _tell(session, each, chosen) if chosen else 0
    except _Told:
        raise Interrupted("Stopped; what you told is saved.") from None
    except Stopped:
        what = "what you told before is saved" if told else "nothing was changed"
        raise Interrupted(f"Stopped; {what}.") from None


class _Told(Stopped):
    """The person stopped behind words that are saved by then."""


def when(session: Session, label: str, usual: date | None = None) -> date | None:
    """A day that is still to come, asked until it fits; `usual` for an empty line."""
    while True:
        typed = session.terminal.line(label)
        try:
            return parse_when(typed, session.today) or usual
        except DoesNotFit as error:
            session.terminal.say(str(error))


def _outcome(session: Session, each: Promised) -> str:
    """What became of a commitment: a name of OUTCOMES; LATER or ALL_LATER."""
    terminal, due = session.terminal, each.commitment.due
    terminal.say(f"Due {show_short(due) if due else ''}: {each.commitment.text}\n")
    labels = [each.label for each in OUTCOMES.values()]
    chosen = _number(session, labels, "Enter for later, l for all later")
    if chosen is None or chosen < 0:
        terminal.say("")
    return LATER if chosen is None else ALL_LATER if chosen < 0 else list(OUTCOMES)[chosen]


def _tell(session: Session, each: Promised, name: str) -> bool:
    """Ask for the words and what goes with the outcome, and write both; gives whether that was done.

    The words are a draft until they are in the entry. Stopping behind them saves them; then it raises _Told.
    """
    entry = saving.new_entry(session, kind="note", title=each.commitment.text)
    draft = saving.begin_draft(session, entry, asks=False)
    words, change = "", None
    try:
        session.terminal.say("What happened? One line; Enter for nothing.")
        words = session.terminal.line("> ", lambda text: saving.hold(draft, replace(entry, body=text)))
        change = commitments.change(OUTCOMES[name], session.today, words)
        change = _completed(session, each, name, change)
    except Stopped as stop:
        words = words or stop.text
        if not words.strip() and change is None:
            draft.discard()
            raise
        _write(session, each, change or commitments.change(OUTCOMES[name], session.today, words), name, draft)
        raise _Told from None
    return _write(session, each, change, name, draft)


def _completed(session: Session, each: Promised, name: str, change: Change) -> Change:
    """With a new day for what stays open, and the reach of what was kept."""
    if OUTCOMES[name].status is None:
        return change._replace(due=_next_day(session))
    return change._replace(reach=_reach(session)) if name == "kept" and not each.commitment.reach else change


def _write(session: Session, each: Promised, change: Change, name: str, draft: Draft) -> bool:
    try:
        write(session, each, change, name)
    except AllyError as error:
        session.terminal.say(f"Not saved. {error}")
        kept = draft.is_kept and not draft.is_behind
        draft.let_go()
        where = "Your line is kept as a draft; `ally reflect` offers it." if kept else f"Your line: {change.outcome}"
        session.terminal.say(f"{where}\n" if change.outcome else "")
        return False
    draft.discard()
    session.terminal.say("Saved.\n")
    return True


def _next_day(session: Session) -> date | None:
    usual = session.today + NEXT_TRY
    return when(session, f"A new day? (Enter for {show_short(usual)}) > ", usual)


def _reach(session: Session) -> str | None:
    """How far it reaches, or None."""
    session.terminal.say("How far does it reach?")
    chosen = _number(session, list(REACHES.values()), "Enter to leave it open")
    return None if chosen is None or chosen < 0 else list(REACHES)[chosen]


def _number(session: Session, labels: Sequence[str], otherwise: str) -> int | None:
    """One of the labels, by its number: its index; None for Enter, -1 for `l` where that is offered."""
    terminal = session.terminal
    terminal.say("\n".join(f"  {number}. {label}" for number, label in enumerate(labels, 1)))
    while True:
        typed = terminal.line(f"A number from 1 to {len(labels)}; {otherwise} > ").strip().casefold()
        if typed == LATER:
            return None
        if typed == ALL_LATER and ALL_LATER in otherwise.split():
            return -1
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= len(labels):
            return int(typed) - 1
        terminal.say(f"Choose a number from 1 to {len(labels)}.")
