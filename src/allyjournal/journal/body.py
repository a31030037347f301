"""The body of an entry, read as Markdown line by line: answers, commitments, and what is hidden.

Reading is linear and never needs a pack. The notations are Obsidian's: `%%…%%` for what stays with the
writer, task items with Dataview's `[due:: …]` for commitments.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

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


class Line(NamedTuple):
    """One line of a body: where it starts, its text without the line's end, and whether it is in a code fence."""

    start: int
    text: str
    is_code: bool


def lines(text: str) -> Iterator[Line]:
    """The lines of a body; LF, CRLF and lone CR all end one."""
    fence = ""
    start = 0
    for raw in _split_lines(text):
        line = raw.rstrip("\r\n")
        before, fence = fence, _fence_after(fence, line)
        yield Line(start, line, bool(before or fence))
        start += len(raw)


def open_fence(text: str) -> str:
    """The code fence that is still open at the end of `text`, or ""."""
    fence = ""
    for raw in _split_lines(text):
        fence = _fence_after(fence, raw.rstrip("\r\n"))
    return fence


def answers(text: str, prompts: Sequence[str], asked: Sequence[str]) -> tuple[Answer, ...]:
    """The answers of a body: a `##` heading that equals `asked[i]` begins answer i; each is used once."""
    open_questions = {_plain(each): number for number, each in reversed(list(enumerate(asked)))}
    places: list[tuple[int, int, int]] = []
    for line in lines(text) if asked else ():
        number = None if line.is_code else open_questions.pop(_heading(line.text), None)
        if number is not None:
            places.append((number, line.start, line.start + len(line.text)))
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
    return sum(len(line.text.split()) for line in lines(text) if _heading(line.text) not in headings)


def visible(text: str) -> tuple[str, int]:
    """`text` without what stands between `%%` and `%%`, and how many such passages were left out.

    An unclosed `%%` hides the rest: what is in doubt stays with the writer.
    """
    parts = text.split(HIDING)
    return "".join(parts[::2]), len(parts) // 2


def commitments(text: str, entry: str) -> tuple[Commitment, ...]:
    """The task items that carry `[due:: …]` or `[id:: …]`, outside code, with the lines indented under them."""
    if "[due::" not in text and "[id::" not in text:
        return ()
    found: list[Commitment] = []
    task: tuple[int, re.Match[str]] | None = None
    outcomes: list[str] = []
    for line in [*lines(text), Line(len(text), "", False)]:
        indent = len(line.text) - len(line.text.lstrip())
        if task and not line.is_code and line.text.strip() and indent > task[0]:
            outcomes.append(line.text.strip().removeprefix("- "))
            continue
        if task:
            found.append(_commitment(task[1], outcomes, f"{entry}.{len(found) + 1}"))
            task, outcomes = None, []
        match = None if line.is_code else _patterns()[0].match(line.text)
        if match and ("[due::" in line.text or "[id::" in line.text):
            task = (indent, match)
    return tuple(found)


def _commitment(match: re.Match[str], outcomes: list[str], ref: str) -> Commitment:
    _, field, _ = _patterns()
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
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    task = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[^\[\]])\][ \t]+(?P<text>.*)")
    field = re.compile(r"\[(due|id|completion|cancelled|reach|created)::([^\[\]]*)\]")
    return task, field, re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def _split_lines(text: str) -> Iterator[str]:
    """Cut at LF, CRLF and CR only: `str.splitlines` would also cut at characters that are text here."""
    if "\r" in text:
        for match in _patterns()[2].finditer(text):
            yield match[0]
        return
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open after `line`, when `fence` was open before it."""
    mark = _fence_mark(line)
    if not fence:
        return mark
    closes = mark[:1] == fence[0] and len(mark) >= len(fence) and not line.strip(" \t>").strip(mark[0])
    return "" if closes else fence


def _fence_mark(line: str) -> str:
    """The run of backticks or tildes that opens or closes a fence, also in a quote or a list; else ""."""
    inner = line.lstrip(" \t>")
    if inner[:2] in ("- ", "* ", "+ "):
        inner = inner[2:].lstrip()
    if not inner.startswith(("```", "~~~")):
        return ""
    length = len(inner) - len(inner.lstrip(inner[0]))
    return inner[:length] if inner[0] == "~" or "`" not in inner[length:] else ""


def _heading(line: str) -> str:
    stripped = line.lstrip(" ")
    if len(line) - len(stripped) > 3 or not stripped.startswith(("## ", "##\t")):
        return ""
    return _plain(stripped[2:])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())
