"""What a review is made from: the entries of a period, and those from before it that still speak.

Of an entry that is no feedback and not one of the pair, only what a card of it says is used: never its body.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from allyjournal.dates import Period, before
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import KIND as FEEDBACK
from allyjournal.practice.commitments import Promised, is_overdue
from allyjournal.practice.then_and_now import Then, answers_to

# An overdue commitment is brought up by later reviews for this many days after its entry; then it rests.
EARLIER_DAYS = 182
# Two answers to one prompt are far apart from four weeks on.
FAR_DAYS = 28
# A kept review names its figures like an answer: this, and the ends of its period.
FIGURES = "review-figures"
# Periods as short as a week look at all of their days in so many earlier years; a longer one at one day of all years.
SHORT_DAYS, MOST_YEARS = 7, 5


class Frame(NamedTuple):
    """Which days a review is about, seen from `today`, and what the packs say.

    `titles` are those of the practices that a review looks for, `other_titles` of those that it may find; `stages` are
    the prompts'.
    """

    period: Period
    today: date
    titles: Mapping[str, str]
    other_titles: Mapping[str, str] = {}
    stages: Mapping[str, str] = {}
    week_start: int = 0


class Material(NamedTuple):
    """The entries of the period (`within`), and what goes with them, oldest first.

    `promising` are entries outside it whose commitments belong to it, `before` those of the period before,
    `earlier_years` those of the same days of the calendar; `handles` are the writer's own people. `feedback` is what
    coaches wrote in the period, or about its entries: it is none of those, since the writer did not write it.
    `private` and `hidden` say how many entries and passages of the period were left out before.
    """

    within: Sequence[Known] = ()
    promising: Sequence[Known] = ()
    before: Sequence[Known] = ()
    earlier_years: Sequence[Known] = ()
    pair: tuple[Then, Then] | None = None
    feedback: Sequence[Entry] = ()
    handles: Sequence[str] = ()
    private: int = 0
    hidden: int = 0


def as_it_is(entry: Known) -> Entry:
    """An entry that has its words already."""
    if not isinstance(entry, Entry):
        raise TypeError("a card has no words; read its entry")
    return entry


def material_of(
    entries: Iterable[Known],
    period: Period,
    today: date,
    ids_of: Callable[[str], Collection[str]] = lambda one: (one,),
    whole: Callable[[Known], Entry] = as_it_is,
) -> Material:
    """What of all the `entries` (oldest first) a review of `period` needs.

    `ids_of` has every id of a prompt; `whole` gives an entry with its words, as they may be shown.
    """
    own = figures_id(period)
    found = [each for each in entries if own not in each.prompts]
    every = [each for each in found if each.kind != FEEDBACK]
    earlier = before(period)
    within = [each for each in every if each.date in period]
    about = {each.id or each.path for each in within}
    return Material(
        within=within,
        promising=[each for each in every if each.date not in period and _is_promising(each, period, today)],
        before=[each for each in every if earlier and each.date in earlier],
        earlier_years=[each for each in every if _is_of_earlier_years(each.date, period, today)],
        pair=_pair(within, every, ids_of, whole),
        feedback=[
            whole(each) for each in found if each.kind == FEEDBACK and (each.date in period or each.reply_to in about)
        ],
    )


def figures_id(period: Period) -> str:
    """What a kept review of `period` names its figures by."""
    first, last = (day.isoformat() if day else "" for day in (period.first, period.last))
    return f"{FIGURES}.{first}.{last}"


def has_figures(entry: Known) -> bool:
    """Whether an entry is a kept review: most of its words are not the writer's."""
    return any(each.startswith(f"{FIGURES}.") for each in entry.prompts)


def belongs(each: Promised, period: Period, today: date) -> bool:
    """Made, due or closed in the period; or overdue, where the period is the one that goes on now."""
    days = (each.entry.date, each.commitment.due, each.commitment.closed)
    if any(day is not None and day in period for day in days):
        return True
    if period.first is None or each.entry.date >= period.first:
        return False
    is_recent = (period.first - each.entry.date).days <= EARLIER_DAYS
    return is_recent and is_overdue(each, today) and today in period


def _is_promising(entry: Known, period: Period, today: date) -> bool:
    if period.last and entry.date > period.last:
        return False
    return any(belongs(Promised(each, entry), period, today) for each in entry.commitments)


def days_of_earlier_years(period: Period, today: date, first_year: int) -> list[date]:
    """The days, from `first_year` on, that are on the calendar what the period's (or today) are."""
    if period.first is None or period.last is None:
        return []
    is_short = (period.last - period.first).days < SHORT_DAYS
    days = (date.fromordinal(number) for number in range(period.first.toordinal(), period.last.toordinal() + 1))
    those = list(days) if is_short else [today]
    found = [
        _in_year(day, year)
        for day in those
        for year in range(max(first_year, day.year - MOST_YEARS) if is_short else first_year, day.year)
    ]
    return sorted(day for day in found if day is not None and _is_of_earlier_years(day, period, today))


def _is_of_earlier_years(day: date, period: Period, today: date) -> bool:
    """The same day of the calendar, in an earlier year, as a day of a short period, or else as today."""
    first, last = period.first, period.last
    if first is None or last is None or day >= first:
        return False
    if (last - first).days >= SHORT_DAYS:
        return today in period and day.year < today.year and (day.month, day.day) == (today.month, today.day)
    return last.year - day.year <= MOST_YEARS and any(
        year > day.year and (that := _in_year(day, year)) is not None and that in period
        for year in {first.year, last.year}
    )


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _pair(
    within: Sequence[Known],
    every: Sequence[Known],
    ids_of: Callable[[str], Collection[str]],
    whole: Callable[[Known], Entry],
) -> tuple[Then, Then] | None:
    """The newest answer of the period to a prompt that was answered long before too, after the first one.

    The step of an exercise is the same prompt only in the same exercise.
    """
    first: dict[tuple[str | None, str], Known] = {}
    for entry in every:
        for prompt in entry.prompts:
            first.setdefault((entry.exercise, prompt), entry)
    for entry in reversed(within):
        for prompt in entry.prompts:
            ids = ids_of(prompt)
            then = [first[entry.exercise, each] for each in ids if (entry.exercise, each) in first]
            far = [each for each in then if (entry.date - each.date).days >= FAR_DAYS]
            then_answers = answers_to(ids, map(whole, far[:1]))
            found = [*then_answers[:1], *answers_to([prompt], [whole(entry)])[:1]] if far else []
            if len(found) == 2:
                return found[0], found[1]
    return None
