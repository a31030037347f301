"""A document as python-docx writes it, in Word's own styles for headings, lists, quotes and tables."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from docx import Document as new_document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from allyjournal.sharing.document import MARKS, Chart, Document, Page, Part, Promise
from allyjournal.sharing.markup import SIGNS, Node, parse, parse_line

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

QUIET, ACCENT = RGBColor(0x59, 0x59, 0x59), RGBColor(0x0A, 0x5A, 0x57)
INK = RGBColor(0x1F, 0x1F, 0x1F)
DEEPEST_LIST, DEEPEST_HEADING = 3, 9
MONOSPACE, SIGNS_FONT = "Courier New", "DejaVu Sans"


class Look(NamedTuple):
    """How a piece of a line looks."""

    strong: bool = False
    em: bool = False
    strike: bool = False


def write(document: Document, day: datetime) -> bytes:
    """The document as the bytes of a Word file whose properties are blank and as old as `day`."""
    word = new_document()
    _blank(word, day)
    _style(word)
    writer = _Writer(word, links=document.share is None)
    writer.document(document)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


class _Writer:
    """Writes at the end of one Word document."""

    def __init__(self, word: "Word", links: bool) -> None:
        self.word, self.links = word, links

    def document(self, document: Document) -> None:
        """All of it."""
        self.word.add_paragraph(document.title, "Title")
        self._quiet(self.word.add_paragraph(), document.about)
        if document.note:
            self._quiet(self.word.add_paragraph(), document.note)
        if document.charts:
            self.word.add_heading("At a glance", 1)
        for chart in document.charts:
            self._chart(chart)
        for page in document.pages:
            self._page(page)
        if not document.pages:
            self.word.add_paragraph("There are no entries here.")

    def _chart(self, chart: Chart) -> None:
        self.word.add_heading(chart.title, 2)
        rows = [(chart.of, "Count"), *((label, str(count)) for label, count in chart.rows)]
        table = self._table(len(rows), 2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].add_run(text).bold = row is table.rows[0] or texts is rows[0]

    def _page(self, page: Page) -> None:
        self.word.add_heading(page.title if self.links else f"{page.ref} {page.title}", 1)
        about = self.word.add_paragraph()
        about.paragraph_format.keep_with_next = True
        self._quiet(about, page.about)
        for part in page.parts:
            self._part(part)

    def _part(self, part: Part) -> None:
        if part.asked:
            self.word.add_heading(part.asked if self.links else f"{part.ref} {part.asked}", 2)
        self._blocks(parse(part.text, self.links), above=2 if part.asked else 1)
        for each in part.commitments:
            self._promise(each)

    def _promise(self, each: Promise) -> None:
        paragraph = self.word.add_paragraph(style="List")
        _sign(paragraph, MARKS[each.status])
        self._line(paragraph, parse_line(each.text, self.links))
        self._quiet(paragraph, f" — {each.said}")
        for outcome in each.outcomes:
            self._line(self.word.add_paragraph(style="List Bullet 2"), parse_line(outcome, self.links))

    def _quiet(self, paragraph: "Paragraph", text: str) -> None:
        run = paragraph.add_run(text)
        run.font.color.rgb, run.font.size = QUIET, Pt(9.5)

    def _blocks(self, nodes: tuple[Node, ...], above: int, style: str = "", depth: int = 0) -> None:
        """Blocks in a row; `style` is that of the paragraphs of a list or a quote, `depth` how deep in lists."""
        for node in nodes:
            if node.kind == "heading":
                paragraph = self.word.add_heading("", min(above + node.level, DEEPEST_HEADING))
                self._line(paragraph, node.children)
            elif node.kind == "list":
                self._list(node, above, min(depth + 1, DEEPEST_LIST))
            elif node.kind == "quote":
                self._blocks(node.children, above, "Quote", depth)
            elif node.kind == "table":
                self._rows(node)
            elif node.kind == "code":
                self._code(self.word.add_paragraph(style="macro"), node)
            elif node.kind == "rule":
                self.word.add_paragraph("* * *", style or None)
            else:
                self._line(self.word.add_paragraph(style=style or None), node.children)

    def _list(self, node: Node, above: int, depth: int) -> None:
        level = "" if depth == 1 else f" {depth}"
        number = self._numbering(node.level, level) if node.text == "ordered" else None
        for item in node.children:
            first, rest = item.children[:1], item.children[1:]
            is_line = bool(first) and first[0].kind in ("paragraph", "tight")
            is_task = is_line and first[0].children[:1] != () and first[0].children[0].kind == "task"
            name = "List" if is_task else "List Number" if number is not None else "List Bullet"
            paragraph = self.word.add_paragraph(style=name + level)
            if number is not None and not is_task:
                _numbered(paragraph, number)
            self._line(paragraph, first[0].children if is_line else ())
            self._blocks(rest if is_line else item.children, above, f"List Continue{level}", depth)

    def _numbering(self, start: int, level: str) -> int:
        """A list of its own that counts from `start`, made of the style's."""
        numbering: Any = self.word.part.numbering_part.element
        style: Any = self.word.styles[f"List Number{level}"].element
        of_style = numbering.num_having_numId(style.pPr.numPr.numId.val)
        made = numbering.add_num(of_style.abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(made.numId)

    def _rows(self, node: Node) -> None:
        width = max(len(row.children) for row in node.children)
        table = self._table(len(node.children), width)
        for row, cells in zip(node.children, table.rows, strict=True):
            for cell, place in zip(row.children, cells.cells, strict=False):
                self._line(place.paragraphs[0], cell.children, Look(strong=cell.text == "head"))

    def _table(self, rows: int, columns: int) -> Any:
        """A table whose first row says what the columns are, on each page again."""
        table = self.word.add_table(rows, columns, "Table Grid")
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.word.add_paragraph(style="No Spacing")
        return table

    def _code(self, paragraph: "Paragraph", node: Node) -> None:
        paragraph.add_run(node.text).font.name = MONOSPACE

    def _line(self, paragraph: "Paragraph", nodes: tuple[Node, ...], look: Look = Look()) -> None:  # noqa: B008
        for node in nodes:
            if node.kind in ("strong", "em", "strike"):
                self._line(paragraph, node.children, look._replace(**{node.kind: True}))
            elif node.kind == "link":
                self._link(paragraph, node, look)
            elif node.kind == "break":
                paragraph.add_run().add_break()
            elif node.kind == "task":
                _sign(paragraph, SIGNS[node.text])
            elif node.kind == "code":
                self._code(paragraph, node)
            else:
                _looking(paragraph.add_run(node.text), look)

    def _link(self, paragraph: "Paragraph", node: Node, look: Look) -> None:
        """The words of a link, with where they lead to as a relation of the document."""
        before = len(paragraph._p)
        self._line(paragraph, node.children, look)
        link = OxmlElement("w:hyperlink")
        target = paragraph.part.relate_to(node.text, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        for run in list(paragraph._p)[before:]:
            link.append(run)
        paragraph._p.append(link)
        for hyperlink in paragraph.hyperlinks[-1:]:
            for each in hyperlink.runs:
                each.font.color.rgb, each.font.underline = ACCENT, True


def _sign(paragraph: "Paragraph", sign: str) -> None:
    """A box, in a font that has it as a sign: LibreOffice would take a coloured picture, and lose it in a PDF."""
    fonts: Any = paragraph.add_run(f"{sign}\t")._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), SIGNS_FONT)


def _looking(run: "Run", look: Look) -> None:
    run.bold, run.italic, run.font.strike = look.strong or None, look.em or None, look.strike or None


def _numbered(paragraph: "Paragraph", number: int) -> None:
    properties: Any = paragraph._p.get_or_add_pPr()
    numbers = properties.get_or_add_numPr()
    numbers.get_or_add_ilvl().val = 0
    numbers.get_or_add_numId().val = number


def _blank(word: "Word", day: datetime) -> None:
    """Nothing of who made it, when, and with what; and not the template's picture."""
    properties = word.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "language"):
        setattr(properties, name, "")
    for name in ("last_modified_by", "subject", "title", "version"):
        setattr(properties, name, "")
    properties.created = properties.modified = properties.last_printed = day
    properties.revision = 1
    relations: Any = word.part.package.rels
    for name in [name for name, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        relations.pop(name)


def _style(word: "Word") -> None:
    styles: Any = word.styles
    for level in range(1, DEEPEST_HEADING + 1):
        styles[f"Heading {level}"].font.color.rgb = ACCENT if level == 2 else INK
    for name in ("Title", "Quote"):
        styles[name].font.color.rgb = INK
    styles["macro"].paragraph_format.space_after = Pt(8)
