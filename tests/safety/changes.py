"""The commands that change entries, stopped or failed at one call after another, and what must hold after each."""

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.safety.sweep import (
    CANARY,
    FILE_CALLS,
    OLDER,
    OLDER_DATA,
    SATURDAY,
    Call,
    Ended,
    Fault,
    Home,
    Tally,
    calls_of,
    close_to_others,
    faults_in_messages,
    home_in,
    loose_modes,
    our_calls,
    run_to_end,
    run_traced,
    shape,
    sweep,
)

ONE, TWO, GONE = "c1c1c1c1c1", "d2d2d2d2d2", "e3e3e3e3e3"
BODY = f"A #hiring talk with @priya. ✓\n\n- I never asked.\n\nLast words: {CANARY}."
EDITED = f'---\nid: "{ONE}"\ndate: 2026-11-11\nkind: note\n---\n\nWritten anew, with other words: {CANARY}.\n'.encode()
# Says that it is done only when it is, as `:wq` does.
EDITOR = '#!/bin/sh\ncat "$HOME/edited" > "$1" && : > "$HOME/was-edited"\n'
RENAME = ("tags", "rename", "hiring", "staff", "--yes")
DELETE = ("delete", ONE, TWO)
Tree = Mapping[str, bytes]


class Change(NamedTuple):
    """A command, what it says when it is done, and the commands before it.

    `settles`: done twice, it leaves what it leaves when it is done once.
    """

    words: tuple[str, ...]
    said: str
    before: tuple[tuple[str, ...], ...] = ()
    on_terminal: bool = False
    settles: bool = False


CHANGES = {
    "edit": Change(("edit", ONE), "Saved ", on_terminal=True, settles=True),
    "star": Change(("star", ONE, TWO), "Saved ", settles=True),
    "tag add": Change(("tag", "add", "mentoring", ONE), "Saved ", settles=True),
    "delete": Change(DELETE, "In the trash: "),
    "restore": Change(("restore", GONE), "Restored "),
    "tags rename": Change(RENAME, "is #staff now;"),
    "undo": Change(("undo",), "Undone: ", (RENAME,)),
    "undo delete": Change(("undo",), "Undone: ", (DELETE,)),
}


def tree(home: Home) -> dict[str, bytes]:
    """Each entry's file, in its place or in the trash."""
    paths = [path for place in ("entries", ".trash") for path in (home.journal / place).rglob("*.md")]
    return {str(path.relative_to(home.journal)): path.read_bytes() for path in paths}


def texts(home: Home) -> set[bytes]:
    """Every text that has a name a person would look under: entries, trash, older versions, drafts."""
    places = (home.journal, home.folder / "state")
    return {path.read_bytes() for place in places for path in place.rglob("*.md")}


