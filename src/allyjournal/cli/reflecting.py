"""Which prompt, and asking it: what `reflect` and `do` share. The prompt comes from the packs, the typing here."""

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from allyjournal import dates
from allyjournal.cli import prompting, saving
from allyjournal.cli.promising import WHEN, when
from allyjournal.cli.session import Session
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal.drafts import Draft
from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.folder import REF_LENGTH, new_id
from allyjournal.packs.answers import KINDS, DoesNotFit, Given
from allyjournal.packs.model import Pack, Prompt
from allyjournal.practice.interview import answered
from allyjournal.practice.schedule import Next
from allyjournal.practice.then_and_now import answers_to
from allyjournal.terminal.ask import Stopped
from allyjournal.terminal.page import both_ends, width_of
from allyjournal.terminal.screens import then_page

# Of the answers to a prompt, as many of the newest are looked at for one that has words.
FEW = 5
NO_HELP = "Write what comes; a name, a moment or a sentence is enough."


class Wanted(NamedTuple):
    """Which prompt is wanted, as the options say."""

    pack: str | None
    practice: str | None
    prompt: str | None
    day: date
    another: bool = False


def next_prompt(session: Session, wanted: Wanted) -> Next:
    """The prompt for these options. Raises AllyError if they name what is not there."""
    library = session.library
    if wanted.prompt is not None:
        if wanted.practice is not None or wanted.pack is not None:
            raise UsageError("--prompt names one prompt; leave out --practice and --pack.")
        pack, prompt = library.find_prompt(wanted.prompt)
        return Next(pack, prompt, "You asked for it.")
    practice = library.find_practice(wanted.practice).id if wanted.practice is not None else None
    pack = _pack_for(session, wanted.pack, practice)
    if wanted.pack is not None or practice:
        chosen = prompting.choose_from(session, pack, wanted.day, practice, wanted.another)
    else:
        found = prompting.before(session, wanted.day, wanted.another)
        chosen = prompting.daily(session, found, wanted.day, wanted.another)
    if chosen is None:
        where = f"for the practice {practice} " if practice else ""
        raise AllyError(
            f"The pack {pack.id} has no prompt {where}to ask; `ally packs show {pack.id}` shows what it has."
        )
    return chosen


def _pack_for(session: Session, named: str | None, practice: str | None) -> Pack:
    """The pack named, else the daily one; for a practice it does not know, the one that defines that."""
    packs = session.library.packs
    if named is not None:
        return session.library.find(named)
    daily = session.library.daily(session.settings.config.language)
    if practice and all(prompt.practice != practice for prompt in daily.prompts):
        return next(each for each in packs.values() if any(own.id == practice for own in each.practices))
    return daily


def show_prompt(session: Session, chosen: Next, entry: Entry, why: bool) -> None:
    """The day, the practice, the rhythm, and the prompt."""
    head = f"{dates.show_day(entry.date)} · {entry.title}"
    show_heading(session, head, session.rhythm())
    session.terminal.say(f"{chosen.prompt.text}\n" + (f"{chosen.why}\n" if why else ""))


def show_heading(session: Session, head: str, right: str = "") -> None:
    """A heading of its own line, with something at its right end where there is room."""
    if session.plain or len(head) + len(right) + 2 > width_of(sys.stdout):
        session.terminal.say("\n".join([*filter(None, [head, right]), ""]))
        return
    row = "".join(
        piece if isinstance(piece, str) else piece[1] for piece in both_ends(head, right, width_of(sys.stdout))
    )
    session.terminal.say(f"{row}\n")


def ask(
    session: Session,
    draft: Draft,
    entry: Entry,
    asked: Prompt,
    typed: str | None,
    *,
    edit: bool = False,
    initial: str = "",
    optional: bool = False,
) -> Given | None:
    """Ask until the answer fits; None for an empty one. `typed` is an answer that came by pipe.

    What is typed is on disk as a draft while it grows. Raises Stopped when the person stops, UsageError for
    a piped answer that does not fit.
    """
    kind = KINDS[asked.answer]
    if typed is None and kind.hint(asked):
        session.terminal.say(kind.hint(asked) + (" Leave it empty to skip." if optional else ""))
    elif typed is None and optional:
        session.terminal.say("Leave it empty to skip.")
    while True:
        words = typed if typed is not None else _typed(session, draft, entry, asked, edit, initial)
        if not words.strip():
            return None
        try:
            given = kind.parse(words, asked, session.today, new_id(REF_LENGTH))
        except DoesNotFit as error:
            if typed is not None:
                draft.let_go()
                raise UsageError(f"{error} Your words are kept as a draft in {draft.path}.") from None
            session.terminal.say(str(error))
            initial = words
            continue
        if typed is None and asked.answer == "person" and given.text != words.strip():
            session.terminal.say(f"Kept as {given.text}.")
        return given


