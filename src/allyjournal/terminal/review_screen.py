"""A review as a page: drawn for a terminal, or in labelled lines that read well aloud and into a pipe."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TextIO

from allyjournal.dates import show_day, show_period, show_short
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import as_said
from allyjournal.practice import charts, over_time
from allyjournal.practice.review import STAGES, Review, figures_of, named, refs
from allyjournal.practice.review_words import (
    ANSWERS,
    COMMITMENTS,
    ENTRIES,
    commitments_said,
    earlier_said,
    feedback_said,
    figures_said,
    first_line,
    least_said,
    over_time_said,
    steps_said,
    written_said,
)
from allyjournal.terminal.figures import IDS_ROOM, Line, Look, figure_lines
from allyjournal.terminal.page import Page, both_ends, wrapped
from allyjournal.terminal.safe import safe_line
from allyjournal.terminal.screens import commitment_rows, title_of

BAR, ASCII_BAR, BAR_UNIT, MOST_BAR = "█", "#", 2, 8
# Columns of a calendar's cell where there is room.
WIDE = 2
MOST_DAYS, MOST_NAMES, MOST_OPEN, MOST_EARLIER = 31, 8, 10, 5


def ascii_only(stream: TextIO) -> bool:
    """Whether `stream` has no characters for shades and bars."""
    try:
        (charts.SHADES + charts.BARS).encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def for_reading(shown: Page, stream: TextIO) -> Page:
    """A page that is not drawn, its lines cut at words for the terminal that `stream` is: ids are read whole."""
    page = Page()
    for line in wrapped(shown.text(), stream).removesuffix("\n").split("\n"):
        page.row(line)
    return page


def review_page(review: Review, rhythm: str, look: Look) -> Page:
    """A period on one screen."""
    page = Page()
    title = show_period(review.period).replace("–", "-" if look.ascii_only else "–")
    page.row(*both_ends(("title", title), rhythm, look.width if look.draws else 0))
    page.row(figures_said(review.figures))
    _before(page, review)
    page.row("")
    _calendar(page, review, look)
    _days(page, review, look)
    _practices(page, review, look)
    _answers(page, review, look)
    _names(page, review, look)
    _entries(page, look, "Starred", review.starred)
    _promised(page, review, look)
    _entries(page, look, "What others said", review.recognition)
    _coaches(page, review, look)
    _earlier(page, review, look)
    return page


def _before(page: Page, review: Review) -> None:
    if review.material.before:
        page.row(("dim", f"Before that: {figures_said(figures_of(review.material.before))}"))


def _calendar(page: Page, review: Review, look: Look) -> None:
    """The days on which something was written: drawn from a month on; said where nothing is drawn."""
    written = written_said(review)
    if written is None or not (review.is_long or not look.draws):
        return
    ids = list(map(safe_line, named(review.entries)))
    if look.draws:
        for calendar in _drawn_calendars(review, look):
            _draw(page, calendar, look)
        unit = "day" if over_time.calendars(review, 1)[0].unit == "day" else "month"
        marks = "  ".join(f"{char} {said}" for _, char, said in charts.legend(unit, look.ascii_only))
        page.row(("dim", f"  {marks} {'a day' if unit == 'day' else 'days a month'}"))
        _figure(page, f"  Written on {written[0]}  ", ids, look)
    else:
        page.row(f"Written on {written[0]}: {written[1]} ({charts.named(ids)}).")
    page.row("")


def _drawn_calendars(review: Review, look: Look) -> list[over_time.Calendar]:
    """In one block of wide cells where there is room, else of narrow ones, in as many blocks as that takes."""
    room = look.width - charts.LABEL - 2
    wide = over_time.calendars(review, room // WIDE)
    return wide if len(wide) == 1 else over_time.calendars(review, room)


def _draw(page: Page, calendar: over_time.Calendar, look: Look) -> None:
    cell = WIDE if calendar.columns * WIDE <= look.width - charts.LABEL - 2 else 1
    page.row(("dim", f"  {charts.heads_of(calendar, cell)}"))
    for row in charts.rows_of(calendar, look.ascii_only):
        page.row(("dim", f"  {row.label}"), *((_heat(lit), char.ljust(cell)) for char, lit in row.cells))


def _heat(lit: int | None) -> str:
    return f"heat{lit}" if lit else "dim"


def _is_short(review: Review) -> bool:
    first, last = review.period.first, review.period.last
    return first is not None and last is not None and (last - first).days < MOST_DAYS


def _days(page: Page, review: Review, look: Look) -> None:
    """What was written, day by day, up to a month; days without an entry too where no calendar shows them."""
    first, last = review.period.first, review.period.last
    if first is None or last is None or not _is_short(review):
        return
    on = review.feedback_on
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        written = [entry for entry in review.entries if entry.date == day]
        label = f"  {show_day(day)[:3]} {day.day:>2}  "
        if not written and day <= review.frame.today and look.draws and not review.is_long:
            page.row(("dim", f"{label}-"))
        for entry in written:
            _entry(page, label, entry, look)
            label = label if not look.draws else " " * len(label)
            for each in on.get(entry.id or entry.path, ()):
                _feedback(page, " " * len(label), each, look)
    if review.entries or (look.draws and not review.is_long):
        page.row("")


def _practices(page: Page, review: Review, look: Look) -> None:
    if not review.practice_entries or not review.entries:
        return
    by = over_time.steps(review)
    counts = over_time.practice_counts(review, by)
    _heading(page, "Practices", steps_said(by) if look.draws else "", look)
    most = max((count for each in counts.values() for count in each), default=0)
    rows = []
    for practice, entries in review.practice_entries.items():
        drawn = charts.sparkline(counts[practice], most, look.ascii_only) if by.periods else _bar(len(entries), look)
        said = over_time_said(by, counts[practice])
        rows.append(Line(review.frame.titles[practice], len(entries), list(named(entries)), drawn, said))
    figure_lines(page, rows, ENTRIES, look)
    if least := least_said(review):
        page.row(f"  {least}")
        page.row(("dim", f"  `ally reflect --practice {review.least[0]}`"))


def _bar(count: int, look: Look) -> str:
    return (ASCII_BAR if look.ascii_only else BAR) * min(count * BAR_UNIT, MOST_BAR)


def _answers(page: Page, review: Review, look: Look) -> None:
    found = review.stage_answers
    if any(found.values()):
        page.row("")
        _heading(page, "Answers")
        rows = [Line(STAGES[stage], len(entries), list(named(entries))) for stage, entries in found.items()]
        figure_lines(page, rows, ANSWERS, look)


def _names(page: Page, review: Review, look: Look) -> None:
    """Tags, those that rose, people, and the writer's own people who are not there."""
    _most(page, review, "tags", review.tag_entries, look)
    if review.rising:
        page.row("")
        _heading(page, "More often than before")
        rows = [
            Line(f"#{tag} ({was} before)", review.tags[tag], list(named(review.tag_entries[tag])))
            for tag, was in review.rising.items()
        ]
        figure_lines(page, rows, ENTRIES, look)
    _most(page, review, "people", review.people_entries, look)
    if review.absent:
        if not review.people_entries:
            page.row("")
            _heading(page, "People")
        page.row(f"  On your list, and not in these days: {', '.join(f'@{each}' for each in review.absent)}.")


