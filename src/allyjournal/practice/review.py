"""A period looked back on: what was written, what got least, what is promised, and where each figure comes from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from allyjournal.dates import Period
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.practice.commitments import LASTING, REACHES, Promised, is_open, is_overdue, promised
from allyjournal.practice.material import Frame, Material, belongs, has_figures

# Entries that hold what others said, unasked.
OTHERS = "others"
# From a month on a review says that nothing lasting was done also where nothing was kept.
LONG_DAYS = 27
# Borton's three questions, "what? so what? now what?", as packs name the stages of their prompts.
STAGES = {"what": "what", "so-what": "so what", "now-what": "now what"}
# Fewer uses of a tag than this are no theme that rises.
FEWEST_RISING, MOST_RISING = 2, 5

Found = dict[str, tuple[Known, ...]]


class Figures(NamedTuple):
    """How many entries, on how many days, of how many words."""

    entries: int
    days: int
    words: int


class Review(NamedTuple):
    """One period looked back on. What is counted is kept as the entries it comes from.

    `practice_entries` has every practice of the frame, in its order; the tags and people that are in most entries
    come first. `promised` are the commitments made in the period, and earlier ones that came due, were closed or
    are overdue in it.
    """

    frame: Frame
    material: Material
    practice_entries: Found
    tag_entries: Found
    people_entries: Found
    promised: tuple[Promised, ...]

    @property
    def period(self) -> Period:
        """Which days it is about."""
        return self.frame.period

    @property
    def entries(self) -> Sequence[Known]:
        """The entries of the period, oldest first."""
        return self.material.within

    @property
    def figures(self) -> Figures:
        """Entries, days and words of the period."""
        return figures_of(self.entries)

    @property
    def days(self) -> int:
        """On how many days something was written."""
        return self.figures.days

    @property
    def words(self) -> int:
        """How many words the writer wrote; those of kept reviews, which are mostly figures, are not counted."""
        return self.figures.words

    @property
    def practices(self) -> dict[str, int]:
        """How many entries belong to each practice."""
        return {each: len(entries) for each, entries in self.practice_entries.items()}

    @property
    def tags(self) -> dict[str, int]:
        """How many entries have each tag, the most first."""
        return {each: len(entries) for each, entries in self.tag_entries.items()}

    @property
    def people(self) -> dict[str, int]:
        """How many entries mention each person, the most first."""
        return {each: len(entries) for each, entries in self.people_entries.items()}

    @property
    def starred(self) -> list[Known]:
        """The entries with a star."""
        return [entry for entry in self.entries if entry.starred]

    @property
    def least(self) -> list[str]:
        """The practices that got least attention: those with the smallest count. Empty if all got the same."""
        fewest = min(self.practices.values(), default=0)
        found = [each for each, count in self.practices.items() if count == fewest]
        return found if len(found) < len(self.practices) else []

    @property
    def own(self) -> list[Known]:
        """What the writer says of themselves."""
        return [entry for entry in self.entries if entry.voice != OTHERS]

    @property
    def recognition(self) -> list[Known]:
        """What others said, kept apart from that."""
        return [entry for entry in self.entries if entry.voice == OTHERS]

    @property
    def feedback_on(self) -> dict[str, list[Entry]]:
        """What coaches wrote about the entries of the period, by the entry's id (or path)."""
        found: dict[str, list[Entry]] = {each.id or each.path: [] for each in self.entries}
        for each in self.material.feedback:
            found.get(each.reply_to or "", []).append(each)
        return {name: those for name, those in found.items() if those}

    @property
    def other_feedback(self) -> list[Entry]:
        """What coaches wrote in the period about anything else."""
        on = {each.path for those in self.feedback_on.values() for each in those}
        return [each for each in self.material.feedback if each.path not in on]

    @property
    def stage_answers(self) -> dict[str, list[Known]]:
        """For each stage, the entry of each answer to a prompt of it; prompts that no pack knows are not counted."""
        found: dict[str, list[Known]] = {each: [] for each in STAGES}
        for entry in self.entries:
            for prompt in entry.prompts if entry.exercise is None else ():
                found.get(self.frame.stages.get(prompt, ""), []).append(entry)
        return found

    @property
    def rising(self) -> dict[str, int]:
        """The tags that are in more entries than in the period before, and in how many they were there."""
        earlier = Counter(tag for entry in self.material.before for tag in entry.all_tags)
        found = {tag: earlier[tag] for tag, count in self.tags.items() if count > earlier[tag]}
        grown = [tag for tag in found if self.material.before and self.tags[tag] >= FEWEST_RISING]
        most = sorted(grown, key=lambda tag: found[tag] - self.tags[tag])[:MOST_RISING]
        return {tag: found[tag] for tag in most}

    @property
    def absent(self) -> list[str]:
        """The writer's own people who are in no entry of the period."""
        return [each for each in self.material.handles if each not in self.people_entries]

    @property
    def reached(self) -> dict[str, list[Promised]]:
        """The commitments by how far they reach, the nearest first."""
        found: dict[str, list[Promised]] = {each: [] for each in REACHES}
        for each in self.promised:
            if each.commitment.reach:
                found.setdefault(each.commitment.reach, []).append(each)
        return {reach: those for reach, those in found.items() if those}

    @property
    def reach(self) -> dict[str, int]:
        """How many commitments reach how far, the nearest first."""
        return {reach: len(those) for reach, those in self.reached.items()}

    @property
    def plainly(self) -> str:
        """Said where what was kept changed no structure and ceded no power; in a week without anything kept, too soon.

        Else empty.
        """
        kept = [each.commitment.reach for each in self.commitments("kept")]
        stayed = bool(kept or (self.promised and self.is_long)) and not set(kept) & set(LASTING)
        return "No structure was changed and no power ceded in this time." if stayed else ""

    @property
    def is_long(self) -> bool:
        """Whether the period is a month or more."""
        first, last = self.period.first, self.period.last
        return first is None or last is None or (last - first).days >= LONG_DAYS

    def commitments(self, status: str) -> list[Promised]:
        """The commitments `made` in the period; those `open` (and not yet overdue), `overdue`, `kept` or `dropped`."""
        if status == "made":
            return [each for each in self.promised if each.entry.date in self.period]
        if status == "overdue":
            return [each for each in self.promised if is_overdue(each, self.frame.today)]
        if status == "open":
            return [each for each in self.promised if is_open(each) and not is_overdue(each, self.frame.today)]
        return [each for each in self.promised if each.commitment.status == status]


