"""A commitment changed in place: its box, its fields, and one more line under it; every other byte stays.

The notation is Obsidian's Dataview and Tasks: `[completion:: DAY]`, `[cancelled:: DAY]`.
"""

import re
from datetime import date
from typing import NamedTuple

from allyjournal.errors import Refused
from allyjournal.journal import document
from allyjournal.journal.body import HIDING, Commitment, Task, tasks, visible
from allyjournal.journal.entry import Entry

# What `closed` writes: the box, and the field that says when.
CLOSED = {"kept": ("x", "completion"), "dropped": ("-", "cancelled")}
# A block's name in Obsidian, which must stay the last thing on its line.
_BLOCK_NAME = re.compile(r"(\s+\^[A-Za-z0-9-]+)?\s*$")
_LEAD = re.compile(r"([ \t>]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)\[[^\[\]]\]")


class Change(NamedTuple):
    """What becomes of a commitment; None leaves a thing as it is. `outcome` is a line to put under it."""

    status: str | None = None
    day: date | None = None
    due: date | None = None
    reach: str | None = None
    outcome: str = ""


def changed(data: bytes, entry: Entry, seen: Commitment, change: Change) -> bytes:
    """An entry's file, `data`, which reads as `entry`, with the commitment changed that the person has `seen`.

    Raises Refused if it is not there any more as it was seen, or if the file cannot be changed without touching
    more, or without showing or hiding what it should not.
    """
    if entry.readonly:
        raise Refused(f"{entry.path} is not UTF-8 text; nothing was changed.")
    text = data.decode("utf-8")
    place = _place(entry, seen)
    if change.outcome and _is_hidden(entry.body, place.end):
        # It is hidden already: a mark of its own would end that.
        change = change._replace(outcome=change.outcome.replace(HIDING, ""))
    start = len(text) - len(document.body_of(text, entry.path).lstrip("\r\n"))
    new = _body(entry.body, place, change, _line_end(text))
    _verify(entry, new, place.commitment, change)
    _verify_hidden(entry, new, _body(entry.body, place, _shown(change), _line_end(text)))
    return (text[:start] + new + text[start + len(entry.body) :]).encode()


def _place(entry: Entry, seen: Commitment) -> Task:
    """The one place where the commitment stands as it was seen; a hand-made one may have moved."""
    owner = entry.id or entry.path
    same = [each for each in tasks(entry.body, owner) if each.commitment._replace(ref=seen.ref) == seen]
    if not seen.ref.startswith(f"{owner}."):
        same = [each for each in same if each.commitment.ref == seen.ref]
    if len(same) != 1:
        raise Refused(f"{entry.path}: that commitment changed meanwhile, or stands there twice; nothing was written.")
    return same[0]


def _is_hidden(body: str, at: int) -> bool:
    """Whether a line put in at `at` would be hidden, by either reading of the marks."""
    return "\ufffc" not in visible(f"{body[:at]}\n\ufffc\n{body[at:]}")[0]


def _shown(change: Change) -> Change:
    """The change with what its outcome hides left out."""
    return change._replace(outcome=visible(one_line(change.outcome))[0].strip() or "-") if change.outcome else change


def _verify_hidden(entry: Entry, new: str, without: str) -> None:
    """What is hidden stays hidden, what was shown stays shown, and the outcome hides its own alone. Raises Refused."""
    shown, wanted = ([word for word in visible(each)[0].split() if word != "-"] for each in (new, without))
    if shown != wanted:
        raise Refused(f"{entry.path}: these %% marks would hide more or less than they should; nothing was written.")


def field(name: str, value: str) -> str:
    """A field as it stands on a commitment's line: `[due:: 2026-11-26]`."""
    return f"[{name}:: {value}]"


def one_line(text: str) -> str:
    """Words of a person on one line; a `%%` left open there is closed, or it would hide what follows."""
    line = " ".join(text.split())
    return f"{line} {HIDING}" if line.count(HIDING) % 2 else line


def _body(body: str, task: Task, change: Change, line_end: str) -> str:
    rest = body[task.start + len(task.line) :]
    if change.outcome:
        at = task.end - task.start - len(task.line)
        rest = rest[:at] + line_end + _indent(task) + f"- {one_line(change.outcome)}" + rest[at:]
    return body[: task.start] + _line(task, change) + rest


def _line(task: Task, change: Change) -> str:
    line = task.line
    if change.due:
        line = _with_field(line, "due", change.due.isoformat())
    if change.reach:
        line = _with_field(line, "reach", change.reach)
    if change.status in CLOSED:
        mark, name = CLOSED[change.status]
        lead = _LEAD.match(line)
        end = lead.end() if lead else 0
        line = f"{line[: end - 2]}{mark}{line[end - 1 :]}"
        line = _with_field(line, name, change.day.isoformat()) if change.day else line
    return line


def _with_field(line: str, name: str, value: str) -> str:
    """The line with this field set: where it stands last, else behind all words but a block's name."""
    for there in reversed(list(re.finditer(rf"\[{name}::[^\[\]]*\]", line))):
        return line[: there.start()] + field(name, value) + line[there.end() :]
    end = _BLOCK_NAME.search(line)
    at = end.start() if end else len(line)
    return f"{line[:at]} {field(name, value)}{line[at:]}"


def _indent(task: Task) -> str:
    """What a line under the commitment begins with: as the one that is there, else under the words of its item."""
    if task.under:
        return task.under[: len(task.under) - len(task.under.lstrip(" \t>"))]
    lead = _LEAD.match(task.line)
    return f"{lead[1]}{' ' * len(lead[2])}" if lead else "  "


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"


def _verify(entry: Entry, new: str, found: Commitment, change: Change) -> None:
    """The commitment reads as it is meant to, and every other one as before. Raises Refused."""
    before = [each.commitment for each in tasks(entry.body, entry.id or entry.path)]
    at = before.index(found)
    after = [each.commitment for each in tasks(new, entry.id or entry.path)]
    if [*before[:at], _meant(before[at], change), *before[at + 1 :]] != after:
        raise Refused(f"{entry.path} could not be changed without touching other lines; nothing was changed.")


def _meant(each: Commitment, change: Change) -> Commitment:
    """What the commitment should read as, once it is changed."""
    return each._replace(
        status=change.status or each.status,
        closed=change.day or each.closed,
        due=change.due or each.due,
        reach=change.reach or each.reach,
        outcomes=(*each.outcomes, *([one_line(change.outcome)] if change.outcome else [])),
    )
