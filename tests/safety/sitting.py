"""A sitting at a terminal: `ally` on a pty, typed to, and ended in every way that a terminal can end."""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pexpect

from tests.support import SATURDAY, Home

PASTE_ON = "\x1b[?2004h"
# What stands before a line to type: on a terminal with every sign, and in plain lines.
PROMPT = r"[›>] "
ENTER, ESCAPE = "\r", "\x1b"
LONGEST = 30


class Sitting:
    """One run of `ally` on a terminal of 40 by 100."""

    def __init__(self, home: Home, *words: str, at: str = SATURDAY, **env: str) -> None:
        command = home.command(*words, at=at)
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env=home.env | {"PROMPT_TOOLKIT_NO_CPR": "1"} | env,
            dimensions=(40, 100),
            cwd=str(home.folder),
            encoding="utf-8",
            codec_errors="replace",
            timeout=LONGEST,
            preexec_fn=lambda: _as_from_a_shell(home.umask),
        )
        self.child.delaybeforesend = None
        self.said = ""

    def sees(self, *texts: str) -> str:
        """Wait until one of these stands on the screen, and give which."""
        found = self.child.expect_exact(list(texts))
        self.said += self.child.before + self.child.after
        return texts[found]

    def is_asked(self) -> None:
        """Wait until a line can be typed."""
        self.child.expect(PROMPT)
        self.said += self.child.before + self.child.after

    def sees_typed(self, text: str) -> None:
        """Wait until typed text is echoed, whatever moves of the cursor stand between its letters."""
        moves = r"(?:\x1b\[[0-9;?]*[A-Za-z])*"
        self.child.expect(moves.join(map(re.escape, text)))
        self.said += self.child.before + self.child.after

    def is_offered_a_draft(self) -> None:
        """Wait for the offer of a draft, and for its question."""
        self.sees("A draft of ")
        self.child.expect(r"discards? it: ")
        self.said += self.child.before

    def saves_the_draft(self) -> None:
        """Have the draft that is offered saved as it is, and stop at whatever is asked after that."""
        self.is_offered_a_draft()
        self.type("s" + ENTER)
        self.sees("Saved ")
        if self.child.expect([PROMPT, pexpect.EOF]) == 0:
            self.type("\x03")
        self.ends()

    def finishes(self, key: str = "") -> int:
        """Finish the answer with a key, pass by the commitment where one is offered, and see it saved."""
        self.type(key)
        if self.sees("One thing you will do", "Saved ") != "Saved ":
            self.is_asked()
            self.type(ENTER)
            self.sees("Saved ")
        return self.ends()

    def type(self, text: str) -> None:
        """Type, as fast as a machine can."""
        self.child.send(text)

    def ends(self) -> int:
        """Wait for the end; gives the exit code, or minus the signal's number."""
        if not self.child.flag_eof:
            self.child.expect(pexpect.EOF)
            self.said += self.child.before
        self.child.close()
        return -self.child.signalstatus if self.child.signalstatus else self.child.exitstatus

    def hang_up(self) -> int:
        """Close the terminal's window."""
        terminal = self.child.ptyproc
        terminal.fileobj.close()
        # Or pexpect closes the number again later, which is another file's by then.
        terminal.fd = self.child.child_fd = -1
        terminal.closed = self.child.closed = True
        wait_until(lambda: _is_over(self.child.pid), "the process ends")
        return 0

    def presses(self, key: str) -> int:
        """Press a key that ends it."""
        self.type(key)
        return self.ends()

    def signalled(self, number: int) -> int:
        """Send the process a signal, and wait for its end."""
        os.kill(self.child.pid, number)
        return self.ends()


def _as_from_a_shell(umask: int) -> None:
    """What runs these tests may ignore Ctrl-C, and a child would inherit that."""
    os.umask(umask)
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _is_over(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Wait for an event; fails when it does not come in time."""
    last = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < last, f"waited {LONGEST} s in vain until {what}"
        time.sleep(0.02)


def drafts_hold(home: Home, words: str) -> bool:
    """Whether a draft on disk holds these words."""
    return any(words in _read(path) for path in home.drafts)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""


# How a sitting may end before its time, each with a chance to keep the words.
ENDINGS: dict[str, Callable[[Sitting], int]] = {
    "hang-up": Sitting.hang_up,
    "SIGHUP": lambda sitting: sitting.signalled(signal.SIGHUP),
    "SIGTERM": lambda sitting: sitting.signalled(signal.SIGTERM),
    "SIGQUIT": lambda sitting: sitting.signalled(signal.SIGQUIT),
    "Ctrl-C": lambda sitting: sitting.presses("\x03"),
}


def kill(sitting: Sitting) -> int:
    """`kill -9`, without any chance."""
    return sitting.signalled(signal.SIGKILL)
