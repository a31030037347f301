"""Entry <-> Markdown with front matter. What we write, every YAML reader reads the same.

Reading has two ways: a strict and fast one for the shape that `to_text` writes, and PyYAML behind caps for
whatever else people and programs leave there. Neither changes a byte.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, NamedTuple

from allyjournal.errors import UnreadableFile
from allyjournal.journal import scalars
from allyjournal.journal.blocks import open_fence
from allyjournal.journal.body import HIDING
from allyjournal.journal.entry import Entry
from allyjournal.journal.mentions import fold

MOST_FRONT_MATTER = 64 * 1024
_LISTS = ("prompts", "asked", "practices", "tags", "people")
_TEXTS = ("title", "kind", "pack", "exercise", "next-step", "voice", "edited", "reply-to")
FLAGS = ("starred", "private", "for-coach")
_KNOWN = frozenset(("id", "date", "created", *_LISTS, *_TEXTS, *FLAGS))
_IN_MOMENT = frozenset("0123456789-+:.TZ")
_ID_CHARACTERS = frozenset("0123456789abcdefghjkmnpqrstvwxyz")


class Fallback(NamedTuple):
    """What a file without (all of) our front matter is known by: its path, and `moment`, asked if needed."""

    path: str
    moment: Callable[[], datetime]


def to_text(entry: Entry) -> str:
    """The entry as the Markdown document that is kept on disk."""
    return "---\n" + front_matter(entry) + "---\n\n" + entry.body.strip("\n") + "\n"


def front_matter(entry: Entry) -> str:
    """The entry's properties as YAML lines, without the fences. A key that says nothing is left out."""
    rows = [f'id: "{entry.id}"'] if entry.id else []
    rows += [f"date: {entry.date.isoformat()}", f"created: {entry.created.isoformat(timespec='seconds')}"]
    values = {
        "title": entry.title,
        "kind": entry.kind,
        "pack": entry.pack,
        "exercise": entry.exercise,
        "next-step": entry.next_step,
        "prompts": entry.prompts,
        "asked": entry.asked,
        "practices": entry.practices,
        "tags": entry.tags,
        "people": entry.people,
        "voice": entry.voice if entry.voice != "self" else None,
        "starred": entry.starred,
        "private": entry.private,
        "for-coach": entry.for_coach,
        "reply-to": entry.reply_to,
        "edited": entry.edited,
    }
    for key, value in values.items():
        if value:
            rows += lines_of(key, value)
    return "\n".join(rows) + "\n"


def lines_of(key: str, value: str | bool | Sequence[str]) -> list[str]:
    """One property as its lines of YAML: a scalar, or a block list."""
    if value is True:
        return [f"{key}: true"]
    if isinstance(value, str):
        plain = key == "date" or (key == "pack" and _is_reference(value))
        return [f"{key}: {value if plain else scalars.to_yaml(value)}"]
    items = value if isinstance(value, Sequence) else ()
    write = scalars.quoted if key == "asked" else scalars.to_yaml
    return [f"{key}:", *(f"  - {write(item)}" for item in items)]


def with_answer(body: str, asked: str, text: str) -> str:
    """`body` with one more prompt, as a `##` heading, and its answer at the end.

    A code fence that is still open before it is closed, or it would swallow the prompt; so is a `%%`, or it
    would turn round what a later answer hides and shows.
    """
    return with_block(body, f"## {asked}\n\n{text.rstrip()}")


def with_block(body: str, block: str) -> str:
    """`body` with one more block at its end; what is still open before it is closed."""
    before = body.rstrip("\r\n") if body.strip() else ""
    fence = open_fence(before)
    closing = (f"\n{fence}" if fence else "") + (f"\n{HIDING}" if before.count(HIDING) % 2 else "")
    parts = [before + closing] if before else []
    return "\n\n".join([*parts, block])


def for_editing(text: str, asked: str) -> str:
    """What an editor opens: `text` on top, and the prompt below it as a comment."""
    return f"{text}\n\n{_comment(asked)}\n" if asked else f"{text}\n"


def from_editing(edited: str, asked: str) -> str:
    """What an editor saved, without the comment that puts the prompt."""
    return (edited.replace(_comment(asked), "") if asked else edited).strip("\r\n")


def _comment(asked: str) -> str:
    return f"<!-- {asked}\n     Write above; this comment is left out. -->"


