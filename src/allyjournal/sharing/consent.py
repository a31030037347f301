"""What the writer decides before anything leaves: answers to questions, and what an entry looks like by them.

Pure: nothing is asked, shown or written here.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from allyjournal.journal.card import Card
from allyjournal.journal.entry import Entry
from allyjournal.journal.mentions import fold, scan
from allyjournal.sharing.answers import BLANK, KEEP, PERSON, with_answers, with_blanks
from allyjournal.sharing.coaches import Coach
from allyjournal.sharing.edits import Change
from allyjournal.sharing.forms import token_pattern
from allyjournal.sharing.pseudonyms import Choose, Pseudonyms, assigned
from allyjournal.sharing.questions import Question
from allyjournal.sharing.receipt import Receipt, words_of
from allyjournal.sharing.redacted import Redacted, redacted
from allyjournal.sharing.redaction import without_hidden
from allyjournal.sharing.register import names_of
from allyjournal.sharing.skeleton import skeleton
from allyjournal.sharing.wording import Rules

FEEDBACK = "feedback"
Some = TypeVar("Some", Entry, Card)
# The fields of an entry that a document shows; a prompt stands in the body too, and would count twice.
SHOWN = ("title", "body")
ABOUT_WORDS = ("word", "name")


class Ground(NamedTuple):
    """What an entry is redacted by for one coach: the people, their pseudonyms, the answers so far."""

    coach: str
    register: Mapping[str, Mapping[str, Any]]
    pseudonyms: Pseudonyms
    answers: Mapping[str, str]
    known: frozenset[str]
    choose: Choose
    by: Rules
    ours: frozenset[str] = frozenset()


class Look(NamedTuple):
    """An entry as it would leave, how many hidden passages stay, and which words were kept by an answer."""

    entry: Entry
    redacted: Redacted
    hidden: int
    kept: tuple[str, ...]


class Shared(NamedTuple):
    """When an entry was shared with this coach last, and whether its words are other ones by now.

    `was_changed`: it left with words that were changed for that share alone.
    """

    day: date
    is_edited: bool
    was_changed: bool = False


def ground(
    coach: str,
    register: Mapping[str, Mapping[str, Any]],
    pseudonyms: Pseudonyms,
    answers: Mapping[str, str],
    known: frozenset[str],
    choose: Choose,
    ours: frozenset[str] = frozenset(),
) -> Ground:
    """What to redact by; `ours` are texts that ship with ally.

    Everybody in the register, or answered with, has a pseudonym then. Raises AllyError as `assigned`.
    """
    people = with_answers(register, answers)
    names, blanked = names_of(people), with_blanks(people, answers)
    given = assigned(pseudonyms, coach, people, people, names, choose)
    by = Rules(names_of(blanked) if blanked != people else names, given.of(coach), answers, known, ours)
    return Ground(coach, register, given, answers, known, choose, by, ours)


def answered(before: Ground, answers: Mapping[str, str]) -> Ground:
    """The same with these answers instead."""
    if _of_people(answers) == _of_people(before.answers):
        return before._replace(answers=answers, by=before.by._replace(answers=answers))
    return ground(before.coach, before.register, before.pseudonyms, answers, before.known, before.choose, before.ours)


def answered_at(entry: Entry, before: Ground, question: Question, answer: str) -> Ground:
    """The same with the answer to one question about an entry.

    A word that was said to be somebody, or blanked out, may be a word as well as a name by that: in its own place that
    is not asked again.
    """
    after = answered(before, {**before.answers, question.key: answer})
    place = question.field, question.start, question.end
    same = [each.key for each in look(entry, after).redacted.questions if (each.field, each.start, each.end) == place]
    return answered(after, {**after.answers, **dict.fromkeys(same, answer)}) if same else after


def _of_people(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that say who somebody is, or what to blank wherever it stands: the tables of names go by these."""
    return {key: answer for key, answer in answers.items() if answer != KEEP and key.startswith("word ")}


def with_coaches(
    register: Mapping[str, Mapping[str, Any]], coaches: Mapping[str, Coach], reader: str
) -> dict[str, Mapping[str, Any]]:
    """The register, and in it every coach but the one who reads: what one knows of another is the writer's to say."""
    found = dict(register)
    for each in coaches.values():
        if each.handle != reader:
            person = found.get(each.handle, {})
            found[each.handle] = {**person, "names": [*person.get("names", ()), each.name]}
    return found


def own_name(coach: Coach) -> dict[str, str]:
    """The answers that go without asking: a coach may read their own name."""
    return {f"word {word}": KEEP for word in token_pattern().findall(skeleton(coach.name).plain)}


def choose_unused(texts: Iterable[str], choose: Choose) -> Choose:
    """`choose` among the words that stand in none of the texts, so that a pseudonym is never a word of the writer's."""
    pattern = token_pattern()
    there = {word.casefold() for text in texts for word in pattern.findall(text)}
    return lambda words: choose(sorted(word for word in words if word.casefold() not in there) or words)


def look(entry: Entry, by: Ground) -> Look:
    """The entry as it would leave."""
    kept = [each.text for each in questions_of(entry, by) if _is_kept(each.key, by.answers)]
    shown, hidden = without_hidden(entry)
    return Look(entry, redacted(shown, by.by), hidden, tuple(dict.fromkeys(kept)))


