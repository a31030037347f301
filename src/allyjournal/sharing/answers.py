"""The writer's answers to the questions that sharing asks: as text, for one coach, and what follows from them.

An answer holds wherever its key comes up again; that a word is kept, for one coach alone.
"""

import re
from collections.abc import Mapping
from typing import Any

import tomli
import tomlkit

from allyjournal.errors import AllyError

MOST = 4 * 1024 * 1024
KEEP, BLANK, PERSON = "keep", "blank", "@"
# No handle can be this: whoever it is, nothing of them is said.
BLANKED = "[blank]"
# A keep is what one coach may read; as it is written down, their handle follows.
KEEP_FOR = "keep for "


def with_answers(register: Mapping[str, Mapping[str, Any]], answers: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The register, and in it as phrases the words that were answered with a person."""
    people = {handle: dict(person) for handle, person in register.items()}
    for key, answer in answers.items():
        if answer.startswith(PERSON) and key.startswith("word "):
            person = people.setdefault(answer[1:], {})
            person["phrases"] = [*person.get("phrases", []), key.removeprefix("word ")]
    return people


def with_blanks(register: Mapping[str, Mapping[str, Any]], answers: Mapping[str, str]) -> dict[str, Mapping[str, Any]]:
    """The register, and in it, as one who has no name (`BLANKED`), the words that were blanked out."""
    words = [
        key.removeprefix("word ") for key, answer in answers.items() if answer == BLANK and key.startswith("word ")
    ]
    return {**register, BLANKED: {"phrases": words}} if words else dict(register)


def read(text: str) -> dict[str, str]:
    """Answers as `to_text` wrote them. Raises AllyError where it is something else."""
    try:
        table = tomli.loads(text) if len(text) <= MOST else None
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        table = None
    is_answer = table is not None and all(
        isinstance(each, str)
        and (
            each == BLANK
            or each.removeprefix(KEEP_FOR) not in (each, "")
            or each.removeprefix(PERSON) not in (each, "")
        )
        for each in table.values()
    )
    if table is None or not is_answer:
        raise AllyError(
            f'these are no answers; each is "{KEEP_FOR}" and a coach, "{BLANK}" or "{PERSON}" with a handle.'
        )
    return table


def for_coach(answers: Mapping[str, str], coach: str) -> dict[str, str]:
    """What holds when something is shared with this coach: what another may read is asked about again."""
    own = f"{KEEP_FOR}{coach}"
    return {
        key: KEEP if answer == own else answer
        for key, answer in answers.items()
        if answer == own or not answer.startswith(KEEP_FOR)
    }


def of_coach(answers: Mapping[str, str], coach: str) -> dict[str, str]:
    """The same as it is written down."""
    return {key: f"{KEEP_FOR}{coach}" if answer == KEEP else answer for key, answer in answers.items()}


def to_text(answers: Mapping[str, str]) -> str:
    """The answers as TOML, in order."""
    return str(tomlkit.dumps(dict(sorted(answers.items()))))


def renamed(text: str, old: str, new: str) -> str:
    """The answers' text with the person `old` called `new`. Raises AllyError as `read` does."""
    before = read(text)
    after = {key: PERSON + new if answer == PERSON + old else answer for key, answer in before.items()}
    return to_text(after) if after != before else text


def is_kept(key: str, answers: Mapping[str, str]) -> bool:
    """Whether a finished file may hold that word: formats break lines elsewhere, so a word beside it may be missing."""
    if answers.get(key) == KEEP:
        return True
    return any(answer == KEEP and _is_same(key, each) for each, answer in answers.items() if each.startswith("name "))


def _is_same(one: str, other: str) -> bool:
    parts = [re.split("[<>]", each.removeprefix("name ")) for each in (one, other)]
    return parts[0][1:2] == parts[1][1:2] and all(
        not mine.strip() or not theirs.strip() or mine.strip() == theirs.strip()
        for mine, theirs in zip(*(part[::2] for part in parts), strict=False)
    )
