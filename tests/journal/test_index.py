"""The index: it says what the files say, whatever happens to either; without it everything goes on, only slower.

The long form of the model is `python -m benchmarks.torture.index`.
"""

import json
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from benchmarks.torture import index as model

from allyjournal.dates import Period
from allyjournal.errors import Refused
from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.folder import Journal, new_id
from allyjournal.journal.index import asking, files, store, tables, watch
from allyjournal.journal.index.index import Index
from allyjournal.journal.search import parse_query
from tests.support import Home

TODAY = date(2026, 11, 21)
ROUNDS = 60


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


@pytest.fixture
def index(journal: Journal, tmp_path: Path) -> Index:
    return Index(journal, tmp_path / "cache")


def add(journal: Journal, body: str, days_ago: int = 0, **more: Any) -> Entry:
    day = TODAY - timedelta(days=days_ago)
    created = datetime.combine(day, datetime.min.time(), UTC)
    return journal.add(Entry(id=new_id(), date=day, created=created, body=body, **more))


def found(index: Index, *typed: str, **wanted: Any) -> list[str]:
    """The bodies of the entries that fit, the oldest first."""
    query = parse_query(typed) if typed else None
    return [each.body for each in index.entries(index.choose(Filter(**wanted), query).numbers)]


def test_what_the_index_says_is_what_the_files_say(tmp_path: Path) -> None:
    done = model.run(tmp_path, seed=7, rounds=ROUNDS)
    assert done.faults == []
    assert done.done["questions"] > 3 * ROUNDS


def _without_times(root: Path, path: str) -> tables.Stat | None:
    """As on a file system whose clock stands still."""
    try:
        return tables.Stat(os.lstat(root / path).st_size, 0, 0, 0)
    except OSError:
        return None


SAFEGUARDS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "folders": lambda patch: patch.setattr(files, "changed_folders", lambda _, __: []),
    "times": lambda patch: patch.setattr(files, "stat_of", _without_times),
}


@pytest.mark.parametrize("without", SAFEGUARDS)
def test_the_model_misses_a_safeguard_that_is_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    SAFEGUARDS[without](monkeypatch)
    for seed in range(6):
        if model.run(tmp_path / str(seed), seed, 25).faults:
            return
    raise AssertionError(f"nothing was missed without {without}")


def changed_in_place(journal: Journal, cache: Path, number: int) -> None:
    """Twelve old entries, more than are looked at as a whole; then the first word of one is another, of one length."""
    kept = [add(journal, f"Words of {each}.", 400 + 40 * each) for each in range(12)]
    found(Index(journal, cache))
    path = journal.root / kept[number].path
    path.write_bytes(path.read_bytes().replace(b"Words", b"Wakes"))


def test_of_a_large_journal_a_part_is_looked_at_in_each_run_and_so_all_of_it(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "WHOLE", 5)
    monkeypatch.setattr(watch, "SLICE", 4)
    changed_in_place(journal, tmp_path / "cache", 3)
    runs = [len(Index(journal, tmp_path / "cache").choose(Filter(), parse_query(["words"])).numbers) for _ in range(4)]
    assert sorted(runs, reverse=True) == runs and runs[-1] == 11
    assert found(Index(journal, tmp_path / "cache"), "wakes") == ["Wakes of 3."]


def test_what_no_file_has_is_said_after_a_look_at_every_file(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "WHOLE", 5)
    monkeypatch.setattr(watch, "SLICE", 1)
    changed_in_place(journal, tmp_path / "cache", 0)
    assert found(Index(journal, tmp_path / "cache"), "wakes") == ["Wakes of 0."]


def test_an_index_that_something_else_changed_is_not_believed(home: Home) -> None:
    home.ok("note", "--title", "A true title", stdin="Words.")
    home.ok("list")
    _spoil(home)
    assert "A true title" in home.ok("list")


def _spoil(home: Home) -> Path:
    """Another program changes the index; gives its path."""
    (path,) = (home.folder / "cache/allyjournal/index").glob("*.sqlite")
    db = sqlite3.connect(path)
    db.execute("UPDATE entries SET title = 'Another title'")
    db.commit()
    db.close()
    return path


