"""A year of one writer, day by day, through the program's own core: `python -m benchmarks.year [SEEDS]`.

Days are skipped, prompts passed over, the focus is changed twice, and in summer the daily pack is upgraded: three
prompts are new, one has another id. For each seed it counts what must hold: each of the seven practices within 2
of even outside the weeks of a focus, nothing repeated while a prompt that was never asked was left in its
practice, every commitment asked back at the first use on or after its day, every entry readable. Exits 1 otherwise.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from allyjournal.cli import promising, prompting
from allyjournal.cli.session import Session
from allyjournal.config import Settings
from allyjournal.journal import skipped
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import new_id
from allyjournal.journal.history import History
from allyjournal.packs.answers import Given
from allyjournal.packs.library import DAILY, Library
from allyjournal.packs.model import Pack, Prompt
from allyjournal.practice import commitments
from allyjournal.practice.commitments import OUTCOMES
from allyjournal.practice.interview import answered, committed
from allyjournal.practice.schedule import Next

FIRST, DAYS = date(2026, 1, 5), 365
# The days of the year on which the focus changes, and what to.
FOCUS = {120: ("deep-curiosity",), 141: ("ally-leadership", "hiring"), 169: ()}
UPGRADE = 200
MOST_UNEVEN = 2


@dataclass
class Year:
    """One writer's year. `open` has the day of each commitment that is not closed; `faults` a line for each fault."""

    session: Session
    chance: random.Random
    focus: tuple[str, ...] = ()
    even: Counter[str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)
    open: dict[str, date] = field(default_factory=dict)
    answers: int = 0
    asked_back: int = 0
    whys: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Live as many years as are asked for, and print a row for each."""
    seeds = range(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
    # A year of writing is about what is asked, not about the disk.
    os.fsync = lambda _descriptor: None
    faults = 0
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            year = live(Path(folder), seed)
        faults += len(year.faults)
        counts = " ".join(str(count) for count in sorted(year.even.values()))
        print(
            f"seed {seed:>2}: {year.answers} answers, practices {counts}, {year.asked_back} asked back, "
            f"{len(year.faults)} faults",
            flush=True,
        )
        print("".join(f"  {line}\n" for line in year.faults[:5]), end="")
    return 1 if faults else 0


def live(folder: Path, seed: int, days: int = DAYS) -> Year:
    """One year, or its first `days`, in a journal of its own."""
    names = ("CONFIG", "DATA", "STATE", "CACHE")
    settings = Settings({f"XDG_{name}_HOME": str(folder / name.lower()) for name in names})
    year = Year(Session(settings, {}, _moment(FIRST)), random.Random(seed))
    library = year.session.library
    for number in range(days):
        year.focus = FOCUS.get(number, year.focus)
        if number == UPGRADE:
            library = upgraded(library)
        if year.chance.random() < 0.15:
            continue
        _open(year, settings, library, FIRST + timedelta(days=number))
        _live_a_day(year)
    year.faults += [str(each) for each in year.session.journal.all().unreadable]
    year.faults += uneven(year.even)
    return year


def upgraded(library: Library) -> Library:
    """The library with a later version of the daily pack: three new prompts, and one under a new id."""
    pack = library.packs[DAILY]
    first, *rest = pack.prompts
    renamed = first._replace(id=f"{first.id}-again", was=(*first.was, first.id))
    new = [
        Prompt(f"{each.id}.new", f"What is new in {each.title}?", practice=each.id, stage="what")
        for each in pack.practices[:3]
    ]
    later = pack._replace(version="1.9.0", prompts=(renamed, *rest, *new))
    return replace(library, packs=library.packs | {DAILY: later})


def uneven(counts: Counter[str]) -> list[str]:
    """The practices that are further from even than they may be."""
    even = sum(counts.values()) / max(1, len(counts))
    return [
        f"{practice} has {count}, even is {even:.1f}"
        for practice, count in counts.items()
        if abs(count - even) > MOST_UNEVEN
    ]


def _open(year: Year, settings: Settings, library: Library, day: date) -> None:
    """A new run of the program, on its day."""
    year.session = Session(settings, {}, _moment(day))
    year.session.library = library
    settings.config = settings.config._replace(focus=year.focus)


def _live_a_day(year: Year) -> None:
    _ask_back(year)
    today = year.session.today
    chosen = prompting.daily(year.session, prompting.before(year.session, today), today)
    assert chosen is not None
    year.whys[chosen.why.split(" ")[0]] += 1
    _judge(year, chosen)
    if year.chance.random() < 0.05:
        skipped.add(
            year.session.journal, History(year.session.journal, year.session.now), chosen.prompt.id, year.session.today
        )
    else:
        _answer(year, chosen)


def _ask_back(year: Year) -> None:
    """What is asked back must be what has come to its day, all of it and nothing else."""
    today = year.session.today
    found = commitments.due(year.session.journal.all().entries, today)
    wanted = {ref for ref, due in year.open.items() if due <= today}
    if {each.commitment.ref for each in found} != wanted:
        year.faults.append(f"{today}: asked back {len(found)}, due are {len(wanted)}")
    for each in found:
        name = year.chance.choice(list(OUTCOMES))
        later = today + timedelta(days=7) if OUTCOMES[name].status is None else None
        change = commitments.change(OUTCOMES[name], today, "It went as it went.", later)
        promising.write(year.session, each, change, name)
        year.asked_back += 1
        if later:
            year.open[each.commitment.ref] = later
        else:
            del year.open[each.commitment.ref]


def _judge(year: Year, chosen: Next) -> None:
    """Nothing comes again while a prompt that fits the day was never asked in its practice."""
    pack, prompt = chosen.pack, chosen.prompt
    if not year.focus and pack.id == DAILY:
        year.even.update({each.id: 0 for each in pack.practices})
        year.even[str(prompt.practice)] += 1
    fresh = [each for each in _fitting(pack, prompt, year.session.today) if not _was_asked(year, each)]
    if _was_asked(year, prompt) and fresh:
        year.faults.append(f"{year.session.today}: {prompt.id} again, {fresh[0].id} never asked")
    year.asked.update((prompt.id, *prompt.was))


def _was_asked(year: Year, prompt: Prompt) -> bool:
    return not year.asked.isdisjoint((prompt.id, *prompt.was))


def _fitting(pack: Pack, prompt: Prompt, day: date) -> list[Prompt]:
    is_ending = day.weekday() >= 4
    return [
        each for each in pack.prompts if each.practice == prompt.practice and (each.when != "week-end" or is_ending)
    ]


def _answer(year: Year, chosen: Next) -> None:
    session = year.session
    entry = Entry(
        id=new_id(), date=session.today, created=session.now, kind="reflection", pack=chosen.pack.reference, path=""
    )
    entry = answered(entry, chosen.prompt, Given(f"What came to mind about @priya. #{year.chance.choice('abc')}"))
    if year.chance.random() < 0.3:
        ref, due = new_id(6), session.today + timedelta(days=year.chance.randrange(1, 15))
        entry = committed(entry, "If it comes up, then I ask.", due, None, ref)
        year.open[ref] = due
    session.journal.add(entry)
    year.answers += 1


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
