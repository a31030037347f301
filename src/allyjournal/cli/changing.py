"""Changing what is there: `edit`, `star`, `mark`, `tag`, `delete`, `restore`, `trash`, `undo`, `history`, `purge`."""

import difflib
import hashlib
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

import typer

from allyjournal import files
from allyjournal.cli import completing, options
from allyjournal.cli.options import Session, session_of
from allyjournal.dates import parse_day, show_short
from allyjournal.errors import AllyError, Refused, UnreadableFile, UsageError
from allyjournal.journal import document, properties
from allyjournal.journal.drafts import Draft
from allyjournal.journal.entry import SHOWN_ID, Entry
from allyjournal.journal.folder import ALPHABET
from allyjournal.journal.history import Edit, History
from allyjournal.journal.mentions import fold
from allyjournal.terminal import editor, screens
from allyjournal.terminal.page import Page

LEAST_PREFIX = 4
Selectors = Annotated[
    list[str],
    typer.Argument(
        metavar="ENTRY...",
        autocompletion=completing.entries,
        help="Four or more characters of its id, last, its day, or its path.",
    ),
]
Off = Annotated[bool, typer.Option("--off", help="Take it away again.")]

tag = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    help="Add and remove tags of entries.",
)


def edit(
    ctx: typer.Context, selector: Annotated[str, typer.Argument(metavar="ENTRY", autocompletion=completing.entries)]
) -> None:
    """Open an entry in your editor. The version before is kept."""
    session = session_of(ctx)
    if not session.can_ask:
        raise UsageError("`ally edit` needs a terminal for your editor.")
    entry = _named(session, [selector])[0]
    base = session.journal.bytes_of(entry.path)
    if entry.readonly:
        raise Refused(f"{entry.path} is not UTF-8 text; change it with the program that made it.")
    draft = session.drafts.begin(f"edit-{hashlib.sha256(entry.path.encode()).hexdigest()[:10]}")
    base = _base_of(draft, base)
    try:
        text = editor.edit(base.decode("utf-8"), draft.editing, session.settings.editor)
    except editor.Unchanged:
        draft.discard()
        raise
    try:
        document.from_bytes(text.encode(), document.Fallback(entry.path, lambda: entry.created))
    except UnreadableFile as error:
        raise AllyError(
            f"Line {error.line}: {error.reason}. Nothing was changed; your text is kept in "
            f"{draft.editing}, and `ally edit {selector}` goes on with it."
        ) from None
    try:
        History(session.journal, session.now).change(f"edit {entry.selector}", [Edit(entry.path, base, text.encode())])
    except Refused:
        beside = _beside(session, entry, text.encode())
        draft.discard()
        raise Refused(f"{entry.path} was changed while you wrote. Both are kept: yours is {beside}.") from None
    draft.discard()
    sys.stdout.write(f"Saved {entry.selector} · {entry.path}\n")


def _base_of(draft: Draft, now: bytes) -> bytes:
    """What the text that is being edited began as: kept beside it, so that an edit taken up again finds a conflict."""
    kept = draft.editing.with_name("base.md")
    if draft.editing.exists() and kept.exists():
        return files.read_bytes(kept)
    draft.discard_editing()
    files.make_folder(kept.parent)
    files.replace(kept, now)
    return now


def star(ctx: typer.Context, selectors: Selectors, off: Off = False) -> None:
    """Put a star on entries, for the review and for filters."""
    _set(session_of(ctx), selectors, "star", lambda entry: replace(entry, starred=not off))


def mark(ctx: typer.Context, selectors: Selectors, off: Off = False) -> None:
    """Mark entries for your coach. Nothing is shared by that alone."""
    _set(session_of(ctx), selectors, "mark", lambda entry: replace(entry, for_coach=not off))


@tag.command("add")
def add_tag(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TAG", autocompletion=completing.tags)],
    selectors: Selectors,
) -> None:
    """Add a tag to entries."""
    _tag(session_of(ctx), selectors, options.tag_names([name])[0], add=True)


@tag.command("remove")
def remove_tag(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TAG", autocompletion=completing.tags)],
    selectors: Selectors,
) -> None:
    """Remove a tag from entries' properties; what stands in their text is theirs."""
    _tag(session_of(ctx), selectors, fold(name), add=False)


def delete(ctx: typer.Context, selectors: Selectors) -> None:
    """Move entries to the trash; `ally restore` brings them back."""
    session = session_of(ctx)
    entries = _named(session, selectors)
    History(session.journal, session.now).trash(f"delete {_names(entries)}", [entry.path for entry in entries])
    for entry in entries:
        sys.stdout.write(f"In the trash: {entry.selector}, {screens.title_of(entry)}, {entry.date.isoformat()}\n")
    session.note("`ally undo` brings back what was deleted last, `ally restore ENTRY` any other.")


def restore(ctx: typer.Context, selectors: Selectors) -> None:
    """Bring entries back from the trash."""
    session = session_of(ctx)
    entries = [_in_trash(session, each) for each in selectors]
    places = History(session.journal, session.now).restore(
        f"restore {_names(entries)}", [entry.path for entry in entries]
    )
    for entry, place in zip(entries, places, strict=True):
        sys.stdout.write(f"Restored {entry.selector} · {place}\n")


def trash(ctx: typer.Context) -> None:
    """List what is in the trash. It stays until it is purged."""
    session = session_of(ctx)
    entries = session.journal.trashed()[::-1]
    if session.json:
        session.show_json(options.records(session, entries))
    else:
        session.show(screens.list_page(entries))


