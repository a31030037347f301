"""The calendar file: a second library reads back what was promised, and it is the same file each time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.journal import closing, document
from allyjournal.journal.body import Commitment
from allyjournal.journal.entry import Entry
from allyjournal.practice.calendar import MOST_OCTETS, render
from allyjournal.practice.commitments import OUTCOMES, Promised, change, promised
from tests import strategies
from tests.support import SATURDAY, Home

CREATED = datetime.fromisoformat("2026-11-21T08:15:02+01:00")
DAY = date(2026, 11, 26)
WORDS = [
    "If A, B; and C, then I ask",
    "a backslash \\ and \\n and \\, and \\; and \\\\",
    'quotes " and : and = and ^n',
    "\U0001f469\u200d\U0001f4bb asks",
    "\U0001f1f3\U0001f1f4 e\u0301 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 co\u00adoperate",
    "\u738b\u5c0f\u660e" * 40,
    "\U0001f331" * 60,
    "x" * 300,
    "x" * 66 + "\u00e9" + "y" * 73 + "\U0001f331",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "",
]


def one(text: str, due: date | None = DAY, status: str = "open", ref: str = "x7k2m9", **fields: Any) -> Promised:
    return Promised(
        Commitment(ref, text, status, due, None, None, ()), Entry(**({"id": "k7m2q9xr4t"} | _entry | fields))
    )


_entry: dict[str, Any] = {"date": CREATED.date(), "created": CREATED}


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def lines_of(data: bytes) -> Iterator[bytes]:
    yield from data.removesuffix(b"\r\n").split(b"\r\n")


def read_back(data: bytes, text: str, due: date) -> None:
    (event,) = events(data)
    assert str(event["SUMMARY"]) == text
    assert event["DTSTART"].dt == due
    assert event["CLASS"] == "PRIVATE" and event["TRANSP"] == "TRANSPARENT"
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY" and str(alarm["DESCRIPTION"]) == text
    assert alarm["TRIGGER"].dt == timedelta(hours=9)
    assert event.errors == [] and alarm.errors == []


@pytest.mark.parametrize("text", WORDS, ids=range(len(WORDS)))
def test_a_second_library_reads_the_words_back(text: str) -> None:
    data = render([one(text)])
    read_back(data, text, DAY)
    assert max(map(len, lines_of(data))) <= 75 == MOST_OCTETS


def test_text_is_escaped_as_the_standard_says() -> None:
    assert b"\r\nSUMMARY:a\\, b\\; c\\\\n: d\r\n" in render([one("a, b; c\\n: d")])


@given(strategies.lines(), st.dates())
def test_any_words_and_any_day_are_read_back(text: str, due: date) -> None:
    words = "".join(char for char in text if not char < " " and not "\x7f" <= char <= "\x9f")
    data = render([one(text, due)])
    assert render([one(text, due)]) == data
    read_back(data, words, due)
    for line in lines_of(data):
        assert len(line) <= MOST_OCTETS
        line.decode()
        assert not any(byte < 32 for byte in line)


@given(st.lists(st.tuples(strategies.lines(), st.none() | st.dates()), max_size=5))
def test_each_commitment_with_a_day_is_one_event(drawn: list[tuple[str, date | None]]) -> None:
    found = [one(text, due, ref=f"abc00{n}") for n, (text, due) in enumerate(drawn)]
    read = events(render(found))
    assert [each["DTSTART"].dt for each in read] == [due for _, due in drawn if due]
    assert len({str(each["UID"]) for each in read}) == len(read)


@pytest.mark.parametrize("due", [date.min, date(987, 6, 5), date(9999, 12, 30), date.max])
@pytest.mark.parametrize("created", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), CREATED])
def test_days_at_the_ends_of_the_calendar_are_written(due: date, created: datetime) -> None:
    east = created.replace(tzinfo=datetime.fromisoformat("2026-01-01T00:00:00+14:00").tzinfo)
    west = created.replace(tzinfo=datetime.fromisoformat("2026-01-01T00:00:00-12:00").tzinfo)
    for moment in (created, east, west):
        read_back(render([one("x", due, created=moment)]), "x", due)


def test_an_event_is_one_day_long_and_says_when_the_entry_was_written() -> None:
    (event,) = events(render([one("x")]))
    assert event["DTEND"].dt == DAY + timedelta(days=1)
    assert event["DTSTAMP"].dt == CREATED.astimezone(UTC)


@pytest.mark.parametrize(("status", "said"), [("open", "CONFIRMED"), ("kept", "CONFIRMED"), ("dropped", "CANCELLED")])
def test_what_was_dropped_is_cancelled(status: str, said: str) -> None:
    assert events(render([one("x", status=status)]))[0]["STATUS"] == said


def test_whatever_is_changed_the_event_is_the_same_one() -> None:
    rows = ["---", 'id: "k7m2q9xr4t"', "date: 2026-11-21", "---", "", "- [ ] Ask [due:: 2026-11-26] [id:: x7k2m9]"]
    data = "\n".join([*rows, "- [ ] Hand-made [due:: 2026-11-27]", ""]).encode()
    uids = []
    for outcome, due in ((None, None), (OUTCOMES["missed"], date(2026, 12, 24)), (OUTCOMES["kept"], None)):
        entry = document.from_bytes(data, document.Fallback("x.md", lambda: CREATED))
        if outcome:
            data = closing.changed(data, entry, entry.commitments[0], change(outcome, DAY, "words", due))
            entry = document.from_bytes(data, document.Fallback("x.md", lambda: CREATED))
        uids.append([str(each["UID"]) for each in events(render(promised([entry])))])
    assert uids == [["k7m2q9xr4t-x7k2m9@allyjournal", "k7m2q9xr4t-k7m2q9xr4t.2@allyjournal"]] * 3


def test_without_commitments_it_is_a_calendar_still() -> None:
    assert events(render([])) == [] and render([]).endswith(b"END:VCALENDAR\r\n")


HIDDEN = """---
id: "h1ddenq9xr"
date: 2026-11-20
created: 2026-11-20T08:15:02+01:00
---

- [ ] Said [due:: 2026-11-26] [id:: sa1d00]

%%
- [ ] Hidden wallaby [due:: 2026-11-26] [id:: h1d000]
%%

- [ ] Half %%wombat%% said [due:: 2026-11-27]
"""
PRIVATE = """---
id: "pr1vateq9x"
date: 2026-11-19
created: 2026-11-19T08:15:02+01:00
private: true
---

- [ ] Private numbat [due:: 2026-11-26] [id:: pr1v00]
"""


def test_the_command_leaves_out_what_is_private_or_hidden_and_says_so(home: Home) -> None:
    home.put("entries/2026/11/2026-11-20-0815-h1ddenq9xr.md", HIDDEN)
    home.put("entries/2026/11/2026-11-19-0815-pr1vateq9x.md", PRIVATE)
    done = home.run("commitments", "--ics", "-", at=SATURDAY)
    assert done.returncode == 0
    assert [str(each["SUMMARY"]) for each in events(done.stdout.encode())] == ["Said", "Half said"]
    assert not {"wallaby", "wombat", "numbat"} & set(done.stdout.replace("\r\n ", "").replace("%", " ").split())
    assert "1 private entry" in done.stderr and "2 passages between %% and %%" in done.stderr
    assert home.run("commitments", "--ics", "-", at="2027-01-01T00:00:00+00:00").stdout == done.stdout
