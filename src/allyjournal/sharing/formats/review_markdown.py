"""A review as Markdown: to be passed on, and, as figures alone, to be kept with the answers to its questions."""

from collections.abc import Iterable, Sequence

from allyjournal.dates import show_period, show_short
from allyjournal.journal.card import Known
from allyjournal.journal.entry import Entry
from allyjournal.practice import over_time
from allyjournal.practice.charts import named
from allyjournal.practice.commitments import Promised
from allyjournal.practice.review import STAGES, Review, figures_of, refs
from allyjournal.practice.review import named as ids_of
from allyjournal.practice.review_words import entry_said, feedback_said, figures_said, first_line, written_said


def render(review: Review) -> str:
    """The figures of the screen, practices as a table, and where each of them comes from."""
    rows = [f"# {show_period(review.period)}", "", *_said(review), ""]
    on = review.feedback_on
    for entry in review.entries:
        rows += [_entry(entry), *(f"  {_feedback(each)}" for each in on.get(entry.id or entry.path, ()))]
    rows += _practices(review)
    rows += _answers(review)
    rows += _names(review)
    rows += _section("Starred", map(_entry, review.starred))
    rows += _commitments(review)
    rows += _section("What others said", map(_entry, review.recognition))
    rows += _section("What coaches wrote", map(_feedback, review.other_feedback))
    rows += _section("In earlier years", map(_entry, review.material.earlier_years))
    rows += _pair(review)
    return "\n".join(rows).rstrip() + "\n"


def figures(review: Review) -> str:
    """What a kept review says below the answers: numbers and ids, no words of other entries, no tag and no person.

    Names of tags and people stand without their signs: this entry is not about them.
    """
    rows = [*_said(review), ""]
    if written := written_said(review):
        rows.append(f"- Written on {': '.join(written)} ({named(ids_of(review.entries))})")
    rows += [
        f"- {review.frame.titles[each]}: {_count(entries)}"
        for each, entries in review.practice_entries.items()
        if entries
    ]
    rows += [f"- Answers, {STAGES[each]}: {_count(found)}" for each, found in review.stage_answers.items() if found]
    for heading, found in (("Tags", review.tag_entries), ("People", review.people_entries)):
        if found:
            counted = (f"{_plain(name)} {_count(entries)}" for name, entries in found.items())
            rows.append(f"- {heading}: {'; '.join(counted)}")
    rows += [f"- Starred: {named(ids_of(review.starred))}"] if review.starred else []
    rows += [f"- What others said: {named(ids_of(review.recognition))}"] if review.recognition else []
    rows += [f"- What coaches wrote: {named(ids_of(review.material.feedback))}"] if review.material.feedback else []
    rows += [f"- Commitments {status}: {len(found)} ({named(refs(found))})" for status, found in _by_status(review)]
    rows += [f"- Reach {reach}: {len(found)} ({named(refs(found))})" for reach, found in review.reached.items()]
    rows += ["", review.plainly] if review.plainly else []
    return "\n".join(rows).rstrip()


def _said(review: Review) -> list[str]:
    before = review.material.before
    more = ["", f"Before that: {figures_said(figures_of(before))}."] if before else []
    return [f"{figures_said(review.figures)}.", *more]


def _entry(entry: Known) -> str:
    return f"- {entry_said(entry)} ({entry.selector})"


def _feedback(entry: Entry) -> str:
    return f"{_entry(entry)}: {feedback_said(entry)}"


def _count(entries: Sequence[Known]) -> str:
    return f"{len(entries)} ({named(ids_of(entries))})"


def _section(title: str, rows: Iterable[str]) -> list[str]:
    found = list(rows)
    return ["", f"## {title}", "", *found] if found else []


def _practices(review: Review) -> list[str]:
    if not review.practice_entries:
        return []
    by = over_time.steps(review)
    counts = over_time.practice_counts(review, by)
    heads = ["Practice", "Entries", *by.names(), "Ids"]
    rows = ["", f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 2)} --- |"]
    for each, entries in review.practice_entries.items():
        cells = [review.frame.titles[each], str(len(entries)), *map(str, counts[each]), named(ids_of(entries))]
        rows.append(f"| {' | '.join(map(_cell, cells))} |".replace("|  |", "| |"))
    return rows


def _answers(review: Review) -> list[str]:
    found = [f"{STAGES[stage]} {_count(entries)}" for stage, entries in review.stage_answers.items() if entries]
    return ["", f"Answers: {', '.join(found)}"] if found else []


def _names(review: Review) -> list[str]:
    rows: list[str] = []
    for title, sign, found in (("Tags", "#", review.tag_entries), ("People", "@", review.people_entries)):
        if found:
            counted = (f"{sign}{_plain(name)} {_count(entries)}" for name, entries in found.items())
            rows += ["", f"{title}: {', '.join(counted)}"]
    if review.rising:
        rose = ", ".join(f"#{_plain(tag)} {review.tags[tag]}, {was} before" for tag, was in review.rising.items())
        rows += ["", f"More often than before: {rose}"]
    if review.absent:
        rows += ["", f"On your list, and not in these days: {', '.join(f'@{each}' for each in review.absent)}"]
    return rows


def _plain(name: str) -> str:
    """A name from somebody's front matter on one line, which opens no comment: the figures end in one of ours."""
    return " ".join(name.split()).replace("<!--", "< !--")


def _by_status(review: Review) -> list[tuple[str, list[Promised]]]:
    found = [(status, review.commitments(status)) for status in ("made", "overdue", "open", "kept", "dropped")]
    return [each for each in found if each[1]]


def _commitments(review: Review) -> list[str]:
    rows = ["", "## Commitments", ""] if review.promised else []
    for status, found in _by_status(review)[1:] if review.commitments("made") else _by_status(review):
        for each in found:
            due = f", by {each.commitment.due.isoformat()}" if each.commitment.due else ""
            rows.append(f"- {each.commitment.text} ({each.commitment.ref}, {status}{due})")
    reach = ", ".join(f"{name} {len(found)} ({named(refs(found))})" for name, found in review.reached.items())
    lines = [f"Reach: {reach}."] if reach else []
    lines += [review.plainly] if review.plainly else []
    return [*rows, "", *lines] if lines else rows


def _pair(review: Review) -> list[str]:
    if review.material.pair is None:
        return []
    rows = [
        f"- {show_short(each.entry.date)} ({each.entry.selector}): {first_line(each.answer.text)}"
        for each in review.material.pair
    ]
    return ["", "## Then and now", "", review.material.pair[1].answer.asked, "", *rows]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
