"""A commitment changed in place: its box, its fields, and one more line under it; every other byte stays.

The notation is Obsidian's Dataview and Tasks: `[completion:: DAY]`, `[cancelled:: DAY]`.
"""

import re
from datetime import date
from typing import NamedTuple

from allyjournal.errors import AllyError, Refused
from allyjournal.journal import document
from allyjournal.journal.body import HIDING, Commitment, Task, tasks
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


def changed(data: bytes, entry: Entry, ref: str, change: Change) -> bytes:
    """An entry's file, `data`, which reads as `entry`, with the commitment `ref` changed.

    Raises AllyError if it is not there, Refused if the file cannot be changed without touching more.
    """
    if entry.readonly:
        raise Refused(f"{entry.path} is not UTF-8 text; nothing was changed.")
    text = data.decode("utf-8")
    places = [each for each in tasks(entry.body, entry.id or entry.path) if each.commitment.ref == ref]
    if not places:
        raise AllyError(f"{entry.path} has no commitment {ref} any more.")
    start = len(text) - len(document.body_of(text, entry.path).lstrip("\r\n"))
    new = _body(entry.body, places[0], change, _line_end(text))
    _verify(entry, new, ref, change)
    return (text[:start] + new + text[start + len(entry.body) :]).encode()


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


def _verify(entry: Entry, new: str, ref: str, change: Change) -> None:
    """The commitment reads as it is meant to, and every other one as before. Raises Refused."""
    before = [each.commitment for each in tasks(entry.body, entry.id or entry.path)]
    at = [each.ref for each in before].index(ref)
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
