"""What commands that change much share: the handle that is meant, and a yes that is typed out."""

from allyjournal.cli import options
from allyjournal.cli.session import Session
from allyjournal.errors import UsageError
from allyjournal.journal.mentions import fold, scan


def handle_of(name: str) -> str:
    """A handle as it was typed, folded, with or without its @. Raises UsageError for what is none."""
    word = fold(options.clean(name))
    found = list(scan(f"@{word}"))
    if len(found) != 1 or found[0].name != word:
        raise UsageError("A handle begins with a letter, then letters, digits, _ and -, such as priya or maria-k.")
    return word


def agrees(session: Session, question: str) -> bool:
    """Whether the person types yes. Raises UsageError where there is nobody to ask."""
    if not session.can_ask:
        raise UsageError("There is nobody to ask; add --yes to do it.")
    return session.terminal.line(f"{question}Type yes: ").strip().casefold() == "yes"
