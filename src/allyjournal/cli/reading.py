"""`ally list` and `ally show`: entries by filter, and entries by name."""

from typing import Annotated

import typer

from allyjournal.cli import choosing, completing, reaching
from allyjournal.cli.session import session_of
from allyjournal.journal.feedback import about
from allyjournal.terminal import screens
from allyjournal.terminal.feedback_screen import add_feedback


def list_entries(ctx: typer.Context) -> None:
    """List entries, the newest first: day, id and title, not their words (--json has those too)."""
    session = session_of(ctx)
    numbers = choosing.in_order(session, choosing.chosen(session).numbers, newest_first=True)
    if session.json:
        session.show_json(choosing.records(session, session.index.entries(numbers)))
    elif session.settings.config.list_text:
        session.show(screens.list_page(list(session.index.entries(numbers)), with_text=True))
    else:
        session.show(screens.list_page(session.index.cards(numbers)))


def show(
    ctx: typer.Context,
    selectors: Annotated[
        list[str],
        typer.Argument(
            metavar="ENTRY...",
            autocompletion=completing.entries,
            help="The start of its id, last, last~1, its day, or its path.",
        ),
    ],
) -> None:
    """Show one entry, or several."""
    session = session_of(ctx)
    entries = [session.find(each) for each in selectors]
    for entry in entries:
        if entry.readonly:
            session.note(f"{entry.path} is not UTF-8 text; what could not be read is shown as \ufffd.")
    written = reaching.feedback_on(session, entries)
    feedback = [about(entry, written) for entry in entries]
    if session.json:
        found = choosing.records(session, entries)
        for record, each in zip(found, feedback, strict=True):
            record["feedback"] = choosing.records(session, each)
        session.show_json(found if len(found) > 1 else found[0])
        return
    for number, (entry, each) in enumerate(zip(entries, feedback, strict=True)):
        shown = screens.entry_page(entry)
        add_feedback(shown, each)
        if number:
            shown.rows.insert(0, [])
        session.show(shown)
