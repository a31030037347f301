"""The rules of the daily prompt, with a focus, with prompts passed over, with follow-ups, over any run of days."""

import ast
import inspect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack, Practice, Prompt
from allyjournal.practice import calendar, commitments, focus, follow_ups, schedule, then_and_now
from allyjournal.practice.schedule import REST_DAYS, Candidate, Next, Skip, Wanted, choose, history_before
from tests.practice.test_schedule import MONDAY, SEVEN, SHIPPED, days, prompt

ANSWER, SKIP, NOTHING, TWO = "answer", "skip", "nothing", "two"
FOCUS = "You are working on "


def pack(name: str, *prompts: Prompt) -> Pack:
    practices = tuple(Practice(each, each, each) for each in dict.fromkeys(p.practice for p in prompts if p.practice))
    return Pack(name, "1.0.0", name, name, "en", "CC0", "even", practices=practices, prompts=prompts)


@dataclass
class Course:
    """Somebody's days: what they answered, what they passed over, and what each day's choice was."""

    pack: Pack
    focus: Sequence[Candidate] = ()
    entries: list[Entry] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)

    def next(self, day: date, another: bool = False) -> Next:
        """The choice of a day, which must not depend on how often it is asked for."""
        history = history_before(self.entries, day, another, self.skips)
        found = choose(self.pack, history, day, {}, Wanted(another=another, focus=self.focus))
        assert found and found == choose(self.pack, history, day, {}, Wanted(another=another, focus=self.focus))
        return found

    def answer(self, chosen: Next, day: date) -> None:
        """Answer it, at noon or later."""
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(seconds=len(self.entries))
        practices = (chosen.prompt.practice,) if chosen.prompt.practice else ()
        asked = {"prompts": (chosen.prompt.id,), "practices": practices, "kind": "reflection"}
        self.entries.append(Entry(id=None, date=day, created=moment, **asked))  # type: ignore[arg-type]

    def live(self, day: date, what: str) -> Next:
        """One day of it; gives that day's choice."""
        chosen = self.next(day)
        if what == SKIP:
            self.skips.append(Skip(chosen.prompt.id, day))
            instead = self.next(day)
            assert instead.prompt.id != chosen.prompt.id or len(fitting(self.pack.prompts, day)) == 1
        elif what != NOTHING:
            self.answer(chosen, day)
            assert self.next(day) == chosen, "the choice stays all day, whatever is answered"
        if what == TWO:
            self.answer(self.next(day, another=True), day)
        return chosen

    @property
    def asked_on(self) -> dict[str, date]:
        """The last day of each prompt that was answered or passed over."""
        every = [(each.prompts[0], each.date) for each in self.entries]
        every += [(each.prompt, each.day) for each in self.skips]
        return {name: max(day for other, day in every if other == name) for name, _ in every}


def drawn_pack(name: str, practices: str) -> st.SearchStrategy[Pack]:
    whens = st.sampled_from(["any", "any", "any", "week-end"])
    row = st.tuples(st.sampled_from(practices), st.sampled_from(["what", "so-what", "now-what"]), whens)
    return st.lists(row, min_size=2, max_size=14).map(
        lambda rows: pack(
            name,
            *(
                Prompt(f"{name}.{n}", f"{n}?", practice=practice, stage=stage, when=when)
                for n, (practice, stage, when) in enumerate(rows)
            ),
        )
    )


# A course is many choices: fewer of them are enough.
FEWER = settings(max_examples=60)
COURSE = st.lists(st.sampled_from([ANSWER, ANSWER, ANSWER, SKIP, NOTHING, TWO]), min_size=1, max_size=50)
IN_FOCUS = st.one_of(st.just(0), st.integers(1, 8))


def rested(prompts: Sequence[Prompt], asked: dict[str, date], day: date) -> list[Prompt]:
    return [each for each in prompts if each.id not in asked or (day - asked[each.id]).days >= REST_DAYS]


def fitting(prompts: Sequence[Prompt], day: date) -> list[Prompt]:
    kept = [each for each in prompts if each.when != "week-end" or day.weekday() >= 4]
    return kept or list(prompts)


