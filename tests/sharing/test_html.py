"""The page that a coach opens: complete, inert whatever stands in it, and nothing in it but what was named."""

import base64
import hashlib
import itertools
import json
import re

from allyjournal.sharing import document, formats, markup
from allyjournal.sharing.formats.json_document import fingerprint
from allyjournal.sharing.schema import SharedEntry, ShareFile
from tests.sharing.drawn import HOSTILE, WORDS, Page, a_share, counted, entries, entry_of, hostile_entries, unpacked

HTML = formats.find("html")
# What a browser would fetch, run, follow or send by.
LIVE = ("src", "srcset", "style", "action", "formaction", "background", "poster", "srcdoc", "ping", "xlink:href")


def drawn() -> tuple[Page, Page]:
    """A page for oneself, and one for a coach."""
    return Page(HTML.render(entries(), {})), Page(HTML.render_share(a_share()))


def test_every_word_of_every_answer_is_there_once_for_oneself_and_for_a_coach() -> None:
    for page in drawn():
        assert counted(page.text) == dict.fromkeys(WORDS, 1)
        assert page.text.count("A title & <more>") == 2, "in the contents and over its entry"


def test_same_entries_same_bytes() -> None:
    assert HTML.render(entries(), {}) == HTML.render(entries(), {})
    assert HTML.render_share(a_share()) == HTML.render_share(a_share())


def test_what_the_words_mean_is_there_for_a_screen_reader() -> None:
    page = drawn()[1]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert {"nav", "main", "article", "blockquote", "ol", "ul", "strong", "em", "code", "pre"} <= {
        tag for tag, _ in page.tags
    }
    assert page.all("ol")[1] == {"start": "3"} and {"scope": "col"} in page.all("th")
    assert re.search(r"☐\s+To do:\s+word\d\d", page.text) and re.search(r"☑\s+Done:\s+word\d\d", page.text)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids)), "each id is there once"
    labels = {each["for"] for each in page.all("label")}
    assert {each["id"] for each in page.all("textarea", "input")} == labels
    assert {each["href"] for each in page.all("a")} <= {f"#{name}" for name in ids}
    assert all(each["role"] == "img" and "aria-labelledby" in each for each in page.all("svg"))


def test_each_answer_has_a_place_for_a_comment_and_an_export_has_none() -> None:
    own, shared = drawn()
    refs = [each.get("data-ref") for each in shared.all("textarea")]
    assert refs == ["1.1", "1.2", "1.3", "2.1", None]
    assert [place.ref for place in document.places(entries())] == refs[:4]
    assert [place.prompt for place in document.places(entries())] == [
        None,
        "deep-curiosity.a",
        "deep-curiosity.b",
        None,
    ]
    assert not own.all("textarea", "input", "button", "script")
    main = shared.all("main")[0]
    assert (main["data-share"], main["data-coach"]) == ("k7m2q9", "maria")
    assert main["data-content"] == fingerprint(a_share())


def test_another_word_is_another_document() -> None:
    other = a_share([*entries()[:1], entry_of(20, "A note!", title="A title & <more>")])
    assert fingerprint(other) != fingerprint(a_share())


def test_the_page_may_do_nothing_but_run_our_script_and_wear_our_style() -> None:
    for data, allowed in ((HTML.render(entries(), {}), 1), (HTML.render_share(a_share()), 2)):
        page = Page(data)
        policy = page.all("meta")[1]["content"] or ""
        assert page.all("meta")[1]["http-equiv"] == "Content-Security-Policy"
        assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
        sources = re.findall(rb"<(?:style|script)>(.*?)</(?:style|script)>", data, re.DOTALL)
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(each).digest()).decode()}'" for each in sources}
        assert set(re.findall("'sha256-[^']*'", policy)) == hashes and len(hashes) == allowed


