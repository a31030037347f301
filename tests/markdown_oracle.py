"""What markdown-it, plain CommonMark, makes of a text: the oracle for what is a heading and what is running text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Escapes and entities stay tokens of their own, so that `\\#tag` is not mistaken for a tag.
_PARSER = MarkdownIt("commonmark").disable("text_join")


def headings(text: str) -> Iterator[tuple[str, int, int]]:
    """Each `##` heading that is not in a list or quote: its content, its first line, the line after it."""
    tokens = _PARSER.parse(text)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.markup == "##" and token.level == 0 and token.map:
            yield inline.content.strip(), token.map[0], token.map[1]


def running_text(text: str) -> list[str]:
    """The pieces of text outside code, links, escapes and headings; a line's end parts them."""
    found: list[str] = []
    in_heading = False
    for token in _PARSER.parse(text):
        in_heading = token.type == "heading_open" or (in_heading and token.type != "heading_close")
        if token.type == "inline" and not in_heading:
            found += _outside_links(token.children or [])
    return found


def _outside_links(children: list[Token]) -> Iterator[str]:
    depth = 0
    for child in children:
        depth += (child.type == "link_open") - (child.type == "link_close")
        if child.type == "text" and depth == 0:
            yield child.content


def marked(text: str) -> list[str]:
    """The marks `#t1`, `@p2`, … in running text, in order."""
    return [mark for piece in running_text(text) for mark in re.findall(r"[#@][tp]\d+", piece)]
