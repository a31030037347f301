"""A person's pseudonym in place of their handle, names and aliases, in the files of a journal.

What is surely them is replaced; what may be them (a name that is also a word) stays, and is counted.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import tomlkit

from allyjournal.errors import Refused, UnreadableFile
from allyjournal.journal import document, people, properties
from allyjournal.journal.blocks import HEADING, rows
from allyjournal.journal.entry import Entry
from allyjournal.sharing import answers
from allyjournal.sharing.edits import Edit, edited
from allyjournal.sharing.names import Hit, Names, find
from allyjournal.sharing.pseudonyms import WORDS, as_handle
from allyjournal.sharing.skeleton import skeleton

ROUNDS = 3
# Properties that a name cannot stand in: ids, days, kinds and marks. The lists and the title have ways of their own.
_FIXED = (
    *("id", "date", "created", "kind", "pack", "prompts", "practices", "exercise", "next-step", "voice", "edited"),
    *("starred", "private", "for-coach", "reply-to", "title", "asked", "tags", "people"),
)


class Who(NamedTuple):
    """Whom to forget: their handle, the name and the handle they get, and the tables of everybody's names."""

    handle: str
    pseudonym: str
    new: str
    names: Names


class Forgotten(NamedTuple):
    """A file as it becomes. `forms` counts what is replaced, as (what stood there, what stands there now).

    `doubtful` counts what may be them and stays; `is_left` says that a name still stands in the properties.
    """

    data: bytes
    forms: Counter[tuple[str, str]]
    doubtful: Counter[str]
    is_left: bool = False


def in_entry(data: bytes, entry: Entry, who: Who) -> Forgotten:
    """An entry's file, which reads as `entry`, without the person. Raises Refused if it cannot be changed so."""
    made = _Forgetting(who, frozenset(entry.all_people))
    if entry.readonly:
        made.text(entry.body)
        if made.forms:
            raise Refused(f"{entry.path} is not UTF-8 text; nothing was changed.")
        return Forgotten(data, made.forms, made.doubtful)
    try:
        new = _in_entry(data, entry, made)
    except UnreadableFile as error:
        raise Refused(f"{error}. Nothing was changed.") from None
    if not made.forms:
        return Forgotten(data, made.forms, made.doubtful)
    front = new[: len(new) - len(document.body_of(new, entry.path))]
    return Forgotten(new.encode(), made.forms, made.doubtful, bool(made.sure_hits(front)))


def in_register(text: str, who: Who) -> str:
    """people.toml without the names: what is left of the person is the pseudonym, under its handle.

    Raises AllyError as `people.read` does.
    """
    table = people.read(text)
    made = _Forgetting(who, frozenset())
    register: Any = tomlkit.parse(text)
    if who.handle in table:
        register.remove(who.handle)
    rest = str(tomlkit.dumps(register))
    lines = [line if line.lstrip().startswith("[") else made.text(line) for line in rest.split("\n")]
    new = "\n".join(lines)
    if who.handle in table and who.new not in people.read(new):
        own = tomlkit.dumps({who.new: {"pseudonym": who.pseudonym}})
        new = f"{new.rstrip()}\n\n{own}" if new.strip() else own
    people.read(new)
    return new


def in_answers(text: str, who: Who) -> str:
    """What was answered when something was shared, without what says who the person is; it is asked again.

    Raises AllyError as `answers.read` does.
    """
    before = answers.read(text)
    whose = f"{answers.PERSON}{who.handle}"
    after = {key: answer for key, answer in before.items() if answer != whose and not names_them(key, who)}
    return answers.to_text(after) if after != before else text


def names_them(text: str, who: Who) -> bool:
    """Whether a text surely has the person in it."""
    return bool(_Forgetting(who, frozenset()).sure_hits(text))


def made_up(taken: Collection[str], names: Names, choose: Callable[[Sequence[str]], str]) -> str:
    """A pseudonym that nobody has. `taken` are names and handles in use, folded; `choose` picks one of several."""
    free = [word for word in sorted(WORDS) if word.casefold() not in taken and not find(skeleton(word), names)]
    number = 2
    while not free:
        free = [each for word in sorted(WORDS) if (each := f"{word}-{number}").casefold() not in taken]
        number += 1
    return choose(free)


def in_use(register: Mapping[str, Mapping[str, Any]], handle: str, mentioned: Collection[str]) -> set[str]:
    """Every handle, name, alias and pseudonym of somebody else than `handle`, folded."""
    found = {each.casefold() for each in mentioned if each != handle}
    for other, person in register.items():
        if other != handle:
            words = [other, *person.get("names", ()), *person.get("aliases", ()), person.get("pseudonym", "")]
            found |= {str(word).casefold() for word in words if word}
            found |= {as_handle(str(person["pseudonym"]))} if person.get("pseudonym") else set()
    return found


