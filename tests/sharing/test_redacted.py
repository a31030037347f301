"""An entry as it leaves for somebody else: what is replaced, what is asked, what is left out, and what stays."""

import random
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.errors import AllyError
from allyjournal.journal.entry import Entry
from allyjournal.sharing.answers import read as read_answers
from allyjournal.sharing.answers import to_text, with_answers
from allyjournal.sharing.edits import Edit, edited, over
from allyjournal.sharing.names import names_of
from allyjournal.sharing.pseudonyms import Pseudonyms, assigned
from allyjournal.sharing.redacted import Redacted, redacted, with_mentioned
from allyjournal.sharing.wording import LEFT_OUT, rules
from tests import strategies
from tests.leaking import entry_of

REGISTER = {"maria_k": {"names": ["Maria Kalniņa"]}, "will": {"names": ["Will Young"]}}
GIVEN = {"maria_k": "Alder", "will": "Heron", "priya": "Quartz"}


def leave(body: str, answers: dict[str, str] | None = None, **fields_: Any) -> Redacted:
    entry = entry_of(body, **fields_)
    return redacted(entry, rules(with_mentioned(REGISTER, [entry]), GIVEN, answers or {}, frozenset(["yesterday"])))


def left(body: str, **answers: str) -> str:
    return leave(body, answers).after.body


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("I met Maria's team, and Marijas too.", "I met Alder's team, and Alder too."),
        ("I met @maria_k and @priya. #maria-incident", "I met @alder and @quartz. #alder-incident"),
        ("see [the notes of Maria](notes/maria.md) here", "see [the notes of Alder] here"),
        ("see [[People/Maria|her]] and [[Maria]] here", "see her and Alder here"),
        ("a ![Maria at lunch](m.png) b", "a [picture] b"),
        ("a <!-- Maria\nand more --> b", "a  b"),
        ("a <!-- and all the rest", "a "),
        ('a <i title="Maria">word</i> b', "a word b"),
        ("kept %%Maria%% words", "kept  words"),
        ("write to m.k@corp.example now", "write to [e-mail] now"),
        ("call +371 67 123 456 or (030) 123 456 78", "call [phone] or [phone]"),
        ("see https://x.example/a?b=maria and www.x.example", "see [link] and [link]"),
        ("on 2026-11-21 at 12:30, 10 000 in 2024-2026", "on 2026-11-21 at 12:30, 10 000 in 2024-2026"),
        ("- [ ] ask Maria [due:: 2026-11-26] [id:: x7k2m9]", "- [ ] ask Alder [due:: 2026-11-26]"),
        ("```\nmaria = 1\n```", "```\nAlder = 1\n```"),
        ("[a]: https://x.example/maria 'Maria'\nwords", "\nwords".strip()),
        ("said.[^1]\n\n[^1]: by Maria", "said.[^1]\n\n[^1]: by Alder"),
        ("Will you come? I will. Then Will came.", "Will you come? I will. Then Heron came."),
    ],
)
def test_what_leaves_of_a_body(body: str, after: str) -> None:
    assert left(body) == after


def test_only_what_is_named_leaves() -> None:
    entry = entry_of(
        "words",
        path="entries/2026/11/x.md",
        starred=True,
        for_coach=True,
        edited="2026",
        reply_to="abcd",
        readonly=True,
    )
    after = redacted(entry, rules(REGISTER, GIVEN)).after
    kept = {each.name for each in fields(Entry) if getattr(after, each.name) not in (None, "", (), False)}
    assert kept == {"id", "date", "created", "kind", "voice", "body"}
    assert after.created == datetime(2026, 11, 21, tzinfo=UTC)


def test_names_in_every_property_become_pseudonyms() -> None:
    done = leave(
        "## What did Maria say?\n\nNothing.",
        title="With Maria",
        asked=("What did Maria say?",),
        prompts=("maria.one",),
        tags=("maria-incident", "hiring"),
        people=("maria_k", "priya"),
        practices=("deep-curiosity",),
        pack="maria-pack@1.0.0",
    )
    after = done.after
    assert (after.title, after.asked, after.people) == ("With Alder", ("What did Alder say?",), ("alder", "quartz"))
    assert (after.tags, after.practices) == (("alder-incident", "hiring"), ("deep-curiosity",))
    assert after.answers[0].text == "Nothing."
    assert done.people["maria_k"] >= 6


def test_changes_lead_to_the_words_before_and_after() -> None:
    done = leave("I [met](x.md) **Ma**ria and\n\n## Q?\n\n<b>Maria</b> again", asked=("Q?",))
    shown = [
        (done.before.body[c.start : c.end], done.after.body[c.new_start : c.new_end], c.handle)
        for c in done.changes["body"]
    ]
    assert ("Ma**ria", "Alder", "maria_k") in shown and ("Maria", "Alder", "maria_k") in shown
    assert ("](x.md)"[1:], "", "") in shown


@given(strategies.entries(), st.booleans())
def test_any_entry_can_leave_and_its_changes_fit(entry: Entry, is_named: bool) -> None:
    body = f"{entry.body}\n\nThen Maria." if is_named and "%%" not in entry.body else entry.body
    done = redacted(
        Entry(**{each.name: getattr(entry, each.name) for each in fields(Entry)} | {"body": body}),
        rules(REGISTER, GIVEN),
    )
    position = 0
    for change in done.changes.get("body", ()):
        assert done.before.body[position : change.start] in done.before.body
        assert change.start >= position and change.end <= len(done.before.body)
        position = change.end
    for each in done.questions:
        assert 0 <= each.start <= each.end


