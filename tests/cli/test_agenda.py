"""`ally agenda`: what is open, what came of it, what is marked, and what to ask, since the last session."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from allyjournal.journal.entry import Entry
from allyjournal.practice.agenda import agenda, to_json
from allyjournal.practice.sessions import DEBRIEF, PREPARATION
from allyjournal.sharing.formats.agenda_markdown import render
from allyjournal.terminal.agenda_screen import agenda_page
from tests.support import SATURDAY, Home

TODAY = date(2026, 11, 21)
ASKED = "What do you want to ask?"


def entry(day: str, **changed: Any) -> Entry:
    on = date.fromisoformat(day)
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return replace(
        Entry(id=f"k{day.replace('-', '')[3:]}aaaa", date=on, created=moment, path=f"entries/{day}.md"), **changed
    )


def prepared(day: str, question: str) -> Entry:
    return entry(day, exercise=PREPARATION, prompts=("ask",), asked=(ASKED,), body=f"## {ASKED}\n\n{question}")


SESSION = entry("2026-11-10", exercise=DEBRIEF)
OLD = entry(
    "2026-10-01",
    starred=True,
    tags=("old",),
    body="- [ ] Still open [due:: 2026-11-01] [id:: open01]\n  - 2026-11-02: missed\n"
    "- [x] Closed before [id:: kept00] [completion:: 2026-11-01]\n- [x] Closed since [id:: kept01] "
    "[completion:: 2026-11-12]\n- [-] Dropped since [id:: drop01] [cancelled:: 2026-11-15]",
)
NEW = [
    entry("2026-11-12", for_coach=True, title="Marked", practices=("deep",), body="#new #often"),
    entry("2026-11-13", starred=True, title="Starred", practices=("deep",), body="#often"),
    entry("2026-11-14", title="Neither", practices=("brave",)),
]


def drawn_up(*entries: Entry) -> Any:
    return agenda(entries, TODAY, {"deep": "Deep curiosity", "brave": "Courage"}, ASKED)


def test_it_holds_what_is_open_what_was_closed_and_what_is_marked_since_the_last_session() -> None:
    found = to_json(drawn_up(OLD, SESSION, *NEW))
    assert found["since"] == "2026-11-10"
    assert [each["ref"] for each in found["open"]] == ["open01"] and found["open"][0]["outcomes"] == [
        "2026-11-02: missed"
    ]
    assert [each["ref"] for each in found["closed"]] == ["drop01", "kept01"]
    assert [each["title"] for each in found["entries"]] == ["Marked", "Starred"]
    assert list(found["practices"]) == ["Deep curiosity", "Courage"] and list(found["tags"]) == ["often", "new"]


def test_the_question_is_the_one_prepared_since_then_or_a_line_to_fill() -> None:
    before, after = prepared("2026-11-09", "- An old question"), prepared("2026-11-20", "- How do I begin?")
    assert to_json(drawn_up(before, SESSION))["question"] is None
    assert to_json(drawn_up(before, SESSION, after))["question"] == "- How do I begin?"
    same_day = [prepared("2026-11-10", "- Asked already"), SESSION]
    assert to_json(drawn_up(*same_day))["question"] is None, "the session came after it"
    for shown, line in ((render(drawn_up(SESSION, *NEW)), "…"), (agenda_page(drawn_up(SESSION, *NEW)).text(), "____")):
        assert ASKED in shown and line in shown.partition(ASKED)[2]
    for shown in (render(drawn_up(after)), agenda_page(drawn_up(after)).text()):
        assert "How do I begin?" in shown and "____" not in shown and "…" not in shown.partition(ASKED)[2]


def test_it_says_the_same_on_the_screen_and_in_markdown() -> None:
    found = drawn_up(OLD, SESSION, *NEW)
    for shown in (render(found), agenda_page(found).text()):
        for words in ("Still open", "open01", "overdue", "2026-11-02: missed", "Closed since", "Dropped since",
                      "Marked", "Deep curiosity", "#often", "Tue 10 Nov 2026"):  # fmt: skip
            assert words in shown, words
        assert "Closed before" not in shown and "Neither" not in shown and "#old" not in shown


def test_the_question_comes_from_the_exercise_and_nothing_is_an_empty_page(home: Home) -> None:
    found = home.json("agenda", at=SATURDAY)
    assert (found["asked"], found["open"], found["since"]) == ("What do you want to ask your coach?", [], None)
    assert "No session was held yet" in home.ok("agenda", at=SATURDAY)
    assert not home.journal.exists()