def questions_of(entry: Entry, by: Ground) -> Sequence[Question]:
    """Everything that there is to ask about an entry, whether or not it was answered."""
    return redacted(entry, by.by._replace(answers={})).questions


def again(entry: Entry, by: Ground) -> Ground:
    """The same without the answers to what this entry asks."""
    anew = questions_of(entry, answered(by, {}))
    keys = {each.key for each in anew}
    keys |= {f"word {word}" for key in keys if key.startswith("word ") for word in key.split()[1:]}
    return answered(by, {key: answer for key, answer in by.answers.items() if key not in keys})


def without_keeps(by: Ground, before: Mapping[str, str]) -> Ground:
    """The same without what was kept since `before`: in an entry that does not leave, nobody may read it."""
    answers = {key: answer for key, answer in by.answers.items() if answer != KEEP or before.get(key) == KEEP}
    return by if answers == by.answers else answered(by, answers)


def _is_kept(key: str, answers: Mapping[str, str]) -> bool:
    words = key.split()[1:] if key.startswith("word ") else ()
    return answers.get(key) == KEEP or bool(words and all(answers.get(f"word {each}") == KEEP for each in words))


def read_answer(typed: str, question: Question, handles: Collection[str]) -> str | None:
    """What was typed as the answer to a question; None if it is none.

    `k` keeps, `b` blanks; a person is a handle, with its @ unless it is one of `handles`.
    """
    word = typed.strip()
    short = {"k": KEEP, KEEP: KEEP, "b": BLANK, BLANK: BLANK}.get(word.casefold())
    if short or question.kind not in ABOUT_WORDS:
        return short
    handle = fold(word.removeprefix(PERSON))
    found = [each.name for each in scan(f"{PERSON}{handle}")]
    return f"{PERSON}{handle}" if found == [handle] and (word.startswith(PERSON) or handle in handles) else None


def changes_of(found: Redacted) -> list[Change]:
    """The changes that a reader sees."""
    return [each for field in SHOWN for each in found.changes.get(field, ())]


def people_of(found: Iterable[Redacted]) -> Counter[str]:
    """How often each person's name was replaced."""
    return Counter(each.handle for one in found for each in changes_of(one) if each.handle)


def left_out(found: Redacted) -> Counter[str]:
    """What else was replaced or taken out, by what it was."""
    return Counter(each.why for each in changes_of(found) if not each.handle)


def edited(entry: Entry, text: str) -> Entry:
    """The entry with the words that `for_editing` gave and the writer changed."""
    text = text.replace("\r\n", "\n").strip("\n")
    first, _, rest = text.partition("\n")
    if not entry.title:
        return replace(entry, body=text)
    if first.startswith("# "):
        return replace(entry, title=first.removeprefix("# ").strip(), body=rest.strip("\n"))
    return replace(entry, title="", body=text)


def for_editing(entry: Entry) -> str:
    """The words of an entry that could leave: the title, if there is one, and the body without hidden passages."""
    shown, _ = without_hidden(entry)
    return f"# {shown.title}\n\n{shown.body}\n" if entry.title else f"{shown.body}\n"


def may_leave(entries: Iterable[Some], only_marked: bool, with_feedback: bool) -> tuple[list[Some], list[str]]:
    """The entries that may be shared, and in words how many stay.

    Private ones do always, and a coach's words unless they are asked for: they are not the writer's.
    """
    stays: Counter[str] = Counter()
    kept: list[Some] = []
    for entry in entries:
        if only_marked and not entry.for_coach:
            continue
        reason = "private" if entry.private else "feedback" if entry.kind == FEEDBACK and not with_feedback else ""
        stays[reason] += 1
        kept += [] if reason else [entry]
    rows = (("private", "private entry", "private entries"), ("feedback", "entry by a coach", "entries by a coach"))
    return kept, [f"{stays[each]} {one if stays[each] == 1 else many}" for each, one, many in rows if stays[each]]


def shared_before(receipts: Iterable[Receipt], coach: str, entry: Entry) -> Shared | None:
    """When this entry was shared with the coach last, if it was. `receipts` are the oldest first."""
    found = None
    for receipt in receipts:
        for each in receipt.entries if receipt.coach == coach else ():
            if each.entry == (entry.id or entry.path):
                found = Shared(receipt.day, each.words != words_of(entry), each.changed)
    return found


def is_new_to(receipts: Sequence[Receipt], coach: str, entry: Entry) -> bool:
    """Whether the coach has not had this entry, or not with the words that it has now."""
    before = shared_before(receipts, coach, entry)
    return before is None or before.is_edited


def open_questions(looks: Iterable[Look]) -> list[str]:
    """For each entry with something to ask, what it is about: never the words themselves, since this goes into logs."""
    said = []
    for each in looks:
        kinds = Counter(_kind(question) for question in each.redacted.questions)
        what = ", ".join(f"{kind} ({count})" if count > 1 else kind for kind, count in kinds.items())
        said += [f"{each.entry.selector}: {what}"] if what else []
    return said


def _kind(question: Question) -> str:
    return WHAT.get(question.kind) or f"words on {question.kind}"


# What redaction calls a thing -> what the writer reads.
WHAT = {
    "e-mail": "e-mail address",
    "address": "web address",
    "phone": "phone number",
    "word": "word that may be a name",
    "name": "word that may be a name",
    "script": "passage in another script",
    "one person": "words that may point at one person",
    "tag": "HTML tag",
    "link": "where a link leads",
}
