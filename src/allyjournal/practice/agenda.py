"""One page for the next session with a coach: what is open, what came of it, what is starred or marked, what to ask."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.journal.record import commitment_to_json
from allyjournal.practice.charts import counted
from allyjournal.practice.commitments import Promised, promised
from allyjournal.practice.material import as_it_is
from allyjournal.practice.review import Found, most_first
from allyjournal.practice.sessions import PREPARATION, brought
from allyjournal.practice.then_and_now import Then, answers_to

# The step of the preparation that asks what to ask the coach.
QUESTION = "ask"
MOST_THEMES = 4
# One page holds so many closed commitments, and starred and marked entries: the latest.
MOST_SHOWN = 5


class Agenda(NamedTuple):
    """What a session is about, since the last one (`since`; None if none was held).

    `closed` are the commitments that were kept or dropped since then, the latest first; `practices` and `tags` those
    that were most present; `asked` the prompt for the question, and `question` the writer's answer, if they gave one.
    """

    today: date
    since: date | None
    open: Sequence[Promised]
    closed: Sequence[Promised]
    entries: Sequence[Known]
    practices: Found
    tags: Found
    asked: str
    question: Then | None


def agenda(
    entries: Sequence[Known],
    today: date,
    titles: Mapping[str, str],
    asked: str,
    whole: Callable[[Known], Entry] = as_it_is,
) -> Agenda:
    """What the entries (oldest first) bring to a session.

    `titles` name the practices; `whole` gives an entry with its words, as they may be shown.
    """
    found = brought(entries)
    since = found.since or date.min
    lately = [each for each in entries if each.date >= since]
    closed = [each for each in promised(entries) if each.commitment.closed and each.commitment.closed >= since]
    practices = most_first((each, [titles.get(name, name) for name in each.practices]) for each in lately)
    return Agenda(
        today,
        found.since,
        found.commitments,
        sorted(closed, key=lambda each: each.commitment.closed or since, reverse=True),
        found.entries,
        dict(list(practices.items())[:MOST_THEMES]),
        dict(list(most_first((each, each.all_tags) for each in lately).items())[:MOST_THEMES]),
        asked,
        _question(lately, whole),
    )


def with_words(found: Agenda, whole: Callable[[Known], Entry]) -> Agenda:
    """The agenda with the words of the entries that one page holds."""
    _, latest, _ = shown(found)
    return found._replace(entries=[*found.entries[: len(found.entries) - len(latest)], *map(whole, latest)])


def shown(found: Agenda) -> tuple[Sequence[Promised], Sequence[Known], str]:
    """The closed commitments and the entries that one page holds, and how many others there are, in words."""
    closed, entries = found.closed[:MOST_SHOWN], found.entries[-MOST_SHOWN:]
    numbers = (len(found.closed) - len(closed), len(found.entries) - len(entries))
    nouns = (("closed commitment", "closed commitments"), ("starred or marked entry", "starred or marked entries"))
    said = [counted(number, *noun) for number, noun in zip(numbers, nouns, strict=True) if number]
    return closed, entries, " and ".join(said)


def _question(entries: Sequence[Known], whole: Callable[[Known], Entry]) -> Then | None:
    """The newest answer to it, in a preparation that no session has come after."""
    prepared: list[Known] = []
    for each in entries:
        if each.exercise == PREPARATION and QUESTION in each.prompts:
            prepared.append(each)
        elif brought([each]).since:
            prepared.clear()
    found = answers_to((QUESTION,), map(whole, prepared[-1:]))
    return found[-1] if found else None


def to_json(found: Agenda) -> dict[str, Any]:
    """The agenda for scripts: days are ISO, entries are named by id (by path where there is none)."""
    return {
        "today": found.today.isoformat(),
        "since": found.since.isoformat() if found.since else None,
        "open": [commitment_to_json(*each) for each in found.open],
        "closed": [commitment_to_json(*each) for each in found.closed],
        "entries": [
            {"id": each.id or each.path, "date": each.date.isoformat(), "title": each.title,
             "starred": each.starred, "for_coach": each.for_coach}
            for each in found.entries
        ],
        "practices": _ids(found.practices),
        "tags": _ids(found.tags),
        "asked": found.asked,
        "question": found.question.answer.text if found.question else None,
    }  # fmt: skip


def _ids(found: Found) -> dict[str, list[str]]:
    return {name: [each.id or each.path for each in entries] for name, entries in found.items()}
