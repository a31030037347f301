"""Which prompt comes next, and why: a pure function of the packs, what was asked before, and the day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from allyjournal.dates import Period, show_short, week_of
from allyjournal.journal.entry import Entry
from allyjournal.journal.past import Past
from allyjournal.packs.model import Pack, Prompt
from allyjournal.practice.follow_ups import FollowUp

REST_DAYS = 35
# A week ends with its last three days.
WEEKLY_DAYS = 3
RHYTHM_WEEKS = 4
# Within a practice, in this order.
_STAGES = {"what": 0, "so-what": 1, "now-what": 2}
_NEVER = datetime.min.replace(tzinfo=UTC)


class Next(NamedTuple):
    """A prompt, the pack it is from, and the reason in one sentence."""

    pack: Pack
    prompt: Prompt
    why: str


class Skip(NamedTuple):
    """A prompt that was passed over, and on which day."""

    prompt: str
    day: date


class History:
    """When each prompt was last asked and each practice last practised; `today` has what was asked today.

    A prompt that was passed over counts as asked: it rests too. `skipped` says when, `last` which prompts the
    newest reflection answered.
    """

    def __init__(self) -> None:
        self.prompts: dict[str, datetime] = {}
        self.practices: dict[str, datetime] = {}
        self.skipped: dict[str, datetime] = {}
        self.today: set[str] = set()
        self.last: tuple[str, ...] = ()

    @classmethod
    def of(cls, past: Past) -> "History":
        """What the index knows of the past."""
        history = cls()
        history.prompts, history.practices = dict(past.prompts), dict(past.practices)
        history.today, history.last = set(past.today), past.last
        return history

    def note(self, prompts: Iterable[str], practices: Iterable[str], moment: datetime) -> None:
        """Take in what one entry answered, and when."""
        for ids, last in ((prompts, self.prompts), (practices, self.practices)):
            for each in ids:
                last[each] = max(moment, last.get(each, _NEVER))

    def skip_until(self, today: date, skips: Iterable[Skip]) -> None:
        """Take in what was passed over up to `today`."""
        for each in skips:
            if each.day <= today:
                self.skip(each)

    def skip(self, skipped: Skip) -> None:
        """Take in a prompt that was passed over."""
        moment = datetime.combine(skipped.day, time.max, UTC)
        self.skipped[skipped.prompt] = max(moment, self.skipped.get(skipped.prompt, _NEVER))
        self.note([skipped.prompt], [], moment)


def history_before(entries: Iterable[Entry], today: date, also_today: bool, skips: Iterable[Skip] = ()) -> History:
    """What the entries before `today` asked; with `also_today`, those of today too.

    Without it the choice stays the same all day, whatever is answered. What is passed over counts at once.
    """
    history = History()
    newest = _NEVER
    for entry in entries:
        if entry.date == today:
            history.today.update(entry.prompts)
        if entry.date < today or (also_today and entry.date == today):
            history.note(entry.prompts, entry.practices, entry.moment)
            if entry.kind == "reflection" and entry.moment >= newest:
                newest, history.last = entry.moment, entry.prompts
    history.skip_until(today, skips)
    return history


class Candidate(NamedTuple):
    """A prompt that may be asked, its pack, and the words of the writer's focus that name it ("" outside it)."""

    pack: Pack
    prompt: Prompt
    focus: str = ""


class Wanted(NamedTuple):
    """What the choice depends on beside the history: a practice, the first day of the week, one more today.

    `focus` are the prompts that the writer's focus names, `due` those whose day has come, the oldest first.
    """

    practice: str | None = None
    week_start: int = 0
    another: bool = False
    focus: Sequence[Candidate] = ()
    due: Sequence[FollowUp] = ()


ANYTHING = Wanted()


def choose(
    pack: Pack, history: History, today: date, titles: Mapping[str, str], wanted: Wanted = ANYTHING
) -> Next | None:
    """The prompt for `today`; None if there is none (for the practice that is wanted).

    In this order: a follow-up whose day has come; every other time a prompt of the focus; else one of `pack`.
    Weekly prompts wait for the week's last three days, and no prompt comes back within 35 days while another
    is left. With `another`, what was asked today is left out.
    """
    waiting = [each for each in wanted.due if each.prompt.id not in history.today or not wanted.another]
    if waiting and wanted.practice is None:
        first = waiting[0]
        return Next(first.pack, first.prompt, first.why)
    fitting = [each for each in pack.prompts if wanted.practice in (None, each.practice)]
    everything = _left([Candidate(pack, each) for each in fitting], history, today, wanted)
    weekly = _wants_weekly([*pack.prompts, *(each.prompt for each in wanted.focus)], history, today)
    focused = _rested(_left(wanted.focus, history, today, wanted), history, today) if wanted.practice is None else []
    was_focused = any(name in history.last for each in wanted.focus for name in (each.prompt.id, *each.prompt.was))
    ready = _rested(everything, history, today)
    if focused and not (was_focused and ready):
        return _said(_pick(focused, history, weekly), history, titles, wanted)
    if not everything:
        return None
    return _said(_pick(ready or everything, history, weekly or not ready), history, titles, wanted)


