"""What leaves, as one value that every format renders: pages of answers under their prompts, commitments, charts.

A document is built from nothing: only the fields named here are in it, days and no times, no path, and no id of
ours. What a comment must be able to name has a number: `2` is the second entry, `2.1` its first answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from allyjournal.dates import MONTHS, Period, show_day, show_period, show_short
from allyjournal.journal import body
from allyjournal.journal.entry import Entry
from allyjournal.sharing.markup import unlinked

# A heading that nobody has: it stands before a body, and its answer is what comes before the first prompt.
_LEAD = "\x00"
# What stands for a character that cannot be shown. U+FFFD would say in a PDF that a font knows no letter for it.
UNSHOWN = "□"
# A mark that shows nothing, and that PDF/UA forbids (ISO 14289-1, 7.21.7).
BYTE_ORDER = "\ufeff"
# What every share says of itself, for a reader who wonders about somebody's odd name.
NOTE = "People have other names here, and [left out] is where the writer left something out."
MARKS = {"open": "☐", "kept": "☑", "dropped": "☒"}
WEEKS_SHOWN, MONTHS_SHOWN = 26, 36
Key = TypeVar("Key", date, int)


class Share(NamedTuple):
    """For whom a document is: the receipt's id, the coach's handle, and the name they are called by."""

    id: str
    coach: str
    name: str


class Promise(NamedTuple):
    """A commitment as it leaves. `status` is open, kept or dropped; the text and outcomes are Markdown."""

    text: str
    status: str
    due: date | None
    closed: date | None
    reach: str | None
    outcomes: tuple[str, ...]

    @property
    def said(self) -> str:
        """What became of it, in words: `kept on Thu 26 Nov 2026, reach: conversation`."""
        day = self.due if self.status == "open" else self.closed
        said = f"{self.status}{', by' if self.status == 'open' else ' on'} {show_short(day)}" if day else self.status
        return f"{said}, reach: {self.reach}" if self.reach else said


class Part(NamedTuple):
    """One answer: what was asked ("" for text under no prompt), the words, and the commitments made there."""

    ref: str
    asked: str
    text: str
    commitments: tuple[Promise, ...]


class Page(NamedTuple):
    """One entry as it leaves. `marks` is what a reader must know beside its words."""

    ref: str
    day: date
    title: str
    kind: str
    marks: tuple[str, ...]
    practices: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def when(self) -> str:
        """Its day as people say it, with the year."""
        return f"{show_day(self.day)} {self.day.year}"

    @property
    def about(self) -> str:
        """What stands under its title: the day, the kind, the marks, and practices that the title does not name."""
        practices = [each for each in self.practices if each != self.title]
        return " · ".join([self.when, self.kind, *self.marks, *practices])


class Chart(NamedTuple):
    """A row of counts: what the rows are called, and each label with its count."""

    title: str
    of: str
    rows: tuple[tuple[str, int], ...]


class Document(NamedTuple):
    """Everything that one file holds. `share` is None for an export, which is for oneself."""

    title: str
    period: Period
    pages: tuple[Page, ...]
    charts: tuple[Chart, ...]
    share: Share | None = None
    made_on: date | None = None

    @property
    def subtitle(self) -> str:
        """The days it is about, and how many entries there are."""
        count = f"{len(self.pages)} {'entry' if len(self.pages) == 1 else 'entries'}"
        return f"{show_period(self.period)} · {count}" if self.pages else count

    @property
    def note(self) -> str:
        """What somebody else must know of its words; "" in an export."""
        return NOTE if self.share else ""

    @property
    def about(self) -> str:
        """The same, and the day it was made on, if that is known."""
        return f"{self.subtitle} · made on {show_short(self.made_on)}" if self.made_on else self.subtitle


class Place(NamedTuple):
    """Where an answer stands in the journal: what a receipt keeps, and what never leaves."""

    ref: str
    entry: str
    prompt: str | None


def own(entries: Sequence[Entry], titles: Mapping[str, str]) -> Document:
    """The entries, for the writer. `titles` (practice id -> title) names the practices."""
    return Document("My journal", _days(entries), _pages(entries, titles), _charts(entries, titles))


def shared(
    entries: Sequence[Entry], titles: Mapping[str, str], share: Share, made_on: date, period: Period | None = None
) -> Document:
    """The entries as they leave for someone else, already redacted. `period` is what was asked for, if anything."""
    share = Share(*(clean(each) for each in share))
    pages = tuple(_unlinked(page) for page in _pages(entries, titles))
    charts = _charts(entries, titles)
    return Document(f"For {share.name}", period or _days(entries), pages, charts, share, made_on)


def places(entries: Sequence[Entry]) -> tuple[Place, ...]:
    """Where each answer of the document that these entries make stands, in order."""
    return tuple(
        Place(part.ref, entry.id or entry.path, prompt)
        for number, entry in enumerate(entries, 1)
        for part, prompt in _parts(entry, number)
    )


def clean(text: str) -> str:
    """`text` without what no document can hold, or what would turn its letters round: each becomes a mark."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace(BYTE_ORDER, "")
    return _unfit().sub(_shown, lines)


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else UNSHOWN