@given(
    st.text("ab[]", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), max_size=3),
    st.integers(0, 9),
    st.integers(1, 4),
)
def test_edits_of_edits_are_edits_of_the_first_text(
    text: str, places: list[tuple[int, int]], at: int, length: int
) -> None:
    first = [Edit(start, min(len(text), start + size), "", "x") for start, size in places if start < len(text)]
    middle = edited(text, first).text
    if at + length <= len(middle):
        then = [Edit(at, at + length, "N", "name")]
        assert edited(text, over(first, then, text)).text == edited(middle, then).text


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("We met Anneke there.", "word", "Anneke"),
        ("Anneke left.", "word", "Anneke"),
        ("We flew to New Harbour.", "word", "New Harbour"),
        ("Will was late.", "name", "Will"),
        ("I spoke with 山田 there, for a long time, about the plan.", "word", "山田"),
        ("She told me she is pregnant.", "pregnancy or family plans", "pregnant"),
        ("Maria goes to a mosque.", "faith", "mosque"),
        ("He has no visa yet.", "immigration status", "visa"),
        ("They said he is gay.", "sexuality or gender", "gay"),
        ("Her salary is low.", "pay or money", "salary"),
        ("He uses a wheelchair.", "disability", "wheelchair"),
        ("She was diagnosed last year.", "health", "diagnosed"),
        ("It was the only woman on the board.", "one person", "the only woman on the board"),
    ],
)
def test_what_may_give_somebody_away_is_asked_and_left_out_until_it_is_answered(
    body: str, kind: str, text: str
) -> None:
    done = leave(body)
    question = next(each for each in done.questions if each.kind == kind)
    assert (question.text, done.before.body[question.start : question.end]) == (text, text)
    assert text not in done.after.body and LEFT_OUT in done.after.body
    rest = {each.key: "keep" for each in done.questions}
    assert leave(body, rest).after.body == body.replace("Maria", "Alder")
    assert leave(body, rest).questions == ()
    assert text not in leave(body, rest | {question.key: "blank"}).after.body


def test_a_word_answered_with_a_person_is_that_person_from_then_on() -> None:
    (question,) = leave("We met Anneke there.").questions
    answers = {question.key: "@priya"}
    entry = entry_of("Annekes plan. I asked ANNEKE.")
    by = rules(with_answers(REGISTER, answers), GIVEN, answers)
    assert redacted(entry, by).after.body == "Quartz plan. I asked Quartz."


@pytest.mark.parametrize(
    "body",
    [
        "Yesterday I was diagnosed.",
        "My salary is low.",
        "The only way out.",
        "On Monday I wrote in English.",
        "The meeting was long. Nobody spoke.",
    ],
)
def test_what_is_ones_own_or_ordinary_is_not_asked(body: str) -> None:
    assert (leave(body).questions, leave(body).after.body) == ((), body)


def test_answers_are_kept_as_text() -> None:
    answers = {"word berlin": "keep for maria", "word anneke": "@priya", "faith: mosque 12": "blank"}
    assert read_answers(to_text(answers)) == answers
    for broken in ("a = ", "a = 1", 'a = "other"', "[a]\nb = 1", "["):
        with pytest.raises(AllyError):
            read_answers(broken)


def test_a_pseudonym_stays_with_one_coach_and_differs_from_another_s() -> None:
    people = {f"p{number}": {"names": [f"Maria{number} Kalnina"]} for number in range(60)}
    names = names_of(people)
    choose = random.Random(6).choice
    one = assigned(Pseudonyms({}), "one", people, people, names, choose)
    again = assigned(one, "one", reversed(list(people)), people, names, choose)
    both = assigned(one, "two", people, people, names, choose)
    assert again == one and both.of("one") == one.of("one")
    assert len(set(one.of("one").values())) == 60
    assert not set(both.of("one").values()) & set(both.of("two").values())
    assert sorted(one.of("one").values()) != list(one.of("one").values())


def test_more_people_than_words_still_have_pseudonyms_of_their_own() -> None:
    people: dict[str, dict[str, Any]] = {f"p{number}": {} for number in range(400)}
    made = assigned(Pseudonyms({}), "one", people, people, names_of(people), random.Random(6).choice).of("one")
    assert len(set(made.values())) == 400


def test_a_pseudonym_that_gives_a_name_away_is_refused() -> None:
    for register in (
        {"a": {"names": ["Maria"], "pseudonym": "Marija"}},
        {"a": {"pseudonym": "X"}, "b": {"pseudonym": "x"}},
    ):
        with pytest.raises(AllyError):
            assigned(Pseudonyms({}), "one", register, register, names_of(register), random.Random(6).choice)


def test_no_pseudonym_is_like_a_name() -> None:
    register = {"a": {"names": ["Maple Heron"]}}
    names = names_of(register)
    everybody: dict[str, dict[str, Any]] = {f"p{number}": {} for number in range(120)}
    made = assigned(Pseudonyms({}), "one", everybody, register, names, random.Random(6).choice).of("one")
    assert not {"Maple", "Heron"} & set(made.values())


def test_an_edit_that_begins_or_ends_in_something_new_takes_all_of_it() -> None:
    first = [Edit(2, 6, "[p]", "picture")]
    assert edited("ab1234cd", first).text == "ab[p]cd"
    assert edited("ab1234cd", over(first, [Edit(3, 6, "N", "name")], "ab1234cd")).text == "abNd"
    assert edited("ab1234cd", over(first, [Edit(1, 4, "N", "name")], "ab1234cd")).text == "aNcd"
