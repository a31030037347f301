"""What a session draws in: what is open, and what was starred or marked since the last one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from allyjournal.journal.entry import Entry
from allyjournal.practice.sessions import DEBRIEF, brought
from tests.pty import on_a_terminal, screen_of
from tests.support import SATURDAY, Home

TODAY = date(2026, 11, 21)


def entry(day: date = TODAY, **changed: Any) -> Entry:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(Entry(id=None, date=day, created=moment, path=f"entries/{day}.md"), **changed)


def test_open_commitments_come_by_their_day_however_old_and_closed_ones_do_not() -> None:
    old = entry(date(2025, 1, 1), body="- [ ] Later [due:: 2026-12-01] [id:: later1]\n- [x] Done [id:: done01]")
    new = entry(body="- [ ] Sooner [due:: 2026-11-25] [id:: sooner]")
    assert [each.commitment.ref for each in brought([old, new]).commitments] == ["sooner", "later1"]


def test_stars_and_marks_count_from_the_last_session_that_was_held() -> None:
    before = entry(date(2026, 11, 1), starred=True)
    session = entry(date(2026, 11, 10), exercise=DEBRIEF)
    unfinished = entry(date(2026, 11, 20), exercise=DEBRIEF, next_step="well")
    after = [entry(date(2026, 11, 12), starred=True), entry(date(2026, 11, 13), for_coach=True), entry()]
    found = brought([before, session, *after, unfinished])
    assert found.entries == after[:2] and found.since == date(2026, 11, 10)
    assert brought([before, *after]).entries == [before, *after[:2]]


def test_the_preparation_begins_with_them_on_the_screen(home: Home) -> None:
    home.ok("note", "--title", "The retro", stdin="It ran over.", at=SATURDAY)
    home.ok("star", "last", at=SATURDAY)
    home.ok("commitments", "add", "If it runs over, then I ask", "--due", "friday", at=SATURDAY)
    with on_a_terminal(home, "do", "session-preparation", at=SATURDAY, PROMPT_TOOLKIT_NO_CPR="1") as child:
        child.expect_exact("\u203a ".encode())
        screen = screen_of(child.before)
    assert "The retro" in screen and "If it runs over, then I ask" in screen and "by Fri 27 Nov 2026" in screen
    assert screen.index("Open commitments") < screen.index("1 of 8.")


def test_where_you_are_names_the_intention_that_waits(home: Home) -> None:
    home.ok("before", "planning", "round", stdin="I ask first.\n\n\n", at=SATURDAY)
    assert "Set out before: planning round." in home.ok(at=SATURDAY)
    (waiting,) = home.json(at=SATURDAY)["intentions"]
    assert home.json("show", waiting, at=SATURDAY)["title"] == "planning round"
    home.ok("after", stdin="It went well.\nI asked.\n\n", at=SATURDAY)
    assert "Set out before" not in home.ok(at=SATURDAY)
    assert home.run("after", stdin="x\n", at=SATURDAY).returncode == 1
