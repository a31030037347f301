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
    put(out, data, force)
    session.note(f"Written to {out}.")


def put(out: str, data: files.Data, force: bool) -> None:
    """Write `data` into the file `out`, durably, 0600.

    Raises UsageError for a folder, NotWritten, and Refused where the file exists and `force` is not given.
    """
    named = expanded(out)
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
