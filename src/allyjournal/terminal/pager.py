"""Long output on a terminal goes through the person's pager, which leaves no trace of what was read."""

import os
import shlex
import shutil
import subprocess

# Quit if it fits, keep case and colours, and leave the screen as it is.
LESS = "FIRX"


def command_for(named: str | None) -> list[str] | None:
    """The pager as words: `named`, or less; None when there is none, or it is `cat` or empty."""
    if named is not None:
        try:
            words = shlex.split(named)
        except ValueError:
            words = []
        return words if words and os.path.basename(words[0]) != "cat" and shutil.which(words[0]) else None
    return ["less"] if shutil.which("less") else None


def show(text: str, command: list[str]) -> bool:
    """Show `text` in the pager; False if it could not be started. Leaving it early is no fault."""
    environ = {"LESS": LESS, **os.environ, "LESSHISTFILE": "-", "LESSSECURE": "1"}
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, env=environ) as pager:
            try:
                pager.communicate(text.encode("utf-8", "backslashreplace"))
            except (BrokenPipeError, KeyboardInterrupt):
                pager.wait()
    except OSError:
        return False
    return True
