"""Words that might give somebody away and cannot be decided here: names that are not in the register."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from allyjournal.sharing import word_names
from allyjournal.sharing.answers import BLANKED
from allyjournal.sharing.common_words import is_everyday, listed
from allyjournal.sharing.forms import token_pattern, unspaced_pattern
from allyjournal.sharing.names import ACRONYMS, DOTTED_WORDS, Names, find
from allyjournal.sharing.skeleton import Skeleton, skeleton

# More foreign letters than this share of a text, and it is written in that script: no single word stands out.
_FOREIGN_SHARE = 0.2
# Of people, languages and faiths: also surnames, and part of a name where they stand behind one.
_PEOPLES = listed("black white english french german irish welsh scottish dutch brown")
# What a colour or a language does not do.
_ACTS = listed("left came went gave took got met spoke wrote sat stood ran led quit resigned joined called helped")
_TITLES = listed("mr mrs ms mx dr prof hr fr herr frau sir")
_PROPER = listed(
    "monday tuesday wednesday thursday friday saturday sunday january february march july august september "
    "october november december mondays tuesdays wednesdays thursdays fridays saturdays sundays christmas easter "
    "internet i i'm i'll i've i'd zoom slack teams excel powerpoint google outlook linkedin github jira wifi "
    "sprint scrum kanban confluence miro docker python okr okrs kpi kpis sla slas legal finance engineering "
    "marketing management operations support security sales staff product diversity inclusion equity belonging "
    "accessibility design facilities agile cv cvs wi fi director head board mr mrs ms mx dr prof hr fr herr frau "
    "monsieur madame señor señora spanish italian portuguese polish latvian lithuanian estonian russian ukrainian "
    "swedish finnish danish norwegian greek turkish chinese japanese korean hindi arabic american british "
    "european african asian indian latino latina hispanic muslim islam jewish hindu sikh buddhist catholic "
    "protestant ramadan diwali hanukkah passover eid bible quran torah"
)


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts that name nobody, in lower case: a sentence may begin with one of them."""
    pattern = token_pattern()
    return frozenset(word for text in texts for word in pattern.findall(text.casefold()))


class Suspect(NamedTuple):
    """Words that may be a name: their place in the original, the key, whose name it may be."""

    start: int
    end: int
    key: str
    kind: str
    like: str


def suspects(text: Skeleton, taken: Sequence[tuple[int, int]], known: frozenset[str], names: Names) -> list[Suspect]:
    """Words that may be names. `taken`: places that are dealt with; `known`: words that are no names in lower case."""
    found = [*_foreign(text, taken), *_capitals(text, taken, known, names), *_initials(text, taken)]
    return sorted(found)


def _capitals(
    text: Skeleton, taken: Sequence[tuple[int, int]], known: frozenset[str], names: Names
) -> Iterator[Suspect]:
    run: list[tuple[int, int]] = []
    free = _Free(taken)
    for match in token_pattern().finditer(text.cased):
        first, last = match.span()
        if (
            text.cased[first].islower()
            or not free.is_free(*text.span(first, last))
            or not (_stands_out(text, first, last, known) or _is_surname(text, first, last, run))
        ):
            continue
        if run and text.plain[run[-1][1] : first] not in (" ", "-", "'"):
            yield _suspect(text, run, names)
            run = []
        run.append((first, last))
    if run:
        yield _suspect(text, run, names)


