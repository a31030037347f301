"""The formats that entries leave in.

Each is a module with SUFFIX, IS_TEXT, `render(entries, packs)` for oneself and `render_share(document)` for
someone else, both giving the bytes of one file. To add one: a module here, and its line in FORMATS.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from allyjournal.errors import UsageError
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack

if TYPE_CHECKING:
    from allyjournal.sharing.document import Document

FORMATS = {
    "md": "markdown",
    "json": "json_document",
    "jsonl": "json_lines",
    "html": "html_page",
    "pdf": "pdf_document",
    "docx": "word_document",
}
Say = Callable[[str], object]


def quiet(_: str) -> None:
    """Says nothing."""


Chunks = Callable[[Iterable[Entry], Mapping[str, Pack]], Iterator[bytes]]


class Format(Protocol):
    """One format. `say` is told, in a sentence, what a reader of the file has to know about it.

    One that can be written piece by piece has `chunks`, which gives them, too.
    """

    SUFFIX: str
    IS_TEXT: bool

    def render(self, entries: Sequence[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:
        """The entries, oldest first, as the bytes of one file. `packs` read answers back and name practices.

        Raises AllyError where the format needs something that is not installed.
        """

    def render_share(self, document: "Document", say: Say = quiet) -> bytes:
        """What `document` holds and nothing else, as the bytes of one file. Raises the same."""


def chunks(name: str, entries: Iterable[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> Iterator[bytes]:
    """The entries in the format `name`, piece by piece where the format can do that, and else as one piece."""
    found = find(name)
    pieces: Chunks | None = getattr(found, "chunks", None)
    yield from pieces(entries, packs) if pieces else [found.render(list(entries), packs, say)]


def find(name: str) -> Format:
    """The format called `name`; its module is imported now. Raises UsageError naming those there are."""
    if name not in FORMATS:
        raise UsageError(f'There is no format "{name[:20]}"; choose one of {", ".join(FORMATS)}.')
    return cast(Format, import_module(f"{__name__}.{FORMATS[name]}"))
