"""The review and the agenda as pages: nothing from elsewhere, nothing obeyed, every picture said in words too."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from allyjournal.dates import Period, month_of, week_of, year_of
from allyjournal.journal.entry import Entry
from allyjournal.practice.agenda import agenda
from allyjournal.practice.material import Frame, material_of
from allyjournal.practice.review import review
from allyjournal.sharing.formats import agenda_html, pages, review_html
from tests.support import SATURDAY, Home

TODAY = date(2026, 11, 21)
HOSTILE = "<script>alert(1)</script>\"' onload=x {{ 7*7 }} {% raw %} </style> </title> http://example.org/x.png"


def entry(number: int, **changed: Any) -> Entry:
    day = TODAY - timedelta(days=number)
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(Entry(id=f"k{number:05}2qaa", date=day, created=moment, path=f"entries/{number}.md"), **changed)


def page_of(period: Period, entries: list[Entry], title: str = "Deep curiosity") -> str:
    frame = Frame(period, TODAY, {"deep": title, "other": "Other"}, {}, {"p.one": "what"})
    return review_html.render(review(material_of(entries, period, TODAY), frame)).decode()


def journal(words: str = "It went well.", title: str = "A title") -> list[Entry]:
    body = (
        f"## Asked {title}?\n\n{words} #hiring @sam\n\n- [x] {words} [id:: kept01] [due:: 2026-11-20] "
        f"[completion:: 2026-11-20] [reach:: everyday]\n- [ ] {words} [id:: late01] [due:: 2026-11-20]\n"
    )
    more = {"prompts": ("p.one",), "asked": (f"Asked {title}?",), "practices": ("deep",), "title": title}
    return [entry(number, body=body, starred=True, **more) for number in range(414, -1, -9)]


PAGES = {
    "week": lambda *words: page_of(week_of(TODAY), journal(*words), *words[1:]),
    "month": lambda *words: page_of(month_of(TODAY), journal(*words), *words[1:]),
    "year": lambda *words: page_of(year_of(TODAY), journal(*words), *words[1:]),
    "years": lambda *words: page_of(Period(), journal(*words), *words[1:]),
    "nothing": lambda *words: page_of(year_of(TODAY), []),
    "agenda": lambda *words: agenda_html.render(
        agenda(journal(*words), TODAY, {"deep": [*words, "x", "x"][1]}, "What do you want to ask?")
    ).decode(),
}


class Reader(HTMLParser):
    """What a browser would take from a page: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        self.words += "" if self._style else data
        self._style = False

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched_or_run_and_the_style_is_the_one_that_is_named(name: str) -> None:
    page = PAGES[name](HOSTILE, HOSTILE)
    found = Reader(page)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(each["content"] for each in found.named("meta") if each.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not {"script", "img", "link", "iframe", "object", "a", "form", "base"} & {tag for tag, _ in found.tags}
    attributes = {key: value for _, attrs in found.tags for key, value in attrs.items()}
    assert not [key for key in attributes if key in ("style", "src", "href") or key.startswith("on")]
    assert "url(" not in style[1] and "@import" not in style[1]
    assert "49" not in found.words or "{{ 7*7 }}" in found.words


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_has_a_title_and_a_description_and_its_figures_in_a_table(name: str) -> None:
    page = PAGES[name]()
    found = Reader(page)
    pictures = found.named("svg")
    ids = [each["id"] for _, each in found.tags if each.get("id")]
    assert len(ids) == len(set(ids))
    for each in pictures:
        assert each["role"] == "img"
        for label in (each["aria-labelledby"] or "").split():
            text = re.search(rf'id="{label}">([^<]+)<', page)
            assert text and len(text[1]) > 3
    assert name not in ("month", "year") or len(pictures) >= 4
    assert not pictures or page.count("<details>") >= 2
    assert [attrs for attrs in found.named("th") if attrs.get("scope") not in ("col", "row")] == []
    (html,) = found.named("html")
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert html["lang"] == "en" and levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_words_of_a_page_are_those_that_were_written() -> None:
    found = Reader(PAGES["week"](HOSTILE, HOSTILE)).words
    assert " ".join(HOSTILE.split()) in " ".join(found.split())


def test_control_characters_become_marks() -> None:
    page = PAGES["week"]("a\x00b\x1b[31mc\x9bd", "T\x07itle\x1b")
    assert not set(page) & {chr(code) for code in (*range(9), *range(14, 32), *range(127, 160))}
    assert page.count("T\ufffditle") > 3


def test_both_schemes_and_paper_have_contrast_enough_to_read() -> None:
    style = (pages.TEMPLATES / "page.css").read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", each)) for each in re.findall(r":root \{(.*?)\}", style, re.S)
    ]
    assert len(schemes) == 3
    for colours in schemes:
        for ink in ("ink", "quiet", "accent", "late"):
            assert contrast(colours[ink], colours["page"]) >= 4.5, (ink, colours)
        shades = [contrast(colours[f"heat{number}"], colours["page"]) for number in range(5)]
        assert shades == sorted(shades) and shades[4] > 4.5


def contrast(first: str, second: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    lights = sorted(map(_light, (first, second)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.fixture
def diary(home: Home) -> Home:
    """A home with an entry for others to see, one that is private, and one with a hidden passage."""
    home.ok("note", "--title", "Open", stdin="Seen #seen @sam\n\n- [ ] Plain [due:: 2026-11-26]", at=SATURDAY)
    home.put(
        "entries/2026/11/own.md",
        "---\ndate: 2026-11-20\ntitle: Canary title\nprivate: true\nstarred: true\nfor-coach: true\n---\n"
        "#canarytag @canaryperson\n\n- [ ] Canary promise [due:: 2026-11-25]\n",
    )
    home.put(
        "entries/2026/11/half.md", "---\ndate: 2026-11-19\n---\nShown %%#canarytag - [ ] Canary [due:: 2026-11-25]%%\n"
    )
    return home


def test_what_is_private_or_hidden_leaves_in_no_format_unless_it_is_asked_for(diary: Home) -> None:
    for command in ("review", "agenda"):
        for form in ("html", "md", "json"):
            done = diary.run(command, "--format", form, at=SATURDAY)
            assert "canary" not in done.stdout.casefold() and "Plain" in done.stdout + "Plain" * (form == "json")
            assert "1 private entry" in done.stderr
            everything = diary.ok(command, "--format", form, "--include-private", at=SATURDAY).casefold()
            assert "canary" in everything and "%%" not in everything
    diary.ok("review", "--save", at=SATURDAY)
    assert "canary" not in diary.ok("show", "last", at=SATURDAY).casefold(), "a kept review may be exported one day"


def test_a_page_is_written_to_a_file_and_never_over_another(diary: Home) -> None:
    for command in ("review", "agenda"):
        page = diary.folder / f"{command}.html"
        diary.ok(command, "-o", str(page), at=SATURDAY)
        assert page.read_bytes().startswith(b"<!DOCTYPE html>") and page.stat().st_mode & 0o777 == 0o600
        assert diary.run(command, "-o", str(page), at=SATURDAY).returncode == 3
        diary.ok(command, "-o", str(page), "--force", at=SATURDAY)
        assert diary.run(command, "--format", "text", "-o", "x", at=SATURDAY).returncode == 2
