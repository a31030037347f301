"""Entries to draw in every format, and what was drawn as the text that a reader gets."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from allyjournal.journal.entry import Entry
from allyjournal.sharing.document import Document, Share, shared

TITLES = {"deep-curiosity": "Deep curiosity"}
SHARE = Share("k7m2q9", "maria", "Maria")
MADE_ON = date(2026, 11, 21)
FIRST, SECOND = "Whose ideas get passed over?", "What will you do about it?"
# Each word stands once in an answer, and nowhere else.
WORDS = tuple(f"word{number:02}" for number in range(1, 29))
RICH = """{} *{}* **{}** ~~{}~~ `{}` Zoë {} café
{}

- {}
- {}
  - {}

3. {}
4. {}

> {}

- [ ] {}
- [x] {}

| {} | {} |
| --- | --- |
| {} | {} |

### {}

```
{}
```

[{}](https://example.org/a?b=c&d)
"""
PROMISED = """{}

- [ ] {} [due:: 2026-11-26] [id:: abc234] [reach:: conversation]
- [x] {} **{}** [due:: 2026-11-18] [completion:: 2026-11-18] [id:: abc235]
  - {}
"""
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>",
    "[click](javascript:alert(4)) [data](data:text/html,x) <javascript:alert(5)>",
    "[file](file:///etc/passwd) <a href='https://t.example' style='x'>a</a>",
    "![tracker](https://tracker.example/x.png) ![][r]\n\n[r]: https://tracker.example/y.png",
    "<style>body{display:none}</style></style></title></textarea></main>",
    '#import "/etc/passwd": x\n#eval("1") #read("/etc/passwd") $x$ *b* _i_ <label> @cite \\u{1F600}',
    "{{ 7*7 }} {% include 'x' %} {# no #} ${7*7} <%= 7 %>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e; &lt;b&gt; ]]> --> <w:p/>',
    "a\x00b\x07c\x1b[31md\x1b]8;;https://t.example\x07e\x7f\x9b\ud800\ufffe\u202egnp",
    "-->]]>\"'`><x onmouseover=alert(6) x='",
    "> " * 40 + "deep\n\n" + "- " * 40 + "deeper",
    "*a **b " * 300 + "[" * 6000,
    "```\nnever closed <script>alert(7)</script>",
)


def entry_of(number: int, body: str, **changed: Any) -> Entry:
    """One entry of November."""
    fields = {"date": date(2026, 11, number), "created": datetime(2026, 11, number, 9, 17, 31, tzinfo=UTC)}
    return Entry(id=f"k{number:09}", body=body, path=f"entries/2026/11/of-{number}.md", **fields | changed)


def entries() -> list[Entry]:
    """Two entries whose answers hold all of WORDS, with everything that Markdown has."""
    words = iter(WORDS)
    rich, promised = (text.format(*(next(words) for _ in range(text.count("{}")))) for text in (RICH, PROMISED))
    asked = {"asked": (FIRST, SECOND), "prompts": ("deep-curiosity.a", "deep-curiosity.b")}
    body = f"Before {next(words)}.\n\n## {FIRST}\n\n{rich}\n## {SECOND}\n\n{promised}"
    first = entry_of(16, body, title="Deep curiosity", kind="reflection", practices=("deep-curiosity",), **asked)
    return [first, entry_of(20, "A note.", title="A title & <more>", practices=("honest-listening",))]


def hostile_entries() -> list[Entry]:
    """An entry for each hostile text, in its words, title, prompt and commitment."""
    return [
        entry_of(
            number,
            f"{text}\n\n## {line}\n\n{text}\n\n- [ ] {line} [due:: 2026-11-26] [id:: abc234]\n  - {line}",
            title=line,
            asked=(line,),
            prompts=("a.b",),
            practices=(line,),
        )
        for number, text in enumerate(HOSTILE, 1)
        for line in [" ".join(text.split())[:500]]
    ]


def a_share(of: list[Entry] | None = None) -> Document:
    """The entries as a document for someone else."""
    return shared(entries() if of is None else of, TITLES, SHARE, MADE_ON)


class Page(HTMLParser):
    """An HTML page as its reader gets it: its tags, and the text that is neither style nor script."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All its text."""
        return " ".join(self.texts)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        """The attributes of each tag of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]


def pdf_text(data: bytes) -> str:
    """The text of all pages, through each font's own map of characters."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def word_parts(data: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    """Each XML part of a Word document, by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, ElementTree.fromstring(archive.read(name))


def unpacked(name: str, data: bytes) -> str:
    """Everything that the bytes of a format say, escapes, entities and compression undone."""
    if name == "pdf":
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(data))
        about = reader.trailer["/Root"]["/Metadata"].get_data().decode()
        return f"{pdf_text(data)}\n{reader.metadata}\n{reader.outline}\n{about}"
    if name == "docx":
        parts = [ElementTree.tostring(part, "unicode") for _, part in word_parts(data)]
        return unescape("\n".join([*parts, *("".join(part.itertext()) for _, part in word_parts(data))]))
    text = data.decode()
    if name in ("json", "jsonl"):
        return text + repr([json.loads(row) for row in ([text] if name == "json" else text.split("\n")) if row])
    return f"{text}\n{unescape(text)}\n{Page(data).text}" if name == "html" else text


def counted(text: str) -> dict[str, int]:
    """How often each of WORDS stands in a text."""
    return {word: text.count(word) for word in WORDS}
