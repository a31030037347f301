"""people.toml: the people the writer writes about. Names, aliases and a pseudonym for each handle.

The file is the writer's: comments, order and spacing stay as they are.
"""

import re
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError

from allyjournal import files
from allyjournal.errors import AllyError
from allyjournal.journal.folder import Journal

NAME = "people.toml"
# Characters; a register of some thousand people.
MOST = 256 * 1024
KEYS = ("names", "aliases", "pseudonym")


def changed(text: str, handle: str, names: list[str], aliases: list[str], pseudonym: str | None) -> str:
    """The file's text with these names and aliases added to `handle`, and the pseudonym set.

    Raises AllyError naming file and line if the text is not TOML, or the handle's entry is no table.
    """
    _check_size(text)
    try:
        document: Any = tomlkit.parse(text)
    except ParseError as error:
        raise AllyError(f"{NAME}:{error.line}: this is not TOML; mend that line first. Nothing was changed.") from None
    if handle not in document:
        document[handle] = tomlkit.table()
    person = document[handle]
    if not isinstance(person, dict):
        raise AllyError(f"{NAME}: {handle} is not a table; write [{handle}] and its keys under it.")
    for key, more in (("names", names), ("aliases", aliases)):
        _extend(person, key, more, handle)
    if pseudonym:
        person["pseudonym"] = pseudonym
    return str(tomlkit.dumps(document))


def renamed(text: str, old: str, new: str) -> str:
    """The file's text with `old` called `new`; where both are there, the names of both under `new`.

    Only the heading changes where `old` has one of its own.

    Raises AllyError as `changed` does.
    """
    table = read(text)
    if old not in table or old == new:
        return text
    person, there = table[old], table.get(new, {})
    if new not in table:
        heading = rf"""^([ \t]*\[[ \t]*)(?:"{re.escape(old)}"|'{re.escape(old)}'|{re.escape(old)})([ \t]*\])"""
        retitled = re.sub(heading, rf"\g<1>{_key(new)}\g<2>", text, count=1, flags=re.M)
        if retitled != text and read(retitled).get(new) == person:
            return retitled
    pseudonym = None if "pseudonym" in there else person.get("pseudonym")
    document: Any = tomlkit.parse(changed(text, new, person.get("names", []), person.get("aliases", []), pseudonym))
    document.remove(old)
    return str(tomlkit.dumps(document))


def _key(handle: str) -> str:
    return handle if handle.isascii() else f'"{handle}"'


def of(journal: Journal) -> dict[str, dict[str, Any]]:
    """The journal's register; empty where there is none. Raises AllyError as `read` does."""
    return read(files.text_of(journal.root, NAME))


def read(text: str) -> dict[str, dict[str, Any]]:
    """Handle -> its table. Raises AllyError naming file and line, key and remedy."""
    _check_size(text)
    try:
        table = tomlkit.parse(text).unwrap()
    except ParseError as error:
        raise AllyError(f"{NAME}:{error.line}: this is not TOML; mend that line.") from None
    for handle, person in table.items():
        if not isinstance(person, dict):
            raise AllyError(f"{NAME}: {handle[:40]} is not a table; write [{handle[:40]}] and its keys under it.")
        for key, value in person.items():
            fits = isinstance(value, str) if key == "pseudonym" else isinstance(value, list)
            if key not in KEYS or not fits:
                raise AllyError(
                    f"{NAME}: {handle[:40]}.{key[:40]} is not right; the keys are names and aliases "
                    "(lists of text) and pseudonym (text)."
                )
    return table


def _check_size(text: str) -> None:
    if len(text) > MOST:
        raise AllyError(f"{NAME} is longer than {MOST // 1024} KiB; is it the right file? Nothing was changed.")


def _extend(person: Any, key: str, more: list[str], handle: str) -> None:
    if not more:
        return
    if key not in person:
        person[key] = tomlkit.array()
    if not isinstance(person[key], list):
        raise AllyError(f'{NAME}: {handle}.{key} is not a list; write {key} = ["…"].')
    for each in more:
        if each not in person[key]:
            person[key].append(each)
