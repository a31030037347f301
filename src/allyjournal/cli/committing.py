"""`ally commitments`: what you mean to do; listed, added, kept, dropped, put off, and as a calendar."""

from datetime import date
from typing import Annotated

import typer

from allyjournal.cli import completing, options, outfile, promising, saving
from allyjournal.cli.session import Session, session_of
from allyjournal.dates import show_day
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal.card import Card
from allyjournal.journal.closing import Change
from allyjournal.journal.folder import REF_LENGTH, new_id
from allyjournal.journal.index import past
from allyjournal.journal.record import commitment_to_json
from allyjournal.packs.answers import DoesNotFit, parse_when
from allyjournal.practice import calendar
from allyjournal.practice import commitments as rules
from allyjournal.practice.commitments import OUTCOMES, REACHES, Promised
from allyjournal.practice.interview import committed
from allyjournal.terminal import page, screens
from allyjournal.terminal.screens import counted

Ref = Annotated[
    str, typer.Argument(metavar="REF", autocompletion=completing.refs, help="As `ally commitments` shows it.")
]
Words = Annotated[str, typer.Option("--outcome", metavar="TEXT", help="What happened, in a line.")]
Reach = Annotated[
    str | None,
    typer.Option(
        "--reach", metavar="REACH", autocompletion=completing.reaches, help=f"How far it reaches: {', '.join(REACHES)}."
    ),
]

commitments = options.family("What you mean to do, by its day.", lists=True)


@commitments.callback()
def list_commitments(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those that are kept or dropped, too.")] = False,
    ics: Annotated[
        str | None, typer.Option("--ics", metavar="FILE", help="Write those with a day into a calendar file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that file.")] = False,
) -> None:
    """Open commitments, the earliest day first."""
    if ctx.invoked_subcommand is not None:
        if every or ics or force:
            raise UsageError(f"--all, --ics and --force belong to the list; leave {ctx.invoked_subcommand} out.")
        return
    session = session_of(ctx)
    if ics is not None:
        _write_calendar(session, every, ics, force)
        return
    cards = _cards(session, past.WITH_COMMITMENTS if every else past.OPEN)
    found = [each for each in rules.by_day(rules.promised(cards)) if every or rules.is_open(each)]
    if session.json:
        session.show_json([commitment_to_json(*each) for each in found])
    else:
        session.show(screens.commitments_page(found, session.today))
        session.note(counted(len(found), "commitment", "commitments"))


@commitments.command("add")
def add(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="TEXT...", help="If … then I will …")],
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="By when; looks forward.")] = None,
    reach: Reach = None,
) -> None:
    """Note something you will do, as an entry of its own."""
    session = session_of(ctx)
    text = options.clean(" ".join(words))
    if not text:
        raise UsageError("Say what you will do, in a sentence.")
    entry = saving.new_entry(session, kind="note", title="Commitment")
    entry = committed(entry, text, _day(session, due), _checked(reach), new_id(REF_LENGTH))
    saving.keep(session, saving.begin_draft(session, entry, asks=False), entry)
    if not session.json:
        _say(session, entry.commitments[0].ref)
    saving.warn_of_argv(session)


@commitments.command("done")
def done(ctx: typer.Context, ref: Ref, outcome: Words = "", reach: Reach = None) -> None:
    """You did it: it is kept."""
    session = session_of(ctx)
    _close(session, ref, "kept", outcome, _checked(reach))


@commitments.command("drop")
def drop(ctx: typer.Context, ref: Ref, outcome: Words = "") -> None:
    """You changed your mind: it is dropped, and stays to be read."""
    _close(session_of(ctx), ref, "dropped", outcome, None)


@commitments.command("defer")
def defer(
    ctx: typer.Context,
    ref: Ref,
    day: Annotated[str, typer.Argument(metavar="DATE", help="The new day.")],
    outcome: Words = "",
) -> None:
    """Give it another day; it stays open."""
    session = session_of(ctx)
    due = _day(session, day)
    found = _open(session, ref)
    told = f"{session.today.isoformat()}: {' '.join(outcome.split())}" if outcome.strip() else ""
    promising.write(session, found, Change(due=due, outcome=told), "defer")
    _say(session, found.commitment.ref)
    session.note("`ally undo` takes it back.")


def _close(session: Session, ref: str, name: str, words: str, reach: str | None) -> None:
    if words:
        saving.warn_of_argv(session)
    found = _open(session, ref)
    change = rules.change(OUTCOMES[name], session.today, options.clean(words), None, reach)
    promising.write(session, found, change, "done" if name == "kept" else "drop")
    _say(session, found.commitment.ref)
    session.note("`ally undo` takes it back.")


def _open(session: Session, ref: str) -> Promised:
    """The open commitment that is named. Raises AllyError for one that is closed."""
    found = rules.find(_all(session), ref)
    if not rules.is_open(found):
        raise AllyError(f"{found.commitment.ref} is {found.commitment.status} already, in {found.entry.selector}.")
    return found


def _say(session: Session, ref: str) -> None:
    """What became of it, with its words, so that a mistaken reference is seen."""
    found = rules.find(_all(session), ref)
    if session.json:
        session.show_json(commitment_to_json(*found))
        return
    each = found.commitment
    what = f"Open until {show_day(each.due)}" if each.status == "open" and each.due else each.status.capitalize()
    shown = page.Page()
    shown.row(f"{what}: {each.text} ({each.ref}, in {found.entry.selector})")
    session.show(shown)


def _write_calendar(session: Session, every: bool, out: str, force: bool) -> None:
    """The calendar file, without what an export leaves out."""
    from allyjournal.sharing.redaction import leaving

    left = leaving((session.journal.read(each.path) for each in _cards(session)), include_private=False)
    found = [each for each in rules.by_day(rules.promised(left.entries)) if every or rules.is_open(each)]
    dated = [each for each in found if each.commitment.due]
    if out == "-":
        page.write_data(calendar.render(dated))
    else:
        outfile.put(session, out, calendar.render(dated), force)
    if session.json and out != "-":
        session.show_json({"path": out, "commitments": [commitment_to_json(*each) for each in dated]})
    where = "on standard output" if out == "-" else f"in {out}"
    session.note(f"{counted(len(dated), 'commitment', 'commitments')} {where}, names as you wrote them.")
    if len(dated) < len(found):
        session.note(f"{len(found) - len(dated)} without a day left out; `ally commitments defer` gives one.")
    if left.private or left.hidden:
        session.note(f"Left out: {left.said()}.")


def _all(session: Session) -> list[Promised]:
    return rules.promised(_cards(session))


def _cards(session: Session, condition: str = past.WITH_COMMITMENTS) -> list[Card]:
    session.name_unreadable(session.index.unreadable())
    return session.index.where(condition)


def _day(session: Session, typed: str | None) -> date | None:
    """The day that was typed; None where none was asked for. Raises UsageError, also for an empty one."""
    try:
        day = parse_when(typed, session.today) if typed is not None else None
    except DoesNotFit as error:
        raise UsageError(str(error)) from None
    if typed is not None and day is None:
        raise UsageError("Give a day, such as 2026-11-26, friday, next monday or in 2 weeks.")
    return day


def _checked(reach: str | None) -> str | None:
    if reach is not None and reach not in REACHES:
        raise UsageError(f'There is no reach "{reach[:20]}"; choose {", ".join(REACHES)}.')
    return reach
