"""Entries as one Markdown document."""

from collections.abc import Mapping, Sequence

from allyjournal.dates import show_day
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack
from allyjournal.sharing.formats import Say, quiet
from allyjournal.sharing.formats.markdown_share import render_share

__all__ = ["IS_TEXT", "SUFFIX", "render", "render_share"]
SUFFIX = ".md"
IS_TEXT = True


def render(entries: Sequence[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """Each entry under a heading with its day and title."""
    parts = [f"# {_heading(entry)}{_marks(entry)}\n\n{entry.body.strip()}" for entry in entries]
    return ("\n\n".join(parts) + "\n" * bool(parts)).encode()


def _heading(entry: Entry) -> str:
    title = " ".join(entry.title.split()) or entry.kind.capitalize()
    return f"{show_day(entry.date)} {entry.date.year} · {title}"


def _marks(entry: Entry) -> str:
    """What a reader must know of an entry beside its words."""
    marks = ["what others said"] if entry.voice == "others" else []
    marks += ["unfinished"] if entry.next_step else []
    return f" ({', '.join(marks)})" if marks else ""
