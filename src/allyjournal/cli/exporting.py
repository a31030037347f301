"""`ally export`: entries for oneself, as one document."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from allyjournal.cli import choosing, options, outfile
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import UsageError
from allyjournal.sharing import formats
from allyjournal.sharing.redaction import Door


def export(
    ctx: typer.Context,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="md, json, jsonl, html, pdf or docx.")
    ] = None,
    out: outfile.Out = "-",
    force: outfile.Force = False,
    include_private: Annotated[bool, typer.Option("--include-private", help="Private entries too.")] = False,
) -> None:
    """Write entries down as one document, oldest first. Passages between %% and %% never leave."""
    session = session_of(ctx)
    suffix = Path(out).suffix.removeprefix(".")
    name = options.form(session, form, tuple(formats.FORMATS), suffix if suffix in formats.FORMATS else "md")
    chosen = formats.find(name)
    if out == "-" and not chosen.IS_TEXT and sys.stdout.isatty():
        raise UsageError(f"{name} is no text for a terminal; name a file with -o journal{chosen.SUFFIX}.")
    # What leaves is chosen among all entries as they are now, not as the index last saw them.
    session.index.look_at_all()
    wanted = choosing.wanted(session)
    numbers = choosing.in_order(session, choosing.chosen(session, of=wanted).numbers, newest_first=False)
    door = Door(include_private)
    leaving = door.pass_on(filter(wanted.wants, session.index.entries(numbers)))
    data = formats.chunks(name, leaving, session.library.packs if name != "md" else {}, session.note)
    outfile.deliver(session, data, out, force)
    _say_what_stayed(session, door.said())


def _say_what_stayed(session: Session, said: str) -> None:
    session.note(f"Left out: {said}." if said else "Nothing was left out.")
    session.note("Names of people are as you wrote them: nothing is replaced in an export.")
