"""The journals that speed is measured in are journals like any other; the page says what the figures say."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from benchmarks import journals, speed
from benchmarks.speed import AGAINST_TYPER, DISPATCH, EXPORT, LIST, Cost, Figure, Results, Size

from allyjournal.journal import doctor, document, mentions
from allyjournal.journal.body import HIDING, visible
from allyjournal.journal.folder import Journal
from tests.support import ROOT

MADE = 400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Journal, Counter[str]]:
    """A made journal, and what its maker says of its kinds."""
    folder = tmp_path_factory.mktemp("made") / "journal"
    return Journal(folder), journals.write(folder, MADE)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_made_journal_has_nothing_that_doctor_would_name(made: tuple[Journal, Counter[str]]) -> None:
    journal, _ = made
    packs = [tomllib.loads(path.read_text("utf-8"))["id"] for path in (ROOT / "prompts").glob("*.toml")]
    assert doctor.look(journal, packs) == []


def test_made_entries_are_written_as_the_program_writes_them(made: tuple[Journal, Counter[str]]) -> None:
    journal, kinds = made
    entries = journal.all().entries
    assert Counter(entry.kind for entry in entries) == kinds and kinds.total() == MADE
    assert kinds["reflection"] > kinds["note"] > kinds["exercise"] > kinds["review"] + kinds["feedback"] > 0
    for entry in entries:
        assert document.to_text(entry).encode() == journal.bytes_of(entry.path)
        assert journal.path_of(entry) == entry.path
        named = {(each.sign, each.name) for each in mentions.scan(visible(entry.body)[0])}
        assert named <= {("#", each) for each in entry.tags} | {("@", each) for each in entry.people}
        assert all(answer.text for answer in entry.answers)


def test_made_entries_have_all_that_entries_can_have(made: tuple[Journal, Counter[str]]) -> None:
    entries = made[0].all().entries
    promised = [each for entry in entries for each in entry.commitments]
    assert {each.status for each in promised} == {"open", "kept", "dropped"}
    assert any(each.outcomes for each in promised) and all(each.due and len(each.ref) == 6 for each in promised)
    assert all((each.closed is None) == (each.status == "open") for each in promised)
    for name in ("starred", "private", "for_coach", "edited", "tags", "people", "practices", "reply_to"):
        assert 0 < sum(bool(getattr(entry, name)) for entry in entries) < MADE, name
    assert any(entry.voice == "others" for entry in entries) and any(HIDING in entry.body for entry in entries)


def test_the_same_seed_gives_the_same_bytes(made: tuple[Journal, Counter[str]], tmp_path: Path) -> None:
    journals.write(tmp_path / "again", MADE)
    journals.write(tmp_path / "other", MADE, seed=1)
    assert files(tmp_path / "again") == files(made[0].root)
    assert files(tmp_path / "other") != files(made[0].root)


def test_more_entries_lie_in_more_years_and_end_on_the_day_named() -> None:
    last = date(2025, 3, 31)
    days = [each.created.date() for each in journals.entries(100, last=last)]
    assert days == sorted(days) and (days[0], days[-1]) == (last - timedelta(days=364), last)
    first = journals.LAST - timedelta(days=journals.days_of(100_000) - 1)
    assert (journals.LAST.year - first.year) * 12 + journals.LAST.month - first.month + 1 == 476


def results(listing: float) -> Results:
    """What a run might find in which `ally list` costs so much in the larger of two journals."""
    found = Results(3, [Size(1000, 8, 200, 3), Size(100_000, 48, 20_000, 300)])
    for count in found.counts:
        ratio = listing if count == 100_000 else 1.2
        found.figures[LIST, count] = Figure(LIST, count, ratio, ratio / 10, 0.1, 20.0, 3)
        found.figures[DISPATCH, count] = Figure(DISPATCH, count, 1.1, 0.11, 0.1, 17.0, 3)
        found.figures[EXPORT, count] = Figure(EXPORT, count, 1.1 + count / 100, 0.1, 0.1, 99.0, 3)
    found.others.update({(name, None): Cost(0.1, 9.0) for name in (speed.AGAINST_PASS, AGAINST_TYPER)})
    found.unmeasured["building the index anew, and one search"] = "ripgrep is not installed"
    return found


def test_the_page_names_a_miss_only_where_there_is_one() -> None:
    good, bad = speed.page(results(1.4)), speed.page(results(1.41))
    assert "missed" not in good.casefold() and "5 of the 5 targets" in good
    assert "- **Missed**: `ally list -n 10`, `import typer`: 1.41, at most 1.4. With 1,000 entries it is 1.20" in bad
    assert "4 of the 5 targets" in bad and bad.count("**missed**") == 1
    grown = results(1.0)
    grown.growth[speed.REVIEW] = Figure(speed.REVIEW, 100_000, 1.2, 0.12, 0.1, 20.0, 3)
    assert "The week has 48 entries in the one, 8 in the other." in speed.page(grown)
    assert "ripgrep is not installed" in good and "not installed" in good


def test_an_export_that_bends_is_a_miss() -> None:
    found = results(1.0)
    found.figures[EXPORT, 100_000] = found.figures[EXPORT, 100_000]._replace(ratio=1300.0)
    assert [(each.name, each.missed) for each in speed.verdicts(found) if each.missed] == [
        ("an entry's export, growth", True)
    ]
