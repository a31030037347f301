"""What coaches wrote, below the entry that it is about."""

from collections.abc import Iterable

from allyjournal.dates import show_short
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import as_said
from allyjournal.terminal.page import Page
from allyjournal.terminal.safe import safe, safe_line
from allyjournal.terminal.screens import title_of

INDENT = "    "


def add_feedback(page: Page, found: Iterable[Entry]) -> None:
    """Add feedback to the page of its entry: who and when, then the words, set in."""
    for each in found:
        page.row("")
        page.row(
            ("title", f"{INDENT}{title_of(each)}"),
            ("dim", safe_line(f"  {show_short(each.date)} · {each.selector}")),
        )
        for line in safe(as_said(each.body)).split("\n"):
            style = "dim" if line.startswith("## ") else ""
            page.rows.append([(style, f"{INDENT}{line}" if line else "")])
