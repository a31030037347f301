"""The kinds of answer. Each says how it is asked for, what it takes, and how it stands in an entry.

To add a kind: a class here and its line in KINDS.
"""

import unicodedata
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple, Protocol

from allyjournal.dates import parse_day, parse_due
from allyjournal.errors import UsageError
from allyjournal.packs.model import Prompt

# A sentence typed where a name is asked for would become a handle nobody meant.
LONGEST_HANDLE = 40


class DoesNotFit(UsageError):
    """What was typed is no answer of this kind; the message says what is. Without the typed words."""


class Given(NamedTuple):
    """An answer as it will stand in the entry, in Markdown, and the people it names."""

    text: str
    people: tuple[str, ...] = ()


class Kind(Protocol):
    """One kind of answer."""

    several_lines: bool

    def hint(self, asked: Prompt) -> str:
        """One line that says what to type; empty for free text."""

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        """What was typed -> the Markdown for the entry. Raises DoesNotFit."""

    def tell(self, text: str, asked: Prompt) -> Any:
        """The Markdown read back as a value for JSON; None when it does not read back."""


class Text:
    """Free text, kept as it is."""

    several_lines = True

    def hint(self, asked: Prompt) -> str:
        return ""

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        return Given(typed)

    def tell(self, text: str, asked: Prompt) -> Any:
        return text


class Listing:
    """Several short answers, one a line; `-` lines in the entry."""

    several_lines = True

    def hint(self, asked: Prompt) -> str:
        return "One a line."

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        items = [_without_bullet(line) for line in typed.splitlines()]
        return Given("\n".join(f"- {item}" for item in items if item))

    def tell(self, text: str, asked: Prompt) -> Any:
        lines = [line for line in text.splitlines() if line.strip()]
        return [line[2:] for line in lines] if all(line.startswith("- ") for line in lines) else None


class Choice:
    """One of the labels the pack offers, by number or by name."""

    several_lines = False

    def hint(self, asked: Prompt) -> str:
        rows = [f"{number}. {label}" for number, label in enumerate(asked.choices, 1)]
        return "\n".join([*rows, f"A number from 1 to {len(rows)}, or the word."])

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        wanted = typed.strip().casefold()
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 and 1 <= int(wanted) <= len(asked.choices):
            return Given(asked.choices[int(wanted) - 1])
        for label in asked.choices:
            if label.casefold() == wanted:
                return Given(label)
        raise DoesNotFit(f"Choose a number from 1 to {len(asked.choices)}, or type one of the words as it stands.")

    def tell(self, text: str, asked: Prompt) -> Any:
        return text if text in asked.choices else None


class Scale:
    """A whole number between two ends; `4/5` in the entry."""

    several_lines = False

    def hint(self, asked: Prompt) -> str:
        low, high = _ends(asked)
        ends = f" ({low} = {asked.labels[0]}, {high} = {asked.labels[-1]})" if len(asked.labels) > 1 else ""
        return f"A number from {low} to {high}{ends}."

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        low, high = _ends(asked)
        number = typed.strip().removesuffix(f"/{high}").strip()
        if not (number.isascii() and number.isdigit() and len(number) < 4 and low <= int(number) <= high):
            raise DoesNotFit(f"Give a whole number from {low} to {high}.")
        return Given(f"{int(number)}/{high}")

    def tell(self, text: str, asked: Prompt) -> Any:
        low, high = _ends(asked)
        number, slash, end = text.partition("/")
        fits = slash and end == str(high) and number.isascii() and number.isdigit() and len(number) < 4
        return int(number) if fits and low <= int(number) <= high else None


# "Ana María de la Cruz" has five words; a sentence about somebody is no name.
MOST_NAMES = 6
_NOT_IN_NAMES = frozenset(',;:!?()"\n')


