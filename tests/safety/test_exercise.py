"""An exercise that ends at step k: the answers before it are there at the next `ally do`, which goes on at step k."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.sitting import ENDINGS, ENTER, ESCAPE, PASTE_ON, Sitting, kill
from tests.safety.sweep import Home, home_in, loose_modes, split

EXERCISE = "identify-an-ally"
LINE, LINES, PROMISE = "line", "lines", "promise"
# For each step how it is answered, and with which words.
ANSWERS = [
    (LINE, "@maria"),
    (LINE, "advocate"),
    *((LINES, f"Answer to step {number}, wallaby.") for number in range(3, 11)),
    (PROMISE, "Coffee with Maria, wombat."),
    (LINES, "Answer to step 12, wallaby."),
]
# What was half typed for a line is there again, and goes with Ctrl-U.
CLEAR = "\x15"
STEPS = range(1, len(ANSWERS) + 1)
WAYS = ("full", "plain")
ALL_ENDINGS = {**ENDINGS, "kill -9": kill}


def begin(home: Home, way: str) -> Sitting:
    """Take up the exercise."""
    return Sitting(home, "do", EXERCISE, *(["--plain"] if way == "plain" else []))


def asked(sitting: Sitting, step: int, way: str) -> None:
    """Wait until a step is asked, and can be typed to."""
    sitting.sees(f"{step} of {len(ANSWERS)}. ")
    if way == "full" and ANSWERS[step - 1][0] == LINES:
        sitting.sees(PASTE_ON)
    else:
        sitting.is_asked()


def answer(sitting: Sitting, step: int, way: str) -> None:
    """Wait for a step, and answer it."""
    kind, text = ANSWERS[step - 1]
    asked(sitting, step, way)
    if kind == LINES and way == "full":
        sitting.type(text)
        sitting.sees_typed(text)
        sitting.type(ESCAPE + ENTER)
        return
    sitting.type((CLEAR if kind != LINES else "") + text + ENTER)
    if kind == LINES:
        sitting.is_asked()
        sitting.type("." + ENTER)
    if kind == PROMISE:
        sitting.sees("day)")
        sitting.is_asked()
        sitting.type(ENTER)


def reach(sitting: Sitting, step: int, way: str) -> None:
    """Answer the steps before this one, wait for it, and type half of an answer."""
    for number in range(1, step):
        answer(sitting, number, way)
    asked(sitting, step, way)
    sitting.type("Half")
    sitting.sees_typed("Half")


def missing(home: Home, steps: range) -> list[str]:
    """The answers to these steps that are in no entry and no draft."""
    text = "\n".join(path.read_text("utf-8") for path in [*home.entries, *home.drafts])
    return [words for _, words in (ANSWERS[step - 1] for step in steps) if words not in text]


def sit(home: Home, way: str, step: int, ending: str) -> None:
    """End at this step, find the answers again, go on there, and finish as one entry."""
    sitting = begin(home, way)
    reach(sitting, step, way)
    ALL_ENDINGS[ending](sitting)
    assert missing(home, range(1, step)) == []
    assert loose_modes(home) == []
    again = begin(home, way)
    for number in range(step, len(ANSWERS) + 1):
        answer(again, number, way)
    again.sees("Saved ")
    assert again.ends() == 0
    (entry,) = home.entries
    table, body = split(entry.read_bytes())
    assert home.drafts == [] and "next-step" not in table
    assert len(table["prompts"]) == len(ANSWERS)
    assert body.count("## ") == len(ANSWERS), body
    assert missing(home, STEPS) == []


def every_sitting() -> Iterator[tuple[str, int, str]]:
    """Way of typing, step, ending."""
    return itertools.product(WAYS, STEPS, ALL_ENDINGS)


@pytest.mark.parametrize(("step", "ending"), [*zip([1, 2, 3, 7, 11, 12], ALL_ENDINGS, strict=True)])
@pytest.mark.parametrize("way", WAYS)
def test_the_answers_before_the_end_are_back(home: Home, way: str, step: int, ending: str) -> None:
    sit(home, way, step, ending)


@pytest.mark.parametrize("step", [1, 4, 12])
def test_ctrl_d_with_nothing_typed_stops_and_keeps_the_answers(home: Home, step: int) -> None:
    sitting = begin(home, "plain")
    for number in range(1, step):
        answer(sitting, number, "plain")
    asked(sitting, step, "plain")
    assert sitting.presses("\x04") == 130
    assert missing(home, range(1, step)) == [] and len(home.entries) == (step > 1)


@pytest.mark.parametrize("way", WAYS)
def test_an_exercise_ended_at_every_second_step_is_one_entry_at_the_end(home: Home, way: str) -> None:
    """One sitting after another, each ended in the next way."""
    step, endings = 1, itertools.cycle(ALL_ENDINGS.items())
    while step < len(ANSWERS):
        sitting = begin(home, way)
        answer(sitting, step, way)
        answer(sitting, step + 1, way)
        step += 2
        if step <= len(ANSWERS):
            asked(sitting, step, way)
            next(endings)[1](sitting)
            assert missing(home, range(1, step)) == [], step
    sitting.sees("Saved ")
    assert sitting.ends() == 0
    (entry,) = home.entries
    assert missing(home, STEPS) == [] and split(entry.read_bytes())[1].count("## ") == len(ANSWERS)


def whole(folder: Path, warm: Path) -> tuple[int, list[str]]:
    """Every sitting of `every_sitting`; gives their number, and what went wrong, a line each."""
    wrong, number = [], 0
    for number, (way, step, ending) in enumerate(every_sitting(), 1):
        try:
            sit(home_in(folder / f"{number:03}", warm), way, step, ending)
        except Exception as error:
            wrong.append(f"{way}, step {step}, {ending}: {type(error).__name__}: {str(error)[:300]}")
    return number, wrong
