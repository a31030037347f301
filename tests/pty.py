"""`ally` on a terminal of its own, driven key by key and read as bytes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pexpect
import pyte

from tests.support import Home

READY = "› ".encode()


@contextmanager
def on_a_terminal(
    home: Home, *words: str, at: str | None = None, columns: int = 100, rows: int = 40, **env: str
) -> Iterator[pexpect.spawn]:
    """Run `ally` on a pseudo-terminal; it is closed, and so hung up, at the end."""
    command, *arguments = home.command(*words, at=at)
    child: pexpect.spawn = pexpect.spawn(
        command, arguments, env=home.env | env, cwd=str(home.folder), dimensions=(rows, columns), timeout=30
    )
    try:
        yield child
    finally:
        child.close(force=True)


def run_on_a_terminal(home: Home, *words: str, at: str | None = None, columns: int = 100, **env: str) -> bytes:
    """Run `ally` to its end on a pseudo-terminal and give every byte it wrote there."""
    with on_a_terminal(home, *words, at=at, columns=columns, **env) as child:
        child.expect(pexpect.EOF)
        said = child.before
    assert isinstance(said, bytes)
    return said


def saved(child: pexpect.spawn) -> bytes:
    """Pass by the commitment where one is offered, and wait until the entry is saved; gives what was said."""
    said: bytes = b""
    if child.expect_exact([b"One thing you will do", b"Saved"]) == 0:
        said = child.before
        child.expect_exact(b"> ")
        child.send(b"\r")
        child.expect_exact(b"Saved")
    said += child.before + child.after
    child.expect(pexpect.EOF)
    return said + child.before


def screen_of(said: bytes, columns: int = 100, rows: int = 200) -> str:
    """What a person sees after a terminal has drawn these bytes."""
    screen = pyte.Screen(columns, rows)
    pyte.ByteStream(screen).feed(said)
    return "\n".join(line.rstrip() for line in screen.display).rstrip()