def _left(found: Sequence[Candidate], history: History, today: date, wanted: Wanted) -> list[Candidate]:
    """Those that fit the day; all of them where none does."""
    fitting = [each for each in found if each.prompt.when != "week-end" or _week_is_ending(today, wanted.week_start)]
    kept = fitting or list(found)
    return ([each for each in kept if each.prompt.id not in history.today] or kept) if wanted.another else kept


def _rested(found: Iterable[Candidate], history: History, today: date) -> list[Candidate]:
    latest = today.toordinal() - REST_DAYS
    return [each for each in found if _last_asked(each.prompt, history).toordinal() <= latest]


def _pick(pool: Sequence[Candidate], history: History, weekly: bool) -> Candidate:
    """The practice (or the pack in sequence) whose turn it is, and in it the prompt whose turn it is."""
    groups: dict[str, list[Candidate]] = {}
    for each in pool:
        groups.setdefault(_group(each), []).append(each)
    group = min(groups.values(), key=lambda found: _last_practised(found, history))
    if group[0].pack.order == "sequence":
        return min(group, key=lambda each: _last_asked(each.prompt, history))
    fresh = [each for each in group if _last_asked(each.prompt, history) == _NEVER]
    if not fresh:
        return min(group if weekly else _of_the_day(group, weekly), key=lambda each: _last_asked(each.prompt, history))
    stages = _stages(group[0], history)
    return min(
        _of_the_day(fresh, weekly),
        key=lambda each: (
            stages.get(each.prompt.stage or "", _NEVER),
            _STAGES.get(each.prompt.stage or "", len(_STAGES)),
        ),
    )


def _of_the_day(found: Sequence[Candidate], weekly: bool) -> Sequence[Candidate]:
    """The weekly questions if one is wanted, else the others; all where there is none of that sort."""
    return [each for each in found if (each.prompt.when == "week-end") == weekly] or found


def _wants_weekly(prompts: Iterable[Prompt], history: History, today: date) -> bool:
    """One weekly question a week is enough, and nobody begins with one."""
    asked = [_last_asked(each, history) for each in prompts if each.when == "week-end"]
    recent = today.toordinal() - WEEKLY_DAYS
    return bool(history.prompts) and all(each.toordinal() <= recent for each in asked)


def _group(each: Candidate) -> str:
    return f"pack {each.pack.id}" if each.pack.order == "sequence" else each.prompt.practice or ""


def _stages(one: Candidate, history: History) -> dict[str, datetime]:
    """When each of what, so what and now what was last asked of a candidate's practice, in its pack."""
    last: dict[str, datetime] = {}
    for each in one.pack.prompts:
        if each.practice != one.prompt.practice:
            continue
        last[each.stage or ""] = max(_last_asked(each, history), last.get(each.stage or "", _NEVER))
    return last


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


def _week_is_ending(today: date, week_start: int) -> bool:
    return (today.weekday() - week_start) % 7 >= 7 - WEEKLY_DAYS


def _last_asked(prompt: Prompt, history: History) -> datetime:
    return max(history.prompts.get(each, _NEVER) for each in (prompt.id, *prompt.was))


def _last_practised(group: Sequence[Candidate], history: History) -> datetime:
    """When the group had its turn last: its practice written about, or a prompt of it passed over."""
    first = group[0]
    turns = [_last_asked(each.prompt, history) for each in group] if first.pack.order == "sequence" else []
    turns += [] if first.pack.order == "sequence" else [history.practices.get(first.prompt.practice or "", _NEVER)]
    asked_of = [each for each in first.pack.prompts if each.practice == first.prompt.practice]
    turns += [history.skipped.get(each.id, _NEVER) for each in asked_of]
    return max(turns)


def _said(found: Candidate, history: History, titles: Mapping[str, str], wanted: Wanted) -> Next:
    return Next(found.pack, found.prompt, _why(found, history, titles, wanted.practice))


def _why(found: Candidate, history: History, titles: Mapping[str, str], wanted: str | None) -> str:
    pack, prompt = found.pack, found.prompt
    practice = prompt.practice
    title = titles.get(practice, practice) if practice else pack.title
    if found.focus:
        return f"You are working on {found.focus}, so this one comes up; {_last_said(prompt, history)}."
    if wanted or pack.order != "even" or not practice:
        return f"This is the next one in {title}; {_last_said(prompt, history)}."
    practised = history.practices.get(practice, _NEVER)
    if practised == _NEVER:
        return f"It is the turn of {title}: you had not written about it before."
    return f"It is the turn of {title}: you last wrote about it on {show_short(practised.date())}."


def _last_said(prompt: Prompt, history: History) -> str:
    """When a prompt was asked last, and what came of it."""
    asked = _last_asked(prompt, history)
    if asked == _NEVER:
        return "you have not answered it yet"
    is_skipped = any(history.skipped.get(each) == asked for each in (prompt.id, *prompt.was))
    return f"you {'passed it over' if is_skipped else 'last answered it'} on {show_short(asked.date())}"
