"""Several windows at once, in a journal that none of them has made yet: every note is there, under its own id."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.safety.conftest import Say
from tests.safety.sweep import SATURDAY, home_in, split


def many_notes(folder: Path, warm: Path, processes: int, notes: int) -> tuple[int, int, int]:
    """Write notes from several processes at a time; gives how many files, ids, and texts are there and whole."""
    home = home_in(folder, warm)
    texts = [f"Note {number} of window {window}." for window in range(processes) for number in range(notes)]
    with ThreadPoolExecutor(processes) as windows:
        said = list(windows.map(lambda text: home.ok("note", text, at=SATURDAY), texts))
    found = [split(path.read_bytes()) for path in home.entries]
    ids = {table["id"] for table, _ in found}
    whole = {body.strip() for _, body in found} & set(texts)
    assert len({line.split()[1] for line in said}) == len(texts), "what was said names each of them"
    assert {path.stem[16:] for path in home.entries} == ids
    assert home.drafts == [] and not list(home.folder.rglob(".ally-tmp-*"))
    assert len(home.json("list")) == len(texts)
    return len(found), len(ids), len(whole)


def test_notes_from_eight_windows_at_once_are_all_there(tmp_path: Path, warm: Path, say: Say) -> None:
    files, ids, whole = many_notes(tmp_path / "home", warm, 8, 25)
    say(f"8 processes x 25 notes on {os.cpu_count()} processors: {files} files, {ids} ids, {whole} whole")
    assert (files, ids, whole) == (200, 200, 200)
