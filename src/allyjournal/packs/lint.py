"""What is allowed in a pack and yet worth a look: wording, nearly equal prompts, what a translation leaves out.

Works on the tables as they were parsed, whatever else is wrong with them.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

from allyjournal.packs import across, wording
from allyjournal.packs import check as judge
from allyjournal.packs import lines as positions
from allyjournal.packs.check import Problem
from allyjournal.packs.model import Pack

MOST_WARNINGS = 200
# So many missing ids are named; a translation that is hardly begun lacks them all.
MOST_NAMED = 5
Asked = list[tuple[positions.Path, dict[str, Any]]]


def warnings(data: bytes, packs: Mapping[str, Pack]) -> list[Problem]:
    """What to look at in a pack file's bytes, by line; nothing for what is no TOML. `packs` are those here."""
    try:
        table, lines = judge.read(data, "")
    except judge.PackError:
        return []
    found = islice(_all(table, packs), MOST_WARNINGS)
    return sorted({Problem(positions.line_of(lines, path), key, said) for path, key, said in found})


def _all(table: dict[str, Any], packs: Mapping[str, Pack]) -> across.Found:
    prompts = [each for each in across.tables(table, "prompts") if isinstance(each[1].get("text"), str)]
    asked = [*prompts, *(each for each in across.steps(table) if isinstance(each[1].get("text"), str))]
    language = table.get("language")
    language = language if isinstance(language, str) else "en"
    yield from _translation(table, packs)
    yield from _taken(table, packs)
    for path, each in asked:
        said = wording.Asked(each["text"], _text(each, "help"), _text(each, "when") or "any")
        for key, line in wording.look(said, language):
            yield (*path, key), f"{across.shown(path)}.{key}", line
    yield from _alike(asked)
    if wording.is_english(language):
        yield from _openings(prompts)


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _alike(asked: Asked) -> across.Found:
    pairs = reversed(list(wording.alike([each["text"] for _, each in asked])))
    for second, first in {second: first for first, second in pairs}.items():
        path, other = asked[second][0], asked[first][1].get("id")
        name = f'"{other}"' if isinstance(other, str) and len(other) <= 80 else "an earlier one"
        yield (*path, "text"), f"{across.shown(path)}.text", f"This is nearly the same as {name}; keep one of the two."


def _openings(prompts: Asked) -> across.Found:
    common = wording.same_opening([each["text"] for _, each in prompts])
    if common:
        yield (
            (),
            "prompts",
            f'More than one in five begins with "{common}"; let some begin with what happened, or with who.',
        )


def _taken(table: dict[str, Any], packs: Mapping[str, Pack]) -> across.Found:
    """Ids that another pack's prompts have, but for those of the original that this one translates."""
    original = _text(table, "translation-of").partition("@")[0]
    own = {original, _text(table, "id")} - {""}
    others = {
        each.id: pack.id
        for pack in packs.values()
        if pack.id not in own and (pack.translation_of or "").partition("@")[0] not in own
        for each in pack.prompts
    }
    for path, each in across.tables(table, "prompts"):
        if isinstance(name := each.get("id"), str) and name in others:
            yield (*path, "id"), "prompts.id", f"The pack {others[name]} has a prompt of this id; begin it with yours."


def _translation(table: dict[str, Any], packs: Mapping[str, Pack]) -> across.Found:
    reference = _text(table, "translation-of")
    if not reference:
        return
    name, _, version = reference.partition("@")
    original = packs.get(name)
    if original is None:
        near = get_close_matches(name[:80], packs, 1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        yield ("translation-of",), "translation-of", f"That pack is not here, so its prompts were not compared.{hint}"
        return
    for line in _compared(table, original, version):
        yield ("translation-of",), "translation-of", line


def _compared(table: dict[str, Any], original: Pack, version: str) -> Iterator[str]:
    if original.version != version:
        yield f"{original.reference} is here; look at what changed since, then name that version."
    if _text(table, "id") == original.id:
        yield "A translation has an id of its own; with the original's it stands in for it in every language."
    elif _text(table, "language") == original.language:
        yield f'The original is in "{original.language}" too; say in `language` which one this is in.'
    here, there = set(_ids(table)), _ids_of(original)
    if missing := [each for each in there if each not in here]:
        yield f"Of {original.id} it lacks {_named(missing)}; add them, so that they can be asked."
    if extra := [each for each in _ids(table) if each not in there]:
        yield f"{original.id} has no {_named(extra)}; use its ids, so that answers in both languages belong together."


def _named(ids: list[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(each[:80] for each in ids[:MOST_NAMED]) + more


def _ids(table: dict[str, Any]) -> list[str]:
    """The ids of prompts, and of steps behind that of their exercise."""
    found = [each.get("id") for _, each in across.tables(table, "prompts")]
    for path, exercise in across.tables(table, "exercises"):
        found += [f"{exercise.get('id')}/{step.get('id')}" for _, step in across.tables(exercise, "steps", path)]
    return [each for each in found if isinstance(each, str)]


def _ids_of(pack: Pack) -> list[str]:
    steps = [f"{exercise.id}/{step.id}" for exercise in pack.exercises for step in exercise.steps]
    return [*(each.id for each in pack.prompts), *steps]
