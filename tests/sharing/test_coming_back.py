"""What a coach sends back: told from what was shared, inert, tied to its answer, and there once."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from allyjournal.errors import AllyError, NotWritten, Refused, UsageError
from allyjournal.journal import body, mentions
from allyjournal.journal.entry import Entry
from allyjournal.sharing import comments, feedback, inert, receipt_toml, receipts
from allyjournal.sharing.formats.html_page import render_share as page
from allyjournal.sharing.formats.markdown_share import comment_line, render_share
from allyjournal.sharing.receipt import Since, last_session, since_then, words_of
from tests.sharing.drawn import HOSTILE, Page
from tests.sharing.sharing_home import (
    MADE,
    NAMES,
    ONE,
    SHARE,
    THREE,
    TWO,
    WRITTEN,
    a_document,
    a_receipt,
    entry,
    journal_at,
    keep,
)

ENTRIES = {name: entry(name, *words) for name, words in WRITTEN.items()}
COMMENTED = comment_line("1.2", SHARE)


def reply(**changes: Any) -> bytes:
    """What the page saves, as `document.js` makes it out of the page itself."""
    main = Page(page(a_document())).all("main")[0]
    found = {
        "format": int(main["data-format"]),
        "share": main["data-share"],
        "content": main["data-content"],
        "coach": main["data-coach"],
        "answers": [{"ref": "1.2", "comment": "Alder's turn?"}, {"ref": "2.1", "comment": "Slower."}],
        "overall": "More of this, @heron.",
    }
    return json.dumps(found | changes).encode()


def taken_in(data: bytes, form: str = "html", existing: tuple[Entry, ...] = ()) -> list[Entry]:
    found, receipt = comments.of(data, "reply", [a_receipt(form)])
    pieces = feedback.pieces(found, receipt, NAMES, ENTRIES)
    new = Entry(id="n2b3c4d5e6", date=MADE.date(), created=MADE)
    return feedback.entries_of(pieces, receipt.name, existing, lambda: new)


def test_a_reply_becomes_one_entry_for_each_entry_that_it_is_about() -> None:
    first, second, overall = taken_in(reply())
    assert (first.kind, first.voice, first.title, first.reply_to) == ("feedback", "others", "From Maria", "a2b3c4d5e6")
    assert first.body == f"## {TWO}\n\n@priya's turn?"
    assert first.people == ("priya",)
    assert (second.reply_to, second.body) == ("b2b3c4d5e6", "Slower.")
    assert (overall.reply_to, overall.people) == (None, ("tom",))


def test_taken_in_again_only_what_is_new_is_added() -> None:
    there = tuple(taken_in(reply()))
    assert taken_in(reply(), existing=there) == []
    own = tuple(replace(each, kind="note") for each in there)
    assert len(taken_in(reply(), existing=own)) == 3, "the writer's own words are no feedback"
    more = [{"ref": "1.2", "comment": "Alder's turn?"}, {"ref": "1.1", "comment": "Slower."}]
    (added,) = taken_in(reply(answers=more), existing=there)
    assert added.body == f"## {ONE}\n\nSlower."
    shorter = [{"ref": "1.2", "comment": "Alder's"}]
    assert len(taken_in(reply(answers=shorter), existing=there)) == 1, "the beginning of a comment is another one"
    fenced = reply(answers=[{"ref": "1.1", "comment": "```\ncode"}, {"ref": "1.2", "comment": "after"}])
    (both, _) = taken_in(fenced)
    assert taken_in(fenced, existing=(both, *there)) == []


def test_an_edited_markdown_share_says_the_same_whatever_an_editor_did_to_its_lines() -> None:
    shared = render_share(a_document()).decode()
    said = "Alder's turn?\n\n## 2 More\n\n### 1.2 Not a prompt of yours\n\n- a list"
    text = shared.replace(COMMENTED, f"{COMMENTED} {said}")
    text = f"Hello!\n\n{text}\nYours, M.\n"
    for changed in (
        text,
        text.replace("\n", "\r\n"),
        f"\ufeff{text}",
        text.replace("\n\n", "\n"),
        text.replace(" ", "  "),
    ):
        found, _ = comments.of(changed.encode(), "share.md", [a_receipt("md")])
        assert [ref for ref, _ in found.answers] == ["1.2"]
        words = " ".join(found.answers[0][1].split())
        assert words == " ".join(said.split())
        assert found.overall.split() == ["Hello!", "Yours,", "M."]


@pytest.mark.parametrize(
    "old, new",
    [
        ("Ask first. #hiring", "Ask last. #hiring"),
        ("Heron did not.\n", ""),
        (f"{COMMENTED}\n", ""),
        ("@alder spoke.", "@alder spoke.\nSo there."),
        (COMMENTED, comment_line("1.1", SHARE)),
        (f"{comment_line('2.2', SHARE)}\n\n{comment_line('all of it', SHARE)}\n", ""),
    ],
)
def test_a_markdown_share_with_other_words_is_refused(old: str, new: str) -> None:
    text = render_share(a_document()).decode()
    assert old in text
    changed = text.replace(old, new).replace(comment_line("2.2", SHARE), comment_line("2.2", SHARE) + "\n\nGood.")
    with pytest.raises(Refused, match="are not those that you shared"):
        comments.of(changed.encode(), "share.md", [a_receipt("md")])


REFUSED: dict[str, tuple[bytes, type[AllyError], str]] = {
    "another's share": (reply(share="s9m2q9xr4t"), AllyError, "not shared from this journal"),
    "an altered page": (reply(content="0" * 64), Refused, "changed on the way"),
    "another coach": (reply(coach="sam"), Refused, "changed on the way"),
    "an answer that was not shared": (reply(answers=[{"ref": "9.9", "comment": "x"}]), Refused, "changed on the way"),
    "another version": (reply(format=2), AllyError, "format is not right"),
    "a key too many": (reply(extra="SECRET"), AllyError, "extra is not right"),
    "a key of two lines": (reply(**{"a\nb\x1b": 1}), AllyError, r"a\?b\? is not right"),
    "no words": (reply(answers=[], overall=""), AllyError, "no comment"),
    "a number": (reply(answers=[{"ref": "1.1", "comment": 7}]), AllyError, "answers.0.comment is not right"),
    "nested": (b'{"a":' * 200_000, AllyError, "not what a page of ally saves"),
    "digits": (b'{"format": ' + b"9" * 200_000 + b"}", AllyError, "not what a page of ally saves"),
    "half a pair": (reply().replace(b"Slower", b"\\ud800"), AllyError, "not what a page of ally saves"),
    "too large": (b"{" + b" " * (1 << 20), AllyError, "larger than 1 MB"),
    "no text": (b"\xff\xfe\x00", AllyError, "not UTF-8"),
    "any text": (b"Dear you, SECRET", AllyError, "--from COACH --on ENTRY"),
    "a page's Markdown": (render_share(a_document()), Refused, "not that file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_reply_to_this_share_is_refused_with_one_line_of_why(name: str) -> None:
    data, kind, why = REFUSED[name]
    with pytest.raises(AllyError, match=why) as error:
        comments.of(data, "it", [a_receipt()])
    assert type(error.value) is kind
    assert "\n" not in str(error.value) and "SECRET" not in str(error.value)


@pytest.mark.parametrize("text", [*HOSTILE, "\\<script>x \\![x](https://t.example/a) \\\\[x](https://t.example/b)"])
def test_hostile_words_are_kept_and_do_nothing(text: str) -> None:
    kept = inert.kept(text, {})
    from markdown_it import MarkdownIt

    drawn = MarkdownIt("commonmark").render(kept)
    assert not [each for each in ("<script", "<img", "<svg", "<a", "<style", "<iframe") if each in drawn]


def test_nothing_that_a_coach_writes_is_a_tag_a_person_a_heading_or_a_commitment() -> None:
    text = (
        "# Title\n## Whose ideas get passed over?\n#tag \\#tag \\\\#tag @bob \\\\@bob %%gone%% \\%% and \x1b[2J\u202e\n"
        "- [ ] Do it [due:: 2026-11-26] \\[id:: abc234]\n\n"
        "![x](https://t.example/a.png) [[wiki]] \\<script>\\\\<script>"
    )
    kept = inert.kept(text, NAMES)
    assert list(mentions.scan(kept)) == []
    assert body.commitments(kept, "a") == () and body.visible(kept) == (kept, 0)
    assert not [line for line in kept.split("\n") if line.startswith("#")]
    assert "\x1b" not in kept and "\u202e" not in kept and "gone" in kept


def test_pseudonyms_become_people_again_and_words_like_them_do_not() -> None:
    names = {"priya": "Alder", "tom": "Alder-2", "noor": "My boss", "li": "Elm", "an": "Elm"}
    said = "Alder's, ALDER. @alder, alder; Alder-2 and Alder-led; Alders; My boss; my boss; @my-boss! x@alder Elm"
    assert inert.kept(said, names) == (
        "@priya's, @priya. @priya, alder; @tom and @priya\\-led; Alders; @noor; my boss; @noor! x@alder Elm"
    )


def test_a_receipt_holds_no_word_and_no_pseudonym_and_reads_back(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal")
    receipt = keep(journal, "md")
    text = (journal.root / receipt.path).read_text()
    assert not [word for word in ("spoke", "Alder", "Heron", "alder", "hiring", ONE, THREE) if word in text]
    assert receipts.all_of(journal).receipts == (receipt,)
    assert receipts.names_of(journal, receipt) == NAMES
    assert [path.stat().st_mode & 0o777 for path in (journal.root / "shares").rglob("*")] == [0o600, 0o700, 0o600]
    assert receipt.people == {"priya": 1, "tom": 1}
    with pytest.raises(NotWritten):
        receipts.keep(journal, receipt, {})
    assert receipts.names_of(journal, receipt) == NAMES
    receipts.withdraw(journal, receipt)
    assert receipts.all_of(journal) == receipts.Found((), ())


def test_a_broken_receipt_hides_no_other_and_the_last_session_is_the_coachs_own(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal")
    receipt = keep(journal)
    moment = MADE.replace(day=25)
    later = receipt._replace(id="t2", coach="sam", day=moment.date(), made=moment)
    receipts.keep(journal, later, {"priya": "Elm"})
    (journal.root / "shares/2026-11-22-maria-bad.toml").write_text("id = ")
    (journal.root / "shares/2026-11-23-maria-odd.toml").write_bytes(
        receipt_toml.dumped(receipt_toml.to_table(receipt) | {"id": "../x"})
    )
    found = receipts.all_of(journal)
    assert found.receipts == (receipt, later) and len(found.unreadable) == 2
    assert last_session(found.receipts, "maria") == receipt.day
    assert last_session(found.receipts, "sam") == later.day
    with pytest.raises(UsageError, match="last session"):
        last_session(found.receipts, "noor")
    assert receipts.known_names(journal, found.receipts).coaches == {"maria": NAMES, "sam": {"priya": "Elm"}}


def test_edited_since_is_about_the_words_alone() -> None:
    one, other = ENTRIES.values()
    starred, edited = replace(one, starred=True), replace(other, body=f"{other.body} More.")
    now = {each.id or "": words_of(each) for each in (starred, edited)}
    assert since_then(a_receipt(), now) == Since((other.id or "",), ())
    assert since_then(a_receipt(), {}).gone == (one.id, other.id)