def with_last_answer(entry: Entry, text: str) -> Entry:
    """The entry with `text` in place of its last answer; of the whole body if it answers no prompt."""
    if not entry.asked:
        return replace(entry, body=text)
    text = from_editing(text, entry.asked[-1])
    heading = f"## {entry.asked[-1]}"
    before, found, _ = entry.body.rpartition(heading)
    return replace(entry, body=with_answer(before if found else entry.body, entry.asked[-1], text))


def from_bytes(data: bytes, fallback: Fallback) -> Entry:
    """A Markdown file's bytes -> the entry. Raises UnreadableFile for front matter that does not parse."""
    text, readonly = _decoded(data)
    text = text.removeprefix("\ufeff")
    front, body = _split(text, fallback.path)
    table = _table(front, fallback.path)
    entry = _to_entry(table, body, fallback, readonly)
    return replace(entry, private=True) if front is None and _claims_private(body) else entry


def table_of(text: str, path: str) -> dict[str, Any]:
    """The front matter's keys and values; none if there is no front matter. Raises UnreadableFile."""
    return _table(_split(text.removeprefix("\ufeff"), path)[0], path)


def _table(front: str | None, path: str) -> dict[str, Any]:
    table = _fast(front) if front is not None else {}
    if table is None:
        from allyjournal.journal import yaml_reader  # noqa: PLC0415  only for what others wrote

        table = yaml_reader.read(front or "", path)
    return table


def body_of(text: str, path: str) -> str:
    """What stands after the front matter, to the end of `text`. Raises UnreadableFile."""
    return _split(text.removeprefix("\ufeff"), path)[1]


def _decoded(data: bytes) -> tuple[str, bool]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), True
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), True


def _split(text: str, path: str) -> tuple[str | None, str]:
    """Front matter (None if there is none) and body. Accepts LF, CRLF, CR, and `...` at the end."""
    if not text.startswith("---"):
        return None, text
    front_end = text.find("\n---\n", 3)
    if (
        text.startswith("---\n")
        and front_end > 0
        and text.find("\n---", 3) == front_end
        and "\r" not in text[:front_end]
        and "\n..." not in text[:front_end]
    ):
        return _capped(text[4 : front_end + 1], path), text[front_end + 5 :].removeprefix("\n")
    return _split_by_lines(text, path)


def _split_by_lines(text: str, path: str) -> tuple[str | None, str]:
    head = text[: MOST_FRONT_MATTER + 8].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if head[0].rstrip(" \t") != "---":
        return None, text
    for number, line in enumerate(head[1:], 1):
        if line.rstrip(" \t") in ("---", "..."):
            return "".join(f"{each}\n" for each in head[1:number]), _after_lines(text, number + 1)
    looks_like_a_key = len(head) > 1 and ":" in head[1]
    if not looks_like_a_key:
        return None, text
    if len(text) > MOST_FRONT_MATTER:
        raise UnreadableFile(
            path, 1, f"the front matter is longer than {MOST_FRONT_MATTER // 1024} KiB, or never closed"
        )
    raise UnreadableFile(path, 1, "the front matter that begins here is never closed; add a line `---` after it")


def _after_lines(text: str, count: int) -> str:
    position = 0
    for _ in range(count):
        feeds = [place for place in (text.find("\n", position), text.find("\r", position)) if place >= 0]
        if not feeds:
            return ""
        place = min(feeds)
        position = place + (2 if text[place : place + 2] == "\r\n" else 1)
    rest = text[position:]
    return rest.removeprefix("\r\n") if rest.startswith("\r\n") else rest.removeprefix("\n").removeprefix("\r")


def _capped(front: str, path: str) -> str:
    if len(front) > MOST_FRONT_MATTER:
        raise UnreadableFile(path, 1, f"the front matter is longer than {MOST_FRONT_MATTER // 1024} KiB")
    return front


def _fast(front: str) -> dict[str, Any] | None:
    """The shape that `front_matter` writes, read strictly; None for any other."""
    table: dict[str, Any] = {}
    items: list[str] | None = None
    for line in front.split("\n")[:-1]:
        if line.startswith("  - "):
            value = _fast_scalar(line[4:])
            if items is None or value is None:
                return None
            items.append(value)
            continue
        key, colon, rest = line.partition(":")
        if not colon or key not in _KNOWN or key in table:
            return None
        if key in _LISTS:
            if rest:
                return None
            items = table[key] = []
            continue
        items = None
        value = _fast_value(key, rest[1:]) if rest[:1] == " " else None
        if value is None:
            return None
        table[key] = value
    return None if any(table.get(key) == [] for key in _LISTS) else table


