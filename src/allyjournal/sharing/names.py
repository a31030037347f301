"""Finding people in a text: every form of every name in the register, in whatever disguise.

A text is read once, word by word.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from allyjournal.sharing import near, word_names
from allyjournal.sharing.common_words import is_ordinary, is_word, listed
from allyjournal.sharing.forms import PARTICLES, Sequence_, token_pattern, unspaced_pattern
from allyjournal.sharing.register import SURE_LENGTH, Found, Names, known, names_of, stems_in
from allyjournal.sharing.skeleton import Skeleton

__all__ = ["ACRONYMS", "DOTTED_WORDS", "Hit", "Names", "find", "names_of"]
ACRONYMS = listed(
    "hr it pr ai uk us usa eu id ok tv pm am cv vp qa ux ui bd ma ba md phd ceo cto cfo coo dei edi erg kpi okr "
    "pto gp pc app faq api url pdf fyi asap eod tbc tbd nda rsvp diy aka etc ie eg ps pp nb st rd th mr ms dr sr "
    "jr no so do go me we he be by in on at to of or if is as an my up un who nhs who wfh adhd lgbt bbc gdpr"
)
# Abbreviations that are written with full stops.
DOTTED_WORDS = listed("ct pa qa ie eg am pm ps pp nb ca cf us uk phd ba ma md ad bc")
_TIED = ("#", "@", "_", "/", "-")


class Hit(NamedTuple):
    """A name in a text: its place in the original, whose it is, and whether that is sure or has to be asked."""

    start: int
    end: int
    handle: str
    is_sure: bool
    is_mention: bool = False


def find(text: Skeleton, names: Names, present: Iterable[str] = (), is_tag: bool = False) -> list[Hit]:
    """The names in a text, in order, none over another. Of several people of one name, one who is `present` is meant.

    `is_tag`: the text is a tag, in which words stand joined and names have no capitals.
    """
    finder = _Finder(text, names, frozenset(present), is_tag)
    hits = [*finder.mentions(), *finder.unspaced(), *finder.spaced()]
    return [_with_initial(text, hit) for hit in _joined(text, _apart(hits))]


def _apart(hits: list[Hit]) -> list[Hit]:
    """In order; of two that stand over each other the sure one, the longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, not each.is_sure, -each.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=hit.end, is_sure=kept[-1].is_sure or hit.is_sure)
    return kept


def _joined(text: Skeleton, hits: list[Hit]) -> list[Hit]:
    """Names of one person that stand side by side as one."""
    joined: list[Hit] = []
    for hit in hits:
        last = joined[-1] if joined else None
        is_next = last and last.handle == hit.handle and last.is_sure and hit.is_sure and not hit.is_mention
        if last and is_next and not last.is_mention and _between().fullmatch(text.source, last.end, hit.start):
            joined[-1] = last._replace(end=hit.end)
        else:
            joined.append(hit)
    return joined


def _with_initial(text: Skeleton, hit: Hit) -> Hit:
    """*Miriam O.*: the letter of a name that the register does not have belongs to the name."""
    after = _initials_after().match(text.source, hit.end) if hit.is_sure and not hit.is_mention else None
    return hit._replace(end=after.end()) if after else hit


