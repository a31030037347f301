"""Every form of a date that is promised, and a refusal of everything else."""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.dates import (
    UNDERSTOOD,
    UNDERSTOOD_FORWARD,
    WEEKDAYS,
    Period,
    before,
    month_of,
    name_period,
    parse_day,
    parse_due,
    parse_period,
    quarter_of,
    show_day,
    show_period,
    week_of,
    writers_day,
    year_of,
)
from allyjournal.errors import UsageError
from tests import strategies

TODAY = date(2026, 11, 21)  # a Saturday


def days(first: str, last: str | None = None) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-11-21", days("2026-11-21")),
        ("2024-02-29", days("2024-02-29")),
        ("0001-01-01", days("0001-01-01")),
        ("9999-12-31", days("9999-12-31")),
        ("2026-W47", days("2026-11-16", "2026-11-22")),
        ("2026-w47", days("2026-11-16", "2026-11-22")),
        ("2026-W01", days("2025-12-29", "2026-01-04")),
        ("2026-W53", days("2026-12-28", "2027-01-03")),
        ("2026-11", days("2026-11-01", "2026-11-30")),
        ("2026-12", days("2026-12-01", "2026-12-31")),
        ("2024-02", days("2024-02-01", "2024-02-29")),
        ("2026", days("2026-01-01", "2026-12-31")),
        ("today", days("2026-11-21")),
        ("TODAY", days("2026-11-21")),
        ("  Today ", days("2026-11-21")),
        ("yesterday", days("2026-11-20")),
        ("saturday", days("2026-11-21")),
        ("friday", days("2026-11-20")),
        ("sunday", days("2026-11-15")),
        ("monday", days("2026-11-16")),
        ("last saturday", days("2026-11-14")),
        ("last friday", days("2026-11-20")),
        ("Last  Monday", days("2026-11-16")),
        ("0 days ago", days("2026-11-21")),
        ("1 day ago", days("2026-11-20")),
        ("3 days ago", days("2026-11-18")),
        ("2 weeks ago", days("2026-11-07")),
        ("1 week ago", days("2026-11-14")),
        ("this week", days("2026-11-16", "2026-11-22")),
        ("last week", days("2026-11-09", "2026-11-15")),
        ("this month", days("2026-11-01", "2026-11-30")),
        ("last month", days("2026-10-01", "2026-10-31")),
        ("this quarter", days("2026-10-01", "2026-12-31")),
        ("last quarter", days("2026-07-01", "2026-09-30")),
        ("2026-Q1", days("2026-01-01", "2026-03-31")),
        ("2024-q4", days("2024-10-01", "2024-12-31")),
        ("this year", days("2026-01-01", "2026-12-31")),
        ("last year", days("2025-01-01", "2025-12-31")),
    ],
)
def test_what_looks_back(text: str, wanted: Period) -> None:
    assert parse_period(text, TODAY) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-11-26", "2026-11-26"),
        ("2020-01-01", "2020-01-01"),
        ("today", "2026-11-21"),
        ("tomorrow", "2026-11-22"),
        ("Friday", "2026-11-27"),
        ("sunday", "2026-11-22"),
        ("saturday", "2026-11-28"),
        ("next saturday", "2026-11-28"),
        ("next monday", "2026-11-23"),
        ("in 1 day", "2026-11-22"),
        ("in 3 days", "2026-11-24"),
        ("in 2 weeks", "2026-12-05"),
        ("in 0 days", "2026-11-21"),
    ],
)
def test_what_looks_forward(text: str, wanted: str) -> None:
    assert parse_due(text, TODAY) == date.fromisoformat(wanted)


NONSENSE = [
    "", " ", "1", "12", "123", "12345", "may", "may 5", "11", "12:30", "12:30:45", "2026-13", "2026-00", "2026-W54",
    "2026-W00", "2025-W53", "2026-W5", "2026-W471", "2026W47", "2026-02-30", "2026-2-3", "26-11-21", "20261121",
    "0000", "0000-00-00", "2026-11-21T10:00", "2026-11-21 10:00", "2026-11-2１", "２０２６", "２０２６-１１-２１",
    "2026-W4٧",
    "²²²²", "२०२६", "99999", "9" * 5000, "-2026", "+2026", "2026-", "-", "--", "now", "noon", "someday", "week",
    "month", "year", "next week", "this monday", "last", "this", "last last friday", "last today", "fri", "Freitag",
    "hoy", "1 day", "days ago", "a day ago", "-1 days ago", "1.5 days ago", "1e3 days ago", "٣ days ago",
    "99999 days ago", "40001 days ago", "999999999999999999999 weeks ago", "3 months ago", "3 days  ago ago",
    "3 daysago", "3 days before", "today; rm -rf", "today or never", "todayy", "to day", "2026-11-21/2026-11-22",
    "2026-11..2026-12", "\x00", "\x1b[2J", "to\u200bday", "\u202etoday", "\ufefftoday", "[red]today", "%s", "{0}",
    "../..", "None", "null", "True",
]  # fmt: skip


