"""An agenda as a page, in lines that read well aloud too."""

from collections.abc import Sequence

from allyjournal.dates import show_day, show_short
from allyjournal.practice import charts
from allyjournal.practice.agenda import Agenda, shown
from allyjournal.practice.commitments import Promised, is_overdue
from allyjournal.practice.review import Found, named
from allyjournal.practice.review_words import begins, due_said
from allyjournal.terminal.page import Page
from allyjournal.terminal.safe import safe_line
from allyjournal.terminal.screens import list_page


def agenda_page(found: Agenda) -> Page:
    """What a session draws in, on one screen."""
    page = Page()
    page.row(("title", f"Agenda · {show_day(found.today)} {found.today.year}"))
    last = f"Since the last session, on {show_short(found.since)}" if found.since else "No session was held yet"
    page.row(("dim", f"{last}."))
    closed, entries, others = shown(found)
    _commitments(page, "Open commitments", found.open, found)
    _commitments(page, "Kept and dropped since then" if found.since else "Kept and dropped", closed, found)
    if entries:
        _heading(page, "Starred and marked")
        for each in entries:
            page.rows += [[("", "  "), *row] for row in list_page([each]).rows]
            if words := begins(each):
                page.row(("dim", f"    {words}"))
    if others:
        page.row(("dim", f"  Not shown: {others}."))
    _themes(page, "Practices", "", found.practices)
    _themes(page, "Tags", "#", found.tags)
    _heading(page, found.asked)
    if found.question:
        name = safe_line(found.question.entry.selector)
        for line in found.question.answer.text.split("\n"):
            page.row(f"  {line}" if line else "")
        page.row(("dim", "  ("), ("mark", name), ("dim", f", {show_short(found.question.entry.date)})"))
    else:
        page.row(f"  {'_' * 36}")
        page.row(("dim", "  `ally do session-preparation` asks it"))
    return page


def _heading(page: Page, text: str) -> None:
    page.row("")
    page.row(("title", text))


def _commitments(page: Page, heading: str, found: Sequence[Promised], about: Agenda) -> None:
    if not found:
        return
    _heading(page, heading)
    for each in found:
        page.row(f"  {each.commitment.text}  ", ("mark", safe_line(each.commitment.ref)))
        private = ", private" if each.entry.private else ""
        late = ("alert", ", overdue") if is_overdue(each, about.today) else ""
        page.row(("dim", f"    {_became(each)}"), late, ("dim", private))
        for outcome in each.commitment.outcomes:
            page.row(f"    {outcome}")


def _became(each: Promised) -> str:
    closed = each.commitment.closed
    said = f"{each.commitment.status} {show_short(closed)}" if closed else due_said(each)
    return f"{said}, {each.commitment.reach}" if each.commitment.reach else said


def _themes(page: Page, heading: str, sign: str, found: Found) -> None:
    if found:
        _heading(page, heading)
        for name, entries in found.items():
            ids = charts.named(map(safe_line, named(entries)))
            page.row(f"  {sign}{name}: {charts.counted(len(entries), 'entry', 'entries')}  ", ("mark", ids))
