"""A review as one page of HTML: pictures, each with its figures as a table beside it, on a phone, a desk and paper."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from allyjournal.dates import name_period, show_short
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.journal.feedback import KIND as FEEDBACK
from allyjournal.journal.feedback import as_said
from allyjournal.practice import charts, over_time, svg
from allyjournal.practice.charts import named
from allyjournal.practice.commitments import is_overdue
from allyjournal.practice.review import STAGES, Review, figures_of, refs
from allyjournal.practice.review import named as ids_of
from allyjournal.practice.review_words import (
    commitments_said,
    due_said,
    earlier_said,
    feedback_said,
    figures_said,
    first_line,
    least_said,
    written_said,
)
from allyjournal.sharing.formats import pages

# A phone shows so many weeks beside each other; longer lists fold.
MOST_WEEKS = 20
MOST_NAMES, MOST_ENTRIES = 10, 40
STATUSES = ("made", "kept", "dropped", "open", "overdue")
Values = dict[str, Any]
NOTHING: Mapping[str, Sequence[Entry]] = {}


def render(review: Review) -> bytes:
    """The page of a review."""
    before = review.material.before
    values: Values = {
        "title": f"Review of {name_period(review.period)}",
        "said": figures_said(review.figures),
        "before": figures_said(figures_of(before)) if before else "",
        **_days(review),
        **_practices(review),
        **_counts(review),
        **_commitments(review),
        **_lists(review),
    }
    return pages.render("review.html.j2", **values)


def _days(review: Review) -> Values:
    written = written_said(review)
    calendars = over_time.calendars(review, MOST_WEEKS) if written else []
    unit = calendars[0].unit if calendars else "day"
    pictures = []
    for number, each in enumerate(calendars, 1):
        part = f", part {number} of {len(calendars)}" if len(calendars) > 1 else ""
        said = f"Written on {': '.join(written or ())}." if number == 1 else "The days go on from the part before."
        about = svg.About(f"days-{number}", f"Days on which something was written{part}", said)
        pictures.append(svg.calendar(each, about))
    noun = "a day" if unit == "day" else "days a month"
    by_day: dict[str, list[Known]] = {}
    for entry in sorted(review.entries, key=lambda each: each.date):
        by_day.setdefault(show_short(entry.date), []).append(entry)
    rows = [[day, str(len(found)), _ids(found)] for day, found in by_day.items()]
    return {
        "written": " ".join((written[0], f"({_ids(review.entries)})")) if written else "",
        "calendars": pictures,
        "key": [{"level": lit, "said": f"{said} {noun}"} for lit, _, said in charts.legend(unit, ascii_only=False)],
        "days": _table("Days written", ["Day", "#Entries", "Ids"], rows),
    }


def _practices(review: Review) -> Values:
    """Over time, or for a shorter period as one bar each."""
    if not review.practice_entries or not review.entries:
        return {"practices": "", "practice_table": None, "least": ""}
    by = over_time.steps(review)
    counts = over_time.practice_counts(review, by)
    titles = review.frame.titles
    said = ", ".join(f"{titles[each]} {count}" for each, count in review.practices.items())
    about = svg.About("practices", f"Entries of each practice{f' by {by.unit}' if by.periods else ''}", f"{said}.")
    rows = [svg.Steps(titles[each], number, counts[each] or [number]) for each, number in review.practices.items()]
    heads = ["Practice", "#Entries", *(f"#{name}" for name in by.names()), "Ids"]
    cells = [
        [titles[each], str(len(found)), *map(str, counts[each]), _ids(found)]
        for each, found in review.practice_entries.items()
    ]
    return {
        "practices": svg.lines(rows, by.names(), about),
        "practice_table": _table("Practices", heads, cells),
        "least": least_said(review),
    }


def _counts(review: Review) -> Values:
    stages = review.stage_answers
    rising = [_count(f"#{tag}, {was} before", review.tag_entries[tag]) for tag, was in review.rising.items()]
    return {
        "stages": [_count(STAGES[each], found) for each, found in stages.items()] if any(stages.values()) else [],
        **_most("tag", "tags", "#", review.tag_entries),
        "rising": rising,
        **_most("people", "people", "@", review.people_entries),
        "absent": ", ".join(f"@{each}" for each in review.absent),
    }


def _most(kind: str, name: str, sign: str, found: Mapping[str, Sequence[Known]]) -> Values:
    """Those in most entries; of many, all of them in a table of their own."""
    every = [(f"{sign}{each}", entries) for each, entries in found.items()]
    most = MOST_NAMES if len(every) > MOST_NAMES + 2 else len(every)
    cells = [[label, str(len(entries)), _ids(entries)] for label, entries in every]
    table = _table(f"All {len(every)} {name}", [name.capitalize(), "#Entries", "Ids"], cells)
    return {
        name: [_count(label, entries) for label, entries in every[:most]],
        f"{kind}_table": table if every[most:] else None,
    }


def _commitments(review: Review) -> Values:
    numbers = [(status, review.commitments(status)) for status in STATUSES]
    reached = list(review.reached.items())
    by = over_time.steps(review)
    kept = over_time.kept_counts(review, by)
    left = [*review.commitments("overdue"), *review.commitments("open")]
    today = review.frame.today
    values: Values = {
        "promised": f"{commitments_said(review)}." if review.promised else "",
        "commitments": _bars("commitments", "Commitments", [(each, len(found)) for each, found in numbers]),
        "commitment_table": _refs_table("Commitments", numbers),
        "open": [
            {"text": each.commitment.text, "ref": each.commitment.ref, "due": due_said(each),
             "late": is_overdue(each, today)}
            for each in left
        ],
        "plainly": review.plainly,
        "reach": _bars("reach", "How far commitments reach", [(each, len(found)) for each, found in reached])
        if reached
        else "",
        "reach_table": _refs_table("Reach", reached),
    }  # fmt: skip
    return values | _kept(by, kept)


def _kept(by: over_time.Steps, kept: Sequence[int]) -> Values:
    if not any(kept):
        return {"kept": "", "kept_table": None}
    said = ", ".join(f"{count} in {name}" for count, name in zip(kept, by.names(), strict=True) if count)
    about = svg.About("kept", f"Commitments kept by {by.unit}", f"{said}.")
    rows = [[name, str(count)] for name, count in zip(by.names(), kept, strict=True)]
    return {
        "kept": svg.lines([svg.Steps("kept", sum(kept), kept)], by.names(), about),
        "kept_table": _table("Kept over time", [by.unit.capitalize(), "#Kept"], rows),
    }


def _lists(review: Review) -> Values:
    pair = review.material.pair
    rows = [
        {"day": show_short(each.entry.date), "id": each.entry.selector, "text": first_line(each.answer.text)}
        for each in pair or ()
    ]
    return {
        "starred": _entries(review.starred),
        "recognition": _entries(review.recognition),
        "coaches": _entries(review.other_feedback),
        "earlier": _entries(review.material.earlier_years),
        "earlier_said": earlier_said(review),
        "pair": {"asked": pair[1].answer.asked, "rows": rows} if pair else None,
        "all": _entries(review.entries, review.feedback_on),
        "most_entries": MOST_ENTRIES,
    }


def _bars(name: str, title: str, rows: Sequence[tuple[str, int]]) -> str:
    said = ", ".join(f"{label} {count}" for label, count in rows)
    return svg.bars(rows, svg.About(name, title, f"{said}."))


def _refs_table(caption: str, rows: Iterable[tuple[str, Sequence[Any]]]) -> Mapping[str, Any]:
    cells = [[label, str(len(found)), named(refs(found))] for label, found in rows]
    return _table(caption, ["", "#Commitments", "Refs"], cells)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[str, Any]:
    """A table for the template; a head that begins with # is over a column of numbers."""
    marked = [{"text": head.removeprefix("#") or "What", "number": head.startswith("#")} for head in heads]
    return {"caption": caption, "heads": marked, "rows": rows}


def _count(label: str, found: Sequence[Known]) -> Mapping[str, Any]:
    return {"label": label, "number": len(found), "ids": _ids(found)}


def _entries(found: Iterable[Known], on: Mapping[str, Sequence[Entry]] = NOTHING) -> list[Mapping[str, Any]]:
    """A list of entries; `on` is what coaches wrote about them, which stands below."""
    return [
        {
            "day": show_short(entry.date),
            "title": " ".join(entry.title.split()) or entry.kind.capitalize(),
            "id": entry.selector,
            "words": as_said(feedback_said(entry)) if isinstance(entry, Entry) and entry.kind == FEEDBACK else "",
            "below": _entries(on.get(entry.id or entry.path, ())),
        }
        for entry in found
    ]


def _ids(found: Iterable[Known]) -> str:
    return named(ids_of(found))