class Changing:
    """The sweep of one command. What lies on disk after a stop is tried with the next commands once for each shape."""

    def __init__(self, name: str, folder: Path, warm: Path) -> None:
        self.name, self.change, self.folder, self.warm = name, CHANGES[name], folder, warm
        self._tried: set[str] = set()
        self._lock = threading.Lock()
        self._begin()
        begun, home = self.home("begun"), self.home("traced")
        self.before, self.texts = tree(begun), texts(begun)
        self.calls = calls_of(home, self.change.words, "", self.change.said, self.change.on_terminal)
        self.after, self.known = tree(home), self.texts | texts(home) | {EDITED}
        self.ours = our_calls(self.calls, home)
        first = next(number for number, call in enumerate(self.calls) if f"{home.journal}/" in call.shown)
        self.later = self.calls[first:]
        self.file_calls = [
            call for call in self.later if call.is_in(home) and call.name.startswith((*FILE_CALLS, "read"))
        ]
        self.kinds = list({self._kind(call, home): call for call in reversed(self.ours)}.values())[::-1]

    def _begin(self) -> None:
        """The journal before the command: made once, and copied for every point."""
        home = home_in(self.folder / "_begin", self.warm)
        home.put(OLDER, OLDER_DATA)
        for day, name in ((11, ONE), (22, TWO), (25, GONE)):
            home.put(
                f"entries/2026/11/2026-11-{day}-0900-{name}.md",
                f'---\nid: "{name}"\ndate: 2026-11-{day}\ncreated: 2026-11-{day}T09:00:00+01:00\n'
                f"kind: note # mine\ntags: [hiring, {name}]\n---\n\n{BODY}\n",
            )
        close_to_others(home)
        for words in (("delete", GONE), ("tag", "add", "earlier", ONE, TWO), *self.change.before):
            home.ok(*words, at=SATURDAY)

    def home(self, name: str) -> Home:
        """A home for one point; every path is as long as every other."""
        home = home_in(self.folder / f"{name:>06}", self.warm)
        shutil.copytree(self.folder / "_begin/data", home.folder / "data", symlinks=True)
        (home.folder / "edited").write_bytes(EDITED)
        editor = home.folder / "editor.sh"
        editor.write_text(EDITOR)
        editor.chmod(0o700)
        home.env["EDITOR"] = str(editor)
        return home

    def _kind(self, call: Call, home: Home) -> tuple[str, str]:
        """Calls of one name about one place are of one kind."""
        places = ("/operations", "/history", "/lock", "/.trash", "/entries", "/drafts", "/.ally", "/data", "/cache")
        shown = call.shown.replace(str(home.folder), "")
        return call.name, next((place for place in places if place in shown), shown[:1])

    def kill(self, points: Sequence[Call]) -> Tally:
        """Kill at each of these points."""
        one = partial(self._one, "signal=KILL", "{}")
        return sweep(f"kill -9, {self.name}", points, one)

    def fail(self, error: str, points: Sequence[Call], when: str = "{}") -> Tally:
        """Let each of these calls fail with `error`; `{}+` as `when`: and every later one of its name."""
        every = {"{}": "", "{}+": " from then on"}[when]
        return sweep(f"{error}{every}, {self.name}", points, partial(self._one, f"error={error}", when))

    def _one(self, what: str, when: str, number: int, point: Call) -> tuple[str, list[Fault]]:
        home, where = self.home(f"{number}"), f"{self.name}, {what} at {point.name} {when.format(point.number)}"
        inject = f"inject={point.name}:{what}:when={when.format(point.number)}"
        options = ["-o", str(home.folder / "log"), "-e", f"trace={point.name}", "-e", inject]
        ended = run_traced(home, self.change.words, options, "", self.change.on_terminal)
        hit = ended.code == -9 or "INJECTED" in (home.folder / "log").read_text("utf-8", "replace")
        faults = [*self._faults(home), *_faults_at_the_end(ended, what), *self._false(home, ended)]
        if self._is_new(shape(home)):
            faults += self._faults_next(home)
        shutil.rmtree(home.folder)
        outcome = {-9: "killed", 0: "done"}.get(ended.code, "refused")
        return outcome if hit else "not reached", [
            (kind, f"{where} ({point.shown[:160]}): {say}") for kind, say in faults
        ]

    def _faults(self, home: Home) -> Iterator[Fault]:
        """What holds at any time: no text is gone, each entry is whole, and what is not concerned is as it was."""
        here, now = texts(home), tree(home)
        was_edited = {EDITED} if (home.folder / "was-edited").exists() else set()
        for text in (self.texts | was_edited) - here:
            yield "lost", f"{text[:40]!r}… is nowhere"
        for text in here - self.known:
            yield "torn", f"{text[:40]!r}… was never written"
        for path in now.keys() | self.before.keys() | self.after.keys():
            if now.get(path) not in (self.before.get(path), self.after.get(path)):
                yield "changed", f"{path} is neither as it was nor as it should be"
        for each in loose_modes(home):
            yield "loose", each

    def _false(self, home: Home, ended: Ended) -> Iterator[Fault]:
        is_said = self.change.said in ended.out or (
            ended.code == 0 and "but in what could not be read" not in ended.out
        )
        if is_said and tree(home) != self.after:
            yield "false", f"said to be done, and is not: {ended}"

    def _is_new(self, found: str) -> bool:
        with self._lock:
            before = len(self._tried)
            self._tried.add(found)
            return len(self._tried) > before

    @property
    def shapes(self) -> int:
        """How many different states of the disk the stops have left."""
        return len(self._tried)

    def _faults_next(self, home: Home) -> list[Fault]:
        """The next commands work; what was begun is undone, and done again."""
        listed = run_to_end(home, home.command("list", at=SATURDAY))
        faults = [] if listed.code == 0 else [("stuck", f"list: {listed}")]
        return [*faults, *self._faults_undone(home), *self._faults_again(home)]

    def _faults_undone(self, home: Home) -> Iterator[Fault]:
        """`undo` in a copy of this home takes back what was done of it."""
        copy = Home(home.folder / "copy", home.umask)
        shutil.copytree(home.folder / "data", copy.folder / "data", symlinks=True)
        was_begun = tree(copy) != self.before and self.change.words != ("undo",)
        ended = run_to_end(copy, copy.command("undo", at=SATURDAY))
        yield from _faults_at_the_end(ended, "")
        for text in self.texts - texts(copy):
            yield "lost", f"after undo {text[:40]!r}… is nowhere"
        if was_begun and (ended.code != 0 or tree(copy) != self.before):
            yield "stuck", f"undo does not take it back: {ended}"

    def _faults_again(self, home: Home) -> Iterator[Fault]:
        """The same command again does it, or says in words why not; nothing is lost by it."""
        ended = run_to_end(home, home.command(*self.change.words, at=SATURDAY), "", self.change.on_terminal)
        yield from _faults_at_the_end(ended, "")
        for text in self.texts - texts(home):
            yield "lost", f"after the same again {text[:40]!r}… is nowhere"
        if self.change.settles and tree(home) != self.after:
            yield "stuck", f"the same again does not do it: {ended}"


def _faults_at_the_end(ended: Ended, what: str) -> Iterator[Fault]:
    """It ended as it may: killed by us, done, or with words of why not."""
    yield from faults_in_messages(ended, "")
    if CANARY in ended.out:
        yield "loud", f"an entry's text is said: {ended.out!r}"
    if ended.code < 0 and (ended.code != -9 or "KILL" not in what):
        yield "stuck", f"ended with {ended.code}"
    if ended.code > 0 and not ended.err.strip():
        yield "stuck", f"ended with {ended.code}, and nothing is said"
