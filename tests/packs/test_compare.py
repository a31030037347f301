"""What became of a pack from one version to the next."""

import pytest

from allyjournal.packs.compare import Changes, changes, has_grown_enough, number
from allyjournal.packs.model import Exercise, Pack, Prompt


def pack(*prompts: Prompt, steps: tuple[Prompt, ...] = ()) -> Pack:
    exercises = (Exercise("walk", "W", "S", steps),) if steps else ()
    return Pack("mine", "1.0.0", "T", "S", "en", "MIT", "even", prompts=prompts, exercises=exercises)


def test_what_came_went_was_renamed_and_reworded_is_told() -> None:
    before = pack(Prompt("m.a", "A?"), Prompt("m.b", "B?"), Prompt("m.c", "C?"), Prompt("m.d", "D?"))
    after = pack(
        Prompt("m.a", "A!?"),
        Prompt("m.new", "B now?", was=("m.b", "m.older")),
        Prompt("m.d", "D?"),
        Prompt("m.e", "E?"),
    )
    assert changes(before, after) == Changes(
        ("m.e",), ("m.c",), (("m.b", "m.new"),), (("m.a", "A?", "A!?"), ("m.new", "B?", "B now?"))
    )
    assert changes(before, before) == Changes()


def test_an_earlier_id_that_is_long_gone_is_no_change() -> None:
    known = pack(Prompt("m.a", "A?", was=("m.old",)))
    assert changes(known, known) == Changes()


def test_steps_are_named_behind_their_exercise() -> None:
    found = changes(pack(steps=(Prompt("a", "A?"),)), pack(steps=(Prompt("a", "B?"), Prompt("c", "C?"))))
    assert found == Changes(added=("walk/c",), reworded=(("walk/a", "A?", "B?"),))


@pytest.mark.parametrize(
    ("found", "least"),
    [
        (Changes(), 3),
        (Changes(reworded=(("a", "b", "c"),)), 2),
        (Changes(added=("a",)), 1),
        (Changes(renamed=(("a", "b"),)), 1),
        (Changes(added=("a",), removed=("b",)), 0),
    ],
)
def test_which_number_should_have_grown(found: Changes, least: int) -> None:
    assert found.least_version == least


def test_versions_are_compared_as_numbers() -> None:
    assert number("1.10.0") > number("1.9.9")
    assert has_grown_enough("1.9.0", "1.10.0", 1) and has_grown_enough("1.9.0", "2.0.0", 1)
    assert not has_grown_enough("1.9.0", "1.9.1", 1) and not has_grown_enough("1.9.0", "1.10.0", 0)
