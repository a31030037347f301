"""The tree of an answer as HTML: our own few tags, and a second look at them by nh3."""

from html import escape

from allyjournal.sharing.markup import SIGNS, Node

TAGS = {
    "paragraph": "p",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "strong": "strong",
    "em": "em",
    "strike": "s",
}
# What a box says to whoever does not see it.
BOXES = {"open": "To do: ", "done": "Done: ", "dropped": "Dropped: "}
DEEPEST_HEADING = 6
_ALLOWED = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope"},
    "span": {"class", "aria-hidden"},
    "pre": {"tabindex"},
    "div": {"class", "tabindex", "role", "aria-label"},
}
_PLAIN = {"p", "li", "ul", "blockquote", "table", "thead", "tbody", "tr", "td", "strong", "em", "s", "code", "br", "hr"}
_HEADINGS = {f"h{level}" for level in range(1, DEEPEST_HEADING + 1)}


def to_html(nodes: tuple[Node, ...], above: int = 0) -> str:
    """The nodes as HTML. `above` is the level of the heading they stand under."""
    import nh3  # noqa: PLC0415  only a page needs it

    return nh3.clean(
        _all(nodes, above),
        tags=_PLAIN | _HEADINGS | set(_ALLOWED),
        attributes=_ALLOWED,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _all(nodes: tuple[Node, ...], above: int) -> str:
    return "".join(_html(node, above) for node in nodes)


def _html(node: Node, above: int) -> str:
    inner = _all(node.children, above)
    if node.kind in TAGS:
        return f"<{TAGS[node.kind]}>{inner}</{TAGS[node.kind]}>"
    if node.kind in ("text", "tight"):
        return escape(node.text) + inner
    if node.kind in ("break", "rule"):
        return "<br>" if node.kind == "break" else "<hr>"
    if node.kind == "code":
        return f'<pre tabindex="0"><code>{escape(node.text)}</code></pre>' if node.level else _code(node)
    if node.kind == "heading":
        level = min(above + node.level, DEEPEST_HEADING)
        return f"<h{level}>{inner}</h{level}>"
    if node.kind == "task":
        sign = f'<span class="box" aria-hidden="true">{SIGNS[node.text]} </span>'
        return f'{sign}<span class="said">{BOXES[node.text]}</span>'
    return _other(node, inner)


def _code(node: Node) -> str:
    return f"<code>{escape(node.text)}</code>"


def _other(node: Node, inner: str) -> str:
    if node.kind == "link":
        return f'<a href="{escape(node.text)}">{inner}</a>'
    if node.kind == "list" and node.text == "ordered":
        return f'<ol start="{node.level}">{inner}</ol>'
    if node.kind == "list":
        return f"<ul>{inner}</ul>"
    if node.kind == "cell":
        return f'<th scope="col">{inner}</th>' if node.text == "head" else f"<td>{inner}</td>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="Table"><table>{inner}</table></div>'
