"""Foreign text made safe to show: what a terminal would obey, or a reader would be fooled by, becomes a mark."""

import unicodedata

# Turning the direction of text, and joining nothing: what can make a line read as another one.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINES = frozenset("\u2028\u2029\u0085")


def safe(text: str) -> str:
    """`text` on any number of lines: control, escape and direction characters as visible marks.

    Line feeds and tabs stay. Everything else that is not text is shown: ESC as `␛`, a direction mark as
    `⟨U+202E⟩`.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in "\n\t" or char.isprintable() else _mark(char) for char in text.replace("\r\n", "\n"))


def as_text(typed: str) -> str:
    """`typed` with a mark in place of every byte that was no text: it can be written as UTF-8 then."""
    return typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def safe_line(text: str) -> str:
    """`text` on one line: as `safe`, and line feeds and tabs are shown as spaces."""
    return safe(text).replace("\n", " ").replace("\t", " ")


def _mark(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if char in _DIRECTIONS or char in _LINES:
        return f"⟨U+{code:04X}⟩"
    kind = unicodedata.category(char)
    if kind in ("Cc", "Cs"):
        return f"⟨U+{code:04X}⟩"
    if kind == "Zs" or kind in ("Co", "Cn"):
        return char if kind != "Cn" else "\ufffd"
    return char if char in "\u200c\u200d\u00ad" or (kind == "Cf" and 0xE0020 <= code <= 0xE007F) else f"⟨U+{code:04X}⟩"
