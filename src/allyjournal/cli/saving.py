"""From typed words to a kept entry: what `reflect`, `note` and `do` share when they write."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from allyjournal import files
from allyjournal.cli.choosing import records
from allyjournal.cli.session import Session, warn
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


def begin_draft(session: Session, entry: Entry, asks: bool) -> Draft:
    """The draft of a new entry. With `asks`, make sure before the first question that both can be written.

    Without, the words are on their way already: what cannot be written is dealt with when they are here.
    Raises NotWritten that says which folder, and what to do.
    """
    try:
        draft = session.drafts.begin(entry.id or new_id())
        if asks:
            session.journal.check_writable(entry.date)
    except NotWritten as error:
        if not asks:
            return session.drafts.unheld(entry.id or new_id())
        raise NotWritten(
            f"The journal cannot be written now, so nothing was asked. {error} "
            "Free or repair that folder, or name another with --journal."
        ) from None
    return draft


def keep(session: Session, draft: Draft, entry: Entry) -> Entry:
    """Add the entry to the journal, say so, and let the draft go. Raises as `add`."""
    kept = add(session, draft, entry)
    say_saved(session, kept)
    keep_leftover(session, draft, kept)
    draft.discard()
    return kept


def keep_leftover(session: Session, draft: Draft, entry: Entry) -> None:
    """What a failed editor left, and the entry has not, becomes a draft of its own."""
    left = draft.edited()
    if left and left not in entry.body:
        other = new_entry(session, kind="note", body=left)
        apart = session.drafts.begin(other.id or new_id())
        apart.save(other)
        apart.let_go()
        session.note("What the editor left is kept as a draft of its own; `ally reflect` offers it.")


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
    """Say *Saved*: the words are on the disk. Raises NotWritten, with their place, if it cannot be said."""
    try:
        if session.json:
            session.show_json(records(session, [entry])[0])
        else:
            sys.stdout.write(f"Saved {entry.selector} · {entry.path}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NotWritten(
            f"The entry is kept as {entry.path}, but standard output could not be written: {why}."
        ) from None


def hold(draft: Draft, entry: Entry) -> None:
    """Put the draft on disk; where that fails, go on: the entry itself may still be written. Says so."""
    try:
        draft.save(entry)
    except NotWritten as error:
        warn(f"The draft could not be kept: {error}")


def read_pipe(rescue: Callable[[bytes], Path], by_lines: bool = False) -> str:
    """All of standard input as text, without empty lines around it; with `by_lines` each line counts.

    Where it is interrupted, breaks off or is not UTF-8, what came is given to `rescue`, which says where it is
    now. Raises Interrupted or UsageError that names the place.
    """
    parts: list[bytes] = []
    try:
        while part := os.read(0, CHUNK):
            parts.append(part)
    except KeyboardInterrupt:
        raise Interrupted(f"Stopped while reading.{_kept_of(parts, rescue)}") from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageError(f"Standard input broke off: {why}.{_kept_of(parts, rescue)}") from None
    try:
        text = b"".join(parts).decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        return text.removesuffix("\n") if by_lines else text.strip("\n")
    except UnicodeDecodeError:
        raise UsageError(f"What came in is not UTF-8 text.{_kept_of(parts, rescue)}") from None


def _kept_of(parts: list[bytes], rescue: Callable[[bytes], Path]) -> str:
    return f" What had come is kept in {rescue(b''.join(parts))}" if parts else ""


def from_pipe(draft: Draft, text: Callable[[str], Entry], by_lines: bool = False) -> str:
    """Standard input as an answer, or as one a line; words are a draft first. Raises UsageError for none."""

    def rescue(data: bytes) -> Path:
        try:
            draft.save(text(data.decode("utf-8")))
        except UnicodeDecodeError:
            return draft.keep_raw(data)
        return draft.path

    typed = read_pipe(rescue, by_lines)
    if not typed.strip():
        draft.discard()
        raise UsageError(
            "There is nothing to save: no terminal to ask on, and nothing on standard input. "
            "Pipe the text in, or use --edit on a terminal."
        )
    hold(draft, text(typed))
    return typed


def in_editor(session: Session, draft: Draft, asked: str, text: str) -> str:
    """The answer as the person's editor saves it, above the prompt in a comment. Raises NotEdited."""
    try:
        edited = editor.edit(document.for_editing(text, asked), draft.editing, session.settings.editor)
    except editor.Unchanged:
        if not text.strip():
            draft.discard()
        raise
    return document.from_editing(edited, asked)


