"""`ally agenda`: one page for the next session with a coach."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from allyjournal.cli import looking, options
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, UsageError
from allyjournal.practice.agenda import QUESTION, Agenda, to_json
from allyjournal.practice.agenda import agenda as draw_up
from allyjournal.practice.sessions import PREPARATION
from allyjournal.sharing.redaction import Leaving
from allyjournal.terminal import page

FORMATS = ("text", "md", "html", "json")
# Asked where the pack that asks it is not there.
ASKED = "What do you want to ask your coach?"


def agenda(
    ctx: typer.Context,
    form: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="text, md, html or json.")] = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")] = "-",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Private entries too, where it leaves the screen.")
    ] = False,
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
    left = looking.since_last(session, None if form == "text" else include_private)
    found = draw_up(left.entries, session.today, session.titles, _asked(session))
    if form == "text":
        _show(session, found)
        return
    if form == "json" and out == "-":
        session.show_json(to_json(found))
    else:
        _put(session, _rendered(found, form), out, force)
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


def _put(session: Session, data: bytes, out: str, force: bool) -> None:
    if out == "-":
        page.write_data(data)
        return
    from allyjournal.cli import outfile

    outfile.put(out, data, force)
    session.note(f"Written to {out}.")


def _say_what_stayed(session: Session, left: Leaving) -> None:
    if left.said():
        session.note(f"Left out: {left.said()}.")
    session.note("Names of people are as you wrote them.")
