"""The tables of the index, and an entry as rows in them."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from allyjournal.errors import UnreadableFile
from allyjournal.journal.body import Commitment
from allyjournal.journal.card import Card
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import KIND as FEEDBACK
from allyjournal.journal.feedback import questions
from allyjournal.journal.words import stem, words

# Raised when these tables change, or what an entry or its words are read as: an index of another version is made anew.
VERSION = 3
TABLES = """
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE folders(folder INTEGER PRIMARY KEY, path UNIQUE, mtime INTEGER, inode INTEGER, fault TEXT);
CREATE TABLE entries(
  n INTEGER PRIMARY KEY, path UNIQUE, folder INTEGER,
  size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
  id TEXT, day TEXT, created TEXT, at INTEGER, moment TEXT, title TEXT, kind TEXT, pack TEXT,
  prompts TEXT, practices TEXT, tags TEXT, people TEXT,
  flags INTEGER, exercise TEXT, next_step TEXT, voice TEXT, reply_to TEXT, length INTEGER,
  promises INTEGER);
CREATE TABLE faults(
  path UNIQUE, folder INTEGER, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, line INTEGER, fault TEXT);
CREATE VIEW files AS
  SELECT path, folder, size, mtime, ctime, inode FROM entries UNION ALL
  SELECT path, folder, size, mtime, ctime, inode FROM faults;
CREATE TABLE marks(kind TEXT, name TEXT, moment TEXT, n INTEGER, PRIMARY KEY(kind, name, moment, n)) WITHOUT ROWID;
CREATE TABLE commitments(
  n INTEGER, place INTEGER, ref TEXT, text TEXT, status TEXT, due TEXT, closed TEXT, reach TEXT, outcomes TEXT,
  PRIMARY KEY(n, place)) WITHOUT ROWID;