@FEWER
@given(drawn_pack("daily", "abc"), drawn_pack("other", "ad"), IN_FOCUS, COURSE)
def test_over_any_days_nothing_comes_again_too_soon_and_the_focus_has_every_other_turn(
    daily: Pack, other: Pack, most: int, course: list[str]
) -> None:
    writer = Course(daily, [Candidate(other, each, "this") for each in other.prompts[:most]])
    for number, what in enumerate(course):
        day = MONDAY + timedelta(days=number)
        asked = writer.asked_on
        before = writer.entries[-1].prompts[0] if writer.entries else ""
        chosen = writer.live(day, what)
        ready = rested(fitting(daily.prompts, day), asked, day)
        focused = rested(fitting([each.prompt for each in writer.focus], day), asked, day)
        wants_focus = bool(focused) and (not before.startswith("other") or not ready)
        assert chosen.why.startswith(FOCUS) == wants_focus
        assert chosen.prompt in (focused if wants_focus else ready or fitting(daily.prompts, day))


@FEWER
@given(drawn_pack("daily", "abcd"), COURSE)
def test_the_practice_is_the_one_whose_turn_is_longest_ago_and_passing_over_is_a_turn(
    daily: Pack, course: list[str]
) -> None:
    writer, turn = Course(daily), dict[str, int]()
    for number, what in enumerate(course):
        day = MONDAY + timedelta(days=number)
        asked, entries = writer.asked_on, len(writer.entries)
        chosen = writer.live(day, what).prompt
        ready = rested(fitting(daily.prompts, day), asked, day) or fitting(daily.prompts, day)
        longest = min(turn.get(str(each.practice), -1) for each in ready)
        assert turn.get(str(chosen.practice), -1) == longest
        if what == SKIP:
            turn[str(chosen.practice)] = 10 * number + 9
        for place, entry in enumerate(writer.entries[entries:]):
            turn[entry.practices[0]] = max(10 * number + place, turn.get(entry.practices[0], -1))


@FEWER
@given(drawn_pack("daily", "ab"), COURSE)
def test_nothing_comes_again_while_one_never_asked_fits_in_its_practice(daily: Pack, course: list[str]) -> None:
    writer = Course(daily)
    for number, what in enumerate(course):
        day = MONDAY + timedelta(days=number)
        asked = writer.asked_on
        chosen = writer.live(day, what).prompt
        left = [each.id for each in fitting(daily.prompts, day) if each.practice == chosen.practice]
        assert chosen.id not in asked or all(each in asked for each in left)


@FEWER
@given(drawn_pack("daily", "ab"), COURSE)
def test_a_weekly_question_is_never_the_first_and_once_a_week_unless_nothing_else_is_new(
    daily: Pack, course: list[str]
) -> None:
    writer, weekly = Course(daily), dict[tuple[int, int], int]()
    for number, what in enumerate(course):
        day = MONDAY + timedelta(days=number + 4)
        asked = writer.asked_on
        chosen = writer.live(day, what if what != TWO else ANSWER).prompt
        others = [each for each in daily.prompts if each.practice == chosen.practice and each.when != "week-end"]
        if chosen.when == "week-end" and any(each.id not in asked for each in others):
            week = day.isocalendar()[:2]
            assert asked and day.weekday() >= 4
            assert week not in weekly
        if chosen.when == "week-end" and what != NOTHING:
            weekly[day.isocalendar()[:2]] = number


def test_no_week_of_a_year_has_two_weekly_questions_from_the_shipped_pack() -> None:
    writer, weekly = Course(SEVEN), Counter[tuple[int, int]]()
    for day in days(70, MONDAY + timedelta(days=4)):
        chosen = writer.live(day, ANSWER).prompt
        weekly[day.isocalendar()[:2]] += chosen.when == "week-end"
    assert writer.entries[0].prompts[0] not in {each.id for each in SEVEN.prompts if each.when == "week-end"}
    assert max(weekly.values()) == 1 and sum(weekly.values()) >= 3


@given(st.permutations(["what", "so-what", "now-what"] * 4), st.integers(1, 12))
def test_within_a_practice_the_stages_come_evenly_and_what_first(order: list[str], count: int) -> None:
    own = [Prompt(f"p{n}", f"{n}?", practice="a", stage=stage) for n, stage in enumerate(order)]
    writer = Course(pack("daily", *own))
    stages = [str(writer.live(day, ANSWER).prompt.stage) for day in days(count)]
    assert stages[:3] == ["what", "so-what", "now-what"][:count]
    counts = [stages.count(each) for each in ("what", "so-what", "now-what")]
    assert max(counts) - min(counts) <= 1


