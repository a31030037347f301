"""The rules of wording for what is asked, each with one line that helps. Pure: a text in, what to look at out.

They are advice. All but the first two are about English, and are kept for packs in it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

MOST_WORDS, MOST_HELP_WORDS = 30, 50
# What is longer than this is only told that it is long.
MOST_JUDGED = 600
GRADE = 9.0
# From so many prompts on, it is looked at how they begin; more than so large a part of them alike is too many.
MANY, ALIKE_OPENINGS = 20, 0.2
_WORDS_ALIKE, _LETTERS_ALIKE = 0.5, 0.4
# Comparing each with each of more than these would take longer than the hint is worth.
MOST_COMPARED = 300
_ASKING = r"what|which|who|whom|whose|where|when|why|how"
_YES_OR_NO = re.compile(
    r"(?:do|does|did|is|are|was|were|has|have|had|will|would|could|can|should|may|might|must|shall|am)(?:n't)?\s", re.I
)
_A_TITLE = re.compile(
    r"\b(?:as (?:an ally|allies)|(?:ally|allies) like you|(?:you are|be|being|become) an ally|(?:better|good) ally)\b",
    re.I,
)
_SECOND = re.compile(
    rf"(?:,|\band\b|\bor\b)\s*(?:and|or)?\s*\b(?:{_ASKING})\b[^?.]*\?",
    re.I,
)
_FOR_TODAY = re.compile(r"\btoday\b|\bthis (?:morning|evening|afternoon)\b", re.I)
_PRAISE = re.compile(r"\b(?:well done|congratulations|proud of yourself|great job|good for you)\b", re.I)
_GRANTED = re.compile(
    r"\b(?:your office|at the office|office hours?|your direct reports|your employees"
    r"|as a (?:white|straight|cis|male|able-bodied|privileged))\b",
    re.I,
)
_TERMS = re.compile(
    r"\b(?:microaggressions?|micro-?inequalit(?:y|ies)|intersectional(?:ity)?|heteronormativ\w*|cisgender|"
    r"neurodivers\w*|neurodivergent|tokenis[mt]|tokeni[sz]\w*|performative|positionality|decolon\w*|"
    r"psychological safety|locus of \w+|diversity thumbprint|code-switch\w*|co-conspirators?|gaslight\w*)\b",
    re.I,
)
_MARKS = re.compile(r"[*_`<>\[\]{}]")
# fmt: off
_SMALL = frozenset({
    "a", "an", "and", "at", "by", "did", "do", "for", "from", "had", "has", "have", "in", "is", "it", "last", "me",
    "of", "on", "or", "someone", "that", "the", "their", "them", "they", "think", "time", "to", "was", "were", "what",
    "when", "which", "who", "whom", "whose", "will", "with", "you", "your",
})
# fmt: on


class Asked(NamedTuple):
    """What a prompt says, as far as its wording goes."""

    text: str
    help: str = ""
    when: str = "any"


class Said(NamedTuple):
    """One thing to look at: which key of the prompt it is about, and a line that helps."""

    key: str
    line: str


def look(asked: Asked, language: str = "en") -> list[Said]:
    """What a reader of this prompt might stumble over, in the order of the rules."""
    text = " ".join(asked.text.split())
    if len(text) > MOST_JUDGED:
        return [Said("text", f"That is long for one question; at most {MOST_WORDS} words are read in one breath.")]
    found = [Said("text", line) for line in _anywhere(text)]
    if is_english(language):
        found += [Said("text", line) for rule, line in _RULES.items() if rule(text)]
        found += _around(asked, text)
    return found


def is_english(language: str) -> bool:
    """Whether the rules about English apply."""
    return language.partition("-")[0] == "en"


def alike(texts: Sequence[str], most: int = MOST_COMPARED) -> Iterator[tuple[int, int]]:
    """The pairs of prompts, by their places, that are nearly the same question; among the first `most`."""
    judged = [(_content(text), _letters(text)) for text in texts[:most]]
    for (first, one), (second, two) in combinations(enumerate(judged), 2):
        if _shared(one[0], two[0]) >= _WORDS_ALIKE or _shared(one[1], two[1]) >= _LETTERS_ALIKE:
            yield first, second


def same_opening(texts: Sequence[str]) -> str | None:
    """The two words with which too many of many prompts begin; None if they vary."""
    if len(texts) < MANY:
        return None
    words_first, count = Counter(" ".join(words(text)[:2]).casefold() for text in texts).most_common(1)[0]
    return words_first if count > ALIKE_OPENINGS * len(texts) else None


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[\w'’-]+", text)


def content_words(text: str) -> list[str]:
    """The words of a text that carry it, in their order."""
    return [word for word in words(text.casefold()) if word not in _SMALL]


def grade(text: str) -> float:
    """About how many years of school a text wants (Flesch-Kincaid, with syllables counted by their vowels)."""
    found = [word for word in words(text) if word[0].isalpha()]
    if not found:
        return 0.0
    syllables = sum(map(_syllables, found))
    return 0.39 * len(found) / max(1, len(_sentences(text))) + 11.8 * syllables / len(found) - 15.59


def _anywhere(text: str) -> Iterator[str]:
    """What holds in every language."""
    if text.count("?") + text.count("？") + text.count("؟") > 1:
        yield "More than one question mark; ask one thing, and the other in a prompt of its own."
    if (count := len(words(text))) > MOST_WORDS:
        yield f"That is {count} words; at most {MOST_WORDS} are read in one breath."


def _around(asked: Asked, text: str) -> Iterator[Said]:
    """What the text says together with its help and its time."""
    if asked.when == "any" and _FOR_TODAY.search(text):
        yield Said("text", '"Today" is not always the day it is read; say "this week", or set `when`.')
    if not asked.help and (match := _TERMS.search(text)):
        yield Said("help", f'Not everybody knows "{match[0]}"; say in `help` what it means.')
    if len(asked.help) > 10 * MOST_HELP_WORDS or len(words(asked.help)) > MOST_HELP_WORDS:
        yield Said("help", f"Help of more than {MOST_HELP_WORDS} words is passed over; one example is enough.")
    elif asked.help and _PRAISE.search(asked.help):
        yield Said("help", _PRAISES)


def _sentences(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"(?<=[.?!])\s+", text) if each.strip()]


def _questions(text: str) -> list[str]:
    """The sentences that ask, and in them the clause after a comma or colon that asks."""
    found = [each for each in _sentences(text) if each.endswith("?")]
    return [part.strip() for each in found for part in (each, *re.split(r"[,:;]\s+", each)[1:])]


def _asks_nothing(text: str) -> bool:
    return not text.endswith("?")


def _asks_twice(text: str) -> bool:
    return _SECOND.search(_after_first_asking_word(text)) is not None


def _after_first_asking_word(text: str) -> str:
    """What follows the asking word of the last sentence; a clause of time before it is no question."""
    asking = _sentences(text)[-1] if _sentences(text) else ""
    clause = re.match(rf"(?:when|where)\b.*?,\s+(?=(?:{_ASKING})\b)", asking, re.I)
    asking = asking[clause.end() :] if clause else asking
    match = re.search(rf"\b(?:{_ASKING})\b", asking, re.I)
    return asking[match.end() :] if match else ""


def _is_yes_or_no(text: str) -> bool:
    return any(_YES_OR_NO.match(each) for each in _questions(text))


def _is_impersonal(text: str) -> bool:
    """Neither "you" nor a word that only somebody spoken to is given, such as "Think of"."""
    return re.search(r"\byou|^(?:think|remember|recall|picture|imagine|look|take|name)\b", text, re.I) is None


def _is_hard(text: str) -> bool:
    """Two years more than the rule, since syllables are only estimated here."""
    return grade(text) > GRADE + 2


_PRAISES = "Praise asks for more of the same; leave it out, and ask what happened."
_RULES: dict[Callable[[str], object], str] = {
    _asks_nothing: "End with a question mark: one question is what the reader answers.",
    _is_yes_or_no: "Yes or no would answer this; begin with what, which, who, when or how.",
    _asks_twice: "There are two questions in it; ask the other in a prompt of its own.",
    _A_TITLE.search: "Allyship is something one does; ask what they did, and call nobody an ally.",
    _is_impersonal: 'Say "you" or "your": a prompt speaks to one person.',
    _is_hard: "This is hard to read; shorter words or two short sentences help.",
    _PRAISE.search: _PRAISES,
    _GRANTED.search: "Not every reader has that place, role or past; ask so that anyone can answer.",
    _MARKS.search: "Marks such as * or _ are shown as they stand; leave them out.",
}


def _content(text: str) -> frozenset[str]:
    return frozenset(content_words(text))


def _letters(text: str) -> frozenset[str]:
    """Every run of five letters, which sees what words do not: other endings, other order."""
    plain = "".join(char for char in text.casefold() if char.isalpha() or char == " ")
    return frozenset(plain[at : at + 5] for at in range(len(plain) - 4))


def _shared(one: frozenset[str], two: frozenset[str]) -> float:
    small, large = sorted((len(one), len(two)))
    if small < _LETTERS_ALIKE * large or not small:
        return 0.0
    both = len(one & two)
    return both / (small + large - both)


def _syllables(word: str) -> int:
    """By its groups of vowels; a last e is silent, and so is that of -ed and -es."""
    plain = re.sub(r"(?:(?<=[^laeiouy])e|(?<=[^aeiouytd])ed|(?<=[^aeiouyscxz])es)$", "", word.casefold())
    return max(1, len(re.findall(r"[aeiouyà-ÿ]+", plain)))
