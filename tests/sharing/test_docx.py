"""The Word document: real headings, lists and tables, every word, the same each time, and nobody's name in it."""

import io
import subprocess
import sys
import zipfile
from collections import Counter

import pytest

from allyjournal.errors import AllyError
from allyjournal.sharing import formats
from allyjournal.sharing.formats import word_document
from tests.sharing.drawn import WORDS, Page, a_share, counted, entries, hostile_entries, word_parts

DOCX = formats.find("docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body_of(data: bytes) -> str:
    return "\n".join(
        "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        for paragraph in dict(word_parts(data))["word/document.xml"].iter(f"{W}p")
    )


def styles_of(data: bytes) -> Counter[str]:
    return Counter(str(each.get(f"{W}val")) for each in dict(word_parts(data))["word/document.xml"].iter(f"{W}pStyle"))


def test_every_word_is_there_once_and_the_same_entries_make_the_same_bytes() -> None:
    for data, again in (
        (DOCX.render(entries(), {}), DOCX.render(entries(), {})),
        (DOCX.render_share(a_share()), DOCX.render_share(a_share())),
    ):
        assert data == again
        assert counted(body_of(data)) == dict.fromkeys(WORDS, 1)
        assert "Zoë" in body_of(data) and "☐" in body_of(data)


def test_headings_lists_quotes_and_tables_are_what_word_calls_them() -> None:
    data = DOCX.render_share(a_share())
    styles = styles_of(data)
    assert (styles["Title"], styles["Heading2"]) == (1, 4)
    assert styles["Heading1"] == 3 and styles["Heading3"] == 1, "at a glance, two entries; the writer's own heading"
    assert {"ListBullet", "ListBullet2", "ListNumber", "Quote", "List"} <= set(styles)
    whole = dict(word_parts(data))
    assert len(list(whole["word/document.xml"].iter(f"{W}tbl"))) == len(
        list(whole["word/document.xml"].iter(f"{W}tblHeader"))
    )
    starts = [each.get(f"{W}val") for each in whole["word/numbering.xml"].iter(f"{W}startOverride")]
    assert starts == ["3"], "the list counts from where the writer's did"


def test_its_properties_name_nobody_no_moment_and_no_program() -> None:
    data = DOCX.render_share(a_share())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    parts = dict(word_parts(data))
    texts = [each.text for each in parts["docProps/core.xml"].iter() if (each.text or "").strip()]
    assert set(texts) <= {"1", "1980-01-01T00:00:00Z"}
    assert not [each for each in parts["docProps/app.xml"].iter() if (each.text or "").strip()]


def test_links_lead_on_for_oneself_and_are_text_for_a_coach() -> None:
    def outside(data: bytes) -> list[str | None]:
        return [
            each.get("Target")
            for name, part in word_parts(data)
            if name.endswith(".rels")
            for each in part
            if each.get("TargetMode") == "External"
        ]

    assert outside(DOCX.render(entries(), {})) == ["https://example.org/a?b=c&d"]
    assert outside(DOCX.render_share(a_share())) == []


def test_hostile_words_are_words() -> None:
    data = DOCX.render_share(a_share(hostile_entries()))
    quiet = {each.tag for _, part in word_parts(DOCX.render_share(a_share())) for each in part.iter()}
    assert {each.tag for _, part in word_parts(data) for each in part.iter()} <= quiet
    text = body_of(data)
    for words in (
        "<script>alert(1)</script>",
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        "<w:p/>",
        "{{ 7*7 }}",
        "deeper",
    ):
        assert words in text, "it is there to be read"
    assert "root:" not in text


def test_without_python_docx_pandoc_is_asked_and_without_both_one_command_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(word_document, "find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.setattr(word_document.shutil, "which", lambda _: None)
    with pytest.raises(AllyError, match=r"pip install 'allyjournal\[docx\]'.*pandoc"):
        DOCX.render(entries(), {})
    monkeypatch.setattr(word_document.shutil, "which", lambda _: "/usr/bin/pandoc")
    given: list[tuple[list[str], bytes]] = []

    def pandoc(words: list[str], *, input: bytes, **_: object) -> subprocess.CompletedProcess[bytes]:
        given.append((words, input))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        return subprocess.CompletedProcess(words, 0, out.getvalue())

    monkeypatch.setattr(word_document.subprocess, "run", pandoc)
    said: list[str] = []
    assert zipfile.is_zipfile(io.BytesIO(DOCX.render_share(a_share(), said.append)))
    ((words, page),) = given
    assert "--to=docx" in words and counted(page.decode()) == dict.fromkeys(WORDS, 1)
    assert not Page(page).all("script", "style", "link", "img", "iframe", "object", "textarea") and "pandoc" in said[0]
    monkeypatch.setattr(word_document.subprocess, "run", lambda *_, **__: exec("raise OSError"))
    with pytest.raises(AllyError, match="pandoc failed"):
        DOCX.render(entries(), {})
