"""A journal of which something was shared, as the tests of sharing begin with."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from allyjournal.sharing import marked_markdown, receipts
from allyjournal.sharing.document import Document, Share, places, shared
from allyjournal.sharing.formats.markdown_share import render_share
from allyjournal.sharing.receipt import Receipt, receipt_of

SHARE = Share("s7m2q9xr4t", "maria", "Maria")
MADE = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)
NAMES = {"priya": "Alder", "tom": "Heron"}
ONE, TWO, THREE = "Whose ideas get passed over?", "What will you do about it?", "Who is missing?"
# The journal's words, and what leaves of them.
WRITTEN = {
    "a2b3c4d5e6": (f"## {ONE}\n\n@priya spoke.\nTom did not.\n\n## {TWO}\n\nAsk first. #hiring", (ONE, TWO)),
    "b2b3c4d5e6": (f"Before it all.\n\n## {THREE}\n\nThe one who never writes.", (THREE,)),
}
REDACTED = {"@priya": "@alder", "Tom": "Heron"}


def entry(name: str, text: str, asked: Sequence[str]) -> Entry:
    """One reflection."""
    prompts = tuple(f"p.{number}" for number, _ in enumerate(asked, 1))
    day = date(2026, 11, 20)
    return Entry(id=name, date=day, created=MADE, kind="reflection", prompts=prompts, asked=tuple(asked), body=text)


def journal_at(folder: Path) -> Journal:
    """A journal with the entries above."""
    journal = Journal(folder)
    for name, (text, asked) in WRITTEN.items():
        journal.add(entry(name, text, asked))
    return journal


def leaving() -> list[Entry]:
    """The entries as they leave."""
    found = []
    for name, (text, asked) in WRITTEN.items():
        for old, new in REDACTED.items():
            text = text.replace(old, new)
        found.append(entry(name, text, asked))
    return found


@cache
def a_document() -> Document:
    """The document that is shared."""
    return shared(leaving(), {}, SHARE, MADE.date())


@cache
def a_receipt(form: str = "html") -> Receipt:
    """Its receipt."""
    marks = marked_markdown.marks(render_share(a_document()).decode(), SHARE.id) if form == "md" else None
    originals = [entry(name, *words) for name, words in WRITTEN.items()]
    people = {"priya": 1, "tom": 1, "noor": 0}
    return receipt_of(a_document(), places(leaving()), originals, made=MADE, form=form, people=people, marks=marks)


def keep(journal: Journal, form: str = "html") -> Receipt:
    """Put the receipt into a journal."""
    receipt = a_receipt(form)
    receipts.keep(journal, receipt, NAMES)
    return receipt
