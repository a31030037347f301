"""A document into a file that the person names: never over another one unless they say so."""

import os
from pathlib import Path
from typing import Annotated

import typer

from allyjournal import files
from allyjournal.cli.session import Session
from allyjournal.config import expanded
from allyjournal.errors import NotWritten, Refused, UsageError
from allyjournal.terminal import page

Out = Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")]
IncludePrivate = Annotated[
    bool, typer.Option("--include-private", help="Private entries too, where it leaves the screen.")
]


def deliver(session: Session, data: files.Data, out: str, force: bool) -> None:
    """Give a document to standard output, or to the file that is named. Raises as `put`."""
    if out == "-":
        page.write_data(data)
        return
    put(session, out, data, force)
    session.note(f"Written to {out}.")


def place(session: Session, out: str) -> Path:
    """Where `out` is, links followed.

    Raises UsageError for a folder, NotWritten where there is none to write in, and Refused in the journal: what is
    written from it would be read as a part of it, or stand in place of one.
    """
    named = expanded(out)
    path = Path(os.path.realpath(named))
    if path.is_dir():
        raise UsageError(f"{named} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise NotWritten(f"{named.parent} is not a folder; make it first.")
    if path.is_relative_to(os.path.realpath(session.journal.root)):
        raise Refused(f"{named} lies in your journal; nothing was written. Name a file outside it.")
    return path


def put(session: Session, out: str, data: files.Data, force: bool) -> None:
    """Write `data` into the file `out`, durably, 0600.

    Raises as `place`; NotWritten, and Refused where the file exists and `force` is not given.
    """
    named, path = expanded(out), place(session, out)
    if force and path.is_file():
        files.replace(path, data)
        return
    try:
        files.write_new(path, data)
    except FileExistsError:
        raise Refused(
            f"{named} exists; nothing was written. Name another file, or add --force to overwrite it."
        ) from None
