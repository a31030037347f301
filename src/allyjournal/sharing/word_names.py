"""Names that are words: is this `Will` a person?

In lower case it is the word. With a capital inside a sentence it is the person, but for months beside a day or a
preposition of time. Where a sentence begins, or everything is in capitals, what stands around it decides, and
where that does not, the writer is asked; until they answer, nothing of it leaves.
"""

import re
from functools import cache
from typing import NamedTuple

from allyjournal.sharing.common_words import listed
from allyjournal.sharing.skeleton import LETTER, PARAGRAPH, Skeleton

NAME, WORD, ASK = "name", "word", "ask"
MONTHS = frozenset(("april", "may", "june", "august"))
MODALS = frozenset(("will", "may"))
_SUBJECTS = listed(
    "i you he she it we they this that these those there the a an my your his her its our their what who which "
    "someone anyone everyone nobody people one any all some not"
)
_TITLES = listed("mr mrs ms miss mx dr prof sir")
_TIMES = listed("in by since until till last next early late mid every end")
_MAYBE_TIMES = listed("from of during through this to before after")
VERBS = listed(
    "said says told tells asked asks was is has had did does went goes came comes wants wanted thinks thought "
    "knows knew feels felt looked looks left gave gives took takes made makes who whom whose and or but got gets "
    "kept keeps spoke speaks laughed cried smiled agreed replied wrote writes sat stood ran met heard hears saw "
    "sees leads led needs would could should might never always also already just then again himself herself "
    "themselves cannot can will may must shall won didn doesn isn wasn couldn wouldn hasn hadn brought forgot "
    "understood put let shut broke began chose found grew held hid hurt lost lent meant paid read sent set shook "
    "spent stuck taught tore threw won withdrew built caught drew spoke"
)
# Names that are words: one that begins a sentence, and does what people do, may be somebody.
GIVEN = listed(
    "will grace may mark rose hope art bill frank rob jack pat sue drew grant chase dean dawn april june summer "
    "autumn ray gene miles sky river hunter hazel ivy olive violet pearl ruby amber jade iris lily daisy penny "
    "melody harmony christian faith joy charity patience prudence robin heather holly ginger guy don dick nick "
    "jay kit max basil clay cliff dale earl glen lance mason pierce rich rusty sandy sonny victor warren wade "
    "destiny angel crystal cherry honey misty poppy sage star stormy viola woods brooks rivers banks mills cook "
    "king knight bishop baker butler carter cooper carpenter miller mason parker potter porter turner taylor "
    "tanner walker weaver webster wright fisher hunter shepherd smith sawyer fox wolf lamb finch drake moody "
    "savage powers weeks winter summers frost marsh moss ford hall chambers lane parks gates bell white hill "
    "green reed ward wood gray west hunt burns palmer stone rice harper fields berry wells bush cross park page "
    "bond glass gold graves hardy hood mercer moon noble roman silver snow stark swan swift temple waters wheeler "
    "chip candy dot eve fern mercy opal peg eden colt heath jasper liberty marina raven rowan sterling storm wren "
    "archer duke prince song sung young tan min ho chin sunny dolly carly patsy pepper piper forest chance barber "
    "butcher slater love strong sharp church day brook north judge wise keen hawk hale vale"
)
_UNSURE = listed(
    "is was and or but has had never always also already does did would could should might takes gives makes gets "
    "keeps leads needs looks feels goes comes says can will may must shall put let set shut read hurt won didn "
    "doesn isn wasn couldn wouldn hasn hadn"
)
# What does much that people do, too: *hope kept me going*.
_ABSTRACT = listed("hope grace faith joy art price love peace charity justice patience harmony melody constance mercy")
# What only people do, and what is done to people: beside these also a word in lower case may be a name.
SPEAKING = listed(
    "said says told tells asked asks thinks thought wants wanted knows replied laughed cried smiled apologised "
    "apologized agreed answered shouted whispered interrupted"
)
_SPOKEN_TO = listed("told asked met thanked hi hello dear cc thanks")
_FROM = listed("from in at with to on")
_MANY = listed(
    "people others everyone everybody both most few many several women men children leadership team management"
)
_LONGEST = 120
_ENDS = f"[\n{PARAGRAPH}]"


def judged(text: Skeleton, first: int, last: int) -> str:
    """NAME, WORD or ASK for the word of `text` at `[first, last)` that is a name and a word."""
    if not _is_plain(text, first, last):
        return NAME
    shown = text.cased[first:last]
    if is_negated(text, last):
        return WORD
    if shown.islower() and _in_hashtag(text, first):
        return ASK
    around = around_of(text, first, last)
    if shown.islower():
        is_spoken_to = around.before_word in _SPOKEN_TO or _patterns()["spoken to"].search(
            text.plain[max(0, first - 40) : first]
        )
        is_somebody = around.is_possessive or around.after_word in SPEAKING or is_spoken_to
        return ASK if is_somebody and around.before_word not in _SUBJECTS else WORD
    if around.before_word in _TITLES:
        return NAME
    if around.is_possessive:
        return NAME if not shown.isupper() or len(shown) > 1 else ASK
    if len(shown) > 1 and shown.isupper():
        return _shouted(shown.casefold(), around)
    return _capital(shown.casefold(), around)


def is_negated(text: Skeleton, last: int) -> bool:
    """Whether a word that ends there is the beginning of one such as *don't*."""
    return bool(_patterns()["not"].match(text.plain, last))


def may_be_done(following: str) -> bool:
    """Whether a word tells what somebody did, was, or where they are from, when it stands behind their name."""
    return following.endswith(("ed", "ly")) or following in _FROM