def undo(ctx: typer.Context) -> None:
    """Undo the last change, also when it touched many entries. Once more undoes the one before."""
    session = session_of(ctx)
    operation = History(session.journal, session.now).undo()
    day = show_short(operation.moment.astimezone(session.now.tzinfo).date())
    count = len(operation.edits) + len(operation.moves)
    sys.stdout.write(f"Undone: {operation.command}, {day}, {count} {'entry' if count == 1 else 'entries'}\n")


def history(
    ctx: typer.Context, selector: Annotated[str, typer.Argument(metavar="ENTRY", autocompletion=completing.entries)]
) -> None:
    """Show how an entry changed: each version that is kept, as a difference from the one before."""
    session = session_of(ctx)
    entry = session.journal.find(selector, session.today)
    versions = History(session.journal, session.now).versions(entry)
    if session.json:
        session.show_json([{"moment": each.moment.isoformat(), "path": str(each.path)} for each in versions])
        return
    page = Page()
    texts = [files.read_bytes(each.path).decode("utf-8", "replace").splitlines() for each in versions]
    for number, (version, text) in enumerate(zip(versions, texts, strict=True)):
        moment = version.moment.astimezone(session.now.tzinfo)
        page.row(("title", f"{show_short(moment.date())}, {moment:%H:%M}"), ("dim", f"  {version.path}"))
        for line in list(difflib.unified_diff(texts[number - 1] if number else text, text, lineterm="", n=1))[2:]:
            page.row(("mark" if line[:1] in "+-" else "dim", f"  {line}"))
    if not versions:
        page.row(f"{entry.selector} is as it was written.")
    session.show(page)


def purge(
    ctx: typer.Context, selector: Annotated[str, typer.Argument(metavar="ENTRY", autocompletion=completing.entries)]
) -> None:
    """Remove an entry for good, with every version of it. Asks you to type its id."""
    session = session_of(ctx)
    if not session.can_ask:
        raise UsageError("`ally purge` asks you to type the entry's id, and needs a terminal for that.")
    try:
        entry = _in_trash(session, selector)
    except AllyError:
        entry = _named(session, [selector])[0]
    session.terminal.say(
        f"{entry.selector}, {screens.title_of(entry)}, {entry.date.isoformat()}, and all its versions will be gone.\n"
        "ally cannot remove it from backups, from a git history, from other devices, or from what you exported."
    )
    if session.terminal.line(f"Type {entry.selector} to purge it: ").strip() != entry.selector:
        raise AllyError("Nothing was purged.")
    History(session.journal, session.now).purge(entry)
    sys.stdout.write(f"Purged {entry.selector}\n")


def _named(session: Session, selectors: Sequence[str]) -> list[Entry]:
    """The entries that are named; where something is changed, three characters of an id are too few."""
    for each in selectors:
        word = each.casefold()
        is_prefix = word[:1].isalpha() and set(word) <= set(ALPHABET) and word != "last"
        if is_prefix and len(word) < LEAST_PREFIX:
            raise UsageError(f'"{each}" is short for changing something; give four or more characters of the id.')
    found = [session.journal.find(each, session.today) for each in selectors]
    return list({entry.path: entry for entry in found}.values())


def _in_trash(session: Session, selector: str) -> Entry:
    """The one entry in the trash with this start of its id, this path, or this day."""
    trashed = session.journal.trashed()
    found = [
        entry
        for entry in trashed
        if entry.path.removeprefix(".trash/") == selector or (entry.id or "").startswith(selector.casefold())
    ]
    if not found:
        with suppress(UsageError):
            day = parse_day(selector, session.today)
            found = [entry for entry in trashed if entry.date == day]
    if len(found) != 1 or not selector:
        many = f"{len(found)} entries in the trash are named" if found else "Nothing in the trash is named"
        raise AllyError(f'{many} "{selector[:40]}"; `ally trash` lists it.')
    return found[0]


def _names(entries: Sequence[Entry]) -> str:
    return " ".join(entry.id[:SHOWN_ID] if entry.id else "a file" for entry in entries[:5])


def _set(session: Session, selectors: Sequence[str], verb: str, changed: Callable[[Entry], Entry]) -> None:
    entries = _named(session, selectors)
    edits = []
    for entry in entries:
        data = session.journal.bytes_of(entry.path)
        edits.append(Edit(entry.path, data, properties.rewritten(data, entry, changed(entry))))
    _change(session, f"{verb} {_names(entries)}", edits, entries)


def _tag(session: Session, selectors: Sequence[str], name: str, add: bool) -> None:
    entries = _named(session, selectors)
    edits = []
    for entry in entries:
        data = session.journal.bytes_of(entry.path)
        if not add and name not in entry.tags:
            where = " (it stands in its text, which `ally edit` changes)" if name in entry.all_tags else ""
            raise AllyError(f"{entry.selector} has no tag {name} in its properties{where}.")
        new = properties.listed(data, entry, "tags", [name] if add else [], [] if add else [name])
        edits.append(Edit(entry.path, data, new))
        if not add and name in replace(entry, tags=()).all_tags:
            session.note(f"#{name} still stands in the text of {entry.selector}; `ally edit` changes it.")
    _change(session, f"tag {'add' if add else 'remove'} {name} {_names(entries)}", edits, entries)


def _change(session: Session, command: str, edits: Sequence[Edit], entries: Sequence[Entry]) -> None:
    History(session.journal, session.now).change(command, edits)
    changed = {edit.path for edit in edits if edit.base != edit.new}
    for entry in entries:
        sys.stdout.write(f"{'Saved' if entry.path in changed else 'Unchanged'} {entry.selector} · {entry.path}\n")


def _beside(session: Session, entry: Entry, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()[:12]
    path = f"{entry.path.removesuffix('.md')}.conflict-{digest}.md"
    files.write_new(session.journal.root / path, data)
    return path
