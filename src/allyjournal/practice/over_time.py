"""A period in equal steps: its weeks, months or years, and how much falls on each; and its days as a calendar."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from allyjournal.dates import MONTHS, WEEKDAYS, Period, month_of, week_of, year_of
from allyjournal.practice.review import Review

# Up to half a year in weeks, up to three years in months.
MOST_WEEKS_DAYS, MOST_MONTHS_DAYS = 184, 3 * 366
# Up to a year a calendar has a column for each week, and for longer a row for each year.
MOST_CALENDAR_DAYS = 371


class Steps(NamedTuple):
    """The steps of a period, and what one is called: `week`, `month` or `year`."""

    unit: str
    periods: Sequence[Period]

    def counts(self, days: Iterable[date]) -> list[int]:
        """How many of `days` fall on each step."""
        found = Counter(days)
        return [sum(count for day, count in found.items() if day in each) for each in self.periods]

    def names(self) -> list[str]:
        """Each step in words: `16 Nov`, `November`, `2026`."""
        return [self._name(each.first) for each in self.periods if each.first]

    def _name(self, day: date) -> str:
        if self.unit == "year":
            return str(day.year)
        several = len({each.first.year for each in self.periods if each.first}) > 1
        name = MONTHS[day.month - 1] if self.unit == "month" else f"{day.day} {MONTHS[day.month - 1][:3]}"
        return f"{name} {day.year}" if several else name


class Calendar(NamedTuple):
    """Days, or months, as rows and columns: a label for each row, and its cells.

    A cell is how much was written on it, None where there is no such day or it is still to come. `heads` are the
    labels over the columns, each with the number of its column.
    """

    unit: str
    rows: Sequence[tuple[str, Sequence[int | None]]]
    heads: Sequence[tuple[int, str]]

    @property
    def columns(self) -> int:
        """How many there are."""
        return max((len(cells) for _, cells in self.rows), default=0)


def span(review: Review) -> tuple[date, date] | None:
    """First and last day that a review has something to show of: not the days to come; None for none."""
    days = [entry.date for entry in review.entries]
    first = review.period.first or min(days, default=None)
    last = review.period.last or max(days, default=None)
    if first is None or last is None:
        return None
    return (first, max(min(last, review.frame.today), max(days, default=first))) if first <= last else None


def steps(review: Review) -> Steps:
    """The steps of a review's period; none where it is shorter than a month, or nothing was written."""
    ends = span(review)
    if ends is None or not (review.is_long and review.entries):
        return Steps("week", ())
    length = ((review.period.last or ends[1]) - ends[0]).days
    if length <= MOST_WEEKS_DAYS:
        return Steps("week", _weeks(*ends, review.frame.week_start))
    return Steps("month", _runs(*ends, month=True)) if length <= MOST_MONTHS_DAYS else Steps("year", _runs(*ends))


def practice_counts(review: Review, by: Steps) -> dict[str, list[int]]:
    """For each practice, how many entries on each step."""
    return {each: by.counts(entry.date for entry in found) for each, found in review.practice_entries.items()}


def kept_counts(review: Review, by: Steps) -> list[int]:
    """How many commitments were kept on each step."""
    return by.counts(each.commitment.closed for each in review.commitments("kept") if each.commitment.closed)


def calendars(review: Review, most_columns: int) -> list[Calendar]:
    """The days of a review of a month or more, in calendars of at most `most_columns`; none for a shorter one."""
    ends = span(review)
    if ends is None or not review.is_long:
        return []
    written = Counter(entry.date for entry in review.entries)
    if (ends[1] - ends[0]).days > MOST_CALENDAR_DAYS:
        return [_years(written, ends)]
    weeks = _weeks(*ends, review.frame.week_start)
    blocks = -(-len(weeks) // max(1, most_columns))
    size = -(-len(weeks) // blocks)
    inside = Period(*ends)
    return [_days(written, weeks[at : at + size], inside) for at in range(0, len(weeks), size)]


def days_said(days: Iterable[date], several_months: bool) -> str:
    """Days in words, runs of them joined: `2, 3, 5-7`; with `several_months`, under their months."""
    by_month: dict[tuple[int, int], list[int]] = {}
    for day in sorted(set(days)):
        by_month.setdefault((day.year, day.month), []).append(day.day)
    said = {month: ", ".join(_run(found)) for month, found in by_month.items()}
    if not several_months:
        return "; ".join(said.values())
    years = len({year for year, _ in said}) > 1
    return "; ".join(f"{MONTHS[month - 1]}{f' {year}' if years else ''} {text}" for (year, month), text in said.items())


def _run(numbers: Sequence[int]) -> Iterator[str]:
    start = previous = numbers[0]
    for number in [*numbers[1:], 99]:
        if number != previous + 1:
            yield str(start) if start == previous else f"{start}-{previous}"
            start = number
        previous = number


def _weeks(first: date, last: date, week_start: int) -> list[Period]:
    found = []
    day = week_of(max(first, date.min + timedelta(days=7)), week_start).first
    while day is not None and day <= last:
        found.append(Period(day, day + timedelta(days=6)))
        day = day + timedelta(days=7) if day < date.max - timedelta(days=14) else None
    return found


def _runs(first: date, last: date, month: bool = False) -> list[Period]:
    """The months, or years, from that of `first` to that of `last`."""
    if not month:
        return [year_of(date(year, 1, 1)) for year in range(first.year, last.year + 1)]
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [month_of(date(number // 12, number % 12 + 1, 1)) for number in numbers]


def _days(written: Mapping[date, int], weeks: Sequence[Period], inside: Period) -> Calendar:
    """A column for each week, a row for each day of it."""
    firsts = [each.first for each in weeks if each.first]
    columns = [[first + timedelta(days=number) for number in range(7)] for first in firsts]
    rows = [
        (
            WEEKDAYS[column_days[0].weekday()][:3].capitalize(),
            [written.get(day, 0) if day in inside else None for day in column_days],
        )
        for column_days in zip(*columns, strict=True)
    ]
    heads = [
        (number, MONTHS[day.month - 1][:3])
        for number, column in enumerate(columns)
        for day in column
        if day in inside and (day.day == 1 or (number == 0 and day == max(column[0], inside.first or day)))
    ]
    return Calendar("day", rows, heads)


def _years(written: Mapping[date, int], ends: tuple[date, date]) -> Calendar:
    """A row for each year, a column for each month; a cell counts the days on which something was written."""
    found = Counter((day.year, day.month) for day in written)
    first, last = ((day.year, day.month) for day in ends)
    rows = []
    for year in range(ends[0].year, ends[1].year + 1):
        months = [(year, month) for month in range(1, 13)]
        rows.append((str(year), [found[each] if first <= each <= last else None for each in months]))
    return Calendar("month", rows, [(number, name[:1]) for number, name in enumerate(MONTHS)])
