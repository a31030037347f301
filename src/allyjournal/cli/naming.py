"""`ally tags` and `ally people`: what there is, how often, and changing it everywhere at once."""

import sys
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from allyjournal import files
from allyjournal.cli import choosing, completing, options
from allyjournal.cli.consent import agrees, handle_of
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, Refused, UnreadableFile
from allyjournal.journal import naming
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.journal.history import History
from allyjournal.journal.index import past
from allyjournal.journal.mentions import fold
from allyjournal.journal.past import Use
from allyjournal.terminal.page import Page

SHOWN = 10
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
Old = Annotated[str, typer.Argument(metavar="OLD", autocompletion=completing.tags)]
New = Annotated[str, typer.Argument(metavar="NEW", autocompletion=completing.tags)]
OldPerson = Annotated[str, typer.Argument(metavar="OLD", autocompletion=completing.people)]
NewPerson = Annotated[str, typer.Argument(metavar="NEW", autocompletion=completing.people)]
Handle = Annotated[str, typer.Argument(metavar="HANDLE", autocompletion=completing.people)]


tags = options.family("The tags in use, the most used first.", lists=True)
people = options.family("The people you write about, the most named first.", lists=True)


@tags.callback()
def list_tags(ctx: typer.Context) -> None:
    """The tags in use, the most used first: how often, and from when to when."""
    if ctx.invoked_subcommand is None:
        _list(session_of(ctx), "tag", "#")


@people.callback()
def list_people(ctx: typer.Context) -> None:
    """The people you write about, the most named first: how often, and from when to when."""
    if ctx.invoked_subcommand is None:
        _list(session_of(ctx), "handle", "@")


@tags.command("rename")
def rename_tag(ctx: typer.Context, old: Old, new: New, yes: Yes = False) -> None:
    """Give a tag, and the tags under it, another name everywhere. Shown first, undone as one."""
    _rename(session_of(ctx), "#", old, options.tag_names([new])[0], yes, into=False)


@tags.command("merge")
def merge_tags(ctx: typer.Context, old: Old, into: New, yes: Yes = False) -> None:
    """Make one tag of two: OLD becomes NEW everywhere. Shown first, undone as one."""
    _rename(session_of(ctx), "#", old, options.tag_names([into])[0], yes, into=True)


@people.command("rename")
def rename_person(ctx: typer.Context, old: OldPerson, new: NewPerson, yes: Yes = False) -> None:
    """Give a person another handle everywhere. Shown first, undone as one."""
    _rename(session_of(ctx), "@", old, handle_of(new), yes, into=False)


@people.command("merge")
def merge_people(ctx: typer.Context, old: OldPerson, into: NewPerson, yes: Yes = False) -> None:
    """Make one person of two handles: OLD becomes NEW everywhere. Shown first, undone as one."""
    _rename(session_of(ctx), "@", old, handle_of(into), yes, into=True)


@people.command("add")
def add_person(
    ctx: typer.Context,
    handle: Handle,
    names: Annotated[list[str] | None, typer.Option("--name", metavar="NAME", help="A name; may be repeated.")] = None,
    aliases: Annotated[
        list[str] | None, typer.Option("--alias", metavar="NAME", help="Another name; may be repeated.")
    ] = None,
    pseudonym: Annotated[
        str | None, typer.Option("--pseudonym", metavar="NAME", help="The name that others read.")
    ] = None,
) -> None:
    """Say what else a person is called. Kept in people.toml, beside what is there."""
    _put_person(session_of(ctx), handle, names or [], aliases or [], pseudonym)


@people.command("alias")
def add_alias(
    ctx: typer.Context,
    handle: Handle,
    aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...")],
) -> None:
    """Add other names for a person."""
    _put_person(session_of(ctx), handle, [], aliases, None)


@people.command("pseudonym")
def set_pseudonym(
    ctx: typer.Context,
    handle: Handle,
    name: Annotated[str, typer.Argument(metavar="PSEUDONYM")],
) -> None:
    """Set the name that others will read for a person."""
    _put_person(session_of(ctx), handle, [], [], name)


def _uses(session: Session, sign: str) -> list[Use]:
    """The names in the entries that the filters want; those of the newest only where --limit says so."""
    wanted = choosing.wanted(session)
    if session.given.get("limit") is None and wanted.contains is None:
        session.name_unreadable(session.index.unreadable(wanted.period))
        choosing.say_range(session, wanted.period, session.index.count(wanted))
        return session.index.ask(partial(past.uses, sign=sign, wanted=wanted))
    cards = session.index.cards(choosing.chosen(session, of=wanted).numbers)
    return naming.uses(cards, lambda card: _names(sign, card))


def _names(sign: str, entry: Known) -> tuple[str, ...]:
    return entry.all_tags if sign == "#" else entry.all_people


