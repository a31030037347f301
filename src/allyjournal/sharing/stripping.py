"""What of a Markdown text never leaves: comments, where links lead, pictures, tags, what nobody sees.

The words stay. What is inside code is treated the same: a comment there would be read by whoever gets the file.
Every pattern is bounded, so that reading stays linear.
"""

import re
from collections.abc import Iterator
from functools import cache

from allyjournal.sharing.edits import Edit

PICTURE = "[picture]"


def stripped(text: str) -> list[Edit]:
    """The edits that take those out."""
    edits = list(comments(text))
    edits += [Edit(*match.span(), "", "hidden character") for match in _patterns()["unseen"].finditer(text)]
    if "](" in text or "][" in text or "[[" in text or "]:" in text:
        edits += _links(text)
    if "<" in text:
        edits += (Edit(*match.span(), "", "tag") for match in _patterns()["tag"].finditer(text))
    return edits


def comments(text: str) -> Iterator[Edit]:
    """`<!-- … -->`; one that is not closed hides the rest."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        end = end + 3 if end >= 0 else len(text)
        yield Edit(start, end, "", "comment")
        start = text.find("<!--", end)


def _links(text: str) -> Iterator[Edit]:
    patterns = _patterns()
    for match in patterns["picture"].finditer(text):
        yield Edit(*match.span(), PICTURE, "picture")
    for match in patterns["wiki"].finditer(text):
        yield Edit(match.start(), match.start("shown"), "", "link")
        yield Edit(match.end("shown"), match.end(), "", "link")
    for match in patterns["definition"].finditer(text):
        yield Edit(*match.span(), "", "link")
    for match in patterns["target"].finditer(text):
        yield Edit(match.start() + 1, match.end(), "", "link")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    round_ = r"\((?:[^()\n\\]|\\.|\([^()\n]{0,500}\)){0,2000}\)"
    sources = {
        # A joiner between two that are no letters holds an emoji together, and a variation mark colours it.
        "unseen": (
            "[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
            "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]+|(?<![^\\W_])\u200c|(?<=[A-Za-zÀ-ʯͰ-ԯ])[\u200c\u200d]+"
        ),
        "picture": rf"!\[\[[^\[\]\n]{{0,1000}}\]\]|"
        rf"!\[(?:[^\[\]\n]|\[[^\[\]\n]{{0,200}}\]){{0,1000}}\](?:{round_}|\[[^\[\]\n]{{0,500}}\])",
        "wiki": r"(?<!!)\[\[(?:[^\[\]\n|]{0,500}\|)?(?P<shown>[^\[\]\n|]{0,500})\]\]",
        "definition": r"^[ \t>]{0,20}\[(?!\^)[^\[\]\n]{1,500}\]:[^\n]*",
        "target": rf"\](?:{round_}|\[[^\[\]\n]{{0,500}}\])",
        "tag": r"</?[A-Za-z][A-Za-z0-9-]{0,40}(?:\s[^<>]{0,2000})?/?>|<[?!][^<>]{0,2000}>",
    }
    return {name: re.compile(source, re.M) for name, source in sources.items()}