class Person:
    """A name or a handle; `@handle` in the entry."""

    several_lines = False

    def hint(self, asked: Prompt) -> str:
        return "A name, or a handle such as @priya."

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        handle = to_handle(typed)
        if len(typed.split()) > MOST_NAMES or set(typed.strip()) & _NOT_IN_NAMES:
            raise DoesNotFit("Give the name alone, such as Priya or @priya; nothing you typed is lost.")
        if not handle:
            raise DoesNotFit("A name begins with a letter, such as Priya or @priya.")
        if len(handle) > LONGEST_HANDLE:
            raise DoesNotFit("That is long for a name; give the name alone, such as Priya or @priya.")
        return Given(f"@{handle}", (handle,))

    def tell(self, text: str, asked: Prompt) -> Any:
        handle = text.removeprefix("@")
        return handle if text.startswith("@") and handle and to_handle(handle) == handle.casefold() else None


class Day:
    """A day; ISO in the entry. Looks forward when the prompt does."""

    several_lines = False

    def hint(self, asked: Prompt) -> str:
        return "A day, such as 2026-11-26, friday or yesterday."

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        forward = asked.when == "look-forward"
        readers = (parse_due, parse_day) if forward else (parse_day, parse_due)
        for read in readers:
            try:
                return Given(read(typed, today).isoformat())
            except UsageError:
                continue
        raise DoesNotFit("Give a day, such as 2026-11-26, friday or yesterday.")

    def tell(self, text: str, asked: Prompt) -> Any:
        try:
            return date.fromisoformat(text).isoformat() if len(text) == 10 else None
        except ValueError:
            return None


class Commitment:
    """Something to do, and by when; a task line in the entry, with a short reference of its own.

    Typed as one line, and the day on a second one, since a day is never read out of a sentence.
    """

    several_lines = False

    def hint(self, asked: Prompt) -> str:
        return "If … then I will …"

    def parse(self, typed: str, asked: Prompt, today: date, new_ref: str) -> Given:
        text, _, day = typed.strip().partition("\n")
        if not text.strip():
            raise DoesNotFit("Say what you will do, in a sentence.")
        due = parse_when(day, today)
        fields = ([f"[due:: {due.isoformat()}]"] if due else []) + [f"[id:: {new_ref}]"]
        return Given(" ".join(["- [ ]", *text.split(), *fields]))

    def tell(self, text: str, asked: Prompt) -> Any:
        line, *outcomes = text.split("\n")
        is_task = line.startswith(("- [ ] ", "- [x] ", "- [-] "))
        return line if is_task and all(each[:1] in (" ", "\t", "") for each in outcomes) else None


KINDS: dict[str, Kind] = {
    "text": Text(),
    "list": Listing(),
    "choice": Choice(),
    "scale": Scale(),
    "person": Person(),
    "date": Day(),
    "commitment": Commitment(),
}


def to_handle(name: str) -> str:
    """A name as the handle that stands in entries: `Priya Shah` -> `priya-shah`; empty if it has no letter."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).removeprefix("@")
    kept = [char if char in "_-" or _is_of_a_word(char) else " " for char in folded]
    handle = "-".join("".join(kept).split()).strip("-_")
    while handle and not handle[0].isalpha():
        handle = handle[1:]
    return handle


def _is_of_a_word(char: str) -> bool:
    """A letter, a digit, or a mark that belongs to the letter before it."""
    return char.isalnum() or (not char.isascii() and unicodedata.category(char)[0] == "M")


def parse_when(typed: str, today: date) -> date | None:
    """The day by which a commitment is due; None for an empty line. Raises DoesNotFit."""
    if not typed.strip():
        return None
    due = None
    try:
        due = parse_due(typed, today)
    except UsageError:
        with suppress(UsageError):
            due = parse_day(typed, today)
        if due is None:
            raise DoesNotFit("Give a day, such as 2026-11-26, friday, next monday or in 2 weeks.") from None
    if due < today:
        raise DoesNotFit("That day is over; give one that is still to come.")
    return due


def _ends(asked: Prompt) -> tuple[int, int]:
    return (1 if asked.min is None else asked.min), (5 if asked.max is None else asked.max)


def _without_bullet(line: str) -> str:
    stripped = line.strip()
    return stripped[2:].strip() if stripped[:2] in ("- ", "* ", "+ ") else stripped