class _Finder:
    """One reading of one text."""

    def __init__(self, text: Skeleton, names: Names, present: frozenset[str], is_tag: bool) -> None:
        self.text, self.names, self.present, self.is_tag = text, names, present, is_tag
        self.is_special = is_tag or bool(text.joints)
        self.run, self.run_start, self.run_end = "", 0, 0
        self.tokens = [match.span() for match in token_pattern().finditer(text.plain)]

    def mentions(self) -> Iterator[Hit]:
        """`@handle`, the longest that is known."""
        if "@" not in self.text.plain:
            return
        for match in _handle().finditer(self.text.plain):
            if (handle := self._mentioned(match)) is not None:
                yield handle

    def _mentioned(self, match: re.Match[str]) -> Hit | None:
        for written in (match[1], self.text.alike[match.start(1) : match.end(1)]):
            name = written.rstrip("-_")
            while name:
                if name in self.names.handles:
                    start, end = self.text.span(match.start(), match.start(1) + len(name))
                    return Hit(start, end, self.names.handles[name], True, True)
                name = name.rpartition("-")[0].rstrip("-_") if "-" in name else ""
        return None

    def unspaced(self) -> Iterator[Hit]:
        """Names in scripts that put no spaces between words, anywhere in a run of letters."""
        if self.text.plain.isascii() or not self.names.unspaced:
            return
        for match in unspaced_pattern().finditer(self.text.plain):
            place, end = match.span()
            while place < end:
                form = self._unspaced_at(place, end)
                if form:
                    yield Hit(*self.text.span(place, place + form[1]), form[0], True)
                place += form[1] if form else 1

    def _unspaced_at(self, place: int, end: int) -> tuple[str, int] | None:
        plain = self.text.plain
        for form, handle in self.names.unspaced.get(plain[place : place + 2], ()):
            after = plain[place + len(form) : place + len(form) + 1]
            if plain.startswith(form, place, end) and not (
                "\u1160" <= after <= "\u11ff" or after in ("\u3099", "\u309a")
            ):
                return handle, len(form)
        return None

    def spaced(self) -> Iterator[Hit]:
        """Names made of words."""
        number = 0
        while number < len(self.tokens):
            first, last = self.tokens[number]
            taken, hit = 1, None
            if not self._is_dull(first, last):
                is_letter = last - first == 1
                taken, hit = (
                    self._sequence(number) or (self._letters(number) if is_letter else None) or self._single(number)
                )
            if hit:
                yield hit
            number += taken

    def _is_dull(self, first: int, last: int) -> bool:
        """Whether it is a word in lower case that names nobody and begins no name: most are, and are looked at once."""
        word = self.text.plain[first:last]
        if self.is_special or last - first == 1 or self.text.cased[first:last] != word:
            return False
        if word in self.names.dull:
            return self.text.plain[first - 1 : first] not in _TIED
        if word.isascii() and word not in self.names.sequences and not self._known(word, word):
            self.names.dull.add(word)
        return False

    def _word(self, number: int) -> tuple[str, str]:
        first, last = self.tokens[number]
        return self.text.plain[first:last], self.text.alike[first:last]

    def _hit(self, first: int, last: int, handles: tuple[str, ...], is_sure: bool) -> Hit:
        start, end = self.text.span(first, last)
        handle = next((each for each in handles if each in self.present), handles[0])
        return Hit(start, end, handle, is_sure)

    def _sequence(self, number: int) -> tuple[int, Hit] | None:
        for sequence in self._sequences(number):
            if len(sequence.keys) <= len(self.tokens) - number and self._is_there(sequence, number):
                first, last = self.tokens[number][0], self.tokens[number + len(sequence.keys) - 1][1]
                judged = self._judged(sequence, number)
                if judged != word_names.WORD:
                    return len(sequence.keys), self._hit(first, last, (sequence.handle,), judged == word_names.NAME)
        return None

    def _sequences(self, number: int) -> list[Sequence_]:
        """Those that may begin here, the longest first."""
        plain, looks = self._word(number)
        table = self.names.sequences
        if len(plain) > 1:
            found = table.get(plain, ()) or (table.get(looks, ()) if looks != plain else ())
        elif number + 1 < len(self.tokens) and self.tokens[number + 1][1] - self.tokens[number + 1][0] > 1:
            nexts = {form for word in set(self._word(number + 1)) for form in stems_in(word)}
            found = tuple(each for form in nexts for each in table.get(f"{looks} {form}", ()))
        else:
            found = ()
        return sorted(found, key=lambda each: (-len(each.keys), each)) if found else []

    def _is_there(self, sequence: Sequence_, number: int) -> bool:
        """Whether these words follow each other here, the last in any inflection."""
        count = len(sequence.keys)
        for place, key in enumerate(sequence.keys):
            if key not in self._word(number + place):
                is_last = place == count - 1 and len(key) > 2
                if not is_last or not any(self._is_form(each, key) for each in self._word(number + place)):
                    return False
            if place:
                gap = self.text.plain[self.tokens[number + place - 1][1] : self.tokens[number + place][0]]
                if not (_turned_gap() if sequence.kind == "turned" else _gap()).fullmatch(gap):
                    return False
        return True

    @staticmethod
    def _is_form(word: str, key: str) -> bool:
        stems = tuple(near.stems(key))
        return not is_ordinary(word) and any(stem in stems for stem, _ in near.splits(word, 2))

    def _judged(self, sequence: Sequence_, number: int) -> str:
        """A name if any of its words can only be one; else as their case says."""
        spans = self.tokens[number : number + len(sequence.keys)]
        shown = [self.text.cased[first:last] for first, last in spans]
        if sequence.kind == "initial":
            return self._judged_initial(sequence, number, shown)
        if (
            any(not is_word(key) and key not in PARTICLES and len(key) > 1 for key in sequence.keys)
            or sequence.kind == "part"
        ):
            return word_names.NAME
        if any(not self.text.is_as_written(*span) for span in spans) or all(each[0].isupper() for each in shown):
            gap = self.text.plain[spans[0][1] : spans[1][0]] if len(spans) > 1 else ""
            return word_names.NAME if sequence.kind == "full" or "," in gap or shown[0].isupper() else word_names.ASK
        return word_names.ASK if all(each.islower() for each in shown) and sequence.kind == "full" else word_names.WORD

    def _judged_initial(self, sequence: Sequence_, number: int, shown: list[str]) -> str:
        """The initial is a capital, or has its full stop; beside a word it needs both."""
        place = next((place for place, each in enumerate(sequence.keys) if len(each) == 1), 0)
        end = self.tokens[number + place][1]
        is_dotted = self.text.plain[end : end + 1] == "."
        others = [key for key in sequence.keys if len(key) > 1]
        if all(is_word(key) for key in others):
            return word_names.NAME if is_dotted and all(each[0].isupper() for each in shown) else word_names.WORD
        return word_names.NAME if is_dotted or shown[place].isupper() else word_names.WORD

    def _letters(self, number: int) -> tuple[int, Hit] | None:
        """Letters that stand one by one: initials (M.K.), a name spelt out (M-a-r-i-a)."""
        if number >= self.run_end:
            self.run_start, self.run_end = number, self._end_of_run(number)
            self.run = "".join(self.text.alike[first] for first, _ in self.tokens[number : self.run_end])
        at = number - self.run_start
        for length in self.names.lengths:
            letters = self.run[at : at + length]
            if len(letters) == length and (
                letters in self.names.words or letters in self.names.cased or letters in self.names.initials
            ):
                hit = self._spelt(self.tokens[number : number + length], letters)
                if hit:
                    return length, hit
        return None

    def _end_of_run(self, number: int) -> int:
        plain, tokens = self.text.plain, self.tokens
        while number + 1 < len(tokens) and tokens[number + 1][1] - tokens[number + 1][0] == 1:
            gap = plain[tokens[number][1] : tokens[number + 1][0]]
            # A full stop and a space may end a sentence, unless the next letter has its full stop, too.
            ends = gap == ". " and plain[tokens[number + 1][1] : tokens[number + 1][1] + 1] != "."
            if not 0 < len(gap) < 3 or gap.strip(" .-_*") or ends:
                break
            number += 1
        return number + 1

    def _spelt(self, spans: list[tuple[int, int]], letters: str) -> Hit | None:
        first, last = spans[0][0], spans[-1][1]
        handles = self.names.words.get(letters, ()) or self.names.cased.get(letters, ())
        if handles and len(letters) > 2:
            return self._hit(first, last, handles, True)
        handles = self.names.initials.get(letters, ())
        is_dotted = "." in self.text.plain[first:last] and letters not in DOTTED_WORDS
        if handles and (is_dotted or all(self.text.cased[a:b].isupper() for a, b in spans)):
            after = last + 1 if self.text.plain[last : last + 1] == "." and is_dotted else last
            return self._hit(first, after, handles, letters not in ACRONYMS and letters not in DOTTED_WORDS)
        return None

    def _single(self, number: int) -> tuple[int, Hit | None]:
        first, last = self.tokens[number]
        plain, looks = self._word(number)
        found = self._known(plain, looks)
        if found and found.needs_case:
            judged = word_names.judged(self.text, first, last) if not self.is_tag else word_names.ASK
            if judged != word_names.WORD:
                return 1, self._hit(first, last, found.handles, judged == word_names.NAME)
        elif found:
            may_be_word = found.is_guess and self.text.cased[first:last].islower() and not self.is_tag
            return 1, self._hit(first, last, found.handles, found.is_sure and not may_be_word)
        return 1, self._initials(first, last) or self._inside(first, last)

    def _known(self, plain: str, looks: str) -> Found | None:
        known_words, key = self.names.known, (plain, looks)
        if key not in known_words:
            if len(known_words) > 200_000:
                known_words.clear()
            found = [each for word in dict.fromkeys(key) if (each := known(self.names, word))]
            known_words[key] = next((each for each in found if each.is_sure), found[0] if found else None)
        return known_words[key]

    def _initials(self, first: int, last: int) -> Hit | None:
        letters = self.text.alike[first:last]
        handles = self.names.initials.get(letters, ())
        if not handles or not self.text.cased[first:last].isupper():
            return None
        return self._hit(first, last, handles, letters not in ACRONYMS and not is_word(letters))

    def _inside(self, first: int, last: int) -> Hit | None:
        """A name that is a piece of a word: where something was taken out of it, at a capital, in a hashtag."""
        pieces = self._pieces(first, last)
        for piece in pieces:
            found = self._known(self.text.plain[slice(*piece)], self.text.alike[slice(*piece)])
            if found and found.is_sure and piece[1] - piece[0] > 2 and (not found.needs_case or len(pieces) > 1):
                return self._hit(*piece, found.handles, True)
        if (
            self.is_tag
            or self.text.plain[first - 1 : first] in ("#", "@")
            or _tagged().search(self.text.plain[max(0, first - 80) : first])
        ):
            return self._compound(first, last)
        return None

    def _pieces(self, first: int, last: int) -> list[tuple[int, int]]:
        cuts = {place for place in range(first + 1, last) if place in self.text.joints} if self.text.joints else set()
        shown = self.text.cased[first:last]
        if not shown.isupper() and not shown[1:].islower():
            cuts |= {first + match.start() for match in _camel().finditer(shown)}
        if not cuts:
            return []
        places = [first, *sorted(cuts), last]
        return list(pairwise(places))

    def _compound(self, first: int, last: int) -> Hit | None:
        """`#mariaincident`: a name and a word, or a word and a name."""
        text = self.text.alike[first:last]
        for cut in range(3, len(text) - 1):
            for (name, other), span in (
                ((text[:cut], text[cut:]), (first, first + cut)),
                ((text[cut:], text[:cut]), (first + cut, last)),
            ):
                is_likely = len(name) >= SURE_LENGTH or is_ordinary(other) or other.isdigit()
                if is_likely and name in self.names.words:
                    return self._hit(*span, self.names.words[name], True)
        return None


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"[ \n.'_\-*`~\u00a0\"]{0,4}")


@cache
def _initials_after() -> re.Pattern[str]:
    return re.compile(r"[ \u00a0](?:(?!I\.)[^\W\d_a-z]\.[ \u00a0]?){1,3}(?<=\.)")


@cache
def _between() -> re.Pattern[str]:
    """What may stand between two parts of one name: no end of a line or sentence."""
    return re.compile(r"[ '_\-*`~\u00a0\"]{0,4}")


@cache
def _turned_gap() -> re.Pattern[str]:
    return re.compile(r"[ \n,;'_\-*`~/]{0,4}")


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"@((?:[^\W_]|[\u0900-\u109f])[\w\u0900-\u109f-]*)")


@cache
def _camel() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Za-z])(?=[A-Z][a-z])")


@cache
def _tagged() -> re.Pattern[str]:
    return re.compile(r"[#@][\w/-]*[-_/]$")
