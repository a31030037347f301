"""Front matter that somebody else wrote, read with PyYAML behind caps, by YAML 1.2's rules for scalars.

The caps come first: PyYAML's C parser crashes the process on 30,000 brackets, aliases multiply, and a key
that stands twice is silently the last one.
"""

import re
from typing import Any

import yaml

from allyjournal.errors import UnreadableFile
from allyjournal.journal import scalars

MOST_DEPTH = 20
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")


def read(text: str, path: str) -> dict[str, Any]:
    """A front matter's text -> key -> value: text, int, bool, None, list or dict.

    Raises UnreadableFile with the line in the file (front matter begins on line 2), without entry text.
    """
    _check_depth(text, path)
    node = compose(text, path)
    if node is None:
        return {}
    value = _value(node, path, set(), 0)
    if not isinstance(value, dict):
        raise UnreadableFile(path, 2, "the front matter has no keys; write `key: value` lines")
    return value


def compose(text: str, path: str) -> Any:
    """The nodes of a front matter that `read` has taken; None if it is empty. Raises UnreadableFile."""
    try:
        return yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableFile(path, mark.line + 2 if mark else 2, "the front matter is not YAML here") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise UnreadableFile(path, 2, "the front matter holds characters that YAML does not allow") from None


def _check_depth(text: str, path: str) -> None:
    depth = 0
    for number, line in enumerate(text.splitlines(), 2):
        for char in line if not _is_quoted(line) else "":
            depth += (char in "[{") - (char in "]}" and depth > 0)
            if depth > MOST_DEPTH:
                raise UnreadableFile(path, number, f"the front matter nests more than {MOST_DEPTH} deep")
        lead = re.match(r"(?:[ \t]*[-?:](?=[ \t]|$))*", line)
        if lead and sum(char in "-?:" for char in lead[0]) > MOST_DEPTH:
            raise UnreadableFile(path, number, f"the front matter nests more than {MOST_DEPTH} deep")
    indents = {len(line) - len(line.lstrip(" ")) for line in text.splitlines()}
    if len(indents) > 2 * MOST_DEPTH:
        raise UnreadableFile(path, 2, f"the front matter nests more than {MOST_DEPTH} deep")


def _is_quoted(line: str) -> bool:
    """Whether a line's whole value is one quoted text, in which a bracket opens nothing."""
    value = re.sub(r"^[ ]*(?:- +|[A-Za-z-]+: +)", "", line, count=1)
    return scalars.unquoted(value) is not None


def _value(node: Any, path: str, seen: set[int], depth: int) -> Any:
    line = node.start_mark.line + 2
    if depth > MOST_DEPTH:
        raise UnreadableFile(path, line, f"the front matter nests more than {MOST_DEPTH} deep")
    if id(node) in seen:
        raise UnreadableFile(path, line, "the front matter uses an alias (*name); write the value out")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, path, seen, depth + 1) for child in node.value]
    table: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        key_line = key_node.start_mark.line + 2
        if key == "<<":
            raise UnreadableFile(path, key_line, "the front matter uses a merge key (<<); write the keys out")
        if key in table:
            raise UnreadableFile(path, key_line, "a key stands twice in the front matter; keep one")
        table[key] = _value(value_node, path, seen, depth + 1)
    return table


def _scalar(node: Any) -> Any:
    """YAML 1.2's core scalars; times, dates, `yes`, `NO` and `12:30` stay text."""
    text = str(node.value).encode("utf-8", "replace").decode("utf-8")
    if node.style:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.casefold() == "true"
    return int(text) if _INTEGER.fullmatch(text) and (text == "0" or text.lstrip("+-")[0] != "0") else text