def _typed(session: Session, draft: Draft, entry: Entry, asked: Prompt, edit: bool, initial: str) -> str:
    def grown(text: str) -> Entry:
        return answered(entry, asked, Given(text))

    if edit or KINDS[asked.answer].several_lines:
        return free_text(session, draft, edit, initial, grown, asked)
    text, _, _ = initial.partition("\n")
    help_text = asked.help or KINDS[asked.answer].hint(asked) or NO_HELP
    first = session.terminal.line("> ", lambda text: saving.hold(draft, grown(text)), help_text, text)
    if asked.answer != "commitment" or not first.strip():
        return first
    due = when(session, WHEN)
    return f"{first}\n{due.isoformat() if due else ''}"


def free_text(
    session: Session, draft: Draft, edit: bool, initial: str, grown: Callable[[str], Entry], asked: Prompt | None = None
) -> str:
    """Several lines, typed here or in the editor; every state of them goes to the draft as `grown` makes it."""
    question = asked.text if asked else ""

    def in_editor(text: str) -> str:
        draft.save(grown(text))
        edited = saving.in_editor(session, draft, question, text)
        draft.save(grown(edited))
        draft.discard_editing()
        return edited

    if edit:
        return in_editor(initial)
    help_text = (asked.help if asked else None) or NO_HELP
    return session.terminal.answer(initial, lambda text: _keep_typed(draft, text, grown), help_text, in_editor)


def _keep_typed(draft: Draft, text: str, grown: Callable[[str], Entry]) -> None:
    if text.strip() or draft.is_kept:
        draft.save(grown(text))


def fitted(session: Session, entry: Entry) -> Entry:
    """A reflection's draft with its answer as its kind wants it. Raises DoesNotFit."""
    if not entry.asked or entry.exercise:
        return entry
    prompt, text = prompt_of(session, entry), entry.answers[-1].text
    if KINDS[prompt.answer].tell(text, prompt) is not None:
        return entry
    before = before_last(entry)
    return answered(before, prompt, KINDS[prompt.answer].parse(text, prompt, session.today, new_id(REF_LENGTH)))


def offer_earlier(session: Session, prompt: Prompt, kept: Entry) -> None:
    """Offer the last answer to the same prompt, as it was asked then. Stopping here loses nothing."""
    prompts = (*prompt.was, prompt.id)
    numbers = session.index.choose(Filter(prompts=prompts)).numbers
    others = [each for each in session.index.entries(numbers[-FEW:]) if each.id != kept.id]
    earlier = answers_to(prompts, others)
    if not earlier:
        return
    day = earlier[-1].entry.date
    with suppress(Stopped):
        session.terminal.say("")
        typed = session.terminal.line(f"You answered this on {dates.show_short(day)} too. r reads that; Enter ends > ")
        if typed.strip().casefold() == "r":
            session.terminal.say("")
            session.show(then_page(earlier[-1:]))


def before_last(entry: Entry) -> Entry:
    """A reflection's draft without its answer."""
    return replace(entry, prompts=entry.prompts[:-1], asked=entry.asked[:-1], body="", people=(), tags=())


def prompt_of(session: Session, entry: Entry) -> Prompt:
    """The prompt that a draft's last answer belongs to; as text, if no pack has it any more."""
    pack = session.library.packs.get(entry.pack_id or "")
    for each in pack.prompts if pack else ():
        if entry.prompts[-1] in (each.id, *each.was) and each.text == entry.asked[-1]:
            return each
    practice = entry.practices[-1] if entry.practices else None
    return Prompt(id=entry.prompts[-1], text=entry.asked[-1], practice=practice, stage="what")
