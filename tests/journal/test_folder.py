"""The folder of entries: what is added stays, what is looked for is found, what changed meanwhile is not lost."""

import os
import stat
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allyjournal.dates import Period
from allyjournal.errors import AllyError, Refused
from allyjournal.journal.document import to_text
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import ALPHABET, LETTERS, Journal, new_id
from allyjournal.journal.index import selectors
from allyjournal.journal.index.index import Index
from tests import strategies
from tests.journal.test_document import values
from tests.support import SATURDAY, Home

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def entry(entry_id: str = "k7m2q9xr4t", day: date = TODAY, **changed: Any) -> Entry:
    return replace(Entry(id=entry_id, date=day, created=NOON, body=f"Words of {entry_id}."), **changed)


def find(journal: Journal, selector: str, today: date) -> Entry:
    return selectors.find(journal, Index(journal, journal.root.parent / "cache"), selector, today)


def put(journal: Journal, name: str, text: str) -> Path:
    path = journal.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_an_entry_is_kept_under_its_day_time_and_id(journal: Journal) -> None:
    kept = journal.add(entry(day=date(2026, 11, 20)))
    assert kept.path == "entries/2026/11/2026-11-20-1200-k7m2q9xr4t.md"
    path = journal.root / kept.path
    assert path.read_bytes() == to_text(entry(day=date(2026, 11, 20))).encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path.parent.parent, journal.root)} == {0o700}
    assert (journal.root / "journal.toml").read_text() == "format = 1\n"


@settings(max_examples=60)
@given(strategies.entries())
def test_what_is_added_reads_back(tmp_path_factory: pytest.TempPathFactory, written: Entry) -> None:
    journal = Journal(tmp_path_factory.mktemp("j"))
    kept = journal.add(written)
    assert values(kept) == values(written)
    assert [values(each) for each in journal.all().entries] == [values(written)]
    assert values(find(journal, str(written.id), TODAY)) == values(written)


def test_adding_never_takes_another_file_s_place(journal: Journal) -> None:
    journal.add(entry())
    with pytest.raises(Refused):
        journal.add(entry(body="Other words."))
    assert [each.body for each in journal.all().entries] == ["Words of k7m2q9xr4t."]


def test_adding_the_very_same_entry_again_is_done_already(journal: Journal) -> None:
    journal.add(entry())
    assert journal.add(entry()).body == "Words of k7m2q9xr4t."
    assert len(journal.all().entries) == 1


def test_a_failed_write_leaves_nothing_behind(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    journal.add(entry())
    before = sorted(path.name for path in journal.root.rglob("*"))

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AllyError, match="no space left"):
        journal.add(entry("x2b4c6d8e9"))
    assert sorted(path.name for path in journal.root.rglob("*")) == before


def test_ids_begin_with_a_letter_and_never_look_like_numbers() -> None:
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(each) == 10 and each[0] in LETTERS and set(each) <= set(ALPHABET) for each in ids)
    assert not set("ilou") & set(ALPHABET)
    assert len(new_id(6)) == 6


def three(journal: Journal) -> None:
    journal.add(entry("k7m2q9xr4t", date(2026, 11, 19), created=NOON - timedelta(days=2)))
    journal.add(entry("k7m3aaaaaa", date(2026, 11, 20), created=NOON - timedelta(days=1)))
    journal.add(entry("x2b4c6d8e9", date(2026, 11, 20), created=NOON))


@pytest.mark.parametrize(
    ("selector", "wanted"),
    [
        ("k7m2q9xr4t", "k7m2q9xr4t"),
        ("k7m2", "k7m2q9xr4t"),
        ("K7M2Q9", "k7m2q9xr4t"),
        ("x", "x2b4c6d8e9"),
        (" x2b4 ", "x2b4c6d8e9"),
        ("last", "x2b4c6d8e9"),
        ("last~0", "x2b4c6d8e9"),
        ("last~1", "k7m3aaaaaa"),
        ("last~2", "k7m2q9xr4t"),
        ("2026-11-19", "k7m2q9xr4t"),
        ("thursday", "k7m2q9xr4t"),
        ("2 days ago", "k7m2q9xr4t"),
        ("entries/2026/11/2026-11-19-1200-k7m2q9xr4t.md", "k7m2q9xr4t"),
        ("./entries//2026/../2026/11/2026-11-19-1200-k7m2q9xr4t.md", "k7m2q9xr4t"),
    ],
)
def test_an_entry_is_found_by_id_place_day_and_path(journal: Journal, selector: str, wanted: str) -> None:
    three(journal)
    assert find(journal, selector, TODAY).id == wanted


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("k7m", "k7m2q9xr4t"),
        ("k7m", "k7m3aaaaaa"),
        ("2026-11-20", "x2b4c6d8e9"),
        ("yesterday", "k7m3aaaaaa"),
        ("2026-11-18", "no entry of 2026-11-18"),
        ("2026-11", "No entry is named"),
        ("zzzz", "No entry is named"),
        ("last~3", "only 3 entries"),
        ("last~x", "last~1"),
        ("last~-1", "last~1"),
        ("last~99999999999", "last~1"),
        ("last~²", "last~1"),
        ("", "No entry is named"),
        ("2026-11-19-1200-k7m2q9xr4t.md", "no file"),
        ("../journal.toml", "no file"),
        ("/etc/passwd", "no file"),
        ("../../../../../etc/passwd", "no file"),
        ("entries/nothing.md", "no file"),
        ("ilou", "No entry is named"),
        ("κ7μ2", "No entry is named"),
    ],
)
def test_what_names_no_entry_or_several_is_said(journal: Journal, selector: str, said: str) -> None:
    three(journal)
    with pytest.raises(AllyError) as caught:
        find(journal, selector, TODAY)
    assert said in str(caught.value)
    assert "Words of" not in str(caught.value)


