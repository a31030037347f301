"""The body of an entry, read as Markdown line by line: answers, commitments, and what is hidden.

Reading is linear and never needs a pack. The notations are Obsidian's: `%%…%%` for what stays with the
writer, task items with Dataview's `[due:: …]` for commitments.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from allyjournal.journal.blocks import CODE, HEADING, OTHER, Row, rows

HIDING = "%%"
STATUSES = {" ": "open", "x": "kept", "X": "kept", "-": "dropped"}


class Answer(NamedTuple):
    """What was written under one prompt. `text` is "" when its heading is no longer in the body."""

    prompt: str | None
    asked: str
    text: str


class Commitment(NamedTuple):
    """Something the writer means to do. `status` is open, kept or dropped; `ref` names it."""

    ref: str
    text: str
    status: str
    due: date | None
    closed: date | None
    reach: str | None
    outcomes: tuple[str, ...]


class Task(NamedTuple):
    """Where a commitment stands in a body: its line, the first line indented under it, and where the last one ends."""

    commitment: Commitment
    start: int
    line: str
    under: str
    end: int


def answers(text: str, prompts: Sequence[str], asked: Sequence[str]) -> tuple[Answer, ...]:
    """The answers of a body: a `##` heading that equals `asked[i]` begins answer i; each is used once."""
    open_questions: dict[str, list[int]] = {}
    for number, each in reversed(list(enumerate(asked))):
        open_questions.setdefault(_plain(each), []).append(number)
    places: list[tuple[int, int, int]] = []
    for line in rows(text) if asked else ():
        left = open_questions.get(_heading(line)) if line.kind == HEADING else None
        if left:
            places.append((left.pop(), line.start, line.start + len(line.text)))
    texts = {}
    for place, (number, _, begins) in enumerate(places):
        ends = places[place + 1][1] if place + 1 < len(places) else len(text)
        texts[number] = text[begins:ends].strip()
    return tuple(
        Answer(prompts[number] if number < len(prompts) else None, each, texts.get(number, ""))
        for number, each in enumerate(asked)
    )


def count_words(text: str, asked: Sequence[str]) -> int:
    """The words of a body but for the headings that put the prompts."""
    headings = {_plain(each) for each in asked}
    put = (line.text for line in rows(text) if line.kind == HEADING and _heading(line) in headings) if asked else ()
    return len(text.split()) - sum(len(line.split()) for line in put)


def visible(text: str) -> tuple[str, int]:
    """`text` without what stands between `%%` and `%%`, and how many such passages were left out.

    An unclosed `%%` hides the rest: what is in doubt stays with the writer. So does a `%%` in code: it is read
    as a mark and as none, and what either reading hides is hidden.
    """
    marks = [match.start() for match in re.finditer(HIDING, text)]
    if not marks:
        return text, 0
    in_code = _in_code(text, marks)
    spans = _pairs(marks, len(text))
    if in_code:
        spans = _merged([*spans, *_pairs([mark for mark in marks if mark not in in_code], len(text))])
    shown, position = [], 0
    for first, last in spans:
        shown.append(text[position:first])
        position = last
    return "".join([*shown, text[position:]]), len(spans)


def _pairs(marks: Sequence[int], end: int) -> list[tuple[int, int]]:
    """From each opening mark past its closing one; the last may have none."""
    closing = [*(mark + len(HIDING) for mark in marks[1::2]), end]
    return list(zip(marks[::2], closing, strict=False))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _in_code(text: str, marks: Sequence[int]) -> set[int]:
    """The marks that may be code: in a code block, or behind an opening backtick on their line."""
    return _behind_backtick(text) | _in_blocks(text, marks)


def _behind_backtick(text: str) -> set[int]:
    """The marks with an odd number of runs of backticks before them on their line."""
    found, is_open = set(), False
    for match in re.finditer(rf"\n|`+|{HIDING}", text):
        if match[0] == HIDING:
            found.update([match.start()] if is_open else [])
        else:
            is_open = match[0] != "\n" and not is_open
    return found


def _in_blocks(text: str, marks: Sequence[int]) -> set[int]:
    """The marks in code blocks; both are in order."""
    found, waiting = set(), iter(marks)
    mark = next(waiting, None)
    for row in rows(text):
        end = row.start + len(row.text)
        while mark is not None and mark < end:
            found.update([mark] if row.kind == CODE and row.start <= mark else [])
            mark = next(waiting, None)
    return found


def commitments(text: str, entry: str) -> tuple[Commitment, ...]:
    """The task items that carry `[due:: …]` or `[id:: …]`, outside code, with the lines indented under them."""
    return tuple(each.commitment for each in tasks(text, entry))


def tasks(text: str, entry: str) -> list[Task]:
    """The commitments of a body, each with its place in it."""
    if "[due::" not in text and "[id::" not in text:
        return []
    found: list[Task] = []
    task: tuple[int, Row, re.Match[str]] | None = None
    under: list[Row] = []
    for line in [*rows(text), Row(len(text), "", OTHER, len(text), 0, 0)]:
        indent = _indent(line.text)
        match = None if line.kind == CODE else _patterns()[0].match(line.text)
        is_commitment = match is not None and ("[due::" in line.text or "[id::" in line.text)
        if task and line.kind != CODE and line.text.strip() and indent > task[0] and not is_commitment:
            under.append(line)
            continue
        if task:
            found.append(_task(task[1], task[2], under, f"{entry}.{len(found) + 1}"))
            task, under = None, []
        if match and is_commitment:
            task = (indent, line, match)
    return found


def without_tasks(text: str) -> str:
    """`text` without its commitments and what is indented under them."""
    for each in reversed(tasks(text, "")):
        text = text[: each.start] + text[each.end :]
    return text.strip()


def _indent(line: str) -> int:
    """How far the words of a line stand in, the marks of quotes included."""
    return len(line) - len(line.lstrip(" \t>"))


def _task(line: Row, match: re.Match[str], under: list[Row], ref: str) -> Task:
    outcomes = [each.text.lstrip(" \t>").rstrip().removeprefix("- ") for each in under]
    ends = under[-1].start + len(under[-1].text) if under else line.start + len(line.text)
    return Task(_commitment(match, outcomes, ref), line.start, line.text, under[0].text if under else "", ends)


def _commitment(match: re.Match[str], outcomes: list[str], ref: str) -> Commitment:
    _, field = _patterns()
    fields = {name: value.strip() for name, value in field.findall(match["text"])}
    status = STATUSES.get(match["mark"], "open")
    closing = ("cancelled", "completion") if status == "dropped" else ("completion", "cancelled")
    return Commitment(
        ref=fields.get("id") or ref,
        text=_block_name().sub("", " ".join(field.sub(" ", match["text"]).split())),
        status=status,
        due=_day(fields.get("due")),
        closed=next((day for each in closing if (day := _day(fields.get(each)))), None),
        reach=fields.get("reach"),
        outcomes=tuple(outcomes),
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    task = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[^\[\]])\][ \t]+(?P<text>.*)")
    field = re.compile(r"\[(due|id|completion|cancelled|reach|created)::([^\[\]]*)\]")
    return task, field


@cache
def _block_name() -> re.Pattern[str]:
    """A block's name in Obsidian, at the end of its line."""
    return re.compile(r"\s\^[A-Za-z0-9-]+$")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def _heading(line: Row) -> str:
    """What a `##` heading of the text itself says; "" for any other line."""
    stripped = line.text[line.begin - line.start :]
    is_ours = line.kind == HEADING and line.depth == 0 and stripped.startswith(("## ", "##\t"))
    return _plain(stripped[2:]) if is_ours else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())
