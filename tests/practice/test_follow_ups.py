"""A follow-up comes on its day, once, for as long as the step, the prompt and the answer are there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Exercise, Pack, Practice, Prompt
from allyjournal.practice.follow_ups import due
from allyjournal.practice.schedule import Wanted, choose, history_before
from tests.support import SATURDAY, Home

MADE, DAY = date(2026, 11, 2), date(2026, 11, 20)
STEP = Prompt("when", "When do you look back?", answer="date", follow_up="mine.since")
PLAN = Prompt("plan", "What will you do?", answer="commitment", follow_up="mine.since")
SINCE = Prompt("mine.since", "What came of it?", practice="p", stage="so-what", when="look-back")
OTHER = Prompt("mine.other", "What else?", practice="p", stage="what")
PACK = Pack("mine", "1.0.0", "Mine", "Mine.", "en", "CC0", "even", practices=(Practice("p", "P", "P."),),
            prompts=(OTHER, SINCE), exercises=(Exercise("decide", "Decide", "Decide.", (STEP, PLAN)),))  # fmt: skip


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def asked(step: Prompt, text: str, day: date = MADE, **more: object) -> Entry:
    fields = {"prompts": (step.id,), "asked": (step.text,), "pack": "mine@1.0.0", "exercise": "decide"} | more
    return Entry(id="k7m2q9xr4t", date=day, created=at(day), body=f"## {step.text}\n\n{text}", **fields)  # type: ignore[arg-type]


def answered(prompt: Prompt, day: date) -> Entry:
    return Entry(
        id=None, date=day, created=at(day, 18), kind="reflection", prompts=(prompt.id,), practices=("p",), asked=("?",)
    )


def days_due(
    entries: list[Entry], today: date, pack: Pack = PACK, skips: list[tuple[str, date]] | None = None
) -> list[date]:
    return [each.day for each in due(entries, {pack.id: pack}, today, skips or [])]


@pytest.mark.parametrize(("today", "wanted"), [(-1, []), (0, [DAY]), (1, [DAY]), (400, [DAY])])
def test_it_comes_on_its_day_and_waits_from_then_on(today: int, wanted: list[date]) -> None:
    assert days_due([asked(STEP, DAY.isoformat())], DAY + timedelta(days=today)) == wanted


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        (f"- [ ] If so, then I do it [due:: {DAY}] [id:: abc234]", True),
        (
            f"- [x] If so, then I do it [due:: {DAY}] [id:: abc234] [completion:: 2026-11-10]\n  - 2026-11-10: Did.",
            True,
        ),
        (f"- [-] If so, then I do it [due:: {DAY}] [id:: abc234] [cancelled:: 2026-11-10]", False),
        ("- [ ] If so, then I do it [id:: abc234]", False),
        ("If so, then I do it.", False),
    ],
)
def test_a_commitment_says_the_day_unless_it_was_dropped(text: str, comes: bool) -> None:
    assert days_due([asked(PLAN, text)], DAY) == ([DAY] if comes else [])


@pytest.mark.parametrize("text", ["", "soon", "2026-11", "2026-13-01", f"{DAY} or so", "20261120T1200"])
def test_what_is_no_day_is_no_follow_up(text: str) -> None:
    assert days_due([asked(STEP, text)], DAY + timedelta(days=30)) == []


def test_it_is_over_when_it_was_answered_since_but_not_when_it_was_answered_before() -> None:
    promise = asked(STEP, DAY.isoformat())
    assert days_due([answered(SINCE, MADE - timedelta(days=1)), promise], DAY) == [DAY]
    assert days_due([promise, answered(SINCE, DAY)], DAY + timedelta(days=1)) == []
    assert days_due([promise, answered(SINCE, MADE + timedelta(days=1))], DAY) == [], "early, yet answered"
    assert days_due([promise, answered(OTHER, DAY)], DAY + timedelta(days=1)) == [DAY]


def test_it_stays_all_day_when_it_is_answered_that_day() -> None:
    promise = asked(STEP, DAY.isoformat())
    assert days_due([promise, answered(SINCE, DAY)], DAY) == [DAY]


def test_passing_it_over_settles_it_but_not_what_was_passed_over_before_its_day() -> None:
    promise = asked(STEP, DAY.isoformat())
    assert days_due([promise], DAY, skips=[("mine.since", DAY)]) == []
    assert days_due([promise], DAY, skips=[("mine.since", DAY - timedelta(days=1))]) == [DAY]
    assert days_due([promise], DAY, skips=[("mine.since", DAY), ("mine.since", DAY - timedelta(days=9))]) == []
    assert days_due([promise], DAY, skips=[("mine.other", DAY)]) == [DAY]


def test_a_follow_up_that_was_renamed_is_the_same() -> None:
    renamed = SINCE._replace(id="mine.after", was=("mine.since",))
    step = STEP._replace(follow_up="mine.after")
    pack = PACK._replace(prompts=(OTHER, renamed), exercises=(Exercise("decide", "D", "D.", (step,)),))
    promise = asked(STEP, DAY.isoformat())
    assert days_due([promise], DAY, pack) == [DAY]
    assert days_due([promise, answered(SINCE, DAY)], DAY + timedelta(days=1), pack) == []
    assert days_due([promise], DAY, pack, [("mine.since", DAY)]) == []


def test_without_its_pack_its_step_or_its_prompt_nothing_comes() -> None:
    promise = asked(STEP, DAY.isoformat())
    assert due([promise], {}, DAY) == []
    assert days_due([promise], DAY, PACK._replace(exercises=())) == []
    assert days_due([promise], DAY, PACK._replace(prompts=(OTHER,))) == []
    assert days_due([asked(STEP, DAY.isoformat(), exercise=None)], DAY) == []
    assert days_due([asked(STEP, DAY.isoformat(), asked=("In other words?",))], DAY) == []


@given(st.lists(st.integers(0, 40), max_size=6), st.integers(0, 60))
def test_the_oldest_day_is_first_and_none_is_before_its_day(offsets: list[int], today: int) -> None:
    entries = [asked(STEP, str(MADE + timedelta(days=each))) for each in offsets]
    found = days_due(entries, MADE + timedelta(days=today))
    assert found == sorted(MADE + timedelta(days=each) for each in offsets if each <= today)


@given(st.integers(-20, 20), st.booleans(), st.lists(st.sampled_from([SINCE, OTHER]), max_size=4))
def test_the_choice_of_a_day_with_a_follow_up_stays_whatever_is_answered_that_day(
    ahead: int, is_skipped: bool, then: list[Prompt]
) -> None:
    today = DAY + timedelta(days=ahead)
    entries = [asked(STEP, DAY.isoformat())]
    skips = [("mine.since", today)] if is_skipped else []
    first = _chosen(entries, today, skips)
    assert (first == SINCE.id) == (ahead >= 0 and not is_skipped) or ahead < 0
    for each in then:
        entries.append(answered(each, today))
        assert _chosen(entries, today, skips) == first


def _chosen(entries: list[Entry], today: date, skips: list[tuple[str, date]]) -> str:
    from allyjournal.practice.schedule import Skip

    passed_over = [Skip(*each) for each in skips]
    wanted = Wanted(due=due(entries, {"mine": PACK}, today, skips))
    found = choose(PACK, history_before(entries, today, False, passed_over), today, {}, wanted)
    assert found
    return found.prompt.id


def test_the_look_back_on_a_decision_is_asked_on_its_day_by_the_program_and_says_why(home: Home) -> None:
    home.ok("do", "decision", "-", stdin="Something.\n" * 8 + "\nin 2 weeks\n", at=SATURDAY)
    day = "2026-12-05T08:00:00+01:00"
    assert home.json("reflect", "--print", at="2026-12-04T08:00:00+01:00")["prompt"] != "wielding-power.decision-since"
    asked_for = home.json("reflect", "--print", at=day)
    selector = home.json("show", "last")["id"][:6]
    assert asked_for["prompt"] == "wielding-power.decision-since"
    assert asked_for["why"] == (
        "On Sat 21 Nov 2026 you set Sat 5 Dec 2026 as the day to come back to this; "
        f"`ally show {selector}` has what you wrote."
    )
    home.ok("reflect", stdin="More of us speak.", at=day)
    assert home.json("reflect", "--print", at=day)["prompt"] == "wielding-power.decision-since"
    assert home.json("reflect", "--print", at="2026-12-06T08:00:00+01:00")["prompt"] != "wielding-power.decision-since"
