"""Where packs are found. Each is judged once for each content; its checked form is cached after that.

The cache is only speed: it is thrown away and made again at any doubt.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from allyjournal import __version__, files
from allyjournal.errors import AllyError
from allyjournal.packs.model import Exercise, Pack, Practice, Prompt, Source

DAILY = "seven-practices"
# Whatever changes the checked form changes the name it is cached under.
_CACHE_FORMAT = f"2 {__version__} {Pack._fields} {Prompt._fields}"


@dataclass
class Library:
    """All packs that can be used now, by id, shipped ones first, for a writer who reads `language`.

    `broken` has one error for each file that cannot be used (its text is for the person), `said` one line
    for each of the writer's packs that stands in for a shipped one.
    """

    packs: dict[str, Pack] = field(default_factory=dict)
    language: str = "en"
    broken: list[AllyError] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def find(self, pack_id: str) -> Pack:
        """The pack with this id. Raises AllyError naming the nearest."""
        return _find(self.packs, pack_id, "pack", "`ally packs list` names them all")

    def daily(self, language: str) -> Pack:
        """The pack of the daily prompts, or its translation into `language` if there is one."""
        for pack in self.packs.values():
            if pack.language == language and (pack.translation_of or "").partition("@")[0] == DAILY:
                return pack
        return self.find(DAILY)

    def find_exercise(self, exercise_id: str) -> tuple[Pack, Exercise]:
        """The exercise with this id, and its pack. Raises AllyError naming the nearest."""
        known = {each.id: (pack, each) for pack in reversed(self.packs.values()) for each in pack.exercises}
        return _find(known, exercise_id, "exercise", "`ally do` lists them")

    def find_prompt(self, prompt_id: str) -> tuple[Pack, Prompt]:
        """The prompt with this id (or with this earlier id), and its pack. Raises AllyError naming the nearest.

        A translation has the ids of its original: the one in the writer's language is meant, else the original.
        """
        packs = sorted(
            self.packs.values(),
            key=lambda pack: (pack.language == self.language, pack.translation_of is None, not pack.shipped),
        )
        earlier = {was: (pack, each) for pack in packs for each in pack.prompts for was in each.was}
        now = {each.id: (pack, each) for pack in packs for each in pack.prompts}
        return _find(earlier | now, prompt_id, "prompt", "`ally packs show ID` lists a pack's prompts")

    def ids_of(self, prompt_id: str) -> set[str]:
        """Every id that this prompt has, or had in an earlier version, in any pack or translation; itself at least."""
        ids = {prompt_id}
        families = [{each.id, *each.was} for pack in self.packs.values() for each in pack.prompts if each.was]
        while more := set().union(*(each for each in families if each & ids)) - ids:
            ids |= more
        return ids

    def find_practice(self, practice_id: str) -> Practice:
        """The practice with this id. Raises AllyError naming the nearest."""
        known = {each.id: each for pack in self.packs.values() for each in pack.practices}
        return _find(known, practice_id, "practice", f"known are {', '.join(known) or 'none'}")


T = TypeVar("T")


def _find(known: dict[str, T], wanted: str, noun: str, where: str) -> T:
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, 1)
    hint = f'did you mean "{near[0]}"?' if near else f"{where}."
    raise AllyError(f'There is no {noun} "{wanted[:60]}"; {hint}')


def load(shipped: Path, own: Path, cache: Path, language: str = "en") -> Library:
    """Every pack in the folders `shipped` and `own`; a checked form is looked for in, and kept in, `cache`.

    On the same id the writer's own wins. Never raises for a pack that is broken: it is left out and named
    in `broken`.
    """
    library = Library(language=language)
    came_with_ally = _read_all(library, _pack_files(shipped), cache, shipped=True)
    own_packs = _without_strangers(library, came_with_ally, _read_all(library, _pack_files(own), cache, shipped=False))
    for pack_id in came_with_ally.keys() & own_packs.keys():
        library.said.append(
            f"Your own pack {own_packs[pack_id].reference} stands in for "
            f"the shipped {came_with_ally[pack_id].reference}."
        )
    library.packs = came_with_ally | own_packs
    return library


def read(path: Path, cache: Path, shipped: bool) -> Pack:
    """One pack file, judged, or its checked form. Raises PackError, or AllyError if it cannot be read."""
    try:
        data = files.read_bytes(Path(os.path.realpath(path)))
    except OSError as error:
        raise AllyError(f"{path}: could not be read: {(error.strerror or str(error)).lower()}.") from None
    kept = cache / f"{files.digest(_CACHE_FORMAT.encode() + data)}.json"
    pack = _from_cache(kept)
    if pack is None:
        from allyjournal.packs.check import check  # noqa: PLC0415  pydantic, only for a pack not judged yet

        pack = check(data, str(path))
        _to_cache(kept, pack)
    return pack._replace(where=str(path), shipped=shipped)


def defined_practices(packs: Iterable[Pack], beside: str) -> dict[str, str]:
    """Practice id -> id of the pack that defines it, over `packs` but the one with the id `beside`."""
    return {each.id: pack.id for pack in packs if pack.id != beside for each in pack.practices}


def shipped_folder(package: Path) -> Path:
    """The folder of the packs that came with the program: in the wheel, or in a checkout's `prompts/`."""
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parents[1] / "prompts"


