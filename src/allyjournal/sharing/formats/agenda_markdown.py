"""An agenda as Markdown, to print or to hand over."""

from collections.abc import Iterator, Sequence

from allyjournal.dates import show_day, show_short
from allyjournal.journal.card import Known
from allyjournal.practice.agenda import Agenda, shown
from allyjournal.practice.charts import named
from allyjournal.practice.commitments import Promised, is_overdue
from allyjournal.practice.review import Found
from allyjournal.practice.review import named as ids_of
from allyjournal.practice.review_words import begins, due_said, entry_said


def render(found: Agenda) -> str:
    """The page, as headings and lists; a line to fill where nothing was prepared."""
    last = f"Since the last session, on {show_short(found.since)}." if found.since else "No session was held yet."
    rows = [f"# Agenda · {show_day(found.today)} {found.today.year}", "", last]
    rows += _section("Open commitments", _commitments(found.open, found))
    closed, entries, others = shown(found)
    rows += _section("Kept and dropped", _commitments(closed, found))
    rows += _section("Starred and marked", (_entry(each) for each in entries))
    rows += ["", f"Not shown: {others}."] if others else []
    rows += _section("Practices", _themes("", found.practices))
    rows += _section("Tags", _themes("#", found.tags))
    answer = found.question.answer.text if found.question else "…"
    return "\n".join([*rows, "", f"## {found.asked}", "", answer.strip()]) + "\n"


def _section(title: str, rows: Iterator[str]) -> list[str]:
    found = list(rows)
    return ["", f"## {title}", "", *found] if found else []


def _entry(each: Known) -> str:
    words = begins(each)
    return f"- {entry_said(each)} ({each.selector})" + (f": {words}" if words else "")


def _commitments(found: Sequence[Promised], about: Agenda) -> Iterator[str]:
    for each in found:
        closed = each.commitment.closed
        said = f"{each.commitment.status} {show_short(closed)}" if closed else due_said(each)
        late = ", overdue" if is_overdue(each, about.today) else ""
        reach = f", {each.commitment.reach}" if each.commitment.reach else ""
        yield f"- {each.commitment.text} ({each.commitment.ref}, {said}{reach}{late})"
        yield from (f"  - {outcome}" for outcome in each.commitment.outcomes)


def _themes(sign: str, found: Found) -> Iterator[str]:
    return (f"- {sign}{name}: {len(entries)} ({named(ids_of(entries))})" for name, entries in found.items())
