"""`ally share`: entries for somebody else, as the writer saw and chose them."""

import os
import re
import secrets
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from allyjournal.cli import choosing, completing, leaving, options, outfile, reaching
from allyjournal.cli.deciding import Deciding, Yes
from allyjournal.cli.session import Session, session_of, warn
from allyjournal.config import expanded
from allyjournal.dates import Period
from allyjournal.errors import AllyError, Refused, UsageError
from allyjournal.journal import folder, people
from allyjournal.journal.card import Card
from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.index import past
from allyjournal.sharing import (
    coaches,
    consent,
    document,
    marked_markdown,
    outgoing,
    pending,
    receipts,
    remembered,
)
from allyjournal.sharing.coaches import Coach
from allyjournal.sharing.consent import Ground
from allyjournal.sharing.gate import Guard
from allyjournal.sharing.names import find
from allyjournal.sharing.receipt import Receipt, last_session, receipt_of, words_of
from allyjournal.sharing.redacted import with_mentioned
from allyjournal.sharing.skeleton import skeleton
from allyjournal.sharing.suspects import vocabulary
from allyjournal.sharing.wording import worded
from allyjournal.terminal.consent_screen import first_time, legend
from allyjournal.terminal.safe import safe_line

LAST_SESSION = "last session"
# Entries with something to ask that one message names.
MOST_NAMED = 5


class Sent(NamedTuple):
    """A share that is written: its receipt, the file, and how many entries are in it."""

    receipt: Receipt
    way: leaving.Way


def share(
    ctx: typer.Context,
    coach: Annotated[
        str,
        typer.Argument(metavar="COACH", autocompletion=completing.coaches, help="Their handle; see `ally coach list`."),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="html (unless they have another), md, pdf, docx, json or jsonl."
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; else share-COACH-DAY here.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            "--recipient", metavar="KEY", help="Encrypt to this public key, not the coach's; may be repeated."
        ),
    ] = None,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Encrypt with a passphrase, which is asked for.")
    ] = False,
    only_marked: Annotated[
        bool, typer.Option("--only-marked", help="Only entries that you marked with `ally mark`.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --only-marked: share without asking again.")] = False,
) -> None:
    """Choose entries for a coach: you see what would leave, names replaced, and say yes or no to each.

    It becomes a file that you send yourself; ally sends nothing. --from "last session": what they do not have yet.
    """
    session = session_of(ctx)
    whom = coaches.find(coaches.of(session.journal), options.clean(coach))
    _check_asking(session, yes, only_marked, passphrase)
    way = leaving.way_of(session, whom, form, out, force, recipient or [], passphrase)
    _name_cut_short(session)
    known = receipts.all_of(session.journal)
    session.name_unreadable(known.unreadable)
    receipts.check_whole(session.journal, whom.handle, known)
    entries, period = _chosen(session, whom, known.receipts, only_marked)
    share_id = folder.new_id()
    ground = _ground(session, whom, entries, known.receipts)
    _check_file_name(whom, way, ground)
    if not any(each.coach == whom.handle for each in known.receipts):
        (session.note if yes else session.terminal.say)(first_time(whom.name))
    found = _marked(ground, entries) if yes else _asked(session, ground, entries, known.receipts, share_id)
    if not found.said:
        raise AllyError("You chose no entry, so nothing was shared.")
    sent = _sent(session, whom, way, found, period, share_id)
    _say(session, whom, sent)
    if yes and not session.json:
        session.note(f"In it: {', '.join(each.original.selector for each in found.said)}.")


class Found(NamedTuple):
    """The entries that leave, and what they were redacted by."""

    said: Sequence[Yes]
    ground: Ground


def _check_asking(session: Session, yes: bool, only_marked: bool, passphrase: bool) -> None:
    """Raise UsageError where nobody can be asked what must be, or --yes would share what nobody chose."""
    if yes and not only_marked:
        raise UsageError("--yes goes with --only-marked: it shares the entries that you marked, and no others.")
    if not yes and not session.can_ask:
        raise UsageError(
            "There is nobody to ask. On a terminal you see each entry first; "
            "--only-marked --yes shares those that you marked."
        )
    if session.json and not yes:
        raise UsageError("--json goes with --only-marked --yes, which asks nothing.")
    if passphrase and not session.can_ask:
        raise UsageError("A passphrase is typed on a terminal; without one, use --recipient KEY.")