def test_the_index_is_for_its_owner_alone(journal: Journal, index: Index, tmp_path: Path) -> None:
    add(journal, "Words.")
    mask = os.umask(0)
    try:
        found(index)
        add(journal, "More words.")
        found(index)
    finally:
        os.umask(mask)
    modes = {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "cache").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_without_fts5_the_files_are_read_and_the_answers_are_the_same(
    journal: Journal, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WORDS", "CREATE VIRTUAL TABLE words USING no_such_thing(text)")
    for number, body in enumerate(("I never asked.", "She asks. #hiring", "Nothing of the kind.")):
        add(journal, body, 9 - number)
    assert not index.ask(asking.has_words)
    assert found(index, "asking") == ["I never asked.", "She asks. #hiring"]
    assert found(index, "ask*", "-never") == ["She asks. #hiring"]
    assert found(index, "asked", tags=("hiring",)) == ["She asks. #hiring"]
    assert [index.choose(Filter(), parse_query(["ask*"]), limit=1).of] == [2]


@pytest.mark.parametrize("in_the_way", ["", "index"])
def test_where_no_index_can_be_kept_the_answers_are_the_same(home: Home, in_the_way: str) -> None:
    home.ok("note", "I never asked.")
    path = home.folder / "cache/allyjournal" / in_the_way
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a file where a folder should be")
    assert "I never asked." in home.ok("search", "asking")
    assert path.read_text() == "a file where a folder should be"


def test_an_index_that_is_locked_for_long_keeps_nobody_waiting_for_ever(
    journal: Journal, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    add(journal, "I never asked.", 100)
    found(index)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    add(journal, "She asks.")
    assert found(Index(journal, tmp_path / "cache"), "asking") == ["I never asked.", "She asks."]
    other.close()


def test_a_purged_entry_leaves_no_word_in_the_index(journal: Journal, index: Index, tmp_path: Path) -> None:
    kept = add(journal, "canarywordone")
    assert found(index, "canarywordone")
    (journal.root / kept.path).unlink()
    index.remove()
    assert found(index) == []
    assert b"canarywordone" not in b"".join(each.read_bytes() for each in (tmp_path / "cache").iterdir())


def test_what_a_write_that_was_cut_off_left_behind_is_swept_away(journal: Journal, tmp_path: Path) -> None:
    add(journal, "She asks. canarywordtwo")
    found(Index(journal, tmp_path / "cache"))
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    leftovers = [path.with_name(f"{path.name}-journal"), path.with_name(f"{path.stem}-77-aaaa.new")]
    for each in leftovers:
        each.write_bytes(path.read_bytes())
    index = Index(journal, tmp_path / "cache")
    assert found(index, "ask") == ["She asks. canarywordtwo"]
    assert not leftovers[0].exists(), "SQLite would roll it back into the new index"
    index.remove()
    assert [each.name for each in (tmp_path / "cache").iterdir() if each.suffix not in (".lock", ".turn")] == []


def test_entries_that_lie_behind_a_link_are_found_and_those_behind_a_link_below_are_not(
    journal: Journal, tmp_path: Path
) -> None:
    add(journal, "One.")
    add(journal, "Two.", 40)
    real = tmp_path / "vault"
    (journal.root / "entries").rename(real)
    (journal.root / "entries").symlink_to(real)
    assert found(Index(journal, tmp_path / "cache")) == ["Two.", "One."]
    assert found(Index(journal, tmp_path / "cache")) == ["Two.", "One."]
    (real / "2026").rename(tmp_path / "moved")
    (real / "2026").symlink_to(tmp_path / "moved")
    for _ in range(2):
        assert found(Index(journal, tmp_path / "cache")) == []


def test_a_day_that_only_the_clock_knows_follows_the_time_zone(home: Home) -> None:
    path = home.put("entries/lunch.md", "Lunch.")
    os.utime(path, (1_762_817_400, 1_762_817_400))  # 2025-11-10T23:30Z
    path.parent.touch()
    for zone, day in (("UTC", "2025-11-10"), ("Pacific/Kiritimati", "2025-11-11")):
        assert [each["date"] for each in json.loads(home.ok("list", "--on", day, "--json", TZ=zone))] == [day]


def test_an_index_that_is_torn_while_it_is_open_is_asked_no_further(journal: Journal, tmp_path: Path) -> None:
    add(journal, "She asks.")
    index = Index(journal, tmp_path / "cache")
    found(index)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    data = bytearray(path.read_bytes())
    with path.open("r+b") as file:
        file.write(bytes(len(data)))
    assert found(index, "ask") == ["She asks."]


@pytest.mark.parametrize("is_replaced", [True, False])
def test_numbers_never_name_the_entries_of_another_index(journal: Journal, tmp_path: Path, is_replaced: bool) -> None:
    for number in range(3):
        add(journal, f"Words of {number}.", number)
    index = Index(journal, tmp_path / "cache")
    chosen = index.choose(Filter()).numbers
    add(journal, "Older than all.", 700)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    data = path.read_bytes()
    if is_replaced:
        Index(Journal(journal.root), tmp_path / "cache").remove()
        found(Index(Journal(journal.root), tmp_path / "cache"))
    else:
        path.write_bytes(bytes(len(data)))
    index._seen = journal.writes
    with pytest.raises(Refused, match="run the command again") if not is_replaced else nullcontext():
        assert [each.body for each in index.entries(chosen)] == ["Words of 2.", "Words of 1.", "Words of 0."]


def test_an_index_that_many_entries_have_left_is_made_anew(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_DEAD", 3)
    monkeypatch.setattr(files, "TICK", 0)
    first = [add(journal, f"word{number}") for number in range(5)]
    found(Index(journal, tmp_path / "cache"))
    for each in first:
        (journal.root / each.path).write_text("another word")
    for _ in range(2):
        assert found(Index(journal, tmp_path / "cache"), "word1") == []
    db = Index(journal, tmp_path / "cache").ask(lambda db: db)
    assert db.execute("SELECT count(*) FROM dead").fetchone() == (0,)


def test_what_an_index_has_wrong_is_found_by_doctor(home: Home) -> None:
    home.ok("note", "I never asked.")
    time.sleep(files.TICK / 1e9)  # until then the file is read again each time
    home.ok("search", "asked")
    path = _spoil(home)
    found = path.stat()
    stamp = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}\n"
    path.with_suffix(".stamp").write_text(stamp)
    assert "Another title" in home.ok("list"), "a stamp that fits is believed"
    assert "made anew" in home.run("doctor").stderr
    assert "Another title" not in home.ok("list")
    assert "made anew" not in home.run("doctor").stderr


def test_days_narrow_what_is_counted(journal: Journal, index: Index) -> None:
    for days in (0, 1, 400):
        add(journal, f"{days} days #hiring", days)
    period = Period(TODAY - timedelta(days=30), TODAY)
    assert found(index, period=period, tags=("hiring",)) == ["1 days #hiring", "0 days #hiring"]
    assert index.choose(Filter(period), limit=1).of == 2
