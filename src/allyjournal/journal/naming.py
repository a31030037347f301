"""Tags and people over the whole journal: how often, since when; renamed everywhere, in properties and in text."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher

from allyjournal.journal import document, mentions, properties
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.journal.past import Use

ALIKE = 0.86
# Each is compared with each: more than these would take longer than the list is worth.
MOST_COMPARED = 500


def uses(entries: Iterable[Known], names: Callable[[Known], Sequence[str]]) -> list[Use]:
    """Every name that `names` gives for the entries, the most used first."""
    days: dict[str, list[date]] = {}
    for entry in entries:
        for name in names(entry):
            days.setdefault(name, []).append(entry.date)
    found = [Use(name, len(each), min(each), max(each)) for name, each in days.items()]
    return sorted(found, key=lambda use: (-use.times, use.name))


def alike(found: Sequence[Use]) -> list[tuple[str, str]]:
    """Pairs that may be one name written in two ways: the less used, the more used. None among too many names."""
    pairs = []
    if len(found) > MOST_COMPARED:
        return []
    for place, more in enumerate(found):
        for less in found[place + 1 :]:
            if _bare(more.name) == _bare(less.name) or _are_near(more.name, less.name):
                pairs.append((less.name, more.name))
    return pairs


def renamed(data: bytes, entry: Entry, sign: str, old: str, new: str) -> bytes:
    """An entry's file with `old` called `new`, in its properties and its running text; nothing else changes.

    `sign` is `#` or `@`. A tag takes the tags under it along: `work/hiring` becomes `job/hiring`. Raises
    Refused if the file cannot be changed so, UnreadableFile.
    """
    key = "tags" if sign == "#" else "people"
    now: tuple[str, ...] = getattr(entry, key)
    names = {name: new + name[len(old) :] for name in now if _moves(name, sign, old, new)}
    if names:
        data = properties.renamed(data, entry, key, names)
    text = data.decode("utf-8")
    body = document.body_of(text, entry.path)
    start = len(text) - len(body)
    pieces, position = [text[:start]], 0
    for mention in mentions.scan(body):
        if mention.sign == sign and _moves(mention.name, sign, old, new):
            pieces += [body[position : mention.start], sign, new, mention.name[len(old) :]]
            position = mention.end
    return properties.with_day("".join([*pieces, body[position:]]), entry).encode()


def _moves(name: str, sign: str, old: str, new: str) -> bool:
    """Whether `name` gets another name; one that is under the new name already stays."""
    return follows(name, sign, old) and not (follows(name, sign, new) and follows(new, sign, old))


def follows(name: str, sign: str, old: str) -> bool:
    """Whether `name` is `old`, or for tags one under it."""
    return name == old or (sign == "#" and name.startswith(f"{old}/"))


def _bare(name: str) -> str:
    return name.replace("-", "").replace("_", "").removesuffix("s")


def _are_near(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5 or one.startswith(f"{other}/") or other.startswith(f"{one}/"):
        return False
    pair = SequenceMatcher(None, one, other)
    # The two quick ones are upper bounds, and rule most pairs out.
    return all(ratio() >= ALIKE for ratio in (pair.real_quick_ratio, pair.quick_ratio, pair.ratio))
