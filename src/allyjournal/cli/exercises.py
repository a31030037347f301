"""`ally do`, `ally before` and `ally after`: guided exercises, and those around an event."""

import sys
from typing import Annotated

import typer

from allyjournal.cli import completing, exercising, options, saving
from allyjournal.cli.exercising import ANYTHING, About
from allyjournal.cli.session import Session, session_of
from allyjournal.dates import show_day
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal.index import past
from allyjournal.packs.model import Exercise, Pack
from allyjournal.practice.then_and_now import AFTER, BEFORE
from allyjournal.terminal.page import Page

Edit = Annotated[bool, typer.Option("--edit", help="Write long answers in your editor.")]


def do(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[EXERCISE]", autocompletion=completing.exercises, help="Its id; without one, they are listed."
        ),
    ] = None,
    source: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads the answers, one a line.")] = None,
    edit: Edit = False,
) -> None:
    """A guided exercise, step by step. Stop after any step with Ctrl-C; it goes on from there another day."""
    session = session_of(ctx)
    session.name_broken_packs()
    if name is None:
        _list(session)
        return
    if source not in (None, "-"):
        raise UsageError(
            "Only - is understood after the exercise: it reads the answers, one a line, from standard input."
        )
    pack, exercise = session.library.find_exercise(name)
    _go_through(session, pack, exercise, edit, is_piped=source == "-")


def before(
    ctx: typer.Context,
    topic: Annotated[list[str], typer.Argument(metavar="TOPIC...", help="What is coming: a meeting, a talk, a call.")],
    edit: Edit = False,
) -> None:
    """Set an intention before an event; `ally after` brings it back."""
    session = session_of(ctx)
    title = " ".join(options.clean(" ".join(topic)).split())
    if not title:
        raise UsageError("Say what is coming, in a word or two.")
    pack, exercise = session.library.find_exercise(BEFORE)
    _go_through(session, pack, exercise, edit, About(title))
    saving.warn_of_argv(session)


def after(
    ctx: typer.Context,
    selector: Annotated[
        str | None,
        typer.Argument(
            metavar="[ENTRY]", autocompletion=completing.entries, help="The intention; the newest one without it."
        ),
    ] = None,
    edit: Edit = False,
) -> None:
    """After an event: read what you had set out to do, and say what happened."""
    session = session_of(ctx)
    session.name_unreadable(session.index.unreadable())
    if selector is None:
        waiting = session.index.where(past.WITHOUT_REPLY, [BEFORE, AFTER], limit=1)
        if not waiting:
            raise AllyError("No intention waits; `ally before TOPIC` sets one.")
        entry = session.journal.read(waiting[-1].path)
    else:
        entry = session.find(selector)
    if entry.exercise != BEFORE:
        raise AllyError(f"{entry.selector} is no intention; `ally before TOPIC` sets one.")
    pack, exercise = session.library.find_exercise(AFTER)
    if session.can_ask:
        session.terminal.say(f"{entry.title}, as you set out on {show_day(entry.date)}:\n")
        session.terminal.say(entry.body + "\n")
    _go_through(session, pack, exercise, edit, About(f"After: {entry.title}", entry.id or entry.path))


def _go_through(
    session: Session, pack: Pack, exercise: Exercise, edit: bool, about: About = ANYTHING, is_piped: bool = False
) -> None:
    if session.given.get("no_input") and sys.stdin.isatty():
        raise UsageError("There is nobody to ask (--no-input); pipe the answers in, one a line.")
    if is_piped or not session.can_ask:
        exercising.from_pipe(session, pack, exercise, about)
    else:
        exercising.asked(exercising.begin(session, pack, exercise, about), edit)


def _list(session: Session) -> None:
    unfinished = {each.exercise: each for each in session.index.where(past.UNFINISHED)}
    with_command = (BEFORE, AFTER)
    every = [(pack, each) for pack in session.library.packs.values() for each in pack.exercises]
    rows = [(pack, each) for pack, each in every if each.id not in with_command]
    if session.json:
        session.show_json(
            [
                {
                    "id": each.id,
                    "title": each.title,
                    "summary": each.summary,
                    "pack": pack.id,
                    "steps": len(each.steps),
                    "unfinished": each.id in unfinished,
                }
                for pack, each in rows
            ]
        )
        return
    page = Page()
    for _, each in rows:
        page.row(("title", each.id), f"  {each.title}, {len(each.steps)} steps")
        page.row(f"  {each.summary}")
        if each.id in unfinished:
            page.row(("mark", f"  Begun on {show_day(unfinished[each.id].date)}; `ally do {each.id}` goes on."))
        elif f"ally do {each.id}" in session.drafts.commands():
            page.row(("mark", f"  Begun, and waiting as a draft; `ally do {each.id}` goes on."))
    session.show(page)
