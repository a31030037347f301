"""Advice on wording: each rule bites, good prompts pass, and no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.packs import wording
from allyjournal.packs.check import check
from allyjournal.packs.wording import Asked
from tests.support import ROOT

PACKS = [check(path.read_bytes(), path.name) for path in sorted((ROOT / "prompts").glob("*.toml"))]


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (Asked("As an ally, how did you champion diversity this week?"), "call nobody an ally"),
        (Asked("Have you asked a colleague how it feels here, and what they need?"), "Yes or no"),
        (Asked("When you left, did you speak?"), "Yes or no"),
        (Asked("What did you say and how did it land?"), "two questions"),
        (Asked("What did you see? What did you do?"), "More than one question mark"),
        (Asked("Tell of your day."), "question mark"),
        (Asked("What did you do " + "and then " * 15 + "there?"), "at most 30"),
        (Asked("What did you do? " + "x" * 700), "long for one question"),
        (Asked("What happened?"), '"you"'),
        (Asked("Which organisational characteristics facilitated intersectional accountability for you?"), "hard"),
        (Asked("What did you leave out today?"), "Today"),
        (Asked("When did you last hear a microaggression?"), '"microaggression"'),
        (Asked("What did you say?", help="An example, " * 51), "Help of more than 50"),
        (Asked("What did you say? Well done, you?"), "Praise"),
        (Asked("What did you say?", help="Well done."), "Praise"),
        (Asked("Whom did you meet at the office?"), "Not every reader"),
        (Asked("What did you *really* say?"), "Marks"),
    ],
)
def test_each_rule_bites(asked: Asked, word: str) -> None:
    assert any(word in each.line for each in wording.look(asked)), wording.look(asked)


@pytest.mark.parametrize(
    "asked",
    [
        Asked("What did you leave unsaid this week because you feared saying it wrong?"),
        Asked("When someone last told you that your words had hurt, what did you say first?"),
        Asked("Think of the last retro. Whose point was made again by somebody else?"),
        Asked("What did you leave out today?", when="week-end"),
        Asked("When did you last hear a microaggression?", help="A small remark that puts somebody in their place."),
    ],
)
def test_what_reads_well_is_passed_over(asked: Asked) -> None:
    assert wording.look(asked) == []


def test_rules_about_english_are_kept_for_english() -> None:
    assert wording.look(Asked("Wer saß heute neben dir?"), "de") == []
    assert [each.key for each in wording.look(Asked("Wer? Und wann?"), "de")] == ["text"]
    assert wording.look(Asked("What happened?"), "en-GB")


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_the_packs_that_ship_give_nothing_to_look_at(pack) -> None:
    asked = [*pack.prompts, *(step for each in pack.exercises for step in each.steps)]
    assert [
        (each.id, said) for each in asked for said in wording.look(Asked(each.text, each.help or "", each.when))
    ] == []
    assert list(wording.alike([each.text for each in asked])) == []
    assert wording.same_opening([each.text for each in pack.prompts]) is None


def test_nearly_equal_prompts_and_equal_openings_are_seen() -> None:
    texts = ["Whom did you thank this week?", "What did a meeting cost?", "Whom did you last thank this week?"]
    assert list(wording.alike(texts)) == [(0, 2)]
    assert list(wording.alike(["Whose help did you refuse?", "Whose helping did you refuse?"])) == [(0, 1)]
    assert wording.same_opening(["Think of it"] * 5 + [f"Word{n} then" for n in range(15)]) == "think of"
    assert wording.same_opening(["Think of it"] * 4 + [f"Word{n} then" for n in range(16)]) is None
    assert wording.same_opening(["Think of it"] * 19) is None


def test_the_estimated_grade_lies_near_the_counted_one() -> None:
    import textstat

    asked = [each.text for pack in PACKS for each in pack.prompts]
    off = [wording.grade(text) - textstat.flesch_kincaid_grade(text) for text in asked]
    assert abs(sum(off) / len(off)) < 1 and max(map(abs, off)) < 4


@given(st.text(), st.text(), st.sampled_from(["en", "de"]))
def test_any_text_is_judged(text: str, help_text: str, language: str) -> None:
    for each in wording.look(Asked(text, help_text), language):
        assert each.key in ("text", "help") and each.line.endswith(".") and "\n" not in each.line


@pytest.mark.parametrize(
    "text", ["what, " * 330 + "?", ", " * 900, "when " * 400 + "?", " " * 2000, "a" * 2000, "é?" * 900]
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    for _ in range(20):
        wording.look(Asked(text, text))
    assert time.process_time() - begun < 0.5


def test_many_prompts_are_compared_in_good_time() -> None:
    texts = [f"What happened {n} when you met {n * 7919 % 1000} of them in room {n * 31 % 977}?" for n in range(1000)]
    begun = time.process_time()
    list(wording.alike(texts))
    assert time.process_time() - begun < 1
