"""Asking the person: answers of several lines, short ones, and a choice of what to do.

Two ways, the same words: full editing with prompt_toolkit, and plain lines, which read well aloud and work on
any terminal. Neither keeps a history of what was typed.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol, TextIO

from allyjournal.errors import AllyError, Interrupted
from allyjournal.terminal.lines import editing, typed_so_far
from allyjournal.terminal.page import wrapped
from allyjournal.terminal.safe import as_text, safe
from allyjournal.terminal.signals import Interrupts, every, keeping

AUTOSAVE_SECONDS = 2.0
# What a terminal takes in one line while it does the editing; Linux drops the rest with a beep.
LINE_LIMIT = 4095
KEYS = "? for help · Esc Enter or Ctrl-D to finish · Ctrl-X Ctrl-E for your editor"

Save = Callable[[str], None]
Edit = Callable[[str], str]


class Stopped(Interrupted):
    """The person stopped with Ctrl-C, or ended the input with nothing in it. `text` is what was typed so far."""

    def __init__(self, text: str = "") -> None:
        super().__init__("")
        self.text = text


class Terminal(Protocol):
    """How the person is asked."""

    def say(self, text: str) -> None:
        """Show words of ours, or of a pack; they go through `safe`."""

    def answer(self, initial: str, save: Save, help_text: str, edit: Edit) -> str:
        """An answer of any number of lines, begun with `initial`. `save` keeps it as it grows.

        Raises Stopped; by then `save` has had everything.
        """

    def line(self, label: str, save: Save | None = None, help_text: str = "", initial: str = "") -> str:
        """One line, begun with `initial`; may be empty. `save` keeps it as it grows. Raises Stopped."""


class Lines:
    """Plain lines: each is kept as it is entered, `.` alone ends an answer."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def say(self, text: str) -> None:
        self._out.write(safe(text) + "\n")
        self._out.flush()

    def answer(self, initial: str, save: Save, help_text: str, edit: Edit) -> str:
        self.say(
            "Write your answer. A line with only a full stop ends it; ? alone shows help; :e alone opens your editor."
        )
        rows = initial.split("\n") if initial else []
        if rows:
            self.say("So far you have:")
            self.say(initial)

        def keep() -> None:
            save("\n".join([*rows, *filter(None, [typed_so_far()])]))

        with keeping(keep):
            try:
                text = self._rows(rows, save, help_text, edit)
            except KeyboardInterrupt:
                with suppress(AllyError):
                    keep()
                self.say("")
                raise Stopped("\n".join([*rows, *filter(None, [typed_so_far()])])) from None
        self.say("")
        return text

    def _rows(self, rows: list[str], save: Save, help_text: str, edit: Edit) -> str:
        def keep(text: str) -> None:
            save("\n".join([*rows, text]))

        while True:
            row = self._read("> ", keep)
            if row is None or row == ".":
                if row is None and not "".join(rows).strip():
                    raise Stopped
                return "\n".join(rows)
            if row == "?" and not rows:
                self.say(help_text)
                continue
            if row == ":e":
                rows[:] = edit("\n".join(rows)).split("\n")
                self.say("\n".join(rows))
            else:
                rows += row.split("\n")
            try:
                save("\n".join(rows))
            except AllyError as error:
                self.say(f"{error} Your words are still here; keep the terminal open until they are saved.")

    def line(self, label: str, save: Save | None = None, help_text: str = "", initial: str = "") -> str:
        def keep(text: str) -> None:
            if save and text.strip() and text != "?":
                save(text)

        with keeping(lambda: keep(typed_so_far())):
            try:
                row = self._read(label, keep, initial)
                while row == "?" and help_text:
                    self.say(help_text)
                    row = self._read(label, keep, initial)
            except KeyboardInterrupt:
                self.say("")
                raise Stopped(typed_so_far().strip()) from None
        if row is None:
            raise Stopped
        keep(row)
        return row

    def _read(self, label: str, save: Save, initial: str = "") -> str | None:
        """One line with readline's editing; None at the end of the input. Kept every 2 s while it grows."""
        if not (sys.stdin.isatty() and self._out is sys.stdout):
            return self._read_plainly(label)
        sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
        try:
            with Interrupts() as interrupts, editing(initial, interrupts.hurry):

                def tick() -> None:
                    interrupts.again()
                    _quietly(save, typed_so_far())

                with every(AUTOSAVE_SECONDS, tick):
                    return as_text(input(label))
        except EOFError:
            self.say("")
            return None
        except OSError:
            return None

    def _read_plainly(self, label: str) -> str | None:
        self._out.write(label)
        self._out.flush()
        data = sys.stdin.buffer.readline()
        if len(data) >= LINE_LIMIT:
            self.say(
                f"That line filled the {LINE_LIMIT} bytes that this terminal passes on; look whether its end "
                "is there. A pipe or --edit takes lines of any length."
            )
        return data.decode("utf-8", "replace").rstrip("\r\n") if data else None


def _quietly(save: Save, text: str) -> None:
    if text.strip():
        with suppress(AllyError):
            save(text)


class Full(Lines):
    """Editing in several lines, with paste, by prompt_toolkit; short answers are plain lines."""

    _has_said_keys = False

    def say(self, text: str) -> None:
        super().say(wrapped(text, self._out))

    def answer(self, initial: str, save: Save, help_text: str, edit: Edit) -> str:
        from allyjournal.terminal.full import edit_lines  # noqa: PLC0415  prompt_toolkit: 12 x the start of Python

        if not self._has_said_keys:
            self.say(KEYS)
            self._has_said_keys = True
        return edit_lines(initial, save, help_text, edit)
