"""shares/: a receipt for each thing that was shared, and beside it, apart, who stood under which pseudonym.

A receipt says nothing that a coach may not see but handles: it holds no word of an entry and no pseudonym, so that
showing one gives nobody away. The names have a file of their own, `shares/names/<id>.toml`. Both are written once
and never changed by sharing, so that two devices that share at the same time never overwrite each other's. They lie
in the journal, as people.toml does: on another device the same person keeps the pseudonym, and a reply is understood.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from allyjournal import files
from allyjournal.dates import Period
from allyjournal.errors import NotWritten, Refused, UnreadableFile, UsageError
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from allyjournal.sharing.document import Document, Place
from allyjournal.sharing.formats.json_document import fingerprint
from allyjournal.sharing.pseudonyms import Pseudonyms

FOLDER, NAMES = "shares", "shares/names"
FORMAT = 1
MOST = 4 * 1024 * 1024


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


class Found(NamedTuple):
    """The receipts of a journal, the oldest first, and the files that could not be read."""

    receipts: tuple[Receipt, ...]
    unreadable: tuple[UnreadableFile, ...]


class Since(NamedTuple):
    """What became of the entries of a receipt: those edited since, and those that are not there any more."""

    edited: tuple[str, ...]
    gone: tuple[str, ...]


def of(
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


def keep(journal: Journal, receipt: Receipt, names: Mapping[str, str]) -> None:
    """Write a receipt, and before it the pseudonyms of this coach (handle -> pseudonym), durably, 0600.

    Raises NotWritten, and then there is no receipt.
    """
    files.make_folder(journal.root / NAMES)
    beside = journal.root / _names_path(receipt.id)
    try:
        files.write_new(beside, _dumped(dict(sorted(names.items()))))
    except FileExistsError:
        raise NotWritten(f"A receipt {receipt.id} is there already; nothing was shared.") from None
    except NotWritten:
        files.remove(beside)
        raise
    try:
        files.write_new(journal.root / receipt.path, _dumped(to_table(receipt)))
    except (FileExistsError, NotWritten) as error:
        if isinstance(error, NotWritten):
            # It may have its name by then, and only the folder was not written.
            files.remove(journal.root / receipt.path)
        files.remove(beside)
        raise NotWritten(f"The receipt {receipt.id} could not be kept; nothing was shared. {error}") from None


def withdraw(journal: Journal, receipt: Receipt) -> None:
    """Take a receipt back whose document could not be written: nothing was shared."""
    files.remove(journal.root / receipt.path)
    files.remove(journal.root / _names_path(receipt.id))


def all_of(journal: Journal) -> Found:
    """Every receipt. One that does not read hides no other."""
    found, unreadable = [], []
    for path in _toml_in(journal, FOLDER):
        try:
            found.append(parse(_bytes_of(journal, path), path))
        except UnreadableFile as error:
            unreadable.append(error)
    return Found(tuple(sorted(found, key=lambda each: (each.made, each.id))), tuple(unreadable))


def check_whole(journal: Journal, coach: str, found: Found) -> None:
    """Raise Refused if it cannot be known whom this coach knows by which pseudonym: they would all get new ones."""
    for each in found.unreadable:
        if f"-{coach}-" in each.path:
            raise Refused(
                f"{each.path} says which pseudonyms {coach} knows, and cannot be read; mend it or move it away."
            )
    for receipt in found.receipts:
        path = _names_path(receipt.id)
        if receipt.coach == coach and receipt.people and not (journal.root / path).exists():
            raise Refused(
                f"{path} is gone: it says which pseudonyms {coach} knows. Bring it back, or move {receipt.path} away: "
                "then everybody in that share gets a new one."
            )


def last_session(receipts: Iterable[Receipt], coach: str) -> date:
    """The day of the last receipt to this coach. Raises UsageError if there is none."""
    days = [each.day for each in receipts if each.coach == coach]
    if not days:
        raise UsageError(
            f'Nothing was shared with {coach} yet, so there is no "last session"; leave --from out, or name a day.'
        )
    return max(days)


def since(receipt: Receipt, now: Mapping[str, str]) -> Since:
    """What became of its entries. `now` is id (or path) -> `words_of` for every entry that is there."""
    edited = tuple(each.entry for each in receipt.entries if each.entry in now and now[each.entry] != each.words)
    return Since(edited, tuple(each.entry for each in receipt.entries if each.entry not in now))


def names_of(journal: Journal, receipt: Receipt) -> dict[str, str]:
    """Handle -> pseudonym as that share had them; empty where the file is gone. Raises UnreadableFile."""
    path = _names_path(receipt.id)
    return parse_names(_bytes_of(journal, path), path) if (journal.root / path).exists() else {}


def known_names(journal: Journal, receipts: Sequence[Receipt]) -> Pseudonyms:
    """For each coach, whom they know by which pseudonym: the newest share says. Raises UnreadableFile."""
    coaches: dict[str, dict[str, str]] = {}
    for each in receipts:
        coaches.setdefault(each.coach, {}).update(names_of(journal, each))
    return Pseudonyms(coaches)


def paths(journal: Journal) -> list[str]:
    """The files here that name handles, relative to the journal."""
    return [*_toml_in(journal, FOLDER), *_toml_in(journal, NAMES)]


def renamed(data: bytes, path: str, old: str, new: str) -> bytes:
    """A file of `paths` with the person `old` called `new`. Raises UnreadableFile.

    Where both have a pseudonym, two became one since: each pseudonym stays, since the coach may write either.
    """
    if path.startswith(f"{NAMES}/"):
        names = parse_names(data, path)
        return _dumped(_moved(names, old, new)) if old in names and new not in names else data
    receipt = parse(data, path)
    if old not in receipt.people:
        return data
    counts = dict(receipt.people)
    counts[new] = counts.get(new, 0) + counts.pop(old)
    return _dumped(to_table(receipt._replace(people=counts)))


def to_table(receipt: Receipt) -> dict[str, Any]:
    """The receipt as its TOML says it."""
    table = {
        "format": FORMAT,
        "id": receipt.id,
        "coach": receipt.coach,
        "name": receipt.name,
        "day": receipt.day,
        "made": receipt.made,
        "from": receipt.period.first,
        "to": receipt.period.last,
        "file": receipt.form,
        "recipient": receipt.recipient,
        "content": receipt.content,
        "people": dict(receipt.people),
        "entries": [_entry_table(each) for each in receipt.entries],
    }
    return {key: value for key, value in table.items() if value is not None}


def parse(data: bytes, path: str) -> Receipt:
    """A receipt's bytes. Keys that a later ally adds are passed over. Raises UnreadableFile."""
    table = _table(data, path)
    entries = [_entry(each, path) for each in _list(table, "entries", path)]
    people = table.get("people", {})
    if not isinstance(people, dict) or not all(type(each) is int and each >= 0 for each in people.values()):
        raise UnreadableFile(path, 1, "its [people] needs a number for each handle")
    made, day = table.get("made"), table.get("day")
    if not isinstance(made, datetime) or made.tzinfo is None or type(day) is not date:
        raise UnreadableFile(path, 1, "it needs day = 2026-11-21 and made, a moment with its offset")
    first, last = (table.get(key) for key in ("from", "to"))
    share, coach = _text(table, "id", path), _text(table, "coach", path)
    if not (share.isascii() and share.isalnum()) or "/" in coach:
        raise UnreadableFile(path, 1, "its id is letters and digits, its coach a handle")
    return Receipt(
        share,
        coach,
        _text(table, "name", path),
        day,
        made,
        Period(first if type(first) is date else None, last if type(last) is date else None),
        _text(table, "file", path),
        _text(table, "content", path),
        tuple(entries),
        people,
        _text(table, "recipient", path) if "recipient" in table else None,
    )


