"""`ally reflect` and `ally note`: one entry, from a prompt or from nothing."""

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from allyjournal import dates
from allyjournal.cli import completing, options, saving
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal.entry import Entry
from allyjournal.packs.answers import KINDS, Given
from allyjournal.practice.interview import answered, with_mentions
from allyjournal.terminal import page
from allyjournal.terminal.ask import Stopped

if TYPE_CHECKING:
    from allyjournal.journal.drafts import Draft
    from allyjournal.packs.model import Prompt
    from allyjournal.practice.schedule import Next

Edit = Annotated[bool, typer.Option("--edit", help="Write in your editor ($VISUAL or $EDITOR).")]


def reflect(
    ctx: typer.Context,
    source: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads the answer from standard input.")] = None,
    pack: Annotated[
        str | None, typer.Option("--pack", metavar="ID", autocompletion=completing.packs, help="A prompt of this pack.")
    ] = None,
    practice: Annotated[
        str | None,
        typer.Option(
            "--practice", metavar="ID", autocompletion=completing.practices, help="A prompt of this practice."
        ),
    ] = None,
    prompt: Annotated[
        str | None, typer.Option("--prompt", metavar="ID", autocompletion=completing.prompts, help="This prompt.")
    ] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day it is for.")] = None,
    another: Annotated[bool, typer.Option("--another", help="One more, when today's is answered.")] = False,
    edit: Edit = False,
    why: Annotated[bool, typer.Option("--why", help="Say why this prompt.")] = False,
    only_print: Annotated[bool, typer.Option("--print", help="Only print the prompt.")] = False,
) -> None:
    """Answer today's prompt; the answer is kept as one Markdown file."""
    from allyjournal.cli.reflecting import Wanted, fitted, next_prompt

    session = session_of(ctx)
    _check_source(source)
    when = _day_of(session, day) if day is not None else session.today
    session.name_broken_packs()
    wanted = Wanted(pack, practice, prompt, when, another)
    if only_print:
        _print_prompt(session, next_prompt(session, wanted), why)
        return
    asks = session.can_ask and source is None
    waiting = None
    if asks:
        waiting = saving.offered(session, lambda each: each.exercise is None, lambda each: fitted(session, each))
    if waiting:
        _go_on(session, waiting.draft, waiting.entry, edit)
        return
    if not asks:
        saving.name_waiting(session)
    elif not another:
        from allyjournal.cli.promising import asked_back

        asked_back(session)
    chosen = next_prompt(session, wanted)
    earlier = _answered_already(session, chosen, wanted.day)
    if earlier and (practice or pack) and not another:
        chosen = next_prompt(session, wanted._replace(another=True))
        earlier = _answered_already(session, chosen, wanted.day)
    if earlier and not (another or pack or practice or prompt) and asks:
        session.terminal.say(
            f"Today's prompt is answered: {earlier.selector}, {earlier.title}.\n`ally reflect --another` asks one more."
        )
        return
    if earlier and not asks:
        session.note(f"This prompt has an answer of that day already ({earlier.selector}); this one stands beside it.")
    _reflect(session, chosen, wanted.day, edit=edit, why=why, asks=asks)


def _day_of(session: Session, typed: str) -> date:
    """The day an entry is for. Raises UsageError for one that is still to come, and for what is no day."""
    try:
        day = dates.parse_day(typed, session.today)
    except UsageError:
        later = _later_day(session, typed)
        if later is None:
            raise
        day = later
    if day > session.today:
        raise UsageError("--date is the day an entry is for, and that day is still to come.")
    return day


def _later_day(session: Session, typed: str) -> date | None:
    try:
        return dates.parse_due(typed, session.today)
    except UsageError:
        return None


def note(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]...", help="The note; - reads standard input.")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TITLE", help="A title for lists.")] = "",
    tags: Annotated[
        list[str] | None,
        typer.Option("-t", "--tag", metavar="TAG", autocompletion=completing.tags, help="A tag; may be repeated."),
    ] = None,
    others: Annotated[
        bool, typer.Option("--others", help="It is what others said, unasked; kept apart from your own words.")
    ] = False,
    edit: Edit = False,
) -> None:
    """Write freely: words on the line, a pipe, or the prompt that opens when there is neither."""
    session = session_of(ctx)
    entry = saving.new_entry(
        session,
        kind="note",
        title=_one_line(title),
        tags=options.tag_names(tags or []),
        voice="others" if others else "self",
    )
    text = " ".join(words or [])
    asks = not text and session.can_ask
    if not asks and text in ("", "-"):
        saving.name_waiting(session)
    waiting = saving.offered(session, lambda each: each.kind == "note") if asks and not edit else None
    if waiting:
        kept_title = entry.title or waiting.entry.title
        tags_of_both = tuple(dict.fromkeys([*waiting.entry.tags, *entry.tags]))
        _go_on(session, waiting.draft, replace(waiting.entry, title=kept_title, tags=tags_of_both), edit)
        return
    draft = saving.begin_draft(session, entry, asks)
    if text and text != "-":
        saving.hold(draft, with_mentions(replace(entry, body=options.clean(text))))
        text = options.clean(text)
    elif not asks:
        if session.given.get("no_input") and sys.stdin.isatty() and text != "-":
            draft.discard()
            raise UsageError("There is nobody to ask (--no-input); give the words, or pipe them in.")
        text = saving.from_pipe(draft, lambda typed: with_mentions(replace(entry, body=typed)))
    else:
        text = _written(session, draft, entry, edit)
    _keep_note(session, draft, entry, text)
    if words and words != ["-"]:
        saving.warn_of_argv(session)


