"""readline, for one line at a time: editing and lines of any length, but no history and no completion.

What the person types is nobody's history: without this, answers would be offered again with the arrow keys.
"""

import readline
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def editing(initial: str, begin: Callable[[], None]) -> Iterator[None]:
    """While this lasts, `input` edits with readline, beginning with `initial`; `begin` is called when it does."""

    def start() -> None:
        readline.insert_text(initial)
        begin()

    readline.set_auto_history(False)
    readline.parse_and_bind("tab: self-insert")
    # What finishes an answer of several lines finishes one of a single line too.
    for keys in (r"\e\r", r"\e\n", r"\C-d"):
        readline.parse_and_bind(f'"{keys}": accept-line')
    readline.set_startup_hook(start)
    try:
        yield
    finally:
        readline.set_startup_hook(None)


def typed_so_far() -> str:
    """What stands in the line that is being edited."""
    return readline.get_line_buffer()
