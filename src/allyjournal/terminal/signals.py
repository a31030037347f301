"""A closed terminal and a request to end, while somebody is typing: first keep the words, then go."""

import os
import signal
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Self

_ENDINGS = (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT)
# Seconds.
SOON = 0.02
_PASTE_OFF = b"\x1b[?2004l\r\n"


@contextmanager
def keeping(save: Callable[[], None]) -> Iterator[None]:
    """While this lasts, a hang-up or a request to end calls `save` and then ends the process.

    The signals are ignored from the first moment, since a session that ends sends several.
    """
    settings = _terminal_settings()

    def end(number: int, _frame: Any) -> None:
        for each in _ENDINGS:
            signal.signal(each, signal.SIG_IGN)
        with suppress(Exception):
            save()
        if settings is not None:
            with suppress(OSError, termios.error):
                termios.tcsetattr(0, termios.TCSANOW, settings)
                os.write(2, _PASTE_OFF)
        os._exit(128 + number)

    before = {each: signal.signal(each, end) for each in _ENDINGS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def every(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """While this lasts, call `act` every so many seconds, also while the terminal is waited for."""
    before = signal.signal(signal.SIGALRM, lambda *_: act())
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Interrupts:
    """Ctrl-C that is never lost: `input` swallows one that comes in the moment before its prompt stands.

    `again` is for a timer and for that moment's end: it raises what was swallowed.
    """

    def __init__(self) -> None:
        self._came = False

    def __enter__(self) -> Self:
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _note(self, _number: int, _frame: Any) -> None:
        self._came = True
        raise KeyboardInterrupt

    def hurry(self) -> None:
        """When the prompt stands: let the timer come at once if one was swallowed."""
        if self._came:
            signal.setitimer(signal.ITIMER_REAL, SOON)

    def again(self) -> None:
        """Raise KeyboardInterrupt if one was swallowed, once."""
        if self._came:
            self._came = False
            raise KeyboardInterrupt


def _terminal_settings() -> list[Any] | None:
    try:
        return termios.tcgetattr(0)
    except (OSError, termios.error):
        return None
