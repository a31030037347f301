"""One run of the program: what was asked for globally, and where things are."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from allyjournal import dates
from allyjournal.config import Settings
from allyjournal.errors import UnreadableFile
from allyjournal.journal.folder import Journal
from allyjournal.terminal import page
from allyjournal.terminal.safe import safe, safe_line

if TYPE_CHECKING:
    from allyjournal.journal.drafts import Drafts
    from allyjournal.journal.entry import Entry
    from allyjournal.journal.index.index import Index
    from allyjournal.packs.library import Library
    from allyjournal.terminal.ask import Terminal

PACKAGE = Path(__file__).parents[1]


@dataclass
class Session:
    """One run of the program: what was asked for globally, and where things are. Today is asked for here, once."""

    settings: Settings
    given: dict[str, Any]
    now: datetime = field(default_factory=dates.now)

    @property
    def json(self) -> bool:
        """Whether one JSON document is wanted on standard output."""
        return bool(self.given.get("json"))

    @cached_property
    def plain(self) -> bool:
        """No colour, no box, no redraw."""
        return bool(self.given.get("plain")) or self.settings.plain

    @cached_property
    def today(self) -> date:
        """The writer's day."""
        return dates.writers_day(self.now, self.settings.config.day_ends)

    @property
    def week_start(self) -> int:
        """0 for Monday to 6."""
        return self.settings.config.week_start

    @cached_property
    def journal(self) -> Journal:
        """The journal that this run is about."""
        return Journal(self.settings.journal(self.given.get("journal")))

    @cached_property
    def index(self) -> "Index":
        """What is known of that journal's entries without reading them."""
        from allyjournal.journal.index.index import Index
        from allyjournal.terminal.progress import Progress

        told = Progress(self.plain, bool(self.given.get("quiet"))).told
        return Index(self.journal, self.settings.places.cache / "index", told)

    def find(self, selector: str) -> "Entry":
        """The one entry that `selector` names. Raises AllyError when none or several fit; UnreadableFile."""
        from allyjournal.journal.index.selectors import find

        return find(self.journal, self.index, selector, self.today)

    @cached_property
    def drafts(self) -> "Drafts":
        """The drafts of that journal on this machine."""
        from allyjournal.journal.drafts import Drafts

        return Drafts(self.settings.places.state, self.journal)

    @cached_property
    def library(self) -> "Library":
        """The packs that can be asked from."""
        from allyjournal.packs import library

        shipped = library.shipped_folder(PACKAGE)
        cache, language = self.settings.places.cache / "packs", self.settings.config.language
        return library.load(shipped, self.journal.packs, cache, language)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Practice id -> title, over all packs."""
        from allyjournal.packs.model import practice_titles

        return practice_titles(self.library.packs)

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody to ask."""
        return sys.stdin.isatty() and not self.given.get("no_input")

    @cached_property
    def terminal(self) -> "Terminal":
        """How to ask them: with full editing where the terminal can, else in plain lines."""
        from allyjournal.terminal.ask import Full, Lines

        if page.is_colourful(sys.stdout, self.plain):
            return Full(sys.stdout)
        return Lines(sys.stdout if sys.stdout.isatty() else sys.stderr)

    def rhythm(self) -> str:
        """`3 of the last 4 weeks`, from the entries of those weeks; empty in a journal's first week."""
        from allyjournal.practice.schedule import show_rhythm

        return show_rhythm(*self.weeks())

    def weeks(self) -> tuple[int, int]:
        """In how many of the last weeks something was written, and how many are counted."""
        from allyjournal.journal.index import past
        from allyjournal.practice import schedule

        weeks = schedule.rhythm_weeks(self.today, self.week_start)
        first = self.index.ask(past.first_day)
        days = self.index.ask(lambda db: past.days(db, weeks))
        return schedule.rhythm([*days, *([first] if first else [])], self.today, self.week_start)

    def note(self, text: str) -> None:
        """Say something beside the result, on standard error; not with `-q`."""
        if not self.given.get("quiet"):
            warn(text)

    def show(self, shown: page.Page, pages: bool = True) -> None:
        """Write a page to standard output; through the pager if it is longer than the screen, unless not `pages`."""
        page.write(shown, self.plain, self.settings.pager if pages else "")

    def show_json(self, value: Any) -> None:
        """Write one JSON document to standard output."""
        import json

        sys.stdout.write(json.dumps(value, ensure_ascii=True, indent=2) + "\n")

    def name_unreadable(self, files: Sequence[UnreadableFile]) -> None:
        """Name each file that could not be read, also with `-q`: a missing entry is never passed over."""
        for each in files:
            warn(f"{safe_line(str(each))}. The file is left as it is.")

    def name_broken_packs(self) -> None:
        """Say which of the writer's packs cannot be used, and which stand in for shipped ones."""
        for broken in self.library.broken:
            lines = str(broken).splitlines()
            more = f" (and {len(lines) - 1} more; `ally packs list` shows all)" if len(lines) > 1 else ""
            warn(f"{lines[0]}{more}")
        for line in self.library.said:
            self.note(line)


def warn(text: str) -> None:
    """One or more lines on standard error; nobody listening there is no reason to fail."""
    with suppress(OSError):
        sys.stderr.write(page.wrapped(safe(text), sys.stderr) + "\n")


def session_of(ctx: typer.Context) -> Session:
    """The session of this run."""
    root = ctx.find_root()
    if not isinstance(root.obj, Session):
        import os

        root.obj = Session(Settings(dict(os.environ)), root.meta)
    return root.obj
