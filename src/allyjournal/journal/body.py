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
    return sum(len(line.text.split()) for line in rows(text) if _heading(line) not in headings)


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
    code = [(row.start, row.start + len(row.text)) for row in rows(text) if row.kind == CODE]
    behind = {mark for mark in marks if len(re.findall("`+", text[text.rfind("\n", 0, mark) + 1 : mark])) % 2}
    return behind | {mark for mark in marks if any(first <= mark < last for first, last in code)}


def commitments(text: str, entry: str) -> tuple[Commitment, ...]:
    """The task items that carry `[due:: …]` or `[id:: …]`, outside code, with the lines indented under them."""
    if "[due::" not in text and "[id::" not in text:
        return ()
    found: list[Commitment] = []
    task: tuple[int, re.Match[str]] | None = None
    outcomes: list[str] = []
    for line in [*rows(text), Row(len(text), "", OTHER, len(text), 0, 0)]:
        indent = len(line.text) - len(line.text.lstrip())
        match = None if line.kind == CODE else _patterns()[0].match(line.text)
        is_commitment = match is not None and ("[due::" in line.text or "[id::" in line.text)
        if task and line.kind != CODE and line.text.strip() and indent > task[0] and not is_commitment:
            outcomes.append(line.text.strip().removeprefix("- "))
            continue
        if task:
            found.append(_commitment(task[1], outcomes, f"{entry}.{len(found) + 1}"))
            task, outcomes = None, []
        if match and is_commitment:
            task = (indent, match)
    return tuple(found)


def _commitment(match: re.Match[str], outcomes: list[str], ref: str) -> Commitment:
    _, field = _patterns()
    fields = {name: value.strip() for name, value in field.findall(match["text"])}
    closed = _day(fields.get("completion")) or _day(fields.get("cancelled"))
    return Commitment(
        ref=fields.get("id") or ref,
        text=" ".join(field.sub(" ", match["text"]).split()),
        status=STATUSES.get(match["mark"], "open"),
        due=_day(fields.get("due")),
        closed=closed,
        reach=fields.get("reach"),
        outcomes=tuple(outcomes),
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    task = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[^\[\]])\][ \t]+(?P<text>.*)")
    field = re.compile(r"\[(due|id|completion|cancelled|reach|created)::([^\[\]]*)\]")
    return task, field


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
