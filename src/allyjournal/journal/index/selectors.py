"""Which entry a selector names: `last`, `last~N`, the start of its id, its day, or its path."""

from collections.abc import Sequence
from datetime import date

from allyjournal.dates import parse_day
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal.card import Card
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import ALPHABET, LETTERS, Journal
from allyjournal.journal.index.index import Index

MOST_NAMED = 10
MOST_DIGITS = 6


def find(journal: Journal, index: Index, selector: str, today: date) -> Entry:
    """The one entry that `selector` names, read from its file.

    Raises AllyError when none or several fit, naming them; UnreadableFile if it cannot be read.
    """
    word = selector.strip()
    if word.endswith(".md") or "/" in word:
        return journal.read(journal.path_named(word))
    found = _fitting(index, word, selector, today)
    return journal.read(found.path)


def _fitting(index: Index, word: str, selector: str, today: date) -> Card:
    if word == "last" or word.startswith("last~"):
        return _last(index, word)
    prefix = word.casefold()
    if prefix[:1] in LETTERS and prefix[:1] and set(prefix) <= set(ALPHABET):
        matches = _certain(index, "id >= ? AND id < ?", (prefix, f"{prefix}~"))
        if matches:
            return _only(matches, selector)
    return _by_day(index, selector, today)


def _certain(index: Index, condition: str, values: Sequence[object]) -> list[Card]:
    """The cards that fit; that there is none is said only after a look at every file."""
    found = index.where(condition, values)
    return index.where(condition, values) if not found and index.look_at_all() else found


def _last(index: Index, word: str) -> Card:
    number = word.removeprefix("last").removeprefix("~") or "0"
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        raise UsageError(f'"{word[:40]}" names no entry; write last, last~1, last~2 …')
    entries = index.where("TRUE", limit=int(number) + 1)
    if len(entries) <= int(number):
        count = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
        raise AllyError(f"The journal has only {count}." if entries else "There is no entry yet.")
    return entries[0]


def _by_day(index: Index, selector: str, today: date) -> Card:
    try:
        day = parse_day(selector, today)
    except UsageError:
        shown = selector if len(selector) <= 40 else selector[:40] + "…"
        raise AllyError(f'No entry is named "{shown}": give the start of its id, last, its day or its path.') from None
    entries = _certain(index, "day = ?", (day.isoformat(),))
    if not entries:
        raise AllyError(f"There is no entry of {day.isoformat()}.")
    return _only(entries, selector)


def _only(entries: Sequence[Card], selector: str) -> Card:
    if len(entries) == 1:
        return entries[0]
    rows = [f"  {each.id or '-'}  {each.date.isoformat()}  {each.title}  {each.path}" for each in entries[:MOST_NAMED]]
    if len(entries) > MOST_NAMED:
        rows.append(f"  and {len(entries) - MOST_NAMED} more; `ally list --on DAY` has all")
    raise AllyError("\n".join([f'"{selector[:40]}" names {len(entries)} entries; name one of them:', *rows]))
