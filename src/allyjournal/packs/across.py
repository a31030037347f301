"""What a pack's tables must agree on among themselves, and with the practices that other packs define.

Works on the tables as they were parsed, whatever else is wrong with them, so that a writer of packs hears
of everything at once.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from allyjournal.packs.lines import Path

# Comparing with more names than this takes longer than a hint is worth.
MOST_COMPARED = 200
Found = Iterator[tuple[Path, str, str]]
Table = dict[str, Any]


def problems(pack: Table, defined: Mapping[str, str] | None) -> Found:
    """Yield (path of the key, its name, what is wrong) for a parsed pack. `defined`: see `check.check`."""
    yield from _repeated([((*path, "id"), each.get("id")) for path, each in tables(pack, "practices")])
    yield from _repeated([((*path, "id"), each.get("id")) for path, each in tables(pack, "exercises")])
    prompts = tables(pack, "prompts")
    yield from _repeated(
        [
            ((*path, key), name)
            for path, each in prompts
            for key, name in [("id", each.get("id")), *(("was", was) for was in _list(each, "was"))]
        ]
    )
    yield from _repeated([((*path, "text"), each.get("text")) for path, each in prompts])
    for path, exercise in tables(pack, "exercises"):
        own = tables(exercise, "steps", path)
        yield from _repeated([((*where, "id"), step.get("id")) for where, step in own])
        yield from _repeated([((*where, "text"), step.get("text")) for where, step in own])
    asked = [*prompts, *steps(pack)]
    ids = [name for _, each in prompts if isinstance(name := each.get("id"), str)]
    for path, each in asked:
        yield from _asked(path, each, ids)
    if defined is not None:
        yield from _practices(pack, asked, defined)
    if not pack.get("prompts") and not pack.get("exercises"):
        yield (), "prompts", "a pack needs at least one prompt or exercise."


def _list(table: Table, key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def tables(table: Table, key: str, path: Path = ()) -> list[tuple[Path, Table]]:
    """The tables of the list `key`, each with its path; nothing else that stands there."""
    return [((*path, key, n), each) for n, each in enumerate(_list(table, key)) if isinstance(each, dict)]


def _repeated(named: list[tuple[Path, Any]]) -> Found:
    seen: set[str] = set()
    for path, name in named:
        if not isinstance(name, str):
            continue
        if name in seen:
            yield path, shown(path), "stands twice; each is used once, so change or take out one."
        seen.add(name)


def steps(pack: Table) -> list[tuple[Path, Table]]:
    """The steps of all exercises."""
    return [each for path, exercise in tables(pack, "exercises") for each in tables(exercise, "steps", path)]


def shown(path: Path) -> str:
    """A path as the person knows it: the keys without the numbers."""
    return ".".join(part for part in path if isinstance(part, str))


def _nearest(wanted: str, known: list[str]) -> str:
    near = get_close_matches(wanted, known, 1) if len(known) <= MOST_COMPARED else []
    return f'; did you mean "{near[0]}"?' if near else "."


def _asked(path: Path, asked: Table, prompts: list[str]) -> Found:
    around = shown(path)
    kind = asked.get("answer", "text")
    if kind == "choice" and len(_list(asked, "choices")) < 2:
        yield path, f"{around}.choices", 'a choice needs at least two; add choices = ["…", "…"].'
    if kind != "choice" and "choices" in asked:
        yield (*path, "choices"), f"{around}.choices", 'goes with answer = "choice" only.'
    if kind == "scale":
        yield from _scale(path, asked)
    for key in ("min", "max", "labels"):
        if kind != "scale" and key in asked:
            yield (*path, key), f"{around}.{key}", 'goes with answer = "scale" only.'
    follow_up = asked.get("follow-up")
    if isinstance(follow_up, str) and follow_up not in prompts:
        yield (
            (*path, "follow-up"),
            f"{around}.follow-up",
            "names no prompt of this pack" + _nearest(follow_up, prompts),
        )


def _scale(path: Path, asked: Table) -> Found:
    low, high, labels = asked.get("min", 1), asked.get("max", 5), _list(asked, "labels")
    if not (isinstance(low, int) and isinstance(high, int)):
        return
    if low >= high:
        yield (*path, "max"), f"{shown(path)}.max", "must be more than min."
    elif len(labels) not in (0, 2, high - low + 1):
        yield (*path, "labels"), f"{shown(path)}.labels", "name both ends, or every step."


def _practices(pack: Table, asked: list[tuple[Path, Table]], defined: Mapping[str, str]) -> Found:
    own = [name for _, each in tables(pack, "practices") if isinstance(name := each.get("id"), str)]
    for path, each in tables(pack, "practices"):
        other = defined.get(str(each.get("id")))
        if other:
            yield (*path, "id"), "practices.id", f"is defined by the pack {other}; name it without defining it."
    for path, each in asked:
        name = each.get("practice")
        if isinstance(name, str) and name not in own and name not in defined:
            yield (
                (*path, "practice"),
                f"{shown(path)}.practice",
                "is defined in no pack" + _nearest(name, [*own, *defined]),
            )
