"""One file call after another fails: never a false *Saved*, never half an entry, and the words are where it says."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.safety.conftest import Say
from tests.safety.sweep import (
    CANARY,
    FILE_CALLS,
    NOTE,
    REFLECT,
    TEXT,
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
    run_traced,
    sweep,
)

COMMANDS = {"reflect": REFLECT, "note": NOTE}
FULL_DISK, BROKEN, NOT_ALLOWED, READ_ONLY = "ENOSPC", "EIO", "EACCES", "EROFS"
ERRORS = (FULL_DISK, BROKEN, NOT_ALLOWED, READ_ONLY)
MORE_ERRORS = ("EDQUOT", "EINTR")


class Failing:
    """The sweep of one command: `when` is strace's, `{}` for this call alone, `{}+` for it and all that follow."""

    def __init__(self, name: str, folder: Path, warm: Path) -> None:
        self.name, self.words, self.folder, self.warm = name, COMMANDS[name], folder, warm
        self.calls = calls_of(home := self.home("traced"), self.words)
        first = next(number for number, call in enumerate(self.calls) if call.is_in(home))
        self.later = [call for call in self.calls[first:] if call.name.startswith((*FILE_CALLS, "read"))]
        self.ours = [
            call
            for call in self.later
            if call.speaks or call.reads_answer or (call.is_in(home) and not call.name.startswith("read"))
        ]
        self.at_draft = next(number for number, call in enumerate(self.calls) if "/drafts/" in call.shown)

    def home(self, name: str) -> Home:
        """A home for one point; every path is as long as every other."""
        return home_in(self.folder / f"{name:>06}", self.warm)

    def sweep(self, error: str, points: Sequence[Call], when: str = "{}") -> Tally:
        """Let each of these calls fail with `error`."""
        every = {"{}": "", "{}+": " from then on"}[when]
        return sweep(
            f"{error}{every}, {self.name}", points, lambda number, point: self._one(error, number, point, when)
        )

    def _one(self, error: str, number: int, point: Call, when: str) -> tuple[str, list[Fault]]:
        home, where = self.home(f"{number}"), f"{self.name}, {error} at {point.name} {point.number}"
        inject = f"inject={point.name}:error={error}:when={when.format(point.number)}"
        log = home.folder / "strace.log"
        ended = run_traced(home, self.words, ["-y", "-o", str(log), "-e", f"trace={point.name},read", "-e", inject])
        lines = log.read_text("utf-8", "replace").splitlines()
        hit = next((line for line in lines if "INJECTED" in line), "")
        where += f" ({hit.partition('(')[2][:160]})"
        faults = list(faults_in_files(home, where)) + list(faults_in_messages(ended, where))
        outcome, more = self._judged(home, ended, self._has_words(point, lines))
        if hit and ended.said_saved and error != "EINTR" and _is_behind_saved(point):
            more = [*more, ("false", f"Saved, although this failed: {ended.err[-200:]!r}")]
        faults += [(kind, f"{where}: {what}") for kind, what in more]
        shutil.rmtree(home.folder)
        return outcome if hit else "not reached", faults

    def _has_words(self, point: Call, lines: list[str]) -> bool:
        """Whether ally had the words when it ended: it had read some, or came to the draft of those on the line."""
        if self.name == "note":
            return self.calls.index(point) >= self.at_draft
        return any("read(0<" in line and "= -1" not in line and "= 0" not in line for line in lines)

    def _judged(self, home: Home, ended: Ended, has_words: bool) -> tuple[str, list[Fault]]:
        """How it ended in a word, and what is wrong with that."""
        whole = any(is_whole(path) for path in new_entries(home))
        said = f"{ended.code}, {ended.out[-150:]!r}, {ended.err[-300:]!r}"
        if ended.said_saved:
            return "saved", [] if whole else [("false", f"Saved, and there is no entry: {said}")]
        if ended.code == 0:
            return "silent", [("false", f"ended as if all were well: {said}")]
        if TEXT in ended.out:
            return "printed", []
        holding = list(_holding(home))
        if any(str(path) in ended.err or str(path.relative_to(home.folder)) in ended.err for path in holding):
            return "kept elsewhere", []
        if not has_words:
            return "refused", [] if ended.err.strip() else [("stuck", f"nothing is said: {said}")]
        where = ", ".join(str(path.relative_to(home.folder)) for path in holding) or "nowhere"
        return "lost", [("lost", f"the words are {where}, and that is not said: {said}")]


def _is_behind_saved(point: Call) -> bool:
    """Whether *Saved* rests on this call: on the entry's file, its name, and each new folder above it."""
    if point.name in ("fsync", "fdatasync"):
        return "/data/" in point.shown
    return "/entries/" in point.shown and ".ally-tmp-" in point.shown and not point.name.startswith("unlink")


def _holding(home: Home) -> Iterator[Path]:
    """Files that hold the whole text and are named as a person would look for them."""
    for path in home.folder.rglob("*"):
        if path.is_file() and not path.name.startswith(".ally-tmp") and CANARY in path.read_text("utf-8", "replace"):
            yield path


# For each error the calls of the short form: those that it befalls in life.
IN_SHORT = {
    FULL_DISK: ("open", "write", "fsync", "link", "mkdir"),
    BROKEN: ("read", "write", "fsync", "link", "close"),
    NOT_ALLOWED: ("open", "link", "rename", "unlink", "mkdir"),
    READ_ONLY: ("open", "link", "rename", "unlink", "mkdir"),
}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("name", COMMANDS)
def test_no_failing_call_brings_a_false_saved_or_loses_the_words(
    name: str, error: str, tmp_path: Path, warm: Path, say: Say
) -> None:
    failing = Failing(name, tmp_path, warm)
    tally = failing.sweep(error, [point for point in failing.ours if point.name.startswith(IN_SHORT[error])])
    say(tally.row())
    assert not tally.faults, tally.explained()
    assert tally.points >= 30
    assert tally.counts["not reached"] <= 2


@pytest.mark.parametrize("call", ["fsync", "link", "mkdir"])
def test_a_disk_that_stays_full_loses_no_words(call: str, tmp_path: Path, warm: Path, say: Say) -> None:
    failing = Failing("reflect", tmp_path, warm)
    points = [point for point in failing.ours if point.name.startswith(call)]
    tally = failing.sweep(FULL_DISK, points, "{}+")
    say(f"{tally.row()}  {call}")
    assert not tally.faults, tally.explained()
    assert tally.points >= 2
