"""An entry as it leaves for somebody else: names become pseudonyms, addresses and numbers a neutral mark.

What is in doubt is asked, and left out until it is answered.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from typing import Any, NamedTuple

from allyjournal.journal.blocks import HEADING, rows
from allyjournal.journal.entry import Entry
from allyjournal.sharing.edits import Change
from allyjournal.sharing.pseudonyms import as_handle
from allyjournal.sharing.questions import Question
from allyjournal.sharing.redaction import without_hidden
from allyjournal.sharing.stripping import comments
from allyjournal.sharing.wording import LEFT_OUT, Rules, Worded, worded

KINDS = ("reflection", "exercise", "note", "review", "feedback")


class Redacted(NamedTuple):
    """An entry as it leaves.

    `before` is what was looked at, `after` what leaves of it. `changes` has for each field ("title", "body",
    "asked.0", "tags.1" …) its changes, with places in both. `people` counts the names replaced of each person,
    `others` what else was (e-mail, link, comment …). While there are `questions`, what they are about is left out.
    """

    before: Entry
    after: Entry
    changes: Mapping[str, Sequence[Change]]
    people: Mapping[str, int]
    others: Mapping[str, int]
    questions: Sequence[Question]


def handles(entries: Iterable[Entry], register: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Everybody who needs a pseudonym: the register's people, and those whom the entries mention."""
    return tuple(dict.fromkeys([*register, *(handle for entry in entries for handle in entry.all_people)]))


def with_mentioned(register: Mapping[str, Mapping[str, Any]], entries: Iterable[Entry]) -> dict[str, Mapping[str, Any]]:
    """The register, and whoever the entries mention without standing in it."""
    return {handle: register.get(handle, {}) for handle in handles(entries, register)}


def redacted(entry: Entry, by: Rules) -> Redacted:
    """The entry as it leaves for somebody else: built from nothing, of the fields that are named here.

    What `%%` hides is gone; there is no path, no time of day, no star or other mark for oneself. `by` is
    `wording.rules` of a register that has everybody in it (`with_mentioned`).
    """
    shown, _ = without_hidden(entry)
    before = replace(shown, body=without_refs(shown.body))
    made = _Redaction(before, by)
    after = Entry(
        id=before.id,
        date=before.date,
        created=datetime.combine(before.date, time(), UTC),
        asked=tuple(made.text(f"asked.{number}", each) for number, each in enumerate(before.asked)),
        title=made.text("title", before.title),
        kind=before.kind if before.kind in KINDS else made.text("kind", before.kind),
        pack=made.ours("pack", before.pack) if before.pack else None,
        prompts=made.all_ours("prompts", before.prompts),
        practices=made.all_ours("practices", before.practices),
        tags=tuple(dict.fromkeys(made.tag(f"tags.{number}", each) for number, each in enumerate(before.tags))),
        people=tuple(dict.fromkeys(made.person(each) for each in before.people)),
        exercise=made.ours("exercise", before.exercise) if before.exercise else None,
        next_step=made.ours("next_step", before.next_step) if before.next_step else None,
        voice="others" if before.voice == "others" else "self",
        body=made.body(before.body),
    )
    return Redacted(before, after, made.changes, made.people, made.others, made.once())


class _Redaction:
    """One entry on its way: what was changed and asked so far."""

    def __init__(self, entry: Entry, by: Rules) -> None:
        self.entry, self.by = entry, by
        self.present = frozenset(entry.all_people)
        self.changes: dict[str, list[Change]] = {}
        self.people: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        self.questions: list[Question] = []

    def text(self, field: str, text: str, is_tag: bool = False, asks: bool = True) -> str:
        """A text of one line or many."""
        return self._made(field, worded(text, field, self.by, self.present, is_tag, asks))

    def ours(self, field: str, text: str) -> str:
        """A word of ours or a pack's: only names are replaced in it. What does not look like one is a text."""
        return self.text(field, text, asks=not _is_id(text))

    def all_ours(self, field: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Several of those."""
        return tuple(self.ours(f"{field}.{number}", each) for number, each in enumerate(texts))

    def tag(self, field: str, tag: str) -> str:
        """A tag, which stays one."""
        said = self.text(field, tag, is_tag=True)
        return said if said != LEFT_OUT else "left-out"

    def person(self, handle: str) -> str:
        """A person's handle, as that of their pseudonym."""
        self.people[handle] += 1
        return as_handle(self.by.pseudonyms.get(handle, "someone"))

    def body(self, body: str) -> str:
        """The body; a heading that puts a prompt says the same as the prompt does in `asked`."""
        pieces: list[str] = []
        position = 0
        for start, end in (*_prompts_in(body, self.entry.asked), (len(body), len(body))):
            for piece, first in ((body[position:start], position), (body[start:end], start)):
                done = worded(piece, "body", self.by, self.present) if piece else None
                pieces.append(self._made("body", done, first, sum(map(len, pieces))) if done else "")
            position = end
        return "".join(pieces).strip("\n")

    def _made(self, field: str, done: Worded, shift: int = 0, new_shift: int = 0) -> str:
        for each in done.changes:
            at = each.start + shift, each.end + shift, each.new_start + new_shift, each.new_end + new_shift
            self.changes.setdefault(field, []).append(Change(*at, each.why, each.handle))
            if each.handle:
                self.people[each.handle] += 1
            else:
                self.others[each.why] += 1
        self.questions += (each._replace(start=each.start + shift, end=each.end + shift) for each in done.questions)
        return done.text

    def once(self) -> tuple[Question, ...]:
        """The questions, each once."""
        return tuple({each.key: each for each in reversed(self.questions)}.values())[::-1]


def without_refs(text: str) -> str:
    """The text without the ids of its commitments, which are the journal's own."""
    return _task().sub(lambda match: _ref().sub("", match[0]), text) if "[id::" in text else text


@cache
def _task() -> re.Pattern[str]:
    return re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[^\[\]]\][ \t].*", re.M)


@cache
def _ref() -> re.Pattern[str]:
    return re.compile(r" *\[id::[^\[\]\n]*\]")


def _is_id(text: str) -> bool:
    return text.isascii() and text == text.lower() and not text.strip("abcdefghijklmnopqrstuvwxyz0123456789.-/@_")


def _prompts_in(text: str, asked: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words of headings stand that put one of the prompts."""
    wanted = {each.strip() for each in asked}
    hidden = [(each.start, each.end) for each in comments(text)]
    for row in rows(text) if wanted else ():
        words = row.text[row.begin - row.start :].removeprefix("##").strip()
        is_hidden = any(start <= row.start < end for start, end in hidden)
        if row.kind == HEADING and row.depth == 0 and words in wanted and not is_hidden:
            start = text.index(words, row.begin)
            yield start, start + len(words)
