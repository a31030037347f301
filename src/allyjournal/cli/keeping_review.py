"""Keeping a review: its questions asked one by one, each answer in the journal before the next is asked.

The entry grows, so a crash can only take the answer that is being typed, and that is a draft. Made again for the same
period, the answers stay and the figures are made anew.
"""

import sys
from dataclasses import replace
from typing import NamedTuple

from allyjournal.cli import looking, reflecting, saving
from allyjournal.cli.session import Session
from allyjournal.dates import Period, name_period
from allyjournal.errors import AllyError, Interrupted, Refused, UsageError
from allyjournal.journal import document, properties
from allyjournal.journal.body import HIDING
from allyjournal.journal.drafts import Draft
from allyjournal.journal.entry import Entry
from allyjournal.journal.history import History
from allyjournal.packs.answers import KINDS, Given
from allyjournal.packs.model import Pack, Prompt
from allyjournal.practice import kept_review, weekly
from allyjournal.practice.interview import answered, with_mentions
from allyjournal.practice.material import figures_id
from allyjournal.practice.review import review
from allyjournal.sharing.formats.review_markdown import figures
from allyjournal.sharing.redaction import Leaving
from allyjournal.terminal.ask import Stopped

_LISTS = ("prompts", "asked", "practices", "tags", "people")


class Run(NamedTuple):
    """One sitting: the period, what its figures are named by and stand under, and their text."""

    session: Session
    period: Period
    pack: Pack
    own: str
    under: str
    figures: str

    def entry(self) -> Entry:
        """A new entry for this review, without an answer yet."""
        title = f"Review of {name_period(self.period)}"
        return saving.new_entry(self.session, kind="review", title=title, pack=self.pack.reference)

    def whole(self, entry: Entry) -> Entry:
        """A new entry with the figures below its answers."""
        body = kept_review.with_figures(entry.body, self.under, self.figures)
        return replace(entry, prompts=(*entry.prompts, self.own), asked=(*entry.asked, self.under), body=body)


def keep(session: Session, period: Period) -> None:
    """Keep the review of a period, or renew the one that is kept. Raises Interrupted when the person stops."""
    run, kept = _begin(session, period)
    prompts = [each for each in run.pack.prompts if each.when == weekly.WEEKLY]
    names = [name for each in prompts for name in (each.id, *each.was)]
    entries = looking.answering(session, names, [each.practice for each in prompts if each.practice])
    asked = weekly.unanswered(weekly.questions(run.pack, entries, kept), kept, prompts)
    if session.can_ask:
        kept, is_new = _asked(run, kept, asked)
    else:
        kept, is_new = _from_pipe(run, kept, asked)
    if kept is None:
        entry = run.entry()
        kept = _added(run, saving.begin_draft(session, entry, asks=False), entry)
    elif not is_new:
        kept = _rewritten(run, kept)
    saving.say_saved(session, kept)


def _begin(session: Session, period: Period) -> tuple[Run, Entry | None]:
    """What is kept of the figures is what may leave: the entry may be exported one day."""
    material = looking.gathered(session, period, include_private=False)
    said = Leaving((), material.private, material.hidden).said()
    if said:
        session.note(f"Left out of what is kept: {said.replace(' (--include-private adds them)', '')}.")
    pack = session.library.daily(session.settings.config.language)
    own, under = figures_id(period), kept_review.heading(period)
    made = figures(review(material, looking.frame_of(session, period))).replace(HIDING, "")
    found = looking.answering(session, [own])
    return Run(session, period, pack, own, under, made), session.journal.read(found[-1].path) if found else None


def _asked(run: Run, kept: Entry | None, asked: list[Prompt]) -> tuple[Entry | None, bool]:
    """Ask each question; gives the entry by then, and whether it holds a new answer."""
    left = _left_behind(run, kept, asked)
    is_new = False
    for number, prompt in enumerate(asked, 1):
        session = run.session
        base, draft, initial = left.pop(prompt.id) if prompt.id in left else _fresh(run)
        session.terminal.say(f"{number} of {len(asked)}. {prompt.text}\n")
        try:
            given = reflecting.ask(session, draft, base, prompt, None, initial=initial, optional=True)
        except Stopped as stop:
            half = answered(base, prompt, Given(stop.text)) if stop.text.strip() else None
            ended = saving.stopped(draft, half)
            if not is_new or draft.is_kept:
                raise ended from None
            raise Interrupted("Stopped; what you answered before is saved.") from None
        except AllyError:
            draft.let_go()
            raise
        if not KINDS[prompt.answer].several_lines:
            session.terminal.say("")
        if given is None:
            draft.discard()
            continue
        saving.hold(draft, answered(base, prompt, given))
        kept, is_new = _with_answer(run, kept, draft, base, prompt, given), True
    return kept, is_new


def _from_pipe(run: Run, kept: Entry | None, asked: list[Prompt]) -> tuple[Entry | None, bool]:
    """Standard input, if there is any, answers the first question that a text answers."""
    session = run.session
    if session.given.get("no_input") and sys.stdin.isatty():
        return kept, False
    base = run.entry()
    draft = saving.begin_draft(session, base, asks=False)
    prompt = next((each for each in asked if KINDS[each.answer].several_lines), None)

    def as_draft(text: str) -> Entry:
        return answered(base, prompt, Given(text)) if prompt else replace(base, body=text)

    try:
        typed = saving.from_pipe(draft, as_draft)
    except UsageError:
        if draft.is_kept:
            raise
        return kept, False
    if prompt is None:
        draft.let_go()
        raise Refused(f"The questions of this review are answered. What you gave is kept as a draft: {draft.path}")
    given = reflecting.ask(session, draft, base, prompt, typed)
    return (_with_answer(run, kept, draft, base, prompt, given), True) if given else (kept, False)