def left_out(pack: Pack, packs: Mapping[str, Pack]) -> str | None:
    """A practice that the pack of this id in `packs` defines and others name, but `pack` does not define."""
    replaced, ids = packs.get(pack.id), {each.id for each in pack.practices}
    missing = {each.id for each in replaced.practices} - ids if replaced else set()
    others = [each for each in packs.values() if each.id != pack.id]
    named = {
        asked.practice
        for each in others
        for asked in (*each.prompts, *(step for exercise in each.exercises for step in exercise.steps))
    }
    return min(missing & named, default=None)


def _pack_files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.name[0] != ".")
    except OSError:
        return


def _read_all(library: Library, paths: Iterable[Path], cache: Path, shipped: bool) -> dict[str, Pack]:
    packs: dict[str, Pack] = {}
    for path in paths:
        try:
            pack = read(path, cache, shipped)
        except AllyError as error:
            library.broken.append(error)
            continue
        if pack.id in packs:
            taken = packs[pack.id].where
            library.broken.append(AllyError(f'{path}: the id "{pack.id}" is taken by {taken}; give it another.'))
        else:
            packs[pack.id] = pack
    return packs


def _without_strangers(library: Library, shipped: dict[str, Pack], own: dict[str, Pack]) -> dict[str, Pack]:
    """Leave out the writer's packs that name a practice nobody defines, or define one again."""
    fine = {}
    for pack in own.values():
        defined = defined_practices((shipped | own).values(), pack.id)
        ids = {each.id for each in pack.practices}
        asked = [*pack.prompts, *(step for each in pack.exercises for step in each.steps)]
        if ids & set(defined) or not {each.practice for each in asked if each.practice} <= ids | set(defined):
            library.broken.append(_judged_again(pack, defined))
        elif lacking := left_out(pack, shipped):
            library.broken.append(
                AllyError(
                    f"{pack.where}: it stands in for the shipped {pack.id}, but leaves out the practice {lacking}, "
                    "which other packs name; define it too, or give the pack another id."
                )
            )
        else:
            fine[pack.id] = pack
    return fine


def _judged_again(pack: Pack, defined: dict[str, str]) -> AllyError:
    from allyjournal.packs.check import check  # noqa: PLC0415  only to say what is wrong, and where

    try:
        check(files.read_bytes(Path(os.path.realpath(pack.where))), pack.where, defined)
    except (AllyError, OSError) as error:
        return error if isinstance(error, AllyError) else AllyError(f"{pack.where}: could not be read.")
    return AllyError(f"{pack.where}: changed while it was being read; try again.")


def _to_cache(path: Path, pack: Pack) -> None:
    body = json.dumps(pack, ensure_ascii=False).encode()
    with suppress(AllyError):
        files.make_folder(path.parent)
        files.replace(path, files.digest(body).encode() + b"\n" + body)


def _from_cache(path: Path) -> Pack | None:
    try:
        digest, _, body = files.read_bytes(path).partition(b"\n")
        if files.digest(body).encode() != digest:
            return None
        return _pack_from(json.loads(body))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _pack_from(row: list[Any]) -> Pack:
    pack = Pack._make(row)
    return pack._replace(
        source=Source._make(pack.source) if pack.source else None,
        practices=tuple(map(Practice._make, pack.practices)),
        prompts=tuple(map(_prompt_from, pack.prompts)),
        exercises=tuple(Exercise(*each[:3], tuple(map(_prompt_from, each[3]))) for each in pack.exercises),
    )


def _prompt_from(row: Iterable[Any]) -> Prompt:
    return Prompt._make(tuple(value) if isinstance(value, list) else value for value in row)
