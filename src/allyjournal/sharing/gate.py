"""The last look at a finished file before it leaves: taken apart again, and searched for everybody in the register.

It fails closed: what cannot be taken apart counts as a leak. It knows nothing of how the file was made.
"""

import base64
import binascii
import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from allyjournal.sharing.answers import is_kept
from allyjournal.sharing.common_words import is_ordinary
from allyjournal.sharing.contacts import contacts
from allyjournal.sharing.decoding import Layer, Undecodable, layers
from allyjournal.sharing.forms import token_pattern
from allyjournal.sharing.names import Hit, Names, find
from allyjournal.sharing.questions import of_name
from allyjournal.sharing.skeleton import Skeleton, skeleton

# Letters of a name that counts in what programs read, where a short one may be anything, and in bytes that are no text.
_MACHINE_LENGTH, _BINARY_LENGTH = 4, 5
_ROUNDS = 3


class Leak(NamedTuple):
    """Something that must not leave: in which layer, whose name it is ("" if it is none), and what it is."""

    where: str
    handle: str
    what: str


class Guard(NamedTuple):
    """What must not be in a file.

    `names` are everybody's (`names.names_of`), `answers` those to the questions, `private` the journal's path and the
    names of its files. `ours` are scripts and styles of ours, word for word: those are not searched.
    """

    names: Names
    answers: Mapping[str, str] = {}
    private: Collection[str] = ()
    ours: frozenset[str] = frozenset()


def leaks(data: bytes, form: str, guard: Guard) -> list[Leak]:
    """What of it is in the file, each once, in order. Empty: it may leave.

    Raises AllyError where looking needs something that is not installed: then it may not.
    """
    return list(dict.fromkeys(every_leak(data, form, guard, once=True)))


def every_leak(data: bytes, form: str, guard: Guard, once: bool = False) -> Iterator[Leak]:
    """The same, as often as they are there; with `once`, what says the same as another layer is not read again."""
    checked: set[tuple[str, bool]] = set()
    known: dict[Layer, list[Leak]] = {}
    try:
        for whole in layers(data, form):
            layer = _without_ours(whole, guard.ours)
            if once and (layer.text, layer.is_prose) in checked:
                continue
            checked.add((layer.text, layer.is_prose))
            if layer not in known:
                known[layer] = list(_in_layer(layer, guard))
            yield from known[layer]
    except (Undecodable, RecursionError) as error:
        yield Leak(form, "", f"it cannot be looked into: {error}")


def _without_ours(layer: Layer, ours: Iterable[str]) -> Layer:
    text = layer.text
    for each in ours:
        text = text.replace(each, "\n") if each in text else text
    return layer._replace(text=text)


def _in_layer(layer: Layer, guard: Guard) -> Iterator[Leak]:
    texts = list(_readings(layer.text))
    for text in texts:
        yield from _in_text(text, layer, guard)
        yield from _private(text, layer, guard.private)
    if layer.is_prose and layer.where.startswith("page "):
        yield from _in_pieces(texts[0], layer, guard.names)
    for text in _packed(layer.text) if not layer.is_binary else ():
        yield from _in_text(
            text, layer._replace(where=f"{layer.where}, packed", is_prose=False), guard, whole=len(text) < 7
        )


def _readings(text: str) -> Iterator[str]:
    """The text, and what it says with percent signs, entities and escapes undone, also over one another."""
    seen = {text}
    yield text
    for _ in range(_ROUNDS):
        new = html.unescape(_unescaped(unquote(text, errors="replace")))
        if new in seen:
            return
        seen.add(new)
        yield new
        text = new


def _unescaped(text: str) -> str:
    if "\\" not in text and "=" not in text:
        return text
    text = _patterns()["escape"].sub(lambda match: _char(match[1] or match[2] or match[3] or match[4]), text)
    return _patterns()["quoted"].sub(_quoted, text)


