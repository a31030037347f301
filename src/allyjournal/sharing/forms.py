"""Every form that a person's names are written in, as words of a skeleton.

A name is parts between spaces; a part is one word, or several joined by hyphens and apostrophes. Particles (van,
de la, al-, Ó) count only with what they stand before.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from typing import Any, NamedTuple

from allyjournal.sharing.common_words import is_everyday, is_word, listed
from allyjournal.sharing.skeleton import LETTER, MARKED, skeleton

PARTICLES = listed(
    "van der den von zu zum de la le les du da do dos das del della di al el ibn ould bin bint abu abd ul ur ben "
    "bat o ni ui nic mac mc d l st san santa y e ter ten te af av of the ap ab e i"
)
# A given name, when it stands first and alone.
_GIVEN = frozenset(("ben", "al", "del", "mac", "san", "da", "do", "le", "van"))
MOST_PARTS = 6


class Word(NamedTuple):
    """A single word that names someone. `needs_case`: it is one only where case and context say so."""

    key: str
    handle: str
    needs_case: bool


class Sequence_(NamedTuple):
    """Several words that name someone together. `kind` is full, turned, initial or part."""

    keys: tuple[str, ...]
    handle: str
    kind: str


class Forms(NamedTuple):
    """The forms of all names of one person."""

    words: tuple[Word, ...]
    sequences: tuple[Sequence_, ...]
    initials: tuple[str, ...]
    unspaced: tuple[str, ...]


@cache
def token_pattern() -> re.Pattern[str]:
    """A word of a skeleton."""
    return re.compile(f"{LETTER}+")


@cache
def unspaced_pattern() -> re.Pattern[str]:
    """Letters of scripts that put no space between words, or stick particles to names."""
    return re.compile(
        "[\u3040-\u30ff\u3099\u309a\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005-\u3007\u1100-\u11ff\uac00-\ud7af"
        "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff]+"
    )


def keys(text: str) -> Iterator[str]:
    """The text as it may stand in a skeleton: plain, with look-alikes folded, umlauts written out."""
    found = skeleton(text)
    yield found.plain
    yield found.alike
    spelt = text.casefold().translate(_spelt_out())
    if spelt != text.casefold():
        yield skeleton(spelt).plain


@cache
def _spelt_out() -> dict[int, str]:
    return {
        ord(letter): to for letter, to in zip("äöüåøđæœ", ("ae", "oe", "ue", "aa", "oe", "dj", "ae", "oe"), strict=True)
    }


def forms(handle: str, person: Mapping[str, Any]) -> Forms:
    """The forms of a person: what `people.toml` says of them, and the handle itself."""
    words: dict[str, Word] = {}
    sequences: dict[tuple[str, ...], Sequence_] = {}
    initials: dict[str, None] = {}
    unspaced: dict[str, None] = {}
    names = [str(name)[:200] for name in (handle, *person.get("names", ()), *person.get("aliases", ()))]
    phrases = [str(phrase)[:200] for phrase in person.get("phrases", ())]
    for text, read in (*((name, _of_name) for name in names), *((phrase, _of_phrase) for phrase in phrases)):
        for key in keys(text):
            for form in read(key, handle):
                if isinstance(form, Word):
                    words.setdefault(form.key, form)
                else:
                    sequences.setdefault(form.keys, form)
            unspaced |= dict.fromkeys(_unspaced(key))
    for name in names:
        for key in keys(name):
            initials |= dict.fromkeys(_initials(key))
        for form in _of_spelt_initials(name, handle):
            sequences.setdefault(form.keys, form)
            initials["".join(form.keys)] = None
    return Forms(tuple(words.values()), tuple(sequences.values()), tuple(initials), tuple(unspaced))


def parts_of(key: str) -> list[list[str]]:
    """The words of each part of a name."""
    parts = (token_pattern().findall(part) for part in re.split(r"[\s,_.]+", key))
    return [part for part in parts if part][:MOST_PARTS]


def _of_name(key: str, handle: str) -> Iterator[Word | Sequence_]:
    parts = parts_of(key)
    for number, part in enumerate(parts):
        yield from _of_part(part, handle, number, len(parts))
    if len(parts) > 1:
        yield from _of_full(parts, handle)
        yield from _joined(parts, handle)


def _of_phrase(key: str, handle: str) -> Iterator[Word | Sequence_]:
    """Words that were asked about together: all of them, and each that can only be a name."""
    parts = parts_of(key)
    if len(parts) == 1:
        yield from _of_name(key, handle)
        return
    yield Sequence_(_flat(parts), handle, "full")
    for word in _flat(parts):
        if len(word) > 2 and word not in PARTICLES and not is_everyday(word):
            yield _word(word, handle)


def _of_part(part: list[str], handle: str, number: int, count: int) -> Iterator[Word | Sequence_]:
    if len(part) > 1:
        yield Sequence_(tuple(part), handle, "part")
        yield _word("".join(part), handle)
    for word in part:
        is_alone = count == 1 and len(part) == 1
        stands_first = number == 0 and len(part) == 1 and word in _GIVEN
        if is_alone or (len(part) == 1 and word not in PARTICLES) or (len(word) > 2 and word not in PARTICLES):
            yield _word(word, handle)
        elif stands_first:
            yield Word(word, handle, True)


def _word(word: str, handle: str) -> Word:
    return Word(word, handle, len(word) == 1 or is_everyday(word))


def _of_full(parts: list[list[str]], handle: str) -> Iterator[Sequence_]:
    """Whole, without middle names, turned round, with the first or last name as an initial, particles kept."""
    names = [part for part in parts if not _is_particle(part)]
    flat = _flat(parts)
    yield Sequence_(flat, handle, "full")
    for number, part in enumerate(parts):
        # "van der Berg", "de la Cruz": from the particle on
        if _is_particle(part) and number + 1 < len(parts):
            yield Sequence_(_flat(parts[number:]), handle, "full")
            yield Sequence_(_flat([*parts[number:], *parts[:number]]), handle, "turned")
            yield Sequence_(_flat([*parts[number:], parts[0]]), handle, "turned")
    if _is_particle(parts[0]) and names:
        yield Sequence_((*parts[0], names[-1][0][0]), handle, "initial")
    for first, last in permutations(names, 2):
        forwards = names.index(first) < names.index(last)
        yield Sequence_(_flat([first, last]), handle, "full" if forwards else "turned")
        yield Sequence_((*first, last[0][0]), handle, "initial")
        yield Sequence_((first[0][0], *last), handle, "initial")
    yield Sequence_(_flat([parts[-1], *parts[:-1]]), handle, "turned")


def _of_spelt_initials(name: str, handle: str) -> Iterator[Sequence_]:
    """Initials that a skeleton spells with several letters, as it does Þ and Æ."""
    letters = tuple(skeleton(part[0]).plain for part in name.split())
    if len(letters) > 1 and any(len(each) > 1 for each in letters):
        yield Sequence_(letters, handle, "part")
        yield Sequence_((*parts_of(skeleton(name).plain)[0], letters[-1]), handle, "part")


def _is_particle(part: list[str]) -> bool:
    return len(part) == 1 and part[0] in PARTICLES


def _flat(parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(word for part in parts for word in part)


def _joined(parts: list[list[str]], handle: str) -> Iterator[Word]:
    """As in an e-mail address, a hashtag or an account's name: mariakalnina, mkalnina, mariak, kalninam."""
    names = ["".join(part) for part in parts if not _is_particle(part)]
    yield _word("".join(_flat(parts)), handle)
    for number, part in enumerate(parts[:-1]):
        if _is_particle(part):
            yield _word("".join(_flat(parts[number:])), handle)
    for first, last in permutations(names, 2):
        for joined in (first + last, first[0] + last, first + last[0]):
            if len(joined) > 3 and not is_word(joined):
                yield _word(joined, handle)


