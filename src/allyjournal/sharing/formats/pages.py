"""Pages of HTML that hold everything they need: no script, nothing from elsewhere, a style named by its hash.

The templates beside this file are Jinja's, with everything in them escaped (autoescape).
"""

import base64
import hashlib
from pathlib import Path
from typing import Any

from allyjournal.practice.svg import CONTROLS

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> bytes:
    """The page that `template` makes of `values`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  only a page needs it
    from markupsafe import Markup  # noqa: PLC0415  comes with jinja2

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: value.translate(CONTROLS) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    environment.filters["picture"] = Markup
    page = environment.get_template(template).render(style=Markup(style), policy=policy, **values)
    return page.encode("utf-8", "replace")
