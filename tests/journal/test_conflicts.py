"""Two who change one file: neither version is lost, and the one that was saved by hand is never overwritten."""

import errno
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from allyjournal import files
from allyjournal.errors import AllyError, Refused
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from allyjournal.journal.history import TRIES, Edit, History, Overtaken

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


def save_late(monkeypatch: pytest.MonkeyPatch, times: int = 1, data: bytes = BY_HAND) -> None:
    """Let an outside editor save `data` at the last moment before each of the next exchanges."""
    original: Callable[..., None] = files.exchange
    left = [data % number if b"%d" in data else data for number in range(times)]

    def late(target: Path, new: bytes, displaced: Path) -> None:
        if left:
            target.write_bytes(left.pop(0))
        original(target, new, displaced)

    monkeypatch.setattr(files, "exchange", late)


def exchange_fails(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the system say that it cannot exchange names."""

    def cannot(*_: Any) -> None:
        raise OSError(number, "not on this file system")

    if number:
        monkeypatch.setattr(files, "_renameat2", cannot)


NO_EXCHANGE = pytest.mark.parametrize("number", [0, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV])


@NO_EXCHANGE
def test_a_change_in_the_last_moment_is_kept_beside_the_new_version_and_named(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    save_late(monkeypatch)
    exchange_fails(monkeypatch, number)
    with pytest.raises(Overtaken) as said:
        change(journal)
    assert b"starred: true" in path_in(journal).read_bytes()
    assert BY_HAND in kept(journal)
    ((_, where),) = said.value.texts
    assert where.read_bytes() == BY_HAND and str(where) in str(said.value)


def rewrite(journal: Journal, mark: bytes, is_strict: bool = False) -> set[str]:
    """Add a line to the file as it is now."""

    def marked(path: str, data: bytes) -> bytes:
        if is_strict and data.startswith(BY_HAND[:10]):
            raise Refused("not that one")
        return data + mark

    return History(journal, NOW).rewrite("test", [str(path_in(journal).relative_to(journal.root))], marked)


@NO_EXCHANGE
def test_what_is_saved_at_the_last_moment_is_rewritten_in_its_turn(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    save_late(monkeypatch, 2, BY_HAND + b"%d\n")
    exchange_fails(monkeypatch, number)
    rewrite(journal, b"mark\n")
    assert path_in(journal).read_bytes() == BY_HAND + b"1\nmark\n"
    assert {BY_HAND + b"0\n", BY_HAND + b"1\n", path_in(journal).read_bytes()} <= kept(journal)
    assert not list(journal.root.rglob(f"{files.TEMPORARY}*"))


@pytest.mark.parametrize(("times", "is_strict"), [(1, True), (TRIES, False)])
def test_a_late_text_that_cannot_be_rewritten_is_kept_and_named(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, times: int, is_strict: bool
) -> None:
    save_late(monkeypatch, times, BY_HAND + b"%d\n")
    with pytest.raises(Overtaken, match="Both are kept"):
        rewrite(journal, b"mark\n", is_strict)
    assert path_in(journal).read_bytes().endswith(b"mark\n")
    assert {BY_HAND + b"%d\n" % number for number in range(times)} <= kept(journal)


def test_of_many_who_rewrite_at_once_each_finds_what_the_others_did(journal: Journal) -> None:
    marks = [b"mark %d\n" % number for number in range(12)]
    threads = [Thread(target=rewrite, args=(journal, mark)) for mark in marks]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(path_in(journal).read_bytes().splitlines(keepends=True)[-12:]) == sorted(marks)
    for _ in marks:
        History(journal, NOW).undo()
    assert b"mark" not in path_in(journal).read_bytes()


@NO_EXCHANGE
def test_both_texts_have_names_of_their_own_at_every_moment_of_an_exchange(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Stopped before its exchange a change was never made; stopped after it, it can be undone."""
    old = path_in(journal).read_bytes()
    exchange_fails(monkeypatch, number)
    for step in ("_swap", "sync_folder"):
        with monkeypatch.context() as stopped:
            _stop_at(stopped, step)
            with pytest.raises(KeyboardInterrupt):
                change(journal)
        assert old in kept(journal) | {path_in(journal).read_bytes()}
        assert not [each for each in path_in(journal).parent.iterdir() if each != path_in(journal)]
    with suppress(AllyError):
        History(journal, NOW).undo()
    assert path_in(journal).read_bytes() == old


def _stop_at(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let the process be stopped at `_swap`, or at the first folder that is forced to the disk after it."""
    original = files._swap

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    def then_stop(*given: Any) -> None:
        original(*given)
        monkeypatch.setattr(files, "sync_folder", stop)

    monkeypatch.setattr(files, "_swap", stop if step == "_swap" else then_stop)


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
