"""What a format needs beside ally itself: there, or one command to run."""

from importlib import import_module
from types import ModuleType

from allyjournal.errors import AllyError


def needed(module: str, extra: str, otherwise: str) -> ModuleType:
    """The module `module`, imported now.

    Raises AllyError with the one command that installs it, and a sentence on what can be done `otherwise`.
    """
    try:
        return import_module(module)
    except ImportError:
        raise AllyError(
            f"Nothing was written. To get this format: pip install 'allyjournal[{extra}]'. {otherwise}"
        ) from None
