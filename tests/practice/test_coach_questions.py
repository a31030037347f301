"""A coach's question comes up until it is answered, the oldest first."""

from datetime import UTC, date, datetime

from allyjournal.journal.entry import Entry
from allyjournal.practice.coach_questions import waiting

DAY = date(2026, 11, 20)


def feedback(text: str, day: int = 20, kind: str = "feedback") -> Entry:
    moment = datetime(2026, 11, day, 8, tzinfo=UTC)
    return Entry(id=f"f{day}b3c4d5e6", date=moment.date(), created=moment, kind=kind, title="From Maria", body=text)


def test_lines_that_ask_come_up_from_the_next_day_on_and_the_prompt_does_not() -> None:
    found = [
        feedback("Later?", 21),
        feedback("## Whose turn?\n\nGood.\n- What next, @priya?\n> Why?\n\nNot so? Yes.\n?"),
    ]
    texts = [each.prompt.text for each in waiting(found, (), date(2026, 11, 22))]
    assert texts == ["What next, @priya?", "Why?", "Later?"]
    assert waiting(found, (), DAY) == []
    assert len(waiting(found, (), date(2026, 11, 21))) == 2
    assert len(waiting(found, (), date(2027, 5, 22))) == 1
    assert waiting(found, (), date(2027, 6, 1)) == []


def test_what_was_answered_or_passed_over_does_not_come_back() -> None:
    entry = feedback("One?\nTwo?\nOne?")
    one, two = waiting([entry], (), date(2026, 11, 22))
    assert waiting([entry], {one.prompt.id}, date(2026, 11, 22)) == [two]
    assert (one.prompt.answer, one.pack.title) == ("text", "Question from Maria")
    assert "From Maria, Fri 20 Nov 2026" in one.why and entry.selector in one.why


def test_only_a_coachs_words_ask() -> None:
    assert waiting([feedback("Me?", kind="note")], (), date(2026, 11, 22)) == []
    assert waiting([feedback("x" * 3000 + "?")], (), date(2026, 11, 22)) == []
