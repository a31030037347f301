"""A text without its disguises, with offsets back into it.

Each step takes one kind of disguise away: entities, characters nobody sees, forms and marks of letters, escapes,
tags, emphasis and line ends inside words. What is left is compared. Every step is linear.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from allyjournal.sharing.alike import SPELT, alike, folded

LINE, PARAGRAPH = "\n", "\f"
# Letters of scripts whose vowels are marks: the marks belong to the word. No punctuation stands among them.
MARKED = "\u0900-\u0963\u0966-\u0e7e\u0e80-\u109f\u1780-\u17d3\u3099\u309a"
# Each character in one of the two alone: a run of them is read in one way, however long it is.
LETTER = rf"(?:[{MARKED}]|[^\W_{MARKED}])"


class Mapped(NamedTuple):
    """A text, and for each of its characters where it comes from: `[start, end)` in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


class Skeleton(NamedTuple):
    """`plain` is folded, `alike` has look-alikes folded too, `cased` keeps case; all three are of one length.

    `joints` are the places in them where something visible was taken out of a word.
    """

    source: str
    plain: str
    alike: str
    cased: str
    starts: Sequence[int]
    ends: Sequence[int]
    joints: frozenset[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where `plain[first:last]` stands in the original."""
        return self.starts[first], self.ends[last - 1]

    def is_as_written(self, first: int, last: int) -> bool:
        """Whether these letters stand in the original as they are here, in any case."""
        start, end = self.span(first, last)
        return end - start == last - first and self.source[start:end].casefold() == self.plain[first:last]


Step = Callable[[Mapped], Mapped]


def skeleton(text: str) -> Skeleton:
    """The skeleton of a text."""
    mapped = Mapped(text, range(len(text)), range(1, len(text) + 1))
    for step in STEPS:
        mapped = step(mapped)
    cased, starts, ends = mapped
    plain = cased.casefold() if cased.isascii() else cased.translate(folded()).casefold()
    looks = plain if cased.isascii() else cased.translate(alike()).casefold()
    if isinstance(starts, range):
        return Skeleton(text, plain, looks, cased, starts, ends, frozenset())
    joints = frozenset(place for place in range(1, len(starts)) if starts[place] > ends[place - 1])
    return Skeleton(text, plain, looks, cased, starts, ends, joints)


def _rewritten(
    mapped: Mapped, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str | None], absorbs: bool = False
) -> Mapped:
    """What matches becomes what `change` says (None: stays); its characters come from the whole match.

    With `absorbs`, what goes belongs to the character before it.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in pattern.finditer(mapped.text):
        new = change(match)
        if new is None:
            continue
        first, last = match.span()
        pieces += (mapped.text[position:first], new)
        starts += mapped.starts[position:first]
        ends += mapped.ends[position:first]
        if new:
            starts += [mapped.starts[first]] * len(new)
            ends += [mapped.ends[last - 1]] * len(new)
        elif absorbs and ends:
            ends[-1] = mapped.ends[last - 1]
        position = last
    if not pieces:
        return mapped
    pieces.append(mapped.text[position:])
    starts += mapped.starts[position:]
    ends += mapped.ends[position:]
    return Mapped("".join(pieces), starts, ends)


def entities(mapped: Mapped) -> Mapped:
    """`&#77;`, `&#x4d;`, `&eacute;` become what they stand for."""
    if "&" not in mapped.text:
        return mapped
    return _rewritten(mapped, _patterns()["entity"], _meant)


def _meant(match: re.Match[str]) -> str | None:
    meant = html.unescape(match[0])
    return None if meant == match[0] else meant


def unseen(mapped: Mapped) -> Mapped:
    """Characters that nobody sees go: zero width, direction, soft hyphen, controls, variation, tags."""
    if mapped.text.isascii() and mapped.text.isprintable():
        return mapped
    return _rewritten(mapped, _patterns()["unseen"], lambda match: "", absorbs=True)


def letters(mapped: Mapped) -> Mapped:
    """Other forms of a letter become that letter, and its accents go (NFKD without marks); so do kinds of dashes."""
    if mapped.text.isascii():
        return mapped
    return _rewritten(mapped, _patterns()["foreign"], lambda match: _bare(match[0]), absorbs=True)


@cache
def _bare(char: str) -> str | None:
    """The letter without its accents; None for one that has none."""
    if char in _SAME:
        return _SAME[char]
    parts = (each for each in unicodedata.normalize("NFKD", char) if not _is_accent(each))
    bare = "".join(SPELT.get(each, each) for each in parts)
    return None if bare == char else bare


def _is_accent(char: str) -> bool:
    """A mark that may be left out: not a vowel sign, a virama (9) or a kana's voicing (8)."""
    kind = unicodedata.category(char)
    return kind == "Me" or (kind == "Mn" and unicodedata.combining(char) not in (0, 8, 9))


_SAME = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u05be\u30fb\u00b7\u2022", "-")
# Letters in squares and circles, flags' letters and small capitals, which no normal form makes plain.
_SAME |= {
    chr(first + number): chr(65 + number) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for number in range(26)
}
_SAME |= dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_SAME |= dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4\uff07\u02bb\u02b9\u05f3\u201b\u055a", "'")


def escapes(mapped: Mapped) -> Mapped:
    """A backslash before a mark is Markdown's, and goes."""
    if "\\" not in mapped.text:
        return mapped
    return _rewritten(mapped, _patterns()["escape"], lambda match: "")


def tags(mapped: Mapped) -> Mapped:
    """A tag or comment inside a word goes."""
    if "<" not in mapped.text:
        return mapped
    return _rewritten(mapped, _patterns()["tag"], lambda match: "")


def emphasis(mapped: Mapped) -> Mapped:
    """Marks of emphasis, code and links inside a word go."""
    return _rewritten(mapped, _patterns()["emphasis"], lambda match: "")


def line_ends(mapped: Mapped) -> Mapped:
    """A hyphen and the end of the line inside a word go."""
    if "-" not in mapped.text:
        return mapped
    return _rewritten(mapped, _patterns()["hyphen"], lambda match: "")


def spaces(mapped: Mapped) -> Mapped:
    """White space becomes one space, one line end, or one end of a paragraph."""
    return _rewritten(mapped, _patterns()["space"], _space)


def _space(match: re.Match[str]) -> str | None:
    ends = len(_patterns()["end"].findall(match[0]))
    new = " " if not ends else LINE if ends == 1 else PARAGRAPH
    return None if match[0] == new else new


STEPS: tuple[Step, ...] = (entities, unseen, letters, escapes, tags, emphasis, line_ends, spaces)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    end = r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
    before, after = rf"(?<={LETTER})", rf"(?={LETTER})"
    sources = {
        "entity": r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
        "unseen": (
            "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u0640\u06dd\u070f\u115f\u1160\u17b4"
            "\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
            "\ufff0-\ufffb\U000e0000-\U000e0fff]+"
        ),
        "foreign": r"[^\x00-\x7f\u3041-\u304a\u4e00-\u9fff]",
        "escape": r"\\(?=[!-/:-@\[-`{-~])",
        "tag": rf"{before}(?:<!--(?:[^-]|-(?!->)){{0,2000}}-->|</?[A-Za-z][^<>]{{0,500}}>)+{after}",
        "emphasis": rf"{before}(?:[*`~\[\]]+|__+|==+){after}",
        "hyphen": rf"{before}-[ \t]*(?:{end})[ \t>]*{after}",
        "space": rf"(?:{end}|[^\S\r\n ]| (?=[\s>]))(?:{end}|\s|>(?=[ >]|{LETTER}))*",
        "end": end,
    }
    return {name: re.compile(source) for name, source in sources.items()}
