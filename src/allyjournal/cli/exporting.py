"""`ally export`: entries for oneself, as one document."""

import os
from pathlib import Path
from typing import Annotated

import typer

from allyjournal import files
from allyjournal.cli import options
from allyjournal.cli.options import Session, session_of
from allyjournal.config import expanded
from allyjournal.errors import NotWritten, Refused, UsageError
from allyjournal.sharing import formats
from allyjournal.sharing.redaction import Leaving, leaving
from allyjournal.terminal import page


def export(
    ctx: typer.Context,
    form: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="md, json or jsonl.")] = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")] = "-",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    include_private: Annotated[bool, typer.Option("--include-private", help="Private entries too.")] = False,
) -> None:
    """Write entries down as one document, oldest first. Passages between %% and %% never leave."""
    session = session_of(ctx)
    suffix = Path(out).suffix.removeprefix(".")
    name = options.form(session, form, tuple(formats.FORMATS), suffix if suffix in formats.FORMATS else "md")
    render = formats.find(name).render
    entries = options.limited(session, options.chosen(session), newest_first=False)
    left = leaving(entries, include_private)
    data = render(left.entries, session.library.packs if name != "md" else {})
    if out == "-":
        page.write_data(data)
    else:
        _to_file(expanded(out), data, force)
    _say_what_stayed(session, left)


def _to_file(named: Path, data: bytes, force: bool) -> None:
    path = Path(os.path.realpath(named))
    if path.is_dir():
        raise UsageError(f"{named} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise NotWritten(f"{named.parent} is not a folder; make it first.")
    if force and path.is_file():
        files.replace(path, data)
        return
    try:
        files.write_new(path, data)
    except FileExistsError:
        raise Refused(
            f"{named} exists; nothing was written. Name another file, or add --force to overwrite it."
        ) from None


def _say_what_stayed(session: Session, left: Leaving) -> None:
    session.note(f"Left out: {left.said()}." if left.said() else "Nothing was left out.")
    session.note("Names of people are as you wrote them: nothing is replaced in an export.")
