"""Make the lower half of docs/packs.md: `python -m docs.elements`.

Which packs ship, and which prompts carry each idea of their sources. The ideas are those of
tests/packs/elements.toml, the prompts those of prompts/*.toml.
"""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/packs.md"
MADE_FROM_HERE = "<!-- From here on this page is made by `python -m docs.elements`. -->\n"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


def page() -> str:
    """The page as it should stand: what people wrote, then what the packs say."""
    written = PAGE.read_text(encoding="utf-8").partition(MADE_FROM_HERE)[0].rstrip()
    packs = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "prompts").glob("*.toml"))]
    ideas = tomllib.loads((ROOT / "tests/packs/elements.toml").read_text(encoding="utf-8"))
    parts = [written, MADE_FROM_HERE.rstrip(), _overview(packs)]
    parts += [
        _carried(pack, ideas[pack["id"]]) for pack in sorted(packs, key=lambda each: list(ideas).index(each["id"]))
    ]
    return "\n\n".join(parts) + "\n"


def _overview(packs: list[dict[str, Any]]) -> str:
    rows = [f"| `{pack['id']}` | {_count(pack)} | {_exercises(pack)} | {_source(pack['source'])} |" for pack in packs]
    head = "| pack | prompts | exercises (steps) | from |\n|---|---|---|---|"
    return "\n".join(["## The packs that come with ally", "", head, *rows])


def _count(pack: dict[str, Any]) -> str:
    return str(len(pack.get("prompts", [])) or "")


def _exercises(pack: dict[str, Any]) -> str:
    return ", ".join(f"`{each['id']}` ({len(each['steps'])})" for each in pack.get("exercises", []))


def _source(source: dict[str, Any]) -> str:
    known = [source.get("author"), source["work"], source.get("publisher"), source.get("year")]
    return ", ".join(str(each) for each in known if each)


def _carried(pack: dict[str, Any], ideas: dict[str, str]) -> str:
    rows = [f"| {idea} | {', '.join(_carriers(pack, element))} |" for element, idea in ideas.items()]
    head = "| idea | carried by |\n|---|---|"
    return "\n".join([f"## What `{pack['id']}` carries", "", head, *rows])


def _carriers(pack: dict[str, Any], element: str) -> list[str]:
    """The prompts by their ids, and the steps as `exercise: step`."""
    prompts = [each["id"] for each in pack.get("prompts", []) if element in each.get("elements", [])]
    steps = [
        f"{exercise['id']}: {step['id']}"
        for exercise in pack.get("exercises", [])
        for step in exercise["steps"]
        if element in step.get("elements", [])
    ]
    return [f"`{each}`" for each in (*prompts, *steps)]


if __name__ == "__main__":
    main()
