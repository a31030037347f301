"""Which prompt comes when: even over the practices, the same all day, nothing again too soon."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.journal.entry import Entry
from allyjournal.packs.check import check
from allyjournal.packs.model import Pack, Practice, Prompt
from allyjournal.practice import schedule
from allyjournal.practice.schedule import REST_DAYS, Next, Wanted, choose, history_before, rhythm, show_rhythm
from tests.support import ROOT, SATURDAY, Home

MONDAY = date(2026, 1, 5)
SHIPPED = {path.stem: check(path.read_bytes(), path.name) for path in sorted((ROOT / "prompts").glob("*.toml"))}
SEVEN = SHIPPED["seven-practices"]


def prompt(name: str, practice: str | None = None, **more: Any) -> Prompt:
    return Prompt(id=name, text=f"{name}?", practice=practice, stage="what", **more)


def pack(*prompts: Prompt, order: str = "even") -> Pack:
    practices = tuple(Practice(each, each, each) for each in dict.fromkeys(p.practice for p in prompts if p.practice))
    return Pack("mine", "1.0.0", "Mine", "Mine", "en", "CC0", order, practices=practices, prompts=prompts)


def entry_of(chosen: Prompt, day: date) -> Entry:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    practices = (chosen.practice,) if chosen.practice else ()
    return Entry(id=None, date=day, created=moment, prompts=(chosen.id,), practices=practices)


@dataclass
class Writer:
    """Somebody who answers what is asked, day by day."""

    pack: Pack
    entries: list[Entry] = field(default_factory=list)
    week_start: int = 0

    def next(self, day: date, **more: Any) -> Next:
        history = history_before(self.entries, day, more.get("another", False))
        found = choose(self.pack, history, day, {}, Wanted(week_start=self.week_start, **more))
        assert found is not None
        return found

    def answer(self, day: date, **more: Any) -> Prompt:
        chosen = self.next(day, **more).prompt
        self.entries.append(entry_of(chosen, day))
        return chosen


def days(count: int, first: date = MONDAY) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def test_two_hundred_days_are_even_over_the_seven_practices_on_every_one_of_them() -> None:
    writer = Writer(SEVEN)
    counts = Counter({each.id: 0 for each in SEVEN.practices})
    for day in days(200):
        chosen = writer.answer(day)
        counts[str(chosen.practice)] += 1
        assert max(counts.values()) - min(counts.values()) <= 1, (day, counts)


def test_ten_weeks_of_every_day_repeat_nothing() -> None:
    writer = Writer(SEVEN)
    asked = [writer.answer(day).id for day in days(70)]
    assert len(set(asked)) == 70


@pytest.mark.parametrize("shipped", sorted(SHIPPED))
def test_no_prompt_comes_back_within_thirty_five_days_while_another_is_left(shipped: str) -> None:
    asked_from = SHIPPED[shipped]
    if len(asked_from.prompts) <= REST_DAYS + 7:
        asked_from = pack(*(prompt(f"{shipped}.{n}", f"p{n % 5}") for n in range(60)), order=asked_from.order)
    writer, last = Writer(asked_from), dict[str, date]()
    for day in days(300):
        chosen = writer.answer(day).id
        assert chosen not in last or (day - last[chosen]).days >= REST_DAYS
        last[chosen] = day


def test_in_a_small_pack_the_one_asked_least_recently_comes_back() -> None:
    writer = Writer(pack(prompt("a"), prompt("b"), prompt("c"), order="sequence"))
    assert [writer.answer(day).id for day in days(7)] == ["a", "b", "c", "a", "b", "c", "a"]


def test_the_choice_stays_all_day_whatever_is_answered() -> None:
    writer = Writer(SEVEN)
    for day in days(20):
        first = writer.next(day).prompt
        writer.entries.append(entry_of(first, day))
        writer.entries.append(entry_of(SEVEN.prompts[day.day], day))
        assert writer.next(day).prompt == first


def test_another_is_one_that_was_not_asked_today_and_of_another_practice() -> None:
    writer = Writer(SEVEN)
    seen, practices = [], []
    for number in range(7):
        chosen = writer.answer(MONDAY, another=number > 0)
        seen.append(chosen.id)
        practices.append(chosen.practice)
    assert len(set(seen)) == 7 and len(set(practices)) == 7


def test_when_every_prompt_was_asked_today_another_still_asks_one() -> None:
    writer = Writer(pack(prompt("a", "p"), prompt("b", "p")))
    assert {writer.answer(MONDAY, another=True).id for _ in range(2)} == {"a", "b"}
    assert writer.next(MONDAY, another=True).prompt.id in ("a", "b")


def test_a_pause_changes_nothing_about_whose_turn_it_is() -> None:
    writer = Writer(SEVEN)
    before = [writer.answer(day).practice for day in days(3)]
    after = [writer.answer(day).practice for day in days(4, MONDAY + timedelta(days=90))]
    assert len({*before, *after}) == 7


def test_an_entry_written_for_an_earlier_day_counts_on_its_own_day() -> None:
    writer = Writer(SEVEN)
    for day in days(7):
        writer.answer(day)
    late = entry_of(SEVEN.prompts[0], MONDAY - timedelta(days=400))
    assert writer.next(MONDAY + timedelta(days=7)) == Writer(SEVEN, [late, *writer.entries]).next(
        MONDAY + timedelta(days=7)
    )


def test_tomorrows_entry_does_not_count_today() -> None:
    future = entry_of(Writer(SEVEN).next(MONDAY).prompt, MONDAY + timedelta(days=1))
    assert Writer(SEVEN, [future]).next(MONDAY).prompt == Writer(SEVEN).next(MONDAY).prompt


@pytest.mark.parametrize("week_start", range(7))
def test_prompts_for_the_weeks_end_come_on_its_last_three_days_alone(week_start: int) -> None:
    asked_from = pack(
        *(prompt(f"end{n}", f"p{n}", when="week-end") for n in range(3)),
        *(prompt(f"day{n}", f"p{n % 3}") for n in range(40)),
    )
    writer, seen = Writer(asked_from, week_start=week_start), set()
    for day in days(60):
        chosen = writer.answer(day)
        place = (day.weekday() - week_start) % 7
        assert chosen.when != "week-end" or place >= 4
        seen.add(chosen.when)
    assert seen == {"any", "week-end"}


def test_the_shipped_prompts_for_the_weeks_end_are_asked_then() -> None:
    writer = Writer(SEVEN)
    for day in days(300):
        assert writer.answer(day).when != "week-end" or day.weekday() >= 4


def test_a_pack_of_nothing_but_week_end_prompts_is_asked_on_any_day() -> None:
    assert Writer(pack(prompt("a", when="week-end"))).next(MONDAY).prompt.id == "a"


def test_a_pack_in_sequence_is_asked_in_its_order() -> None:
    five = SHIPPED["five-questions"]
    writer = Writer(five)
    asked = [writer.answer(day).id for day in days(len(five.prompts))]
    assert five.order == "sequence" and asked == [each.id for each in five.prompts]


def test_one_practice_alone_can_be_asked_for() -> None:
    writer = Writer(SEVEN)
    for day in days(10):
        assert writer.answer(day, practice="deep-curiosity").practice == "deep-curiosity"
    assert len({each.prompts for each in writer.entries}) == 10


def test_a_prompt_that_was_renamed_is_not_new() -> None:
    old = entry_of(prompt("old", "p"), MONDAY)
    renamed = pack(prompt("new", "p", was=("old",)), prompt("other", "p"))
    assert Writer(renamed, [old]).next(MONDAY + timedelta(days=1)).prompt.id == "other"


def test_a_pack_without_prompts_gives_none() -> None:
    history = history_before([], MONDAY, False)
    assert choose(SHIPPED["identify-an-ally"], history, MONDAY, {}) is None
    assert choose(SEVEN, history, MONDAY, {}, Wanted("no-such-practice")) is None


def test_the_reason_names_the_practice_and_the_day() -> None:
    titles = {each.id: each.title for each in SEVEN.practices}
    history = history_before([entry_of(each, MONDAY) for each in SEVEN.prompts], MONDAY + timedelta(days=90), False)
    first = choose(SEVEN, history_before([], MONDAY, False), MONDAY, titles)
    later = choose(SEVEN, history, MONDAY + timedelta(days=90), titles)
    assert first and first.why == "It is the turn of Deep curiosity: you had not written about it before."
    assert later and later.why == "It is the turn of Deep curiosity: you last wrote about it on Mon 5 Jan 2026."


_PROMPTS = [
    prompt(f"p{n}", f"practice{n % 3}" if n % 4 else None, when="week-end" if n % 5 == 4 else "any") for n in range(9)
]
_HISTORY = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 60)), max_size=25)


@given(_HISTORY, st.sampled_from(["even", "sequence"]), st.booleans(), st.integers(0, 6))
def test_whatever_was_asked_before_the_choice_is_one_of_the_best(
    asked: list[tuple[int, int]], order: str, another: bool, week_start: int
) -> None:
    today = MONDAY + timedelta(days=60)
    entries = [entry_of(_PROMPTS[number], today - timedelta(days=ago)) for number, ago in asked]
    writer = Writer(pack(*_PROMPTS, order=order), entries, week_start)
    chosen = writer.next(today, another=another).prompt
    assert chosen == writer.next(today, another=another).prompt
    last = {each.id: min((ago for n, ago in asked if _PROMPTS[n].id == each.id and (ago or another)), default=999)
            for each in _PROMPTS}  # fmt: skip
    asked_today = {_PROMPTS[number].id for number, ago in asked if ago == 0}
    ending = (today.weekday() - week_start) % 7 >= 4
    fitting = [each for each in _PROMPTS if each.when != "week-end" or ending]
    left = [each for each in fitting if each.id not in asked_today] if another else fitting
    rested = [each for each in left or fitting if last[each.id] >= REST_DAYS]
    assert chosen in (rested or left or fitting)


@pytest.mark.parametrize(
    ("written", "wanted", "said"),
    [
        ([], (0, 0), ""),
        ([0], (1, 1), ""),
        ([0, 0, 0], (1, 1), ""),
        ([0, 7], (2, 2), "2 of the last 2 weeks"),
        ([7], (1, 2), "1 of the last 2 weeks"),
        ([0, 14], (2, 3), "2 of the last 3 weeks"),
        ([0, 7, 14, 21], (4, 4), "4 of the last 4 weeks"),
        ([0, 7, 21], (3, 4), "3 of the last 4 weeks"),
        ([0, 7, 14, 21, 28, 35], (4, 4), "4 of the last 4 weeks"),
        ([0, 300], (1, 4), "1 of the last 4 weeks"),
        ([300], (0, 4), ""),
        ([-1, -8], (0, 0), ""),
    ],
)
def test_the_rhythm_counts_weeks_and_nobody_begins_with_a_loss(
    written: list[int], wanted: tuple[int, int], said: str
) -> None:
    today = MONDAY + timedelta(days=700)
    found = rhythm((today - timedelta(days=ago) for ago in written), today)
    assert found == wanted
    assert show_rhythm(*found) == said


@given(st.lists(st.integers(0, 100), max_size=20), st.integers(0, 6), st.integers(0, 6))
def test_the_rhythm_never_counts_more_than_there_is(written: list[int], weekday: int, week_start: int) -> None:
    today = MONDAY + timedelta(days=700 + weekday)
    kept, counted = rhythm((today - timedelta(days=ago) for ago in written), today, week_start)
    assert 0 <= kept <= counted <= schedule.RHYTHM_WEEKS
    assert kept <= len(written)
    assert rhythm([], today, week_start) == (0, 0)


def test_the_same_prompt_is_printed_all_day_and_another_is_another(home: Home) -> None:
    first = home.json("reflect", "--print", at=SATURDAY)
    home.ok("reflect", stdin="An answer.", at=SATURDAY)
    home.ok("note", stdin="A note.", at=SATURDAY)
    assert home.json("reflect", "--print", at=SATURDAY)["prompt"] == first["prompt"]
    assert home.json("reflect", "--print", "--another", at=SATURDAY)["practice"] != first["practice"]
    tomorrow = home.json("reflect", "--print", at="2026-11-22T08:00:00+01:00")
    assert tomorrow["practice"] != first["practice"]
    assert home.json("reflect", "--print", at="2026-11-22T01:00:00+01:00")["prompt"] == first["prompt"]


def test_a_pack_of_ones_own_is_asked_from(home: Home) -> None:
    mine = (
        'format = 1\nid = "mine"\nversion = "1.0.0"\ntitle = "Mine"\nsummary = "Mine."\nlanguage = "en"\n'
        'license = "CC0-1.0"\norder = "sequence"\n'
        '\n[[prompts]]\nid = "mine.one"\ntext = "What was it?"\nstage = "what"\n'
    )
    home.put("packs/mine.toml", mine)
    home.ok("reflect", "--pack", "mine", stdin="That.", at=SATURDAY)
    assert home.json("show", "last", at=SATURDAY)["answers"][0]["prompt"] == "mine.one"
