"""The order of the calls, which no kill can show: each thing is forced to the disk before *Saved* is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.safety.conftest import Say
from tests.safety.sweep import CANARY, NOTE, REFLECT, Call, Home, calls_of


class Log:
    """The calls of one run, to be asked where something stands in them."""

    def __init__(self, home: Home, words: tuple[str, ...], said: str = "Saved ") -> None:
        self.calls, self._said = calls_of(home, words, said=said), said

    def where(self, fits: Callable[[Call], bool], after: int = -1) -> int:
        """The number of the first such call after another."""
        found = next((number for number, call in enumerate(self.calls) if number > after and fits(call)), None)
        assert found is not None, f"no such call after {self.calls[after].shown[:200] if after >= 0 else 'the start'}"
        return found

    def fsync(self, path: Path | str, after: int = -1) -> int:
        """Where this file or folder is forced to the disk."""
        return self.where(lambda call: call.name == "fsync" and f"<{path}>)" in call.shown, after)

    def all(self, name: str) -> list[tuple[int, Call]]:
        """Every call whose name begins so, that did what it was asked."""
        return [
            (number, call)
            for number, call in enumerate(self.calls)
            if call.name.startswith(name) and call.shown.endswith("= 0")
        ]

    @property
    def saved(self) -> int:
        """Where it is said that it is done."""
        return self.where(lambda call: call.speaks and call.shown.startswith("1<") and f'"{self._said}' in call.shown)


@pytest.fixture(params=[REFLECT, NOTE], ids=["reflect", "note"])
def log(request: pytest.FixtureRequest, home: Home) -> Log:
    return Log(home, request.param)


def _paths(call: Call) -> list[str]:
    return [part for part in call.shown.split('"') if part.startswith("/")]


def test_the_entry_is_on_the_disk_then_named_then_its_folder_forced_before_saved(log: Log, home: Home) -> None:
    (entry,) = home.entries
    (named,) = [number for number, call in log.all("link") if str(entry) in _paths(call)]
    temporary = _paths(log.calls[named])[0]
    assert Path(temporary).parent == entry.parent
    written = log.where(lambda call: call.name == "write" and temporary in call.shown and CANARY in call.shown)
    forced = log.fsync(temporary, after=written)
    folder_forced = log.fsync(entry.parent, after=named)
    read_back = log.where(lambda call: call.name.startswith("open") and f'"{entry}", O_RDONLY' in call.shown, named)
    assert written < forced < named < folder_forced < read_back < log.saved


def test_every_new_folder_is_forced_to_the_disk_before_saved(log: Log, home: Home, say: Say) -> None:
    made = [(number, Path(_paths(call)[0])) for number, call in log.all("mkdir")]
    for number, folder in made:
        assert log.fsync(folder.parent, after=number) < log.saved, folder
    say(f"{len(made)} new folders")
    assert home.entries[0].parent in [folder for _, folder in made] and len(made) >= 8


def test_the_whole_draft_is_on_the_disk_before_the_entry_and_goes_after_saved(log: Log) -> None:
    (kept,) = [(number, _paths(call)) for number, call in log.all("rename") if "/drafts/" in call.shown]
    number, (temporary, draft) = kept
    written = log.where(lambda call: call.name == "write" and temporary in call.shown and CANARY in call.shown)
    assert written < log.fsync(temporary, after=written) < number
    entry_begun = log.where(lambda call: call.name == "write" and "/entries/" in call.shown and CANARY in call.shown)
    assert log.fsync(Path(draft).parent, after=number) < entry_begun
    (gone,) = [number for number, call in log.all("unlink") if _paths(call) == [draft]]
    assert log.saved < gone


def test_the_words_are_written_to_the_draft_and_the_entry_only(log: Log) -> None:
    written = [call for call in log.calls if call.name.startswith(("write", "pwrite", "send")) and CANARY in call.shown]
    assert ["/drafts/" in call.shown for call in written] == [True, False], [call.shown[:150] for call in written]
    assert "/entries/2026/11/.ally-tmp-" in written[1].shown


def test_a_name_is_never_taken_from_another_file(log: Log, home: Home) -> None:
    renamed = [_paths(call)[1] for _, call in log.all("rename")]
    own = (f"{home.folder}/state/", f"{home.folder}/cache/allyjournal/index/")
    assert all(path.startswith(own) for path in renamed), renamed
    created = [call.shown for call in log.calls if call.creates and call.is_in(home) and ".lock" not in call.shown]
    assert created and all("O_EXCL" in shown and "0600" in shown for shown in created)


@pytest.mark.parametrize("words", [("star", "last"), ("tag", "add", "new", "last")], ids=lambda words: words[0])
def test_both_versions_of_a_change_are_on_the_disk_before_saved(words: tuple[str, ...], home: Home) -> None:
    home.ok(*NOTE)
    log = Log(home, words)
    (exchanged,) = [(number, _paths(call)) for number, call in log.all("renameat2")]
    number, (displaced, entry) = exchanged
    linked = {_paths(call)[1]: (at, _paths(call)[0]) for at, call in log.all("link") if at < number}
    new = displaced.replace("-old.md", "-new.md")
    for kept in (new, displaced):
        at, temporary = linked[kept]
        assert log.fsync(temporary) < at < log.fsync(Path(kept).parent, after=at) < number
    (recorded,) = [at for path, (at, _) in linked.items() if "/.ally/operations/" in path]
    assert recorded < number
    for folder in (Path(displaced).parent, Path(entry).parent):
        assert number < log.fsync(folder, after=number) < log.saved
    assert home.entries == [Path(entry)] and "/.ally/history/" in displaced


def test_a_deleted_entry_is_on_the_disk_in_the_trash_before_that_is_said(home: Home) -> None:
    home.ok(*NOTE)
    log = Log(home, ("delete", "last"), "In the trash: ")
    ((number, (entry, trashed)),) = [(number, _paths(call)) for number, call in log.all("renameat2")]
    for folder in (Path(entry).parent, Path(trashed).parent):
        assert number < log.fsync(folder, after=number) < log.saved