def _initials(key: str) -> Iterator[str]:
    """MK, and for names of several words also those without particles and middle names."""
    parts = parts_of(key)
    if len(parts) < 2 or unspaced_pattern().search(key) or re.search(f"[{MARKED}]", key):
        return
    words = _flat(parts)
    names = [word for word in words if word not in PARTICLES] or list(words)
    firsts = [part[0][0] for part in parts]
    for letters in (firsts, [word[0] for word in words], [word[0] for word in names], [firsts[0], firsts[-1]]):
        if len(letters) > 1:
            yield "".join(letters)


# What follows a family name of one letter, and what stands before one.
AFTER_FAMILY = (
    "さん",
    "くん",
    "ちゃん",
    "さま",
    "君",
    "様",
    "氏",
    "先生",
    "小姐",
    "女士",
    "总",
    "總",
    "씨",
    "님",
    "선생",
    "さん",
)
BEFORE_FAMILY = ("小", "老", "阿")


def _unspaced(key: str) -> Iterator[str]:
    """Names in scripts without spaces: whole, given name alone, family name alone where it is not one letter."""
    if not unspaced_pattern().search(key):
        return
    parts = [part for part in re.split(r"[\s\-_.,]+", key) if part]
    split = parts if len(parts) > 1 else _family_and_given(parts[0])
    yield "".join(parts)
    if len(split) == 2:
        yield "".join(reversed(split))
    for part in split:
        if len(_syllables(part)) > 1:
            yield part
    family = split[0] if len(split) > 1 else ""
    if family and len(_syllables(family)) == 1:
        yield from (family + _plain(each) for each in AFTER_FAMILY)
        yield from (_plain(each) + family for each in BEFORE_FAMILY)


def _plain(text: str) -> str:
    return skeleton(text).plain


def _syllables(text: str) -> list[str]:
    """Its letters; a Korean syllable is one, in parts or not."""
    return re.findall("[\u1100-\u115f][\u1160-\u11a7]*[\u11a8-\u11ff]*|.[\u3099\u309a]?", text)


def _family_and_given(name: str) -> list[str]:
    """Chinese and Korean: one and the rest; Japanese: where kanji end, else two and the rest."""
    kana = re.match("([\u4e00-\u9fff\u3005]+)([\u3040-\u309f\u3099\u309a]+)$", name)
    if kana:
        return [kana[1], kana[2]]
    letters = _syllables(name)
    if len(letters) < 2 or len(letters) > 5:
        return [name]
    cut = 1 if len(letters) < 4 else 2
    return ["".join(letters[:cut]), "".join(letters[cut:])]
