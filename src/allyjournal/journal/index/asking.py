"""Questions to the index, as SQL: which entries a filter and a query want, in which order."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from allyjournal.dates import Period
from allyjournal.errors import UnreadableFile
from allyjournal.journal.card import Card
from allyjournal.journal.filters import Filter
from allyjournal.journal.folder import may_hold
from allyjournal.journal.index.files import changed_files
from allyjournal.journal.index.tables import CARD, PERSON, PRACTICE, PROMPT, STARRED, TAG, card, last_number, path_of
from allyjournal.journal.mentions import fold
from allyjournal.journal.search import Query, Term
from allyjournal.journal.words import stem

# More terms than these in one question to FTS5 come near its limits; their answers are put together instead.
MOST_TERMS = 24
MOST_VARIABLES = 500
# When more numbers than this have lost their entries, and a quarter of all, the words are written anew.
MOST_DEAD = 1_000
NEWEST_FIRST = "ORDER BY at DESC, mtime DESC, path DESC"
ANY = "TRUE"
LAST = "\U0010ffff"
Condition = tuple[str, list[object]]

# From name to name by leaps, since each may stand a thousand times.
_EACH_NAME = """
WITH RECURSIVE each(name) AS (
  SELECT min(name) FROM marks WHERE kind = :kind
  UNION ALL SELECT (SELECT min(name) FROM marks WHERE kind = :kind AND name > each.name) FROM each
  WHERE name IS NOT NULL)"""
_OF_EACH = "FROM marks WHERE kind = :kind AND name = each.name"


class Moments(NamedTuple):
    """The marks of a period: from the first moment (included) to the last (not included)."""

    first: str
    last: str


def where(wanted: Filter) -> Condition:
    """A filter as a condition on `entries`. Text that it wants (`contains`) is not in the index, and left out."""
    parts: list[Condition] = [within(wanted.period)]
    subjects = _subjects(wanted)
    if subjects and wanted.any_of:
        parts.append((f"({' OR '.join(sql for sql, _ in subjects)})", [each for _, some in subjects for each in some]))
    else:
        parts += subjects
    parts += [(f"NOT {sql}", some) for sql, some in (_tagged(tag, wanted.period) for tag in wanted.without)]
    if wanted.prompts:
        parts.append(_marked(PROMPT, wanted.prompts, wanted.period))
    if wanted.kind is not None:
        parts.append(("kind = ?", [wanted.kind]))
    if wanted.starred:
        parts.append((f"flags & {STARRED}", []))
    return " AND ".join(sql for sql, _ in parts), [each for _, some in parts for each in some]


def within(period: Period) -> Condition:
    """A condition: of these days."""
    parts = [(f"day {sign} ?", day) for sign, day in ((">=", period.first), ("<=", period.last)) if day]
    return " AND ".join(sql for sql, _ in parts) or ANY, [day.isoformat() for _, day in parts]


def _subjects(wanted: Filter) -> list[Condition]:
    parts = [_tagged(tag, wanted.period) for tag in wanted.tags]
    parts += [_marked(PERSON, [fold(each)], wanted.period) for each in wanted.people]
    parts += [_marked(PRACTICE, [wanted.practice], wanted.period)] if wanted.practice else []
    parts += [("pack IS ?", [wanted.pack])] if wanted.pack else []
    return parts


def _tagged(tag: str, period: Period) -> Condition:
    return _marked(TAG, [fold(tag)], period, or_under=True)


def _marked(kind: str, names: Collection[str], period: Period, or_under: bool = False) -> Condition:
    """Entries with a mark of one of these names. Only the marks of the period are looked at.

    With `or_under` also `name/…`.
    """
    first, last = moments(period)
    rows = [(name, name) for name in names]
    rows += [(f"{name}/", f"{name}/{LAST}") for name in names] if or_under else []
    sql = "SELECT n FROM marks WHERE kind = ? AND name BETWEEN ? AND ? AND moment >= ? AND moment < ?"
    values: list[object] = [each for row in rows for each in (kind, *row, first, last)]
    return f"n IN ({' UNION ALL '.join([sql] * len(rows))})", values


def moments(period: Period) -> Moments:
    """The moments that the days of `period` have."""
    first = period.first.isoformat() if period.first else ""
    last = period.last
    return Moments(first, (last + timedelta(1)).isoformat() if last and last < date.max else "~")


def hits(db: sqlite3.Connection, query: Query) -> set[int] | None:
    """The numbers of the entries that fit a query; None where this index has no words."""
    if not has_words(db):
        return None
    found: set[int] | None = None
    wanted = [_expression(db, each) for each in query.wanted]
    for start in range(0, len(wanted), MOST_TERMS):
        some = _matches(db, " AND ".join(f"({each})" for each in wanted[start : start + MOST_TERMS]))
        found = some if found is None else found & some
    for each in query.without:
        found = found or set()
        found -= _matches(db, _expression(db, each)) if found else set()
    return (found or set()) - {n for (n,) in db.execute("SELECT n FROM dead")}


def has_words(db: sqlite3.Connection) -> bool:
    """Whether there is a table of words: not where Python's SQLite has no FTS5."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is not None


def forms(db: sqlite3.Connection, word: str) -> list[str]:
    """The words of the journal that share a word's stem."""
    common = stem(word)
    rows = db.execute("SELECT word FROM stems WHERE stem = ?", (common,)).fetchall()
    return [*(each for (each,) in rows), *([common] if stem(common) == common else []), word]


def _matches(db: sqlite3.Connection, expression: str) -> set[int]:
    return {n for (n,) in db.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))}


