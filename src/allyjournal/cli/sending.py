"""A share on its way: the document, the last look at the finished file, receipt and file."""

import os
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from allyjournal.cli import leaving, outfile
from allyjournal.cli.deciding import Yes
from allyjournal.cli.session import Session
from allyjournal.config import expanded
from allyjournal.dates import Period
from allyjournal.errors import Refused
from allyjournal.sharing import consent, document, marked_markdown, outgoing, pending
from allyjournal.sharing.coaches import Coach
from allyjournal.sharing.consent import Ground
from allyjournal.sharing.gate import Guard
from allyjournal.sharing.names import find
from allyjournal.sharing.receipt import Receipt, receipt_of, words_of
from allyjournal.sharing.skeleton import skeleton
from allyjournal.sharing.wording import worded


class Found(NamedTuple):
    """The entries that leave, and what they were redacted by."""

    said: Sequence[Yes]
    ground: Ground


class Sent(NamedTuple):
    """A share that is written: its receipt, the file, and how many entries are in it."""

    receipt: Receipt
    way: leaving.Way


def check_file_name(whom: Coach, way: leaving.Way, ground: Ground) -> None:
    """Raise Refused if the file would be called after somebody on the list: whoever gets it reads that first."""
    own = {word.casefold() for word in re.findall(r"[^\W_]+", f"{whom.handle} {whom.name}")}
    words = [word for word in re.split(r"[\W_]+", Path(way.out).name) if word.casefold() not in own]
    hits = [hit for hit in find(skeleton(" ".join(words)), ground.by.names) if hit.is_sure]
    if hits:
        raise Refused(f"The file's name has a name of @{hits[0].handle} in it; nothing was shared. Call it otherwise.")


def send(session: Session, whom: Coach, way: leaving.Way, found: Found, period: Period | None, share_id: str) -> Sent:
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
