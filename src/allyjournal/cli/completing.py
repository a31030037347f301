"""What TAB offers: ids, tags, people, coaches, packs, practices, prompts. Reads little, and never fails aloud."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from allyjournal.cli.session import Session, session_of
from allyjournal.errors import UnreadableFile
from allyjournal.journal.entry import SHOWN_ID, Entry
from allyjournal.journal.folder import ALPHABET, ID_LENGTH
from allyjournal.practice.commitments import REACHES

# The newest files that are read for tags and people.
READ = 300
Found = list[tuple[str, str]]


def _offering(find: Callable[[Session], Iterable[tuple[str, str]]]) -> Callable[[Any, list[str], str], Found]:
    def offer(ctx: Any, args: list[str], incomplete: str) -> Found:  # noqa: ARG001  as Typer calls it
        try:
            return [each for each in find(session_of(ctx)) if each[0].startswith(incomplete)]
        except Exception:
            # A TAB that finds nothing is better than a message in the middle of a line.
            return []

    return offer


def _ids(session: Session) -> Iterable[tuple[str, str]]:
    for path in reversed(session.journal.paths()):
        stem = path.rsplit("/", 1)[-1].removesuffix(".md")
        if len(stem) == 16 + ID_LENGTH and set(stem[16:]) <= set(ALPHABET):
            yield stem[16 : 16 + SHOWN_ID], stem[:10]
    yield "last", ""


def _names(names: Callable[[Entry], Iterable[str]]) -> Callable[[Session], Iterable[tuple[str, str]]]:
    def find(session: Session) -> Iterable[tuple[str, str]]:
        found: set[str] = set()
        for path in session.journal.paths()[-READ:]:
            with suppress(UnreadableFile):
                found.update(names(session.journal.read(path)))
        return [(each, "") for each in sorted(found)]

    return find


def _coaches(session: Session) -> Iterable[tuple[str, str]]:
    from allyjournal.sharing import coaches

    return [(each.handle, each.name) for each in coaches.of(session.journal).values()]


def _refs(session: Session) -> Iterable[tuple[str, str]]:
    for path in session.journal.paths()[-READ:]:
        with suppress(UnreadableFile):
            yield from ((each.ref, "") for each in session.journal.read(path).commitments if each.status == "open")


entries = _offering(_ids)
refs = _offering(_refs)
reaches = _offering(lambda _: [(each, "") for each in REACHES])
tags = _offering(_names(lambda entry: entry.all_tags))
people = _offering(_names(lambda entry: entry.all_people))
coaches = _offering(_coaches)
packs = _offering(lambda session: [(each.id, each.title) for each in session.library.packs.values()])
practices = _offering(lambda session: session.titles.items())
prompts = _offering(lambda session: [(each.id, "") for pack in session.library.packs.values() for each in pack.prompts])
focus = _offering(
    lambda session: [*((each.id, each.title) for each in session.library.packs.values()), *session.titles.items()]
)
exercises = _offering(
    lambda session: [(each.id, each.title) for pack in session.library.packs.values() for each in pack.exercises]
)
