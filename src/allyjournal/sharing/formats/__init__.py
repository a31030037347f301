"""The formats that entries leave in. Each is a module with SUFFIX and `render(entries, packs) -> bytes`.

To add one: a module here, and its line in FORMATS.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from allyjournal.errors import UsageError
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack

FORMATS = {"md": "markdown", "json": "json_document", "jsonl": "json_lines"}


Chunks = Callable[[Iterable[Entry], Mapping[str, Pack]], Iterator[bytes]]


class Format(Protocol):
    """One format. One that can be written piece by piece has `chunks`, which gives them, too."""

    SUFFIX: str

    def render(self, entries: Sequence[Entry], packs: Mapping[str, Pack]) -> bytes:
        """The entries, oldest first, as the bytes of one file. `packs` read answers back as values."""


def chunks(name: str, entries: Iterable[Entry], packs: Mapping[str, Pack]) -> Iterator[bytes]:
    """The entries in the format `name`, piece by piece where the format can do that, and else as one piece."""
    found = find(name)
    pieces: Chunks | None = getattr(found, "chunks", None)
    yield from pieces(entries, packs) if pieces else [found.render(list(entries), packs)]


def find(name: str) -> Format:
    """The format called `name`; its module is imported now. Raises UsageError naming those there are."""
    if name not in FORMATS:
        raise UsageError(f'There is no format "{name[:20]}"; choose one of {", ".join(FORMATS)}.')
    return cast(Format, import_module(f"{__name__}.{FORMATS[name]}"))
