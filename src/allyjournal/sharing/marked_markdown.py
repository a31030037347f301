"""Telling a coach's words from the writer's in a Markdown share that came back.

A comment stands below a line `Comment on 1.2 (receipt's id):`, and ends where the words go on that were shared. Where
that is, and whether they are still the same, is known by how many lines they had and by a hash of those: the receipt
has both, and so needs none of the words.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

OVERALL = "all of it"


class Marked(NamedTuple):
    """What came back: comments by ref, in order, and the refs below whose words were changed, or that are gone."""

    comments: Mapping[str, str]
    altered: tuple[str, ...]


def share_of(text: str) -> str | None:
    """The receipt's id that a Markdown share names; None if it is none."""
    found = _line().search(_plain(text))
    return found["share"] if found else None


def marks(text: str, share: str) -> dict[str, tuple[int, str]]:
    """For each ref of a Markdown share as it leaves: how many lines lead up to its comment, and their hash."""
    found: dict[str, tuple[int, str]] = {}
    begins = 0
    text = _plain(text)
    for match in _line().finditer(text):
        if match["share"] == share:
            rows = _rows(text[begins : match.start()])
            found[_ref(match)] = (len(rows), _hash(rows))
            begins = match.end()
    return found


def read(text: str, share: str, known: Mapping[str, tuple[int, str]]) -> Marked:
    """The comments in a share that came back. `known` is what `marks` said of it, for each ref of an answer."""
    text = _plain(text)
    comments: dict[str, str] = {}
    altered: list[str] = []
    ref, begins, waiting = OVERALL, 0, list(known)
    for match in [each for each in _line().finditer(text) if each["share"] == share]:
        is_next = _ref(match) == (waiting[0] if waiting else OVERALL)
        lines, mark = known.get(_ref(match), (0, _hash([])))
        said, words = _split(text[begins : match.start()], lines)
        altered += [] if is_next and _hash(words) == mark else [_ref(match)]
        _put(comments, ref, said)
        ref, begins, waiting = _ref(match), match.end(), waiting[1:]
    _put(comments, ref, text[begins:])
    return Marked(comments, tuple(dict.fromkeys([*altered, *waiting])))


def _ref(match: re.Match[str]) -> str:
    return " ".join(match["ref"].split())


def _put(comments: dict[str, str], ref: str, said: str) -> None:
    if said.strip():
        comments[ref] = "\n\n".join(filter(None, [comments.get(ref, ""), said.strip()]))


def _split(text: str, lines: int) -> tuple[str, list[str]]:
    """A text before its last `lines` lines that are not empty, and those."""
    rows = text.split("\n")
    at = len(rows)
    left = lines
    while at and left:
        at -= 1
        left -= bool(rows[at].strip())
    return "\n".join(rows[:at]), _rows("\n".join(rows[at:]))


def _rows(text: str) -> list[str]:
    """The lines that are not empty, as they are compared: editors change the room between words."""
    return [" ".join(row.split()) for row in text.split("\n") if row.strip()]


def _hash(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@cache
def _line() -> re.Pattern[str]:
    """What `markdown_share.comment_line` writes; a comment may go on behind its colon."""
    ref = r"(?P<ref>[1-9][0-9]{0,5}\.[1-9][0-9]{0,3}|all of it)"
    words = ("Comment", "on", ref, r"\((?P<share>[A-Za-z0-9]{1,40})\):")
    gap = r"[ \u00a0]{1,4}"
    return re.compile(
        rf"^[ \u00a0]{{0,3}}{gap.join(words)}".replace("all of it", gap.join(OVERALL.split())), re.MULTILINE
    )
