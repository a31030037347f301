"""Files with a name hidden in each of their layers, files that cannot be looked into, and clean ones."""

import base64
import json
import unicodedata
import zipfile
from io import BytesIO

from allyjournal.sharing.gate import Guard
from allyjournal.sharing.names import names_of
from tests.finished import docx, paragraph, pdf

REGISTER = {"maria_k": {"names": ["Maria Kalniņa"]}, "will": {"names": ["Will Young"]}, "ng": {"names": ["王小明"]}}
GUARD = Guard(names_of(REGISTER), private=["/home/me/journal", "2026-11-21-0815-k7m2q9xr4t.md"])
NAME = "Maria Kalniņa"
CLEAN_HTML = (
    "<!doctype html><html lang=en><head><title>For you</title><style>p{margin:0}</style></head>"
    "<body><p>Will it help?</p></body></html>"
)
PACKED = base64.b64encode(b"for Maria only").decode()


def run(xml: str) -> str:
    return f"<w:r><w:t>{xml}</w:t></w:r>"


def html(planted: str) -> bytes:
    return CLEAN_HTML.replace("Will it help?", planted).encode()


CLEAN = {
    "md": b"# Monday\n\nI said I will ask. In May, perhaps. The price is high.",
    "json": json.dumps([{"title": "Lunch", "date": "2026-11-21", "body": "Will it help? It may."}]).encode(),
    "jsonl": b'{"title": "Lunch"}\n{"title": "Dinner"}\n',
    "html": CLEAN_HTML.encode(),
    "pdf": pdf("I said I will ask."),
    "docx": docx(),
}

