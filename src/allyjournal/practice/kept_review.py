"""The text of a kept review: the writer's answers, and below them the figures, which can be made anew.

The figures stand under a heading of their own and end with a mark that says what they were. What stands before the
heading or behind the mark is the writer's and stays; so do figures that they changed by hand. What a `%%` hides stays
hidden; figures hold none.
"""

import hashlib
import re
from typing import NamedTuple

from allyjournal.dates import Period, name_period
from allyjournal.journal import document
from allyjournal.journal.body import HIDING, visible

_MARK = re.compile(r"<!-- the figures end here: ([0-9a-f]{8}) -->")


class Parts(NamedTuple):
    """A body in three: what stands before the figures, the figures, what stands behind their mark."""

    before: str
    figures: str
    behind: str
    is_changed: bool


def heading(period: Period) -> str:
    """What the figures of a period stand under."""
    return f"The figures of {name_period(period)}"


def with_figures(body: str, under: str, figures: str) -> str:
    """`body` with these figures in place of those it has under the heading, or at its end.

    Figures that the writer changed stay, as their text, behind the new ones.
    """
    parts = parts_of(body, under)
    before = document.with_answer(parts.before, under, _marked(figures))
    changed = parts.figures if parts.is_changed else ""
    behind = "\n\n".join(each for each in (changed, parts.behind.strip("\r\n")) if each)
    return f"{before}\n\n{_reopened(parts.before)}{behind}" if behind else before


def with_answer(body: str, under: str, asked: str, text: str) -> str:
    """`body` with one more answer, before the figures."""
    before = parts_of(body, under).before
    answered, rest = document.with_answer(before, asked, text), body[len(before) :]
    if not rest:
        return answered
    # What the answer leaves open is closed, or it would hide the figures or swallow their heading.
    return document.with_block(answered, _reopened(before) + rest.lstrip())


def shows_more(before: str, after: str, allowed: str) -> bool:
    """Whether words that `%%` hid in `before` are to be seen in `after`, but for those in `allowed`."""
    hidden = _fragments(before) - _fragments(visible(before)[0]) - _fragments(allowed)
    return bool(hidden & _fragments(visible(after)[0]))


def _fragments(text: str) -> set[str]:
    """What stands between marks and line ends; marks of code, and that of the figures, are no words."""
    found = (each.strip() for each in re.split(rf"{HIDING}|[\r\n]+", _MARK.sub("", text)))
    return {each for each in found if each.strip("`~ ")}


def parts_of(body: str, under: str) -> Parts:
    """The body's parts; one without a heading, or without a mark behind it, is all the writer's."""
    start = next((match.start() for match in re.finditer(rf"(?m)^## {re.escape(under)}[ \t]*\r?$", body)), None)
    mark = _MARK.search(body, start) if start is not None else None
    if start is None or mark is None:
        return Parts(body, "", "", is_changed=False)
    text = body[body.index("\n", start) : mark.start()].strip()
    return Parts(body[:start], text, body[mark.end() :], is_changed=_digest(text) != mark[1])


def _reopened(before: str) -> str:
    """The mark that goes on hiding what an unclosed one in `before` hid."""
    return f"{HIDING}\n\n" if before.count(HIDING) % 2 else ""


def _marked(figures: str) -> str:
    return f"{figures.strip()}\n\n<!-- the figures end here: {_digest(figures.strip())} -->"


def _digest(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "replace")).hexdigest()[:8]