def _list(session: Session, key: str, sign: str) -> None:
    used = _uses(session, sign)
    found = used[::-1] if session.given.get("reverse") else used
    if session.json:
        session.show_json(
            [
                {key: use.name, "count": use.times, "first": use.first.isoformat(), "last": use.last.isoformat()}
                for use in found
            ]
        )
    else:
        page = Page()
        for use in found:
            page.row(
                f"{use.times:>5}  ",
                ("mark", f"{sign}{use.name}"),
                ("dim", f"  {use.first.isoformat()} – {use.last.isoformat()}"),
            )
        session.show(page)
    family = "tags" if sign == "#" else "people"
    for less, more in naming.alike(used)[:SHOWN]:
        session.note(f"{sign}{less} and {sign}{more} look alike; `ally {family} merge {less} {more}` makes them one.")


def _rename(session: Session, sign: str, old: str, new: str, yes: bool, into: bool) -> None:
    """Rename in every entry, as one operation, after showing where. Both names must be right for the verb."""
    from allyjournal.journal import people as register
    from allyjournal.sharing import receipts, remembered

    family, old = ("tags" if sign == "#" else "people"), fold(old)
    found = session.journal.all()
    session.name_unreadable(found.unreadable)
    touched = [entry for entry in found.entries if any(naming.follows(each, sign, old) for each in _names(sign, entry))]
    there = any(naming.follows(each, sign, new) for entry in found.entries for each in _names(sign, entry))
    if not touched:
        raise AllyError(f"No entry has {sign}{old}; `ally {family}` lists what there is.")
    if there and not into and old != new:
        raise Refused(f"{sign}{new} is in use already; `ally {family} merge {old} {new}` makes the two one.")
    entries = {entry.path: entry for entry in touched}
    shared = receipts.paths(session.journal) if sign == "@" else []
    answers = remembered.paths(session.journal) if sign == "@" else []

    def renewed(path: str, data: bytes) -> bytes:
        if path == register.NAME:
            return register.renamed(files.as_text(data, path), old, new).encode()
        if path in answers:
            return _in_answers(data, old, new)
        if path in shared:
            return receipts.renamed(data, path, old, new)
        return _renamed(session.journal.again(entries[path], data), data, sign, old, new)

    people_too = sign == "@" and (session.journal.root / register.NAME).exists()
    paths = [*entries, *([register.NAME] if people_too else []), *shared, *answers]
    for path in paths:
        renewed(path, session.journal.bytes_of(path))
    _preview(session, sign, old, new, touched)
    if not yes and not agrees(session, f"{sign}{old} becomes {sign}{new} in {len(touched)} of your entries. Go on? "):
        raise AllyError("Nothing was changed.")
    verb = "merge" if into else "rename"
    command = f"{family} {verb} {sign}{old} {sign}{new}"
    History(session.journal, session.now).rewrite(command, paths, renewed)
    but = " but in what could not be read" if found.unreadable else ""
    sys.stdout.write(f"{sign}{old} is {sign}{new} now{but}; `ally undo` takes it back.\n")


def _renamed(entry: Entry, data: bytes, sign: str, old: str, new: str) -> bytes:
    if entry.readonly:
        raise Refused(f"{entry.path} is not UTF-8 text; nothing was changed.")
    try:
        return naming.renamed(data, entry, sign, old, new)
    except UnreadableFile as error:
        raise Refused(f"{error}. Nothing was changed.") from None


def _in_answers(data: bytes, old: str, new: str) -> bytes:
    """What was answered when something was shared; what does not read answers nothing, and stays as it is."""
    from allyjournal.sharing import answers

    try:
        return answers.renamed(data.decode("utf-8"), old, new).encode()
    except (UnicodeDecodeError, AllyError):
        return data


def _preview(session: Session, sign: str, old: str, new: str, touched: Sequence[Entry]) -> None:
    page = Page()
    for entry in touched[:SHOWN]:
        names = [each for each in _names(sign, entry) if naming.follows(each, sign, old)]
        becomes = ", ".join(f"{sign}{each} → {sign}{new}{each[len(old) :]}" for each in names)
        page.row(f"  {entry.date.isoformat()}  ", ("mark", entry.selector), f"  {becomes}")
    if len(touched) > SHOWN:
        page.row(f"  and {len(touched) - SHOWN} more")
    session.show(page)


def _put_person(session: Session, handle: str, names: list[str], aliases: list[str], pseudonym: str | None) -> None:
    from allyjournal.journal import people as register

    handle = handle_of(handle)
    names, aliases = [options.clean(each) for each in names], [options.clean(each) for each in aliases]
    pseudonym = options.clean(pseudonym) if pseudonym else None
    command = f"people @{handle}"

    def renewed(_: str, before: bytes) -> bytes:
        return register.changed(files.as_text(before, register.NAME), handle, names, aliases, pseudonym).encode()

    History(session.journal, session.now).put(command, register.NAME, renewed)
    sys.stdout.write(f"Saved @{handle} · {register.NAME}\n")
