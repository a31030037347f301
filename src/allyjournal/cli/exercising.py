"""Going through an exercise: asked step by step or piped, stopped after any step and taken up again.

What is answered is on disk before the next step; what is finished, or stopped, is one entry that grows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from allyjournal.cli import reflecting, saving
from allyjournal.cli.session import Session
from allyjournal.dates import show_day
from allyjournal.errors import AllyError, Interrupted, NotWritten, Refused, UsageError
from allyjournal.journal import document, properties
from allyjournal.journal.body import Answer
from allyjournal.journal.card import Known
from allyjournal.journal.drafts import Draft
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import REF_LENGTH, new_id
from allyjournal.journal.history import Edit, History
from allyjournal.journal.index import past
from allyjournal.packs.answers import KINDS, Given
from allyjournal.packs.model import Exercise, Pack, Prompt
from allyjournal.practice.interview import interview, remaining, with_mentions
from allyjournal.practice.sessions import DEBRIEF, EXERCISES, Brought, brought
from allyjournal.terminal.ask import Stopped
from allyjournal.terminal.screens import brought_page

TRIES = 3


@dataclass
class Run:
    """One sitting with an exercise.

    `base` is the unfinished entry in the journal, `half` what had been typed for the next step, `is_resumed`
    whether the draft was left behind by an earlier sitting, `lines` the answers that came by pipe.
    """

    session: Session
    exercise: Exercise
    draft: Draft
    entry: Entry
    base: Entry | None = None
    half: str = ""
    is_resumed: bool = False
    lines: list[str] | None = None


class About(NamedTuple):
    """What a sitting is about, where the exercise alone does not say it: a title, an entry it looks back on."""

    title: str | None = None
    reply_to: str | None = None

    def fits(self, entry: Known) -> bool:
        """Whether an entry is about the same."""
        return self.title in (None, entry.title) and self.reply_to in (None, entry.reply_to)


ANYTHING = About()


def begin(session: Session, pack: Pack, exercise: Exercise, about: About = ANYTHING) -> Run:
    """A draft that was left behind, else the unfinished entry, else a new one."""
    session.name_unreadable(session.index.unreadable())
    mine = None
    for each in session.drafts.waiting():
        if mine is None and each.entry.exercise == exercise.id and about.fits(each.entry):
            mine = each
        else:
            each.draft.let_go()
    if mine:
        entry, half = _without_half(mine.entry)
        kept = [session.journal.read(each.path) for each in session.index.where("id = ?", [entry.id])]
        return Run(session, exercise, mine.draft, entry, kept[-1] if kept else None, half, is_resumed=True)
    same = session.index.where(f"{past.UNFINISHED} AND exercise = ? AND id IS NOT NULL", [exercise.id])
    unfinished = [each for each in same if about.fits(each)]
    if unfinished:
        entry = session.journal.read(unfinished[-1].path)
        return Run(session, exercise, saving.begin_draft(session, entry, True), entry, entry)
    entry = saving.new_entry(
        session,
        kind="exercise",
        title=about.title or exercise.title,
        pack=pack.reference,
        exercise=exercise.id,
        next_step=exercise.steps[0].id,
        reply_to=about.reply_to,
    )
    return Run(session, exercise, saving.begin_draft(session, entry, True), entry)


def _without_half(entry: Entry) -> tuple[Entry, str]:
    """A draft may end in the answer that was being typed: it is asked again, beginning with that text."""
    if not entry.next_step or entry.next_step not in entry.prompts:
        return entry, ""
    at = entry.prompts.index(entry.next_step)
    body = entry.body.rpartition(f"## {entry.asked[at]}")[0].rstrip()
    return replace(entry, prompts=entry.prompts[:at], asked=entry.asked[:at], body=body), entry.answers[at].text


def asked(run: Run, edit: bool) -> None:
    """Ask step by step; each answer is in the draft before the next question is shown."""
    _greet(run)
    begun = len(run.base.asked) if run.base else 0

    def ask(step: Prompt, entry: Entry) -> Given | None:
        half, run.half = run.half, ""
        return _ask(run, step, entry, edit, half)

    try:
        for entry in interview(run.exercise, run.entry, ask):
            run.entry = entry
            if entry.asked:
                saving.hold(run.draft, with_mentions(run.entry))
    except Stopped as stop:
        _keep(run, half=bool(stop.text.strip()), grown=len(run.entry.asked) > begun)
        raise Interrupted(f"Stopped; `ally do {run.exercise.id}` goes on from here.") from None
    except AllyError as error:
        _keep(run, half=bool(run.draft.edited()), grown=len(run.entry.asked) > begun)
        raise AllyError(f"{error} `ally do {run.exercise.id}` goes on from here.") from None
    _keep(run, half=False, grown=True)


def _greet(run: Run) -> None:
    session, steps = run.session, run.exercise.steps
    left = len(remaining(run.exercise, run.entry))
    begun = f"begun on {show_day(run.entry.date)}, " if run.entry.asked else ""
    reflecting.show_heading(
        session, f"{show_day(session.today)} · {run.entry.title}", f"{begun}{left} of {len(steps)} steps to go"
    )
    session.terminal.say(f"Ctrl-C stops after any step; `ally do {run.exercise.id}` goes on from there.\n")
    if run.exercise.id in EXERCISES:
        session.show(brought_page(_brought(session), session.today))


def _brought(session: Session) -> Brought:
    return brought(session.index.where(past.BROUGHT, [DEBRIEF]))


def _ask(run: Run, step: Prompt, entry: Entry, edit: bool, initial: str) -> Given | None:
    terminal = run.session.terminal
    terminal.say(f"{run.exercise.steps.index(step) + 1} of {len(run.exercise.steps)}. {step.text}\n")
    is_long = KINDS[step.answer].several_lines
    while True:
        given = reflecting.ask(
            run.session, run.draft, entry, step, None, edit=edit and is_long, initial=initial, optional=step.optional
        )
        if edit or not is_long:
            terminal.say("")
        if given is not None or step.optional:
            return given
        terminal.say("This step needs an answer; Ctrl-C stops here until another time.")


def from_pipe(session: Session, pack: Pack, exercise: Exercise, about: About = ANYTHING) -> None:
    """Answers one a line; an empty line passes over an optional step, and where they end the exercise waits.

    Nothing is kept in the journal unless every line fits; until then all of it is a draft.
    """
    raw = saving.new_entry(session, kind="note", title=exercise.title)
    rescue = saving.begin_draft(session, raw, False)
    typed = saving.from_pipe(rescue, lambda text: replace(raw, body=text), by_lines=True)
    try:
        run = begin(session, pack, exercise, about)
    except NotWritten as error:
        rescue.let_go()
        raise NotWritten(f"{error} What you gave is kept as a draft: {rescue.path}") from None
    if run.half:
        run.draft.let_go()
        rescue.let_go()
        raise Refused(
            f"Half an answer waits at the step {run.entry.next_step}; `ally do {exercise.id}` on a terminal "
            f"finishes it. What you gave is kept as a draft: {rescue.path}"
        )
    run.lines = typed.split("\n")
    try:
        for entry in interview(exercise, run.entry, lambda step, _: _next_line(run, step)):
            run.entry = entry
        if any(line.strip() for line in run.lines):
            raise UsageError(f"there are {len(run.lines)} more lines than steps.")
    except Stopped:
        session.note(f"The next step is {run.entry.next_step}; `ally do {exercise.id}` goes on from there.")
    except UsageError as error:
        if run.is_resumed:
            run.draft.let_go()
        else:
            run.draft.discard()
        rescue.let_go()
        number = len(typed.split("\n")) - len(run.lines)
        step = f", for the step {run.entry.next_step}" if run.entry.next_step else ""
        raise UsageError(
            f"Line {number}{step}: {error} Nothing was kept but a draft of all lines: {rescue.path}"
        ) from None
    _keep(run, half=False, grown=True)
    rescue.discard()


def _next_line(run: Run, step: Prompt) -> Given | None:
    if not run.lines:
        raise Stopped
    line = run.lines.pop(0)
    if line.strip():
        return KINDS[step.answer].parse(line, step, run.session.today, new_id(REF_LENGTH))
    if not step.optional:
        raise UsageError("this step needs an answer.")
    return None


def _keep(run: Run, half: bool, grown: bool) -> None:
    """Keep what is answered, finished or not. Half an answer stays behind in the draft."""
    entry, draft = with_mentions(run.entry), run.draft
    if not entry.asked or not grown:
        if half:
            draft.let_go()
        else:
            draft.discard()
        if not entry.asked and not entry.next_step:
            raise AllyError("Every step was passed over, so there is nothing to keep.")
        return
    kept = _grow(run, entry, run.base) if run.base else saving.add(run.session, draft, entry)
    saving.say_saved(run.session, kept)
    promised = len(kept.commitments) - (len(run.base.commitments) if run.base else 0)
    if promised > 0 and not kept.next_step:
        run.session.note("`ally commitments` lists what you will do; with --ics FILE it goes into a calendar.")
    if half:
        draft.let_go()
    else:
        draft.discard()


def _grow(run: Run, entry: Entry, base: Entry) -> Entry:
    """Write the new answers into the unfinished entry as it is now, whatever was changed there meanwhile.

    A step that was answered elsewhere in other words meanwhile has both answers then.
    """
    session, history = run.session, History(run.session.journal, run.session.now)
    fresh = entry.answers if run.is_resumed else entry.answers[len(base.asked) :]
    for attempt in range(TRIES):
        data, now = session.journal.bytes_of(base.path), session.journal.read(base.path)
        grown = _with_answers(now, entry, base, fresh)
        try:
            history.change(f"do {entry.exercise}", [Edit(base.path, data, properties.rewritten(data, now, grown))])
        except Refused:
            if attempt == TRIES - 1:
                raise
        else:
            break
    return session.journal.read(base.path)


def _with_answers(now: Entry, entry: Entry, base: Entry, fresh: Sequence[Answer]) -> Entry:
    """`now`, the entry as it is, with those of the `fresh` answers that neither it nor `base` has."""
    grown = replace(
        now,
        next_step=entry.next_step,
        practices=_joined(now.practices, entry.practices),
        tags=_joined(now.tags, entry.tags),
        people=_joined(now.people, entry.people),
    )
    there = {(each.prompt, each.text) for each in (*base.answers, *now.answers)}
    for answer in fresh:
        if answer.prompt and (answer.prompt, answer.text) not in there:
            grown = replace(
                grown,
                prompts=(*grown.prompts, answer.prompt),
                asked=(*grown.asked, answer.asked),
                body=document.with_answer(grown.body, answer.asked, answer.text),
            )
    return grown


def _joined(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *then]))