def test_the_shipped_practices_begin_with_what_and_come_evenly_beside_a_focus() -> None:
    own = [Candidate(SHIPPED["five-questions"], each, "five") for each in SHIPPED["five-questions"].prompts]
    writer, even, focused = Course(SEVEN, own), Counter[str](), 0
    for day in days(40):
        chosen = writer.live(day, ANSWER)
        if chosen.why.startswith(FOCUS):
            focused += 1
        else:
            is_first = not even[str(chosen.prompt.practice)] and chosen.prompt.when != "week-end"
            assert chosen.prompt.stage == "what" or not is_first
            even[str(chosen.prompt.practice)] += 1
    assert focused == 20 and sum(even.values()) == 20
    assert len(even) == 7 and max(even.values()) - min(even.values()) <= 1


def test_a_focus_that_is_used_up_leaves_the_days_to_the_practices_until_it_has_rested() -> None:
    own = [Candidate(pack("mine", each), each, "mine") for each in (prompt("mine.1"), prompt("mine.2"))]
    writer = Course(SEVEN, own)
    focused = [number for number, day in enumerate(days(50)) if writer.live(day, ANSWER).why.startswith(FOCUS)]
    assert focused == [0, 2, 35, 37] and REST_DAYS == 35


def test_the_focus_goes_on_where_the_practices_have_nothing_that_has_rested() -> None:
    own = [Candidate(pack("mine", each), each, "mine") for each in (prompt(f"mine.{n}") for n in range(5))]
    writer = Course(pack("daily", prompt("a", "p")), own)
    assert [writer.live(day, ANSWER).prompt.id for day in days(7)] == [
        "mine.0", "a", "mine.1", "mine.2", "mine.3", "mine.4", "a"]  # fmt: skip


def test_what_was_passed_over_is_not_asked_again_at_once_even_where_nothing_has_rested() -> None:
    writer = Course(pack("daily", prompt("a", "p"), prompt("b", "p", when="week-end")))
    friday = MONDAY + timedelta(days=4)
    asked = [
        writer.live(day, what).prompt.id for day, what in zip(days(3, friday), (ANSWER, ANSWER, SKIP), strict=True)
    ]
    assert asked == ["a", "b", "a"]
    assert writer.next(friday + timedelta(days=2)).prompt.id == "b"


def test_a_prompt_passed_over_rests_and_the_reason_says_so() -> None:
    writer = Course(pack("daily", prompt("a", "p"), prompt("b", "p")), [])
    first = writer.live(MONDAY, SKIP).prompt
    assert first.id == "a" and writer.next(MONDAY).prompt.id == "b"
    writer.answer(writer.next(MONDAY), MONDAY)
    later = MONDAY + timedelta(days=REST_DAYS)
    history = history_before(writer.entries, later, False, writer.skips)
    found = choose(writer.pack, history, later, {"p": "Practice"}, Wanted(practice="p"))
    assert found and found.prompt.id == "b", "the one passed over has its turn at the end of that day"
    assert found.why == "This is the next one in Practice; you last answered it on Mon 5 Jan 2026."
    writer.answer(found, later)
    history = history_before(writer.entries, later + timedelta(days=1), False, writer.skips)
    found = choose(writer.pack, history, later + timedelta(days=1), {"p": "Practice"}, Wanted(practice="p"))
    assert found and found.why == "This is the next one in Practice; you passed it over on Mon 5 Jan 2026."


def test_a_renamed_prompt_of_the_focus_still_was_the_focus_turn() -> None:
    old, new = prompt("mine.old"), prompt("mine.new", was=("mine.old",))
    other = prompt("mine.other")
    writer = Course(SEVEN, [Candidate(pack("mine", old, other), each, "mine") for each in (old, other)])
    assert writer.live(MONDAY, ANSWER).prompt == old
    writer.focus = [Candidate(pack("mine", new, other), each, "mine") for each in (new, other)]
    assert not writer.next(MONDAY + timedelta(days=1)).why.startswith(FOCUS)


@pytest.mark.parametrize("module", [schedule, follow_ups, focus, commitments, calendar, then_and_now])
def test_the_rules_have_no_clock_no_chance_and_no_disk(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    calls = [each.func for each in ast.walk(tree) if isinstance(each, ast.Call)]
    called = {each.attr for each in calls if isinstance(each, ast.Attribute)}
    assert not called & {"now", "today", "utcnow", "fromtimestamp", "monotonic", "random", "open", "read_text"}
    imported: set[Any] = {each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    imported |= {name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names}
    assert not imported & {"os", "time", "random", "pathlib", "allyjournal.files"}