CREATE TABLE asked(n INTEGER, prompt TEXT, PRIMARY KEY(n, prompt)) WITHOUT ROWID;
CREATE TABLE stems(stem TEXT, word TEXT, PRIMARY KEY(stem, word)) WITHOUT ROWID;
CREATE TABLE dead(n INTEGER PRIMARY KEY);
"""
# After the rows of a whole journal: filling an index that stands already takes longer.
INDEXES = """
CREATE INDEX by_folder ON entries(folder);
CREATE INDEX faults_by_folder ON faults(folder);
CREATE INDEX by_time ON entries(at, mtime, path);
CREATE INDEX by_day ON entries(day);
CREATE INDEX by_reflection ON entries(moment) WHERE kind = 'reflection';
CREATE INDEX by_id ON entries(id);
CREATE INDEX by_feedback ON entries(reply_to) WHERE kind = 'feedback';
CREATE INDEX feedback_by_day ON entries(day) WHERE kind = 'feedback';
CREATE INDEX by_exercise ON entries(exercise, reply_to) WHERE exercise IS NOT NULL;
CREATE INDEX by_status ON commitments(status, due);
CREATE INDEX by_due ON commitments(due) WHERE due IS NOT NULL;
CREATE INDEX by_closed ON commitments(closed) WHERE closed IS NOT NULL;
"""
# Tokens are made by `words`; for the `ascii` tokenizer every character beyond ASCII belongs to one.
WORDS = "CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, tokenize='ascii')"
TAG, PERSON, PRACTICE, PROMPT = "t", "@", "p", "q"
STARRED, PRIVATE, FOR_COACH = 1, 2, 4
_BETWEEN = "\x1f"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSERT = f"INSERT INTO entries VALUES({','.join('?' * 26)})"
CARD = (
    "n, path, id, day, created, title, kind, pack, prompts, practices, tags, people, flags, exercise, next_step, "
    "voice, reply_to, length, promises"
)


class Stat(NamedTuple):
    """What of a file changes when its words do: size, times of change in nanoseconds, inode."""

    size: int
    mtime: int
    ctime: int
    inode: int


class Row(NamedTuple):
    """One file of the journal as the index keeps it: where it is, its stat, and the entry, or why there is none."""

    path: str
    folder: int
    stat: Stat
    entry: Entry | UnreadableFile


def put(db: sqlite3.Connection, rows: Sequence[Row], has_words: bool) -> list[str]:
    """Add files that the index does not have; gives their texts, folded, for `put_stems`.

    A number is never given to a second entry: `dead` has the old ones. `has_words`: whether there is a table of words.
    """
    numbered = enumerate([(row, row.entry) for row in rows if isinstance(row.entry, Entry)], last_number(db) + 1)
    values, entries = [], []
    for n, (row, entry) in numbered:
        values.append(_values(n, row, entry))
        entries.append((n, entry))
    db.executemany(_INSERT, values)
    faults = [(row, row.entry) for row in rows if isinstance(row.entry, UnreadableFile)]
    broken = [(stored(row.path), row.folder, *row.stat, each.line, each.reason) for row, each in faults]
    db.executemany("INSERT INTO faults VALUES(?,?,?,?,?,?,?,?)", broken)
    db.executemany(
        "INSERT OR IGNORE INTO marks VALUES(?,?,?,?)", [each for n, entry in entries for each in _marks(entry, n)]
    )
    db.executemany(
        "INSERT INTO commitments VALUES(?,?,?,?,?,?,?,?,?)",
        [each for n, entry in entries for each in _commitments(entry, n)],
    )
    asked = [(n, name) for n, entry in entries if entry.kind == FEEDBACK for name, _ in questions(entry)]
    db.executemany("INSERT OR IGNORE INTO asked VALUES(?,?)", asked)
    texts = [(n, searched(entry)) for n, entry in entries]
    if has_words:
        db.executemany("INSERT INTO words(rowid, text) VALUES(?,?)", texts)
    return [text for _, text in texts]


def last_number(db: sqlite3.Connection) -> int:
    """The highest number that an entry has or had; each below it is that of an entry, or of a dead one."""
    sql = "SELECT max(ifnull((SELECT max(n) FROM entries), 0), ifnull((SELECT max(n) FROM dead), 0))"
    return int(db.execute(sql).fetchone()[0])


def put_stems(db: sqlite3.Connection, found: Iterable[str]) -> None:
    """Add the stems of words."""
    stems = [(common, word) for word in found if (common := stem(word)) != word]
    db.executemany("INSERT OR IGNORE INTO stems VALUES(?,?)", stems)


def all_words(db: sqlite3.Connection) -> list[str]:
    """Every word that the table of words has."""
    db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, 'words', 'row')")
    found = [word for (word,) in db.execute("SELECT term FROM vocabulary")]
    db.execute("DROP TABLE temp.vocabulary")
    return found


def drop(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Forget files. Their words stay in the table of words, under a number that no entry has any more."""
    for path in paths:
        db.execute("DELETE FROM faults WHERE path = ?", (stored(path),))
        row = db.execute(
            "SELECT n, moment, prompts, practices, tags, people FROM entries WHERE path = ?", (stored(path),)
        ).fetchone()
        if row is None:
            continue
        n, moment, *lists = row
        kinds = (PROMPT, PRACTICE, TAG, PERSON)
        names = [(kind, name, moment, n) for kind, text in zip(kinds, lists, strict=True) for name in names_in(text)]
        db.executemany("DELETE FROM marks WHERE kind = ? AND name = ? AND moment = ? AND n = ?", names)
        db.execute("DELETE FROM commitments WHERE n = ?", (n,))
        db.execute("DELETE FROM asked WHERE n = ?", (n,))
        db.execute("DELETE FROM entries WHERE n = ?", (n,))
        db.execute("INSERT OR IGNORE INTO dead VALUES(?)", (n,))


def searched(entry: Entry) -> str:
    """The words that an entry is found by: its title's and its body's."""
    return words(f"{entry.title}\n{entry.body}")


def stored(path: str) -> str | bytes:
    """A path as SQLite takes it; one that is no UTF-8 as its bytes."""
    return path if path.isascii() or path.isprintable() else os.fsencode(path)


