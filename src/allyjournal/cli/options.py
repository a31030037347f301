"""What the commands share: the global options, the filters, and the session that they make up."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperOption

from allyjournal import __version__, dates
from allyjournal.config import Settings
from allyjournal.errors import UnreadableFile, UsageError
from allyjournal.journal.folder import Journal
from allyjournal.terminal import page
from allyjournal.terminal.safe import safe, safe_line

if TYPE_CHECKING:
    from allyjournal.journal.drafts import Drafts
    from allyjournal.journal.entry import Entry
    from allyjournal.packs.library import Library
    from allyjournal.terminal.ask import Terminal

KINDS = ("reflection", "exercise", "note", "review", "feedback")
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
    def drafts(self) -> "Drafts":
        """The drafts of that journal on this machine."""
        from allyjournal.journal.drafts import Drafts

        return Drafts(self.settings.places.state, self.journal)

    @cached_property
    def library(self) -> "Library":
        """The packs that can be asked from."""
        from allyjournal.packs import library

        shipped = library.shipped_folder(PACKAGE)
        return library.load(shipped, self.journal.packs, self.settings.places.cache / "packs")

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
        from allyjournal.practice import schedule

        days = [
            entry.date for entry in self.journal.between(schedule.rhythm_weeks(self.today, self.week_start)).entries
        ]
        first = self.journal.first_day()
        return schedule.show_rhythm(*schedule.rhythm([*days, *([first] if first else [])], self.today, self.week_start))

    def note(self, text: str) -> None:
        """Say something beside the result, on standard error; not with `-q`."""
        if not self.given.get("quiet"):
            warn(text)

    def show(self, shown: page.Page) -> None:
        """Write a page to standard output."""
        page.write(shown, self.plain, self.settings.pager)

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


def period_of(session: Session) -> dates.Period:
    """`--on`, `--from` and `--to` as one period. Raises UsageError for what is not understood or contradicts."""

    def read(text: str) -> dates.Period:
        return dates.parse_period(text, session.today, session.week_start)

    on, first, last = (session.given.get(each) for each in ("on", "from", "to"))
    if on is not None:
        if first is not None or last is not None:
            raise UsageError("--on names the whole period; leave out --from and --to.")
        return read(on)
    period = dates.Period(
        read(first).first if first is not None else None, read(last).last if last is not None else None
    )
    if period.first and period.last and period.first > period.last:
        raise UsageError(f"--from ({period.first.isoformat()}) lies after --to ({period.last.isoformat()}).")
    return period


def chosen(session: Session) -> list["Entry"]:
    """The entries that the filters want, oldest first; says the range it understood, and what is unreadable."""
    from allyjournal.journal.filters import Filter

    given = session.given
    period = period_of(session)
    kind, practice = given.get("kind"), given.get("practice")
    if kind is not None and kind not in KINDS:
        raise UsageError(f'There is no kind "{kind[:20]}"; the kinds are {", ".join(KINDS)}.')
    wanted = Filter(
        period,
        tags=given.get("tag", ()),
        without=given.get("not", ()),
        people=given.get("with", ()),
        practice=practice,
        pack=given.get("pack"),
        prompt=given.get("prompt"),
        kind=kind,
        contains=given.get("contains"),
        starred=given.get("starred", False),
        any_of=given.get("any", False),
    )
    found = session.journal.between(period)
    session.name_unreadable(found.unreadable)
    _check_ids(session, found.entries)
    return wanted.choose(found.entries)


def _check_ids(session: Session, entries: Sequence["Entry"]) -> None:
    """Refuse a practice, pack or prompt that neither an entry nor a pack knows: it is misspelt."""
    given = session.given
    practice, pack, prompt = given.get("practice"), given.get("pack"), given.get("prompt")
    if practice is not None and all(practice not in entry.practices for entry in entries):
        session.library.find_practice(practice)
    if pack is not None and all(pack != entry.pack_id for entry in entries):
        session.library.find(pack)
    if prompt is not None and all(prompt not in entry.prompts for entry in entries):
        session.library.find_prompt(prompt)


def limited(session: Session, entries: Sequence["Entry"], newest_first: bool) -> list["Entry"]:
    """The newest of `entries` (oldest first) as `--limit` says, in the order that `--reverse` turns round.

    Says the range that was understood, and how many entries are left.
    """
    limit = session.given.get("limit")
    kept = list(entries if limit is None else entries[max(0, len(entries) - limit) :])
    say_range(session, period_of(session), len(kept), len(entries))
    return kept[::-1] if newest_first != bool(session.given.get("reverse")) else kept


def say_range(session: Session, period: dates.Period, count: int, of: int | None = None) -> None:
    """Say which days were understood, and how many entries that is, `of` how many before `--limit`."""
    more = f" of {of}" if of not in (None, count) else ""
    session.note(f"{dates.show_period(period)}, {count}{more} {'entry' if (of or count) == 1 else 'entries'}")


def form(session: Session, named: str | None, forms: Sequence[str], default: str) -> str:
    """The format that `--format`, `--json` or else `default` says. Raises UsageError for others, and for both."""
    if named is not None and named not in forms:
        raise UsageError(f'There is no format "{named[:20]}" here; choose {", ".join(forms)}.')
    if session.json and named not in (None, "json"):
        raise UsageError(f"--json and --format {named} say two things; leave one out.")
    return named or ("json" if session.json else default)


def records(session: Session, entries: Sequence["Entry"]) -> list[dict[str, Any]]:
    """The entries as interface's JSON, with their answers read back by the packs that are here."""
    from allyjournal.journal.record import to_json
    from allyjournal.practice.interview import values

    return [to_json(entry, values(entry, session.library.packs)) for entry in entries]


