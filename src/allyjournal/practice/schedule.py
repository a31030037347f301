"""Which prompt comes next, and why: a pure function of the packs, what was asked before, and the day."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from allyjournal.dates import Period, show_short, week_of
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack, Prompt

REST_DAYS = 35
RHYTHM_WEEKS = 4
_NEVER = datetime.min.replace(tzinfo=UTC)


class Next(NamedTuple):
    """A prompt, the pack it is from, and the reason in one sentence."""

    pack: Pack
    prompt: Prompt
    why: str


class History:
    """When each prompt was last asked and each practice last practised; `today` has what was asked today."""

    def __init__(self) -> None:
        self.prompts: dict[str, datetime] = {}
        self.practices: dict[str, datetime] = {}
        self.today: set[str] = set()

    def note(self, prompts: Iterable[str], practices: Iterable[str], moment: datetime) -> None:
        """Take in what one entry answered, and when."""
        for ids, last in ((prompts, self.prompts), (practices, self.practices)):
            for each in ids:
                last[each] = max(moment, last.get(each, _NEVER))


def history_before(entries: Iterable[Entry], today: date, also_today: bool) -> History:
    """What the entries before `today` asked; with `also_today`, those of today too.

    Without it the choice stays the same all day, whatever is answered.
    """
    history = History()
    for entry in entries:
        if entry.date == today:
            history.today.update(entry.prompts)
        if entry.date < today or (also_today and entry.date == today):
            history.note(entry.prompts, entry.practices, _moment(entry))
    return history


def choose(
    pack: Pack,
    history: History,
    today: date,
    titles: Mapping[str, str],
    *,
    practice: str | None = None,
    week_start: int = 0,
    another: bool = False,
) -> Next | None:
    """The prompt of `pack` for `today`; None if it has none (for `practice`).

    Even packs: the practice least recently practised, and in it the prompt least recently asked. Others: the
    prompt least recently asked, in the pack's order. Weekly prompts wait for the week's last three days, and
    no prompt comes back within 35 days while another is left. `another` leaves out what was asked today.
    """
    fitting = [each for each in pack.prompts if practice is None or each.practice == practice]
    fitting = [each for each in fitting if each.when != "week-end" or _week_is_ending(today, week_start)] or fitting
    if another:
        fitting = [each for each in fitting if each.id not in history.today] or fitting
    if not fitting:
        return None
    rested = [each for each in fitting if today.toordinal() - REST_DAYS >= _last_asked(each, history).toordinal()]
    pool = rested or fitting
    if pack.order == "even" and practice is None:
        practices = list(dict.fromkeys(each.practice for each in pool))
        chosen = min(practices, key=lambda each: _last_practised(each, history))
        pool = [each for each in pool if each.practice == chosen]
    prompt = min(pool, key=lambda each: _last_asked(each, history))
    return Next(pack, prompt, _why(pack, prompt, history, titles, practice))


def rhythm(days: Iterable[date], today: date, week_start: int = 0) -> tuple[int, int]:
    """In how many of the last four weeks, this one included, something was written; and how many are counted.

    Weeks before the first entry are not counted: nobody begins with a loss.
    """
    this = week_of(today, week_start).first or today
    weeks = {week_of(day, week_start).first for day in days if day <= today}
    firsts = [this - timedelta(days=7 * number) for number in range(RHYTHM_WEEKS)]
    counted = [first for first in firsts if any(week is not None and week <= first for week in weeks)]
    return sum(first in weeks for first in counted), len(counted)


def rhythm_weeks(today: date, week_start: int = 0) -> Period:
    """The days that the rhythm is about."""
    this = week_of(today, week_start)
    first = max(date.min.toordinal(), (this.first or today).toordinal() - 7 * (RHYTHM_WEEKS - 1))
    return Period(date.fromordinal(first), this.last)


def show_rhythm(kept: int, counted: int) -> str:
    """The rhythm in words, `3 of the last 4 weeks`; empty in the first week, and after a pause."""
    return f"{kept} of the last {counted} weeks" if kept and counted > 1 else ""


def _moment(entry: Entry) -> datetime:
    """When an entry counts: on its own day, whenever it was written."""
    at = entry.created.timetz().replace(tzinfo=None)
    return datetime.combine(entry.date, at if entry.created.date() == entry.date else time.max, UTC)


def _week_is_ending(today: date, week_start: int) -> bool:
    return (today.weekday() - week_start) % 7 >= 4


def _last_asked(prompt: Prompt, history: History) -> datetime:
    return max(history.prompts.get(each, _NEVER) for each in (prompt.id, *prompt.was))


def _last_practised(practice: str | None, history: History) -> datetime:
    return history.practices.get(practice or "", _NEVER)


def _why(pack: Pack, prompt: Prompt, history: History, titles: Mapping[str, str], wanted: str | None) -> str:
    practice = prompt.practice
    title = titles.get(practice, practice) if practice else pack.title
    asked = _last_asked(prompt, history)
    if wanted or pack.order != "even" or not practice:
        last = (
            "you have not answered it yet" if asked == _NEVER else f"you last answered it on {show_short(asked.date())}"
        )
        return f"It is next in {title}: {last}."
    practised = _last_practised(practice, history)
    if practised == _NEVER:
        return f"You had not written about {title} before."
    return f"{title} is the practice you have written about least recently, last on {show_short(practised.date())}."
