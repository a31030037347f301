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

from allyjournal.dates import Period, week_of
from allyjournal.journal.body import count_words
from allyjournal.journal.entry import Entry
from allyjournal.practice.commitments import due, is_open, is_overdue, promised
from allyjournal.practice.review import review, to_json
from allyjournal.sharing.formats.markdown import render_review
from tests import strategies
from tests.support import SATURDAY, Home

TODAY = date(2026, 11, 21)
WEEK = week_of(TODAY)
TITLES = {"p": "Practice P", "q": "Practice Q", "r": "Practice R"}


def entry(day: date = TODAY, **changed: Any) -> Entry:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(Entry(id=None, date=day, created=moment, path="entries/x.md"), **changed)


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
    assert found.practices["mine"] == 1 and found.titles["mine"] == "mine"
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
    counts = Counter(practice for each in within for practice in each.practices)
    assert {each: count for each, count in found.practices.items() if count} == dict(counts)
    by_status = [found.commitments(status) for status in ("open", "overdue", "kept", "dropped")]
    assert sum(map(len, by_status)) == len(found.promised)
    assert to_json(found)["days"] == len({each.date for each in within})
    assert render_review(found).endswith("\n")


def test_a_period_without_ends_takes_everything() -> None:
    found = review([entry(date(1999, 1, 1)), entry(date(2050, 1, 1))], Period(), TODAY, TITLES)
    assert len(found.entries) == 2
    assert (to_json(found)["from"], to_json(found)["to"]) == (None, None)


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
    for part in ("6 entries on 5 days", "Deep curiosity", "#hiring 1", "#hiring/panel 1", "@priya 1", "@sam 1",
                 "By hand", "Starred", "1 overdue", "Missed", "Least attention"):  # fmt: skip
        assert part in said.stdout, part
    assert "stay late" not in said.stdout, "a review has no words of the entries but commitments"
    assert len(said.stdout.splitlines()) <= 50


def test_the_same_review_as_json_markdown_and_text(week: Home) -> None:
    found = week.json("review", at=SATURDAY)
    assert (found["from"], found["to"], found["entries"], found["days"]) == ("2026-11-16", "2026-11-22", 6, 5)
    assert found["tags"] == {"hiring": 1, "hiring/panel": 1} and found["people"] == {"priya": 1, "sam": 1}
    assert found["starred"] == ["entries/2026/11/mine.md"]
    assert found["commitments"] == {"made": 7, "kept": 1, "dropped": 1, "open": 5, "overdue": 1}
    assert list(found["practices"].values()) == [1, 1, 1, 1, 1, 0, 0]
    assert week.json("review", "--format", "json", at=SATURDAY) == found
    markdown = week.ok("review", "--format", "md", at=SATURDAY)
    assert markdown.startswith("# Mon 16 – Sun 22 Nov 2026\n") and "| Deep curiosity | 1 |" in markdown


@pytest.mark.parametrize(
    ("words", "first", "last", "count"),
    [
        ([], "2026-11-16", "2026-11-22", 6),
        (["week"], "2026-11-16", "2026-11-22", 6),
        (["month"], "2026-11-01", "2026-11-30", 6),
        (["year"], "2026-01-01", "2026-12-31", 6),
        (["2026-W47"], "2026-11-16", "2026-11-22", 6),
        (["2026-11"], "2026-11-01", "2026-11-30", 6),
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
