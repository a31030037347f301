"""`kill -9` before one system call after another: what was *Saved* is there, and nothing is torn or lost."""

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.safety.conftest import Say
from tests.safety.sitting import Sitting
from tests.safety.sweep import (
    NOTE,
    REFLECT,
    SATURDAY,
    Call,
    Ended,
    Fault,
    Home,
    Tally,
    calls_of,
    faults_in_files,
    faults_in_messages,
    home_in,
    is_whole,
    new_entries,
    our_calls,
    run_traced,
    shape,
    sweep,
)

COMMANDS = {"reflect": REFLECT, "note": NOTE}


class Killing:
    """The sweep of one command. What lies on disk after a kill is tried with the next commands once for each shape."""

    def __init__(self, name: str, folder: Path, warm: Path) -> None:
        self.name, self.words, self.folder, self.warm = name, COMMANDS[name], folder, warm
        self.older = name == "note"
        self.calls = calls_of(home := self.home("traced"), self.words)
        self.ours = our_calls(self.calls, home)
        self._tried: set[str] = set()
        self._lock = threading.Lock()

    def home(self, name: str) -> Home:
        """A home for one point; every path is as long as every other."""
        return home_in(self.folder / f"{name:>06}", self.warm, self.older)

    def sweep(self, points: Sequence[Call]) -> Tally:
        """Kill at each of these points."""
        return sweep(f"kill -9, {self.name}", points, self._one)

    def _one(self, number: int, point: Call) -> tuple[str, list[Fault]]:
        home, where = self.home(f"{number}"), f"{point.name} {point.number}"
        inject = f"inject={point.name}:signal=KILL:when={point.number}"
        ended = run_traced(home, self.words, ["-o", "/dev/null", "-e", f"trace={point.name}", "-e", inject])
        faults = list(faults_in_files(home, where)) + list(faults_in_messages(ended, where))
        whole = [path for path in new_entries(home) if is_whole(path)]
        if ended.said_saved and not whole:
            faults.append(("lost", f"{where}: Saved was said, and there is no entry"))
        if ended.code not in (-9, 0):
            faults.append(("loud", f"{where}: ended with {ended.code}, {ended.err[-200:]!r}"))
        if self._is_new(shape(home)):
            faults += _faults_next(home, where, bool(whole))
        shutil.rmtree(home.folder)
        return "killed" if ended.code == -9 else "not reached", faults

    def _is_new(self, found: str) -> bool:
        with self._lock:
            before = len(self._tried)
            self._tried.add(found)
            return len(self._tried) > before

    @property
    def shapes(self) -> int:
        """How many different states of the disk the kills have left."""
        return len(self._tried)


def _faults_next(home: Home, where: str, is_entry: bool) -> list[Fault]:
    """The next command works; a draft that is no entry yet is offered, and saved from there it is the entry."""
    faults = []
    listed = Ended(*_run(home, "list"))
    if listed.code != 0:
        faults.append(("stuck", f"{where}: list ended with {listed.code}: {listed.err[-200:]!r}"))
    if home.drafts and not is_entry:
        sitting = Sitting(home, "reflect", "--plain")
        try:
            sitting.saves_the_draft()
        except Exception as error:
            faults.append(("stuck", f"{where}: the draft is not offered: {type(error).__name__}"))
        if not any(is_whole(path) for path in new_entries(home)) or home.drafts:
            faults.append(("lost", f"{where}: the draft did not become an entry"))
    more = Ended(*_run(home, "note", "-", stdin="Another one."))
    if more.code != 0 or not more.said_saved:
        faults.append(("stuck", f"{where}: a note ended with {more.code}: {more.err[-200:]!r}"))
    return faults


def _run(home: Home, *words: str, stdin: str = "") -> tuple[int, str, str]:
    done = home.run(*words, stdin=stdin, at=SATURDAY)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_saved_is_missing_or_torn_after_a_kill_at_any_change_of_a_file(
    name: str, tmp_path: Path, warm: Path, say: Say
) -> None:
    killing = Killing(name, tmp_path, warm)
    tally = killing.sweep(killing.ours)
    say(f"{tally.row()}  {killing.shapes} states of the disk")
    assert not tally.faults, tally.explained()
    assert tally.counts["killed"] >= 50
    assert tally.counts["not reached"] <= 2
    assert killing.shapes >= 15