def _fresh(run: Run) -> tuple[Entry, Draft, str]:
    base = run.entry()
    return base, saving.begin_draft(run.session, base, asks=True), ""


def _left_behind(run: Run, kept: Entry | None, asked: list[Prompt]) -> dict[str, tuple[Entry, Draft, str]]:
    """The drafts of this review's answers, by question; one whose words are kept by now goes."""
    found: dict[str, tuple[Entry, Draft, str]] = {}
    ids, there = {each.id for each in asked}, {(each.prompt, each.text) for each in kept.answers} if kept else set()
    for each in run.session.drafts.waiting():
        entry, answers = each.entry, each.entry.answers
        is_ours = entry.kind == "review" and len(answers) == 1 and entry.title == run.entry().title
        prompt = answers[0].prompt if is_ours else None
        if is_ours and (prompt, answers[0].text) in there and not each.draft.edited():
            each.draft.discard()
        elif prompt and prompt in ids and prompt not in found:
            base = replace(entry, prompts=(), asked=(), practices=(), tags=(), people=(), body="", path="")
            found[prompt] = (base, each.draft, answers[0].text)
        else:
            each.draft.let_go()
    return found


def _with_answer(run: Run, kept: Entry | None, draft: Draft, base: Entry, prompt: Prompt, given: Given) -> Entry:
    """The answer in the journal, and its draft gone. Raises AllyError, and then the draft has it."""
    if kept is None:
        return _added(run, draft, answered(base, prompt, given))
    try:
        grown = _rewritten(run, kept, (prompt, given))
    except AllyError:
        draft.let_go()
        run.session.note("Your answer is kept as a draft; `ally review --save` or `ally reflect` goes on with it.")
        raise
    draft.discard()
    return grown


def _added(run: Run, draft: Draft, entry: Entry) -> Entry:
    kept = saving.add(run.session, draft, run.whole(entry))
    draft.discard()
    return kept


def _rewritten(run: Run, kept: Entry, answer: tuple[Prompt, Given] | None = None) -> Entry:
    """The kept review with figures of now, and one more answer. Raises as `History.rewrite`, and Refused."""
    session = run.session

    def renewed(path: str, data: bytes) -> bytes:
        return _renewed(run, session.journal.again(kept, data), data, path, answer)

    History(session.journal, session.now).rewrite(f"review {kept.selector}", [kept.path], renewed)
    return session.journal.read(kept.path)


def _renewed(run: Run, now: Entry, data: bytes, path: str, answer: tuple[Prompt, Given] | None) -> bytes:
    """The file's new bytes: what the writer wrote is as it was, word for word. Raises Refused where it could not be."""
    if now.readonly:
        raise Refused(f"{path} is not UTF-8 text; nothing was changed.")
    text, after = data.decode("utf-8"), now
    body = now.body.replace("\r\n", "\n")
    if answer:
        prompt, given = answer
        body = kept_review.with_answer(body, run.under, prompt.text, given.text)
        after = replace(now, prompts=(*now.prompts, prompt.id), asked=(*now.asked, prompt.text))
        after = _answered_by(after, prompt, given)
    body = kept_review.with_figures(body, run.under, run.figures)
    after = with_mentions(replace(after, body=body))
    changes = {each: getattr(after, each) for each in _LISTS if getattr(after, each) != getattr(now, each)}
    start = len(text) - len(document.body_of(text, path).lstrip("\r\n"))
    written = body.replace("\n", "\r\n") if "\r\n" in document.body_of(text, path) else body
    new = properties.with_properties(f"{text[:start]}{written}{text[start + len(now.body) :]}", changes, path).encode()
    _verify(run, now, document.from_bytes(new, document.Fallback(path, lambda: now.created)), answer)
    return new


def _answered_by(entry: Entry, prompt: Prompt, given: Given) -> Entry:
    """`entry` with the practice and the people that an answer brings."""
    practices = (*entry.practices, *([prompt.practice] if prompt.practice else []))
    return replace(
        entry,
        practices=tuple(dict.fromkeys(practices)),
        people=tuple(dict.fromkeys([*entry.people, *given.people])),
    )


def _verify(run: Run, now: Entry, read: Entry, answer: tuple[Prompt, Given] | None) -> None:
    """Every answer reads as it did, the new one reads back, and nothing that was hidden shows."""
    there = {each.prompt: each.text for each in read.answers}
    lost = [each for each in now.answers if each.prompt != run.own and not _same(there.get(each.prompt, ""), each.text)]
    new = answer[1].text if answer else ""
    is_there = answer is None or _same(there.get(answer[0].id, ""), new)
    allowed = f"{run.figures}\n{new}\n## {run.under}"
    if lost or not is_there or kept_review.shows_more(now.body, read.body, allowed):
        raise Refused(f"{now.path} could not be renewed without changing your words; nothing was changed.")


def _same(read: str, text: str) -> bool:
    """A mark or a fence that was left open is closed behind an answer."""
    return read.replace("\r\n", "\n").startswith(text.replace("\r\n", "\n").rstrip())
