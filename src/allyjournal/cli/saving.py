"""From typed words to a kept entry: what `reflect`, `note` and `do` share when they write."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from allyjournal import files
from allyjournal.cli.options import Session, records, warn
from allyjournal.dates import show_day
from allyjournal.errors import AllyError, Interrupted, NotWritten, UsageError
from allyjournal.journal import document
from allyjournal.journal.drafts import Draft, Waiting
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal, new_id
from allyjournal.terminal import editor
from allyjournal.terminal.ask import Stopped

CHUNK = 1 << 16
DRAFT_CHOICES = "Enter goes on with it, s saves it as it is, l leaves it, d discards it: "


def new_entry(session: Session, day: date | None = None, **fields: Any) -> Entry:
    """An entry of now, not kept yet, for `day` (today)."""
    return Entry(id=new_id(), date=day or session.today, created=session.now.replace(microsecond=0), **fields)


def begin_draft(session: Session, entry: Entry) -> Draft:
    """Make sure that the entry can be written, before the first question; gives its draft.

    Raises NotWritten that says which folder, and what to do.
    """
    try:
        draft = session.drafts.begin(entry.id or new_id())
        session.journal.check_writable(entry.date)
    except NotWritten as error:
        raise NotWritten(
            f"The journal cannot be written now, so nothing was asked. {error} "
            "Free or repair that folder, or name another with --journal."
        ) from None
    return draft


def keep(session: Session, draft: Draft, entry: Entry) -> Entry:
    """Add the entry to the journal, say so, and let the draft go. Raises as `add`."""
    kept = add(session, draft, entry)
    say_saved(session, kept)
    draft.discard()
    return kept


def add(session: Session, draft: Draft, entry: Entry) -> Entry:
    """Add the entry to the journal. When that fails and somebody is there, they choose what to do.

    Raises NotWritten that says where the draft is.
    """
    first = not (session.journal.root / "entries").exists()
    kept = _tried(session, draft, entry, lambda: session.journal.add(entry))
    if first:
        session.note(f"Your journal is the folder {session.journal.root}")
    return kept


def say_saved(session: Session, entry: Entry) -> None:
    """Say *Saved*: the words are on the disk."""
    if session.json:
        session.show_json(records(session, [entry])[0])
    else:
        sys.stdout.write(f"Saved {entry.selector} · {entry.path}\n")
    sys.stdout.flush()


def hold(draft: Draft, entry: Entry, session: Session) -> None:
    """Put the draft on disk; where that fails, go on: the entry itself may still be written. Says so."""
    try:
        draft.save(entry)
    except NotWritten as error:
        warn(f"The draft could not be kept: {error}")
        session.given["draft_failed"] = True


def read_pipe(draft: Callable[[bytes], None]) -> str:
    """All of standard input as text. Interrupted half-way, what came is given to `draft` as bytes.

    Raises UsageError for bytes that are not UTF-8, after giving them to `draft` too.
    """
    parts: list[bytes] = []
    try:
        while part := os.read(0, CHUNK):
            parts.append(part)
    except KeyboardInterrupt:
        draft(b"".join(parts))
        raise Interrupted("Stopped while reading; what had come is kept as a draft.") from None
    except OSError as error:
        raise UsageError(f"Standard input could not be read: {(error.strerror or str(error)).lower()}.") from None
    data = b"".join(parts)
    try:
        return data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").strip("\n")
    except UnicodeDecodeError:
        draft(data)
        raise UsageError("What came in is not UTF-8 text.") from None


def from_pipe(session: Session, draft: Draft, text: Callable[[str], Entry]) -> str:
    """Standard input as an answer. Raises UsageError when there is none; words are kept as a draft first."""

    def rescue(data: bytes) -> None:
        try:
            draft.save(text(data.decode("utf-8")))
        except UnicodeDecodeError:
            warn(f"The bytes are kept, as they came, in {draft.keep_raw(data)}")

    typed = read_pipe(rescue)
    if not typed.strip():
        draft.discard()
        raise UsageError(
            "There is nothing to save: no terminal to ask on, and nothing on standard input. "
            "Pipe the text in, or use --edit on a terminal."
        )
    hold(draft, text(typed), session)
    return typed


def in_editor(session: Session, draft: Draft, asked: str, text: str) -> str:
    """The answer as the person's editor saves it, below the prompt. Raises NotEdited."""
    heading = f"## {asked}\n\n" if asked else ""
    initial = f"{heading}{text}\n" if text or heading else ""
    try:
        edited = editor.edit(initial, draft.editing, session.settings.editor)
    except editor.Unchanged:
        if not text.strip():
            draft.discard()
        raise
    return document.without_heading(edited, asked).strip("\n")


