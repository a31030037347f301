"""Front matter changed by span: only the lines of the properties that change, every other byte as it was."""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import yaml

from allyjournal.errors import Refused
from allyjournal.journal import document, scalars, yaml_reader
from allyjournal.journal.entry import Entry
from allyjournal.journal.mentions import fold

FENCE = "---"
_LINE_END = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
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
    if not changes and after.body == before.body:
        return data
    text = with_properties(text, changes, before.path)
    added = after.body.removeprefix(before.body).replace("\n", _line_end(text))
    text = (text.rstrip("\r\n") + added).rstrip() + _line_end(text) if added else text
    return _verified(with_day(text, before), data, before, after, changes)


def with_properties(text: str, changes: Mapping[str, Value], path: str) -> str:
    """`text` with these properties set, or removed where the value is None.

    A property keeps its place and the comment on its line; a new one goes to the end of the front matter.
    Raises UnreadableFile.
    """
    end = _line_end(text)
    begin, close = _front_matter_span(text)
    if begin < len(FENCE):
        rows = [row for key, value in changes.items() if value for row in document.lines_of(key, value)]
        front = "".join(row + end for row in (FENCE, *rows, FENCE, ""))
        return text[:begin] + front + text[begin:]
    front = text[begin:close]
    for key, value in changes.items():
        front = _with_property(front, key, value, end, path)
    return text[:begin] + front + text[close:]


def identified(data: bytes, before: Entry, new_id: str) -> bytes:
    """An entry's file with an id, and with its day where its properties do not say one.

    Raises Refused if that cannot be done without touching more, UnreadableFile.
    """
    text = with_properties(data.decode("utf-8"), {"id": new_id}, before.path)
    if "date" not in document.table_of(text, before.path):
        text = with_properties(text, {"date": before.date.isoformat()}, before.path)
    return _verified(text, data, before, replace(before, id=new_id), ["id"])


def listed(data: bytes, before: Entry, key: str, add: Sequence[str], remove: Sequence[str]) -> bytes:
    """An entry's file with items added to, and removed from, one of its lists (`tags` or `people`).

    Only the lines of those items change. Raises Refused if that cannot be done, UnreadableFile.
    """
    if before.readonly:
        raise Refused(f"{before.path} is not UTF-8 text; nothing was changed.")
    now: tuple[str, ...] = getattr(before, key)
    after = tuple(each for each in now if each not in remove)
    after += tuple(each for each in add if each not in after)
    if after == now:
        return data
    text = data.decode("utf-8")
    for item in (each for each in now if each in remove):
        text = _without_item(text, key, item, before.path)
    for item in (each for each in add if each not in now):
        text = _with_item(text, key, item, before.path)
    changed: dict[str, Any] = {key: after}
    return _verified(with_day(text, before), data, before, replace(before, **changed), [key])


def renamed(data: bytes, before: Entry, key: str, names: Mapping[str, str]) -> bytes:
    """An entry's file with items of one of its lists called otherwise, each in its place.

    Where the new name is in the list already, the old one goes. Raises Refused, UnreadableFile.
    """
    if before.readonly:
        raise Refused(f"{before.path} is not UTF-8 text; nothing was changed.")
    text = data.decode("utf-8")
    items: list[str] = list(getattr(before, key))
    for old, new in ((old, new) for old, new in names.items() if old in items and old != new):
        if new in items:
            text = _without_item(text, key, old, before.path)
            items.remove(old)
        else:
            text = _replaced(text, key, old, new, before.path)
            items[items.index(old)] = new
    changed: dict[str, Any] = {key: tuple(items)}
    return _verified(text, data, before, replace(before, **changed), [key])


def _with_property(front: str, key: str, value: Value, end: str, path: str) -> str:
    """`front` with one property set or removed: its value alone where that stands on the key's line."""
    rows = document.lines_of(key, value) if value else []
    pair = _pair(front, key, path)
    if pair is None:
        return front + "".join(row + end for row in rows)
    first, last = _lines_of_pair(front, *pair)
    if _is_inline(*pair) and len(rows) <= 1:
        if rows:
            return _in_place(front, pair, rows[0].removeprefix(f"{key}: "))
        if "#" in front[pair[1].end_mark.index : last] and key in document.FLAGS:
            return _in_place(front, pair, "false")
    return front[:first] + "".join(row + end for row in rows) + front[last:]


def _is_inline(key: Any, value: Any) -> bool:
    """Whether a value is one text on the line of its key, or nothing at all."""
    one_line = key.start_mark.line == value.end_mark.line or not value.value
    return isinstance(value, yaml.ScalarNode) and value.style not in ("|", ">") and one_line


