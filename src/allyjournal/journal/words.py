"""Text -> the words it is searched by: without case, accents and width.

Words are runs of letters and digits. Scripts that put no spaces between words, and signs such as emoji, are taken
character by character, so that any part of them can be found.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import Stemmer

# Letters that have no decomposition in Unicode, as people type them without their keyboard.
_PLAIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ɖ": "d", "ŀ": "l", "ĸ": "k", "ĳ": "ij", "ſ": "s", "ς": "σ",
}  # fmt: skip
# Blocks of scripts written without spaces: Thai to Myanmar, Khmer, Hangul, kana, Han, and the planes of rarer Han.
_UNSPACED = (
    (0x0E00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3040, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# "is" and "as" have no other form.
SHORTEST = 3


class _Folding(dict[int, str]):
    """A character -> what it is compared as; "" for what joins or only marks, a space for what separates."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded(chr(code))
        return found


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if any(first <= ord(char) <= last for first, last in _UNSPACED):
        return f" {char} " if category[0] in "LMN" else " "
    if category in ("So", "Sk") and not char.isascii():
        return f" {char} "
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = [each for each in spread if not unicodedata.combining(each)]
    return "".join(_PLAIN.get(each, each) if _is_word(each) else " " for each in kept)


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


FOLDING = _Folding()


def words(text: str) -> str:
    """The words of `text`, folded, with one space between them."""
    if not text.isascii():
        # A few curly quotes must not keep a whole text from the fast way, which is for ASCII alone.
        text = _beyond_ascii().sub(_fold_run, unicodedata.normalize("NFKC", text))
    return " ".join(text.translate(FOLDING).split())


@cache
def _beyond_ascii() -> re.Pattern[str]:
    return re.compile(r"[^\x00-\x7f]+")


def _fold_run(run: re.Match[str]) -> str:
    return run[0].translate(FOLDING)


def stem(word: str) -> str:
    """The English stem that `word`, folded, shares with its other forms; itself where it is no English word."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    return str(_english().stemWord(word))


@cache
def _english() -> "Stemmer.Stemmer":
    import Stemmer  # noqa: PLC0415  only a search and the index need it

    return Stemmer.Stemmer("english")