def path_of(value: str | bytes) -> str:
    """A path as it was before `stored`."""
    return value if isinstance(value, str) else os.fsdecode(value)


def at(moment: datetime) -> int:
    """A moment as microseconds since 1970, as the order of entries goes by."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def show_moment(moment: datetime) -> str:
    """A moment as the marks have it: sorted as text it is sorted in time, and it begins with the day."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def card(row: tuple[object, ...], commitments: Iterable[tuple[object, ...]]) -> Card:
    """A row of `CARD` and its rows of commitments as a card."""
    _, path, identity, day, created, title, kind, pack, *lists = row[:12]
    flags, exercise, next_step, voice, reply_to, length, _ = row[12:]
    prompts, practices, tags, people = (names_in(each) for each in lists)
    return Card(
        id=identity,  # type: ignore[arg-type]  # what `put` stored
        date=date.fromisoformat(str(day)),
        created=datetime.fromisoformat(str(created)),
        title=str(title),
        kind=str(kind),
        pack_id=pack,  # type: ignore[arg-type]
        prompts=prompts,
        practices=practices,
        all_tags=tags,
        all_people=people,
        starred=bool(int(flags) & STARRED),  # type: ignore[call-overload]
        private=bool(int(flags) & PRIVATE),  # type: ignore[call-overload]
        for_coach=bool(int(flags) & FOR_COACH),  # type: ignore[call-overload]
        exercise=exercise,  # type: ignore[arg-type]
        next_step=next_step,  # type: ignore[arg-type]
        voice=str(voice),
        reply_to=reply_to,  # type: ignore[arg-type]
        words=int(length),  # type: ignore[call-overload]
        path=path_of(path),  # type: ignore[arg-type]
        commitments=tuple(commitment(each) for each in commitments),
    )


def commitment(row: tuple[object, ...]) -> Commitment:
    """A row of (ref, text, status, due, closed, reach, outcomes) as a commitment."""
    ref, text, status, due, closed, reach, outcomes = row
    return Commitment(str(ref), str(text), str(status), _day(due), _day(closed), reach, _lines(outcomes))  # type: ignore[arg-type]


def _values(n: int, row: Row, entry: Entry) -> tuple[object, ...]:
    flags = STARRED * entry.starred + PRIVATE * entry.private + FOR_COACH * entry.for_coach
    lists = (entry.prompts, entry.practices, entry.all_tags, entry.all_people)
    return (
        n,
        stored(row.path),
        row.folder,
        *row.stat,
        entry.id,
        entry.date.isoformat(),
        entry.created.isoformat(),
        at(entry.created),
        show_moment(entry.moment),
        entry.title,
        entry.kind,
        entry.pack_id,
        *(_BETWEEN.join(_plain(each)) for each in lists),
        flags,
        entry.exercise,
        entry.next_step,
        entry.voice,
        entry.reply_to,
        entry.words,
        len(entry.commitments),
    )


def _marks(entry: Entry, n: int) -> Iterator[tuple[str, str, str, int]]:
    moment = show_moment(entry.moment)
    kinds = {PROMPT: entry.prompts, PRACTICE: entry.practices, TAG: entry.all_tags, PERSON: entry.all_people}
    return ((kind, name, moment, n) for kind, names in kinds.items() for name in _plain(names))


def _plain(names: Iterable[str]) -> list[str]:
    """Names without the character that stands between them in a row."""
    return [name.replace(_BETWEEN, " ") for name in names]


def _commitments(entry: Entry, n: int) -> Iterator[tuple[object, ...]]:
    for place, each in enumerate(entry.commitments):
        days = (each.due.isoformat() if each.due else None, each.closed.isoformat() if each.closed else None)
        yield n, place, each.ref, each.text, each.status, *days, each.reach, "\n".join(each.outcomes)


def names_in(text: object) -> tuple[str, ...]:
    """The names in a column of prompts, practices, tags or people."""
    return tuple(str(text).split(_BETWEEN)) if text else ()


def _lines(text: object) -> tuple[str, ...]:
    return tuple(str(text).split("\n")) if text else ()


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
