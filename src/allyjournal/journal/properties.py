"""Front matter changed by span: only the lines of the properties that change, every other byte as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from allyjournal.errors import Refused
from allyjournal.journal import document, yaml_reader
from allyjournal.journal.entry import Entry

Value = str | bool | Sequence[str] | None
_COMPARED = (
    "id",
    "title",
    "kind",
    "pack",
    "prompts",
    "asked",
    "practices",
    "tags",
    "people",
    "starred",
    "private",
    "for_coach",
    "exercise",
    "next_step",
    "voice",
    "reply_to",
)


def rewritten(data: bytes, before: Entry, after: Entry) -> bytes:
    """An entry's file, `data`, which reads as `before`, so that it reads as `after`.

    The body may only grow at its end. Raises Refused if the file cannot be changed without touching more.
    """
    if data == document.to_text(before).encode():
        return document.to_text(after).encode()
    if before.readonly or not after.body.startswith(before.body):
        raise Refused(f"{before.path} is not text that ally can add to; nothing was changed.")
    text = data.decode("utf-8")
    changes: dict[str, Value] = {
        name.replace("_", "-"): getattr(after, name) or None
        for name in _COMPARED
        if getattr(after, name) != getattr(before, name)
    }
    text = with_properties(text, changes, before.path)
    added = after.body.removeprefix(before.body).replace("\n", _line_end(text))
    text = (text.rstrip("\r\n") + added).rstrip() + _line_end(text) if added else text
    _verify(text, before, after)
    return text.encode()


def with_properties(text: str, changes: Mapping[str, Value], path: str) -> str:
    """`text` with these properties set, or removed where the value is None.

    A property keeps its place; a new one goes to the end of the front matter. Raises UnreadableFile.
    """
    end = _line_end(text)
    begin, close = _front_matter_span(text)
    if begin == close == 0:
        rows = [row for key, value in changes.items() if value for row in document.lines_of(key, value)]
        return f"---{end}" + "".join(row + end for row in rows) + f"---{end}{end}" + text
    front = text[begin:close]
    spans = _spans(front, path)
    tail = ""
    for key, value in sorted(changes.items(), key=lambda item: spans.get(item[0], (0, 0)), reverse=True):
        rows_text = "".join(row + end for row in document.lines_of(key, value)) if value else ""
        if key in spans:
            first, last = spans[key]
            front = front[:first] + rows_text + front[last:]
        else:
            tail = rows_text + tail
    if tail and front and not front.endswith(("\n", "\r")):
        front += end
    return text[:begin] + front + tail + text[close:]


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text[:4096] else "\r" if "\r" in text[:4096] and "\n" not in text[:4096] else "\n"


def _front_matter_span(text: str) -> tuple[int, int]:
    """Offsets of the front matter between its fences; (0, 0) if there is none."""
    rows = text.removeprefix("\ufeff").splitlines(keepends=True)
    start = len(text) - len(text.removeprefix("\ufeff"))
    if not rows or rows[0].rstrip() != "---":
        return 0, 0
    begin = position = start + len(rows[0])
    for row in rows[1:]:
        if row.rstrip() in ("---", "..."):
            return begin, position
        position += len(row)
    return 0, 0


def _spans(front: str, path: str) -> dict[str, tuple[int, int]]:
    """Key -> offsets of its lines in `front`, from the key to the line after its value."""
    yaml_reader.read(front.replace("\r\n", "\n").replace("\r", "\n"), path)
    node: Any = yaml.compose(front, yaml.SafeLoader)
    spans = {}
    for key, value in node.value if node else ():
        last = _line_after(front, max(value.end_mark.index, key.end_mark.index))
        if isinstance(value, yaml.CollectionNode) and not value.flow_style:
            last = _end_of_block(front, value)
        spans[str(key.value)] = (key.start_mark.index, last)
    return spans


def _line_after(text: str, position: int) -> int:
    """The start of the line after `position`; `position` itself if it begins a line."""
    if position and text[position - 1] in "\r\n":
        return position
    while position < len(text) and text[position] not in "\r\n":
        position += 1
    return position + (2 if text[position : position + 2] == "\r\n" else 1 if position < len(text) else 0)


def _end_of_block(front: str, node: Any) -> int:
    """A block's end mark lies past the blank lines and comments after it; those stay."""
    last = node
    while isinstance(last, yaml.CollectionNode) and last.value:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    return _line_after(front, last.end_mark.index)


def _verify(text: str, before: Entry, after: Entry) -> None:
    fallback = document.Fallback(before.path, lambda: before.created)
    read = document.from_bytes(text.encode(), fallback)
    wanted = replace(after, path=before.path, body=after.body.strip("\r\n"))
    same = all(getattr(read, name) == getattr(wanted, name) for name in _COMPARED)
    if not same or read.body.replace("\r\n", "\n") != wanted.body.replace("\r\n", "\n"):
        raise Refused(f"{before.path} could not be changed without touching other lines; nothing was changed.")
