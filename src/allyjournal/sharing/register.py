"""The register as tables: what a word by itself may be, looked up at once however many people there are."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from allyjournal.sharing import near
from allyjournal.sharing.common_words import is_ordinary
from allyjournal.sharing.forms import Sequence_, forms, keys

# Letters that a name must have before a word with one letter wrong is taken for it, and before it is asked about.
SURE_LENGTH, ASKED_LENGTH = 5, 4
# Letters of a name that stand one by one.
MOST_SPELT = 24
_ARABIC, _HEBREW = "وبلكفا", "ובלמשהכ"
_LEET = str.maketrans("013457@$", "oieastas")


class Found(NamedTuple):
    """What one word may be: the handles it names, whether surely, whether case and context decide.

    `is_guess`: a letter is wrong; in lower case that may be any word.
    """

    handles: tuple[str, ...]
    is_sure: bool = True
    needs_case: bool = False
    is_guess: bool = False


class Names(NamedTuple):
    """The register as tables. `handles`: as after `@` -> handle.

    `known` and `dull` remember what words were found to be.
    """

    words: dict[str, tuple[str, ...]]
    cased: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    repeated: dict[str, tuple[tuple[str, str], ...]]
    near: dict[str, tuple[tuple[str, str], ...]]
    sequences: dict[str, tuple[Sequence_, ...]]
    initials: dict[str, tuple[str, ...]]
    unspaced: dict[str, tuple[tuple[str, str], ...]]
    handles: dict[str, str]
    lengths: tuple[int, ...]
    known: dict[tuple[str, str], Found | None]
    dull: set[str]


def names_of(register: Mapping[str, Mapping[str, Any]]) -> Names:
    """The tables of a register: handle -> names, aliases (`journal.people.read`)."""
    tables: list[dict[str, Any]] = [{} for _ in range(8)]
    words, cased, stems, repeated, nearby, sequences, initials, unspaced = tables
    handles: dict[str, str] = {}
    for handle, person in register.items():
        found = forms(handle, person)
        handles |= dict.fromkeys(keys(handle), handle)
        for word in found.words:
            _put(cased if word.needs_case else words, word.key, handle)
            if not word.needs_case:
                _put_changed(word.key, handle, stems, nearby)
            _put(repeated, near.once(word.key), (word.key, handle))
        for sequence in found.sequences:
            for key in _first_keys(sequence):
                _put(sequences, key, sequence)
        for each in found.initials:
            _put(initials, each, handle)
        for each in found.unspaced:
            _put(unspaced, each[:2], (each, handle))
    unspaced = {start: tuple(sorted(each, key=lambda form: -len(form[0]))) for start, each in unspaced.items()}
    # A single word of so many letters may be spelt out; the longest first.
    lengths = tuple(
        sorted(
            {len(word) for table in (words, cased, initials) for word in table} & set(range(2, MOST_SPELT)),
            reverse=True,
        )
    )
    return Names(words, cased, stems, repeated, nearby, sequences, initials, unspaced, handles, lengths, {}, set())


def _first_keys(sequence: Sequence_) -> Iterator[str]:
    """What a sequence is looked up by: its first word; with one letter, which many begin with, also the next."""
    first, second = sequence.keys[:2]
    if len(first) > 1:
        yield first
    else:
        yield from (f"{first} {stem}" for stem in (near.stems(second) if len(sequence.keys) == 2 else (second,)))


def _put(table: dict[str, Any], key: str, value: object) -> None:
    if value not in table.get(key, ()):
        table[key] = (*table.get(key, ()), value)


def _put_changed(word: str, handle: str, stems: dict[str, Any], nearby: dict[str, Any]) -> None:
    for stem in near.stems(word) if len(word) > 2 else ():
        _put(stems, stem, handle)
    if len(word) >= ASKED_LENGTH:
        for each in near.without_one(word):
            _put(nearby, each, (word, handle))


@lru_cache(4096)
def stems_in(word: str) -> tuple[str, ...]:
    """The word, and what is left of it without an ending."""
    return (word, *(stem for stem, _ in near.splits(word, 2)))


def known(names: Names, word: str) -> Found | None:
    """What a word is by itself: a name, one inflected, with digits, repeated letters, or a letter wrong."""
    if word in names.words:
        return Found(names.words[word])
    if word in names.cased:
        return Found(names.cased[word], needs_case=True)
    if any(char.isdigit() for char in word):
        bare = word.strip("0123456789")
        for each in (bare, word.translate(_LEET)):
            if each in names.words and len(each) > 1:
                return Found(names.words[each])
        return None
    if is_ordinary(word):
        return None
    return (
        _inflected(names, word)
        or _repeated(names, word)
        or _prefixed(names, word)
        or _misspelt(names, word)
        or _misspelt_form(names, word)
    )


def _inflected(names: Names, word: str) -> Found | None:
    for stem, ending in near.splits(word, 3):
        handles = names.stems.get(stem, ())
        if handles and (len(stem) > 3 or ending in ("s", "i", "m", "n")):
            return Found(handles)
    return None


def _misspelt_form(names: Names, word: str) -> Found | None:
    """An ending, and a letter wrong: *Marijas* of *Maria*."""
    for stem, ending in near.splits(word, SURE_LENGTH):
        found = _misspelt(names, stem) if len(ending) < 3 and not is_ordinary(stem) else None
        if found and found.is_sure:
            return found
    return None


def _repeated(names: Names, word: str) -> Found | None:
    handles = tuple(handle for key, handle in names.repeated.get(near.once(word), ()) if len(key) < len(word))
    return Found(handles) if handles else None


def _prefixed(names: Names, word: str) -> Found | None:
    """Arabic and Hebrew write *and*, *to*, *in*, *the* together with the word."""
    for letters in (_ARABIC, _HEBREW):
        for length in (1, 2, 3):
            if (
                len(word) - length > 1
                and all(char in letters for char in word[:length])
                and word[length:] in names.words
            ):
                return Found(names.words[word[length:]])
    return None


def _misspelt(names: Names, word: str) -> Found | None:
    if not names.near or len(word) < ASKED_LENGTH - 1 or len(word) > 60:
        return None
    close = {form for each in (word, *near.without_one(word)) for form in names.near.get(each, ())}
    close |= {
        (each, handle)
        for each in near.without_one(word)
        for handle in names.words.get(each, ())
        if len(each) >= ASKED_LENGTH
    }
    found = sorted(form for form in close if near.is_near(form[0], word))
    if not found:
        return None
    sure = [handle for name, handle in found if len(name) >= SURE_LENGTH]
    return Found(tuple(sure) or tuple(handle for _, handle in found), is_sure=bool(sure), is_guess=True)
