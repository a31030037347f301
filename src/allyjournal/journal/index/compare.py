"""Two indexes of one journal, row by row: what `doctor` asks, since a cache may be wrong without showing it."""

import sqlite3
from collections.abc import Iterator

from allyjournal.journal.index.asking import has_words

# All that is known of an entry, but for its number and the times of its file.
_ENTRIES = (
    "SELECT path, id, day, created, at, moment, title, kind, pack, prompts, practices, tags, people, flags, exercise, "
    "next_step, voice, reply_to, length, promises FROM entries"
)
_FAULTS = "SELECT path, line, fault FROM faults"
_MARKS = "SELECT path, marks.kind, name, marks.moment FROM marks JOIN entries USING (n)"
_COMMITMENTS = (
    "SELECT path, place, ref, text, status, due, closed, reach, outcomes FROM commitments JOIN entries USING (n)"
)
_ASKED = "SELECT path, prompt FROM asked JOIN entries USING (n)"
# How many words an entry has in the index, where they stand, and how long they are.
_WORDS = "SELECT path, count(*), sum(offset), sum(length(term)) FROM uses JOIN entries ON doc = n GROUP BY path"
_USES = "CREATE VIRTUAL TABLE temp.uses USING fts5vocab(main, 'words', 'instance')"


def differences(one: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """How many rows one index has otherwise than the other."""
    return sum(len(set(one.execute(sql)) ^ set(other.execute(sql))) for sql in _questions(one, other))


def _questions(one: sqlite3.Connection, other: sqlite3.Connection) -> Iterator[str]:
    yield from (_ENTRIES, _FAULTS, _MARKS, _COMMITMENTS, _ASKED)
    if has_words(one) and has_words(other):
        for db in (one, other):
            db.execute(_USES)
        yield _WORDS
