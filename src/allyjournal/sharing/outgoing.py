"""The finished bytes of a share, looked at once more before anybody gets them."""

from collections import Counter

from allyjournal.errors import Refused
from allyjournal.sharing import formats
from allyjournal.sharing.answers import BLANKED
from allyjournal.sharing.document import Chart, Document, Page, Part
from allyjournal.sharing.formats import Say
from allyjournal.sharing.gate import Guard, Leak, every_leak, leaks

# Leaks that one message names.
MOST_NAMED = 5


def render(document: Document, form: str, say: Say = formats.quiet) -> bytes:
    """The document in that format. Raises AllyError where something it needs is not installed."""
    return formats.find(form).render_share(document, say)


def check(document: Document, data: bytes, form: str, guard: Guard) -> None:
    """Raise Refused, naming whose name is in which layer, if something would leave in `data` that must not.

    The coach's own name stands on top of what they get, also when entries are about them; a month, or a word of ours,
    may be somebody's name. So a name may be there as often as in a file of the same days and without words, and no
    more. What is no name may not be there at all.
    """
    found = leaks(data, form, guard)
    if not found:
        return
    ours, there = (_names_in(each, form, guard) for each in (render(_without_words(document), form), data))
    more = [each for each in found if not each.handle or there[_whose(each)] > ours[_whose(each)]]
    if more:
        raise Refused(_said(more))


def _names_in(data: bytes, form: str, guard: Guard) -> Counter[tuple[str, str]]:
    return Counter(map(_whose, every_leak(data, form, guard)))


def _without_words(document: Document) -> Document:
    """The same for the same coach, with nothing of the entries but how many answers they have, and their days."""
    return document._replace(
        pages=tuple(_blank(page) for page in document.pages),
        charts=tuple(_unnamed(chart) for chart in document.charts),
    )


def _blank(page: Page) -> Page:
    return page._replace(title="x", kind="x", marks=(), practices=(), parts=tuple(map(_without_text, page.parts)))


def _without_text(part: Part) -> Part:
    """An answer without words; its commitments have days, which stay."""
    promises = tuple(each._replace(text="x", reach=None, outcomes=()) for each in part.commitments)
    return part._replace(asked=part.asked and "x", text="x", commitments=promises)


def _unnamed(chart: Chart) -> Chart:
    """A chart without what its rows are called, unless they are days."""
    is_of_days = chart.of.startswith(("Week", "Month", "Year"))
    return chart if is_of_days else chart._replace(rows=tuple(("x", count) for _, count in chart.rows))


def _whose(leak: Leak) -> tuple[str, str]:
    """Whose name it is, and in which layer, whichever page it is on."""
    return leak.handle, leak.where.rstrip("0123456789")


def _said(found: list[Leak]) -> str:
    rows = [_row(each) for each in found[:MOST_NAMED]]
    more = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return (
        f"Nothing was shared, and no file was written. The finished file had in it: {'; '.join(rows)}{more}. "
        "The redaction missed that, which is a fault of ally; please report this line. Until it is mended, leave that "
        "entry out, or change those words with e."
    )


def _row(leak: Leak) -> str:
    if leak.handle == BLANKED:
        return f"a word that you blanked out ({leak.where})"
    return f"{leak.what} of @{leak.handle} ({leak.where})" if leak.handle else f"{leak.what} ({leak.where})"
