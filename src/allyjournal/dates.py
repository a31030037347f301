"""Days and periods, and the words people say them in. What is not understood is refused, never guessed."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from allyjournal.errors import UsageError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
UNDERSTOOD = (
    "Understood: 2026-11-21, 2026-W47, 2026-11, 2026-Q4, 2026, today, yesterday, monday, last friday, "
    "3 days ago, 2 weeks ago, this week, last month, last quarter, last year"
)
UNDERSTOOD_FORWARD = "Understood: 2026-11-26, today, tomorrow, friday, next monday, in 3 days, in 2 weeks"


class Period(NamedTuple):
    """The days from `first` to `last`, both included; None leaves that end open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (self.first or day) <= day <= (self.last or day)


def now() -> datetime:
    """This moment in the machine's own time zone. Asked once, in `cli`, and passed on."""
    return datetime.now(UTC).astimezone()


def writers_day(moment: datetime, day_ends: int = 3 * 60) -> date:
    """The day that `moment` counts to: until `day_ends` (minutes after midnight) it is still yesterday's."""
    return (moment - timedelta(minutes=day_ends)).date()


def parse_period(text: str, today: date, week_start: int = 0) -> Period:
    """Read `text` as a period that looks back from `today`. `week_start` is 0 for Monday to 6.

    Raises UsageError for anything not in UNDERSTOOD.
    """
    words = " ".join(text.casefold().split())
    try:
        period = (
            _numeric_period(words)
            or _named_period(words, today, week_start)
            or _single_day(_backward_day(words, today))
        )
    except (ValueError, OverflowError):
        period = None
    if period is None:
        raise UsageError(_not_understood(text, UNDERSTOOD))
    return period


def parse_day(text: str, today: date) -> date:
    """Read `text` as one day that looks back from `today`. Raises UsageError, also for a longer period."""
    period = parse_period(text, today)
    if period.first is None or period.first != period.last:
        raise UsageError(f"{_quoted(text)} is more than one day; name a single day, such as 2026-11-21.")
    return period.first


def parse_due(text: str, today: date) -> date:
    """Read `text` as one day that looks forward from `today`. Raises UsageError."""
    words = " ".join(text.casefold().split())
    period = _numeric_period(words)
    try:
        day = period.first if period and period.first == period.last else _forward_day(words, today)
    except OverflowError:
        day = None
    if day is None:
        raise UsageError(_not_understood(text, UNDERSTOOD_FORWARD))
    return day


def week_of(day: date, week_start: int = 0) -> Period:
    """The seven days around `day`, beginning on `week_start` (0 is Monday)."""
    first = day - timedelta(days=(day.weekday() - week_start) % 7)
    return Period(first, first + timedelta(days=6))


def month_of(day: date) -> Period:
    """The calendar month of `day`."""
    last = day.replace(day=31) if day.month == 12 else day.replace(month=day.month + 1, day=1) - timedelta(days=1)
    return Period(day.replace(day=1), last)


def quarter_of(day: date) -> Period:
    """The three calendar months of `day`: from January, April, July or October on."""
    first = (day.month - 1) // 3 * 3 + 1
    return Period(day.replace(month=first, day=1), month_of(day.replace(month=first + 2, day=1)).last)


def year_of(day: date) -> Period:
    """The calendar year of `day`."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def before(period: Period) -> Period | None:
    """The period before this one: the month before a month, the quarter, the year; else as many days.

    None where `period` has an open end, or nothing lies before it.
    """
    first, last = period.first, period.last
    if first is None or last is None or first == date.min:
        return None
    day = first - timedelta(days=1)
    for whole in (month_of, quarter_of, year_of):
        if period == whole(first):
            return whole(day)
    length = (last - first).days
    return Period(day - timedelta(days=min(length, day.toordinal() - 1)), day)


def show_day(day: date) -> str:
    """A day as people say it: `Saturday 21 November`."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1]}"


