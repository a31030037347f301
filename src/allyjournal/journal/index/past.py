"""What the schedule and the commands need to know of the past: asked of the index, not read again."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta

from allyjournal.dates import Period
from allyjournal.journal.filters import Filter
from allyjournal.journal.index import asking
from allyjournal.journal.index.asking import Condition, places, within
from allyjournal.journal.index.tables import (
    FOR_COACH,
    PERSON,
    PRACTICE,
    PRIVATE,
    PROMPT,
    STARRED,
    TAG,
    names_in,
    stored,
)
from allyjournal.journal.past import Past, Use

# Conditions on entries, for `Index.where`.
WITH_COMMITMENTS = "promises > 0"
OPEN = "n IN (SELECT n FROM commitments WHERE status = 'open')"
OPEN_BY = "n IN (SELECT n FROM commitments WHERE status = 'open' AND due <= ?)"
# What a session draws in: open commitments, starred and marked entries, and the session before.
BROUGHT = f"({OPEN} OR flags & {STARRED | FOR_COACH} OR exercise = ?)"
# As the index of what coaches wrote has it.
FEEDBACK = "kind = 'feedback'"
UNFINISHED = "exercise IS NOT NULL AND next_step IS NOT NULL"
# An exercise that nothing replies to: `before` without its `after`.
WITHOUT_REPLY = (
    "exercise = ? AND NOT EXISTS (SELECT 1 FROM entries AS reply WHERE reply.exercise = ? "
    "AND reply.reply_to IN (entries.id, entries.path))"
)


def past(db: sqlite3.Connection, day: date, also_today: bool) -> Past:
    """What was answered before `day`; with `also_today`, on that day too."""
    before = _after(day) if also_today else day
    answered, practised = (asking.last_marks(db, kind, before) for kind in (PROMPT, PRACTICE))
    today = asking.numbers(db, ("day = ?", [day.isoformat()]), None, None)
    newest = db.execute(
        "SELECT n FROM entries WHERE kind = 'reflection' AND moment < ? "
        "ORDER BY moment DESC, at DESC, mtime DESC, path DESC LIMIT 1",
        (before.isoformat(),),
    ).fetchone()
    last = asking.cards(db, [newest[0]])[0].prompts if newest else ()
    return Past(answered, practised, {each for card in asking.cards(db, today) for each in card.prompts}, last)


def last_answer(db: sqlite3.Connection, prompts: tuple[str, ...], before: date) -> tuple[int, int] | None:
    """The entry that answered one of these prompts last before a day: its number, and its moment as the order goes."""
    row: tuple[int, int] | None = db.execute(
        "SELECT n, at FROM entries WHERE day < ? AND n IN "
        f"(SELECT n FROM marks WHERE kind = 'q' AND name IN ({places(prompts)})) ORDER BY at DESC LIMIT 1",
        (before.isoformat(), *prompts),
    ).fetchone()
    return row


def answers_since(db: sqlite3.Connection, prompt: str, at: int | None) -> list[int]:
    """The numbers of the entries that answer a prompt, those after a moment (None: all)."""
    sql = "n IN (SELECT n FROM marks WHERE kind = 'q' AND name = ?) AND (? IS NULL OR at > ?)"
    return asking.numbers(db, (sql, [prompt, at, at]), None, None)


def first_answer(db: sqlite3.Connection, exercise: str | None, prompt: str, with_private: bool) -> list[int]:
    """The first entry that answered a prompt in an exercise, or in none."""
    private = "" if with_private else f"AND NOT flags & {PRIVATE}"
    rows = db.execute(
        "SELECT n FROM marks JOIN entries USING (n) WHERE marks.kind = 'q' AND name = ? AND exercise IS ? "
        f"{private} ORDER BY marks.moment LIMIT 1",
        (prompt, exercise),
    )
    return [n for (n,) in rows]


def answered_in(db: sqlite3.Connection, period: Period) -> list[tuple[str | None, str]]:
    """Which prompts were answered in a period, each with its exercise."""
    first, last = asking.moments(period)
    rows = db.execute("SELECT exercise, prompts FROM entries WHERE day >= ? AND day < ?", (first, last))
    return list({(exercise, each) for exercise, prompts in rows for each in names_in(prompts)})


def newest_of(db: sqlite3.Connection, practices: Sequence[str], count: int) -> list[int]:
    """The newest entries of each practice, so many."""
    sql = "SELECT n FROM marks WHERE kind = 'p' AND name = ? ORDER BY moment DESC LIMIT ?"
    return [n for each in practices for (n,) in db.execute(sql, (each, count))]


def last_day_of(db: sqlite3.Connection, exercise: str) -> date | None:
    """The day of the last entry that finished an exercise."""
    sql = "SELECT max(day) FROM entries WHERE exercise = ? AND next_step IS NULL"
    (day,) = db.execute(sql, (exercise,)).fetchone()
    return date.fromisoformat(day) if day else None


def speaking(days: Period, period: Period, today: date, others: Sequence[date], numbers: Sequence[int]) -> Condition:
    """A condition: of `days`; or on one of the `others`, or one of `numbers`; or with a commitment of the `period`.

    That is one that came due or was closed in it, or is overdue. Also what coaches wrote about an entry of the period.
    """
    (of_days, values), (of_period, its) = within(days), within(period)
    about = f"SELECT id FROM entries WHERE {of_period} UNION SELECT path FROM entries WHERE {of_period}"
    first, last = (day.isoformat() if day else end for day, end in ((period.first, ""), (period.last, "~")))
    parts: list[Condition] = [
        (f"SELECT n FROM entries WHERE {of_days}", values),
        ("SELECT n FROM commitments WHERE due BETWEEN ? AND ?", [first, last]),
        ("SELECT n FROM commitments WHERE closed BETWEEN ? AND ?", [first, last]),
        ("SELECT n FROM commitments WHERE status = 'open' AND due < ?", [today.isoformat()]),
        (f"SELECT n FROM entries WHERE day IN ({places(others)})", [day.isoformat() for day in others]),
        (f"SELECT n FROM entries WHERE n IN ({places(numbers)})", list(numbers)),
        (f"SELECT n FROM entries WHERE {FEEDBACK} AND reply_to IN ({about})", [*its, *its]),
    ]
    return f"n IN ({' UNION '.join(sql for sql, _ in parts)})", [each for _, some in parts for each in some]


def asked_by_coaches(db: sqlite3.Connection, since: date, before: date) -> list[tuple[int, str]]:
    """What coaches asked in what was taken in from a day on, before another: entry and prompt, the oldest first."""
    # The sign keeps SQLite from walking through all entries in the order of time.
    sql = f"SELECT n, prompt FROM entries JOIN asked USING (n) WHERE {FEEDBACK} AND day >= ? AND day < ? "
    sql += "ORDER BY +at, mtime, path"
    return db.execute(sql, (since.isoformat(), before.isoformat())).fetchall()


def feedback_on(names: Sequence[str]) -> Condition:
    """A condition: what coaches wrote about the entries of these ids (or paths)."""
    return f"{FEEDBACK} AND reply_to IN ({places(names)})", [stored(each) for each in names]


def named(names: Sequence[str]) -> Condition:
    """A condition: the entries of these ids (or paths)."""
    return f"(id IN ({places(names)}) OR path IN ({places(names)}))", [stored(each) for each in (*names, *names)]


def since(day: date) -> Condition:
    """A condition: written since a day, or closed since then, or what a session draws in."""
    closed = "n IN (SELECT n FROM commitments WHERE closed >= ?)"
    return f"(day >= ? OR {closed} OR {BROUGHT})", [day.isoformat(), day.isoformat(), ""]


def days(db: sqlite3.Connection, period: Period) -> list[date]:
    """The days of a period on which something was written."""
    first, last = asking.moments(period)
    rows = db.execute("SELECT DISTINCT day FROM entries WHERE day >= ? AND day < ? ORDER BY day", (first, last))
    return [date.fromisoformat(day) for (day,) in rows]


def first_day(db: sqlite3.Connection) -> date | None:
    """The day of the earliest entry."""
    (day,) = db.execute("SELECT min(day) FROM entries").fetchone()
    return date.fromisoformat(day) if day else None


def uses(db: sqlite3.Connection, sign: str, wanted: Filter) -> list[Use]:
    """The tags (`#`) or people (`@`) of the entries that a filter wants, the most used first."""
    kind = TAG if sign == "#" else PERSON
    condition, values = asking.where(wanted)
    if condition == asking.ANY:
        rows = asking.all_uses(db, kind)
    else:
        within = f"n IN (SELECT n FROM entries WHERE {condition})"
        sql = f"SELECT name, count(*), min(moment), max(moment) FROM marks WHERE kind = ? AND {within} GROUP BY name"
        rows = db.execute(sql, (kind, *values)).fetchall()
    found = [Use(name, times, _day(first), _day(last)) for name, times, first, last in rows]
    return sorted(found, key=lambda use: (-use.times, use.name))


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def _after(day: date) -> date:
    return day + timedelta(1) if day < date.max else day