def test_hostile_words_are_words() -> None:
    quiet = {tag for page in drawn() for tag, _ in page.tags}
    for data in (HTML.render(hostile_entries(), {}), HTML.render_share(a_share(hostile_entries()))):
        page = Page(data)
        assert {tag for tag, _ in page.tags} <= quiet, "no tag that our own pages have not"
        for _, attributes in page.tags:
            assert not [name for name in attributes if name in LIVE or name.startswith("on")]
        assert len(page.all("script")) == bool(page.all("textarea")) and len(page.all("style")) == 1
        links = {each["href"] for each in page.all("a") if not (each["href"] or "").startswith("#")}
        assert not links, "the hostile texts have no link that is fit"
        assert all(chr(code) not in data.decode() for code in (0, 7, 0x1B, 0x7F, 0x9B, 0xFFFE))
        for words in ("alert(1)", "onerror=alert(2)", "{{ 7*7 }}", "{% include 'x' %}", "&e;", '#read("/etc/passwd")'):
            assert words in page.text, "it is there to be read"
        assert "deeper" in page.text and "never closed" in page.text


def test_links_lead_on_for_oneself_and_are_text_for_a_coach() -> None:
    texts = "[a](https://example.org/x) [b](http://example.org) [c](mailto:a@example.org) [d](ftp://e.example) <https://f.example>"
    own, shared = (
        Page(HTML.render([entry_of(16, texts)], {})),
        Page(HTML.render_share(a_share([entry_of(16, texts)]))),
    )
    found = [each for each in own.all("a") if not (each["href"] or "").startswith("#")]
    assert [each["href"] for each in found] == [
        "https://example.org/x", "http://example.org", "mailto:a@example.org", "https://f.example",
    ]  # fmt: skip
    assert {each["rel"] for each in found} == {"noopener noreferrer"}
    assert all((each["href"] or "").startswith("#") for each in shared.all("a"))
    assert "example.org/x" not in HTML.render_share(a_share([entry_of(16, texts)])).decode()


def test_a_share_holds_no_time_no_path_and_no_id_of_the_journal_in_any_format() -> None:
    for name in formats.FORMATS:
        data = formats.find(name).render_share(a_share())
        said = unpacked(name, data)
        assert WORDS[0] in said, name
        for secret in ("09:17", "17:31", "entries/", ".md", "k000000016", "deep-curiosity", "abc234", "example.org"):
            assert secret not in said, (name, secret)
        if name in ("md", "json", "jsonl"):
            assert counted(data.decode()) == dict.fromkeys(WORDS, 1), name


def test_a_markdown_share_fetches_and_follows_nothing() -> None:
    reader = markup._reader()
    said = formats.find("md").render_share(a_share(hostile_entries())).decode()
    for token in reader.parse(said):
        for each in token.children or []:
            assert each.type not in ("image", "link_open", "html_inline"), each.content
    assert re.search(r"!\[|(?<!\\)<[A-Za-z/!?]|\]\(", said) is None
    assert said.count("\nComment on ") == len(document.places(hostile_entries())) + 1
    assert len(HOSTILE) == len(hostile_entries())


def test_what_no_reader_can_nest_or_read_in_time_stays_text() -> None:
    for text in ("> " * 40 + "deep", "[" * 6000, "- " * 30 + "x"):
        assert markup.words(markup.parse(text, links=True)) == text
    assert markup.parse(" \n", links=True) == ()


def test_a_share_in_json_is_what_its_schema_says() -> None:
    found = ShareFile.model_validate_json(formats.find("json").render_share(a_share()), strict=True)
    assert [each.ref for entry in found.entries for each in entry.answers] == ["1.1", "1.2", "1.3", "2.1"]
    rows = formats.find("jsonl").render_share(a_share()).splitlines()
    lines = [json.loads(row) for row in rows]
    assert [each.pop("share") for each in lines] == ["k7m2q9"] * 2
    assert [SharedEntry.model_validate(each) for each in lines] == found.entries