def _name_cut_short(session: Session) -> None:
    for path in session.drafts.of_shares():
        warn(
            f"A share was cut short while you changed an entry for it: {path} has those words. Delete it when you can."
        )
    for each in pending.cut_short(session.settings.places.state, session.journal):
        warn(
            f"A share was cut short: its receipt is {each.receipt}, and {each.file} was not written. "
            "If you never sent it, delete the receipt."
        )


def _chosen(
    session: Session, whom: Coach, known: Sequence[Receipt], only_marked: bool
) -> tuple[list[Entry], Period | None]:
    """The entries that the filters want and that may leave, oldest first, and the period that was asked for.

    From the last session on means what the coach does not have yet, also of that day.

    Raises AllyError if there are none.
    """
    given = session.given
    since_last = str(given.get("from", "")).strip().casefold() == LAST_SESSION
    if since_last:
        given["from"] = last_session(known, whom.handle).isoformat()
    with_feedback, limit = given.get("kind") == consent.FEEDBACK, given.get("limit")
    wanted, cards = _wanted(session)
    there, stays = consent.may_leave(cards, only_marked, with_feedback)
    count = len(there)
    first = max(0, count - limit) if limit is not None and not since_last else 0
    # As their files are now, and not as the index last saw them.
    read = [entry for entry in reaching.read(session, there[first:]) if wanted.wants(entry)]
    entries, _ = consent.may_leave(read, only_marked, with_feedback)
    if since_last:
        fresh = [each for each in entries if consent.is_new_to(known, whom.handle, each)]
        stays += [f"{len(entries) - len(fresh)} that {whom.name} has already"] if len(fresh) < len(entries) else []
        count = len(fresh)
        entries = fresh[max(0, count - limit) if limit is not None else 0 :]
    choosing.say_range(session, choosing.period_of(session), len(entries), count)
    if stays:
        session.note(f"Left out: {', '.join(stays)}.")
    if not entries:
        marked = " that you marked; `ally mark ENTRY` marks one" if only_marked else ""
        raise AllyError(f"There is no entry to share{marked}.")
    period = choosing.period_of(session)
    return entries, Period(period.first, period.last or session.today) if period.first else None


def _wanted(session: Session) -> tuple[Filter, list[Card]]:
    """What the filters want, and the cards of the entries that fit, oldest first."""
    wanted = choosing.wanted(session)
    session.index.look_at_all()
    session.name_unreadable(session.index.unreadable(wanted.period))
    return wanted, session.index.cards(session.index.choose(wanted).numbers)


def _ground(session: Session, whom: Coach, entries: Sequence[Entry], known: Sequence[Receipt]) -> Ground:
    """What to redact by, from everything that the journal says of people."""
    everybody = consent.with_coaches(people.of(session.journal), coaches.of(session.journal), whom.handle)
    mentioned = session.index.ask(partial(past.uses, sign="@", wanted=Filter()))
    register = {**{each.name: {} for each in mentioned}, **with_mentioned(everybody, entries)}
    answers = remembered.of(session.journal, whom.handle)
    session.name_unreadable(answers.unreadable)
    # Not the words of the journal: a name that is written in lower case somewhere would be asked about nowhere.
    ours = frozenset(text for pack in session.library.packs.values() if pack.shipped for text in pack.texts)
    choose = consent.choose_unused([text for each in entries for text in (each.title, each.body)], secrets.choice)
    pseudonyms = receipts.known_names(session.journal, known)
    known_to = {**consent.own_name(whom), **answers.answers}
    return consent.ground(whom.handle, register, pseudonyms, known_to, vocabulary(ours), choose, ours)


def _check_file_name(whom: Coach, way: leaving.Way, ground: Ground) -> None:
    """Raise Refused if the file would be called after somebody on the list: whoever gets it reads that first."""
    own = {word.casefold() for word in re.findall(r"[^\W_]+", f"{whom.handle} {whom.name}")}
    words = [word for word in re.split(r"[\W_]+", Path(way.out).name) if word.casefold() not in own]
    hits = [hit for hit in find(skeleton(" ".join(words)), ground.by.names) if hit.is_sure]
    if hits:
        raise Refused(f"The file's name has a name of @{hits[0].handle} in it; nothing was shared. Call it otherwise.")


