"""Changing what is there: `edit`, `star`, `mark`, `tag`."""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

import typer

from allyjournal import files
from allyjournal.cli import choosing, completing, options
from allyjournal.cli.choosing import Selectors
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, NotWritten, Refused, UnreadableFile, UsageError
from allyjournal.journal import document, properties
from allyjournal.journal.drafts import Draft
from allyjournal.journal.entry import Entry
from allyjournal.journal.history import Edit, History, Overtaken
from allyjournal.journal.mentions import fold
from allyjournal.terminal import editor

Off = Annotated[bool, typer.Option("--off", help="Take it away again.")]

tag = options.family("Add and remove tags of entries.")


def edit(
    ctx: typer.Context, selector: Annotated[str, typer.Argument(metavar="ENTRY", autocompletion=completing.entries)]
) -> None:
    """Open an entry in your editor. The version before is kept."""
    session = session_of(ctx)
    if not session.can_ask:
        raise UsageError("`ally edit` needs a terminal for your editor.")
    entry = choosing.named(session, [selector])[0]
    base = session.journal.bytes_of(entry.path)
    if entry.readonly:
        raise Refused(f"{entry.path} is not UTF-8 text; change it with the program that made it.")
    session.journal.again(entry, base)
    draft = session.drafts.begin(f"edit-{files.digest(entry.path.encode())[:10]}")
    base = _base_of(draft, base)
    try:
        text = editor.edit(base.decode("utf-8"), draft.editing, session.settings.editor, base)
    except editor.Unchanged:
        draft.discard()
        raise
    try:
        _check_edited(entry, text)
    except UnreadableFile as error:
        raise AllyError(
            f"Line {error.line}: {error.reason}. Nothing was changed; your text is kept in "
            f"{draft.editing}, and `ally edit {selector}` goes on with it."
        ) from None
    _keep(session, entry, draft, Edit(entry.path, base, text.encode()))
    sys.stdout.write(f"Saved {entry.selector} · {entry.path}\n")


def _check_edited(entry: Entry, text: str) -> None:
    """An entry stays the one it is: without its id it would be lost to commands, and `private` with it.

    Raises UnreadableFile.
    """
    edited = document.from_bytes(text.encode(), document.Fallback(entry.path, lambda: entry.created))
    if entry.id and edited.id != entry.id:
        raise UnreadableFile(entry.path, 1, f'the lines between the two --- have lost id: "{entry.id}"; put them back')


def _keep(session: Session, entry: Entry, draft: Draft, edit: Edit) -> None:
    """Put an edited text into the entry, or beside it if the entry was changed meanwhile; the draft goes."""
    try:
        _put(session, entry, edit)
    except (NotWritten, UnreadableFile) as error:
        raise NotWritten(f"{str(error).rstrip('.')}. Your text is kept in {draft.editing}.") from None
    except Refused:
        draft.discard()
        raise
    draft.discard()


def _put(session: Session, entry: Entry, edit: Edit) -> None:
    try:
        History(session.journal, session.now).change(f"edit {entry.selector}", [edit])
    except Overtaken:
        raise
    except Refused:
        beside = _beside(session, entry, edit.new)
        raise Refused(f"{entry.path} was changed while you wrote. Both are kept: yours is {beside}.") from None


def _base_of(draft: Draft, now: bytes) -> bytes:
    """What the text that is being edited began as: kept beside it, so that an edit taken up again finds a conflict."""
    kept = draft.editing.with_name("base.md")
    if draft.editing.exists() and kept.exists() and files.read_bytes(draft.editing) != now:
        return files.read_bytes(kept)
    draft.discard_editing()
    files.make_folder(kept.parent)
    files.replace(kept, now)
    return now


def star(ctx: typer.Context, selectors: Selectors, off: Off = False) -> None:
    """Put a star on entries, for the review and for filters."""
    _set(session_of(ctx), selectors, "unstar" if off else "star", lambda entry: replace(entry, starred=not off))


def mark(ctx: typer.Context, selectors: Selectors, off: Off = False) -> None:
    """Mark entries for your coach. Nothing is shared by that alone."""
    _set(session_of(ctx), selectors, "unmark" if off else "mark", lambda entry: replace(entry, for_coach=not off))


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


def _set(session: Session, selectors: Sequence[str], verb: str, changed: Callable[[Entry], Entry]) -> None:
    entries = choosing.named(session, selectors)
    _rewrite(
        session,
        f"{verb} {choosing.names(entries)}",
        entries,
        lambda entry, data: properties.rewritten(data, entry, changed(entry)),
    )


def _tag(session: Session, selectors: Sequence[str], name: str, add: bool) -> None:
    def tagged(entry: Entry, data: bytes) -> bytes:
        if not add and name not in entry.tags:
            where = " (it stands in its text, which `ally edit` changes)" if name in entry.all_tags else ""
            raise AllyError(f"{entry.selector} has no tag {name} in its properties{where}.")
        return properties.listed(data, entry, "tags", [name] if add else [], [] if add else [name])

    entries = choosing.named(session, selectors)
    _rewrite(session, f"tag {'add' if add else 'remove'} {name} {choosing.names(entries)}", entries, tagged)
    for entry in entries:
        if not add and name in replace(entry, tags=()).all_tags:
            session.note(f"#{name} still stands in the text of {entry.selector}; `ally edit` changes it.")


def _rewrite(
    session: Session, command: str, entries: Sequence[Entry], renewed: Callable[[Entry, bytes], bytes]
) -> None:
    """Change each entry as its file is by then: what another window changed meanwhile stays."""
    named = {entry.path: entry for entry in entries}
    changed = History(session.journal, session.now).rewrite(
        command, list(named), lambda path, data: renewed(session.journal.again(named[path], data), data)
    )
    if session.json:
        session.show_json(choosing.records(session, [session.journal.read(each) for each in named]))
        return
    for entry in entries:
        sys.stdout.write(f"{'Saved' if entry.path in changed else 'Unchanged'} {entry.selector} · {entry.path}\n")


def _beside(session: Session, entry: Entry, data: bytes) -> str:
    digest = files.digest(data)[:12]
    path = f"{entry.path.removesuffix('.md')}.conflict-{digest}.md"
    # The name says what is in it: one that is there already holds the same.
    with suppress(FileExistsError):
        files.write_new(session.journal.root / path, data)
    return path