def is_of_many(word: str) -> bool:
    """Whether a word is a pronoun, or of many: *people said*, *managers asked*."""
    return word in _SUBJECTS or word in _MANY or (word.endswith("s") and not word.endswith("ss"))


class Around(NamedTuple):
    """What stands around a word: the words next to it, and how its sentence begins."""

    before: str
    after: str
    is_possessive: bool
    starts: bool
    may_start: bool
    is_title: bool

    @property
    def before_word(self) -> str:
        """The word before it, folded."""
        return self.before.casefold()

    @property
    def after_word(self) -> str:
        """The word after it, folded."""
        return self.after.casefold()


def around_of(text: Skeleton, first: int, last: int) -> Around:
    """What stands around `text[first:last]`."""
    before, after = text.cased[max(0, first - _LONGEST) : first], text.cased[last : last + _LONGEST]
    behind, ahead = _patterns()["behind"].search(before), _patterns()["ahead"].match(after)
    word = behind[1] if behind and (not behind[2] or behind[1].casefold() in _TITLES) else ""
    starts = not word and bool(_patterns()["start"].search(before) or (first <= _LONGEST and not _letters(before)))
    may_start = starts or bool(_patterns()["may start"].search(before))
    line = re.split(_ENDS, before)[-1] + text.cased[first:last] + re.split(_ENDS, after)[0]
    longer = _patterns()["longer"].findall(line)
    is_title = len(longer) > 2 and sum(each[0].isupper() for each in longer) * 5 >= len(longer) * 4
    is_possessive = bool(_patterns()["possessive"].match(after))
    return Around(word, ahead[1] if ahead else "", is_possessive, starts, may_start, is_title)


def _letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _is_plain(text: Skeleton, first: int, last: int) -> bool:
    """Whether the word is written with its own letters; a hyphen at a line's end is no disguise."""
    if text.plain[first:last] != text.alike[first:last]:
        return False
    if text.is_as_written(first, last):
        return True
    start, end = text.span(first, last)
    bare = _patterns()["line end"].sub("", text.source[start:end])
    return bare.casefold() == text.plain[first:last]


def _in_hashtag(text: Skeleton, first: int) -> bool:
    return bool(_patterns()["hashtag"].search(text.plain[max(0, first - _LONGEST) : first]))


def _shouted(word: str, around: Around) -> str:
    """All in capitals: shouting, or the one word that is meant."""
    if word in MODALS and (around.before_word in _SUBJECTS or (around.may_start and around.after_word in _SUBJECTS)):
        return WORD
    neighbours = [each for each in (around.before, around.after) if len(each) > 1]
    return ASK if neighbours and all(each.isupper() for each in neighbours) else NAME


def _capital(word: str, around: Around) -> str:
    if word in MONTHS and is_month(around):
        return WORD
    if word in MONTHS and around.before_word in _MAYBE_TIMES:
        return ASK
    if around.may_start:
        return _beginning(word, around)
    return ASK if around.is_title else NAME


def is_month(around: Around) -> bool:
    """Whether what stands around says that a month is meant: a number, or a preposition of time and no deed."""
    is_dated = around.before_word.isdigit() or around.after_word.isdigit()
    is_ordinal = bool(re.fullmatch(r"\d{1,2}(st|nd|rd|th)", around.after_word))
    return is_dated or is_ordinal or (around.before_word in _TIMES and around.after_word not in VERBS)


def _beginning(word: str, around: Around) -> str:
    """Where a sentence begins or may begin: what follows says whether it is a person who does something."""
    following = around.after_word
    if not following:
        return ASK
    if word in _ABSTRACT and following not in SPEAKING:
        return ASK
    if around.after[0].isupper() and following != "i":
        return ASK
    if word in MODALS and following in _SUBJECTS:
        return WORD
    if following in VERBS:
        return NAME if around.starts and following not in _UNSURE else ASK
    # Nearly everything follows a name as easily as a word: *Grace in accounting*, *Mark late again*.
    return ASK


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    word = f"({LETTER}+)"
    sources = {
        "behind": rf"{word}(\.?)[ ,*_'\"(\[\n-]{{0,4}}$",
        "ahead": rf"[ \n*_]{{1,3}}{word}",
        "possessive": r"'s?(?![^\W_])",
        "start": (
            rf"(?:[.!?…][')\]*_\"]*[ \n]?|{PARAGRAPH}|"
            rf"[{PARAGRAPH}\n][ >]*(?:[-+*#]+|\d+[.)])(?: \[.\])?|[\"(\[“«„])[ *_\"'(\[]*$"
        ),
        # Also behind the number of a heading, as documents have it.
        "may start": (
            rf"(?:[\n|:;\u2026\u00b7\u2022\u2610-\u2612-]|(?:^|[\n{PARAGRAPH}“\"(]) *\d{{1,4}}(?:\.\d{{1,3}})? )"
            r"[ *_\"'(\[]*$"
        ),
        # *don't*, *won't*
        "not": r"'t(?![^\W_])",
        "longer": r"[^\W\d_]{4,}",
        "hashtag": r"#[\w/-]*$",
        "spoken to": r"(?<![^\W_])(?:talk(?:ed|ing)?|sp[eo]ak(?:ing)?|spoke|wr[io]te|listen(?:ed|ing)?|said) to $",
        "line end": r"-[ \t]*(?:\r\n|\r|\n)[ \t>]*",
    }
    return {name: re.compile(source) for name, source in sources.items()}