def test_the_same_id_in_two_files_names_both(journal: Journal) -> None:
    three(journal)
    put(journal, "entries/copy.md", to_text(entry("x2b4c6d8e9")))
    with pytest.raises(AllyError) as caught:
        find(journal, "x2b4", TODAY)
    assert "entries/copy.md" in str(caught.value) and "2026-11-20-1200-x2b4c6d8e9.md" in str(caught.value)


def test_the_front_matter_wins_over_the_name(journal: Journal) -> None:
    put(journal, "entries/2026/11/2026-11-19-1200-zzzzzzzzzz.md", to_text(entry("k7m2q9xr4t", date(2026, 11, 20))))
    assert find(journal, "k7m2", TODAY).date == date(2026, 11, 20)
    with pytest.raises(AllyError):
        find(journal, "zzzz", TODAY)


def test_nothing_is_found_where_there_is_nothing(journal: Journal) -> None:
    assert journal.all().entries == []
    assert not journal.root.exists(), "reading makes no folder"
    with pytest.raises(AllyError, match="no entry yet"):
        find(journal, "last", TODAY)


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (None, None, 4),
        (date(2026, 11, 20), date(2026, 11, 20), 1),
        (date(2026, 11, 1), date(2026, 11, 30), 2),
        (date(2026, 1, 1), None, 3),
        (None, date(2026, 1, 1), 2),
        (date(2025, 12, 31), date(2026, 1, 1), 2),
        (date(1, 1, 1), date(9999, 12, 31), 4),
        (date(999, 1, 1), None, 4),
        (date(500, 1, 1), date(2027, 1, 1), 4),
        (date(31, 1, 1), None, 4),
        (None, date(999, 12, 31), 0),
        (date(2026, 11, 22), None, 0),
    ],
)
def test_between_gives_the_entries_of_those_days(
    journal: Journal, first: date | None, last: date | None, wanted: int
) -> None:
    for number, day in enumerate((date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 1), date(2026, 11, 20))):
        journal.add(entry(f"a{number}aaaaaaaa", day))
    assert len(journal.between(Period(first, last)).entries) == wanted


def test_a_day_long_ago_has_its_own_folder_and_is_found_again(journal: Journal) -> None:
    kept = journal.add(entry(day=date(850, 3, 1)))
    assert kept.path == "entries/0850/03/0850-03-01-1200-k7m2q9xr4t.md"
    assert len(journal.between(Period(date(850, 3, 1), date(850, 3, 1))).entries) == 1


@settings(max_examples=100)
@given(
    st.lists(st.dates(date(2024, 1, 1), date(2027, 1, 1)), max_size=6),
    st.dates(date(2023, 6, 1), date(2027, 6, 1)),
    st.integers(0, 500),
)
def test_between_is_the_same_as_looking_at_all(
    tmp_path_factory: pytest.TempPathFactory, days: list[date], first: date, length: int
) -> None:
    journal = Journal(tmp_path_factory.mktemp("j"))
    for number, day in enumerate(days):
        path = journal.root / journal.path_of(entry(f"a{number}aaaaaaaa", day))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_text(entry(f"a{number}aaaaaaaa", day)))
    period = Period(first, first + timedelta(days=length))
    assert sorted(each.date for each in journal.between(period).entries) == sorted(day for day in days if day in period)


