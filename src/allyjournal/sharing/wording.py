"""One text as it leaves: each name as its pseudonym, each address as a mark, each doubt as a question."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from allyjournal.sharing.answers import BLANK, BLANKED, KEEP, PERSON, with_answers, with_blanks
from allyjournal.sharing.contacts import MARKS, accounts, contacts
from allyjournal.sharing.edits import Change, Edit, edited, ordered, over
from allyjournal.sharing.names import Hit, Names, find, names_of
from allyjournal.sharing.outing import marked
from allyjournal.sharing.pseudonyms import as_handle
from allyjournal.sharing.questions import Question, context, of_name, of_passage
from allyjournal.sharing.skeleton import Skeleton, skeleton
from allyjournal.sharing.stripping import stripped
from allyjournal.sharing.suspects import suspects

LEFT_OUT = "[left out]"
_ROUNDS = 4


class Rules(NamedTuple):
    """What redaction goes by: the people as tables, their pseudonyms, the answers given so far, ordinary words.

    `ours` are whole texts that ship with ally: about their words nothing is asked.
    """

    names: Names
    pseudonyms: Mapping[str, str]
    answers: Mapping[str, str]
    known: frozenset[str]
    ours: frozenset[str] = frozenset()


def rules(
    register: Mapping[str, Mapping[str, Any]],
    pseudonyms: Mapping[str, str],
    answers: Mapping[str, str] | None = None,
    known: frozenset[str] = frozenset(),
    ours: frozenset[str] = frozenset(),
) -> Rules:
    """The rules for one coach. `known` are words that stand in lower case in the journal or a pack."""
    answers = answers or {}
    return Rules(names_of(with_blanks(with_answers(register, answers), answers)), pseudonyms, answers, known, ours)


class Worded(NamedTuple):
    """A text as it leaves, what was changed in it, and what is still to be asked: that is left out until then."""

    text: str
    changes: tuple[Change, ...]
    questions: tuple[Question, ...]


def worded(
    text: str, field: str, by: Rules, present: Iterable[str] = (), is_tag: bool = False, asks: bool = True
) -> Worded:
    """The text as it leaves.

    `present` are people who are meant where several have a name. With `is_tag` it is a tag. Without `asks` only
    names of the register are looked at: it is a value of ours.
    """
    strip = ordered(stripped(text))
    middle = edited(text, strip).text if strip else text
    asks = asks and text.strip() not in by.ours
    edits, questions = _edits(skeleton(middle), field, by, frozenset(present), is_tag, asks)
    made = over(strip, edits, text)
    done = edited(text, made)
    for _ in range(_ROUNDS):
        again = _again(done.text, by, frozenset(present), is_tag)
        if not again:
            return Worded(done.text, done.changes, _placed(questions, strip, text))
        made = over(made, again, text)
        done = edited(text, made)
    whole = edited(text, [Edit(0, len(text), LEFT_OUT, "name")])
    return Worded(whole.text, whole.changes, _placed(questions, strip, text))


def _placed(questions: list[Question], strip: list[Edit], text: str) -> tuple[Question, ...]:
    """The questions at their places in the original text."""
    if not strip:
        return tuple(questions)
    edits = (Edit(each.start, each.end, "", str(number)) for number, each in enumerate(questions))
    places = {edit.why: edit for edit in over(strip, edits, text) if edit.why.isdigit()}
    return tuple(
        each._replace(start=places[str(number)].start, end=places[str(number)].end) if str(number) in places else each
        for number, each in enumerate(questions)
    )


def _again(text: str, by: Rules, present: frozenset[str], is_tag: bool) -> list[Edit]:
    """Names that came to be by what was taken out between their letters."""
    found = skeleton(text)
    return [_as_pseudonym(found, hit, by, is_tag) for hit in find(found, by.names, present, is_tag) if hit.is_sure]


def _edits(
    text: Skeleton, field: str, by: Rules, present: frozenset[str], is_tag: bool, asks: bool
) -> tuple[list[Edit], list[Question]]:
    edits = [Edit(each.start, each.end, MARKS[each.kind], each.kind) for each in contacts(text)] if asks else []
    hits = find(text, by.names, present, is_tag)
    questions: list[Question] = []
    for hit in hits:
        edits += (
            [_as_pseudonym(text, hit, by, is_tag)]
            if hit.is_sure
            else _asked_name(text, hit, field, by, is_tag, asks, questions)
        )
    if asks:
        taken = [*((each.start, each.end) for each in edits), *((hit.start, hit.end) for hit in hits)]
        sure = [(hit.start, hit.end) for hit in hits]
        unknown = [each for each in accounts(text) if not any(start <= each.start < end for start, end in taken)]
        edits += [Edit(each.start, each.end, MARKS["account"], "account") for each in unknown]
        taken += [(each.start, each.end) for each in unknown]
        suspected = list(_suspected(text, taken, by))
        # Also one whose name is kept: then what is told of them is told with the name.
        people = [*sure, *((each.start, each.end) for each in suspected)]
        edits += _asked(field, by, [*suspected, *_told(text, people)], questions)
    return edits, questions


def _suspected(text: Skeleton, taken: list[tuple[int, int]], by: Rules) -> Iterator[Question]:
    for each in suspects(text, taken, by.known, by.names):
        yield _question(text, each.kind, each.key, each.start, each.end, each.like)


def _told(text: Skeleton, people: list[tuple[int, int]]) -> Iterator[Question]:
    for each in marked(text, people):
        yield _question(text, each.reason, of_passage(text, each), each.start, each.end, "")


def _question(text: Skeleton, kind: str, key: str, start: int, end: int, like: str) -> Question:
    return Question(kind, key, text.source[start:end], context(text.source, start, end), "", start, end, like)


def _asked(field: str, by: Rules, found: Iterable[Question], questions: list[Question]) -> Iterator[Edit]:
    """What the answers say of them; what has none yet is left out, and asked."""
    for each in found:
        answer = _answer(each.key, by.answers)
        if answer == KEEP:
            continue
        if answer is None:
            questions.append(each._replace(field=field))
        handle = answer.removeprefix(PERSON) if answer and answer.startswith(PERSON) else ""
        new = _pseudonym(handle, by) if handle else LEFT_OUT
        yield Edit(each.start, each.end, new, each.kind, handle)


def _answer(key: str, answers: Mapping[str, str]) -> str | None:
    """The answer to a question; words in a row have one if each has been kept."""
    if key in answers or not key.startswith("word "):
        return answers.get(key)
    each = {answers.get(f"word {word}") for word in key.split()[1:]}
    return KEEP if each == {KEEP} else BLANK if None not in each and BLANK in each else None


def _asked_name(
    text: Skeleton, hit: Hit, field: str, by: Rules, is_tag: bool, asks: bool, questions: list[Question]
) -> list[Edit]:
    if not asks:
        return []
    key = of_name(text, hit)
    answer = by.answers.get(key)
    if answer == KEEP:
        return []
    if answer is None:
        questions.append(_question(text, "name", key, hit.start, hit.end, hit.handle)._replace(field=field))
    if answer is None or answer == BLANK:
        return [Edit(hit.start, hit.end, LEFT_OUT, "name")]
    return [_as_pseudonym(text, hit._replace(handle=answer.removeprefix(PERSON)), by, is_tag)]


def _as_pseudonym(text: Skeleton, hit: Hit, by: Rules, is_tag: bool) -> Edit:
    if hit.handle == BLANKED:
        return Edit(hit.start, hit.end, as_handle(LEFT_OUT) if is_tag else LEFT_OUT, "word")
    new = _pseudonym(hit.handle, by)
    before = text.source[max(0, hit.start - 80) : hit.start]
    if hit.is_mention:
        new = f"@{as_handle(new)}"
    elif is_tag or _in_tag().search(before):
        new = as_handle(new)
    return Edit(hit.start, hit.end, new, "name", hit.handle)


def _pseudonym(handle: str, by: Rules) -> str:
    """Somebody without one is left out: nothing is made up here."""
    return by.pseudonyms.get(handle, "someone")


@cache
def _in_tag() -> re.Pattern[str]:
    return re.compile(r"[#@][\w/-]*$")
