"""Finished files taken apart again into every text that is in them, whatever it is wrapped in.

A layer is a text and where it was found. What cannot be taken apart raises Undecodable: it may hold anything.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, NamedTuple
from xml.parsers import expat

from allyjournal.sharing.common_words import listed

# What one file may hold when everything in it is unpacked; a page of text is some kilobytes.
MOST_BYTES = 256 * 1024 * 1024
MOST_MEMBERS = 2_000
_MOST_DEPTH = 3
_INLINE = listed(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strong sub sup tt u "
    "var wbr time data ruby rt rp"
)


class Undecodable(Exception):
    """Something in the file cannot be looked into. The message says what, without any of its text."""


class Layer(NamedTuple):
    """A text in a file. `is_prose`: people's words; else something for programs, in which few words are words.

    `is_binary`: bytes that are no text, in which short words come about by chance.
    """

    where: str
    text: str
    is_prose: bool = True
    is_binary: bool = False


Decode = Callable[[bytes, int], Iterator[Layer]]


def layers(data: bytes, form: str, depth: int = 0) -> Iterator[Layer]:
    """Every text in a file of that form (md, json, jsonl, html, pdf, docx). Raises Undecodable."""
    decoders = _decoders()
    if form not in decoders:
        raise Undecodable(f"a file of the form {form[:20]!r}")
    if len(data) > MOST_BYTES or depth > _MOST_DEPTH:
        raise Undecodable("a file that is too large, or too deep in others")
    yield from decoders[form](data, depth)


@cache
def _decoders() -> dict[str, Decode]:
    return {
        "md": _plain, "txt": _plain, "json": _json, "jsonl": _json_lines, "html": _html, "htm": _html, "svg": _html,
        "xhtml": _html, "xml": _xml, "rels": _xml, "pdf": _pdf, "docx": _zip, "zip": _zip,
    }  # fmt: skip


def text_of(data: bytes, where: str) -> str:
    """The bytes as UTF-8, or as UTF-16 with its mark. Raises Undecodable."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Undecodable(f"{where}: bytes that are no text") from None


def _plain(data: bytes, _: int) -> Iterator[Layer]:
    yield Layer("text", text_of(data, "text"))


def _json(data: bytes, _: int) -> Iterator[Layer]:
    text = text_of(data, "JSON")
    yield Layer("JSON as it stands", text, False)
    yield from _values(text)


def _json_lines(data: bytes, _: int) -> Iterator[Layer]:
    text = text_of(data, "JSON lines")
    yield Layer("JSON as it stands", text, False)
    for row in text.split("\n"):
        if row.strip():
            yield from _values(row)


def _values(text: str) -> Iterator[Layer]:
    """Keys and values; of a key that stands twice, both."""
    try:
        found = json.loads(text, object_pairs_hook=lambda pairs: pairs)
    except (ValueError, RecursionError):
        raise Undecodable("JSON that cannot be read") from None
    waiting: list[Any] = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield Layer("JSON value", each)
        elif isinstance(each, tuple):
            yield Layer("JSON key", each[0], False)
            waiting.append(each[1])
        elif isinstance(each, list):
            waiting += each


