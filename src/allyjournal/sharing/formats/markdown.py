"""Entries, and a review, as one Markdown document."""

from collections.abc import Mapping, Sequence

from allyjournal.dates import show_day, show_period
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack
from allyjournal.practice.review import Review
from allyjournal.sharing.formats import Say, quiet
from allyjournal.sharing.formats.markdown_share import render_share

__all__ = ["IS_TEXT", "SUFFIX", "render", "render_review", "render_share"]
SUFFIX = ".md"
IS_TEXT = True


def render(entries: Sequence[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """Each entry under a heading with its day and title."""
    parts = [f"# {_heading(entry)}{_marks(entry)}\n\n{entry.body.strip()}" for entry in entries]
    return ("\n\n".join(parts) + "\n" * bool(parts)).encode()


def render_review(review: Review) -> str:
    """A review as Markdown: the same figures as on the screen, practices as a table."""
    entries = _counted(len(review.entries), "entry", "entries")
    rows = [
        f"# {show_period(review.period)}",
        "",
        f"{entries} on {_counted(review.days, 'day', 'days')}, {_counted(review.words, 'word', 'words')}.",
        "",
    ]
    rows += [f"- {_heading(entry)} ({entry.selector})" for entry in review.entries]
    if review.practices:
        rows += ["", "| Practice | Entries |", "| --- | ---: |"]
        rows += [f"| {_cell(review.titles[each])} | {count} |" for each, count in review.practices.items()]
    for heading, sign, counts in (("Tags", "#", review.tags), ("People", "@", review.people)):
        if counts:
            rows += ["", f"{heading}: " + ", ".join(f"{sign}{name} {count}" for name, count in counts.items())]
    if review.starred:
        rows += ["", "## Starred", "", *(f"- {_heading(entry)} ({entry.selector})" for entry in review.starred)]
    rows += _commitments(review)
    others = [f"- {_heading(entry)} ({entry.selector})" for entry in review.recognition]
    rows += ["", "## What others said", "", *others] if others else []
    return "\n".join(rows).rstrip() + "\n"


def _commitments(review: Review) -> list[str]:
    rows = ["", "## Commitments", ""] if review.promised else []
    for status in ("overdue", "open", "kept", "dropped"):
        for each in review.commitments(status):
            due = f", by {each.commitment.due.isoformat()}" if each.commitment.due else ""
            rows.append(f"- {each.commitment.text} ({status}{due})")
    return [*rows, "", *review.reach_said] if review.reach_said else rows


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _heading(entry: Entry) -> str:
    title = " ".join(entry.title.split()) or entry.kind.capitalize()
    return f"{show_day(entry.date)} {entry.date.year} · {title}"


def _marks(entry: Entry) -> str:
    """What a reader must know of an entry beside its words."""
    marks = ["what others said"] if entry.voice == "others" else []
    marks += ["unfinished"] if entry.next_step else []
    return f" ({', '.join(marks)})" if marks else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
