"""Commands that change entries, killed or failed at one call after another: every text is kept, and none is torn."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest

from allyjournal.files import TEMPORARY
from tests.safety.changes import CHANGES, Changing
from tests.safety.conftest import Say
from tests.safety.sweep import CANARY, NOTE, Call, Home, Tally
from tests.safety.test_errno import ERRORS


def say_and_judge(tally: Tally, say: Say, also: str = "") -> None:
    """Say what a sweep found; it must have found nothing wrong, and hardly a point that was not reached."""
    say(f"{tally.row()}  {also}".rstrip())
    assert not tally.faults, tally.explained()
    assert tally.counts["not reached"] <= 2


@pytest.mark.parametrize("name", CHANGES)
def test_no_text_is_lost_or_torn_when_a_call_of_every_kind_is_the_last_or_fails(
    name: str, tmp_path: Path, warm: Path, say: Say
) -> None:
    """Each kind of call fails once here, one error after another; the whole sweep has every error at every call."""
    changing = Changing(name, tmp_path, warm)
    killed = changing.kill(changing.kinds)
    say_and_judge(killed, say, f"{changing.shapes} states of the disk")
    assert killed.counts["killed"] >= 15
    failed = [changing.fail(error, some) for error, some in _dealt(changing.kinds)]
    assert sum(tally.points for tally in failed) == killed.points
    for tally in failed:
        say_and_judge(tally, say)


def _dealt(points: Sequence[Call]) -> Iterator[tuple[str, list[Call]]]:
    """The points, dealt to the errors in turn."""
    dealt = list(zip(points, cycle(ERRORS), strict=False))
    for error in ERRORS:
        yield error, [point for point, each in dealt if each == error]


def test_what_a_kill_left_beside_an_entry_is_read_by_nothing_and_goes_to_the_trash(home: Home) -> None:
    home.ok(*NOTE)
    (entry,) = home.entries
    left = entry.with_name(f"{TEMPORARY}1-0123456789ab")
    left.write_bytes(entry.read_bytes()[:-5])
    left.chmod(0o600)
    for words in (("list",), ("search", CANARY), ("export", "--format", "json")):
        assert [each["path"] for each in home.json(*words)] == [str(entry.relative_to(home.journal))], words
    assert left.name in home.run("doctor").stdout
    home.ok("doctor", "--fix")
    assert not left.exists() and len(home.json("list")) == 1
    assert home.json("trash") == []
    assert [path.name for path in (home.journal / ".trash").rglob(f"{TEMPORARY}*")] == [left.name]
