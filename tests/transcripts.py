"""Transcripts: the pages of `docs/transcripts/` are what a person sees, and are run as tests.

A page is Markdown. A block of kind `console` is one command on a real terminal of 80 columns: its first line is
`$ ` and the command, the rest is the screen when it has ended, typed text included. Comments above a block say
when it happens and what is pressed:

    <!-- at 2026-11-16T08:15:02+01:00 -->
    <!-- after "› " type "I never asked." press Esc Enter -->

`python -m tests.transcripts --write` runs every page and writes down what was seen.
"""

import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pexpect
import pyte

from tests.support import ROOT, Home

PAGES = sorted((ROOT / "docs/transcripts").glob("*.md"))
COLUMNS, ROWS = 80, 300
KEYS = {"Esc": "\x1b", "Enter": "\r", "Ctrl-C": "\x03", "Ctrl-D": "\x04", "Ctrl-X": "\x18", "Ctrl-E": "\x05"}
_AT = re.compile(r"<!-- at (\S+) -->")
_STEP = re.compile(r'<!-- after "(?P<after>[^"]*)"(?: type "(?P<type>[^"]*)")?(?: press (?P<press>[^>]*?))? -->')


@dataclass
class Block:
    """One command: where it stands in the page, when it happens, what is pressed, what is expected."""

    first: int
    last: int
    at: str
    command: str
    expected: str
    steps: list[re.Match[str]] = field(default_factory=list)


def blocks(text: str) -> Iterator[Block]:
    """The commands of a page, in order. A moment holds until the next one."""
    rows = text.split("\n")
    at, steps, number = "", [], 0
    while number < len(rows):
        if match := _AT.fullmatch(rows[number]):
            at = match[1]
        elif match := _STEP.fullmatch(rows[number]):
            steps.append(match)
        elif rows[number] == "```console":
            last = rows.index("```", number)
            yield Block(number + 1, last, at, rows[number + 1][2:], "\n".join(rows[number + 2 : last]), steps)
            steps, number = [], last
        number += 1


def run(block: Block, home: Home) -> str:
    """Run one command on a terminal and give what stands on the screen when it has ended."""
    return "\n".join(row.rstrip() for row in screen_of(block, home).display).strip("\n")


def screen_of(block: Block, home: Home, colour: bool = False) -> pyte.Screen:
    """Run one command on a terminal of its own and give that terminal's screen."""
    words = shlex.split(block.command)
    assert words[0] == "ally", block.command
    command = home.command(*words[1:], at=block.at)
    env = home.env | {"TZ": "Europe/Berlin", "PROMPT_TOOLKIT_NO_CPR": "1", "AT_SEED": "transcript"}
    env |= {} if colour else {"NO_COLOR": "1"}
    child = pexpect.spawn(command[0], command[1:], env=env, dimensions=(ROWS, COLUMNS), timeout=30, cwd=home.folder)
    stream = pyte.ByteStream(screen := pyte.Screen(COLUMNS, ROWS))
    seen = b""
    for step in block.steps:
        child.expect_exact(step["after"].encode())
        seen += child.before + child.after
        child.send(step["type"] or "")
        for key in (step["press"] or "").split():
            child.send(KEYS[key])
    child.expect(pexpect.EOF)
    stream.feed(seen + child.before)
    child.close()
    return screen


def replay(text: str, folder: Path) -> str:
    """The page with what was seen in place of what it says."""
    home = Home(folder)
    rows = text.split("\n")
    shift = 0
    for block in list(blocks(text)):
        seen = [f"$ {block.command}", *run(block, home).split("\n")]
        seen = [row.replace(str(folder), "~") for row in seen]
        rows[block.first + shift : block.last + shift] = seen
        shift += len(seen) - (block.last - block.first)
    return "\n".join(rows)


def main() -> None:
    """Show where each page differs from what is seen, and with `--write` put that right."""
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            text = page.read_text(encoding="utf-8")
            seen = replay(text, Path(folder))
        same = seen == text
        print(f"{page.name}: {'as it says' if same else 'differs'}")
        if not same and "--write" in sys.argv:
            page.write_text(seen, encoding="utf-8")


if __name__ == "__main__":
    main()
