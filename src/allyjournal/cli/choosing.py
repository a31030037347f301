"""The entries that a command is about: those that the filters want, and the range that was understood."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from allyjournal import dates
from allyjournal.cli import completing
from allyjournal.cli.options import KINDS, MOST_TAGS, clean, tag_names
from allyjournal.cli.session import Session
from allyjournal.errors import UsageError
from allyjournal.journal.entry import SHOWN_ID, Entry
from allyjournal.journal.folder import ALPHABET

if TYPE_CHECKING:
    from allyjournal.journal.filters import Filter
    from allyjournal.journal.index.index import Chosen
    from allyjournal.journal.search import Query

LEAST_PREFIX = 4
Selectors = Annotated[
    list[str],
    typer.Argument(
        metavar="ENTRY...",
        autocompletion=completing.entries,
        help="Four or more characters of its id, last, its day, or its path.",
    ),
]


def period_of(session: Session) -> dates.Period:
    """`--on`, `--from` and `--to` as one period. Raises UsageError for what is not understood or contradicts."""

    def read(text: str) -> dates.Period:
        return dates.parse_period(text, session.today, session.week_start)

    on, first, last = (session.given.get(each) for each in ("on", "from", "to"))
    if on is not None:
        if first is not None or last is not None:
            raise UsageError("--on names the whole period; leave out --from and --to.")
        return read(on)
    period = dates.Period(
        read(first).first if first is not None else None, read(last).last if last is not None else None
    )
    if period.first and period.last and period.first > period.last:
        raise UsageError(f"--from ({period.first.isoformat()}) lies after --to ({period.last.isoformat()}).")
    return period


def wanted(session: Session) -> "Filter":
    """What the filters want. Says which of their tags no entry has. Raises UsageError for what is not understood."""
    from allyjournal.journal.filters import Filter

    given = session.given
    period = period_of(session)
    kind, prompt = given.get("kind"), given.get("prompt")
    if kind is not None and kind not in KINDS:
        raise UsageError(f'There is no kind "{kind[:20]}"; the kinds are {", ".join(KINDS)}.')
    found = Filter(
        period,
        tags=tag_names(given.get("tag", ())),
        without=tag_names(given.get("not", ())),
        people=[clean(each) for each in given.get("with", ())][:MOST_TAGS],
        practice=given.get("practice"),
        pack=given.get("pack"),
        prompts=session.library.ids_of(prompt) if prompt is not None else (),
        kind=kind,
        contains=given.get("contains"),
        starred=given.get("starred", False),
        any_of=given.get("any", False),
    )
    _check_ids(session, prompt)
    _name_unknown(session, found)
    return found


def chosen(session: Session, query: "Query | None" = None, of: "Filter | None" = None) -> "Chosen":
    """The newest entries that the filters (and a query) want, as many as `--limit` says.

    Says the range that was understood, how many entries that is, and which files could not be read.
    """
    filters = of or wanted(session)
    session.name_unreadable(session.index.unreadable(filters.period))
    found = session.index.choose(filters, query, session.given.get("limit"))
    say_range(session, filters.period, len(found.numbers), found.of)
    return found


def in_order(session: Session, numbers: Sequence[int], newest_first: bool) -> list[int]:
    """Entries that were chosen, oldest first, in the order that `--reverse` turns round."""
    return list(numbers[::-1] if newest_first != bool(session.given.get("reverse")) else numbers)


def _check_ids(session: Session, prompt: str | None) -> None:
    """Refuse a practice, pack or prompt that neither an entry nor a pack knows: it is misspelt."""
    from allyjournal.journal.index.tables import PRACTICE, PROMPT

    practice, pack = session.given.get("practice"), session.given.get("pack")
    if practice is not None and not session.index.has(PRACTICE, practice):
        session.library.find_practice(practice)
    if pack is not None and not session.index.where("pack = ?", [pack], limit=1):
        session.library.find(pack)
    if prompt is not None and not session.index.has(PROMPT, prompt):
        session.library.find_prompt(prompt)


def _name_unknown(session: Session, found: "Filter") -> None:
    """Say which tags and people no entry of these days has: a misspelt --not would leave everything in."""
    from allyjournal.journal.index.tables import PERSON, TAG
    from allyjournal.journal.mentions import fold

    for tag in (*found.tags, *found.without):
        if not session.index.has(TAG, tag, found.period, or_under=True):
            session.note(f"No entry of these days has #{tag}.")
    for person in found.people:
        if not session.index.has(PERSON, fold(person), found.period):
            session.note(f"No entry of these days has @{fold(person)}.")


def say_range(session: Session, period: dates.Period, count: int, of: int | None = None) -> None:
    """Say which days were understood, and how many entries that is, `of` how many before `--limit`."""
    more = f" of {of}" if of not in (None, count) else ""
    session.note(f"{dates.show_period(period)}, {count}{more} {'entry' if (of or count) == 1 else 'entries'}")


def records(session: Session, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries as interface's JSON, with their answers read back by the packs that are here."""
    from allyjournal.journal.record import to_json
    from allyjournal.practice.interview import values

    return [to_json(entry, values(entry, session.library.packs)) for entry in entries]


def named(session: Session, selectors: Sequence[str]) -> list[Entry]:
    """The entries that are named; where something is changed, three characters of an id are too few."""
    for each in selectors:
        word = each.casefold()
        is_prefix = word[:1].isalpha() and set(word) <= set(ALPHABET) and word != "last"
        if is_prefix and len(word) < LEAST_PREFIX:
            raise UsageError(f'"{each}" is short for changing something; give four or more characters of the id.')
    found = [session.find(each) for each in selectors]
    return list({entry.path: entry for entry in found}.values())


def names(entries: Sequence[Entry]) -> str:
    """The entries as an operation's record names them: by the start of their ids, never by words."""
    return " ".join(entry.id[:SHOWN_ID] if entry.id else "a file" for entry in entries[:5])
