"""A question to the writer about a text: its words, where they stand, and the key that its answer is remembered by."""

import hashlib
import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from allyjournal.sharing.names import ACRONYMS, Hit
from allyjournal.sharing.outing import Marked
from allyjournal.sharing.skeleton import LETTER, Skeleton

_CONTEXT = 60


class Question(NamedTuple):
    """Something to be asked. `kind` is word, name, script, or what a passage may tell.

    `start` and `end` are in `field`; `like` is the handle of somebody whose name it may be, or "".
    """

    kind: str
    key: str
    text: str
    context: str
    field: str
    start: int
    end: int
    like: str


def of_name(text: Skeleton, hit: Hit) -> str:
    """The key of a name that may be a word: the words on both sides are in it, since an answer holds for that place."""
    first, last = bisect_left(text.starts, hit.start), bisect_left(text.starts, hit.end)
    behind = _beside()[0].search(text.plain[max(0, first - 80) : first])
    ahead = _beside()[1].match(text.plain[last : last + 80])
    before, after = ([match[1]] if match else [] for match in (behind, ahead))
    if last - first <= 4 and text.cased[first:last].isupper() and text.plain[first:last] in ACRONYMS:
        before = after = []
    return " ".join(["name", *before, f"<{text.plain[first:last]}>", *after])


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The word before and the word after, on the same line of the same sentence."""
    return re.compile(f"({LETTER}+) $"), re.compile(f" ({LETTER}+)")


def of_passage(text: Skeleton, marked: Marked) -> str:
    """The key of a passage: what it may tell, its words, and a hash of what stands around it."""
    around = " ".join(text.source[max(0, marked.start - 200) : marked.end + 200].casefold().split())
    digest = hashlib.sha256(around.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{marked.reason}: {text.source[marked.start : marked.end].casefold()} {digest}"


def context(text: str, start: int, end: int) -> str:
    """The line a passage stands on, as much of it as is read at a glance."""
    before = text[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + _CONTEXT].partition("\n")[0]
    return f"{before}{text[start:end]}{after}".strip()
