"""A share as one Markdown document, with a line after each answer below which a comment can be written."""

import re
from functools import cache

from allyjournal.journal.blocks import open_fence
from allyjournal.sharing.document import Document, Page, Part, Promise, Share
from allyjournal.sharing.formats import Say, quiet

BOXES = {"open": "[ ]", "kept": "[x]", "dropped": "[-]"}


def render_share(document: Document, say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """The document as Markdown. Its links are text, and it shows no picture and no HTML."""
    rows = [f"# {_line(document.title)}", document.about]
    if document.share:
        rows.append(inert(document.note))
        rows.append('To answer, write below any line that begins with "Comment on", and send this file back.')
    for page in document.pages:
        rows += _page(page, document.share)
    if document.share:
        rows.append(comment_line("all of it", document.share))
    return ("\n\n".join(rows) + "\n").encode()


def comment_line(ref: str, share: Share) -> str:
    """The line below which a comment on `ref` stands. The receipt's id tells it from anything somebody wrote."""
    return f"Comment on {ref} ({share.id}):"


def _page(page: Page, share: Share | None) -> list[str]:
    marks = f" ({', '.join(page.marks)})" if page.marks else ""
    rows = [f"## {page.ref} {page.when} · {_line(page.title)}{marks}"]
    for part in page.parts:
        rows += _part(part)
        rows += [comment_line(part.ref, share)] if share else []
    return rows


def _part(part: Part) -> list[str]:
    rows = [f"### {part.ref} {_line(part.asked)}"] if part.asked else []
    if part.text:
        fence = open_fence(part.text)
        rows.append(inert(part.text) + (f"\n{fence}" if fence else ""))
    return [*rows, "\n".join(_promise(each) for each in part.commitments)] if part.commitments else rows


def _promise(each: Promise) -> str:
    outcomes = "".join(f"\n  - {_line(outcome)}" for outcome in each.outcomes)
    return f"- {BOXES[each.status]} {_line(each.text)} ({_line(each.said)}){outcomes}"


def inert(text: str) -> str:
    """Markdown in which nothing is fetched, followed or run by whatever program shows it, code included.

    What `markup.unlinked` left is shown as it was typed.
    """
    return _left_over().sub(lambda match: match[0] if match[0][0] == "\\" else f"\\{match[0]}", text)


def _line(text: str) -> str:
    return inert(" ".join(text.split()))


@cache
def _left_over() -> re.Pattern[str]:
    """What is escaped already, and what could still begin a picture, a link, a definition of one, or HTML."""
    return re.compile(r"\\[\s\S]|<(?=[A-Za-z/!?])|\[(?=\[)|(?<=!)\[|(?<=\])[\[(:]")
