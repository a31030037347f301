"""Two who change one file: neither version is lost, and the one that was saved by hand is never overwritten."""

import errno
import stat
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from allyjournal import files
from allyjournal.errors import Refused
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from allyjournal.journal.history import Edit, History

NOW = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)
BY_HAND = b"Saved by an editor at the last moment.\n"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    found = Journal(tmp_path / "journal")
    found.add(Entry(id="k7m2q9xr4t", date=date(2026, 11, 21), created=NOW, body="Words."))
    return found


def path_in(journal: Journal) -> Path:
    (path,) = (journal.root / "entries").rglob("*.md")
    return path


def change(journal: Journal, mark: str = "starred", base: bytes | None = None) -> None:
    path = path_in(journal)
    old = path.read_bytes() if base is None else base
    edit = Edit(str(path.relative_to(journal.root)), old, old.replace(b"---\n\n", f"{mark}: true\n---\n\n".encode(), 1))
    History(journal, NOW).change("test", [edit])


def kept(journal: Journal) -> set[bytes]:
    return {each.read_bytes() for each in (journal.root / ".ally/history").rglob("*.md")}


def test_both_versions_of_a_change_are_kept_and_private(journal: Journal) -> None:
    old = path_in(journal).read_bytes()
    change(journal)
    assert kept(journal) == {old, path_in(journal).read_bytes()}
    for each in (journal.root / ".ally").rglob("*"):
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600)
    assert (journal.root / ".ally/.gitignore").read_text() == "*\n"


def test_a_file_that_changed_since_it_was_read_stays(journal: Journal) -> None:
    old = path_in(journal).read_bytes()
    path_in(journal).write_bytes(old + BY_HAND)
    with pytest.raises(Refused):
        change(journal, base=old)
    assert path_in(journal).read_bytes() == old + BY_HAND


@pytest.mark.parametrize("number", [0, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_a_change_in_the_last_moment_is_kept_beside_the_new_version(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    original: Callable[..., None] = files.exchange

    def late(target: Path, data: bytes, displaced: Path) -> None:
        target.write_bytes(BY_HAND)
        original(target, data, displaced)

    def cannot(*_: Any) -> None:
        raise OSError(number, "not on this file system")

    monkeypatch.setattr(files, "exchange", late)
    if number:
        monkeypatch.setattr(files, "_renameat2", cannot)
    change(journal)
    assert b"starred: true" in path_in(journal).read_bytes()
    assert BY_HAND in kept(journal)


def test_of_two_at_once_one_is_refused_and_both_versions_are_kept(journal: Journal) -> None:
    old = path_in(journal).read_bytes()
    refused: list[str] = []

    def act(mark: str) -> None:
        try:
            change(journal, mark, old)
        except Refused:
            refused.append(mark)

    threads = [Thread(target=act, args=(mark,)) for mark in ("starred", "private", "for-coach")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(refused) == 2
    assert old in kept(journal) and path_in(journal).read_bytes() in kept(journal)
    assert path_in(journal).read_bytes() != old