def _most(page: Page, review: Review, kind: str, found: dict[str, tuple[Known, ...]], look: Look) -> None:
    """Tags or people with their entries, the most first; of many, the command that lists them all."""
    if not found:
        return
    page.row("")
    _heading(page, kind.capitalize())
    sign = "#" if kind == "tags" else "@"
    every = [Line(f"{sign}{name}", len(entries), list(named(entries))) for name, entries in found.items()]
    most = MOST_NAMES if len(every) != MOST_NAMES + 1 else len(every)
    figure_lines(page, every[:most], ENTRIES, look)
    if every[most:]:
        ends = {"--from": review.period.first, "--to": review.period.last}
        options = "".join(f" {option} {day.isoformat()}" for option, day in ends.items() if day)
        page.row(("dim", f"  and {len(every) - most} more; `ally {kind}{options}` has them all"))


def _promised(page: Page, review: Review, look: Look) -> None:
    if not review.promised:
        return
    left = [*review.commitments("overdue"), *review.commitments("open")]
    page.row("")
    _heading(page, "Commitments", commitments_said(review), look)
    by = over_time.steps(review)
    kept = over_time.kept_counts(review, by)
    rows = [
        Line(each, len(found), list(refs(found))) for each in ("made", "dropped") if (found := review.commitments(each))
    ]
    if closed := review.commitments("kept"):
        drawn = charts.sparkline(kept, max(kept, default=0), look.ascii_only) if by.periods else ""
        rows.insert(
            min(1, len(review.commitments("made"))),
            Line("kept", len(closed), list(refs(closed)), drawn, over_time_said(by, kept)),
        )
    figure_lines(page, rows, COMMITMENTS, look)
    commitment_rows(page, left[:MOST_OPEN], review.frame.today)
    if left[MOST_OPEN:]:
        page.row(("dim", f"  and {len(left) - MOST_OPEN} more; `ally commitments` has them all"))
    reached = [f"{reach} {len(found)} ({charts.named(refs(found))})" for reach, found in review.reached.items()]
    for line in (f"Reach: {', '.join(reached)}." if reached else "", review.plainly):
        if line:
            page.row(f"  {line}")