def clean(text: str) -> str:
    """Words of the command line; bytes there that are no text become a mark."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").strip()


def tag_names(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags as they were typed, folded, each once. Raises UsageError for what is no tag."""
    from allyjournal.journal.mentions import fold

    names = tuple(dict.fromkeys(fold(clean(each)) for each in tags))
    for name in names:
        fits = all(char.isalnum() or char in "_-/" or (not char.isascii() and char.isprintable()) for char in name)
        if not fits or not name or all(char.isdigit() for char in name):
            raise UsageError(
                f'"{name[:40]}" is no tag: letters, digits, _ - and /, with at least one letter, such as work/hiring.'
            )
    return names


def shared_options() -> list[TyperOption]:
    """The global options, which stand before or after the command's name."""
    return [
        TyperOption(
            param_decls=["--journal", "journal"],
            metavar="DIR",
            expose_value=False,
            callback=_remember,
            help="The journal's folder.",
            type=str,
        ),
        _flag(["--json", "json"], "One JSON document on standard output."),
        _flag(["--plain", "plain"], "No colour, no drawing, no redraw: for screen readers and logs."),
        _flag(["-q", "--quiet", "quiet"], "Only the result and what went wrong."),
        _flag(["--no-input", "no_input"], "Never ask; fail with the option to use instead."),
    ]


def filter_options() -> list[TyperOption]:
    """The filters, the same wherever entries are chosen; the one-dash spellings are jrnl's."""
    return [
        _value(["--on", "-on", "on"], "DATE", "Only this day, week, month or year."),
        _value(["--from", "-from", "from"], "DATE", "From this day on."),
        _value(["--to", "-to", "-until", "to"], "DATE", "Up to this day."),
        _value(["-t", "--tag", "tag"], "TAG", "With this tag, or one under it.", multiple=True),
        _value(["--not", "-not", "not"], "TAG", "Without this tag.", multiple=True),
        _value(["--with", "with"], "PERSON", "That mention this person.", multiple=True),
        _value(["--practice", "practice"], "ID", "Of this practice."),
        _value(["--pack", "pack"], "ID", "From this pack."),
        _value(["--prompt", "prompt"], "ID", "That answer this prompt."),
        _value(["--kind", "kind"], "KIND", f"{', '.join(KINDS[:-1])} or {KINDS[-1]}."),
        _value(["--contains", "-contains", "contains"], "TEXT", "With these words in them."),
        _flag(["--starred", "-starred", "starred"], "With a star."),
        _flag(["--any", "any"], "One of the tags, people, practice and pack is enough."),
        TyperOption(
            param_decls=["-n", "--limit", "limit"],
            metavar="N",
            expose_value=False,
            callback=_remember_limit,
            help="Only the newest N.",
            type=int,
        ),
        _flag(["--reverse", "reverse"], "In the other order."),
    ]


def version_option() -> TyperOption:
    """`--version`, where it stands among other options."""

    def show(ctx: typer.Context, _: Any, value: bool) -> None:
        if value:
            sys.stdout.write(f"ally {__version__}\n")
            ctx.exit()

    return TyperOption(
        param_decls=["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help="The version."
    )


def _flag(names: list[str], help_text: str) -> TyperOption:
    return TyperOption(param_decls=names, is_flag=True, expose_value=False, callback=_remember, help=help_text)


def _offers(name: str) -> Any:
    """What TAB offers for a filter; looked up only when TAB asks, since nobody else pays for it then."""

    def offer(ctx: Any, args: list[str], incomplete: str) -> Any:
        from allyjournal.cli import completing

        found = {
            "tag": completing.tags,
            "not": completing.tags,
            "with": completing.people,
            "practice": completing.practices,
            "pack": completing.packs,
            "prompt": completing.prompts,
        }
        return found[name](ctx, args, incomplete) if name in found else []

    return offer


def _value(names: list[str], metavar: str, help_text: str, multiple: bool = False) -> TyperOption:
    more = "; may be repeated." if multiple else "."
    return TyperOption(
        param_decls=names,
        metavar=metavar,
        expose_value=False,
        callback=_remember,
        multiple=multiple,
        autocompletion=_offers(names[-1]),
        help=help_text.removesuffix(".") + more,
        type=str,
    )


def _remember_limit(ctx: typer.Context, param: Any, value: int | None) -> None:
    if value is not None and value < 1:
        raise UsageError("-n takes a number from 1 on.")
    _remember(ctx, param, value)


def _remember(ctx: typer.Context, param: Any, value: Any) -> None:
    given = value if isinstance(value, tuple | list) else (value,)
    if any(isinstance(each, str) and not each.strip() for each in given):
        raise UsageError(f"{param.opts[-1]} is empty; say what is meant, or leave it out.")
    if value not in (None, False, (), []):
        ctx.find_root().meta[param.name] = value
