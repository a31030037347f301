"""What a coach sent back: the file that the page saved, or a Markdown share with words below its comment lines.

It comes from somebody else's machine: sizes are bounded, and pydantic judges what the page saved.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from allyjournal.errors import AllyError, Refused
from allyjournal.sharing import marked_markdown
from allyjournal.sharing.receipt import Receipt

MOST = 1024 * 1024
UNCHANGED = "Nothing was taken in."


class Comments(NamedTuple):
    """Comments on one share: (ref, text) for each answer, and what was said about all of it ("" for nothing).

    `content` and `coach` are what the file says itself; a Markdown share says neither, and has `marked` instead.
    """

    share: str
    answers: tuple[tuple[str, str], ...]
    overall: str
    content: str | None = None
    coach: str | None = None


def of(data: bytes, name: str, receipts: Sequence[Receipt]) -> tuple[Comments, Receipt]:
    """What a file says, and the receipt that it answers. `name` is what the file is called in messages.

    Raises AllyError for a file that is no reply, or no reply to a share of this journal; Refused where what was
    shared is not what came back.
    """
    if len(data) > MOST:
        raise AllyError(too_large(name))
    text = _decoded(data, name)
    by_id = {each.id: each for each in receipts}
    if text.lstrip().startswith("{"):
        found = _from_page(text, name)
        receipt = _receipt(found.share, name, by_id)
        _check(found, receipt, name)
    else:
        share = marked_markdown.share_of(text)
        if share is None:
            raise AllyError(
                f"{name} is neither what a page saved nor a Markdown share; for words out of a message, "
                f"use `ally feedback - --from COACH --on ENTRY`. {UNCHANGED}"
            )
        receipt = _receipt(share, name, by_id)
        found = _from_markdown(text, receipt, name)
    if not found.answers and not found.overall:
        raise AllyError(f"{name} has no comment in it. {UNCHANGED}")
    return found, receipt


def too_large(name: str) -> str:
    """What to say of a reply that is longer than any."""
    return f"{name} is larger than {MOST // 1024 // 1024} MB, which no reply is. {UNCHANGED}"


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise AllyError(f"{name} is not UTF-8 text. {UNCHANGED}") from None


def _receipt(share: str, name: str, by_id: Mapping[str, Receipt]) -> Receipt:
    if share not in by_id:
        raise AllyError(f"{name} answers something that was not shared from this journal. {UNCHANGED}")
    return by_id[share]


def _from_page(text: str, name: str) -> Comments:
    from pydantic import ValidationError  # noqa: PLC0415  only a page's reply is judged

    from allyjournal.sharing.schema import Reply  # noqa: PLC0415  as that

    try:
        reply = Reply.model_validate_json(text)
    except ValidationError as error:
        named = ".".join(str(each)[:40] for each in error.errors(include_url=False, include_input=False)[0]["loc"])
        where = "".join(each if each.isalnum() or each in "._-" else "?" for each in named)
        at = f": {where} is not right" if where else ""
        raise AllyError(f"{name} is not what a page of ally saves{at}. {UNCHANGED}") from None
    said: dict[str, str] = {}
    for each in reply.answers:
        said[each.ref] = f"{said[each.ref]}\n\n{each.comment}" if each.ref in said else each.comment
    found = tuple((ref, comment) for ref, comment in said.items() if comment.strip())
    return Comments(reply.share, found, reply.overall.strip(), reply.content, reply.coach)


def _check(found: Comments, receipt: Receipt, name: str) -> None:
    """Refuse a reply to another document than the one that the receipt is of."""
    unknown = [ref for ref, _ in found.answers if ref not in receipt.answers]
    if found.content != receipt.content or found.coach != receipt.coach or unknown:
        raise Refused(f"{name} answers a page that is not the one you shared: it was changed on the way. {UNCHANGED}")


def _from_markdown(text: str, receipt: Receipt, name: str) -> Comments:
    known = {ref: (each.lines, each.mark) for ref, (_, each) in receipt.answers.items() if each.lines is not None}
    if not known and receipt.answers:
        raise Refused(f"{name} is Markdown, and {receipt.form} is what you shared: it is not that file. {UNCHANGED}")
    marked = marked_markdown.read(text, receipt.id, {ref: (lines or 0, mark) for ref, (lines, mark) in known.items()})
    if marked.altered:
        raise Refused(
            f"The words above the comment on {marked.altered[0]} are not those that you shared, so {name} was not "
            'taken in. Comments go below the lines that begin with "Comment on"; what was shared stays as it is.'
        )
    answers = tuple((ref, said) for ref, said in marked.comments.items() if ref != marked_markdown.OVERALL)
    return Comments(receipt.id, answers, marked.comments.get(marked_markdown.OVERALL, ""))
