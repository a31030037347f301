"""Entries as one HTML file that needs nothing else; in a share, with a place to comment on each answer.

The page says itself what it may do (Content-Security-Policy): our style and, in a share, our script, each by its
hash, and nothing from anywhere.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack, practice_titles
from allyjournal.sharing.document import MARKS, Document, own
from allyjournal.sharing.formats import Say, html_chart, html_tree, quiet
from allyjournal.sharing.formats.json_document import fingerprint
from allyjournal.sharing.markup import parse, parse_line

if TYPE_CHECKING:
    from jinja2 import Environment

SUFFIX = ".html"
IS_TEXT = True
TEMPLATES = "sharing/formats/templates"
REPLY_FORMAT = 1
ENTRY_HEADING = 2


def render(entries: Sequence[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """A page for oneself: no script, and links to the web work."""
    return page(own(entries, practice_titles(packs)), "document.html")


def render_share(document: Document, say: Say = quiet) -> bytes:  # noqa: ARG001  all take it
    """A page for someone else: a place for a comment under each answer, and links as text."""
    return page(document, "document.html")


def page(document: Document, template: str) -> bytes:
    """The document through one of our templates."""
    from markupsafe import Markup  # noqa: PLC0415  it comes with jinja2

    links = document.share is None
    style, script = source("document.css"), source("document.js") if document.share else ""
    drawn: dict[str, Any] = {
        "document": document,
        "marks": MARKS,
        "reply_format": REPLY_FORMAT,
        "content": fingerprint(document) if document.share else "",
        "policy": _policy(style, script),
        "style": Markup(style),
        "script": Markup(script),
        "charts": [(each, Markup(html_chart.to_svg(each, f"chart-{n}"))) for n, each in enumerate(document.charts, 1)],
        "words": lambda text, asked: Markup(html_tree.to_html(parse(text, links), ENTRY_HEADING + bool(asked))),
        "line": lambda text: Markup(html_tree.to_html(parse_line(text, links))),
    }
    return _environment().get_template(template).render(drawn).encode()


def _policy(style: str, script: str) -> str:
    """Nothing but the page itself, whatever stands in it."""
    allowed = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; {allowed}style-src {_hash(style)}; img-src 'none'; form-action 'none'; base-uri 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def source(name: str) -> str:
    """A file beside the templates, `document.css` or `document.js`, word for word as it stands in a page."""
    return resources.files("allyjournal").joinpath(TEMPLATES, name).read_text(encoding="utf-8")


@cache
def _environment() -> "Environment":
    import jinja2  # noqa: PLC0415  only a page needs it

    loader = jinja2.PackageLoader("allyjournal", TEMPLATES)
    undefined = jinja2.StrictUndefined
    return jinja2.Environment(loader=loader, autoescape=True, undefined=undefined, trim_blocks=True, lstrip_blocks=True)
