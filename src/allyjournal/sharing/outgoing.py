"""The finished bytes of a share, looked at once more before anybody gets them."""

from allyjournal.errors import Refused
from allyjournal.sharing import formats
from allyjournal.sharing.document import Document, Share
from allyjournal.sharing.formats import Say
from allyjournal.sharing.gate import Guard, Leak, leaks

# Leaks that one message names.
MOST_NAMED = 5
NOBODY = Share("", "x", "x")


def render(document: Document, form: str, say: Say = formats.quiet) -> bytes:
    """The document in that format. Raises AllyError where something it needs is not installed."""
    return formats.find(form).render_share(document, say)


def check(document: Document, data: bytes, form: str, guard: Guard) -> None:
    """Raise Refused, naming whose name is in which layer, if something would leave in `data` that must not.

    The coach's own name stands on top of what they get, also when entries are about them. It may stand there and
    nowhere else: what is found must be found in a file without words too, and the same words for nobody must be
    clean.
    """
    found = leaks(data, form, guard)
    if not found:
        return
    header = {_anywhere(each) for each in leaks(render(_without_words(document), form), form, guard)}
    for_nobody = document._replace(title="", share=NOBODY)
    more = [each for each in found if _anywhere(each) not in header]
    more = more or leaks(render(for_nobody, form), form, guard)
    if more:
        raise Refused(_said(more))


def _without_words(document: Document) -> Document:
    """The same for the same coach, with one entry that says nothing."""
    pages = [each._replace(title="x", kind="x", marks=(), practices=(), parts=()) for each in document.pages[:1]]
    return document._replace(pages=tuple(pages), charts=())


def _anywhere(leak: Leak) -> Leak:
    """The leak, whichever page it is on."""
    return leak._replace(where=leak.where.rstrip("0123456789"))


def _said(found: list[Leak]) -> str:
    rows = [f"{each.what} of @{each.handle} ({each.where})" if each.handle else f"{each.what} ({each.where})"
            for each in found[:MOST_NAMED]]  # fmt: skip
    more = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return (
        f"Nothing was shared, and no file was written. The finished file had in it: {'; '.join(rows)}{more}. "
        "The redaction missed that, which is a fault of ally; please report this line. Until it is mended, leave that "
        "entry out, or change those words with e."
    )