def _marked(ground: Ground, entries: Sequence[Entry]) -> Found:
    """Every entry, if there is nothing left to ask. Raises Refused naming what there is."""
    looks = [consent.look(each, ground) for each in entries]
    still = consent.open_questions(looks)
    if still:
        more = f" and in {len(still) - MOST_NAMED} more" if len(still) > MOST_NAMED else ""
        raise Refused(
            "Nothing was shared: there is something to ask first. "
            f"{'; '.join(still[:MOST_NAMED])}{more}. "
            f"`ally share {ground.coach} --only-marked` on a terminal asks, and remembers."
        )
    return Found([Yes(entry, each) for entry, each in zip(entries, looks, strict=True)], ground)


def _asked(
    session: Session, ground: Ground, entries: Sequence[Entry], known: Sequence[Receipt], share_id: str
) -> Found:
    """The entries that the writer says yes to."""
    before = dict(ground.answers)

    def keep(by: Ground) -> None:
        new = {key: answer for key, answer in by.answers.items() if before.get(key) != answer}
        if new:
            remembered.keep(session.journal, share_id, session.now, by.coach, new)

    session.terminal.say(legend())
    deciding = Deciding(session, ground, known, keep)
    return Found(deciding.all(entries), deciding.ground)


def _sent(session: Session, whom: Coach, way: leaving.Way, found: Found, period: Period | None, share_id: str) -> Sent:
    """Make the file, look at it once more, keep the receipt, write the file. Raises Refused, and then none of it."""
    entries = [each.look.redacted.after for each in found.said]
    share = document.Share(share_id, whom.handle, whom.name)
    made = document.shared(entries, _titles(session, found), share, session.today, period)
    data = outgoing.render(made, way.form, session.note)
    outgoing.check(made, data, way.form, _guard(session, found))
    receipt = receipt_of(
        made,
        document.places(entries),
        [each.original for each in found.said],
        made=session.now,
        form=way.form,
        people=consent.people_of(each.look.redacted for each in found.said),
        recipient=way.recipient,
        marks=marked_markdown.marks(data.decode(), share_id) if way.form == "md" else None,
        changed={
            each.original.id or each.original.path
            for each in found.said
            if words_of(each.original) != words_of(each.look.entry)
        },
    )
    names = {handle: found.ground.by.pseudonyms[handle] for handle in receipt.people}
    sealed = leaving.sealed(session, whom, way, data)
    path = Path(os.path.realpath(expanded(way.out)))
    state = session.settings.places.state
    pending.share(
        state, session.journal, receipt, names, path, sealed, partial(outfile.put, session, way.out, sealed, way.force)
    )
    return Sent(receipt, way)


def _titles(session: Session, found: Found) -> dict[str, str]:
    """The practices' titles as they may leave: those of packs of the writer's own, or of no pack, are their words."""
    shipped = {
        each.id: each.title for pack in session.library.packs.values() if pack.shipped for each in pack.practices
    }
    named = {each for said in found.said for each in said.look.redacted.after.practices}
    own = {each: session.titles.get(each, each.replace("-", " ").capitalize()) for each in named - set(shipped)}
    return {**shipped, **{each: worded(title, "practice", found.ground.by).text for each, title in own.items()}}


def _guard(session: Session, found: Found) -> Guard:
    """Everybody, where the journal lies, and the names of the files; our own script and style are not searched."""
    from allyjournal.sharing.formats.html_page import source

    private = [str(session.journal.root), *(Path(each.original.path).stem for each in found.said)]
    ours = frozenset(source(each) for each in ("document.css", "document.js"))
    return Guard(found.ground.by.names, found.ground.answers, private, ours)


def _say(session: Session, whom: Coach, sent: Sent) -> None:
    receipt, way = sent
    if session.json:
        session.show_json(
            {
                "share": receipt.id,
                "coach": whom.handle,
                "file": str(expanded(way.out)),
                "format": way.form,
                "encrypted": way.is_encrypted,
                "receipt": receipt.path,
                "entries": [each.entry for each in receipt.entries],
            }
        )
        return
    count = len(receipt.entries)
    told = safe_line(f"{whom.name} · {way.out}")
    sys.stdout.write(f"Shared {count} {'entry' if count == 1 else 'entries'} with {told}\n")
    if way.by_passphrase:
        session.note("It opens with the passphrase; tell it some other way than the one the file goes.")
    elif way.keys:
        session.note(f"Only {'whoever has the key' if len(way.keys) == 1 else 'those who have the keys'} can open it.")
    else:
        more = f"`ally coach add {whom.handle} --recipient KEY` encrypts the next one."
        session.note(f"It is not encrypted: whoever has the file can read it. {more}")
    session.note(f"The receipt is {receipt.path}. Now send the file; ally sends nothing.")
