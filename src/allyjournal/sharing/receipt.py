"""A receipt: what was shared, with whom and when. It holds no word of an entry and no pseudonym.

So that showing one gives nobody away, it says nothing that a coach may not see but handles.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from allyjournal.dates import Period
from allyjournal.errors import UsageError
from allyjournal.journal.entry import Entry
from allyjournal.sharing.document import Document, Place
from allyjournal.sharing.formats.json_document import fingerprint

FOLDER = "shares"


class SharedAnswer(NamedTuple):
    """One answer that was shared. `lines` and `mark` tell its words in a Markdown share, where it was one."""

    ref: str
    prompt: str | None = None
    lines: int | None = None
    mark: str = ""


class SharedEntry(NamedTuple):
    """One entry that was shared: its id (or path), the hash of its words then, and its answers.

    `changed`: it left with words that the writer changed for this share alone.
    """

    entry: str
    words: str
    answers: tuple[SharedAnswer, ...] = ()
    changed: bool = False


class Receipt(NamedTuple):
    """What was shared with whom, and when.

    `day` is the writer's day; `content` the document's fingerprint; `people` counts the names replaced for each
    handle; `path` is where the receipt lies, relative to the journal.
    """

    id: str
    coach: str
    name: str
    day: date
    made: datetime
    period: Period
    form: str
    content: str
    entries: tuple[SharedEntry, ...]
    people: Mapping[str, int]
    recipient: str | None = None

    @property
    def path(self) -> str:
        """Where it lies in the journal."""
        return f"{FOLDER}/{self.day.isoformat()}-{self.coach}-{self.id}.toml"

    @property
    def answers(self) -> dict[str, tuple[str, SharedAnswer]]:
        """Each answer by its ref, with its entry's id, in the document's order."""
        return {answer.ref: (each.entry, answer) for each in self.entries for answer in each.answers}


class Since(NamedTuple):
    """What became of the entries of a receipt: those edited since, and those that are not there any more."""

    edited: tuple[str, ...]
    gone: tuple[str, ...]


def receipt_of(
    document: Document,
    places: Iterable[Place],
    originals: Iterable[Entry],
    *,
    made: datetime,
    form: str,
    people: Mapping[str, int],
    recipient: str | None = None,
    marks: Mapping[str, tuple[int, str]] | None = None,
    changed: Container[str] = (),
) -> Receipt:
    """The receipt of a document that is about to leave.

    `places` is `document.places` of the entries that made it, `originals` those entries as the journal has them;
    `marks` is `marked_markdown.marks` of a Markdown share; `changed` are the ids (or paths) of those that leave with
    other words than the journal's.
    """
    share = document.share
    if share is None or document.made_on is None:
        raise ValueError("a receipt is of a share")
    words = {each.id or each.path: words_of(each) for each in originals}
    answers: dict[str, list[SharedAnswer]] = {entry: [] for entry in words}
    for each in places:
        answer = SharedAnswer(each.ref, each.prompt, *(marks or {}).get(each.ref, (None, "")))
        answers.setdefault(each.entry, []).append(answer)
    entries = tuple(
        SharedEntry(entry, words.get(entry, ""), tuple(found), entry in changed) for entry, found in answers.items()
    )
    who = {handle: count for handle, count in sorted(people.items()) if count}
    return Receipt(
        share.id,
        share.coach,
        share.name,
        document.made_on,
        made.replace(microsecond=0),
        document.period,
        form,
        fingerprint(document),
        entries,
        who,
        recipient,
    )


def words_of(entry: Entry) -> str:
    """The hash of an entry's words: what of it could be shared, without marks such as a star."""
    parts = (entry.title, *entry.asked, entry.body.replace("\r\n", "\n").strip())
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def last_session(receipts: Iterable[Receipt], coach: str) -> date:
    """The day of the last receipt to this coach. Raises UsageError if there is none."""
    days = [each.day for each in receipts if each.coach == coach]
    if not days:
        raise UsageError(
            f'Nothing was shared with {coach} yet, so there is no "last session"; leave --from out, or name a day.'
        )
    return max(days)


def since_then(receipt: Receipt, now: Mapping[str, str]) -> Since:
    """What became of its entries. `now` is id (or path) -> `words_of` for every entry that is there."""
    edited = tuple(each.entry for each in receipt.entries if each.entry in now and now[each.entry] != each.words)
    return Since(edited, tuple(each.entry for each in receipt.entries if each.entry not in now))