def _quoted(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(match[0].replace("=", "")).decode("utf-8")
    except ValueError:
        return match[0]


def _char(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else ""


def _packed(text: str) -> Iterator[str]:
    """What stands in it in base64 or hexadecimal, if it is text."""
    for match in _patterns()["base64"].finditer(text):
        token = match[0].rstrip("=").replace("-", "+").replace("_", "/")
        try:
            yield from _as_text(base64.b64decode(token + "=" * (-len(token) % 4), validate=True))
        except (binascii.Error, ValueError):
            continue
    for match in _patterns()["hex"].finditer(text):
        yield from _as_text(bytes.fromhex(match[0]))


def _as_text(data: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(char.isprintable() or char in "\r\n\t" for char in text) == len(text) and any(
            char.isalpha() for char in text
        ):
            yield text
            return


def _in_text(text: str, layer: Layer, guard: Guard, whole: bool = False) -> Iterator[Leak]:
    found = skeleton(text)
    for hit in find(found, guard.names):
        if whole and not (hit.start == 0 and hit.end == len(text)):
            continue
        if not layer.is_prose and not whole and not _is_exact(found, hit, guard.names, layer.is_binary):
            continue
        if hit.is_sure:
            yield Leak(layer.where, hit.handle, "a name")
        elif layer.is_prose and _is_open(of_name(found, hit), text, layer, guard):
            yield Leak(layer.where, hit.handle, "a word that may be a name, and was not asked about")
    if layer.is_prose and any(each.kind == "e-mail" for each in contacts(found)):
        yield Leak(layer.where, "", "an e-mail address")


def _is_open(key: str, text: str, layer: Layer, guard: Guard) -> bool:
    """Whether a word that may be a name was not answered for.

    The lines of a page end where its layout has them end: there it counts only if it is in doubt as a line's first
    word, too.
    """
    if is_kept(key, guard.answers):
        return False
    if not layer.where.startswith("page "):
        return True
    apart = skeleton(text.replace("\n", "\n\n"))
    return key in {of_name(apart, hit) for hit in find(apart, guard.names)}


def _is_exact(text: Skeleton, hit: Hit, names: Names, is_binary: bool) -> bool:
    """Whether what programs read holds the name itself, and not something that is like one."""
    if not hit.is_sure:
        return False
    piece = skeleton(text.source[hit.start : hit.end])
    words = [match.span() for match in token_pattern().finditer(piece.plain)]
    keys = {form for first, last in words for form in (piece.plain[first:last], piece.alike[first:last])}
    least = _BINARY_LENGTH if is_binary else _MACHINE_LENGTH
    is_foreign = any(not key.isascii() for key in keys) and not is_binary
    return any(len(key) >= least and key in names.words for key in keys) or (is_foreign and hit.end - hit.start > 1)


def _in_pieces(text: str, layer: Layer, names: Names) -> Iterator[Leak]:
    """A page's text may come with gaps inside words: pieces side by side that are a name together."""
    found = skeleton(text)
    words = [match.span() for match in token_pattern().finditer(found.plain)]
    for number in range(len(words) - 1):
        for count in (2, 3, 4):
            spans = words[number : number + count]
            if len(spans) < count or spans[-1][1] - spans[0][0] > 40 or "\f" in found.plain[spans[0][0] : spans[-1][1]]:
                break
            joined = "".join(found.alike[first:last] for first, last in spans)
            handles = names.words.get(joined, ()) if len(joined) >= _MACHINE_LENGTH else ()
            if handles and not all(_is_known(found.plain[first:last]) for first, last in spans):
                yield Leak(layer.where, handles[0], "a name in pieces")


def _is_known(word: str) -> bool:
    return is_ordinary(word) or word in ("a", "i")


def _private(text: str, layer: Layer, private: Iterable[str]) -> Iterator[Leak]:
    folded = text.casefold()
    for each in private:
        if len(each) > 3 and each.casefold() in folded:
            yield Leak(layer.where, "", "where the journal lies, or the name of one of its files")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    sources = {
        # JSON and JavaScript, JavaScript's longer form, one byte, CSS
        "escape": r"\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\x([0-9A-Fa-f]{2})|\\([0-9A-Fa-f]{1,6})[ \t\n]?",
        "quoted": r"(?:=[0-9A-F]{2})+",
        "base64": r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{4,}={0,2}(?![A-Za-z0-9+/=_-])",
        "hex": r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}){3,}(?![0-9A-Za-z])",
    }
    return {name: re.compile(source) for name, source in sources.items()}
