"""Finished files made by hand, with room for something planted in each of their layers."""

import io
import zipfile
import zlib


def pdf(
    text: str = "Fine words.",
    mapped: bool = True,
    info: str = "",
    xmp: str = "",
    outline: str = "",
    attached: bytes = b"",
    note: str = "",
    unused: str = "",
    named: bool = False,
) -> bytes:
    """A PDF of one page, its letters under codes that only the font's map explains."""
    codes = {char: number for number, char in enumerate(dict.fromkeys(text), 1)}
    shown = "".join(f"{codes[char]:04x}" for char in text)
    rows = "".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>\n" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}endbfchar endcmap end end"
    )
    content = f"BT /F 12 Tf 40 700 Td <{shown}> Tj ET"
    if named:
        content = f"BT /F 12 Tf 40 700 Td ({text}) Tj ET"
    objects: dict[int, str | bytes] = {
        1: "<< /Type /Catalog /Pages 2 0 R /Outlines 8 0 R /Metadata 10 0 R /Names 11 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Annots [14 0 R] "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        4: _stream(content.encode("latin-1")),
        5: "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R]"
        f"{' /ToUnicode 7 0 R' * mapped} >>",
        6: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        7: _stream(cmap.encode()),
        8: "<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>",
        9: f"<< /Title {_string(outline or 'Contents')} /Parent 8 0 R /Dest [3 0 R /Fit] >>",
        10: _stream(f"<x><title>{xmp or 'Journal'}</title></x>".encode(), "/Type /Metadata /Subtype /XML"),
        11: "<< /EmbeddedFiles << /Names [(a.txt) 12 0 R] >> >>",
        12: "<< /Type /Filespec /F (a.txt) /EF << /F 13 0 R >> >>",
        13: _stream(attached or b"Fine.", "/Type /EmbeddedFile"),
        14: f"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents {_string(note or 'Fine.')} >>",
        15: f"<< /Title {_string(info or 'Journal')} >>",
        16: _stream(f"({unused or 'nothing'})".encode("utf-16-be")),
    }
    if named:
        objects[5] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return _file(objects)


def _file(objects: dict[int, str | bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, each in objects.items():
        places.append(len(data))
        body = each if isinstance(each, bytes) else each.encode("latin-1")
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return (
        data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 15 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def _stream(data: bytes, keys: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<< {keys} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
    return head + packed + b"\nendstream"


def _string(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def docx(**parts: str | bytes) -> bytes:
    """A document; `parts` replace or add members, `__` in a name stands for `/`, `_DOT_` for a dot."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:p><w:r><w:t>Fine words.</w:t></w:r></w:p></w:document>',
        "docProps/core.xml": "<coreProperties><title>Journal</title></coreProperties>",
    }
    members |= {
        name.replace("__", "/").replace("_DOT_", "."): content for name, content in parts.items() if name != "comment"
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.comment = str(parts.get("comment", "")).encode()
    return buffer.getvalue()


def paragraph(xml: str) -> str:
    """A Word document of one paragraph that holds `xml`."""
    return f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>{xml}</w:p></w:document>'
