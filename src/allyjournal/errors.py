"""What the person can put right. Every error that reaches them is one of these, and says how."""


class AllyError(Exception):
    """A named thing is absent, or something failed. The message is one line, or a few, without entry text."""

    exit_code = 1


class UsageError(AllyError):
    """The command was not understood: a date, an option, a missing terminal."""

    exit_code = 2


class Refused(AllyError):
    """Done, this would have leaked or overwritten something."""

    exit_code = 3


class Interrupted(AllyError):
    """The person stopped; what they had written is kept as a draft."""

    exit_code = 130


class NotWritten(AllyError):
    """A file could not be written: a full or read-only disk, a missing permission."""


class UnreadableFile(AllyError):
    """A file in the journal cannot be read as an entry; it is left as it is.

    Attributes: `path` as shown to the person, `line` (from 1), `reason`, one clause without entry text.
    """

    def __init__(self, path: str, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}:{line}: {reason}")
