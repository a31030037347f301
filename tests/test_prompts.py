"""The wording of what is asked: the rules of the packs that ship, checked word for word."""

import re
from collections import Counter

import pytest
import textstat

from allyjournal.packs import wording
from allyjournal.packs.check import check
from allyjournal.packs.model import Exercise, Pack, Prompt
from tests.support import ROOT

PACKS: list[Pack] = [check(path.read_bytes(), path.name) for path in sorted((ROOT / "prompts").glob("*.toml"))]
BY_ID = {pack.id: pack for pack in PACKS}
ASKED: list[tuple[str, Prompt]] = [(f"{pack.id}: {each.id}", each) for pack in PACKS for each in pack.prompts] + [
    (f"{pack.id}: {exercise.id}/{step.id}", step)
    for pack in PACKS
    for exercise in pack.exercises
    for step in exercise.steps
]
NAMES = [name for name, _ in ASKED]
PRACTICES = [
    "deep-curiosity",
    "honest-introspection",
    "humble-acknowledgement",
    "empathetic-engagement",
    "authentic-conversations",
    "vulnerable-interactions",
    "courageous-responsibilities",
]
PROUD_OF = [
    "Whose name came to you first the last time something important needed doing?",
    "What have you stepped around lately, at no cost to you, that someone else has to plan for?",
    "When someone last told you that your words had hurt, what did you say first?",
    "What happened to the last person who told your group that something was going wrong?",
    "What did you leave unsaid this week because you feared saying it wrong?",
    "When you are next offered a task that gets noticed, whom will you name for it?",
]
PRINCIPLES = {
    "constant-advancement": 4,
    "scalable-impact": 3,
    "collective-agency": 4,
    "dismantling-oppression": 4,
    "long-term-change": 3,
    "wielding-power": 4,
}
PACK_IDS = {
    "active-allyship",
    "ally-leadership",
    "coaching",
    "five-questions",
    "identify-an-ally",
    "informed-reflective-active",
    "pause-for-reflection",
    "seven-practices",
    "weekly-review",
}
NEVER = [
    "As an ally, how did you champion diversity today?",
    "Have you asked a colleague of colour how bias feels here, and what they need?",
    "Why is psychological safety important to inclusive leadership?",
]


def problems_of(text: str, when: str = "any") -> list[str]:
    """What breaks a rule of wording; each rule can be seen to bite in `test_each_rule_bites`."""
    found = [each.line for each in wording.look(wording.Asked(text, "Explained.", when))]
    if not re.search(r"\byou", text, re.I):
        found.append("second person")
    return found + (["grade 9 or lower"] if textstat.flesch_kincaid_grade(text) > 9 else [])


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=NAMES)
def test_a_prompt_is_one_plain_question_to_the_writer(name: str, asked: Prompt) -> None:
    found = problems_of(asked.text, asked.when)
    assert not found, (asked.text, found)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (NEVER[0], "nobody an ally"),
        ("How did you manage to be a better ally this week?", "nobody an ally"),
        (NEVER[1], "Yes or no"),
        ("When you left, did you speak?", "Yes or no"),
        ("Think of today. What did you say, and why did you say it?", "two questions"),
        ("What did you say and how did it land?", "two questions"),
        ("When you last spoke up, what happened and who paid for it?", "two questions"),
        ("What did you see? What did you do?", "question mark"),
        ("Tell of your day.", "question mark"),
        ("What did you do " + "and then " * 15 + "there?", "at most 30"),
        ("Which organisational characteristics facilitated intersectional accountability for you?", "grade 9 or lower"),
        ("What happened?", "second person"),
    ],
)
def test_each_rule_bites(text: str, rule: str) -> None:
    assert any(rule in each for each in problems_of(text))


@pytest.mark.parametrize("text", PROUD_OF)
def test_the_prompts_to_be_proud_of_break_none_and_are_asked(text: str) -> None:
    assert set(problems_of(text)) <= {"second person"}, "one of them leaves the person unnamed"
    assert text in [each.text for _, each in ASKED]