def _earlier(page: Page, review: Review, look: Look) -> None:
    """The same days in earlier years, the latest first; and what was answered to one prompt then and now."""
    found = review.material.earlier_years[::-1]
    _entries(page, look, earlier_said(review), found[:MOST_EARLIER], len(found) - MOST_EARLIER)
    if review.material.pair:
        page.row("")
        _heading(page, "Then and now")
        page.row(f"  {safe_line(review.material.pair[1].answer.asked)}")
        for each in review.material.pair:
            day, name = show_short(each.entry.date), safe_line(each.entry.selector)
            page.row(("dim", f"  {day}  "), ("mark", name), f"  {safe_line(first_line(each.answer.text))}")


def _entries(page: Page, look: Look, heading: str, entries: Sequence[Known], more: int = 0) -> None:
    if entries:
        page.row("")
        _heading(page, heading)
        for entry in entries:
            _entry(page, f"  {entry.date.isoformat()}  ", entry, look)
        if more > 0:
            page.row(("dim", f"  and {more} more"))


def _entry(page: Page, label: str, entry: Known, look: Look) -> None:
    """An entry in a list; a title for which there is no room goes below."""
    name, title = safe_line(entry.selector), title_of(entry)
    if look.draws and charts.columns_of(f"{label}{name}  {title}") > look.width:
        page.row(("dim", label), ("mark", name))
        page.row(f"    {title}")
    else:
        page.row(("dim", label), ("mark", name), f"  {title}")


def _feedback(page: Page, label: str, entry: Entry, look: Look) -> None:
    """What a coach wrote: who, and how it begins; below, where there is no room beside."""
    name, title, said = safe_line(entry.selector), title_of(entry), safe_line(as_said(feedback_said(entry)))
    if look.draws and charts.columns_of(f"{label}{name}  {title}: {said}") > look.width:
        page.row(("dim", label), ("mark", name), f"  {title}")
        page.row(f"    {said}")
    else:
        page.row(("dim", label), ("mark", name), f"  {title}: {said}")


def _coaches(page: Page, review: Review, look: Look) -> None:
    """What coaches wrote, but for what stands below its entry."""
    found = review.other_feedback if _is_short(review) else review.material.feedback
    if found:
        page.row("")
        _heading(page, "What coaches wrote")
        for each in found:
            _feedback(page, f"  {each.date.isoformat()}  ", each, look)


def _figure(page: Page, label: str, ids: Sequence[str], look: Look) -> None:
    """A figure in words and its ids, beside it where there is room."""
    room = look.width - len(label)
    if room >= IDS_ROOM:
        page.row(label, ("mark", charts.named(ids, room)))
    else:
        page.row(label)
        page.row("    ", ("mark", charts.named(ids, look.width - 4)))


def _heading(page: Page, text: str, beside: str = "", look: Look | None = None) -> None:
    if look and look.draws and len(text) + 2 + len(beside) > look.width:
        page.row(("title", text))
        page.row("  ", ("dim", beside))
    else:
        page.row(("title", text), ("dim", f"  {beside}" if beside else ""))
