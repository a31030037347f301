"""What might give somebody away and cannot be decided here: questions for the writer, and their answers.

A question is put once: its key says what it is about, and the answer holds wherever that comes up again.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import tomli
import tomlkit

from allyjournal.errors import AllyError
from allyjournal.sharing import word_names
from allyjournal.sharing.common_words import is_everyday, listed
from allyjournal.sharing.forms import token_pattern, unspaced_pattern
from allyjournal.sharing.names import ACRONYMS, DOTTED_WORDS, Hit, Names, find
from allyjournal.sharing.outing import Marked
from allyjournal.sharing.skeleton import LETTER, Skeleton, skeleton

MOST = 4 * 1024 * 1024
KEEP, BLANK, PERSON = "keep", "blank", "@"
# No handle can be this: whoever it is, nothing of them is said.
BLANKED = "[blank]"
# A keep is what one coach may read; as it is written down, their handle follows.
KEEP_FOR = "keep for "
_CONTEXT = 60
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
    "accessibility director head board mr mrs ms mx dr prof hr fr herr frau monsieur madame señor señora spanish "
    "italian portuguese polish latvian lithuanian estonian russian ukrainian swedish finnish danish norwegian "
    "greek turkish chinese japanese korean hindi arabic american british european african asian indian latino "
    "latina hispanic muslim islam jewish hindu sikh buddhist catholic protestant ramadan diwali hanukkah passover "
    "eid bible quran torah"
)


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


def with_answers(register: Mapping[str, Mapping[str, Any]], answers: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The register, and in it as phrases the words that were answered with a person."""
    people = {handle: dict(person) for handle, person in register.items()}
    for key, answer in answers.items():
        if answer.startswith(PERSON) and key.startswith("word "):
            person = people.setdefault(answer[1:], {})
            person["phrases"] = [*person.get("phrases", []), key.removeprefix("word ")]
    return people


def with_blanks(register: Mapping[str, Mapping[str, Any]], answers: Mapping[str, str]) -> dict[str, Mapping[str, Any]]:
    """The register, and in it, as one who has no name (`BLANKED`), the words that were blanked out."""
    words = [
        key.removeprefix("word ") for key, answer in answers.items() if answer == BLANK and key.startswith("word ")
    ]
    return {**register, BLANKED: {"phrases": words}} if words else dict(register)


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts that name nobody, in lower case: a sentence may begin with one of them."""
    pattern = token_pattern()
    return frozenset(word for text in texts for word in pattern.findall(text.casefold()))


def read(text: str) -> dict[str, str]:
    """Answers as `to_text` wrote them. Raises AllyError where it is something else."""
    try:
        table = tomli.loads(text) if len(text) <= MOST else None
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        table = None
    is_answer = table is not None and all(
        isinstance(each, str)
        and (
            each == BLANK
            or each.removeprefix(KEEP_FOR) not in (each, "")
            or each.removeprefix(PERSON) not in (each, "")
        )
        for each in table.values()
    )
    if table is None or not is_answer:
        raise AllyError(
            f'these are no answers; each is "{KEEP_FOR}" and a coach, "{BLANK}" or "{PERSON}" with a handle.'
        )
    return table


def for_coach(answers: Mapping[str, str], coach: str) -> dict[str, str]:
    """What holds when something is shared with this coach: what another may read is asked about again."""
    own = f"{KEEP_FOR}{coach}"
    return {
        key: KEEP if answer == own else answer
        for key, answer in answers.items()
        if answer == own or not answer.startswith(KEEP_FOR)
    }


def of_coach(answers: Mapping[str, str], coach: str) -> dict[str, str]:
    """The same as it is written down."""
    return {key: f"{KEEP_FOR}{coach}" if answer == KEEP else answer for key, answer in answers.items()}


def to_text(answers: Mapping[str, str]) -> str:
    """The answers as TOML, in order."""
    return str(tomlkit.dumps(dict(sorted(answers.items()))))


def renamed(text: str, old: str, new: str) -> str:
    """The answers' text with the person `old` called `new`. Raises AllyError as `read` does."""
    before = read(text)
    after = {key: PERSON + new if answer == PERSON + old else answer for key, answer in before.items()}
    return to_text(after) if after != before else text


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


def is_kept(key: str, answers: Mapping[str, str]) -> bool:
    """Whether a finished file may hold that word: formats break lines elsewhere, so a word beside it may be missing."""
    if answers.get(key) == KEEP:
        return True
    return any(answer == KEEP and _is_same(key, each) for each, answer in answers.items() if each.startswith("name "))


def _is_same(one: str, other: str) -> bool:
    parts = [re.split("[<>]", each.removeprefix("name ")) for each in (one, other)]
    return parts[0][1:2] == parts[1][1:2] and all(
        not mine.strip() or not theirs.strip() or mine.strip() == theirs.strip()
        for mine, theirs in zip(*(part[::2] for part in parts), strict=False)
    )


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
