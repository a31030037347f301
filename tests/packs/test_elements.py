"""Every element of a source is carried by a prompt or step of the pack that stands for it."""

import tomllib
from pathlib import Path

import pytest

from tests.support import ROOT

ELEMENTS = tomllib.loads((Path(__file__).parent / "elements.toml").read_text(encoding="utf-8"))
SHIPPED = sorted((ROOT / "prompts").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_pack_carries_every_element_of_its_source_and_names_no_other(path: Path) -> None:
    pack = tomllib.loads(path.read_text(encoding="utf-8"))
    asked = [*pack.get("prompts", []), *(step for each in pack.get("exercises", []) for step in each["steps"])]
    carried = {element for each in asked for element in each.get("elements", [])}
    assert carried == set(ELEMENTS[path.stem])
