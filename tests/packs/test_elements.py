"""Every element of a source is carried by a prompt or step of the pack that stands for it."""

import tomllib
from pathlib import Path

import pytest
from docs import elements

from tests.support import ROOT

ELEMENTS = tomllib.loads((Path(__file__).parent / "elements.toml").read_text(encoding="utf-8"))
SHIPPED = sorted((ROOT / "prompts").glob("*.toml"))


def test_the_elements_are_those_of_the_packs_that_ship() -> None:
    assert set(ELEMENTS) == {path.stem for path in SHIPPED}
    ids = [element for each in ELEMENTS.values() for element in each]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_pack_carries_every_element_of_its_source_and_names_no_other(path: Path) -> None:
    pack = tomllib.loads(path.read_text(encoding="utf-8"))
    asked = [*pack.get("prompts", []), *(step for each in pack.get("exercises", []) for step in each["steps"])]
    carried = {element for each in asked for element in each.get("elements", [])}
    assert carried == set(ELEMENTS[path.stem])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_prompt_carries_an_element(path: Path) -> None:
    pack = tomllib.loads(path.read_text(encoding="utf-8"))
    asked = [*pack.get("prompts", []), *(step for each in pack.get("exercises", []) for step in each["steps"])]
    assert [each["id"] for each in asked if not each.get("elements")] == []


def test_the_page_says_which_prompts_carry_which_element() -> None:
    made = elements.page()
    assert elements.PAGE.read_text(encoding="utf-8") == made, "`python -m docs.elements` makes it anew"
    for pack in ELEMENTS:
        assert f"## What `{pack}` carries" in made
    assert "|  |\n" not in made.partition(elements.MADE_FROM_HERE)[2]
