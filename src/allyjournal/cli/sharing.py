"""`ally share`: entries for somebody else, as the writer saw and chose them."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from allyjournal.cli import completing, leaving, offering, options, sending
from allyjournal.cli.deciding import Deciding, Yes
from allyjournal.cli.session import Session, session_of, warn
from allyjournal.config import expanded
from allyjournal.errors import AllyError, Refused, UsageError
from allyjournal.journal import folder
from allyjournal.journal.entry import Entry
from allyjournal.sharing import (
    coaches,
    consent,
    pending,
    receipts,
    remembered,
)
from allyjournal.sharing.coaches import Coach
from allyjournal.sharing.consent import Ground
from allyjournal.sharing.receipt import Receipt
from allyjournal.terminal.consent_screen import first_time, legend
from allyjournal.terminal.safe import safe_line

# Entries with something to ask that one message names.
MOST_NAMED = 5


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
    entries, period = offering.chosen(session, whom, known.receipts, only_marked)
    share_id = folder.new_id()
    ground = offering.ground_of(session, whom, entries, known.receipts)
    sending.check_file_name(whom, way, ground)
    if not any(each.coach == whom.handle for each in known.receipts):
        (session.note if yes else session.terminal.say)(first_time(whom.name))
    found = _marked(ground, entries) if yes else _asked(session, ground, entries, known.receipts, share_id)
    if not found.said:
        raise AllyError("You chose no entry, so nothing was shared.")
    sent = sending.send(session, whom, way, found, period, share_id)
    _say(session, whom, sent)
    if yes and not session.json:
        session.note(f"In it: {', '.join(each.original.selector for each in found.said)}.")


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


def _marked(ground: Ground, entries: Sequence[Entry]) -> sending.Found:
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
    return sending.Found([Yes(entry, each) for entry, each in zip(entries, looks, strict=True)], ground)


def _asked(
    session: Session, ground: Ground, entries: Sequence[Entry], known: Sequence[Receipt], share_id: str
) -> sending.Found:
    """The entries that the writer says yes to."""
    before = dict(ground.answers)

    def keep(by: Ground) -> None:
        new = {key: answer for key, answer in by.answers.items() if before.get(key) != answer}
        if new:
            remembered.keep(session.journal, share_id, session.now, by.coach, new)

    session.terminal.say(legend())
    deciding = Deciding(session, ground, known, keep)
    return sending.Found(deciding.all(entries), deciding.ground)


def _say(session: Session, whom: Coach, sent: sending.Sent) -> None:
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
