"""What a pack is, once it has been judged. Plain values: no disk, no checking."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Source(NamedTuple):
    """Where a pack's ideas come from, as far as it is known."""

    work: str
    author: str | None = None
    publisher: str | None = None
    year: int | None = None
    note: str | None = None


class Practice(NamedTuple):
    """One practice that prompts and entries belong to. Its id is the same in every pack."""

    id: str
    title: str
    summary: str


class Prompt(NamedTuple):
    """One prompt: a text, and the kind of answer it wants.

    `was` holds its earlier ids, so that what was written under them still counts. A step of an exercise is a
    prompt too: it has no `stage`, and an `optional` one may be left empty.
    """

    id: str
    text: str
    help: str | None = None
    practice: str | None = None
    answer: str = "text"
    choices: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    labels: tuple[str, ...] = ()
    basis: str | None = None
    elements: tuple[str, ...] = ()
    follow_up: str | None = None
    stage: str | None = None
    when: str = "any"
    voice: str = "self"
    was: tuple[str, ...] = ()
    optional: bool = False


class Exercise(NamedTuple):
    """A guided exercise: its steps, in order."""

    id: str
    title: str
    summary: str
    steps: tuple[Prompt, ...]


class Pack(NamedTuple):
    """A judged pack. `where` is the file it was read from; `shipped` is False for the writer's own."""

    id: str
    version: str
    title: str
    summary: str
    language: str
    license: str
    order: str
    source: Source | None = None
    practices: tuple[Practice, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    translation_of: str | None = None
    where: str = ""
    shipped: bool = True

    @property
    def reference(self) -> str:
        """How an entry names the pack it drew on: `id@version`."""
        return f"{self.id}@{self.version}"

    @property
    def texts(self) -> Iterator[str]:
        """Everything in it that a writer reads."""
        yield self.title
        yield from (each.title for each in self.practices)
        yield from (each.title for each in self.exercises)
        for each in (*self.prompts, *(step for exercise in self.exercises for step in exercise.steps)):
            yield from (each.text, each.help or "", *each.choices, *each.labels)


def practice_titles(packs: Mapping[str, Pack]) -> dict[str, str]:
    """Practice id -> title, over all packs, in the packs' order."""
    return {practice.id: practice.title for pack in packs.values() for practice in pack.practices}