def test_what_must_never_be_asked_is_not() -> None:
    assert not {each.text for _, each in ASKED} & set(NEVER)


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=NAMES)
def test_help_is_short_and_plain(name: str, asked: Prompt) -> None:
    if asked.help is not None:
        assert len(wording.words(asked.help)) <= 50
        assert asked.help != asked.text
        assert textstat.flesch_kincaid_grade(asked.help) <= 9, textstat.flesch_kincaid_grade(asked.help)


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=NAMES)
def test_today_is_said_only_by_prompts_that_are_for_a_certain_time(name: str, asked: Prompt) -> None:
    if asked.when == "any":
        assert not re.search(r"\btoday\b|\bthis (?:morning|evening|afternoon)\b", asked.text, re.I)


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=NAMES)
def test_no_prompt_praises_or_takes_a_place_for_granted(name: str, asked: Prompt) -> None:
    said = f"{asked.text} {asked.help or ''}"
    assert not re.search(r"\b(?:well done|congratulations|proud of yourself|great job|good for you)\b", said, re.I)
    assert not re.search(
        r"\b(?:your office|at the office|office hours?|your direct reports|your employees)\b", said, re.I
    )
    assert not re.search(r"\bas a (?:white|straight|cis|male|able-bodied|privileged)\b", said, re.I)


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=NAMES)
def test_a_prompt_is_written_as_it_is_shown(name: str, asked: Prompt) -> None:
    for text in filter(None, (asked.text, asked.help)):
        assert text == " ".join(text.split()) and not re.search(r"\s[,.;:?!]|[.?!]{2}|[*_`<>\[\]{}]", text)
        assert text[0].isupper() or text[0] in "\"'"
    assert asked.help is None or asked.help.rstrip('"').endswith((".", "?", "!"))


def test_no_two_prompts_are_nearly_alike() -> None:
    pairs = wording.alike([each.text for _, each in ASKED], len(ASKED))
    assert [(NAMES[first], NAMES[second]) for first, second in pairs] == []


def opening(text: str) -> str:
    return " ".join(wording.words(text)[:2]).casefold()


def test_prompts_open_in_many_ways() -> None:
    counts = Counter(opening(each.text) for _, each in ASKED)
    assert counts["think of"] <= 0.1 * len(ASKED)
    assert {words: count for words, count in counts.items() if count > 0.12 * len(ASKED)} == {}
    first = Counter(wording.words(each.text)[0].casefold() for _, each in ASKED)
    assert max(first.values()) <= len(ASKED) / 3


@pytest.mark.parametrize("pack", [each for each in PACKS if len(each.prompts) >= 20], ids=lambda pack: pack.id)
def test_no_pack_opens_its_prompts_all_alike(pack: Pack) -> None:
    counts = Counter(opening(each.text) for each in pack.prompts)
    assert max(counts.values()) <= 0.2 * len(pack.prompts), counts.most_common(3)


def test_no_text_is_asked_twice_by_one_pack_and_no_id_is_used_twice() -> None:
    for pack in PACKS:
        asked = [*pack.prompts, *(step for each in pack.exercises for step in each.steps)]
        assert not [text for text, count in Counter(each.text for each in asked).items() if count > 1], pack.id
    ids = [name for pack in PACKS for each in pack.prompts for name in (each.id, *each.was)]
    assert len(ids) == len(set(ids))


def test_the_seven_practices_are_there_in_their_order() -> None:
    assert [each.id for each in BY_ID["seven-practices"].practices] == PRACTICES


@pytest.mark.parametrize("practice", PRACTICES)
def test_each_practice_has_ten_prompts_that_look_both_ways_and_a_commitment(practice: str) -> None:
    asked = [each for each in BY_ID["seven-practices"].prompts if each.practice == practice]
    assert len(asked) >= 10
    assert any(each.answer == "commitment" for each in asked)
    assert {each.stage for each in asked} == {"what", "so-what", "now-what"}
    assert {"look-back", "look-forward"} <= {each.when for each in asked}


def test_all_nine_packs_are_there() -> None:
    assert set(BY_ID) == PACK_IDS


def test_an_exercise_is_named_once_over_all_packs_and_a_practice_is_defined_once() -> None:
    exercises = [each.id for pack in PACKS for each in pack.exercises]
    practices = [each.id for pack in PACKS for each in pack.practices]
    assert len(exercises) == len(set(exercises)) and len(practices) == len(set(practices))
    assert {each.practice for _, each in ASKED} - {None} == set(practices)


@pytest.mark.parametrize("pack", [each for each in PACKS if each.order == "even"], ids=lambda pack: pack.id)
def test_in_an_even_pack_every_prompt_has_a_practice_and_every_practice_looks_both_ways(pack: Pack) -> None:
    asked: dict[str | None, list[Prompt]] = {}
    for each in pack.prompts:
        asked.setdefault(each.practice, []).append(each)
    assert list(asked) == [each.id for each in pack.practices]
    for prompts in asked.values():
        assert {each.stage for each in prompts} == {"what", "so-what", "now-what"}
        assert any(each.answer == "commitment" for each in prompts)


@pytest.mark.parametrize(("principle", "parts"), PRINCIPLES.items())
def test_each_part_of_a_principle_is_asked_about_and_each_principle_on_many_days(principle: str, parts: int) -> None:
    prompts = [each for each in BY_ID["ally-leadership"].prompts if each.practice == principle]
    said = {str(each.basis).rpartition(", part ")[2] for each in prompts if ", part " in str(each.basis)}
    assert said == {str(number) for number in range(1, parts + 1)}
    assert len(prompts) >= 8