def show_period(period: Period) -> str:
    """A period as people say it: `Mon 16 – Sun 22 Nov 2026`; `all days` when it has no ends."""
    first, last = period.first, period.last
    if first is None and last is None:
        return "all days"
    if first is None or last is None:
        return f"from {show_short(first)}" if first else f"until {show_short(last or date.max)}"
    if first == last:
        return show_short(first)
    left = show_short(first)
    if first.year == last.year:
        left = left.rsplit(" ", 1)[0] if first.month != last.month else left.rsplit(" ", 2)[0]
    return f"{left} – {show_short(last)}"


def name_period(period: Period) -> str:
    """A period as a title names it: `November 2026`, `2026`, `16-22 November 2026`; `all days` without ends."""
    first, last = period.first, period.last
    if first is None or last is None:
        return show_period(period)
    if period == year_of(first):
        return str(first.year)
    if period == month_of(first):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if period == quarter_of(first):
        return f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {last.year}"
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year} - {end}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} - {end}"
    return f"{first.day}-{end}"


def show_short(day: date) -> str:
    """A day in little room: `Sat 21 Nov 2026`."""
    return f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _quoted(text: str) -> str:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return f'"{shown}"'


def _not_understood(text: str, understood: str) -> str:
    parts = text.split("/")
    if len(parts) == 3 and all(part.strip().isdigit() for part in parts):
        return f"{_quoted(text)} could mean two days; write it as 2026-11-21."
    return f"{_quoted(text)} is not a date. {understood}."


def _digits(text: str, *lengths: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) in lengths


def _numeric_period(words: str) -> Period | None:
    parts = words.split("-")
    try:
        if len(parts) == 3 and _digits(parts[0], 4) and _digits(parts[1], 2) and _digits(parts[2], 2):
            return _single_day(date(int(parts[0]), int(parts[1]), int(parts[2])))
        if len(parts) == 2 and _digits(parts[0], 4) and parts[1][:1] == "w" and _digits(parts[1][1:], 2):
            return week_of(date.fromisocalendar(int(parts[0]), int(parts[1][1:]), 1))
        if len(parts) == 2 and _digits(parts[0], 4) and parts[1] in ("q1", "q2", "q3", "q4"):
            return quarter_of(date(int(parts[0]), 3 * int(parts[1][1]), 1))
        if len(parts) == 2 and _digits(parts[0], 4) and _digits(parts[1], 2):
            return month_of(date(int(parts[0]), int(parts[1]), 1))
        if len(parts) == 1 and _digits(words, 4):
            return year_of(date(int(words), 1, 1))
    except (ValueError, OverflowError):
        return None
    return None


def _named_period(words: str, today: date, week_start: int) -> Period | None:
    which, _, unit = words.rpartition(" ")
    if which not in ("this", "last") or unit not in ("week", "month", "quarter", "year"):
        return None
    if unit == "week":
        return week_of(today - timedelta(days=7 * (which == "last")), week_start)
    this = {"month": month_of, "quarter": quarter_of, "year": year_of}[unit](today)
    return this if which == "this" else before(this)


def _single_day(day: date | None) -> Period | None:
    return None if day is None else Period(day, day)


def _count(word: str, most: int = 40_000) -> int | None:
    return int(word) if _digits(word, 1, 2, 3, 4, 5) and int(word) <= most else None


def _backward_day(words: str, today: date) -> date | None:
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    name = words.removeprefix("last ")
    if name in WEEKDAYS:
        days = (today.weekday() - WEEKDAYS.index(name)) % 7
        return today - timedelta(days=days or (7 if name != words else 0))
    parts = words.split(" ")
    if len(parts) == 3 and parts[2] == "ago":
        return _shifted(today, parts[0], parts[1], -1)
    return None


def _forward_day(words: str, today: date) -> date | None:
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    name = words.removeprefix("next ")
    if name in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(name) - today.weekday()) % 7 or 7)
    parts = words.split(" ")
    if len(parts) == 3 and parts[0] == "in":
        return _shifted(today, parts[1], parts[2], 1)
    return None


def _shifted(today: date, number: str, unit: str, direction: int) -> date | None:
    count = _count(number)
    days = {"day": 1, "days": 1, "week": 7, "weeks": 7}.get(unit)
    if count is None or days is None:
        return None
    try:
        return today + timedelta(days=direction * count * days)
    except OverflowError:
        return None