@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: repr(text[:20]))
def test_what_is_no_date_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_period(text, TODAY)
    assert UNDERSTOOD in str(caught.value) and len(str(caught.value)) < 300
    with pytest.raises(UsageError) as caught:
        parse_due(text, TODAY)
    assert UNDERSTOOD_FORWARD in str(caught.value)


@pytest.mark.parametrize("text", ["5/6/2026", "05/06/26", "5 / 6 / 2026", "25/12/2026", "2026/11/21", "1/1/1"])
@pytest.mark.parametrize("read", [parse_period, parse_due], ids=["back", "forward"])
def test_a_day_with_slashes_could_be_two(text: str, read: Callable[[str, date], object]) -> None:
    with pytest.raises(UsageError, match=r"could mean two days; write it as 2026-11-21"):
        read(text, TODAY)


@pytest.mark.parametrize("text", ["tomorrow", "in 3 days", "next monday", "in 2 weeks"])
def test_a_filter_does_not_look_forward(text: str) -> None:
    with pytest.raises(UsageError):
        parse_period(text, TODAY)


@pytest.mark.parametrize("text", ["yesterday", "last friday", "3 days ago", "2026-W47", "2026-11", "this week", "2026"])
def test_a_due_day_does_not_look_back_and_is_one_day(text: str) -> None:
    with pytest.raises(UsageError):
        parse_due(text, TODAY)


@pytest.mark.parametrize("text", ["2026-W47", "2026-11", "2026", "this week", "last month"])
def test_where_one_day_is_wanted_a_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="more than one day"):
        parse_day(text, TODAY)
    assert parse_day("2026-11-20", TODAY) == date(2026, 11, 20)


@pytest.mark.parametrize("start", range(7))
def test_the_week_s_start_moves_week_and_never_an_iso_week(start: int) -> None:
    week, last = parse_period("this week", TODAY, start), parse_period("last week", TODAY, start)
    assert week.first is not None and last.last is not None
    assert week.first.weekday() == start and TODAY in week
    assert last.last == week.first - timedelta(days=1)
    assert parse_period("2026-W47", TODAY, start) == days("2026-11-16", "2026-11-22")
    assert parse_period("monday", TODAY, start) == days("2026-11-16")


@pytest.mark.parametrize(
    ("moment", "day_ends", "wanted"),
    [
        ("2026-11-21T02:59:59+01:00", 180, "2026-11-20"),
        ("2026-11-21T03:00:00+01:00", 180, "2026-11-21"),
        ("2026-11-21T00:00:00+01:00", 0, "2026-11-21"),
        ("2026-01-01T01:00:00+14:00", 180, "2025-12-31"),
        ("2026-03-01T02:00:00-12:00", 180, "2026-02-28"),
        ("2026-11-21T11:58:00+00:00", 719, "2026-11-20"),
    ],
)
def test_until_the_day_ends_it_is_still_yesterday(moment: str, day_ends: int, wanted: str) -> None:
    assert writers_day(datetime.fromisoformat(moment), day_ends) == date.fromisoformat(wanted)


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"]


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(ZONES), st.booleans())
def test_the_writer_s_day_follows_the_clock_on_the_wall_also_when_it_is_changed(
    wall: datetime, zone: str, second_time: bool
) -> None:
    wall = wall.replace(year=1950 + wall.year % 150, day=min(wall.day, 28))
    moment = wall.replace(tzinfo=ZoneInfo(zone), fold=int(second_time))
    fixed = moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
    wanted = wall.date() - timedelta(days=wall.hour < 3)
    assert writers_day(moment) == writers_day(fixed) == wanted


@given(st.dates(), st.integers(0, 6))
def test_a_week_has_seven_days_around_its_day(day: date, start: int) -> None:
    if date.min + timedelta(days=7) < day < date.max - timedelta(days=7):
        week = week_of(day, start)
        assert week.first and week.last and day in week
        assert (week.last - week.first).days == 6 and week.first.weekday() == start


@given(st.dates(max_value=date(9999, 11, 30)))
def test_a_month_and_a_year_begin_and_end_where_they_should(day: date) -> None:
    month, year = month_of(day), year_of(day)
    assert day in month and day in year
    assert month.first and month.last and (month.first.day, (month.last + timedelta(days=1)).day) == (1, 1)
    assert year == Period(date(day.year, 1, 1), date(day.year, 12, 31))


@given(st.dates())
def test_an_iso_day_reads_as_itself(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day == parse_due(day.isoformat(), TODAY)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000), st.sampled_from(["days", "weeks"]))
def test_counting_back_and_forward_meet(today: date, count: int, unit: str) -> None:
    try:
        then = parse_day(f"{count} {unit} ago", today)
    except UsageError:
        assert unit == "weeks", "only what lies before the first day of all is refused"
        return
    assert parse_due(f"in {count} {unit}", then) == today


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_nearest_in_its_direction(today: date, name: str) -> None:
    back, last, due = parse_day(name, today), parse_day(f"last {name}", today), parse_due(name, today)
    assert {day.weekday() for day in (back, last, due)} == {WEEKDAYS.index(name)}
    assert 0 <= (today - back).days < 7 and 0 < (today - last).days <= 7 and 0 < (due - today).days <= 7
    assert parse_due(f"next {name}", today) == due


