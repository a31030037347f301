"""A coach's comments as entries of the journal: one for each entry that they are about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from allyjournal.dates import show_short
from allyjournal.journal import document
from allyjournal.journal.blocks import open_fence
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import KIND, is_about
from allyjournal.practice.interview import with_mentions
from allyjournal.sharing.comments import Comments
from allyjournal.sharing.inert import kept
from allyjournal.sharing.receipt import Receipt


class Piece(NamedTuple):
    """One comment: the entry it is about (None: about all of it), the prompt it answers, and the words.

    What is said of a private entry is private, too.
    """

    entry: str | None
    asked: str
    text: str
    private: bool = False


def pieces(found: Comments, receipt: Receipt, names: Mapping[str, str], entries: Mapping[str, Entry]) -> list[Piece]:
    """The comments in the order of what was shared, pseudonyms as people again.

    `names` is handle -> pseudonym, `entries` id (or path) -> entry for those that were shared and are there.
    """
    said = dict(found.answers)
    made = [
        Piece(
            entry, _asked(entries.get(entry), answer.prompt), words(said[ref], names), _is_private(entries.get(entry))
        )
        for ref, (entry, answer) in receipt.answers.items()
        if ref in said
    ]
    if found.overall:
        asked = f"About what you shared on {show_short(receipt.day)}"
        made.append(Piece(None, asked, words(found.overall, names)))
    return made


def words(text: str, names: Mapping[str, str]) -> str:
    """A coach's words as they are kept; a code fence that is left open is closed."""
    text = kept(text, names)
    fence = open_fence(text)
    return f"{text}\n{fence}" if fence else text


def entries_of(found: Sequence[Piece], coach: str, existing: Sequence[Entry], make: Callable[[], Entry]) -> list[Entry]:
    """The feedback entries that are still to be kept. A comment that `existing` has already is not made again.

    `make` gives an entry of now, without words.
    """
    by_entry: dict[str | None, list[str]] = {}
    for each in found:
        block = f"## {each.asked}\n\n{each.text}" if each.asked else each.text
        if not any(_has(entry.body, block) for entry in existing if is_about(entry, each.entry)):
            by_entry.setdefault(each.entry, []).append(block)
    private = {each.entry for each in found if each.private}
    return [
        replace(_entry(make(), entry, blocks, coach), private=entry in private) for entry, blocks in by_entry.items()
    ]


def _is_private(entry: Entry | None) -> bool:
    return entry is not None and entry.private


def _asked(entry: Entry | None, prompt: str | None) -> str:
    """The prompt of an answer, word for word."""
    asked = dict(zip(entry.prompts, entry.asked, strict=False)) if entry else {}
    return " ".join(asked.get(prompt or "", "").split())


def _has(body: str, block: str) -> bool:
    """Whether a body has these words as paragraphs of their own."""
    return f"\n\n{block}\n\n" in f"\n\n{body.strip()}\n\n"


def _entry(made: Entry, about: str | None, blocks: Sequence[str], coach: str) -> Entry:
    body = ""
    for block in blocks:
        body = document.with_block(body, block)
    entry = replace(made, kind=KIND, voice="others", title=f"From {coach}", reply_to=about, body=body)
    return with_mentions(entry)