def _keep_note(session: Session, draft: "Draft", entry: Entry, text: str) -> None:
    if text.strip():
        saving.keep(session, draft, with_mentions(replace(entry, body=text)))
        return
    draft.discard()
    session.note("Nothing was written.")


def _check_source(source: str | None) -> None:
    if source not in (None, "-"):
        raise UsageError(
            "Only - is understood here: it reads the answer from standard input. "
            "For a note with its words on the line, use `ally note`."
        )


def _print_prompt(session: Session, chosen: "Next", why: bool) -> None:
    prompt = chosen.prompt
    if session.json:
        session.show_json(
            {
                "prompt": prompt.id,
                "asked": prompt.text,
                "pack": chosen.pack.id,
                "version": chosen.pack.version,
                "practice": prompt.practice,
                "why": chosen.why,
            }
        )
        return
    shown = page.Page()
    shown.row(prompt.text)
    if why:
        shown.row(chosen.why)
    session.show(shown)


def _answered_already(session: Session, chosen: "Next", day: date) -> Entry | None:
    entries = session.journal.between(dates.Period(day, day)).entries
    found = [entry for entry in entries if chosen.prompt.id in entry.prompts]
    return found[-1] if found else None


def _reflect(session: Session, chosen: "Next", day: date, *, edit: bool, why: bool, asks: bool) -> None:
    prompt = chosen.prompt
    entry = saving.new_entry(
        session,
        day,
        kind="reflection",
        pack=chosen.pack.reference,
        voice=prompt.voice,
        title=session.titles.get(prompt.practice or "", chosen.pack.title),
    )
    if not asks and session.given.get("no_input") and sys.stdin.isatty():
        raise UsageError("There is nobody to ask (--no-input); pipe the answer in, or use --print.")
    draft = saving.begin_draft(session, entry, asks)
    if asks:
        from allyjournal.cli.reflecting import show_prompt

        show_prompt(session, chosen, entry, why)
        typed = None
    else:
        typed = saving.from_pipe(draft, lambda text: answered(entry, prompt, Given(text)))
    _answer(session, draft, entry, prompt, typed, edit)


def _answer(
    session: Session, draft: "Draft", entry: Entry, prompt: "Prompt", typed: str | None, edit: bool, initial: str = ""
) -> None:
    from allyjournal.cli.reflecting import ask, offer_earlier

    try:
        given = ask(session, draft, entry, prompt, typed, edit=edit, initial=initial)
    except Stopped as stop:
        half = answered(entry, prompt, Given(stop.text)) if stop.text.strip() else None
        raise saving.stopped(draft, half) from None
    except AllyError:
        draft.let_go()
        raise
    if given is None:
        draft.discard()
        _pass_over(session, prompt)
        return
    done = answered(entry, prompt, given)
    saving.hold(draft, done)
    if typed is None and prompt.answer != "commitment":
        from allyjournal.cli.promising import offered

        if not KINDS[prompt.answer].several_lines:
            session.terminal.say("")
        done = offered(session, draft, done)
    kept = saving.keep(session, draft, done)
    if typed is None and not session.json:
        offer_earlier(session, prompt, kept)


def _pass_over(session: Session, prompt: "Prompt") -> None:
    """Note that a prompt got no answer, so that it rests as if it had."""
    from allyjournal.journal import skipped
    from allyjournal.journal.history import History

    try:
        skipped.add(session.journal, History(session.journal, session.now), prompt.id, session.today)
    except AllyError as error:
        session.note(f"Nothing was written. {error}")
    else:
        session.note("Nothing was written. This prompt is passed over and rests; `ally reflect` asks another.")


def _go_on(session: Session, draft: "Draft", entry: Entry, edit: bool) -> None:
    """Take up a draft where it was left: its text, with what an editor left, is what the answer begins with."""
    saving.hold(draft, entry)
    if not draft.is_behind:
        draft.discard_editing()
    from allyjournal.cli.reflecting import before_last, prompt_of

    if not entry.asked:
        _keep_note(session, draft, entry, _written(session, draft, entry, edit, entry.body))
        return
    prompt = prompt_of(session, entry)
    session.terminal.say(f"\n{prompt.text}\n")
    _answer(session, draft, before_last(entry), prompt, None, edit, entry.answers[-1].text)


def _written(session: Session, draft: "Draft", entry: Entry, edit: bool, initial: str = "") -> str:
    from allyjournal.cli.reflecting import free_text

    def grown(text: str) -> Entry:
        return with_mentions(replace(entry, body=text))

    try:
        return free_text(session, draft, edit, initial, grown)
    except Stopped as stop:
        raise saving.stopped(draft, grown(stop.text) if stop.text.strip() else None) from None


def _one_line(title: str) -> str:
    return " ".join(options.clean(title).split())
