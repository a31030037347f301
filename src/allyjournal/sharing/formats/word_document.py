"""Entries as a Word document with real headings, lists, quotes and tables.

python-docx writes it; without that, pandoc makes one of our HTML, if it is on the machine. Its properties are
blank and its dates fixed, so that the same entries give the same bytes.
"""

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.util import find_spec

from allyjournal.errors import AllyError
from allyjournal.journal.entry import Entry
from allyjournal.packs.model import Pack, practice_titles
from allyjournal.sharing.document import Document, own
from allyjournal.sharing.formats import Say, html_page, quiet
from allyjournal.sharing.formats.extras import install, needed

SUFFIX = ".docx"
IS_TEXT = False
# The earliest day that a zip archive knows.
FIXED = datetime(1980, 1, 1)  # noqa: DTZ001  properties of a document have no zone
EPOCH = "315532800"
SECONDS = 120
# Not --sandbox: with it pandoc 2.17 does not find its own files. Our HTML names no file and no address to fetch.
PANDOC = ("--from=html", "--to=docx", "--output=-")


def render(entries: Sequence[Entry], packs: Mapping[str, Pack], say: Say = quiet) -> bytes:
    """A Word document for oneself."""
    return _written(own(entries, practice_titles(packs)), say)


def render_share(document: Document, say: Say = quiet) -> bytes:
    """A Word document for someone else: links are text."""
    return _written(document, say)


def _written(document: Document, say: Say) -> bytes:
    pandoc = None if find_spec("docx") else shutil.which("pandoc")
    if pandoc:
        say("python-docx is not installed, so pandoc wrote this document.")
        return fixed(_by_pandoc(document, pandoc))
    needed("docx", "docx", "Or install pandoc, or take --format html.")
    from allyjournal.sharing.formats import word_writer  # noqa: PLC0415  it imports python-docx

    return fixed(word_writer.write(document, FIXED))


def _by_pandoc(document: Document, pandoc: str) -> bytes:
    """The document by way of HTML. Raises AllyError when pandoc fails; what it says stays with it."""
    page = html_page.page(document, "plain.html")
    clock = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    words = [pandoc, *PANDOC]
    try:
        done = subprocess.run(words, input=page, capture_output=True, timeout=SECONDS, env=clock, check=True)
    except (OSError, subprocess.SubprocessError):
        raise AllyError(f"Nothing was written: pandoc failed; `{install('docx')}` does without.") from None
    return bytes(done.stdout)


def fixed(data: bytes) -> bytes:
    """The same document, its parts in order and all of one time, without the picture of somebody's first page."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            new.writestr(part, _blank(name, old.read(name)))
    return out.getvalue()


def _blank(name: str, data: bytes) -> bytes:
    """A part as it leaves: the properties that the template's program left behind say nothing."""
    properties = {"docProps/app.xml": b"extended-properties", "docProps/custom.xml": b"custom-properties"}
    if name in properties:
        space = b"http://schemas.openxmlformats.org/officeDocument/2006/" + properties[name]
        return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="' + space + b'"/>'
    return data
