"""What the commands show, as pages: lists, an entry, where you are today."""

from collections.abc import Iterable, Sequence
from datetime import date

from allyjournal.dates import show_day, show_short
from allyjournal.journal.card import Known
from allyjournal.journal.entry import SHOWN_ID, Entry
from allyjournal.journal.search import Hit
from allyjournal.practice.commitments import Promised, is_open, is_overdue
from allyjournal.practice.sessions import Brought
from allyjournal.practice.then_and_now import Then
from allyjournal.terminal.page import Page, both_ends
from allyjournal.terminal.safe import safe, safe_line

BEGINNING = 70
_KINDS = {
    "reflection": "Reflection",
    "exercise": "Exercise",
    "note": "Note",
    "review": "Review",
    "feedback": "Feedback",
}


def title_of(entry: Known) -> str:
    """What a list shows of an entry: its title, never its words."""
    return " ".join((entry.title or _KINDS.get(entry.kind, "Entry")).split())


def list_page(entries: Sequence[Known], with_text: bool = False) -> Page:
    """One line an entry: day, what names it, title; with `with_text` how it begins, too."""
    page = Page()
    for entry in entries:
        marks = [
            mark
            for mark, holds in (
                ("starred", entry.starred),
                ("private", entry.private),
                ("for your coach", entry.for_coach),
                ("others' words", entry.voice == "others"),
                ("unfinished", bool(entry.next_step)),
            )
            if holds
        ]
        page.row(
            ("dim", entry.date.isoformat()),
            "  ",
            ("mark", entry.selector if entry.id else "-" * SHOWN_ID),
            f"  {title_of(entry)}",
            ("dim", f"  ({', '.join(marks)})" if marks else ""),
            ("dim", "" if entry.id else f"  {safe_line(entry.path)}"),
        )
        if with_text and isinstance(entry, Entry):
            page.row(("dim", f"    {beginning(entry)}"))
    return page


def beginning(entry: Entry) -> str:
    """The first words of an entry, without the prompt."""
    text = entry.answers[0].text if entry.answers else entry.body
    words = " ".join(text.split())
    return words if len(words) <= BEGINNING else f"{words[:BEGINNING]}…"


def search_page(hits: Iterable[Hit]) -> Page:
    """For each entry that fits a line as in the list, and the piece of its text."""
    page = Page()
    for hit in hits:
        page.rows += list_page([hit.entry]).rows
        page.row("    ", hit.before, ("title", hit.match), hit.after)
    return page


def entry_page(entry: Entry) -> Page:
    """One entry: when, what, where it lies, and its words."""
    page = Page()
    page.row(("title", f"{show_day(entry.date)} {entry.date.year} · {title_of(entry)}"))
    voiced = entry.voice == "others"
    shown = (
        ("starred", entry.starred),
        ("private", entry.private),
        ("for your coach", entry.for_coach),
        ("what others said", voiced),
    )
    marks = [mark for mark, holds in shown if holds]
    page.row(("dim", safe_line(" · ".join(dict.fromkeys([entry.selector, *marks, entry.path])))))
    if entry.next_step:
        page.row(("mark", f"Unfinished; `ally do {entry.exercise}` goes on with it."))
    page.row("")
    page.rows += [[("title" if line.startswith("## ") else "", line)] for line in safe(entry.body).split("\n")]
    return page


def home_page(
    today: date,
    rhythm: str,
    title: str,
    text: str,
    answered: Known | None,
    due: Sequence[Promised],
    width: int,
    drafts: Sequence[str],
    waiting: Sequence[Known] = (),
) -> Page:
    """Where you are: today's prompt, what is due, this week's rhythm."""
    page = Page()
    page.row(*both_ends(("title", f"{show_day(today)} · {title}"), rhythm, width))
    page.row("")
    page.row(text)
    page.row("")
    if answered:
        page.row(("dim", f"Answered: {safe_line(answered.selector)}. `ally reflect --another` asks one more."))
    else:
        page.row(("dim", "`ally reflect` to answer it."))
    for command in dict.fromkeys(drafts):
        page.row(("mark", f"A draft waits; `{command}` goes on with it."))
    if waiting:
        others = f" ({len(waiting) - 1} more)" if len(waiting) > 1 else ""
        page.row(("mark", f"Set out before: {title_of(waiting[-1])}{others}. `ally after` says what came of it."))
    if due:
        page.row("")
        page.row(("title", "Due"))
        commitment_rows(page, due, today)
        page.row(("dim", "  `ally reflect` asks what became of them; `ally commitments done REF` closes one."))
    return page


def commitments_page(found: Sequence[Promised], today: date) -> Page:
    """Commitments, two lines each: the words, then what names it, its day, its reach, and what came of it."""
    page = Page()
    for each in found:
        commitment, due = each.commitment, each.commitment.due
        page.row(commitment.text or "(no words)")
        day = f"by {show_short(due)}" if due else "no day set"
        closed = f"{commitment.status} {show_short(commitment.closed)}" if commitment.closed else commitment.status
        said = [day] if is_open(each) else [closed]
        said += [commitment.reach] if commitment.reach else []
        late = ("alert", "  overdue") if is_overdue(each, today) else ""
        where = safe_line(f"  {', '.join(said)}  (in {each.entry.selector}, {each.entry.date.isoformat()})")
        page.row("  ", ("mark", safe_line(commitment.ref)), ("dim", where), late)
        for outcome in commitment.outcomes:
            page.row(("dim", "    "), outcome)
    return page


def brought_page(found: Brought, today: date) -> Page:
    """What a session draws in: open commitments, and what is starred or marked since the last one."""
    page = Page()
    if found.commitments:
        page.row(("title", "Open commitments"))
        commitment_rows(page, found.commitments, today)
        page.row("")
    if found.entries:
        since = f" since {show_short(found.since)}" if found.since else ""
        page.row(("title", f"Starred and marked{since}"))
        page.rows += list_page(found.entries).rows
        page.row("")
    return page


def then_page(answers: Sequence[Then]) -> Page:
    """Answers to one prompt, each below its day; the prompt stands above where its words change."""
    page, asked = Page(), ""
    for each in answers:
        if each.answer.asked != asked:
            asked = each.answer.asked
            page.row(("title", asked))
            page.row("")
        page.row(("dim", f"{show_day(each.entry.date)} {each.entry.date.year}  "), ("mark", each.entry.selector))
        for line in each.answer.text.split("\n"):
            page.row(f"  {line}" if line else "")
        page.row("")
    return page


def counted(count: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`."""
    return f"{count} {one if count == 1 else many}"


def commitment_rows(page: Page, found: Sequence[Promised], today: date) -> None:
    """A row for each commitment: its words, what names it, and its day."""
    for each in found:
        due = each.commitment.due
        when = f"by {show_short(due)}" if due else "no day set"
        late = ("alert", ", overdue") if is_overdue(each, today) else ""
        page.row(f"  {each.commitment.text}  ", ("dim", f"({each.commitment.ref}, {when}"), late, ("dim", ")"))
