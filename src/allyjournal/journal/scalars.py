"""One scalar of front matter, as we write it: plain where every YAML reader agrees, quoted elsewhere."""

import re
import unicodedata
from functools import cache

# Words that YAML 1.1 or 1.2 takes for something else than text.
_NOT_TEXT = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"))
# What ends a line to YAML 1.1 besides LF and CR; `quoted` escapes each.
_BREAKS = "\x85\u2028\u2029"
_INSIDE = frozenset(" _-./,'()")
_WITHOUT_INSIDE = str.maketrans("", "", "".join(_INSIDE))


def is_plain(text: str) -> bool:
    """Whether `text` can stand without quotes and is text to YAML 1.1 and 1.2 alike.

    Begins with a letter; letters, digits and a few marks; nothing that opens a comment, a key or a type.
    """
    return text[:1].isalpha() and text[-1:] != " " and text.casefold() not in _NOT_TEXT and _is_simple(text)


def _is_simple(text: str) -> bool:
    if text.isascii():
        return text.translate(_WITHOUT_INSIDE).isalnum()
    return all(char.isalpha() or (char.isascii() and char.isdigit()) or char in _INSIDE for char in text)


def to_yaml(text: str) -> str:
    """`text` as a YAML scalar on one line."""
    return text if is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    """`text` as a double-quoted YAML scalar; what a terminal or a parser might stumble over is escaped."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def unquoted(scalar: str) -> str | None:
    """The text of a scalar that `quoted` wrote; None for any other."""
    inner = scalar[1:-1]
    if len(scalar) < 2 or scalar[0] != '"' or scalar[-1] != '"' or any(each in inner for each in _BREAKS):
        return None
    if "\\" not in inner:
        return None if '"' in inner else inner
    if not _quoted_pattern().fullmatch(inner):
        return None
    return _escape_pattern().sub(lambda match: _meaning(match[0]), inner)


def _meaning(escape: str) -> str:
    char = chr(int(escape[2:], 16)) if escape[1] in "uU" else escape[1]
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isascii() and char.isprintable():
        return char
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
    return char


@cache
def _quoted_pattern() -> re.Pattern[str]:
    return re.compile(r'(?:[^"\\]|\\["\\]|\\u[0-9a-f]{4}|\\U000[0-9a-f]{5}|\\U0010[0-9a-f]{4})*')


@cache
def _escape_pattern() -> re.Pattern[str]:
    return re.compile(r'\\(?:["\\]|u[0-9a-f]{4}|U[0-9a-f]{8})')
