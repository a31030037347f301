"""`ally agenda`: one page for the next session with a coach."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from allyjournal.cli import looking, options, outfile
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, UsageError
from allyjournal.practice.agenda import QUESTION, Agenda, to_json, with_words
from allyjournal.practice.agenda import agenda as draw_up
from allyjournal.practice.sessions import PREPARATION
from allyjournal.sharing.redaction import Leaving, leaving
from allyjournal.terminal import page

FORMATS = ("text", "md", "html", "json")
# Asked where the pack that asks it is not there.
ASKED = "What do you want to ask your coach?"


def agenda(
    ctx: typer.Context,
    form: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="text, md, html or json.")] = None,
    out: outfile.Out = "-",
    force: outfile.Force = False,
    include_private: outfile.IncludePrivate = False,
) -> None:
    """What to bring to a session: commitments, what is starred or marked since the last one, what to ask.

    As md, html and json it is made to be passed on: without private entries, and without what %% hides.
    """
    session = session_of(ctx)
    suffix = Path(out).suffix.removeprefix(".")
    form = options.form(session, form, FORMATS, suffix if out != "-" and suffix in FORMATS else "text")
    if form == "text" and out != "-":
        raise UsageError("-o takes a document; add --format md, html or json.")
    session.name_broken_packs()
    cards, read = looking.since_last(session), partial(looking.whole, session)
    if form == "text":
        _show(session, with_words(draw_up(cards, session.today, session.titles, _asked(session), read), read))
        return
    left = leaving(map(read, cards), include_private)
    found = draw_up(left.entries, session.today, session.titles, _asked(session))
    if form == "json" and out == "-":
        session.show_json(to_json(found))
    else:
        outfile.deliver(session, _rendered(found, form), out, force)
    _say_what_stayed(session, left)


def _show(session: Session, found: Agenda) -> None:
    from allyjournal.terminal.agenda_screen import agenda_page
    from allyjournal.terminal.review_screen import for_reading

    shown = agenda_page(found)
    session.show(shown if page.is_colourful(sys.stdout, session.plain) else for_reading(shown, sys.stdout))


def _asked(session: Session) -> str:
    try:
        _, exercise = session.library.find_exercise(PREPARATION)
    except AllyError:
        return ASKED
    return next((each.text for each in exercise.steps if each.id == QUESTION), ASKED)


def _rendered(found: Agenda, form: str) -> bytes:
    if form == "json":
        import json

        return (json.dumps(to_json(found), ensure_ascii=True, indent=2) + "\n").encode()
    if form == "html":
        from allyjournal.sharing.formats import agenda_html

        return agenda_html.render(found)
    from allyjournal.sharing.formats import agenda_markdown

    return agenda_markdown.render(found).encode("utf-8", "replace")


def _say_what_stayed(session: Session, left: Leaving) -> None:
    if left.said():
        session.note(f"Left out: {left.said()}.")
    session.note("Names of people are as you wrote them.")
