"""What a review says of its figures in words, the same on the screen, in Markdown and on a page."""

from collections.abc import Sequence

from allyjournal.dates import show_day, show_short
from allyjournal.journal.body import without_tasks
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.practice import over_time
from allyjournal.practice.charts import counted
from allyjournal.practice.commitments import Promised
from allyjournal.practice.review import Figures, Review

ENTRIES, COMMITMENTS, ANSWERS = ("entry", "entries"), ("commitment", "commitments"), ("answer", "answers")
FIRST_LINE = 100


def figures_said(found: Figures) -> str:
    """`5 entries on 4 days, 86 words`."""
    count, days, words = found
    return f"{counted(count, *ENTRIES)} on {counted(days, 'day', 'days')}, {counted(words, 'word', 'words')}"


def written_said(review: Review) -> tuple[str, str] | None:
    """On how many of its days something was written, and on which; None where nothing was.

    The days are those that have come. Of more than two years it says how many days in each.
    """
    days = {entry.date for entry in review.entries}
    ends = over_time.span(review)
    if ends is None or not days:
        return None
    of = f"{len(days):,} of {counted((ends[1] - ends[0]).days + 1, 'day', 'days')}"
    years = sorted({day.year for day in days})
    if len(years) > 2:
        return of, ", ".join(f"{sum(day.year == year for day in days)} in {year}" for year in years)
    first, last = review.period.first, review.period.last
    is_of_a_month = first is not None and last is not None and (first.year, first.month) == (last.year, last.month)
    return of, over_time.days_said(days, not is_of_a_month)


def over_time_said(by: over_time.Steps, counts: Sequence[int]) -> str:
    """`By month: 2 in January, 3 in March.`, for whoever does not see the bars; empty for none."""
    where = "from" if by.unit == "week" else "in"
    found = [f"{count} {where} {name}" for count, name in zip(counts, by.names(), strict=True) if count]
    return f"By {by.unit}: {', '.join(found)}." if found else ""


def steps_said(by: over_time.Steps) -> str:
    """What the bars beside each other are: `a mark for each week, from 2 Nov on`; empty where there are none."""
    return f"a mark for each {by.unit}, from {by.names()[0]} on" if by.periods else ""


def least_said(review: Review) -> str:
    """Which practice got least attention, and how many others; empty where none did, or nothing was written."""
    if not review.least or not review.entries:
        return ""
    first, *others = [review.frame.titles[each] for each in review.least]
    also = f"{first} and {others[0]}" if len(others) == 1 else first
    return f"Least attention: {also}{f', and {len(others)} others' if len(others) > 1 else ''}."


def commitments_said(review: Review) -> str:
    """`3 open (1 overdue), 2 kept`."""
    late, left = len(review.commitments("overdue")), len(review.commitments("open"))
    said = [f"{left + late} open" + (f" ({late} overdue)" if late else "")] if left + late else []
    said += [f"{len(found)} {status}" for status in ("kept", "dropped") if (found := review.commitments(status))]
    return ", ".join(said)


def due_said(each: Promised) -> str:
    """`by Thu 26 Nov 2026`, or that no day is set."""
    return f"by {show_short(each.commitment.due)}" if each.commitment.due else "no day set"


def earlier_said(review: Review) -> str:
    """The heading over what was written in earlier years."""
    return f"In earlier years, on {'this day' if review.is_long else 'these days'}"


def entry_said(entry: Known) -> str:
    """An entry in a list: its day and its title."""
    title = " ".join(entry.title.split()) or entry.kind.capitalize()
    return f"{show_day(entry.date)} {entry.date.year} · {title}"


def begins(entry: Known) -> str:
    """How the writer's words in an entry begin; "" for a card, which has none."""
    if not isinstance(entry, Entry):
        return ""
    return first_line(next((each.text for each in entry.answers if each.text), "") or without_tasks(entry.body))


def feedback_said(entry: Entry) -> str:
    """How a coach's words begin, without the prompt that they are about."""
    lines = [line for line in entry.body.split("\n") if line.strip() and not line.startswith("## ")]
    return first_line("\n".join(lines))


def first_line(text: str) -> str:
    """The first line of an answer, or how it begins."""
    line = " ".join(text.strip().split("\n")[0].split())
    return line if len(line) <= FIRST_LINE else f"{line[:FIRST_LINE].rstrip()}…"