def stopped(draft: Draft) -> Interrupted:
    """What to say when the person stops: whether words are kept, and who offers them again."""
    is_kept = draft.is_kept
    draft.let_go()
    if is_kept:
        return Interrupted("Stopped. Your words are kept as a draft; `ally reflect` offers them next time.")
    return Interrupted("Stopped; nothing was written.")


def offered(session: Session, wanted: Callable[[Entry], bool]) -> Waiting | None:
    """Offer the newest draft that was left behind; gives it when the person goes on with it.

    Saved, discarded or left for later, the answer is None. Drafts that are not `wanted` here stay.
    """
    waiting = session.drafts.waiting()
    for each in waiting:
        if not wanted(each.entry) or each is not waiting[-1]:
            each.draft.let_go()
    if not waiting or not wanted(waiting[-1].entry):
        return None
    return _choice(session, waiting[-1])


def name_waiting(session: Session) -> None:
    """Without somebody to ask: say that a draft waits."""
    count = session.drafts.count()
    if count:
        session.note(
            f"{count} {'draft waits' if count == 1 else 'drafts wait'}; "
            "`ally reflect` on a terminal offers what was left unfinished."
        )


def _choice(session: Session, waiting: Waiting) -> Waiting | None:
    entry, terminal = waiting.entry, session.terminal
    words = "1 word" if entry.words == 1 else f"{entry.words} words"
    terminal.say(
        f"A draft of {show_day(entry.date)} waits, {words}" + (f", under:\n  {entry.asked[-1]}" if entry.asked else ".")
    )
    while True:
        try:
            typed = terminal.line(DRAFT_CHOICES).strip().casefold()
        except Stopped:
            raise stopped(waiting.draft) from None
        if typed == "":
            return waiting
        if typed == "s":
            keep(session, waiting.draft, replace(entry, next_step=None))
            return None
        if typed == "l":
            waiting.draft.let_go()
            return None
        if typed == "d" and terminal.line("Discard these words for good? Type yes: ").strip().casefold() == "yes":
            waiting.draft.discard()
            return None


def _tried(session: Session, draft: Draft, entry: Entry, add: Callable[[], Entry]) -> Entry:
    while True:
        try:
            return add()
        except AllyError as error:
            if not session.can_ask:
                raise _not_saved(session, draft, entry, error) from None
            again = _what_now(session, draft, entry, error)
            if again is not None:
                add = again


def _what_now(session: Session, draft: Draft, entry: Entry, error: AllyError) -> Callable[[], Entry] | None:
    """Not saved, and somebody is there: retry (None), another folder, print it, or leave it as a draft."""
    session.terminal.say(f"Not saved. {error}")
    options = "r to try again, f for another folder, p to print your words, l to leave them as a draft: "
    try:
        typed = session.terminal.line(options).strip().casefold()
        if typed == "f":
            folder = Path(session.terminal.line("Folder: ").strip()).expanduser()
            return lambda: Journal(folder.absolute()).add(entry)
    except Stopped:
        typed = "l"
    if typed == "p":
        session.terminal.say(document.to_text(entry))
    if typed == "l":
        raise _not_saved(session, draft, entry, error)
    return None


def _not_saved(session: Session, draft: Draft, entry: Entry, error: AllyError) -> NotWritten:
    if not session.given.get("draft_failed") and draft.is_kept:
        draft.let_go()
        return NotWritten(
            f"Not saved. {error} Your words are kept as a draft in {draft.path}; `ally reflect` offers them next time."
        )
    return NotWritten(f"Not saved. {error} {_last_resort(entry)}")


def _last_resort(entry: Entry) -> str:
    """No draft, no entry: another folder of this machine, and at the very last the screen."""
    data = document.to_text(entry).encode()
    for folder in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm", os.environ.get("TMPDIR"), "/tmp"):
        try:
            path = Path(folder or "/nowhere") / f"ally-{entry.id}.md"
            files.write_new(path, data)
        except (AllyError, OSError):
            continue
        return f"No draft could be kept either; your words are in {path}. Move them before the machine restarts."
    sys.stdout.write(data.decode())
    return "No draft could be kept anywhere; your words were printed instead."