def review(material: Material, frame: Frame) -> Review:
    """Look back on the period of `frame`; a practice that it has no title for is called by its id."""
    within = material.within
    practices: dict[str, list[Known]] = {each: [] for each in frame.titles}
    for entry in within:
        for each in dict.fromkeys(entry.practices):
            practices.setdefault(each, []).append(entry)
    titles = {each: frame.titles.get(each) or frame.other_titles.get(each, each) for each in practices}
    every = promised(sorted([*material.promising, *within], key=lambda entry: (entry.created, entry.path)))
    return Review(
        frame._replace(titles=titles),
        material,
        {each: tuple(entries) for each, entries in practices.items()},
        most_first((entry, entry.all_tags) for entry in within),
        most_first((entry, entry.all_people) for entry in within),
        tuple(each for each in every if belongs(each, frame.period, frame.today)),
    )


def figures_of(entries: Sequence[Known]) -> Figures:
    """How many entries there are, on how many days, and the words that the writer wrote in them."""
    words = sum(0 if has_figures(entry) else entry.words for entry in entries)
    return Figures(len(entries), len({entry.date for entry in entries}), words)


def most_first(named: Iterable[tuple[Known, Sequence[str]]]) -> Found:
    """The entries of each name: the name with most of them first, then by the alphabet."""
    found: dict[str, list[Known]] = {}
    for entry, names in named:
        for name in names:
            found.setdefault(name, []).append(entry)
    return {name: tuple(entries) for name, entries in sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))}


def named(entries: Iterable[Known]) -> Iterator[str]:
    """What names each of the entries, once."""
    return iter(dict.fromkeys(entry.selector for entry in entries))


def refs(found: Iterable[Promised]) -> Iterator[str]:
    """What names each of the commitments."""
    return (each.commitment.ref for each in found)
