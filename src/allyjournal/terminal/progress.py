"""How far a long reading is, on standard error: a bar on a terminal, one line anywhere else."""

import sys
import time

from allyjournal.terminal.page import is_colourful

# Reading fewer files than this takes no time to speak of.
LEAST = 3_000
WIDTH = 30
EVERY = 0.1


class Progress:
    """What a reading tells: `told(done, of)` as it goes on. Says nothing where `is_quiet`, or when it is soon over."""

    def __init__(self, plain: bool, is_quiet: bool) -> None:
        self._is_quiet, self._draws = is_quiet, is_colourful(sys.stderr, plain)
        self._begun = False
        self._last = 0.0

    def told(self, done: int, of: int) -> None:
        """`done` files of `of` have been read."""
        if self._is_quiet or of < LEAST:
            return
        if self._draws:
            self._draw(done, of)
        elif not self._begun:
            sys.stderr.write(f"Reading {of:,} entries, so that the next command finds them at once …\n")
        self._begun = done < of

    def _draw(self, done: int, of: int) -> None:
        now = time.monotonic()
        if done < of and now - self._last < EVERY:
            return
        self._last = now
        full = WIDTH * done // of
        row = f"Reading {of:,} entries  [{'#' * full}{'.' * (WIDTH - full)}] {100 * done // of} %"
        sys.stderr.write(f"\r{row}" if done < of else f"\r{' ' * len(row)}\r")
        sys.stderr.flush()
