"""A PDF taken apart: its text as its fonts map it, every string and stream in it, and what stands around them."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from allyjournal.errors import AllyError
from allyjournal.sharing import decoding
from allyjournal.sharing.decoding import Layer, Undecodable
from allyjournal.sharing.formats.extras import install

_STANDARD = frozenset(("WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding"))
# The standard fonts are read by their own encoding, but for the two that hold symbols.
_NAMED = re.compile(r"/?(?:Helvetica|Times|Courier)")
_PICTURES, _FONTS = "/Image", ("/FontFile", "/FontFile2", "/FontFile3")
MOST_OBJECTS = 200_000


def layers(data: bytes, depth: int) -> Iterator[Layer]:
    """Every text in a PDF. Raises Undecodable, and AllyError where pypdf is not installed."""
    try:
        import pypdf  # noqa: PLC0415  comes with the pdf extra
    except ImportError:
        raise AllyError(
            f"A PDF can be looked through only with pypdf: `{install('pdf')}`. Nothing was written."
        ) from None
    if data.count(b"%%EOF") != 1 or not data.startswith(b"%PDF-"):
        raise Undecodable("a PDF with an earlier version of itself, or with something before it")
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=True)
        if reader.is_encrypted:
            raise Undecodable("a PDF that is encrypted")
        yield from _all(reader, depth)
    except (Undecodable, AllyError, MemoryError):
        raise
    except Exception:  # pypdf raises whatever a broken file leads to
        raise Undecodable("a PDF that cannot be read") from None
    yield from _raw(data)


def _all(reader: Any, depth: int) -> Iterator[Layer]:
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        yield Layer(f"page {number}", text)
        if any(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text):
            raise Undecodable(f"page {number}: signs that stand for no letter")
    budget = decoding.MOST_BYTES
    objects = _objects(reader)
    fonts = _font_files(objects)
    for key, each in objects:
        yield from _strings(each)
        if isinstance(each, dict) and each.get("/Type") == "/Font":
            _check_font(each)
        if hasattr(each, "get_data"):
            found = list(_stream(each, key in fonts, depth))
            budget -= sum(len(layer.text) for layer in found)
            if budget < 0:
                raise Undecodable("a PDF that unpacks to too much")
            yield from found


def _objects(reader: Any) -> list[tuple[tuple[int, int], Any]]:
    """Everything that is in the file, used or not."""
    keys = {(number, generation) for generation, table in reader.xref.items() for number in table}
    keys |= {(number, 0) for number in reader.xref_objStm}
    if len(keys) > MOST_OBJECTS:
        raise Undecodable("a PDF of too many objects")
    from pypdf.generic import IndirectObject  # noqa: PLC0415  as above

    found = [(key, IndirectObject(*key, reader).get_object()) for key in sorted(keys) if key[0]]
    return [((0, 0), reader.trailer), *((key, each) for key, each in found if each is not None)]


def _font_files(objects: list[tuple[tuple[int, int], Any]]) -> set[tuple[int, int]]:
    found = set()
    for _, each in objects:
        for name in _FONTS if isinstance(each, dict) else ():
            if name in each and hasattr(each.raw_get(name), "idnum"):
                found.add((each.raw_get(name).idnum, each.raw_get(name).generation))
    return found


def _strings(value: Any) -> Iterator[Layer]:
    """The strings and names in an object, without what it points to."""
    waiting = [(value, "")]
    while waiting:
        each, key = waiting.pop()
        if isinstance(each, dict):
            waiting += [(each.raw_get(name) if hasattr(each, "raw_get") else each[name], str(name)) for name in each]
            yield Layer("PDF names", "\n\n".join(str(name)[1:] for name in each), False)
        elif isinstance(each, list):
            waiting += [(item, key) for item in each]
        elif isinstance(each, bytes):
            yield Layer(f"PDF {key}"[:60], _said(each), key not in ("/ID", "/O", "/U"))
        elif isinstance(each, str):
            is_name = type(each).__name__ == "NameObject"
            yield Layer(f"PDF {key}"[:60], each[1:] if is_name else each, not is_name)


def _said(data: bytes) -> str:
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    return data.decode("latin-1")


def _stream(stream: Any, is_font: bool, depth: int) -> Iterator[Layer]:
    if stream.get("/Subtype") == _PICTURES:
        yield from decoding.opaque(bytes(stream._data))
        return
    data = stream.get_data()
    data = data if isinstance(data, bytes) else data.encode("latin-1", "replace")
    if is_font:
        yield from decoding.opaque(data)
    elif stream.get("/Subtype") == "/XML":
        yield from decoding.layers(_without_packet(data), "xml", depth + 1)
    elif stream.get("/Type") == "/EmbeddedFile":
        yield from _attached(data, depth)
    else:
        yield from _literals(data)
        yield from decoding.opaque(data)


def _without_packet(data: bytes) -> bytes:
    """XMP without the marks and white space around it."""
    return re.sub(rb"<\?xpacket[^>]*\?>", b"", data).strip()


def _attached(data: bytes, depth: int) -> Iterator[Layer]:
    """A file in the file: as what it is, if that can be told."""
    form = "pdf" if data.startswith(b"%PDF") else "zip" if data.startswith(b"PK") else "md"
    yield from decoding.layers(data, form, depth + 1)


def _literals(data: bytes) -> Iterator[Layer]:
    """The strings in a content stream. Those that say how they are written are words; others are codes of a font."""
    for match in re.finditer(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>", data, re.S):
        written = _unescaped(match[1]) if match[1] is not None else _from_hex(match[2])
        if written[:2] in (b"\xfe\xff", b"\xff\xfe"):
            yield Layer("PDF string", _said(written))
        elif match[1] is not None:
            yield Layer("PDF string", _said(written), False, True)


def _from_hex(digits: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _unescaped(literal: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        if match[1].isdigit():
            return bytes([int(match[1], 8) & 255])
        return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(match[1], match[1].strip())

    return re.sub(rb"\\([0-7]{1,3}|.|\r?\n)", one, literal, flags=re.S)


def _check_font(font: Any) -> None:
    """A font says which letters its signs are, or is one of those that everybody knows."""
    if "/ToUnicode" in font or font.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2"):
        return
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, dict) else encoding
    is_simple = font.get("/Subtype") in ("/Type1", "/TrueType", "/MMType1")
    if is_simple and (str(base or "")[1:] in _STANDARD or _NAMED.match(str(font.get("/BaseFont", "")))):
        return
    raise Undecodable("a font that does not say which letters its signs are")


def _raw(data: bytes) -> Iterator[Layer]:
    """The file as it stands, and every stream in it inflated, whether anything points to it or not."""
    budget = decoding.MOST_BYTES
    for match in re.finditer(rb"stream\r?\n", data):
        if data[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        try:
            inflated = zlib.decompressobj().decompress(data[match.end() :], budget)
        except zlib.error:
            continue
        budget -= len(inflated)
        if budget <= 0:
            raise Undecodable("a PDF that unpacks to too much")
        yield from decoding.opaque(inflated)
    outside = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.S)
    yield Layer("PDF as it stands", outside.decode("latin-1"), False)
    yield Layer("PDF as it stands", outside.decode("utf-8", "ignore"), False)
