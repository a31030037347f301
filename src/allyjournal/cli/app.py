"""The command tree, and `run`: the one place where an error becomes words and an exit code.

A command's module is imported when the command is used, so that each starts as fast as if it were alone.
"""

import os
import sys
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import CompletionItem, TyperGroup  # type: ignore[attr-defined]

from allyjournal import files
from allyjournal.cli import options, session
from allyjournal.cli.commands import COMMANDS, FILTERED, SECTIONS
from allyjournal.errors import AllyError, UsageError
from allyjournal.terminal.safe import safe

FAULT = 1
_HELP = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """The commands, looked up in COMMANDS and built on use."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order a day needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One command with the shared options, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            near = get_close_matches(cmd_name, COMMANDS, 1)
            hint = f"did you mean {near[0]}?" if near else "`ally --help` lists them."
            raise UsageError(f'There is no command "{cmd_name[:40]}"; {hint}')
        row = COMMANDS[cmd_name]
        found = getattr(import_module(f"allyjournal.cli.{row.module}"), row.function)
        command: Any = typer.main.get_command(found if isinstance(found, typer.Typer) else _alone(cmd_name, found))
        command.params += options.filter_options() if cmd_name in FILTERED else []
        for each in (command, *getattr(command, "commands", {}).values()):
            each.params += options.shared_options()
            each.context_settings = _HELP
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Their names and lines of help by section, from the table: no command's module is imported for it."""
        for section, rows in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(f"{name:<10}", row.summary) for name, row in rows.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """What TAB offers at the first word, from the table too."""
        found = [
            CompletionItem(name, help=row.summary) for name, row in COMMANDS.items() if name.startswith(incomplete)
        ]
        # Past TyperGroup, which would build every command for its line of help.
        return [*found, *super(TyperGroup, self).shell_complete(ctx, incomplete)]


class _SafeStream:
    """A stream on which nothing is obeyed by a terminal, whoever writes it; `drawn` is for what we coloured."""

    def __init__(self, stream: Any) -> None:
        self.drawn = stream

    def write(self, text: str) -> int:
        """Write `text`, through `safe`."""
        self.drawn.write(safe(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.drawn, name)


def run(words: list[str]) -> int:
    """Run `ally` with these words; gives the exit code. No traceback and no entry text reaches the person."""
    files.make_private()
    _open_streams()
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing is left to say, also at exit.
        _silence(1)
        return 0
    except OSError as error:
        session.warn(f"Standard output could not be written: {(error.strerror or 'it failed').lower()}.")
        code = 1
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            _silence(number)
    return code


def _open_streams() -> None:
    """Streams that are closed swallow what is written; what cannot be encoded is written as escapes.

    Nothing that is written to standard error, or to a terminal, is obeyed by a terminal.
    """
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  until the process ends
    errors: Any = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    streams: tuple[Any, ...] = (sys.stdout, errors)
    for stream in streams:
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")
    safely: Any = _SafeStream(errors)
    sys.stderr = safely
    if sys.stdout.isatty():
        on_screen: Any = _SafeStream(sys.stdout)
        sys.stdout = on_screen


def _silence(number: int) -> None:
    """From now on what is written there goes nowhere, so that Python does not complain about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _run(words: list[str]) -> int:
    try:
        _command().main(args=words, prog_name="ally")
    except AllyError as error:
        if str(error):
            session.warn(str(error))
        return error.exit_code
    except SystemExit as ending:
        if isinstance(ending.__context__, BrokenPipeError):
            raise ending.__context__ from None
        return ending.code if isinstance(ending.code, int) else 1
    except BrokenPipeError:
        raise
    except OSError as error:
        session.warn(f"{error.filename or 'A file'}: {(error.strerror or 'failed').lower()}.")
        return 1
    except Exception as error:
        session.warn(_fault(error))
        return FAULT
    return 0


def _fault(error: Exception) -> str:
    """A fault of our own, named without the error's own text, which may hold an entry's."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"ally has a fault: {type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}. "
        "What was saved is safe, and a draft is kept as far as it was written. Please report this line."
    )


def _alone(name: str, function: Any) -> typer.Typer:
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    app.command(name, cls=getattr(function, "command_class", None))(function)
    return app


def _command() -> Any:
    app = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        invoke_without_command=True,
        context_settings=_HELP,
    )
    app.callback()(_home)
    command: Any = typer.main.get_command(app)
    if "_ALLY_COMPLETE" in os.environ:
        typer.main.get_install_completion_arguments()
    command.params += [*options.shared_options(), options.version_option()]
    return command


def _home(ctx: typer.Context) -> None:
    """A journal for the practice of allyship: one good question a day, kept on your own machine.

    Without a command: where you are today.
    """
    if ctx.invoked_subcommand is None:
        from allyjournal.cli.home import home

        home(session.session_of(ctx))
