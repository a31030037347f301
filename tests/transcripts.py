"""Transcripts: the pages of `docs/transcripts/` and `docs/commands/` are what a person sees, and are run as tests.

A page is Markdown. In a block of kind `console` each line that begins with `$ ` is a command, for a shell on a real
terminal of 80 columns; below it stands the screen when it has ended, typed text included. Comments above a block
say what is there already, when it happens and what is pressed:

    <!-- given journal as .local/share/allyjournal/journal -->
    <!-- run printf 'not a pack' > notes.txt -->
    <!-- at 2026-11-16T08:15:02+01:00 -->
    <!-- after "› " type "I never asked." press Esc Enter -->

What is given lies in `docs/commands/given` and is copied into the home folder before the first command; what is
run is not shown. A command happens one minute after the one before, if nothing else is said.

`python -m tests.transcripts --write` runs every page and writes down what was seen; with names of pages, those.
"""

import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pexpect
import pyte

from tests.support import HERE, ROOT, Home

GIVEN = ROOT / "docs/commands/given"
INDEX = ROOT / "docs/commands/README.md"
COMMAND_PAGES = sorted(set((ROOT / "docs/commands").glob("*.md")) - {INDEX})
PAGES = [*sorted((ROOT / "docs/transcripts").glob("*.md")), *COMMAND_PAGES]
COLUMNS, ROWS = 80, 300
KEYS = {"Esc": "\x1b", "Enter": "\r", "Ctrl-C": "\x03", "Ctrl-D": "\x04", "Ctrl-X": "\x18", "Ctrl-E": "\x05"}
_GIVEN = re.compile(r"<!-- given (\S+) as (\S+) -->")
_RUN = re.compile(r"<!-- run (.+) -->")
_AT = re.compile(r"<!-- at (\S+) -->")
_DRAFTS = re.compile(r"drafts/[0-9a-f]{16}")
_STEP = re.compile(r'<!-- after "(?P<after>[^"]*)"(?: type "(?P<type>[^"]*)")?(?: press (?P<press>[^>]*?))? -->')


@dataclass
class Block:
    """One command: where it stands in the page, when it happens, what is pressed, what is expected.

    One that is run without being shown has no rows in the page: `first` is None.
    """

    first: int | None
    last: int
    at: str
    command: str
    expected: str
    steps: list[re.Match[str]] = field(default_factory=list)


def blocks(text: str) -> Iterator[Block]:
    """The commands of a page, in order, each at its moment."""
    moment = "2026-11-21T08:15:02+01:00"
    for block in _blocks(text.split("\n")):
        block.at = moment = block.at or moment
        moment = (datetime.fromisoformat(moment) + timedelta(minutes=1)).isoformat()
        yield block


def _blocks(rows: list[str]) -> Iterator[Block]:
    at, steps, number = "", [], 0
    while number < len(rows):
        if match := _AT.fullmatch(rows[number]):
            at = match[1]
        elif match := _STEP.fullmatch(rows[number]):
            steps.append(match)
        elif match := _RUN.fullmatch(rows[number]):
            yield Block(None, number, at, match[1], "")
            at = ""
        elif rows[number] == "```console":
            last = rows.index("```", number)
            starts = [each for each in range(number, last) if rows[each].startswith("$ ")]
            for first, following in pairwise([*starts, last]):
                yield Block(first, following, at, rows[first][2:], "\n".join(rows[first + 1 : following]), steps)
                at, steps = "", []
            number = last
        number += 1


def run(block: Block, home: Home) -> str:
    """Run one command on a terminal and give what stands on the screen when it has ended."""
    return "\n".join(row.rstrip() for row in screen_of(block, home).display).strip("\n")


def screen_of(block: Block, home: Home, colour: bool = False) -> pyte.Screen:
    """Run one command on a terminal of its own and give that terminal's screen."""
    env = home.env | _places(home) | {"TZ": "Europe/Berlin", "PROMPT_TOOLKIT_NO_CPR": "1", "AT_SEED": "transcript"}
    env |= {"PATH": f"{_ally_at(block.at, home)}:{home.env['PATH']}"} | ({} if colour else {"NO_COLOR": "1"})
    line = ["-c", block.command]
    child: Any = pexpect.spawn("/bin/sh", line, env=env, dimensions=(ROWS, COLUMNS), timeout=30, cwd=home.folder)
    seen = b"".join(_pressed(child, step) for step in block.steps)
    child.expect(pexpect.EOF)
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.ByteStream(screen).feed(seen + child.before)
    child.close()
    return screen


def _pressed(child: Any, step: re.Match[str]) -> bytes:
    """Wait for what the step names, press what it says, and give what was seen until then."""
    child.expect_exact(step["after"].encode())
    seen: bytes = child.before + child.after
    child.send(step["type"] or "")
    for key in (step["press"] or "").split():
        child.send(KEYS[key])
    return seen


def _places(home: Home) -> dict[str, str]:
    """The folders that a new user has, so that the pages name them as the README does."""
    places = {"CONFIG": ".config", "DATA": ".local/share", "STATE": ".local/state", "CACHE": ".cache"}
    return {f"XDG_{name}_HOME": str(home.folder / place) for name, place in places.items()}


def _ally_at(moment: str, home: Home) -> Path:
    """A folder with an `ally` for the shell that runs at this moment."""
    program = home.folder / ".programs/ally"
    program.parent.mkdir(exist_ok=True)
    words = shlex.join([sys.executable, str(HERE / "at.py"), moment])
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    return program.parent


def replay(text: str) -> str:
    """The page with what was seen in place of what it says."""
    rows = text.split("\n")
    shift = 0
    with _home_of(text) as home:
        for block in list(blocks(text)):
            seen = [f"$ {block.command}", *run(block, home).split("\n")]
            if block.first is None:
                continue
            seen = [_anywhere(row, home) for row in seen if row or len(seen) > 2]
            rows[block.first + shift : block.last + shift] = seen
            shift += len(seen) - (block.last - block.first)
    return "\n".join(rows)


def _anywhere(row: str, home: Home) -> str:
    """A row of a screen without the path of this home, also where it is hashed into a folder's name."""
    return _DRAFTS.sub("drafts/3f1c0a9b7e5d2468", row.replace(str(home.folder), "~"))


@contextmanager
def _home_of(text: str) -> Iterator[Home]:
    """A home with what the page begins with. Its path is of one length, so that lines always break alike."""
    with tempfile.TemporaryDirectory(prefix="ally-", dir="/tmp") as folder:
        for match in _GIVEN.finditer(text):
            _put(GIVEN / match[1], Path(folder) / match[2])
        yield Home(Path(folder))


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)
    for path in (target, *target.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def main() -> None:
    """Show where each page differs from what is seen, and with `--write` put that right."""
    named = {word for word in sys.argv[1:] if not word.startswith("--")}
    for page in PAGES:
        if named and page.stem not in named:
            continue
        text = page.read_text(encoding="utf-8")
        try:
            seen = replay(text)
        except pexpect.ExceptionPexpect as error:
            print(f"{page.name}: a step waits for what does not come\n{error}")
            continue
        same = seen == text
        print(f"{page.name}: {'as it says' if same else 'differs'}")
        if not same and "--write" in sys.argv:
            page.write_text(seen, encoding="utf-8")


if __name__ == "__main__":
    main()