WIDE = '<?xml version="1.0" encoding="utf-16"?><x>Maria</x>'.encode("utf-16")
PLANTED = {
    "md: plain": ("md", NAME.encode()),
    "md: NFD": ("md", unicodedata.normalize("NFD", NAME).encode()),
    "md: upper case": ("md", b"MARIA"),
    "md: percent": ("md", b"see %4D%61%72%69%61 there"),
    "md: percent twice": ("md", b"see %254Daria there"),
    "md: entity": ("md", b"see &#77;aria there"),
    "md: base64": ("md", b"key " + base64.b64encode(b"Maria")),
    "md: base64 of all": ("md", b"key " + base64.b64encode(NAME.encode())),
    "md: base64 for URLs": ("md", b"key " + base64.urlsafe_b64encode("王小明".encode())),
    "md: hexadecimal": ("md", b"key " + b"Maria".hex().encode()),
    "md: quoted-printable": ("md", b"from Kalni=C5=86a"),
    "md: word by case": ("md", b"I met Will there."),
    "md: another script": ("md", "和王小明说".encode()),
    "md: two bytes a letter": ("md", "Maria".encode("utf-16")),
    "md: path": ("md", b"kept in /home/me/journal/x"),
    "md: file name": ("md", b"from 2026-11-21-0815-K7M2Q9XR4T.md"),
    "md: address": ("md", b"write to somebody@corp.example"),
    "md: in a comment": ("md", b"<!-- Maria -->"),
    "json: value": ("json", json.dumps({"a": NAME}).encode()),
    "json: \\u": ("json", b'{"a": "\\u004d\\u0061\\u0072\\u0069\\u0061"}'),
    "json: key": ("json", b'{"Maria": 1}'),
    "json: first of two": ("json", b'{"a": "Maria", "a": "fine"}'),
    "json: JSON in JSON": ("json", json.dumps({"a": json.dumps("Mari\u0101 Kalni\u0146a")}).encode()),
    "jsonl: second row": ("jsonl", b'{"a": "fine"}\n{"a": "\\u004daria"}\n'),
    "html: text": ("html", html(NAME)),
    "html: across tags": ("html", html("Ma<b>ri</b>a")),
    "html: entities": ("html", html("&#77;&#x61;ria")),
    "html: attribute": ("html", html('<i title="Maria">x</i>')),
    "html: data attribute": ("html", html('<i data-x="Maria">x</i>')),
    "html: link": ("html", html('<a href="https://x.example/%4Daria">x</a>')),
    "html: comment": ("html", html("<!-- Maria -->")),
    "html: style": ("html", html("<style>p::before{content:'\\4d aria'}</style>")),
    "html: script": ("html", html("<script>x='\\x4daria'</script>")),
    "html: data script": ("html", html('<script type="application/json">{"a":"\\u004daria"}</script>')),
    "html: unclosed script": ("html", html("<script>var Maria")),
    "html: data link": ("html", html(f'<a href="data:text/plain;base64,{PACKED}">x</a>')),
    "html: declaration": ("html", html("<!Maria>")),
    "html: id": ("html", html('<p id="maria">x</p>')),
    "pdf: text by its map": ("pdf", pdf(f"I met {NAME} there.")),
    "pdf: letters apart": ("pdf", pdf("I met Ma ria there.")),
    "pdf: standard font": ("pdf", pdf("I met Maria there.", named=True)),
    "pdf: no map": ("pdf", pdf("Fine words.", mapped=False)),
    "pdf: info": ("pdf", pdf(info=NAME)),
    "pdf: XMP": ("pdf", pdf(xmp=NAME)),
    "pdf: outline": ("pdf", pdf(outline=NAME)),
    "pdf: attachment": ("pdf", pdf(attached=NAME.encode())),
    "pdf: attached archive": ("pdf", pdf(attached=docx(word__document_DOT_xml=paragraph(run("Maria"))))),
    "pdf: annotation": ("pdf", pdf(note=NAME)),
    "pdf: object that nothing uses": ("pdf", pdf(unused="Maria")),
    "pdf: comment": ("pdf", pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%Maria was here\n", 1)),
    "pdf: earlier version": ("pdf", pdf() + pdf()),
    "pdf: something behind": ("pdf", pdf() + b"\n% Maria\n"),
    "docx: text": ("docx", docx(word__document_DOT_xml=paragraph(run("Maria")))),
    "docx: across runs": ("docx", docx(word__document_DOT_xml=paragraph(run("Ma") + run("ri") + run("a")))),
    "docx: entity": ("docx", docx(word__document_DOT_xml=paragraph(run("&#77;aria")))),
    "docx: attribute": ("docx", docx(word__document_DOT_xml=paragraph('<x descr="Maria"/>'))),
    "docx: properties": ("docx", docx(docProps__core_DOT_xml="<p><creator>Maria</creator></p>")),
    "docx: link": ("docx", docx(word__rels_DOT_rels='<r><Relationship Target="https://x.example/maria"/></r>')),
    "docx: comments": ("docx", docx(word__comments_DOT_xml=paragraph(run("Maria")))),
    "docx: XML comment": ("docx", docx(word__x_DOT_xml="<x><!-- Maria --></x>")),
    "docx: member name": ("docx", docx(word__Maria_DOT_xml="<x/>")),
    "docx: archive comment": ("docx", docx(comment="Maria")),
    "docx: picture": ("docx", docx(word__a_DOT_png=b"\x89PNG\x00tEXtAuthor\x00Maria\x00\x00")),
    "docx: archive inside": ("docx", docx(word__a_DOT_bin=docx(word__document_DOT_xml=paragraph(run("Maria"))))),
    "docx: other text": ("docx", docx(word__a_DOT_txt="Maria")),
    "docx: two bytes a letter": ("docx", docx(word__a_DOT_xml=WIDE)),
}  # fmt: skip


def bomb() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 3_000_000)
    return buffer.getvalue()


SHUT = {
    "a form that nobody knows": ("odt", b"fine"),
    "md: no text": ("md", b"\xff\xfe\xfd\x00\xd8"),
    "json: broken": ("json", b'{"a": '),
    "json: too deep": ("json", b"[" * 100_000),
    "jsonl: broken row": ("jsonl", b'{"a": 1}\n{'),
    "pdf: not one": ("pdf", b"fine"),
    "pdf: cut off": ("pdf", pdf()[:400] + b"%%EOF"),
    "docx: not one": ("docx", b"fine"),
    "docx: cut off": ("docx", docx()[:200]),
    "docx: something before it": ("docx", b"fine" + docx()),
    "docx: entities of its own": ("docx", docx(word__a_DOT_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')),
    "docx: broken XML": ("docx", docx(word__a_DOT_xml="<x>")),
}