def test_entries_come_in_the_order_they_were_begun_whatever_their_zone(journal: Journal) -> None:
    zones = [timezone(timedelta(hours=hours)) for hours in (9, 0, -8)]
    moments = [datetime(2026, 11, 20, 12, tzinfo=zone) for zone in zones]
    for number, created in enumerate(reversed(moments)):
        journal.add(entry(f"a{number}aaaaaaaa", created=created))
    assert [each.created for each in journal.all().entries] == sorted(moments)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("2026-11-20-1740-anything.md", datetime(2026, 11, 20, 17, 40)),  # noqa: DTZ001
        ("2026-11-20.md", datetime(2026, 11, 20)),  # noqa: DTZ001
        ("2026-11-20 9999.md", datetime(2026, 11, 20, 3, 39)),  # noqa: DTZ001
        ("2026-11-20-²²²².md", datetime(2026, 11, 20)),  # noqa: DTZ001
        ("notes.md", datetime(2026, 11, 18, 12)),  # noqa: DTZ001
        ("2026-02-30.md", datetime(2026, 11, 18, 12)),  # noqa: DTZ001
    ],
)
def test_a_file_that_says_no_day_has_that_of_its_name_or_of_its_last_change(
    journal: Journal, name: str, wanted: datetime
) -> None:
    path = put(journal, f"entries/{name}", "Just words.")
    os.utime(path, (datetime(2026, 11, 18, 12, tzinfo=UTC).timestamp(),) * 2)
    (found,) = journal.all().entries
    assert found.date == wanted.date() and found.id is None and found.selector == f"entries/{name}"


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "Africa/Monrovia"]
)
@pytest.mark.parametrize(
    "name", ["0001-01-01.md", "9999-12-31-2359.md", "1900-01-01.md", "2038-01-19-0314.md", "0000-00-00.md"]
)
def test_a_name_at_the_edge_of_time_harms_no_command(home: Home, zone: str, name: str) -> None:
    home.put(f"entries/{name}", "Just words.")
    home.put("entries/other.md", "---\ndate: 0001-01-01\ncreated: 0001-01-01T00:00:00+14:00\n---\nWords.")
    home.put("entries/another.md", "---\ndate: 9999-12-31\ncreated: 9999-12-31T23:59:59-14:00\n---\nWords.")
    done = home.run("list", "--json", TZ=zone)
    assert (done.returncode, done.stdout.count('"path"')) == (0, 3), done.stderr
    assert "fault" not in done.stderr


@pytest.mark.parametrize("seconds", [0, -1, 2**31, 2**32, 15_032_385_535, -2_147_483_648, 2**38, 2**40])
def test_any_time_of_change_will_do(home: Home, seconds: int) -> None:
    os.utime(home.put("entries/x.md", "Just words."), (seconds, seconds))
    assert len(home.json("list")) == 1


@pytest.mark.parametrize(
    "text", ["format = 2\n", "# mine\nformat=99 # later\n", "format = 1.5", 'format = "1"', "format ="]
)
def test_a_journal_of_a_later_format_is_read_and_not_written(journal: Journal, text: str) -> None:
    three(journal)
    put(journal, "journal.toml", text)
    assert len(journal.all().entries) == 3
    for act in (lambda: journal.add(entry("a1b2c3d4e5")), lambda: journal.check_writable(TODAY)):
        with pytest.raises(Refused, match="later ally"):
            act()
    assert len(journal.all().entries) == 3


@pytest.mark.parametrize(
    "text", ["format = 1\n", "format=1", "# format = 2\nformat = 1 # this one\n", "", "week-start = 'monday'\n"]
)
def test_a_journal_of_this_format_is_written_however_its_file_is_spaced(journal: Journal, text: str) -> None:
    put(journal, "journal.toml", text)
    journal.add(entry())
    assert (journal.root / "journal.toml").read_text() == text


def test_reading_a_thousand_entries_is_quick_and_makes_no_file(journal: Journal) -> None:
    for number in range(1000):
        day = TODAY - timedelta(days=number)
        text = to_text(entry(f"a{number:09}", day))
        put(journal, f"entries/{day:%Y/%m}/{day.isoformat()}-1200-a{number:09}.md", text)
    before = sorted(journal.root.rglob("*"))
    begun = time.process_time()
    found = journal.all()
    assert time.process_time() - begun < 5
    assert (len(found.entries), found.unreadable) == (1000, [])
    assert sorted(journal.root.rglob("*")) == before


def test_a_selector_with_control_characters_is_shown_and_not_obeyed(home: Home) -> None:
    home.ok("note", stdin="words", at=SATURDAY)
    done = home.run("show", "\x1b[2J\u202e[/red]", at=SATURDAY)
    assert done.returncode == 1 and "\x1b" not in done.stderr and "\u202e" not in done.stderr
    assert "[/red]" in done.stderr
