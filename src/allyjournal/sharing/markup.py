"""The Markdown of an answer as a tree that is safe to draw: no HTML, no picture, no link that could do anything.

One reading for every drawn format. What is no Markdown of ours stays text, so that no word is lost.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from allyjournal.journal import blocks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Deeper quotes and lists than this are shown as they were typed: some formats cannot draw them.
MOST_DEPTH = 8
MOST_INLINE = 5
# Reading takes the square of them; with more, a text is shown as it was typed.
MOST_BRACKETS = 5000
SCHEMES = ("https://", "http://", "mailto:")
BOXES = {"[ ]": "open", "[x]": "done", "[X]": "done", "[-]": "dropped"}
SIGNS = {"open": "☐", "done": "☑", "dropped": "☒"}
_KINDS = {
    "paragraph": "paragraph",
    "heading": "heading",
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "blockquote": "quote",
    "table": "table",
    "tr": "row",
    "th": "cell",
    "td": "cell",
    "strong": "strong",
    "em": "em",
    "s": "strike",
    "link": "link",
}
_INLINE = ("strong", "em", "strike", "link")
_PASSED = ("thead", "tbody")


class Node(NamedTuple):
    """A piece of an answer.

    Blocks: paragraph, tight (a paragraph in a list without room), heading (`level` from 1), list (`text` is
    "ordered" with `level` its first number, or "bullet"), item, quote, code, rule, table, row, cell (`text` is
    "head" in the first row). In a line: text, strong, em, strike, code (in a line), link (`text` is where to),
    break, and task (`text` is open, done or dropped), which opens a paragraph.
    """

    kind: str
    text: str = ""
    level: int = 0
    children: tuple["Node", ...] = ()


def parse(text: str, links: bool) -> tuple[Node, ...]:
    """The blocks of a text. Links are kept, where they lead to the web or to a mailbox, only if `links` says so."""
    if not text.strip():
        return ()
    if text.count("[") > MOST_BRACKETS or max(row.depth for row in blocks.rows(text)) > MOST_DEPTH:
        return _plain(text)
    tokens = _reader().parse(text)
    if any(_has_more_cells(token, text) for token in tokens if token.type == "table_open"):
        tokens = _reader(tables=False).parse(text)
    return _levelled(_tree(tokens, links))


def parse_line(text: str, links: bool) -> tuple[Node, ...]:
    """The pieces of a text of one line, such as a commitment."""
    if text.count("[") > MOST_BRACKETS:
        return (Node("text", text),)
    return _tree(_reader().parseInline(text), links)


def unlinked(text: str) -> str:
    """Markdown whose links and pictures are the words that they show: where they led to does not leave."""
    shown = _picture().sub(lambda match: f"(picture: {_named(match)})" if _named(match) else "(picture)", text)
    return _link().sub(_named, shown)


def words(nodes: tuple[Node, ...]) -> str:
    """The text of some nodes, as it is read out."""
    return " ".join(each.text if each.kind in ("text", "code") else words(each.children) for each in nodes)


def _named(match: re.Match[str]) -> str:
    """The words of a link or a picture, and its title."""
    title = (match[2] or "").strip("\"' \t")
    return f"{match[1]} ({title})" if title else match[1]


@cache
def _link() -> re.Pattern[str]:
    title = r"""([ \t]+(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}'))?"""
    return re.compile(rf"\[([^\[\]\n]{{0,1000}})\]\([^\s()<>]{{0,2000}}{title}[ \t]*\)")


@cache
def _picture() -> re.Pattern[str]:
    return re.compile("!" + _link().pattern)


@cache
def _reader(tables: bool = True) -> "MarkdownIt":
    """CommonMark with tables and strikethrough; each line of the writer's is a line.

    Definitions of links are no syntax here: they would vanish with their words.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415  only a drawn format reads Markdown

    options = {"html": False, "linkify": False, "typographer": False, "breaks": True, "maxNesting": 100}
    reader = MarkdownIt("commonmark", options).enable("strikethrough").disable("reference")
    return reader.enable("table") if tables else reader


def _has_more_cells(table: "Token", text: str) -> bool:
    """Whether a row has more cells than the first: a table would leave the others out."""
    first, last = table.map or (0, 0)
    lines = text.split("\n")[first:last]
    counts = [len(_cells().split(_before_words().sub("", line).strip().strip("|"))) for line in lines]
    return max(counts, default=0) > (counts or [0])[0]


@cache
def _cells() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)\|")


@cache
def _before_words() -> re.Pattern[str]:
    """The marks of quotes and list items that a line begins with."""
    return re.compile(r"^(?:[\s>]|(?:[-+*]|\d{1,9}[.)])\s)*")


def _plain(text: str) -> tuple[Node, ...]:
    """Lines as they were typed."""
    return (Node("paragraph", children=tuple(_lines(text.strip("\n")))),)


def _lines(text: str) -> Iterator[Node]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Node("break")
        yield Node("text", line)


def _tree(tokens: "list[Token]", links: bool) -> tuple[Node, ...]:
    """The tokens as a tree. Built with a list of what is open, so that no text is too deep for it."""
    top: list[Node] = []
    is_open: list[tuple[Node | None, str]] = []
    into = [top]
    for token in tokens:
        if token.nesting > 0:
            node = _opened(token, links, len(into))
            is_open.append((node, _after(token, links)))
            into += [[]] if node else []
        elif token.nesting < 0:
            node, after = is_open.pop()
            children = into.pop() if node else []
            into[-1].extend(_closed(node, children) if node else ())
            into[-1].extend([Node("text", after)] if after else [])
        elif token.type == "inline":
            into[-1].extend(_tree(token.children or [], links))
        else:
            into[-1].extend(_leaf(token))
    return tuple(top)


def _opened(token: "Token", links: bool, depth: int) -> Node | None:
    """The node that a token opens; None for one that is only passed through."""
    name = token.type.removesuffix("_open")
    kind = _KINDS.get(name)
    if kind is None or name in _PASSED or (kind in _INLINE and depth > MOST_INLINE):
        return None
    if kind == "link":
        href = str(token.attrs.get("href", ""))
        return Node("link", href) if links and href.lower().startswith(SCHEMES) else None
    if kind == "heading":
        return Node("heading", level=int(token.tag[1:]))
    if kind == "list":
        return Node("list", "ordered" if name[0] == "o" else "bullet", int(token.attrs.get("start", 1)))
    if kind == "cell":
        return Node("cell", "head" if name == "th" else "")
    return Node("tight" if token.hidden else kind)


def _after(token: "Token", links: bool) -> str:
    """What a link says beside its words: its title, and where it leads if nobody follows it there for the writer."""
    if token.type != "link_open":
        return ""
    href, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
    shown = [href] if links and href and not href.lower().startswith(SCHEMES) else []
    shown += [title] if title else []
    return f" ({', '.join(shown)})" if shown else ""


def _closed(node: Node, children: list[Node]) -> Iterator[Node]:
    """The node with what it holds; a heading of nothing is none."""
    if node.kind == "heading" and not words(tuple(children)).strip():
        return
    if node.kind == "item" and children and children[0].kind in ("paragraph", "tight"):
        first = children[0]
        children[0] = first._replace(children=_with_box(first.children))
    yield node._replace(children=tuple(children))


def _with_box(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """The words of an item; a box before them as what it says."""
    first = children[0] if children else Node("break")
    status = BOXES.get(first.text[:3]) if first.kind == "text" and first.text[3:4] in (" ", "\t") else None
    if status is None:
        return children
    return (Node("task", status), first._replace(text=first.text[3:].lstrip()), *children[1:])


def _leaf(token: "Token") -> Iterator[Node]:
    if token.type in ("softbreak", "hardbreak"):
        yield Node("break")
    elif token.type in ("code_block", "fence"):
        # What stands behind a fence names a language, or is a word of the writer's.
        yield Node("code", f"{token.info.strip()}\n{token.content}".strip("\n"), 1)
    elif token.type == "code_inline":
        yield Node("code", token.content)
    elif token.type == "hr":
        yield Node("rule")
    elif token.type == "image":
        said = ", ".join(each for each in (token.content, str(token.attrs.get("title", ""))) if each)
        yield Node("text", f"(picture: {said})" if said else "(picture)")
    elif token.content:
        yield Node("text", token.content)


def _levelled(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The headings with levels from 1 on, none deeper than one below the heading before it."""
    last = [0]

    def level(node: Node) -> Node:
        if node.kind == "heading":
            last[0] = min(node.level, last[0] + 1)
            return node._replace(level=last[0])
        return node._replace(children=tuple(level(each) for each in node.children)) if node.children else node

    return tuple(level(each) for each in nodes)