def _in_place(front: str, pair: tuple[Any, Any], written: str) -> str:
    """Another value in the place of an inline one; what else stands on its line stays."""
    key, value = pair
    first, last = value.start_mark.index, value.end_mark.index
    if first == last:
        first = last = front.index(":", key.end_mark.index) + 1
        written = f" {written}"
    return front[:first] + written + front[last:]


def _replaced(text: str, key: str, old: str, new: str, path: str) -> str:
    """One item in another name; its line and its comment stay."""
    begin, close = _front_matter_span(text)
    front = text[begin:close]
    node = _node(front, key, path)
    if not isinstance(node, yaml.SequenceNode):
        return _with_words(text, key, [new if fold(each) == old else each for each in _words(node, path)], path)
    places = [each for each in node.value if _is_named(each, old)]
    if not places:
        raise _nested(path)
    for each in reversed(places[1:]):
        text = _without_place(text, key, node.value.index(each), path)
    written = _in_flow(new) if node.flow_style else scalars.to_yaml(new)
    first, last = places[0].start_mark.index, places[0].end_mark.index
    last -= len(front[first:last]) - len(front[first:last].rstrip())
    return text[: begin + first] + written + text[begin + last :]


def _with_item(text: str, key: str, item: str, path: str) -> str:
    begin, close = _front_matter_span(text)
    front = text[begin:close]
    node = _node(front, key, path)
    if isinstance(node, yaml.SequenceNode) and node.value:
        add = _added_to_flow if node.flow_style else _added_to_block
        return text[:begin] + add(front, node, item, _line_end(text)) + text[close:]
    if node is None:
        return with_properties(text, {key: (item,)}, path)
    if isinstance(node, yaml.ScalarNode) and node.start_mark.index == node.end_mark.index:
        return _with_first_item(text, key, item, path)
    return _with_words(text, key, [*_words(node, path), item], path)


def _with_first_item(text: str, key: str, item: str, path: str) -> str:
    """An item under a key that has no value; the key's line stays."""
    begin, close = _front_matter_span(text)
    pair = _pair(text[begin:close], key, path)
    at = begin + (_line_after(text[begin:close], pair[0].end_mark.index) if pair else 0)
    return f"{text[:at]}  - {scalars.to_yaml(item)}{_line_end(text)}{text[at:]}"


def _added_to_flow(front: str, node: Any, item: str, _end: str) -> str:
    at = node.value[-1].end_mark.index
    return f"{front[:at]}, {_in_flow(item)}{front[at:]}"


def _added_to_block(front: str, node: Any, item: str, end: str) -> str:
    at = _end_of_block(front, node)
    lead = _line_before(front, node.value[-1].start_mark.index)
    return f"{front[:at]}{lead}{scalars.to_yaml(item)}{end}{front[at:]}"


def _words(node: Any, path: str) -> list[str]:
    """The items of a list that is written as one text, such as `a, b`. Raises Refused where it is none."""
    if isinstance(node, yaml.SequenceNode) and not node.value:
        return []
    if not isinstance(node, yaml.ScalarNode):
        raise _nested(path)
    if not node.style and node.value in ("~", "null", "Null", "NULL"):
        return []
    return list(node.value.replace(",", " ").split())


def _with_words(text: str, key: str, words: Sequence[str], path: str) -> str:
    """A list that was one text, or empty, as a list on the same line; gone, with its key, if nothing is left."""
    begin, close = _front_matter_span(text)
    front = text[begin:close]
    pair = _pair(front, key, path)
    if pair is None:
        return with_properties(text, {key: tuple(words) or None}, path)
    _, last = _lines_of_pair(front, *pair)
    on_line = pair[0].start_mark.line == pair[1].end_mark.line
    if not on_line or (not words and "#" not in front[pair[1].end_mark.index : last]):
        return with_properties(text, {key: tuple(words) or None}, path)
    written = "[" + ", ".join(_in_flow(each) for each in words) + "]"
    return text[:begin] + _in_place(front, pair, written) + text[close:]


def _without_item(text: str, key: str, item: str, path: str) -> str:
    begin, close = _front_matter_span(text)
    node = _node(text[begin:close], key, path)
    if not isinstance(node, yaml.SequenceNode):
        return _with_words(text, key, [each for each in _words(node, path) if fold(each) != item], path)
    places = [number for number, each in enumerate(node.value) if _is_named(each, item)]
    if not places:
        raise _nested(path)
    for place in reversed(places):
        text = _without_place(text, key, place, path)
    return text