def stopped(draft: Draft, entry: Entry | None = None) -> Interrupted:
    """What to say when the person stops: whether words are kept, and who offers them again.

    `entry` has what they had typed; it is put on disk now if it is not there yet.
    """
    if entry is not None:
        with suppress(NotWritten):
            draft.save(entry)
        if draft.is_behind:
            return Interrupted(f"Stopped. {_last_resort(entry)}")
    is_kept = draft.is_kept
    draft.let_go()
    if is_kept:
        return Interrupted("Stopped. Your words are kept as a draft; `ally reflect` offers them next time.")
    return Interrupted("Stopped; nothing was written.")


def offered(
    session: Session, wanted: Callable[[Entry], bool], fitted: Callable[[Entry], Entry] = lambda entry: entry
) -> Waiting | None:
    """Offer the newest draft that was left behind; gives it when the person goes on with it.

    Saved, discarded or left for later, the answer is None. Drafts that are not `wanted` here stay. `fitted`
    makes a draft what can be saved as it is, and raises UsageError if it cannot.
    """
    newest = None
    for each in session.drafts.waiting():
        if each.entry.exercise:
            session.note(f"An exercise is waiting: `ally do {each.entry.exercise}` goes on with it.")
        if wanted(each.entry):
            newest, each_other = each, newest
        else:
            each_other = each
        if each_other:
            each_other.draft.let_go()
    return _choice(session, newest, fitted) if newest else None


def name_waiting(session: Session) -> None:
    """Without somebody to ask: say that a draft waits."""
    waiting = session.drafts.waiting()
    for each in waiting:
        each.draft.let_go()
    if waiting:
        session.note(
            f"{len(waiting)} {'draft waits' if len(waiting) == 1 else 'drafts wait'}; "
            "`ally reflect` on a terminal offers what was left unfinished."
        )


def _choice(session: Session, waiting: Waiting, fitted: Callable[[Entry], Entry]) -> Waiting | None:
    entry, terminal = waiting.entry, session.terminal
    words = "1 word" if entry.words == 1 else f"{entry.words} words"
    terminal.say(
        f"A draft of {show_day(entry.date)} waits, {words}" + (f", under:\n  {entry.asked[-1]}" if entry.asked else ".")
    )
    try:
        while True:
            typed = terminal.line(DRAFT_CHOICES).strip().casefold()
            if typed == "":
                return waiting
            if typed == "s":
                try:
                    keep(session, waiting.draft, fitted(entry))
                except UsageError as error:
                    terminal.say(str(error))
                    continue
                return None
            if typed == "l":
                waiting.draft.let_go()
                return None
            if typed == "d" and terminal.line("Discard these words for good? Type yes: ").strip().casefold() == "yes":
                waiting.draft.discard()
                terminal.say("Discarded.")
                return None
    except Stopped:
        raise stopped(waiting.draft) from None


def _tried(session: Session, draft: Draft, entry: Entry, add: Callable[[], Entry]) -> Entry:
    while True:
        try:
            return add()
        except AllyError as error:
            if not session.can_ask:
                raise _not_saved(draft, entry, error) from None
            add = _what_now(session, draft, entry, error) or add


def _what_now(session: Session, draft: Draft, entry: Entry, error: AllyError) -> Callable[[], Entry] | None:
    """Not saved, and somebody is there: retry (None), another folder, print it, or leave it as a draft."""
    terminal = session.terminal
    terminal.say(f"Not saved. {error}")
    try:
        typed = terminal.line("r tries again, f takes another folder, p prints your words, l leaves them as a draft: ")
        typed = typed.strip().casefold()
        if typed == "f":
            folder = Path(terminal.line("Folder: ").strip()).expanduser().absolute()
            return lambda: _elsewhere(session, folder, entry)
    except Stopped:
        typed = "l"
    if typed == "p":
        terminal.say(document.to_text(entry))
    if typed == "l":
        raise _not_saved(draft, entry, error)
    return None


def _elsewhere(session: Session, folder: Path, entry: Entry) -> Entry:
    kept = Journal(folder).add(entry)
    session.note(f"This entry is in the folder {folder}, not in your journal.")
    return kept


def _not_saved(draft: Draft, entry: Entry, error: AllyError) -> NotWritten:
    if draft.is_kept and not draft.is_behind:
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


def warn_of_argv(session: Session) -> None:
    """Once: words on the command line can be seen by others while it runs, and stay in the shell's history."""
    flag = session.settings.places.state / "warned-of-arguments"
    if flag.exists():
        return
    session.note(
        "For words that nobody else should see, use `ally note` alone, or a pipe: what stands on the command "
        "line shows in process lists and in your shell's history. (Said once.)"
    )
    with suppress(NotWritten):
        files.make_folder(flag.parent)
        files.replace(flag, b"")