def parse_names(data: bytes, path: str) -> dict[str, str]:
    """The bytes of a file of names. Raises UnreadableFile."""
    table = _table(data, path)
    if not all(isinstance(each, str) and each.strip() for each in table.values()):
        raise UnreadableFile(path, 1, "it needs a pseudonym, as text, for each handle")
    return table


def _moved(names: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return dict(sorted({(new if handle == old else handle): name for handle, name in names.items()}.items()))


def _names_path(share: str) -> str:
    return f"{NAMES}/{share}.toml"


def _toml_in(journal: Journal, folder: str) -> Iterator[str]:
    with suppress(OSError):
        yield from (f"{folder}/{each.name}" for each in sorted(Path(journal.root / folder).glob("*.toml")))


def _bytes_of(journal: Journal, path: str) -> bytes:
    try:
        return files.read_bytes(journal.root / path)
    except OSError as error:
        raise UnreadableFile(path, 1, f"could not be read: {(error.strerror or str(error)).lower()}") from None


def _dumped(table: Mapping[str, Any]) -> bytes:
    import tomlkit  # noqa: PLC0415  only where one is written

    return tomlkit.dumps(table).encode("utf-8", "replace")


def _entry_table(each: SharedEntry) -> dict[str, Any]:
    said = [answer._asdict().items() for answer in each.answers]
    answers = [{key: value for key, value in items if value not in (None, "")} for items in said]
    changed = {"changed": True} if each.changed else {}
    return {"id": each.entry, "words": each.words, **changed, "answers": answers}


def _table(data: bytes, path: str) -> dict[str, Any]:
    try:
        return tomli.loads(data.decode("utf-8-sig")) if len(data) <= MOST else _too_long(path)
    except tomli.TOMLDecodeError as error:
        raise UnreadableFile(path, error.lineno, "this is not TOML; mend or remove that line") from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise UnreadableFile(path, 1, "this is not TOML in UTF-8; mend or move the file") from None


def _too_long(path: str) -> dict[str, Any]:
    raise UnreadableFile(path, 1, f"it is longer than {MOST // 1024 // 1024} MiB; is it the right file?")


def _text(table: Mapping[str, Any], key: str, path: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise UnreadableFile(path, 1, f"it needs {key}, as text")
    return value


def _list(table: Mapping[str, Any], key: str, path: str) -> list[dict[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise UnreadableFile(path, 1, f"its {key} are not a list of tables")
    return found


def _entry(table: Mapping[str, Any], path: str) -> SharedEntry:
    answers = []
    for each in _list(table, "answers", path):
        lines, prompt, mark = (each.get(key) for key in ("lines", "prompt", "mark"))
        answers.append(
            SharedAnswer(
                _text(each, "ref", path),
                prompt if isinstance(prompt, str) else None,
                lines if type(lines) is int else None,
                mark if isinstance(mark, str) else "",
            )
        )
    return SharedEntry(
        _text(table, "id", path), _text(table, "words", path), tuple(answers), table.get("changed") is True
    )
