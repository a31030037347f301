"""The PDF: every word in it, tagged, the same each time, and nothing that stands in an entry is read as code."""

import io
import sys

import pytest
from pypdf import PdfReader

from allyjournal.sharing import formats
from allyjournal.sharing.formats import pdf_document
from tests.sharing.drawn import WORDS, a_share, counted, entries, entry_of, hostile_entries, pdf_text
from tests.support import SATURDAY, Home

PDF = formats.find("pdf")


def test_every_word_is_there_once_and_the_same_entries_make_the_same_bytes() -> None:
    for data, again in (
        (PDF.render(entries(), {}), PDF.render(entries(), {})),
        (PDF.render_share(a_share()), PDF.render_share(a_share())),
    ):
        assert data == again
        assert counted(pdf_text(data)) == dict.fromkeys(WORDS, 1)
        assert "Zoë" in pdf_text(data) and "☐" in pdf_text(data) and "☑" in pdf_text(data)


def test_it_is_tagged_with_headings_lists_and_tables_and_says_what_it_is() -> None:
    said: list[str] = []
    reader = PdfReader(io.BytesIO(PDF.render_share(a_share(), said.append)))
    assert said == [] and b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    kinds: set[str] = set()

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        for each in node if isinstance(node, list) else [node] if isinstance(node, dict) else []:
            if isinstance(each, dict):
                kinds.add(str(each.get("/S")))
                walk(each.get("/K"))
            else:
                walk(each)

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/BlockQuote", "/TOC"} <= kinds
    assert [each.title for each in reader.outline if not isinstance(each, list)] == [
        "1 Deep curiosity", "2 A title & <more>",
    ]  # fmt: skip
    assert "1 / 1" in pdf_text(PDF.render([entry_of(16, "x")], {}))


def test_its_properties_name_nobody_and_no_moment() -> None:
    data = PDF.render_share(a_share())
    info = dict(PdfReader(io.BytesIO(data)).metadata or {})
    assert set(info) == {"/Title", "/Creator"} and str(info["/Creator"]).startswith("Typst")
    assert b"CreationDate" not in data and b"CreateDate" not in data and b"/tmp" not in data


def test_links_lead_on_for_oneself_and_are_text_for_a_coach() -> None:
    def targets(data: bytes) -> list[str]:
        notes = [each.get_object() for page in PdfReader(io.BytesIO(data)).pages for each in page.get("/Annots", [])]
        return [str(each["/A"]["/URI"]) for each in notes if "/URI" in each.get("/A", {})]

    assert targets(PDF.render(entries(), {})) == ["https://example.org/a?b=c&d"]
    assert targets(PDF.render_share(a_share())) == []


def test_hostile_words_are_words() -> None:
    data = PDF.render_share(a_share(hostile_entries()))
    text = "".join(pdf_text(data).split())
    for words in ("<script>alert(1)</script>", '#read("/etc/passwd")$x$*b*', "{{7*7}}", "&e;", "<javascript:alert(5)>"):
        assert words in text, "it is there to be read"
    assert "root:" not in text
    for name in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/URI", b"/OpenAction"):
        assert name not in data


def test_a_symbol_without_a_font_is_written_by_its_name_and_missing_letters_are_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_document, "IGNORE_SYSTEM_FONTS", True)
    text, said, is_tagged = drawn("A seed \U0001f331 and \U0001f469\u200d\U0001f4bb here.")
    assert "A seed [seedling] and [woman][personal computer] here." in " ".join(text.split())
    assert is_tagged and said == [
        "No font on this machine has these symbols, so they are written as their names: "
        "[seedling], [woman], [personal computer]."
    ]
    text, said, is_tagged = drawn("Her name is \u65e5\u672c, she says. \U0001f331")
    assert "she says" in text and not is_tagged
    assert "not PDF/UA-1" in said[-1] and "--format html" in said[-1]


def drawn(body: str) -> tuple[str, list[str], bool]:
    """The text of a PDF of one note, what was said of it, and whether it is PDF/UA."""
    said: list[str] = []
    data = PDF.render([entry_of(16, body)], {}, said.append)
    about = PdfReader(io.BytesIO(data)).trailer["/Root"]["/Metadata"].get_data()
    return pdf_text(data), said, b"pdfuaid" in about


def test_without_typst_nothing_is_written_and_one_command_is_named(home: Home) -> None:
    home.env["PYTHONPATH"] = ":".join(["hidden", *filter(None, sys.path)])
    home.ok("note", stdin="Words 🌱", at=SATURDAY)
    home.ok("export", "-o", "x.pdf", at=SATURDAY)
    assert "Words" in pdf_text((home.folder / "x.pdf").read_bytes())
    (home.folder / "hidden").mkdir()
    (home.folder / "hidden/typst.py").write_text("raise ImportError")
    done = home.run("export", "-o", "y.pdf", at=SATURDAY)
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'allyjournal[pdf]'" in done.stderr and "--format html" in done.stderr
    assert not (home.folder / "y.pdf").exists()
