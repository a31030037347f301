"""What became of a pack from one version to the next. Pure."""

from typing import NamedTuple

from allyjournal.packs.model import Pack, Prompt


class Changes(NamedTuple):
    """Ids that came and went, those renamed as (before, after), and prompts reworded as (id, before, after).

    A step is named behind its exercise: `decision/who`.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    reworded: tuple[tuple[str, str, str], ...] = ()

    @property
    def least_version(self) -> int:
        """Which number of the version must have grown: 0 the major, 1 the minor, 2 the patch; 3 for none."""
        return 0 if self.removed else 1 if self.added or self.renamed else 2 if self.reworded else 3


def changes(before: Pack, after: Pack) -> Changes:
    """What `after` has in place of `before`, each in the order of its pack."""
    old, new = _by_id(before), _by_id(after)
    renamed = tuple((was, name) for name, each in new.items() for was in each.was if was in old and was not in new)
    gone, come = {was for was, _ in renamed}, {name for _, name in renamed}
    same = [*((name, name) for name in new if name in old), *renamed]
    return Changes(
        tuple(name for name in new if name not in old and name not in come),
        tuple(name for name in old if name not in new and name not in gone),
        renamed,
        tuple((name, old[was].text, new[name].text) for was, name in same if old[was].text != new[name].text),
    )


def number(version: str) -> tuple[int, ...]:
    """`1.10.0` as numbers, so that it lies after `1.9.0`."""
    return tuple(int(part) for part in version.split("."))


def has_grown_enough(before: str, after: str, least: int) -> bool:
    """Whether the version says as much as changed; see `Changes.least_version`."""
    return number(after)[: least + 1] > number(before)[: least + 1]


def _by_id(pack: Pack) -> dict[str, Prompt]:
    steps = {f"{exercise.id}/{step.id}": step for exercise in pack.exercises for step in exercise.steps}
    return {each.id: each for each in pack.prompts} | steps
