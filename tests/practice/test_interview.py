"""Asking a row of prompts: the entry grows by one answer at a time, and goes on where it stopped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.journal.document import Fallback, from_bytes, to_text
from allyjournal.journal.entry import Entry
from allyjournal.packs.answers import Given
from allyjournal.packs.model import Exercise, Pack, Prompt
from allyjournal.practice.interview import answered, interview, remaining, values, with_mentions
from tests import strategies
from tests.support import SATURDAY, Home

MOMENT = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)


def entry(**changed: Any) -> Entry:
    return replace(Entry(id="k7m2q9xr4t", date=date(2026, 11, 21), created=MOMENT), **changed)


def step(name: str, practice: str | None = None, optional: bool = False, answer: str = "text", **more: Any) -> Prompt:
    return Prompt(id=name, text=f"What about {name}?", practice=practice, optional=optional, answer=answer, **more)


FOUR = Exercise("x", "X", "X", (step("a"), step("b", optional=True), step("c"), step("d", optional=True)))
PRACTICES = Exercise(
    "y",
    "Y",
    "Y",
    (
        step("p-did", "p", True),
        step("p-not", "p", True),
        step("q-did", "q", True),
        step("q-not", "q", True),
        step("q-must", "q"),
        step("end"),
    ),
)


def says(**said: str | None) -> Callable[[Prompt, Entry], Given | None]:
    def ask(asked: Prompt, _: Entry) -> Given | None:
        text = said.get(asked.id.replace("-", "_"), f"Answer {asked.id}.")
        return None if text is None else Given(text)

    return ask


def test_the_entry_is_yielded_after_each_answer_and_finished_after_the_last() -> None:
    grown = list(interview(FOUR, entry(next_step="a", exercise="x"), says()))
    assert [each.prompts for each in grown] == [("a",), ("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d")]
    assert [each.next_step for each in grown] == ["b", "c", "d", None]
    assert [each.text for each in grown[-1].answers] == ["Answer a.", "Answer b.", "Answer c.", "Answer d."]


@pytest.mark.parametrize("stop", range(4))
def test_it_goes_on_with_the_step_where_it_stopped(stop: int) -> None:
    asked = []

    def ask(prompt: Prompt, _: Entry) -> Given:
        asked.append(prompt.id)
        return Given(f"Answer {prompt.id}.")

    run = interview(FOUR, entry(next_step="a"), ask)
    stopped = entry(next_step="a")
    for _ in range(stop):
        stopped = next(run)
    kept = from_bytes(to_text(stopped).encode(), Fallback("x.md", lambda: MOMENT))
    assert [each.id for each in remaining(FOUR, kept)] == ["a", "b", "c", "d"][stop:]
    asked.clear()
    finished = list(interview(FOUR, kept, ask))[-1]
    assert asked == ["a", "b", "c", "d"][stop:]
    assert finished.prompts == ("a", "b", "c", "d") and finished.next_step is None


def test_a_step_that_was_passed_over_is_in_neither_list() -> None:
    finished = list(interview(FOUR, entry(next_step="a"), says(b=None, d=None)))[-1]
    assert finished.prompts == ("a", "c")
    assert finished.asked == ("What about a?", "What about c?")
    assert "What about b?" not in finished.body and finished.next_step is None


def test_a_practice_whose_first_step_is_passed_over_is_passed_over_but_for_what_must_be_answered() -> None:
    asked = []

    def ask(prompt: Prompt, _: Entry) -> Given | None:
        asked.append(prompt.id)
        return None if prompt.id in ("p-did", "q-did") else Given("Yes.")

    finished = list(interview(PRACTICES, entry(next_step="p-did"), ask))[-1]
    assert asked == ["p-did", "q-did", "q-must", "end"]
    assert finished.practices == ("q",) and finished.next_step is None


def test_the_next_step_is_one_that_will_really_be_asked() -> None:
    first = next(interview(PRACTICES, entry(next_step="p-did"), says(p_did=None)))
    assert first.next_step == "q-did"


def test_an_unknown_next_step_begins_again_and_keeps_what_is_there() -> None:
    assert [each.id for each in remaining(FOUR, entry(next_step="gone"))] == ["a", "b", "c", "d"]


def test_an_answer_brings_its_practice_tags_and_people() -> None:
    grown = answered(entry(), step("a", "p"), Given("Ask @Priya. #Hiring `#code` %%#secret @sam%%", ("noor",)))
    assert (grown.practices, grown.tags, grown.people) == (("p",), ("hiring",), ("noor", "priya"))
    again = answered(grown, step("b", "p"), Given("#hiring #more"))
    assert (again.practices, again.tags, again.people) == (("p",), ("hiring", "more"), ("noor", "priya"))


@given(strategies.bodies(), strategies.unique(strategies.names()))
def test_what_the_writer_tagged_by_hand_stays(text: str, tags: tuple[str, ...]) -> None:
    grown = with_mentions(entry(body=text, tags=tags))
    assert grown.tags[: len(tags)] == tags and grown.body == text
    assert with_mentions(grown).tags == grown.tags


@given(st.lists(strategies.texts(), min_size=4, max_size=4))
def test_whatever_is_answered_every_answer_is_there_at_the_end(said: list[str]) -> None:
    texts = iter(said)
    finished = list(interview(FOUR, entry(next_step="a"), lambda *_: Given(next(texts))))[-1]
    kept = from_bytes(to_text(finished).encode(), Fallback("x.md", lambda: MOMENT))
    for text in said:
        assert text.strip() in kept.body
    assert [each.asked for each in kept.answers] == [each.text for each in FOUR.steps]
    if not any(sign in text for text in said for sign in "#`~%"):
        assert [each.text for each in kept.answers] == [text.strip() for text in said]


KINDS_OF_ANSWER = Exercise(
    "k",
    "K",
    "K",
    (
        step("text"),
        step("list", answer="list"),
        step("choice", answer="choice", choices=("one", "two")),
        step("scale", answer="scale", min=0, max=10),
        step("person", answer="person"),
        step("date", answer="date"),
        step("commitment", answer="commitment"),
    ),
)


def test_answers_are_read_back_by_their_kind() -> None:
    said = {
        "text": "Words.",
        "list": "- a\n- b",
        "choice": "two",
        "scale": "7/10",
        "person": "@priya",
        "date": "2026-11-26",
        "commitment": "- [ ] Ask [due:: 2026-11-26] [id:: abc234]",
    }
    grown = list(interview(KINDS_OF_ANSWER, entry(pack="p@1.0.0", exercise="k", next_step="text"), says(**said)))[-1]
    packs = {"p": Pack("p", "1.0.0", "P", "P", "en", "CC0", "even", exercises=(KINDS_OF_ANSWER,))}
    assert values(grown, packs) == ["Words.", ["a", "b"], "two", 7, "priya", "2026-11-26", said["commitment"]]
    assert values(grown, {}) == [None] * 7
    bent = replace(grown, body=grown.body.replace("7/10", "seven").replace("two", "three").replace("@priya", "Priya"))
    assert values(bent, packs)[2:5] == [None, None, None]
    assert [each.text for each in bent.answers][2:5] == ["three", "seven", "Priya"]


ANSWERS = [
    "Noor", "1", "said her name", "laugh along", "a name said right", "she asks", "law", "cutting in", "listening",
    "half an hour a week", "Coffee with Noor", "I was asked who stands by people",
]  # fmt: skip


@pytest.mark.parametrize("stop", [1, 3, 6, 11])
def test_identify_an_ally_is_stopped_and_finished_on_another_day_as_one_entry(home: Home, stop: int) -> None:
    home.ok("do", "identify-an-ally", "-", stdin="\n".join(ANSWERS[:stop]), at=SATURDAY)
    half = home.json("show", "last", at=SATURDAY)
    assert len(half["answers"]) == stop and half["next_step"]
    home.ok("do", "identify-an-ally", "-", stdin="\n".join(ANSWERS[stop:]), at="2026-11-25T09:00:00+01:00")
    assert len(home.entries) == 1 and home.drafts == []
    whole = home.json("show", "last", at=SATURDAY)
    assert (whole["date"], whole["next_step"], len(whole["answers"])) == ("2026-11-21", None, 12)
    assert whole["answers"][0]["value"] == "noor" and whole["answers"][1]["value"] == "ally"
    assert [each["text"] for each in whole["commitments"]] == ["Coffee with Noor"]


HAND_EDITS = {
    "a key of one's own": lambda text: text.replace("---\n", "---\nmood: fine\n", 1),
    "a trailing space": lambda text: text.rstrip("\n") + "  \n",
    "a key and a trailing space": lambda text: text.replace("---\n", "---\nmood: fine\n", 1).rstrip("\n") + "  \n",
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM": lambda text: "\ufeff" + text,
    "no final newline": lambda text: text.rstrip("\n"),
    "a flow list": lambda text: text.replace("people:\n  - noor\n", "people: [noor]\n"),
    "a flow list with a question mark": lambda text: text.replace("---\n", "---\naliases: [Who?]\n", 1),
    "a line at the end": lambda text: text + "\nWritten by hand.\n",
    "a comment": lambda text: text.replace("kind: exercise\n", "kind: exercise   # mine\n# and mine\n"),
    "an open fence at the end": lambda text: text + "\n```\ncode\n",
}


@pytest.mark.parametrize("name", HAND_EDITS)
def test_an_exercise_goes_on_after_its_file_was_changed_by_hand(home: Home, name: str) -> None:
    home.ok("do", "identify-an-ally", "-", stdin="\n".join(ANSWERS[:3]), at=SATURDAY)
    (path,) = home.entries
    by_hand = HAND_EDITS[name](path.read_bytes().decode())
    path.write_bytes(by_hand.encode())
    done = home.run("do", "identify-an-ally", "-", stdin="\n".join(ANSWERS[3:5]), at="2026-11-25T09:00:00+01:00")
    assert done.returncode == 0, done.stderr
    whole = home.json("show", "last", at=SATURDAY)
    assert [each["text"] for each in whole["answers"]][3:] == ["- laugh along", "- a name said right"]
    now = path.read_bytes().decode()
    kept = [line for line in by_hand.splitlines() if line.strip() and ":" not in line and not line.startswith("  - ")]
    assert all(line.rstrip() in now for line in kept)
    assert by_hand.startswith("\ufeff") == now.startswith("\ufeff")
    assert home.drafts == []


def test_a_line_that_does_not_fit_keeps_nothing_in_the_journal_and_all_lines_in_a_draft(home: Home) -> None:
    done = home.run("do", "identify-an-ally", "-", stdin="Noor\nno such word\nmore\n", at=SATURDAY)
    assert done.returncode == 2 and done.stdout == "" and home.entries == []
    assert "Line 2" in done.stderr and "no such word" not in done.stderr
    (draft,) = home.drafts
    assert "no such word\nmore" in draft.read_text()
