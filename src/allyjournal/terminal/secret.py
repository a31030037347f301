"""A passphrase: asked without showing it, and twice, since nobody can look up what they mistyped."""

import getpass

from allyjournal.errors import Interrupted
from allyjournal.terminal.ask import Terminal

LEAST = 10


def new_passphrase(terminal: Terminal, for_what: str) -> str:
    """A passphrase as it was typed two times. Raises Interrupted."""
    while True:
        first = _typed(f"A passphrase for {for_what}: ")
        if len(first) < LEAST:
            terminal.say(f"Make it {LEAST} characters or more: whoever has the file can try as often as they like.")
        elif _typed("Once more: ") == first:
            return first
        else:
            terminal.say("The two are not the same; try again.")


def _typed(label: str) -> str:
    try:
        return getpass.getpass(label)
    except (EOFError, KeyboardInterrupt):
        raise Interrupted("Stopped; nothing was shared.") from None
