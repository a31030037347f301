"""Taking away and taking back: `delete`, `restore`, `trash`, `purge`, `undo` and `history`."""

import difflib
import sys
from contextlib import suppress
from typing import Annotated

import typer

from allyjournal import files
from allyjournal.cli import choosing, completing
from allyjournal.cli.choosing import Selectors
from allyjournal.cli.session import Session, session_of
from allyjournal.dates import parse_day, show_short
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal.entry import Entry
from allyjournal.journal.history import History
from allyjournal.terminal import screens
from allyjournal.terminal.page import Page


def delete(ctx: typer.Context, selectors: Selectors) -> None:
    """Move entries to the trash; `ally restore` brings them back."""
    session = session_of(ctx)
    entries = choosing.named(session, selectors)
    History(session.journal, session.now).trash(f"delete {choosing.names(entries)}", [entry.path for entry in entries])
    if session.json:
        session.show_json(choosing.records(session, entries))
        return
    for entry in entries:
        sys.stdout.write(f"In the trash: {entry.selector}, {screens.title_of(entry)}, {entry.date.isoformat()}\n")
    session.note("`ally undo` brings back what was deleted last, `ally restore ENTRY` any other.")


def restore(ctx: typer.Context, selectors: Selectors) -> None:
    """Bring entries back from the trash."""
    session = session_of(ctx)
    trashed = session.journal.trashed()
    entries = [trashed[-1] if each == "last" and trashed else _in_trash(session, each) for each in selectors]
    places = History(session.journal, session.now).restore(
        f"restore {choosing.names(entries)}", [entry.path for entry in entries]
    )
    if session.json:
        session.show_json(choosing.records(session, [session.journal.read(each) for each in places]))
        return
    for entry, place in zip(entries, places, strict=True):
        sys.stdout.write(f"Restored {entry.selector} · {place}\n")


def trash(ctx: typer.Context) -> None:
    """List what is in the trash. It stays until it is purged."""
    session = session_of(ctx)
    entries = session.journal.trashed()[::-1]
    if session.json:
        session.show_json(choosing.records(session, entries))
    elif entries:
        session.show(screens.list_page(entries))
    else:
        sys.stdout.write("The trash is empty.\n")


def undo(ctx: typer.Context) -> None:
    """Undo the last change, also when it touched many entries. Once more undoes the one before."""
    session = session_of(ctx)
    operation = History(session.journal, session.now).undo()
    day = show_short(operation.moment.astimezone(session.now.tzinfo).date())
    count = len(operation.edits) + len(operation.moves)
    if session.json:
        session.show_json({"undone": operation.command, "moment": operation.moment.isoformat(), "files": count})
        return
    sys.stdout.write(f"Undone: {operation.command}, {day}, {count} {'entry' if count == 1 else 'entries'}\n")


def history(
    ctx: typer.Context, selector: Annotated[str, typer.Argument(metavar="ENTRY", autocompletion=completing.entries)]
) -> None:
    """Show how an entry changed: each version that is kept, as a difference from the one before."""
    session = session_of(ctx)
    entry = session.find(selector)
    versions = History(session.journal, session.now).versions(entry)
    if session.json:
        session.show_json([{"moment": each.moment.isoformat(), "path": str(each.path)} for each in versions])
        return
    page = Page()
    texts = [files.read_bytes(each.path).decode("utf-8", "replace").splitlines() for each in versions]
    for number, (version, text) in enumerate(zip(versions, texts, strict=True)):
        moment = version.moment.astimezone(session.now.tzinfo)
        page.row(("title", f"{show_short(moment.date())}, {moment:%H:%M}"), "" if number else "  as it was first kept")
        for line in list(difflib.unified_diff(texts[number - 1] if number else text, text, lineterm="", n=1))[2:]:
            page.row(("mark" if line[:1] in "+-" else "dim", f"  {line}"))
    if not versions:
        page.row(f"{entry.selector} is as it was written.")
    session.show(page)


def purge(
    ctx: typer.Context, selector: Annotated[str, typer.Argument(metavar="ENTRY", autocompletion=completing.entries)]
) -> None:
    """Remove an entry for good, with every version of it. Asks you to type its id."""
    session = session_of(ctx)
    if not session.can_ask:
        if session.given.get("no_input"):
            raise UsageError("`ally purge` asks you to type the entry's id; leave out --no-input.")
        raise UsageError("`ally purge` asks you to type the entry's id, and needs a terminal for that.")
    try:
        entry = _in_trash(session, selector)
    except AllyError:
        entry = choosing.named(session, [selector])[0]
    session.terminal.say(
        f"{entry.selector}, {screens.title_of(entry)}, {entry.date.isoformat()}, and all its versions will be gone.\n"
        "ally cannot remove it from backups, from a git history, from other devices, or from what you exported."
    )
    if session.terminal.line(f"Type {entry.selector} to purge it: ").strip() != entry.selector:
        raise AllyError("Nothing was purged.")
    History(session.journal, session.now).purge(entry)
    session.index.remove()
    sys.stdout.write(f"Purged {entry.selector}\n")


def _in_trash(session: Session, selector: str) -> Entry:
    """The one entry in the trash with this start of its id, this path, or this day."""
    trashed = session.journal.trashed()
    found = [
        entry
        for entry in trashed
        if entry.path.removeprefix(".trash/") == selector or (entry.id or "").startswith(selector.casefold())
    ]
    if not found:
        with suppress(UsageError):
            day = parse_day(selector, session.today)
            found = [entry for entry in trashed if entry.date == day]
    if len(found) != 1 or not selector:
        many = f"{len(found)} entries in the trash are named" if found else "Nothing in the trash is named"
        raise AllyError(f'{many} "{selector[:40]}"; `ally trash` lists it.')
    return found[0]