class _Forgetting:
    """One file on its way: what was replaced, and what may have to be."""

    def __init__(self, who: Who, present: frozenset[str]) -> None:
        self.who, self.present = who, present
        self.forms: Counter[tuple[str, str]] = Counter()
        self.doubtful: Counter[str] = Counter()

    def text(self, text: str, is_tag: bool = False) -> str:
        """A text without the person."""
        for number in range(ROUNDS):
            hits = self._hits(text, is_tag)
            if not number:
                self.doubtful.update(_one_line(text[hit.start : hit.end]) for hit in hits if not hit.is_sure)
            edits = [self._edit(text, hit, is_tag) for hit in hits if hit.is_sure]
            if not edits:
                break
            self.forms.update((_one_line(text[each.start : each.end]), each.new) for each in edits)
            text = edited(text, edits).text
        return text

    def body(self, text: str, asked: Mapping[str, str]) -> str:
        """A body; a heading that puts a prompt says what the prompt says by now (`asked`: before -> after)."""
        pieces, position = [], 0
        for row in rows(text) if asked else ():
            words = row.text[row.begin - row.start :].removeprefix("##").strip()
            if row.kind == HEADING and row.depth == 0 and words in asked:
                start = text.index(words, row.begin)
                pieces += [self.text(text[position:start]), asked[words]]
                position = start + len(words)
        return "".join([*pieces, self.text(text[position:])])

    def sure_hits(self, text: str) -> list[Hit]:
        """Where they surely stand."""
        return [hit for hit in self._hits(text, False) if hit.is_sure]

    def _hits(self, text: str, is_tag: bool) -> list[Hit]:
        found = find(skeleton(text), self.who.names, self.present, is_tag)
        return [hit for hit in found if hit.handle == self.who.handle]

    def _edit(self, text: str, hit: Hit, is_tag: bool) -> Edit:
        new = self.who.pseudonym
        if hit.is_mention:
            new = f"@{self.who.new}"
        elif is_tag or re.search(r"[#@][\w/-]*$", text[max(0, hit.start - 80) : hit.start]):
            new = self.who.new
        return Edit(hit.start, hit.end, new, "name", hit.handle)


def _in_entry(data: bytes, entry: Entry, made: _Forgetting) -> str:
    who, path = made.who, entry.path
    if who.handle in entry.people:
        data = properties.renamed(data, entry, "people", {who.handle: who.new})
    tags = {tag: made.text(tag, is_tag=True) for tag in entry.tags}
    tags = {tag: new for tag, new in tags.items() if tag != new}
    if tags:
        data = properties.renamed(data, _again(data, entry), "tags", tags)
    text = data.decode("utf-8")
    title, asked = made.text(entry.title), {each: made.text(each) for each in entry.asked}
    changes: dict[str, properties.Value] = {"title": title} if title != entry.title else {}
    if any(before != after for before, after in asked.items()):
        changes["asked"] = tuple(asked[each] for each in entry.asked)
    text = properties.with_properties(text, changes, path) if changes else text
    body = document.body_of(text, path)
    front = text[: len(text) - len(body)]
    new = _in_front(front, made) + made.body(body, {before.strip(): after for before, after in asked.items()})
    if who.handle in entry.people and not made.forms:
        made.forms[(f"@{who.handle}", f"@{who.new}")] += 1
    new = properties.with_day(new, entry) if made.forms else new
    after = _again(new.encode(), entry)
    if (after.id, after.date, after.created) != (entry.id, entry.date, entry.created) or after.title != title:
        raise Refused(f"{path} could not be changed without touching other lines; nothing was changed.")
    return new


def _in_front(front: str, made: _Forgetting) -> str:
    """The front matter with the person gone from the properties that are the writer's own."""
    lines, is_own = [], False
    for line in front.splitlines(keepends=True):
        key = re.match(r"([^\s#:'\"-][^:]*):", line)
        is_own = key[1].strip() not in _FIXED if key else is_own or line.lstrip().startswith("#")
        lines.append(made.text(line) if is_own and line.strip() not in ("---", "...") else line)
    return "".join(lines)


def _again(data: bytes, entry: Entry) -> Entry:
    never = entry.created
    return document.from_bytes(data, document.Fallback(entry.path, lambda: never))


def _one_line(text: str) -> str:
    return " ".join(text.split())
