"""`ally coach` and `ally shares`: whom you share with, and what was shared."""

import sys
from typing import Annotated, Any

import typer

from allyjournal import files
from allyjournal.cli import completing, leaving, options, reaching
from allyjournal.cli.consent import handle_of
from allyjournal.cli.session import session_of
from allyjournal.dates import show_period, show_short
from allyjournal.errors import UsageError
from allyjournal.journal.entry import SHOWN_ID
from allyjournal.journal.history import History
from allyjournal.sharing import coaches, receipts
from allyjournal.sharing.receipt import Receipt, Since, since_then, words_of
from allyjournal.terminal.page import Page

LONGEST_HANDLE = 40
KEY_END = 8
coach = options.family("Whom you share with: name, format and key of each coach.")


@coach.command("add")
def add_coach(
    ctx: typer.Context,
    handle: Annotated[
        str,
        typer.Argument(
            metavar="HANDLE", autocompletion=completing.coaches, help="A short name for commands, such as maria."
        ),
    ],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What they are called.")] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="What they get: html, md, pdf, docx, json or jsonl."),
    ] = None,
    recipient: Annotated[
        str | None,
        typer.Option("--recipient", metavar="KEY", help="Their public key: age1…, ssh-ed25519 … or ssh-rsa …."),
    ] = None,
) -> None:
    """Add a coach, or change what is known of one. Kept in coaches.toml; nothing is shared by that."""
    session = session_of(ctx)
    handle = handle_of(handle)
    if len(handle) > LONGEST_HANDLE:
        raise UsageError(f"A coach's handle has at most {LONGEST_HANDLE} characters.")
    name = " ".join(options.clean(name).split())[: coaches.LONGEST] if name is not None else None
    if name == "":
        raise UsageError("--name is empty; say what they are called, or leave it out.")
    form = coaches.checked_format(form) if form is not None else None
    recipient = coaches.checked_recipient(options.clean(recipient)) if recipient is not None else None

    def renewed(_: str, before: bytes) -> bytes:
        return coaches.changed(files.as_text(before, coaches.NAME), handle, name, form, recipient).encode()

    command = f"coach add {handle}"
    History(session.journal, session.now).put(command, coaches.NAME, renewed)
    sys.stdout.write(f"Saved {handle} · {coaches.NAME}\n")


@coach.command("list")
def list_coaches(ctx: typer.Context) -> None:
    """List your coaches: format, key, and when something was shared last."""
    session = session_of(ctx)
    known, found = coaches.of(session.journal), receipts.all_of(session.journal)
    session.name_unreadable(found.unreadable)
    last = {each.coach: each.day for each in found.receipts}
    if session.json:
        session.show_json(
            [
                {**each._asdict(), "last_shared": last[each.handle].isoformat() if each.handle in last else None}
                for each in known.values()
            ]
        )
        return
    page = Page()
    for each in known.values():
        key = f"encrypted to {_shown_key(each.recipient)}" if each.recipient else "not encrypted"
        when = f"last shared on {show_short(last[each.handle])}" if each.handle in last else "nothing shared yet"
        about = ", ".join(filter(None, [each.format, key, when]))
        page.row(("mark", each.handle), f"  {each.name}", ("dim", f"  {about}"))
    if not known:
        page.row("There is no coach yet; `ally coach add HANDLE` adds one.")
    session.show(page)


def shares(ctx: typer.Context) -> None:
    """List what was shared: with whom, when, which entries, and which of those you edited since."""
    session = session_of(ctx)
    found = receipts.all_of(session.journal)
    session.name_unreadable(found.unreadable)
    shared = [entry.entry for each in found.receipts for entry in each.entries]
    now = {name: words_of(entry) for name, entry in reaching.by_id(session, shared).items()}
    listed = [(each, since_then(each, now)) for each in reversed(found.receipts)]
    if session.json:
        session.show_json([_record(*each) for each in listed])
        return
    page = Page()
    for receipt, since in listed:
        _add(page, receipt, since)
    if not listed:
        page.row("Nothing was shared yet.")
    session.show(page)


def _add(page: Page, receipt: Receipt, since: Since) -> None:
    count = len(receipt.entries)
    entries = "1 entry" if count == 1 else f"{count} entries"
    days = f" of {show_period(receipt.period)}" if receipt.period.first or receipt.period.last else ""
    key = f", encrypted to {_shown_key(receipt.recipient)}" if receipt.recipient else ""
    page.row(
        ("dim", receipt.day.isoformat()),
        "  ",
        ("mark", receipt.id[:SHOWN_ID]),
        f"  {receipt.name}: {entries}{days}, {receipt.form}{key}",
    )
    if receipt.people:
        who = ", ".join(f"@{handle} {times}" for handle, times in receipt.people.items())
        page.row(("dim", "    Under pseudonyms: "), who)
    for said, names in (("Edited since", since.edited), ("Not there any more", since.gone)):
        if names:
            page.row(("alert", f"    {said}: "), ", ".join(_shown(each) for each in names))


def _record(receipt: Receipt, since: Since) -> dict[str, Any]:
    first, last = receipt.period.first, receipt.period.last
    return {
        "id": receipt.id,
        "coach": receipt.coach,
        "name": receipt.name,
        "day": receipt.day.isoformat(),
        "made": receipt.made.isoformat(),
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
        "file": receipt.form,
        "recipient": receipt.recipient,
        "content": receipt.content,
        "people": dict(receipt.people),
        "entries": [
            {
                "id": each.entry,
                "words": each.words,
                "changed": each.changed,
                "answers": [{"ref": answer.ref, "prompt": answer.prompt} for answer in each.answers],
            }
            for each in receipt.entries
        ],
        "edited": list(since.edited),
        "gone": list(since.gone),
        "path": receipt.path,
    }


def _shown(entry: str) -> str:
    return entry if "/" in entry else entry[:SHOWN_ID]


def _shown_key(recipient: str) -> str:
    """What tells a key from another at a glance: its kind and its end. Several have a comma between them."""
    if recipient == leaving.BY_PASSPHRASE:
        return "a passphrase"
    return ", ".join(_one_key(key.split()) for key in recipient.split(", ") if key.split())


def _one_key(key: list[str]) -> str:
    text = key[1] if len(key) > 1 else key[0]
    return f"{'age1' if text.startswith('age1') else key[0]}…{text[-KEY_END:]}"
