"""An answer of several lines with real editing, over prompt_toolkit. No history, no file but the draft."""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from allyjournal.errors import AllyError
from allyjournal.terminal.ask import AUTOSAVE_SECONDS, Edit, Save, Stopped
from allyjournal.terminal.page import wrapped
from allyjournal.terminal.safe import as_text, safe
from allyjournal.terminal.signals import keeping


def edit_lines(initial: str, save: Save, help_text: str, edit: Edit) -> str:
    """Let the person write; `save` is called every 2 s while the text changes, and however it ends.

    Raises Stopped on Ctrl-C, and on Ctrl-D or a closed terminal with nothing written.
    """
    if os.environ.get("SSH_CONNECTION"):
        # Slow links answer the request for the cursor's place too late, into the text.
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    keeper = _Keeper(save)
    session: PromptSession[str] = PromptSession(
        message=FormattedText([("ansicyan", "› ")]),
        multiline=True,
        history=DummyHistory(),
        prompt_continuation="  ",
        key_bindings=_keys(help_text, edit, keeper),
        bottom_toolbar=lambda: keeper.trouble or None,
        enable_open_in_editor=False,
    )
    # Esc and Enter may come as slowly as somebody needs.
    session.app.timeoutlen = 3600.0
    keeper.read = lambda: as_text(session.default_buffer.text)
    with keeping(keeper.keep):
        try:
            text = session.prompt(default=initial, pre_run=lambda: _watch(session, keeper))
        except (KeyboardInterrupt, EOFError):
            keeper.keep()
            raise Stopped(keeper.read()) from None
        finally:
            with suppress(OSError):
                print()  # noqa: T201  a line between the answer and what is said about it
    text = as_text(text)
    keeper.keep(text)
    return text


def _watch(session: PromptSession[str], keeper: "_Keeper") -> None:
    session.app.create_background_task(keeper.watch())


class _Keeper:
    """Keeps the text as it grows; `trouble` is shown while that fails."""

    def __init__(self, save: Save) -> None:
        self._save = save
        self._kept = ""
        self.trouble = ""
        self.read: Callable[[], str] = str

    def keep(self, text: str | None = None) -> None:
        text = self.read() if text is None else text
        if text == self._kept:
            return
        try:
            self._save(text)
        except AllyError as error:
            self.trouble = safe(f"{error} Your words are not on disk yet; keep this window open.")
        else:
            self._kept, self.trouble = text, ""

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(AUTOSAVE_SECONDS)
            self.keep()


def _keys(help_text: str, edit: Edit, keeper: _Keeper) -> KeyBindings:
    keys = KeyBindings()
    nothing_yet = Condition(lambda: not keeper.read())
    at_end = Condition(lambda: bool(keeper.read().strip()))

    @keys.add("escape", "enter")
    def finish(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("c-d", filter=at_end)
    def finish_at_end(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.document.is_cursor_at_the_end:
            buffer.validate_and_handle()
        else:
            buffer.delete()

    @keys.add("?", filter=nothing_yet)
    def show_help(_: KeyPressEvent) -> None:
        run_in_terminal(lambda: print(f"{wrapped(safe(help_text), sys.stdout)}\n"))  # noqa: T201  inside prompt_toolkit's own output

    @keys.add("c-x", "c-e")
    def open_editor(event: KeyPressEvent) -> None:
        buffer = event.current_buffer

        def run() -> None:
            keeper.keep()
            try:
                text = edit(buffer.text).rstrip("\n")
            except AllyError as error:
                print(safe(str(error)))  # noqa: T201  inside prompt_toolkit's own output
                return
            buffer.document = Document(text, len(text))

        with suppress(OSError):
            run_in_terminal(run)

    return keys
