"""Looking back: what a review counts, what it says of commitments, and what it never says."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allyjournal.dates import Period, month_of, quarter_of, week_of, year_of
from allyjournal.journal.body import count_words
from allyjournal.journal.entry import Entry
from allyjournal.practice import over_time
from allyjournal.practice.commitments import due, is_open, is_overdue, promised
from allyjournal.practice.material import Frame, figures_id, material_of
from allyjournal.practice.review import Review
from allyjournal.practice.review import review as look_back
from allyjournal.practice.review_record import to_json
from allyjournal.practice.review_words import written_said
from allyjournal.sharing.formats.review_markdown import figures, render
from tests import strategies
from tests.support import SATURDAY, Home

TODAY = date(2026, 11, 21)
WEEK = week_of(TODAY)
TITLES = {"p": "Practice P", "q": "Practice Q", "r": "Practice R"}


def entry(day: date = TODAY, **changed: Any) -> Entry:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(Entry(id=None, date=day, created=moment, path="entries/x.md"), **changed)


def review(
    entries: list[Entry], period: Period, today: date, titles: dict[str, str], stages: dict[str, str] | None = None
) -> Review:
    return look_back(material_of(entries, period, today), Frame(period, today, titles, {}, stages or {}))


def test_an_empty_week_has_nothing_and_blames_nobody() -> None:
    found = review([], WEEK, TODAY, TITLES)
    assert (found.days, found.words, found.starred, found.promised) == (0, 0, [], ())
    assert found.practices == {"p": 0, "q": 0, "r": 0}
    assert found.least == [], "with nothing written no practice got least"


def test_the_practice_that_got_least_is_named_and_all_of_those_that_did() -> None:
    found = review([entry(practices=("p",)), entry(practices=("p", "q"))], WEEK, TODAY, TITLES)
    assert found.practices == {"p": 2, "q": 1, "r": 0}
    assert found.least == ["r"]
    assert review([entry(practices=("p",))], WEEK, TODAY, TITLES).least == ["q", "r"]
    assert review([entry(practices=("p", "q", "r"))], WEEK, TODAY, TITLES).least == []


def test_a_practice_of_another_pack_is_counted_by_its_id() -> None:
    found = review([entry(practices=("mine",))], WEEK, TODAY, TITLES)
    assert found.practices["mine"] == 1 and found.frame.titles["mine"] == "mine"
    assert list(found.practices) == ["p", "q", "r", "mine"]


def test_days_words_tags_people_and_stars_are_those_of_the_period() -> None:
    entries = [
        entry(date(2026, 11, 15), body="Not in this week. #old"),
        entry(
            date(2026, 11, 16),
            body="## What was it?\n\nThree words here #b @sam",
            asked=("What was it?",),
            starred=True,
        ),
        entry(date(2026, 11, 16), body="#a #b @priya", tags=("c",)),
        entry(date(2026, 11, 22), body="one"),
        entry(date(2026, 11, 23), body="Too late."),
    ]
    found = review(entries, WEEK, TODAY, TITLES)
    assert (len(found.entries), found.days, found.words) == (3, 2, 9)
    assert found.tags == {"b": 2, "a": 1, "c": 1} and found.people == {"priya": 1, "sam": 1}
    assert list(found.tags) == ["b", "a", "c"], "most first, then by name"
    assert [each.date for each in found.starred] == [date(2026, 11, 16)]


COMMITMENTS = """\
- [ ] Later [due:: 2026-11-26] [id:: later1]
- [ ] Today [due:: 2026-11-21] [id:: today1]
- [ ] Missed [due:: 2026-11-20] [id:: missed]
- [ ] Some day [id:: noday1]
- [x] Done [due:: 2026-11-20] [id:: kept01] [completion:: 2026-11-20]
- [-] Not now [due:: 2026-11-20] [id:: drop01] [cancelled:: 2026-11-20]
- [ ] Reached [due:: 2026-11-30] [id:: reach1] [reach:: structure]
- [ ] No commitment
"""


def test_commitments_are_open_overdue_kept_or_dropped() -> None:
    found = review([entry(body=COMMITMENTS)], WEEK, TODAY, TITLES)
    refs = {status: [each.commitment.ref for each in found.commitments(status)]
            for status in ("open", "overdue", "kept", "dropped")}  # fmt: skip
    assert refs == {
        "open": ["later1", "today1", "noday1", "reach1"],
        "overdue": ["missed"],
        "kept": ["kept01"],
        "dropped": ["drop01"],
    }
    said = to_json(found)
    assert said["commitments"] == {"made": 7, "kept": 1, "dropped": 1, "open": 5, "overdue": 1}
    assert said["reach"] == {"structure": 1}


def test_what_is_due_has_come_and_the_oldest_is_first() -> None:
    entries = [entry(body=COMMITMENTS), entry(body="- [ ] Older [due:: 2026-01-01] [id:: older1]")]
    assert [each.commitment.ref for each in due(entries, TODAY)] == ["older1", "missed", "today1"]
    assert due(entries, date(2025, 1, 1)) == []


@given(
    st.dates(date(2026, 11, 1), date(2026, 12, 1)),
    st.sampled_from(" xX-/"),
    st.dates(date(2026, 11, 1), date(2026, 12, 1)),
)
def test_a_commitment_is_overdue_from_the_day_after_and_only_while_it_is_open(
    day: date, mark: str, today: date
) -> None:
    (found,) = promised([entry(body=f"- [{mark}] Ask [due:: {day.isoformat()}]")])
    assert is_open(found) == (mark in " /")
    assert is_overdue(found, today) == (mark in " /" and day < today)
    assert bool(due([found.entry], today)) == (mark in " /" and day <= today)


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(strategies.entries(date=st.dates(date(2026, 11, 10), date(2026, 11, 30))), max_size=3))
def test_a_review_adds_up_whatever_was_written(entries: list[Entry]) -> None:
    found = review(entries, WEEK, TODAY, TITLES)
    within = [each for each in entries if each.date in WEEK]
    assert len(found.entries) == len(within)
    assert found.words == sum(count_words(each.body, each.asked) for each in within)
    counts = Counter(practice for each in within for practice in set(each.practices))
    assert {each: count for each, count in found.practices.items() if count} == dict(counts)
    by_status = [found.commitments(status) for status in ("open", "overdue", "kept", "dropped")]
    assert sum(map(len, by_status)) == len(found.promised)
    assert to_json(found)["days"] == len({each.date for each in within})
    assert render(found).endswith("\n")


def test_a_period_without_ends_takes_everything() -> None:
    found = review([entry(date(1999, 1, 1)), entry(date(2050, 1, 1))], Period(), TODAY, TITLES)
    assert len(found.entries) == 2
    assert (to_json(found)["from"], to_json(found)["to"]) == (None, None)


PROMPT = {"prompts": ("p.one",), "asked": ("What?",)}


def test_what_is_answered_is_counted_by_the_stage_of_its_prompt_and_unknown_ones_are_not() -> None:
    entries = [
        entry(prompts=("p.one", "p.two"), id="aaaa"),
        entry(prompts=("p.one", "gone"), id="bbbb"),
        entry(prompts=("p.one",), exercise="steps", id="cccc"),
    ]
    found = review(entries, WEEK, TODAY, TITLES, {"p.one": "what", "p.two": "now-what"})
    assert to_json(found)["stages"] == {"what": 2, "so-what": 0, "now-what": 1}
    assert to_json(found)["sources"]["stages"] == {"what": ["aaaa", "bbbb"], "so-what": [], "now-what": ["aaaa"]}


def test_then_and_now_are_the_first_and_the_newest_answer_to_one_prompt_when_they_lie_far_apart() -> None:
    def answer(day: date, text: str, **more: Any) -> Entry:
        return entry(day, body=f"## What?\n\n{text}", **(PROMPT | more))

    first, second = answer(date(2026, 1, 5), "A guess"), answer(date(2026, 10, 24), "Another")
    now = answer(date(2026, 11, 18), "I asked\nher.")
    found = to_json(review([first, second, now, entry()], WEEK, TODAY, TITLES))["then_and_now"]
    assert (found["then"]["text"], found["now"]["text"]) == ("A guess", "I asked\nher.")
    assert (found["then"]["date"], found["prompt"]) == ("2026-01-05", "p.one")
    assert review([second, now], WEEK, TODAY, TITLES).material.pair is None, "25 days are not far apart"
    step = answer(date(2026, 1, 5), "In an exercise", exercise="steps")
    assert review([step, now], WEEK, TODAY, TITLES).material.pair is None
    emptied = answer(date(2026, 1, 5), "")
    assert review([emptied, now], WEEK, TODAY, TITLES).material.pair is None


def test_the_period_before_is_set_beside_it_and_what_rose_is_named() -> None:
    before = [
        entry(date(2026, 11, 9), body="one two #a"),
        entry(date(2026, 11, 15), body="#b"),
        entry(date(2026, 11, 8)),
    ]
    within = [entry(body="#a #b"), entry(body="#a"), entry(body="#c")]
    found = to_json(review([*before, *within], WEEK, TODAY, TITLES))
    assert found["before"] == {"from": "2026-11-09", "to": "2026-11-15", "entries": 2, "days": 2, "words": 4}
    assert found["rising"] == {"a": {"count": 2, "before": 1}}
    assert to_json(review(within, WEEK, TODAY, TITLES))["rising"] == {}, "with nothing before, nothing rises"


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        (WEEK, ["2025-11-17"]),
        (Period(date(2026, 12, 29), date(2027, 1, 4)), ["2024-12-30", "2026-01-02"]),
        (month_of(TODAY), ["2020-11-21"]),
        (month_of(date(2026, 10, 1)), []),
    ],
)
def test_earlier_years_are_those_of_the_same_days(period: Period, wanted: list[str]) -> None:
    days = ["2020-11-21", "2024-12-30", "2025-11-17", "2026-01-02", "2026-11-18", "2024-02-29"]
    days = [each for each in days if period != WEEK or each != "2020-11-21"]
    found = material_of([entry(date.fromisoformat(day)) for day in days], period, TODAY)
    assert [each.date.isoformat() for each in found.earlier_years] == wanted


def test_your_own_people_who_are_not_there_are_named() -> None:
    material = material_of([entry(body="@sam and @priya")], WEEK, TODAY)._replace(handles=["priya", "kofi"])
    assert look_back(material, Frame(WEEK, TODAY, TITLES)).absent == ["kofi"]


def test_a_kept_review_of_the_period_is_not_about_itself_and_its_figures_are_no_words_of_the_writer() -> None:
    kept = entry(prompts=(figures_id(WEEK),), body="many words of figures", asked=("The figures",))
    other = entry(prompts=(figures_id(month_of(TODAY)),), body="many words of figures", asked=("The figures",))
    found = review([kept, other, entry(body="two words")], WEEK, TODAY, TITLES)
    assert (len(found.entries), found.words) == (2, 2)


def test_over_time_counts_add_up_and_the_days_to_come_are_no_part_of_it() -> None:
    entries = [entry(date(2026, 10, day), practices=("p",)) for day in (1, 2, 30)] + [entry(practices=("p", "q"))]
    for period, unit, count in ((month_of(TODAY), "week", 4), (quarter_of(TODAY), "week", 8),
                                (year_of(TODAY), "month", 11), (Period(date(2020, 1, 1), TODAY), "year", 7),
                                (WEEK, "week", 0)):  # fmt: skip
        found = review(entries, period, TODAY, TITLES)
        by = over_time.steps(found)
        assert (by.unit, len(by.periods)) == (unit, count)
        if count:
            counts = over_time.practice_counts(found, by)
            assert {name: sum(each) for name, each in counts.items()} == found.practices
            assert len(by.names()) == count


@settings(max_examples=60)
@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 11, 21)), max_size=30), st.integers(0, 6), st.integers(6, 60))
def test_a_calendar_shows_each_day_once_in_as_many_parts_as_it_takes(days: set[date], start: int, most: int) -> None:
    period = year_of(TODAY)
    frame = Frame(period, TODAY, TITLES, week_start=start)
    found = look_back(material_of([entry(day) for day in sorted(days)], period, TODAY), frame)
    drawn = over_time.calendars(found, most)
    cells = [cell for each in drawn for _, row in each.rows for cell in row if cell is not None]
    assert (len(cells), sum(cells)) == (325, len(days))
    assert all(each.columns <= most for each in drawn)
    assert bool(days) == (written_said(found) is not None)


def test_days_in_words_join_runs_and_name_months_where_there_are_several() -> None:
    days = [date(2026, 11, day) for day in (2, 3, 5, 6, 7)]
    assert over_time.days_said(days, several_months=False) == "2-3, 5-7"
    assert over_time.days_said([*days, date(2026, 12, 1)], several_months=True) == "November 2-3, 5-7; December 1"
    assert over_time.days_said([date(2025, 1, 31), *days], True) == "January 2025 31; November 2026 2-3, 5-7"


def test_what_is_kept_of_a_review_is_figures_and_ids_and_no_words() -> None:
    body = f"{COMMITMENTS}\nSecret words #hiring @sam"
    found = review([entry(id="k7m2q9xr4t", body=body, starred=True, practices=("p",))], WEEK, TODAY, TITLES)
    kept = figures(found)
    assert "k7m2q9" in kept and "Practice P: 1" in kept and "hiring 1" in kept and "later1" in kept
    for word in ("Secret", "Later", "Missed", "#", "@", "- [", "%%"):
        assert word not in kept, word


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Home:
    """Five days of answers and a file made by hand."""
    home = Home(tmp_path_factory.mktemp("week"))
    shutil.copytree(warm_cache, home.folder / "cache")
    answers = [
        "I assume @priya can always stay late. #hiring",
        "Two words",
        "Three words #hiring/panel",
        "Four",
        "Five @sam",
    ]
    for number, text in enumerate(answers):
        home.ok("reflect", stdin=text, at=f"2026-11-{16 + number}T08:15:02+01:00")
    home.put("entries/2026/11/mine.md", f"---\ndate: 2026-11-17\nstarred: true\ntitle: By hand\n---\n\n{COMMITMENTS}")
    return home


@pytest.fixture
def week(written: Home, tmp_path: Path) -> Home:
    """A home with that week in it."""
    shutil.copytree(written.folder, tmp_path, dirs_exist_ok=True)
    return Home(tmp_path)


def test_the_week_on_one_screen(week: Home) -> None:
    said = week.run("review", at=SATURDAY)
    assert "Mon 16 – Sun 22 Nov 2026" in said.stdout + said.stderr
    ids = [each["id"][:6] for each in week.json("list", "--reverse", at=SATURDAY) if each["id"]]
    for part in ("6 entries on 5 days", f"Deep curiosity: 1 entry ({ids[0]})", f"#hiring: 1 entry ({ids[0]})",
                 f"#hiring/panel: 1 entry ({ids[2]})", f"@priya: 1 entry ({ids[0]})", f"@sam: 1 entry ({ids[4]})",
                 "Written on 5 of 6 days: 16-20", "By hand", "Starred", "1 overdue", "Missed",
                 "Least attention"):  # fmt: skip
        assert part in said.stdout, part
    assert "stay late" not in said.stdout, "a review has no words of the entries but commitments"
    assert len(said.stdout.splitlines()) <= 60


def test_the_same_review_as_json_markdown_and_text(week: Home) -> None:
    found = week.json("review", at=SATURDAY)
    assert (found["from"], found["to"], found["entries"], found["days"]) == ("2026-11-16", "2026-11-22", 6, 5)
    assert found["tags"] == {"hiring": 1, "hiring/panel": 1} and found["people"] == {"priya": 1, "sam": 1}
    assert found["starred"] == ["entries/2026/11/mine.md"]
    assert found["commitments"] == {"made": 7, "kept": 1, "dropped": 1, "open": 5, "overdue": 1}
    assert list(found["practices"].values()) == [1, 1, 1, 1, 1, 0, 0]
    assert week.json("review", "--format", "json", at=SATURDAY) == found
    markdown = week.ok("review", "--format", "md", at=SATURDAY)
    assert markdown.startswith("# Mon 16 – Sun 22 Nov 2026\n") and "| Deep curiosity | 1 | " in markdown


@pytest.mark.parametrize(
    ("words", "first", "last", "count"),
    [
        ([], "2026-11-16", "2026-11-22", 6),
        (["week"], "2026-11-16", "2026-11-22", 6),
        (["month"], "2026-11-01", "2026-11-30", 6),
        (["year"], "2026-01-01", "2026-12-31", 6),
        (["2026-W47"], "2026-11-16", "2026-11-22", 6),
        (["2026-11"], "2026-11-01", "2026-11-30", 6),
        (["quarter"], "2026-10-01", "2026-12-31", 6),
        (["2026-Q3"], "2026-07-01", "2026-09-30", 0),
        (["2026"], "2026-01-01", "2026-12-31", 6),
        (["last week"], "2026-11-09", "2026-11-15", 0),
        (["2026-11-17"], "2026-11-17", "2026-11-17", 2),
        (["yesterday"], "2026-11-20", "2026-11-20", 1),
        (["--from", "2026-11-18"], "2026-11-18", None, 3),
        (["--to", "2026-11-17"], None, "2026-11-17", 3),
        (["--from", "tuesday", "--to", "wednesday"], "2026-11-17", "2026-11-18", 3),
    ],
)
def test_any_period_can_be_reviewed(
    week: Home, words: list[str], first: str | None, last: str | None, count: int
) -> None:
    found = week.json("review", *words, at=SATURDAY)
    assert (found["from"], found["to"], found["entries"]) == (first, last, count)


@pytest.mark.parametrize(
    "words",
    [
        ["fortnight"],
        ["5/6/2026"],
        [""],
        ["week", "--from", "2026"],
        ["--from", "2027", "--to", "2026"],
        ["--format", "pdf"],
    ],
)
def test_a_period_that_is_not_understood_is_refused(week: Home, words: list[str]) -> None:
    done = week.run("review", *words, at=SATURDAY)
    assert (done.returncode, done.stdout) == (2, "")


def test_the_week_begins_where_the_config_says(week: Home) -> None:
    config = week.folder / "config/allyjournal/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('week-start = "sunday"\n')
    found = week.json("review", at=SATURDAY)
    assert (found["from"], found["to"]) == ("2026-11-15", "2026-11-21")
    assert week.json("review", "2026-W47", at=SATURDAY)["from"] == "2026-11-16"


def test_an_empty_review_is_done(home: Home) -> None:
    done = home.run("review", at=SATURDAY)
    assert done.returncode == 0 and "0 entries" in done.stdout and "Least" not in done.stdout
    assert not home.journal.exists(), "looking makes no journal"


def test_half_past_two_at_night_is_still_yesterday(home: Home) -> None:
    home.ok("note", stdin="Late.", at="2026-11-23T02:30:00+01:00")
    assert home.json("show", "last", at=SATURDAY)["date"] == "2026-11-22"
    assert home.json("review", at="2026-11-23T02:30:00+01:00")["entries"] == 1
    day_after = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=12)
    assert home.json("review", at=day_after.isoformat())["entries"] == 0
