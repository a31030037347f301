"""Front matter changed by span: only the lines of the properties that change, every other byte as it was."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import yaml

from allyjournal.errors import Refused
from allyjournal.journal import document, scalars, yaml_reader
from allyjournal.journal.entry import Entry
from allyjournal.journal.mentions import fold

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
    text = with_day(text, before)
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


def listed(data: bytes, before: Entry, key: str, add: Sequence[str], remove: Sequence[str]) -> bytes:
    """An entry's file with items added to, and removed from, one of its lists (`tags` or `people`).

    Only the lines of those items change. Raises Refused if that cannot be done, UnreadableFile.
    """
    if before.readonly:
        raise Refused(f"{before.path} is not UTF-8 text; nothing was changed.")
    now: tuple[str, ...] = getattr(before, key)
    after = tuple(each for each in now if each not in remove)
    after += tuple(each for each in add if each not in after)
    text = data.decode("utf-8")
    for item in (each for each in now if each in remove):
        text = _without_item(text, key, item, before.path)
    for item in (each for each in add if each not in now):
        text = _with_item(text, key, item, before.path)
    changed: dict[str, Any] = {key: after}
    text = with_day(text, before)
    _verify(text, before, replace(before, **changed))
    return text.encode()


def renamed(data: bytes, before: Entry, key: str, names: Mapping[str, str]) -> bytes:
    """An entry's file with items of one of its lists called otherwise, each in its place.

    Where the new name is in the list already, the old one goes. Raises Refused, UnreadableFile.
    """
    if before.readonly:
        raise Refused(f"{before.path} is not UTF-8 text; nothing was changed.")
    text = data.decode("utf-8")
    items: list[str] = list(getattr(before, key))
    for old, new in names.items():
        if old not in items:
            continue
        text = (
            _without_item(text, key, old, before.path) if new in items else _replaced(text, key, old, new, before.path)
        )
        items = (
            [each for each in items if each != old]
            if new in items
            else [new if each == old else each for each in items]
        )
    changed: dict[str, Any] = {key: tuple(items)}
    _verify(text, before, replace(before, **changed))
    return text.encode()


def _replaced(text: str, key: str, old: str, new: str, path: str) -> str:
    """One item in another name; its line and its comment stay."""
    begin, close = _front_matter_span(text)
    front = text[begin:close]
    node = _node(front, key, path)
    places = (
        [each for each in node.value if fold(str(each.value).strip()) == old]
        if isinstance(node, yaml.SequenceNode)
        else []
    )
    if not places:
        names = [new if each == old else each for each in _names_of(text, key, path)]
        return with_properties(text, {key: tuple(names)}, path)
    for each in reversed(places):
        written = _in_flow(new) if node.flow_style else scalars.to_yaml(new)
        front = front[: each.start_mark.index] + written + front[each.end_mark.index :]
    return text[:begin] + front + text[close:]


def _with_item(text: str, key: str, item: str, path: str) -> str:
    begin, close = _front_matter_span(text)
    node = _node(text[begin:close], key, path)
    if not isinstance(node, yaml.SequenceNode) or (not node.flow_style and not node.value):
        current = [item] if node is None else [*_names_of(text, key, path), item]
        return with_properties(text, {key: tuple(current)}, path)
    front = text[begin:close]
    if node.flow_style:
        at = node.value[-1].end_mark.index if node.value else node.start_mark.index + 1
        front = front[:at] + (", " if node.value else "") + _in_flow(item) + front[at:]
    else:
        at = _end_of_block(front, node)
        lead = _line_before(front, node.value[-1].start_mark.index)
        gap = "" if at == 0 or front[at - 1] in "\r\n" else _line_end(text)
        front = f"{front[:at]}{gap}{lead}{scalars.to_yaml(item)}{_line_end(text)}{front[at:]}"
    return text[:begin] + front + text[close:]


def _without_item(text: str, key: str, item: str, path: str) -> str:
    begin, close = _front_matter_span(text)
    front = text[begin:close]
    node = _node(front, key, path)
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    places = [n for n, each in enumerate(items) if fold(str(each.value).strip()) == item]
    if not places or len(items) == len(places):
        left = [each for each in _names_of(text, key, path) if each != item]
        return with_properties(text, {key: tuple(left) or None}, path)
    for place in reversed(places):
        first, last = _item_span(front, node, place)
        front = front[:first] + front[last:]
    return text[:begin] + front + text[close:]


def _item_span(front: str, node: Any, place: int) -> tuple[int, int]:
    """The item's line in a block list; the item and its comma in a flow list."""
    items = node.value
    if not node.flow_style:
        start = items[place].start_mark.index
        return start - len(_line_before(front, start)), _line_after(front, items[place].end_mark.index)
    if place:
        return items[place - 1].end_mark.index, items[place].end_mark.index
    return items[0].start_mark.index, items[1].start_mark.index


def _node(front: str, key: str, path: str) -> Any:
    node = _composed(front, path)
    return next((value for name, value in node.value if name.value == key), None) if node else None


def _composed(front: str, path: str) -> Any:
    """The front matter's nodes with their offsets. Raises UnreadableFile."""
    yaml_reader.read(_with_line_feeds(front), path)
    return yaml_reader.compose(front, path)


def _names_of(text: str, key: str, path: str) -> tuple[str, ...]:
    entry = document.from_bytes(text.encode(), document.Fallback(path, lambda: datetime.now(UTC)))
    names: tuple[str, ...] = getattr(entry, key)
    return names


def _in_flow(item: str) -> str:
    return scalars.quoted(item) if "," in item else scalars.to_yaml(item)


def _line_before(text: str, position: int) -> str:
    """What stands on the line before `position`."""
    start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    return text[start:position]


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
    node = _composed(front, path)
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


def with_day(text: str, before: Entry) -> str:
    """`text` with the day written down where only the file's last change said it: that is about to be now."""
    never = datetime(1, 1, 1, tzinfo=UTC)
    read = document.from_bytes(text.encode(), document.Fallback(before.path, lambda: never))
    with suppress(ValueError):
        date.fromisoformat(before.path.rsplit("/", 1)[-1][:10])
        return text
    return text if read.date != never.date() else with_properties(text, {"date": before.date.isoformat()}, before.path)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _verify(text: str, before: Entry, after: Entry) -> None:
    fallback = document.Fallback(before.path, lambda: before.created)
    read = document.from_bytes(text.encode(), fallback)
    wanted = replace(after, path=before.path, body=after.body.strip("\r\n"))
    same = all(getattr(read, name) == getattr(wanted, name) for name in _COMPARED)
    if not same or _with_line_feeds(read.body) != _with_line_feeds(wanted.body):
        raise Refused(f"{before.path} could not be changed without touching other lines; nothing was changed.")
