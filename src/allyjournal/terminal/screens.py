"""What the commands show, as pages: lists, an entry, a review, where you are today."""

from collections.abc import Sequence
from datetime import date, timedelta

from allyjournal.dates import show_day, show_period, show_short
from allyjournal.journal.entry import SHOWN_ID, Entry
from allyjournal.journal.search import Hit
from allyjournal.practice.commitments import Promised, is_open, is_overdue
from allyjournal.practice.review import Review
from allyjournal.practice.sessions import Brought
from allyjournal.practice.then_and_now import Then
from allyjournal.terminal.page import Page, both_ends
from allyjournal.terminal.safe import safe, safe_line

BAR, BAR_UNIT, MOST_BAR = "█", 4, 30
MOST_DAYS, BEGINNING = 31, 70
_KINDS = {
    "reflection": "Reflection",
    "exercise": "Exercise",
    "note": "Note",
    "review": "Review",
    "feedback": "Feedback",
}


def title_of(entry: Entry) -> str:
    """What a list shows of an entry: its title, never its words."""
    return " ".join((entry.title or _KINDS.get(entry.kind, "Entry")).split())


def list_page(entries: Sequence[Entry], with_text: bool = False) -> Page:
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
        if with_text:
            page.row(("dim", f"    {beginning(entry)}"))
    return page


def beginning(entry: Entry) -> str:
    """The first words of an entry, without the prompt."""
    text = entry.answers[0].text if entry.answers else entry.body
    words = " ".join(text.split())
    return words if len(words) <= BEGINNING else f"{words[:BEGINNING]}…"


def search_page(hits: Sequence[Hit]) -> Page:
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
    answered: Entry | None,
    due: Sequence[Promised],
    width: int,
    drafts: Sequence[str],
    waiting: Sequence[Entry] = (),
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
        _commitments(page, due, today)
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
        _commitments(page, found.commitments, today)
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


def review_page(review: Review, rhythm: str, width: int, bars: bool) -> Page:
    """A period on one screen. With `bars`, counts are drawn as well as said."""
    page = Page()
    page.row(*both_ends(("title", show_period(review.period)), rhythm, width))
    entries, days = counted(len(review.entries), "entry", "entries"), counted(review.days, "day", "days")
    page.row(f"{entries} on {days}, {counted(review.words, 'word', 'words')}")
    _days(page, review)
    _practices(page, review, width, bars)
    _names(page, "Tags", "#", review.tags)
    _names(page, "People", "@", review.people)
    if review.starred:
        page.row("")
        page.row(("title", "Starred"))
        for entry in review.starred:
            page.row(f"  {entry.date.isoformat()}  ", ("mark", safe_line(entry.selector)), f"  {title_of(entry)}")
    _promised(page, review)
    _recognition(page, review)
    return page


def counted(count: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`."""
    return f"{count} {one if count == 1 else many}"


def _days(page: Page, review: Review) -> None:
    first, last = review.period.first, review.period.last
    page.row("")
    if first is None or last is None or (last - first).days >= MOST_DAYS:
        return
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        written = [entry for entry in review.entries if entry.date == day]
        label = f"  {show_day(day)[:3]} {day.day:>2}  "
        if not written and day <= review.today:
            page.row(("dim", f"{label}-"))
        for entry in written:
            page.row(("dim", label), ("mark", safe_line(entry.selector)), f"  {title_of(entry)}")
            label = " " * len(label)
    page.row("")


def _practices(page: Page, review: Review, width: int, bars: bool) -> None:
    if not review.practices:
        return
    page.row(("title", "Practices"))
    column = max(len(title) for title in review.titles.values())
    most = max(review.practices.values())
    room = max(1, min(MOST_BAR, width - column - 10))
    for practice, count in review.practices.items():
        length = min(count * BAR_UNIT, -(-room * count // max(most, 1)))
        drawn = BAR * length + " " if bars and count else ""
        page.row(f"  {review.titles[practice].ljust(column)}  ", ("bar", drawn), str(count) if count else ("dim", "0"))
    if review.least and review.entries:
        first, *others = [review.titles[each] for each in review.least]
        named = f"{first} and {others[0]}" if len(others) == 1 else first
        more = f", and {len(others)} others" if len(others) > 1 else ""
        page.row(f"  Least attention: {named}{more}.")
        page.row(("dim", f"  `ally reflect --practice {review.least[0]}`"))


def _names(page: Page, heading: str, sign: str, counts: dict[str, int]) -> None:
    if counts:
        page.row("")
        page.row(("title", heading), "  ", ", ".join(f"{sign}{name} {count}" for name, count in counts.items()))


def _promised(page: Page, review: Review) -> None:
    if not review.promised:
        return
    late = review.commitments("overdue")
    left = len(review.commitments("open")) + len(late)
    said = [f"{left} open" + (f" ({len(late)} overdue)" if late else "")] if left else []
    said += [f"{len(found)} {status}" for status in ("kept", "dropped") if (found := review.commitments(status))]
    page.row("")
    page.row(("title", "Commitments"), "  ", ", ".join(said))
    _commitments(page, [*review.commitments("overdue"), *review.commitments("open")], review.today)
    for line in review.reach_said:
        page.row(f"  {line}")


def _recognition(page: Page, review: Review) -> None:
    """What others said, apart from what the writer says of themselves."""
    if review.recognition:
        page.row("")
        page.row(("title", "What others said"))
        for entry in review.recognition:
            page.row(f"  {entry.date.isoformat()}  ", ("mark", safe_line(entry.selector)), f"  {title_of(entry)}")


def _commitments(page: Page, found: Sequence[Promised], today: date) -> None:
    for each in found:
        due = each.commitment.due
        when = f"by {show_short(due)}" if due else "no day set"
        late = ("alert", ", overdue") if is_overdue(each, today) else ""
        page.row(f"  {each.commitment.text}  ", ("dim", f"({each.commitment.ref}, {when}"), late, ("dim", ")"))
