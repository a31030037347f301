"""What a format needs beside ally itself: there, or one command to run."""

import shlex
import sys
from importlib import import_module
from types import ModuleType

from allyjournal.errors import AllyError


def install(extra: str) -> str:
    """The one command that installs an extra where ally runs from, whichever pip comes first on the PATH."""
    return f"{shlex.quote(sys.executable or 'python3')} -m pip install 'allyjournal[{extra}]'"


def needed(module: str, extra: str, otherwise: str) -> ModuleType:
    """The module `module`, imported now.

    Raises AllyError with the one command that installs it, and a sentence on what can be done `otherwise`.
    """
    try:
        return import_module(module)
    except ImportError:
        raise AllyError(f"Nothing was written. To get this format: `{install(extra)}`. {otherwise}") from None
