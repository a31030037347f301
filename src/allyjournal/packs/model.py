"""What a pack is, once it has been judged. Plain values: no disk, no checking."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ORDERS = ("even", "sequence")
STAGES = ("what", "so-what", "now-what")
WHENS = ("any", "look-back", "look-forward", "week-end")
VOICES = ("self", "others")


@dataclass(frozen=True)
class Source:
    """Where a pack's ideas come from, as far as it is known."""

    work: str
    author: str | None = None
    publisher: str | None = None
    year: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Practice:
    """One practice that prompts and entries belong to. Its id is the same in every pack."""

    id: str
    title: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a prompt and a step of an exercise have in common: a text, and the kind of answer it wants."""

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


@dataclass(frozen=True, kw_only=True)
class Prompt(Asked):
    """One prompt. `was` holds its earlier ids, so that what was written under them still counts."""

    stage: str
    when: str = "any"
    voice: str = "self"
    was: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step(Asked):
    """One step of an exercise; an optional one may be left empty."""

    optional: bool = False


@dataclass(frozen=True)
class Exercise:
    """A guided exercise: its steps, in order."""

    id: str
    title: str
    summary: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Pack:
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
    where: str = field(default="", compare=False)
    shipped: bool = field(default=True, compare=False)

    @property
    def reference(self) -> str:
        """How an entry names the pack it drew on: `id@version`."""
        return f"{self.id}@{self.version}"


def practice_titles(packs: Mapping[str, Pack]) -> dict[str, str]:
    """Practice id -> title, over all packs, in the packs' order."""
    return {practice.id: practice.title for pack in packs.values() for practice in pack.practices}