class _Page(HTMLParser):
    """A page's words joined as a reader sees them, and everything else by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.others: list[Layer] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag if tag in ("script", "style") else ""
        self.words.append("" if tag in _INLINE else "\n\n")
        self.others += (Layer(f"attribute {name}"[:60], value or "", _is_read(name)) for name, value in attrs)
        self.others += (Layer("attribute name", name, False) for name, _ in attrs)
        self.others.append(Layer("tag", tag, False))

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""
        self.words.append("" if tag in _INLINE else "\n\n")

    def handle_data(self, data: str) -> None:
        if self._raw:
            self.others.append(Layer(self._raw, data, False))
        else:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(Layer("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.others.append(Layer("declaration", decl, False))

    def unknown_decl(self, data: str) -> None:
        self.others.append(Layer("declaration", data))

    def handle_pi(self, data: str) -> None:
        self.others.append(Layer("instruction", data))


def _is_read(name: str) -> bool:
    """Whether people read the attribute."""
    return name in ("alt", "title", "placeholder", "value", "content", "label", "summary") or name.startswith("aria-")


def _html(data: bytes, _: int) -> Iterator[Layer]:
    text = text_of(data, "HTML")
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except (AssertionError, ValueError, RecursionError):
        raise Undecodable("HTML that cannot be read") from None
    yield Layer("HTML text", "".join(page.words))
    yield from page.others
    yield Layer("HTML as it stands", text, False)
    # A reader that takes tags for something else than this parser does finds no more than this.
    yield Layer("HTML without tags", re.sub(r"<[^<>]{0,10000}>", "", text), False)


def _xml(data: bytes, _: int) -> Iterator[Layer]:
    """Text joined within paragraphs, attributes, comments; what defines entities of its own is refused."""
    words: list[str] = []
    others: list[Layer] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        words.append("\n\n" if local in ("p", "tr", "tc", "br", "tab", "title", "Relationship") else "")
        others.extend(Layer(f"attribute {key}"[:60], value, _is_said(key)) for key, value in attributes.items())

    def end(name: str) -> None:
        words.append("\n\n" if name.rpartition(":")[2] in ("p", "tr", "tc", "title", "creator", "subject") else "")

    def refuse(*_: object) -> None:
        raise Undecodable("XML that defines entities")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words.append
    parser.CommentHandler = lambda text: others.append(Layer("comment", text))
    parser.ProcessingInstructionHandler = lambda target, text: others.append(Layer("instruction", f"{target} {text}"))
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Undecodable("XML that cannot be read") from None
    yield Layer("XML text", "".join(words))
    yield from others


def _is_said(name: str) -> bool:
    return name.rpartition(":")[2] in ("descr", "title", "alt", "author", "initials", "tooltip", "Target")


def _zip(data: bytes, depth: int) -> Iterator[Layer]:
    """Every member by its kind, their names, and the archive's own comments; nothing may stand around it."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Undecodable("an archive that cannot be opened") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_BYTES:
        raise Undecodable("an archive that unpacks to too much")
    if not data.startswith(b"PK\x03\x04"):
        raise Undecodable("an archive with something before it")
    yield Layer("archive comment", archive.comment.decode("utf-8", "replace"))
    # Names and extra fields stand twice in an archive, and programs differ in which they read.
    outside = _outside(data, members)
    yield Layer("around the members", outside.decode("latin-1"), False)
    yield Layer("around the members", outside.decode("utf-8", "ignore"), False)
    for member in members:
        yield Layer("member name", member.filename.replace("/", "\n"), False)
        yield Layer("member comment", member.comment.decode("utf-8", "replace"))
        content = _unpacked(archive, member)
        for layer in _member(content, member.filename, depth):
            yield layer._replace(where=f"{member.filename[-40:]}: {layer.where}")


def _outside(data: bytes, members: list[zipfile.ZipInfo]) -> bytes:
    """The archive without what its members hold."""
    pieces, position = [], 0
    for member in sorted(members, key=lambda each: each.header_offset):
        lengths = data[member.header_offset + 26 : member.header_offset + 30]
        start = (
            member.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        )
        pieces.append(data[position:start])
        position = max(position, start + member.compress_size)
    return b"\n".join([*pieces, data[position:]])


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as file:
            content = file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
        raise Undecodable("a member of the archive that cannot be unpacked") from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "_lzma"):
            raise Undecodable("a member of the archive that cannot be unpacked") from None
        raise
    if len(content) > MOST_BYTES:
        raise Undecodable("an archive that unpacks to too much")
    return content


def _member(content: bytes, name: str, depth: int) -> Iterator[Layer]:
    suffix = name.rpartition(".")[2].lower()
    if content.startswith(b"PK\x03\x04"):
        suffix = "zip"
    elif content.startswith(b"%PDF"):
        suffix = "pdf"
    if not name.endswith("/") and suffix in _decoders():
        yield from layers(content, suffix, depth + 1)
    elif content:
        yield from opaque(content)


def opaque(content: bytes) -> Iterator[Layer]:
    """A picture, a font: nothing that can be read, but for text that stands in it as it is."""
    for encoding in ("latin-1", "utf-8", "utf-16-le", "utf-16-be"):
        text = content.decode(encoding, "ignore")
        runs = re.findall(r"[^\W_][\w .,'@-]{3,200}", text) if encoding != "utf-16-be" else _wide(content)
        lettered = dict.fromkeys(run for run in runs if re.search(r"[^\W\d_]{4}", run))
        yield Layer("bytes as they stand", "\n\n".join(lettered), False, True)


def _wide(content: bytes) -> list[str]:
    """Latin text of two bytes a letter, wherever it begins."""
    found = re.findall(rb"(?:\x00[\x20-\x7e]){4,200}", content)
    return [run.decode("utf-16-be") for run in found]


def _pdf(data: bytes, depth: int) -> Iterator[Layer]:
    from allyjournal.sharing import decoding_pdf  # noqa: PLC0415  it needs pypdf, which not everybody has

    yield from decoding_pdf.layers(data, depth)
