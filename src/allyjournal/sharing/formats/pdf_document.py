"""Entries as a PDF, set by typst (https://typst.app): tagged, with contents, links and page numbers.

It is PDF/UA-1 where every character has a font. A symbol that has none is written by its name; letters that
have none are shown as boxes, and then the file is no PDF/UA, and says so to whoever makes it.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from allyjournal.errors import AllyError
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack, practice_titles
from allyjournal.sharing.document import Document, Page, Promise, own
from allyjournal.sharing.formats import Say, quiet
from allyjournal.sharing.formats.extras import needed
from allyjournal.sharing.markup import Node, parse, parse_line

SUFFIX = ".pdf"
IS_TEXT = False
STANDARD = "ua-1"
OTHERWISE = "Or print the page that --format html makes from a browser."
# How many different symbols without a font are looked for before the standard is given up.
MOST_SYMBOLS = 40
# A font for every script and symbol is more than ally could bring along: the machine's own stand in.
IGNORE_SYSTEM_FONTS = False
# What joins symbols to one, or changes how one looks.
_JOINERS = "\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff"


def render(entries: Sequence[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:
    """A PDF for oneself."""
    needed("typst", "pdf", OTHERWISE)
    return _set(own(entries, practice_titles(packs)), say)


def render_share(document: Document, say: Say = quiet) -> bytes:
    """A PDF for someone else: links are text."""
    needed("typst", "pdf", OTHERWISE)
    return _set(document, say)


def _set(document: Document, say: Say) -> bytes:
    text = json.dumps(_data(document), ensure_ascii=False)
    named: dict[str, str] = {}
    for _ in range(MOST_SYMBOLS):
        pdf, missing = _compiled(text, [STANDARD])
        if pdf is not None:
            _say_named(named, say)
            return pdf
        name = _name(missing)
        if not name:
            break
        named[missing] = f"[{name}]"
        text = re.sub(f"{re.escape(missing)}[{_JOINERS}]*", named[missing], text)
    _say_named(named, say)
    say(
        f'No font on this machine has "{missing}", so this PDF shows boxes in such places and is not PDF/UA-1. '
        "Install a font that has it (Noto has most), or take --format html."
    )
    return _compiled(text, [])[0] or b""


def _say_named(named: Mapping[str, str], say: Say) -> None:
    if named:
        shown = ", ".join(named.values())
        say(f"No font on this machine has these symbols, so they are written as their names: {shown}.")


def _compiled(text: str, standards: list[str]) -> tuple[bytes | None, str]:
    """The PDF; or None, and the characters that no font has.

    Raises AllyError for anything else: what typst says of it could hold words of the entries.
    """
    typst: Any = needed("typst", "pdf", OTHERWISE)
    template = resources.files("allyjournal").joinpath("sharing/formats/templates/document.typ").read_bytes()
    try:
        pdf, _ = typst.compile_with_warnings(
            template,
            format="pdf",
            sys_inputs={"document": text},
            pdf_standards=standards,
            ignore_system_fonts=IGNORE_SYSTEM_FONTS,
        )
    except typst.TypstError as error:
        found = re.search(r'the text `"(.+?)"` could not be displayed', str(error), re.DOTALL)
        if not found or not standards:
            raise AllyError("Nothing was written: these entries could not be set as PDF; --format html can.") from None
        return None, found[1]
    return bytes(pdf), ""


def _name(missing: str) -> str:
    """What a symbol is called; empty for letters, and for what has no name yet."""
    characters = re.sub(f"[{_JOINERS}]", "", missing)
    if any(each.isascii() or unicodedata.category(each)[0] not in "SP" for each in characters):
        return ""
    return ", ".join(unicodedata.name(each, "symbol").lower() for each in characters)


def _data(document: Document) -> dict[str, Any]:
    """The document as the template takes it."""
    links = document.share is None
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "about": document.about,
        "note": document.note,
        "charts": [each._asdict() for each in document.charts],
        "pages": [_page(page, links) for page in document.pages],
    }


def _page(page: Page, links: bool) -> dict[str, Any]:
    number = "" if links else f"{page.ref} "
    return {
        "title": number + page.title,
        "about": page.about,
        "parts": [
            {
                "asked": ("" if links or not part.asked else f"{part.ref} ") + part.asked,
                "words": _nodes(parse(part.text, links)),
                "promises": [_promise(each, links) for each in part.commitments],
            }
            for part in page.parts
        ],
    }


def _promise(each: Promise, links: bool) -> dict[str, Any]:
    return {
        "status": each.status,
        "said": each.said,
        "text": _nodes(parse_line(each.text, links)),
        "outcomes": [_nodes(parse_line(outcome, links)) for outcome in each.outcomes],
    }


def _nodes(nodes: tuple[Node, ...]) -> list[dict[str, Any]]:
    return [_node(each) for each in nodes]


def _node(node: Node) -> dict[str, Any]:
    tight = not any(each.kind == "paragraph" for item in node.children for each in item.children)
    return {"is": node.kind, "text": node.text, "level": node.level, "in": _nodes(node.children), "tight": tight}