class _Free:
    """Which places are dealt with; asked in order."""

    def __init__(self, taken: Sequence[tuple[int, int]]) -> None:
        self.taken, self.at = sorted(taken), 0

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing that is dealt with touches `[start, end)`."""
        while self.at < len(self.taken) and self.taken[self.at][1] <= start:
            self.at += 1
        return self.at == len(self.taken) or self.taken[self.at][0] >= end


def _suspect(text: Skeleton, run: Sequence[tuple[int, int]], names: Names) -> Suspect:
    words = " ".join(text.plain[first:last] for first, last in run)
    near = [hit for hit in find(skeleton(words), names) if not hit.is_sure]
    return Suspect(
        *text.span(run[0][0], run[-1][1]),
        f"word {words}",
        "word",
        near[0].handle if near and near[0].handle != BLANKED else "",
    )


def _stands_out(text: Skeleton, first: int, last: int, known: frozenset[str]) -> bool:
    """Whether a word with a capital may be a name."""
    shown, word = text.cased[first:last], text.plain[first:last]
    if (
        not shown[0].isupper()
        or len(shown) < 2
        or word in _PROPER
        or word in _PEOPLES
        or (shown[1:].isdigit() and len(shown) < 4)
    ):
        return False
    if word in word_names.MONTHS and word_names.is_month(word_names.around_of(text, first, last)):
        return False
    if shown.isupper() and word in ACRONYMS:
        return False
    if not is_everyday(word) and word not in known:
        return True
    if word_names.is_negated(text, last):
        return False
    around = word_names.around_of(text, first, last)
    if shown.isupper():
        beside = [each for each in (around.before, around.after) if len(each) > 1]
        return word in word_names.GIVEN and not any(each.isupper() for each in beside)
    is_before_name = around.after[:1].isupper() and around.after != "I" and not around.is_title
    # On a line that goes on from the one before, a capital is not the line's.
    is_alone = around.is_possessive or not around.after or not around.starts
    does = around.after_word in word_names.VERBS or word_names.may_be_done(around.after_word)
    is_name_too = word in word_names.GIVEN and (is_before_name or is_alone or (does and word not in word_names.MODALS))
    is_name_too |= word in word_names.MODALS and around.after_word in word_names.VERBS
    is_name_too |= around.after_word in word_names.SPEAKING and not word_names.is_of_many(word)
    return is_name_too if around.may_start or around.is_title else True


def _is_surname(text: Skeleton, first: int, last: int, run: Sequence[tuple[int, int]]) -> bool:
    """Whether a word for a people is somebody: behind a name or title, or by what they do. Or a letter behind one."""
    word = text.plain[first:last]
    if not (word in _PEOPLES or len(word) == 1) or not text.cased[first].isupper():
        return False
    if len(word) == 1:
        return word_names.around_of(text, first, last).before_word in _TITLES
    follows = bool(run) and text.plain[run[-1][1] : first] in (" ", "-")
    around = word_names.around_of(text, first, last)
    acts = around.is_possessive or around.after_word in word_names.SPEAKING or around.after_word in _ACTS
    return follows or around.before_word in _TITLES or (acts and word in _PEOPLES)


def _initials(text: Skeleton, taken: Sequence[tuple[int, int]]) -> Iterator[Suspect]:
    """*J.P.*: letters with full stops that are nothing else."""
    free = _Free(taken)
    for match in _dotted().finditer(text.cased):
        letters = [char for char in match[0].casefold() if char.isalpha()]
        if "".join(letters) not in DOTTED_WORDS and free.is_free(*text.span(*match.span())):
            yield Suspect(*text.span(*match.span()), f"word {' '.join(letters)}", "word", "")


@cache
def _dotted() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:[^\W\d_a-z]\.){2,4}(?![^\W_])")


def _foreign(text: Skeleton, taken: Sequence[tuple[int, int]]) -> Iterator[Suspect]:
    """Words in scripts without capitals, in a text that is written in another one."""
    if text.plain.isascii():
        return
    runs = [match.span() for match in unspaced_pattern().finditer(text.plain)]
    runs += [m.span() for m in token_pattern().finditer(text.plain) if _is_caseless(text.plain[m.start()])]
    free = _Free(taken)
    places = [place for place in sorted(set(runs)) if free.is_free(*text.span(*place))]
    foreign = sum(last - first for first, last in places)
    if not foreign:
        return
    if foreign > _FOREIGN_SHARE * max(1, sum(char.isalnum() for char in text.plain)):
        digest = hashlib.sha256(text.plain.encode("utf-8", "replace")).hexdigest()[:12]
        start, end = text.span(places[0][0], places[-1][1])
        yield Suspect(start, end, f"script {digest}", "script", "")
        return
    for first, last in places:
        yield Suspect(*text.span(first, last), f"word {text.plain[first:last]}", "word", "")


def _is_caseless(char: str) -> bool:
    """A letter of a script without capitals, Georgian too, whose capitals nobody writes names with."""
    return unicodedata.category(char) == "Lo" or "\u10d0" <= char <= "\u10ff"