# fmt: off
_WORDS = ["last", "this", "next", "in", "ago", "days", "day", "weeks", "week", "month", "year", "today", "friday", "3",
          "0", "2026", "11", "21", "W47", "-", "/", "2026-11-21", "99999"]
# fmt: on
_TEXTS = st.one_of(
    st.text(),
    strategies.lines(),
    st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=5).map("".join),
)


@given(_TEXTS, st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_any_text_is_a_period_or_refused(text: str, today: date, start: int) -> None:
    begun = time.monotonic()
    for read in (
        lambda: parse_period(text, today, start),
        lambda: parse_due(text, today),
        lambda: parse_day(text, today),
    ):
        try:
            found = read()
        except UsageError as error:
            assert len(str(error)) < 300
            continue
        assert isinstance(found, Period | date)
        if isinstance(found, Period):
            assert found.first is not None and found.last is not None and found.first <= found.last
    assert time.monotonic() - begun < 1


def test_four_thousand_strings_near_a_date_are_never_guessed_at() -> None:
    """A form that is understood is understood exactly: one character off is refused or is another valid form."""
    dice = random.Random(7)
    forms = ["2026-11-21", "2026-W47", "2026-11", "last friday", "3 days ago", "this month", "yesterday"]
    alphabet = "0123456789-W/ abcdefghijklmnopqrstuvwxyz.,:²٣"
    for _ in range(4000):
        text = list(dice.choice(forms))
        place = dice.randrange(len(text))
        text[place : place + dice.randint(0, 1)] = dice.choice(alphabet) if dice.random() < 0.7 else ""
        try:
            found = parse_period("".join(text), TODAY)
        except UsageError:
            continue
        said = " ".join("".join(text).split())
        numbers = [int(part) for part in said.replace("W", "").replace("w", "").split("-") if part.isdecimal()]
        if said[:4].isdecimal() and "ago" not in said:
            assert found.first is not None and found.first.year in (numbers[0], numbers[0] - 1)
        else:
            assert set(said.casefold().split()) <= {*WEEKDAYS, "last", "this", "week", "month", "year", "today",
                                                    "yesterday", "ago", "day", "days", "weeks",
                                                    *(str(number) for number in range(100))}  # fmt: skip


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        (Period(), "all days"),
        (days("2026-11-21"), "Sat 21 Nov 2026"),
        (days("2026-11-16", "2026-11-22"), "Mon 16 – Sun 22 Nov 2026"),
        (days("2026-11-30", "2026-12-06"), "Mon 30 Nov – Sun 6 Dec 2026"),
        (days("2026-12-28", "2027-01-03"), "Mon 28 Dec 2026 – Sun 3 Jan 2027"),
        (Period(date(2026, 11, 21), None), "from Sat 21 Nov 2026"),
        (Period(None, date(2026, 11, 21)), "until Sat 21 Nov 2026"),
    ],
)
def test_periods_are_shown_as_people_say_them(period: Period, wanted: str) -> None:
    assert show_period(period) == wanted
    assert show_day(TODAY) == "Saturday 21 November"


@pytest.mark.parametrize(
    ("text", "wanted", "name"),
    [
        ("2026-W47", days("2026-11-09", "2026-11-15"), "16-22 November 2026"),
        ("2026-W40", days("2026-09-21", "2026-09-27"), "28 September - 4 October 2026"),
        ("2026-W53", days("2026-12-21", "2026-12-27"), "28 December 2026 - 3 January 2027"),
        ("2026-03", days("2026-02-01", "2026-02-28"), "March 2026"),
        ("2026-Q1", days("2025-10-01", "2025-12-31"), "January to March 2026"),
        ("2024", days("2023-01-01", "2023-12-31"), "2024"),
        ("2026-11-21", days("2026-11-20"), "21 November 2026"),
        ("0001-01-01", None, "1 January 1"),
        ("0001-01-03", days("0001-01-02"), "3 January 1"),
    ],
)
def test_a_period_has_one_before_it_and_a_name(text: str, wanted: Period | None, name: str) -> None:
    period = parse_period(text, TODAY)
    assert before(period) == wanted
    assert name_period(period) == name


def test_a_period_without_ends_has_none_before_it() -> None:
    assert before(Period(None, TODAY)) is None and before(Period(TODAY, None)) is None
    assert before(Period(date(1, 1, 2), date(1, 1, 9))) == days("0001-01-01")
    assert name_period(Period()) == "all days"


@pytest.mark.parametrize("text", ["2026-Q0", "2026-Q5", "2026-Q", "26-Q1", "0000-Q1", "Q4", "2026-Q1-1"])
def test_a_quarter_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_period(text, TODAY)


@given(st.dates(min_value=date(1, 2, 1)))
def test_a_quarter_has_three_months_and_the_day_in_it(day: date) -> None:
    quarter = quarter_of(day)
    assert day in quarter and quarter.first is not None and quarter.last is not None
    assert (quarter.last.month - quarter.first.month, quarter.first.day, quarter.last.month % 3) == (2, 1, 0)
    assert month_of(quarter.last).last == quarter.last