def _expression(db: sqlite3.Connection, term: Term) -> str:
    """A term for FTS5: words in quotes, which hold letters, digits and signs alone."""
    if not term.is_exact:
        return " OR ".join(f'"{each}"' for each in dict.fromkeys(forms(db, term.words[0])))
    return f'"{" ".join(term.words)}"{" *" if term.is_prefix else ""}'


def numbers(db: sqlite3.Connection, condition: Condition, found: set[int] | None, limit: int | None) -> list[int]:
    """The newest `limit` entries (all if None) that fulfil a condition and are among `found`, oldest first."""
    sql, values = condition
    if found is not None and len(found) <= MOST_VARIABLES:
        sql, values = f"{sql} AND n IN ({places(found)})", [*values, *found]
        found = None
    if found is None:
        end = "" if limit is None else f" LIMIT {int(limit)}"
        rows = db.execute(f"SELECT n FROM entries WHERE {sql} {NEWEST_FIRST}{end}", values)
        return [n for (n,) in rows][::-1]
    kept: list[int] = []
    for (n,) in db.execute(f"SELECT n FROM entries WHERE {sql} {NEWEST_FIRST}", values):
        if n in found:
            kept.append(n)
            if len(kept) == limit:
                break
    return kept[::-1]


def count(db: sqlite3.Connection, condition: Condition, found: set[int] | None) -> int:
    """How many entries fulfil a condition and are among `found`."""
    sql, values = condition
    if found is None and sql == ANY:
        return last_number(db) - int(db.execute("SELECT count(*) FROM dead").fetchone()[0])
    if found is None:
        return int(db.execute(f"SELECT count(*) FROM entries WHERE {sql}", values).fetchone()[0])
    if sql == ANY:
        return len(found)
    return len(found.intersection(n for (n,) in db.execute(f"SELECT n FROM entries WHERE {sql}", values)))


@contextmanager
def one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """Several questions to the index as it is at the first of them."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


def cards(db: sqlite3.Connection, wanted: Sequence[int]) -> list[Card]:
    """The cards of these entries, in this order."""
    rows = {row[0]: row for row in _rows(db, CARD, wanted)}
    promised = _promised(db, [n for n, row in rows.items() if row[-1]])
    return [card(rows[n], promised.get(n, ())) for n in wanted if n in rows]


def _promised(db: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, list[tuple[object, ...]]]:
    found: dict[int, list[tuple[object, ...]]] = {}
    columns = "n, ref, text, status, due, closed, reach, outcomes"
    for n, *row in _rows(db, columns, wanted, "commitments", "ORDER BY n, place"):
        found.setdefault(n, []).append(tuple(row))
    return found


def last_marks(db: sqlite3.Connection, kind: str, before: date) -> dict[str, datetime]:
    """When each mark of a kind was made last before a day."""
    last = f"SELECT max(moment) {_OF_EACH} AND moment < :before"
    sql = f"{_EACH_NAME} SELECT name, ({last}) FROM each WHERE name IS NOT NULL"
    rows = db.execute(sql, {"kind": kind, "before": before.isoformat()})
    return {name: datetime.fromisoformat(moment).replace(tzinfo=UTC) for name, moment in rows if moment}


def all_uses(db: sqlite3.Connection, kind: str) -> list[tuple[str, int, str, str]]:
    """Each name of a kind of mark: how often, and its first and last moment."""
    asked = ", ".join(f"(SELECT {each} {_OF_EACH})" for each in ("count(*)", "min(moment)", "max(moment)"))
    sql = f"{_EACH_NAME} SELECT name, {asked} FROM each WHERE name IS NOT NULL"
    return db.execute(sql, {"kind": kind}).fetchall()


def has(db: sqlite3.Connection, kind: str, name: str, period: Period, or_under: bool) -> bool:
    """Whether an entry of these days has a mark; with `or_under` also one such as `name/…`."""
    sql, values = _marked(kind, [name], period, or_under)
    return db.execute(f"SELECT 1 FROM entries WHERE {sql} LIMIT 1", values).fetchone() is not None


def paths(db: sqlite3.Connection, wanted: Sequence[int]) -> list[str]:
    """Where these entries lie, in this order."""
    found = {row[0]: path_of(row[1]) for row in _rows(db, "n, path", wanted)}
    return [found[n] for n in wanted if n in found]


def changed(db: sqlite3.Connection, root: Path, wanted: Sequence[int]) -> list[str]:
    """Those of these entries' files that are not as the index has them."""
    return list(changed_files(root, _rows(db, "path, size, mtime, ctime, inode", wanted)))


def unreadable(db: sqlite3.Connection, period: Period) -> list[UnreadableFile]:
    """The files and folders that could not be read, where they may hold entries of `period`."""
    rows = db.execute(
        "SELECT path, line, fault FROM faults UNION ALL SELECT path, 1, fault FROM folders WHERE fault <> ''"
    )
    found = [UnreadableFile(path_of(path), line, fault) for path, line, fault in rows]
    return sorted((each for each in found if may_hold(each.path, period)), key=lambda each: each.path)


def is_worn(db: sqlite3.Connection) -> bool:
    """Whether so many numbers have lost their entries that the words are better written anew."""
    (dead,) = db.execute("SELECT count(*) FROM dead").fetchone()
    return bool(dead > max(MOST_DEAD, last_number(db) // 4))


def places(values: Collection[object]) -> str:
    """As many places for values in a question as there are `values`."""
    return ",".join("?" * len(values))


def _rows(
    db: sqlite3.Connection, columns: str, wanted: Sequence[int], table: str = "entries", order: str = ""
) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(wanted), MOST_VARIABLES):
        some = wanted[start : start + MOST_VARIABLES]
        yield from db.execute(f"SELECT {columns} FROM {table} WHERE n IN ({places(some)}) {order}", some).fetchall()
