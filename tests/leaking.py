"""Entries in which a name hides, redacted and rendered, and what a reader of the finished file finds of it.

The files are read here by other means than the gate's: nothing of `allyjournal.sharing.gate` is used.
"""

import html
import json
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import NamedTuple

from allyjournal.journal.entry import Entry
from allyjournal.sharing.names import names_of
from allyjournal.sharing.pseudonyms import Pseudonyms, assigned
from allyjournal.sharing.redacted import Redacted, redacted, with_mentioned
from allyjournal.sharing.wording import Rules, rules
from tests.disguises import DISGUISES, NAMES, PLACES, Name, bare, reads_as_a_word, slug, survives

MOMENT = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)
# What the sentences around the names are made of.
KNOWN = frozenset(re.findall(r"[a-z]+", " ".join(text for place in PLACES.values() for text in place.values()).lower()))


class Case(NamedTuple):
    """A form of a name, and an entry with it in one place."""

    name: Name
    disguise: str
    place: str
    form: str
    entry: Entry


def cases(name: Name) -> Iterator[Case]:
    """Every disguise of the name in every place; also as a tag and a person."""
    for disguise, make in DISGUISES.items():
        for form in make(name):
            for place, fields in PLACES.items():
                texts = {key: text.replace("{}", form) for key, text in fields.items()}
                asked = (" ".join(texts.pop("asked").split()),) if "asked" in texts else ()
                body = texts.pop("body")
                body = f"## {asked[0]}\n\nwords" if asked else body
                yield Case(name, disguise, place, form, entry_of(body, asked=asked, **texts))
            if disguise in ("hashtag", "handle"):
                key = {"hashtag": "tags", "handle": "people"}[disguise]
                yield Case(name, disguise, key, form, entry_of("words", **{key: (form[1:],)}))


def entry_of(body: str, **fields: object) -> Entry:
    """An entry of ours."""
    return Entry(id="k7m2q9xr4t", date=date(2026, 11, 21), created=MOMENT, body=body, **fields)  # type: ignore[arg-type]


def rules_of(people: Sequence[Name], entries: Sequence[Entry] = (), seed: int = 6) -> Rules:
    """The rules for a register of these people."""
    register = with_mentioned({slug(each): {"names": [each.full]} for each in people}, entries)
    pseudonyms = assigned(Pseudonyms({}), "coach", register, register, names_of(register), random.Random(seed).choice)
    return rules(register, pseudonyms.of("coach"), {}, KNOWN)


def said(entry: Entry) -> str:
    """Everything of an entry that any format shows."""
    texts = (
        entry.title,
        entry.body,
        entry.kind,
        *entry.asked,
        *entry.tags,
        *entry.people,
        entry.exercise,
        entry.next_step,
    )
    return "\n\n".join(text for text in texts if text)


def survivor(case: Case, after: Entry) -> str:
    """ "" if nothing is left of the form, "word" if what is left reads as an ordinary word, else "name"."""
    if not survives(case.form, said(after)):
        return ""
    return "word" if reads_as_a_word(case.form) else "name"


def read(data: bytes, form: str) -> str:
    """What a person finds in a file who opens it and looks everywhere."""
    if form in ("md", "json", "jsonl"):
        text = data.decode()
        rows = [text] if form == "json" else text.splitlines() if form == "jsonl" else []
        return "\n\n".join([text, *(_strings(json.loads(row)) for row in rows if row)])
    if form == "html":
        text = re.sub(r"<(script|style)\b.*?</\1>", "", data.decode(), flags=re.S)
        return html.unescape(re.sub(r"</?(?:b|i|em|strong|code|a|span|del|sup)\b[^>]*>", "", text)).replace("<", "\n<")
    if form == "docx":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
        return html.unescape(re.sub(r"<[^>]*>", "", "\n\n".join(parts).replace("</w:p>", "\n")))
    if form == "pdf":
        from pypdf import PdfReader

        reader = PdfReader(BytesIO(data))
        return "\n\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    raise AssertionError(f"nobody reads {form}")


def _strings(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}\n{_strings(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "\n".join(_strings(each) for each in value)
    return value if isinstance(value, str) else ""


def left_in(data: bytes, form: str, forms: Sequence[str]) -> list[str]:
    """The forms that can be read in a finished file, but for those that are ordinary words."""
    text = bare(read(data, form))
    return [each for each in forms if bare(each).strip(" '.,") not in _WORDLIKE and survives_in(each, text)]


def survives_in(form: str, bared: str) -> bool:
    """As `survives`, for a text that is bare already."""
    found = bare(form).strip(" '.,")
    return bool(found) and found in bared and bool(re.search(rf"(?<![^\W_]){re.escape(found)}(?![^\W_])", bared))


_WORDLIKE = frozenset(bare(each) for name in NAMES for each in name.alone if reads_as_a_word(each.lower()))


def redact(cases_: Sequence[Case], by: Rules) -> list[Redacted]:
    """Each case's entry as it leaves."""
    return [redacted(case.entry, by) for case in cases_]