def _fast_scalar(text: str) -> str | None:
    return scalars.unquoted(text) if text[:1] == '"' else text if scalars.is_plain(text) else None


def _fast_value(key: str, text: str) -> Any:
    if key in FLAGS:
        return True if text == "true" else None
    if key in ("date", "created"):
        return text if len(text) >= 10 and text[4] == "-" and text[-1].isalnum() and set(text) <= _IN_MOMENT else None
    if key == "pack" and _is_reference(text):
        return text
    return _fast_scalar(text)


def _is_reference(text: str) -> bool:
    """`seven-practices@1.0.0`: safe to stand without quotes although not `is_plain`."""
    name, at, version = text.partition("@")
    return bool(at) and scalars.is_plain(name) and version.replace(".", "").isdigit() and version.isascii()


def _to_entry(table: dict[str, Any], body: str, fallback: Fallback, readonly: bool) -> Entry:
    day, created = _when(table, fallback)
    return Entry(
        id=_id(table.get("id")),
        date=day,
        created=created,
        title=_one_text(table.get("title")),
        kind=_one_text(table.get("kind")) or "note",
        pack=_one_text(table.get("pack")) or None,
        prompts=_texts(table.get("prompts")),
        asked=_texts(table.get("asked")),
        practices=_texts(table.get("practices")),
        tags=_names(table.get("tags")),
        people=_names(table.get("people")),
        starred=_yes(table.get("starred")),
        private=_hidden(table),
        for_coach=_yes(table.get("for-coach")),
        exercise=_one_text(table.get("exercise")) or None,
        next_step=_one_text(table.get("next-step")) or None,
        voice=_one_text(table.get("voice")) or "self",
        edited=_one_text(table.get("edited")) or None,
        reply_to=_one_text(table.get("reply-to")) or None,
        body=body.strip("\r\n"),
        path=fallback.path,
        readonly=readonly,
    )


def _when(table: dict[str, Any], fallback: Fallback) -> tuple[date, datetime]:
    """Day and moment: the front matter's, else what the file's name or its last change says."""
    day = _date(table.get("date")) or _date(table.get("created"))
    created = _moment(table.get("created"))
    if created is None or created.tzinfo is None:
        guess = fallback.moment()
        if created is not None:
            created = created.replace(tzinfo=guess.tzinfo)
        elif day is None or guess.date() == day:
            created = guess
        else:
            created = datetime.combine(day, time(), guess.tzinfo)
    return day or created.date(), created


def _id(value: Any) -> str | None:
    fits = isinstance(value, str) and 4 <= len(value) <= 32 and value[0].isalpha() and set(value) <= _ID_CHARACTERS
    return value if fits else None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) and len(value) >= 10 else None
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else None
    except ValueError:
        return None


def _one_text(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else ""
        if value is None or isinstance(value, bool | list | dict)
        else str(value)
    )


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(
            text for each in value for text in (_texts(each) if isinstance(each, list) else (_one_text(each),))
        )
    text = _one_text(value)
    return (text,) if text else ()


def _names(value: Any) -> tuple[str, ...]:
    """Tags or people in any shape people write them: a list, `a, b`, `"#a"`."""
    texts = _texts(value)
    if isinstance(value, str):
        texts = tuple(value.replace(",", " ").split())
    return tuple(dict.fromkeys(name for each in texts if (name := fold(each.strip()))))


def _yes(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.casefold() in ("true", "yes", "on"))


def _claims_private(body: str) -> bool:
    """Whether a file without front matter begins with lines that mean to be one, and say that it is private."""
    head = (line.casefold().replace(" ", "") for line in body[:MOST_FRONT_MATTER].split("\n", 40)[:40])
    return any(line.startswith(("private:true", "private:yes", "private:on")) for line in head)


def _hidden(table: dict[str, Any]) -> bool:
    """Private unless it is plainly not: a `private: Yes` in another case or spelling still keeps it in."""
    values = [value for key, value in table.items() if key.casefold() == "private"]
    return any(
        value not in (None, False, 0) and str(value).casefold() not in ("false", "no", "off") for value in values
    )