def test_there_are_seventy_prompts_and_each_belongs_to_a_practice() -> None:
    prompts = BY_ID["seven-practices"].prompts
    assert len(prompts) >= 70
    assert {each.practice for each in prompts} == set(PRACTICES)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_a_pack_says_where_it_comes_from_and_under_which_licence(pack: Pack) -> None:
    assert pack.source is not None and pack.source.work
    assert pack.license == "CC-BY-4.0" and pack.language == "en"
    asked = [*pack.prompts, *(step for each in pack.exercises for step in each.steps)]
    assert all(each.basis for each in asked), "each says which part of the source it comes from"


def test_the_source_of_the_seven_practices_is_named_as_it_is_known() -> None:
    source = BY_ID["seven-practices"].source
    assert source is not None
    assert (source.author, source.work, source.publisher, source.year) == (
        "Poornima Luthra",
        "7 Ways to Practice Active Allyship",
        "Harvard Business Review",
        2022,
    )


@pytest.mark.parametrize(
    ("pack", "author", "work", "publisher"),
    [
        ("informed-reflective-active", "The Winters Group", "Engaging Leaders to Become", "The Inclusion Solution"),
        ("ally-leadership", "Becky Berry", "Ally Leadership Framework", None),
        ("pause-for-reflection", None, "Understanding allyship", "CILIP"),
        ("coaching", "Numly", "Why Developing Allyship Should be an Organizational Priority", None),
    ],
)
def test_the_other_sources_are_named_as_they_are_known_and_no_year_is_guessed(
    pack: str, author: str | None, work: str, publisher: str | None
) -> None:
    source = BY_ID[pack].source
    assert source is not None and source.work.startswith(work)
    assert (source.author, source.publisher, source.year) == (author, publisher, None)


def step_ids(exercise: str) -> list[str]:
    return [each.id for each in exercise_of(exercise).steps]


def exercise_of(name: str) -> Exercise:
    return next(each for pack in PACKS for each in pack.exercises if each.id == name)


def test_a_decision_hears_heart_gut_and_brain_passes_three_tests_and_is_looked_back_at() -> None:
    ids = step_ids("decision")
    assert ids[:7] == ["decision", "heart", "gut", "brain", "fair-outcome", "stand-by", "gains"]
    assert ids[7:] == ["loses", "change", "look-back"]
    last = exercise_of("decision").steps[-1]
    assert (last.answer, last.when) == ("date", "look-forward"), '"friday" is the one to come'
    assert last.follow_up in [each.id for each in BY_ID["ally-leadership"].prompts]


def test_the_levers_can_each_be_passed_over_and_a_session_has_a_before_and_an_after() -> None:
    levers = exercise_of("power-levers").steps[:5]
    assert [each.id for each in levers] == ["budgeting", "hiring", "promotions", "access", "visibility"]
    assert all(each.optional for each in levers), "no lever is taken for granted"
    assert {"well", "stuck", "ask"} <= set(step_ids("session-preparation"))
    assert {"take-away", "will-do"} <= set(step_ids("session-debrief"))
    assert exercise_of("session-debrief").steps[-1].when == "look-forward"


def test_what_others_said_is_kept_apart() -> None:
    recognition = [each for each in BY_ID["coaching"].prompts if "recognition" in each.elements]
    assert len(recognition) >= 3 and {each.voice for each in recognition} == {"others"}


def test_a_week_is_closed_at_its_end() -> None:
    weekly = BY_ID["weekly-review"]
    assert {each.when for each in weekly.prompts} == {"week-end"}
    ids = ["what", "so-what", "least-practised", "commitments", "now-what", "coach"]
    assert step_ids("weekly-review") == ids


@pytest.mark.parametrize("case", ["case-pay-gap", "case-own-research", "case-neurodiversity"])
def test_a_case_is_told_step_by_step_and_once_in_short(case: str) -> None:
    steps = exercise_of(case).steps
    assert len(steps) >= 4 and all(len(re.split(r"(?<=[.?!])\s+", each.text)) == 2 for each in steps[:2])
    short = next(each for each in BY_ID["pause-for-reflection"].prompts if each.id.endswith(case))
    assert short.help is not None


def test_the_exercises_ask_what_their_sources_ask() -> None:
    identify = BY_ID["identify-an-ally"].exercises[0]
    assert [each.answer for each in identify.steps if each.id in ("who", "word", "coffee")] == [
        "person",
        "choice",
        "commitment",
    ]
    assert {"ally", "advocate", "champion", "accomplice", "co-conspirator", "leader"} <= set(identify.steps[1].choices)
    walk = BY_ID["active-allyship"].exercises[0]
    assert list(dict.fromkeys(each.practice for each in walk.steps if each.practice)) == PRACTICES
    assert all(each.optional for each in walk.steps if each.practice), "a practice can be skipped"
    assert walk.steps[-1].answer == "commitment" and any(
        each.answer == "commitment" and not each.optional for each in walk.steps
    )
