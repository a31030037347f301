"""A disk that is really full, and a limit on the size of files: no false *Saved*, and nothing left but drafts."""

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.safety.conftest import Say
from tests.safety.sweep import CANARY, SATURDAY, Ended, Home, home_in, is_whole

LONG = f"{'I never asked. ' * 1500}\n\nLast words: {CANARY}."
PAGE = 4096


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own in memory; skips where this machine does not let us mount one."""
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"mode=0700,{options}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"SKIPPED, 1 sweep of full disks: this machine mounts no tmpfs: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def judged(home: Home, ended: Ended, where: str) -> str:
    """In a word how it ended; fails when words are lost, or half an entry or a temporary file is left."""
    entries = home.entries
    assert all(is_whole(path, LONG) for path in entries), f"{where}: torn"
    left = [path for path in home.folder.rglob(".ally-tmp-*")]
    assert not left, f"{where}: left behind: {left}"
    assert "Traceback" not in ended.err and CANARY not in ended.err, where
    if ended.code == 0:
        assert ended.said_saved and len(entries) == 1, where
        return "saved"
    assert not ended.said_saved and ended.err, f"{where}: {ended}"
    if "nothing was asked" in ended.err:
        return "refused first"
    if LONG in ended.out:
        return "printed"
    named = [Path(word.rstrip(".;,")) for word in ended.err.split() if word.endswith((".md", ".md.", ".md;"))]
    assert any(path.is_file() and LONG in path.read_text("utf-8") for path in named), f"{where}: lost: {ended.err}"
    for path in named:
        if path.name.startswith("ally-"):
            path.unlink()
            return "rescued"
    return "in the draft"


def run(home: Home, prefix: list[str], *words: str) -> Ended:
    """Run `ally` behind another command."""
    done = subprocess.run(
        [*prefix, *home.command(*words, at=SATURDAY)],
        input=LONG.encode(),
        capture_output=True,
        env=home.env,
        cwd=home.folder,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def fill(disk: Path, pages: int) -> None:
    """Leave this many pages free."""
    with (disk / "ballast").open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, (os.statvfs(disk).f_bavail - pages) * PAGE)
    assert os.statvfs(disk).f_bavail == pages


@pytest.mark.parametrize("full", ["the journal", "the journal and the drafts", "all of it"])
def test_a_full_disk_leaves_the_words_somewhere_and_says_where(full: str, tmp_path: Path, warm: Path, say: Say) -> None:
    found: Counter[str] = Counter()
    for pages in [*range(9), 10, 12, 13, 14, 18]:
        home = home_in(tmp_path / f"{pages:02}", warm)
        with small_disk(tmp_path / f"disk{pages:02}", "size=400k") as disk:
            places = {"the journal": "DATA", "the journal and the drafts": "DATA STATE", "all of it": "DATA STATE"}
            for place in places[full].split():
                home.env[f"XDG_{place}_HOME"] = str(disk / place)
            if full == "all of it":
                home.env |= {"XDG_RUNTIME_DIR": str(disk), "TMPDIR": str(disk)}
            home.folder = disk
            home.env["ALLY_JOURNAL"] = str(disk / "data/allyjournal/journal")
            fill(disk, pages)
            ended = run(home, [], "reflect", "-")
            found[judged(home, ended, f"{full}, {pages} pages free")] += 1
    say(f"full: {full}: {sum(found.values())} points, {dict(found)}")
    assert found["saved"] and sum(found.values()) - found["saved"] >= 5


@pytest.mark.parametrize("command", ["reflect", "note"])
def test_a_limit_on_the_size_of_files_tears_nothing(command: str, tmp_path: Path, warm: Path, say: Say) -> None:
    found: Counter[str] = Counter()
    whole = len(LONG.encode())
    for limit in [0, 1, 13, 14, 15, 100, 4096, whole - 1, whole, whole + 100, whole + 400, whole + 700, 2 * whole]:
        home = home_in(tmp_path / f"{limit:06}", warm)
        ended = run(home, ["prlimit", f"--fsize={limit}", "--"], command, "-")
        found[judged(home, ended, f"files of {limit} bytes at most")] += 1
    say(f"file size limit, {command}: {sum(found.values())} points, {dict(found)}")
    assert found["saved"] and sum(found.values()) - found["saved"] >= 5
