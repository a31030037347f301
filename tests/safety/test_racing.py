"""One entry that several windows of ally and an outside program change at once: no text is lost, none is torn."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from allyjournal import files
from tests.safety.changes import texts
from tests.safety.conftest import Say
from tests.safety.sweep import SATURDAY, Ended, Home, close_to_others, home_in, run_to_end, split

NAME = "k7m2q9xr4t"
PATH = f"entries/2026/11/2026-11-20-0815-{NAME}.md"
DATA = f'---\nid: "{NAME}"\ndate: 2026-11-20\ncreated: 2026-11-20T08:15:00+01:00\nkind: note\n---\n\nBegun.\n'
LINE = re.compile(r"Begun\.|Line \d+-\d+\.|Outside \d+\.")
RENAME_EXCHANGE = 2


class Outsider:
    """A program that knows nothing of ally and saves the file over and over: in place, and by a rename.

    `displaced` has the versions it wrote and did not itself destroy by its next save.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.written = path, 0
        self.displaced: set[bytes] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Outsider":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        last = b""
        while not self._over.wait(0.004):
            self.written += 1
            save = self._in_place if self.written % 2 else self._by_rename
            destroyed, new = save()
            self.displaced.discard(destroyed)
            self.displaced.add(new)
            last = new
        assert last in self.displaced

    def _new(self, now: bytes) -> bytes:
        return now + f"Outside {self.written}.\n".encode()

    def _in_place(self) -> tuple[bytes, bytes]:
        """As nano does: the file is emptied, and then written."""
        with self.path.open("r+b", buffering=0) as file:
            now = file.read()
            new = self._new(now)
            file.truncate(0)
            file.seek(0)
            file.write(new)
        return now, new

    def _by_rename(self) -> tuple[bytes, bytes]:
        """As vim does; the exchange shows what the rename takes the place of."""
        new = self._new(self.path.read_bytes())
        mine = self.path.with_name(".outside")
        mine.write_bytes(new)
        mine.chmod(0o600)
        files._renameat2(mine, self.path, RENAME_EXCHANGE)
        destroyed = mine.read_bytes()
        mine.unlink()
        return destroyed, new


class Did(NamedTuple):
    """One command of a window: what it adds to the entry, and how it ended."""

    adds: str
    ended: Ended


class Race(NamedTuple):
    """What is left of a race."""

    home: Home
    did: list[Did]
    outsider: Outsider

    @property
    def saved(self) -> list[Did]:
        """What was said to be done."""
        return [each for each in self.did if each.ended.code == 0]

    def row(self) -> str:
        """One line of figures."""
        refused = len(self.did) - len(self.saved)
        return (
            f"{len(self.did)} commands: {len(self.saved)} done, {refused} refused; {self.outsider.written} saves from "
            f"outside, {len(self.outsider.displaced)} displaced; {len(texts(self.home))} texts kept"
        )


def race(folder: Path, warm: Path, windows: int, commands: int) -> Race:
    """Change one entry from several windows, `commands` times from each, while an outsider saves it."""
    home = _home(folder, warm)
    with Outsider(home.journal / PATH) as outsider, ThreadPoolExecutor(windows) as pool:
        ended = pool.map(lambda window: [_act(home, window, number) for number in range(commands)], range(windows))
        did = [each for some in ended for each in some]
    return Race(home, did, outsider)


def _home(folder: Path, warm: Path) -> Home:
    home = home_in(folder, warm)
    home.put(PATH, DATA)
    close_to_others(home)
    for window in range(20):
        editor = folder / f"editor-{window}.sh"
        editor.write_text(f'#!/bin/sh\nread -r line < "$HOME/line-{window}" && echo "$line" >> "$1"\n')
        editor.chmod(0o700)
    return home


def _act(home: Home, window: int, number: int) -> Did:
    """A tag, a star or an edit, in turn; each window has an editor of its own."""
    if number % 3 == 0:
        return _did(home, f"t{window}-{number}", "tag", "add", f"t{window}-{number}", PATH)
    if number % 3 == 1:
        return _did(home, "", "star", *(["--off"] if number % 2 else []), PATH)
    (home.folder / f"line-{window}").write_text(f"Line {window}-{number}.\n")
    own = Home(home.folder, home.umask)
    own.env = home.env | {"EDITOR": str(home.folder / f"editor-{window}.sh")}
    return _did(own, f"Line {window}-{number}.", "edit", PATH)


def _did(home: Home, adds: str, *words: str) -> Did:
    return Did(adds, run_to_end(home, home.command(*words, at=SATURDAY), "", words[0] == "edit"))


def faults(found: Race) -> Iterator[str]:
    """What may not be: a text that was lost or torn, an ending that is not as it should be."""
    kept = texts(found.home)
    for text in found.outsider.displaced - kept:
        yield f"lost: what was saved from outside is nowhere: {text[-40:]!r}"
    for text in kept:
        if not _is_whole(text):
            yield f"torn: {text[:300]!r}"
    for did in found.did:
        is_kept = any(did.adds.encode() in text for text in kept)
        if did.ended.code == 0 and not is_kept:
            yield f"lost: {did.adds} is nowhere: {did.ended}"
        if did.ended.code and (did.ended.code not in (1, 3) or not did.ended.err.strip()):
            yield f"ended with {did.ended}"
        if "Both are kept" in did.ended.err and not is_kept:
            yield f"false: {did.adds} is not kept: {did.ended}"
        if any(each in did.ended.err for each in ("Traceback", "ally has a fault", "Line ", "Outside ")):
            yield f"loud: {did.ended}"


def _is_whole(text: bytes) -> bool:
    try:
        table, body = split(text)
    except ValueError:
        return False
    return table["id"] == NAME and all(LINE.fullmatch(line) for line in body.split("\n")[:-1]) and body.endswith("\n")


def test_four_windows_and_an_outside_program_lose_and_tear_nothing(tmp_path: Path, warm: Path, say: Say) -> None:
    found = race(tmp_path / "home", warm, 4, 10)
    say(found.row())
    assert list(faults(found)) == []
    assert len(found.did) == 40 and len(found.saved) >= 10
    assert not list(found.home.journal.rglob(f"{files.TEMPORARY}*"))
    assert found.outsider.written >= 100


def test_of_twenty_windows_that_tag_one_entry_each_succeeds(tmp_path: Path, warm: Path) -> None:
    home = _home(tmp_path / "home", warm)
    with ThreadPoolExecutor(20) as windows:
        said = list(windows.map(lambda number: home.ok("tag", "add", f"t{number}", NAME, at=SATURDAY), range(20)))
    assert all(line.startswith("Saved ") for line in said)
    assert set(home.json("show", NAME)["tags"]) == {f"t{number}" for number in range(20)}
    for _ in said:
        home.ok("undo")
    assert (home.journal / PATH).read_text() == DATA