def _without_place(text: str, key: str, place: int, path: str) -> str:
    """Without one item of a list; the key goes with the last one, unless a comment is left under it."""
    begin, close = _front_matter_span(text)
    front = text[begin:close]
    pair = _pair(front, key, path)
    if pair is None:
        return text
    (first, last), (top, bottom) = _item_span(front, pair[1], place), _lines_of_pair(front, *pair)
    left = front[top:first] + front[last:bottom]
    if len(pair[1].value) == 1 and "#" not in left:
        first, last = top, bottom
    return text[:begin] + front[:first] + front[last:] + text[close:]


def _is_named(node: Any, item: str) -> bool:
    return isinstance(node, yaml.ScalarNode) and fold(str(node.value).strip()) == item


def _nested(path: str) -> Refused:
    return Refused(f"{path} has a list in a shape that ally cannot change line by line; nothing was changed.")


def _item_span(front: str, node: Any, place: int) -> tuple[int, int]:
    """The item's lines in a block list; the item and a comma in a flow list. No comment but its own is in it."""
    item = node.value[place]
    if not node.flow_style:
        return item.start_mark.index - len(_line_before(front, item.start_mark.index)), _end_of_lines(front, item)
    first, last = item.start_mark.index, item.end_mark.index
    if place + 1 < len(node.value):
        gap = front[last : node.value[place + 1].start_mark.index]
        return first, last + (len(gap) if "#" not in gap else gap.index(",") + 1)
    before = node.value[place - 1].end_mark.index if place else first
    return (before if "#" not in front[before:first] else first), last


def _node(front: str, key: str, path: str) -> Any:
    pair = _pair(front, key, path)
    return pair[1] if pair else None


def _pair(front: str, key: str, path: str) -> tuple[Any, Any] | None:
    """The nodes of a key and its value."""
    node = _composed(front, path)
    return next(((name, value) for name, value in node.value if name.value == key), None) if node else None


def _composed(front: str, path: str) -> Any:
    """The front matter's nodes with their offsets. Raises UnreadableFile."""
    yaml_reader.read(_with_line_feeds(front), path)
    return yaml_reader.compose(front, path)


def _in_flow(item: str) -> str:
    return scalars.quoted(item) if "," in item else scalars.to_yaml(item)


def _line_before(text: str, position: int) -> str:
    """What stands on the line before `position`."""
    start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    return text[start:position]


def _line_end(text: str) -> str:
    """The text's own: that of its first line."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def _front_matter_span(text: str) -> tuple[int, int]:
    """Offsets of the front matter between its fences; twice that of the text's begin if there is none."""
    start = len(text) - len(text.removeprefix("\ufeff"))
    begin = 0
    for line in _LINE.finditer(text, start):
        word = line[0].rstrip(" \t\r\n")
        if line.start() == start:
            if word != "---":
                break
            begin = line.end()
        elif word in ("---", "..."):
            return begin, line.start()
    return start, start


def _lines_of_pair(front: str, key: Any, value: Any) -> tuple[int, int]:
    """Offsets of the lines of a property, from the key to the line after its value."""
    if isinstance(value, yaml.CollectionNode) and not value.flow_style:
        return key.start_mark.index, _end_of_block(front, value)
    return key.start_mark.index, max(_end_of_lines(front, value), _line_after(front, key.end_mark.index))


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
    return _end_of_lines(front, last)


def _end_of_lines(front: str, node: Any) -> int:
    """The start of the line after a value; blank lines after a folded or literal text are not its own."""
    end = max(node.start_mark.index, node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = node.start_mark.index + len(front[node.start_mark.index : end].rstrip("\r\n \t"))
    return _line_after(front, end)


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


def _verified(text: str, data: bytes, before: Entry, after: Entry, keys: Collection[str]) -> bytes:
    """The file's new bytes. Raises Refused if anything but `keys`, and a day where there was none, reads otherwise."""
    read = document.from_bytes(text.encode(), document.Fallback(before.path, lambda: before.created))
    wanted = replace(after, path=before.path, body=after.body.strip("\r\n"))
    same = all(getattr(read, name) == getattr(wanted, name) for name in _COMPARED)
    old, new = (document.table_of(each, before.path) for each in (data.decode("utf-8"), text))
    new = {key: value for key, value in new.items() if key in old or key != "date"}
    others = [[pair for pair in each.items() if pair[0] not in keys] for each in (old, new)]
    if not same or others[0] != others[1] or _with_line_feeds(read.body) != _with_line_feeds(wanted.body):
        raise Refused(f"{before.path} could not be changed without touching other lines; nothing was changed.")
    return text.encode()
