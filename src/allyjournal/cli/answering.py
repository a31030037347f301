"""`ally feedback`: what a coach wrote, as entries beside those that it is about."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from allyjournal import files
from allyjournal.cli import choosing, completing, options, reaching, saving
from allyjournal.cli.session import Session, session_of
from allyjournal.config import expanded
from allyjournal.errors import AllyError, NotWritten, UsageError
from allyjournal.journal.entry import SHOWN_ID, Entry
from allyjournal.journal.folder import new_id
from allyjournal.sharing import coaches, comments, receipts
from allyjournal.sharing import feedback as taking
from allyjournal.terminal.safe import safe_line


def feedback(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE", help="What the coach sent back; - is plain text to read.")],
    coach: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="COACH", autocompletion=completing.coaches, help="With -: whose words they are."
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="ENTRY", autocompletion=completing.entries, help="With -: the entry they are about."
        ),
    ] = None,
) -> None:
    """Take in what a coach wrote: the file saved from the page, a Markdown share with comments, or plain text."""
    session = session_of(ctx)
    if source != "-" and (coach is not None or on is not None):
        raise UsageError("A file says itself whose words are in it; --from and --on go with -, for plain text.")
    pieces, whose = _from_text(session, coach, on) if source == "-" else _from_file(session, source)
    with files.lock(session.journal.own("lock")):
        # Another process may have taken the same words in while these were read.
        session.index.look_at_all()
        made = taking.entries_of(pieces, whose, reaching.feedback(session), lambda: saving.new_entry(session))
        kept = _added(session, made, is_typed=source == "-")
    if session.json:
        session.show_json(choosing.records(session, kept))
    elif not kept:
        session.note("These comments are in your journal already; nothing was added.")
    else:
        _say(session, kept, whose)


def _added(session: Session, made: list[Entry], is_typed: bool) -> list[Entry]:
    """The entries, kept. Raises NotWritten; words that stand in no file of the writer's are in one then."""
    try:
        return [session.journal.add(each) for each in made]
    except NotWritten as error:
        if not is_typed:
            raise
        path = _rescued(session, "\n\n".join(each.body for each in made).encode())
        raise NotWritten(f"{error} The words are kept in {path}.") from None


def _say(session: Session, kept: list[Entry], whose: str) -> None:
    for each in kept:
        about = f" on {_shown(each.reply_to)}" if each.reply_to else ""
        sys.stdout.write(f"Saved {each.selector}{about} · {each.path}\n")
    if any(each.reply_to for each in kept):
        session.note(f"`ally show` has what {whose} wrote below each entry.")


def _from_file(session: Session, source: str) -> tuple[list[taking.Piece], str]:
    name = safe_line(os.path.basename(source))[:80] or "The file"
    found = receipts.all_of(session.journal)
    session.name_unreadable(found.unreadable)
    said, receipt = comments.of(_bytes(source, name), name, found.receipts)
    entries = reaching.by_id(session, [each.entry for each in receipt.entries])
    names = receipts.names_of(session.journal, receipt)
    if receipt.people and not names:
        session.note("Whose pseudonym is whose is not known on this machine any more; the words stay as they came.")
    pieces = taking.pieces(said, receipt, names, entries)
    gone = [each.entry for each in pieces if each.entry is not None and each.entry not in entries]
    if gone:
        session.note("Some of these comments are on an entry that is not there any more; they are kept all the same.")
    return pieces, receipt.name


def _from_text(session: Session, coach: str | None, on: str | None) -> tuple[list[taking.Piece], str]:
    if coach is None or on is None:
        raise UsageError("Plain text does not say whose it is: add --from COACH and --on ENTRY.")
    whose = coaches.find(coaches.of(session.journal), options.clean(coach))
    about = session.find(options.clean(on))
    found = receipts.all_of(session.journal)
    if session.can_ask:
        session.note("Paste their words; Ctrl-D on a line of its own ends.")
    text = saving.read_pipe(lambda data: _rescued(session, data))
    if len(text.encode()) > comments.MOST:
        raise AllyError(comments.too_large("What came in"))
    if not text.strip():
        raise UsageError("There is nothing to take in: no words came on standard input.")
    names = receipts.known_names(session.journal, found.receipts).of(whose.handle)
    piece = taking.Piece(about.id or about.path, "", taking.words(text, names), about.private)
    return [piece], whose.name


def _shown(entry: str) -> str:
    return entry if "/" in entry else entry[:SHOWN_ID]


def _rescued(session: Session, data: bytes) -> Path:
    draft = session.drafts.begin(new_id())
    path = draft.keep_raw(data)
    draft.let_go()
    return path


def _bytes(source: str, name: str) -> bytes:
    """The file's bytes, no more than a reply may have. Raises AllyError."""
    path = Path(os.path.realpath(expanded(source)))
    try:
        if path.stat().st_size > comments.MOST:
            raise AllyError(comments.too_large(name))
        return files.read_bytes(path)
    except OSError as error:
        raise AllyError(f"{name} could not be read: {(error.strerror or str(error)).lower()}.") from None