def _unfit() -> re.Pattern[str]:
    """What XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets), C1 controls, bidi overrides, U+FFFD."""
    return re.compile("[\u202d\u202e\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _pages(entries: Sequence[Entry], titles: Mapping[str, str]) -> tuple[Page, ...]:
    return tuple(_page(entry, number, titles) for number, entry in enumerate(entries, 1))


def _page(entry: Entry, number: int, titles: Mapping[str, str]) -> Page:
    marks = ["what others said"] if entry.voice == "others" else []
    marks += ["unfinished"] if entry.next_step else []
    return Page(
        str(number),
        entry.date,
        _line(entry.title) or _line(entry.kind).capitalize() or "Entry",
        _line(entry.kind),
        tuple(marks),
        tuple(_named(each, titles) for each in entry.practices),
        tuple(part for part, _ in _parts(entry, number)),
    )


def _parts(entry: Entry, number: int) -> list[tuple[Part, str | None]]:
    """The answers that have words, each with its prompt's id; what stands before the first prompt comes first."""
    found = body.answers(f"## {_LEAD}\n\n{entry.body}", ("", *entry.prompts), (_LEAD, *entry.asked))
    written = [each for each in found if each.text]
    return [(_part(each, f"{number}.{place}"), each.prompt or None) for place, each in enumerate(written, 1)]


def _part(answer: body.Answer, ref: str) -> Part:
    promises = tuple(_promise(each) for each in body.commitments(answer.text, ""))
    asked = "" if answer.asked == _LEAD else _line(answer.asked)
    return Part(ref, asked, clean(body.without_tasks(answer.text)), promises)


def _promise(each: body.Commitment) -> Promise:
    outcomes = tuple(_line(outcome) for outcome in each.outcomes)
    reach = _line(each.reach) if each.reach else None
    return Promise(_line(each.text), each.status, each.due, each.closed, reach, outcomes)


def _unlinked(page: Page) -> Page:
    """The page without where its links lead to."""
    return page._replace(
        parts=tuple(
            part._replace(
                text=unlinked(part.text),
                commitments=tuple(
                    each._replace(text=unlinked(each.text), outcomes=tuple(unlinked(told) for told in each.outcomes))
                    for each in part.commitments
                ),
            )
            for part in page.parts
        )
    )


def _days(entries: Sequence[Entry]) -> Period:
    days = [entry.date for entry in entries]
    return Period(min(days, default=None), max(days, default=None))


def _named(practice: str, titles: Mapping[str, str]) -> str:
    return _line(titles.get(practice) or practice.replace("-", " ").capitalize())


def _charts(entries: Sequence[Entry], titles: Mapping[str, str]) -> tuple[Chart, ...]:
    """Charts of what is in the document; one that would show a single number says nothing, and is left out."""
    practices = Counter(_named(each, titles) for entry in entries for each in entry.practices)
    statuses = Counter(each.status for entry in entries for each in entry.commitments)
    most_first = sorted(practices.items(), key=lambda item: (-item[1], item[0]))
    charts = (
        Chart("Entries by practice", "Practice", tuple(most_first)),
        Chart("Commitments", "What became of them", tuple((each, statuses[each]) for each in MARKS if statuses[each])),
        _over_time([entry.date for entry in entries]),
    )
    return tuple(each for each in charts if len(each.rows) > 1)


def _over_time(days: Sequence[date]) -> Chart:
    """How many entries in each week, or month, or year, whichever are not too many; empty ones count too."""
    weeks = sorted(day - timedelta(days=day.weekday()) for day in days)
    if not weeks or weeks[0] == weeks[-1]:
        return Chart("", "", ())
    count = (weeks[-1] - weeks[0]).days // 7 + 1
    if count <= WEEKS_SHOWN:
        mondays = (weeks[0] + timedelta(days=7 * number) for number in range(count))
        return _counted("Entries by week", "Week from", {each: _short(each) for each in mondays}, weeks)
    months = sorted(day.replace(day=1) for day in days)
    number_of = [day.year * 12 + day.month - 1 for day in (months[0], months[-1])]
    if number_of[1] - number_of[0] < MONTHS_SHOWN:
        firsts = (date(number // 12, number % 12 + 1, 1) for number in range(number_of[0], number_of[1] + 1))
        names = {each: f"{MONTHS[each.month - 1]} {each.year}" for each in firsts}
        return _counted("Entries by month", "Month", names, months)
    years = [day.year for day in months]
    return _counted("Entries by year", "Year", {each: str(each) for each in range(years[0], years[-1] + 1)}, years)


def _counted(title: str, of: str, names: Mapping[Key, str], found: Iterable[Key]) -> Chart:
    counts = Counter(found)
    return Chart(title, of, tuple((name, counts[each]) for each, name in names.items()))


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
