"""`ally export`: entries for oneself, as one document."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from allyjournal.cli import choosing, options, outfile
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import UsageError
from allyjournal.sharing import formats
from allyjournal.sharing.redaction import Leaving, leaving
from allyjournal.terminal import page


def export(
    ctx: typer.Context,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="md, json, jsonl, html, pdf or docx.")
    ] = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")] = "-",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    include_private: Annotated[bool, typer.Option("--include-private", help="Private entries too.")] = False,
) -> None:
    """Write entries down as one document, oldest first. Passages between %% and %% never leave."""
    session = session_of(ctx)
    suffix = Path(out).suffix.removeprefix(".")
    name = options.form(session, form, tuple(formats.FORMATS), suffix if suffix in formats.FORMATS else "md")
    chosen = formats.find(name)
    if out == "-" and not chosen.IS_TEXT and sys.stdout.isatty():
        raise UsageError(f"{name} is no text for a terminal; name a file with -o journal{chosen.SUFFIX}.")
    entries = choosing.limited(session, choosing.chosen(session), newest_first=False)
    left = leaving(entries, include_private)
    data = chosen.render(left.entries, session.library.packs if name != "md" else {}, session.note)
    if out == "-":
        page.write_data(data)
    else:
        outfile.put(out, data, force)
        session.note(f"Written to {out}.")
    _say_what_stayed(session, left)


def _say_what_stayed(session: Session, left: Leaving) -> None:
    session.note(f"Left out: {left.said()}." if left.said() else "Nothing was left out.")
    session.note("Names of people are as you wrote them: nothing is replaced in an export.")
