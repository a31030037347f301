"""What the writer decides before anything leaves, the last look at the file, and a share that is cut short."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from allyjournal.errors import AllyError, NotWritten, Refused, UsageError
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from allyjournal.sharing import consent, document, encryption, formats, outgoing, pending, receipts, remembered
from allyjournal.sharing.consent import Ground
from allyjournal.sharing.gate import Guard
from allyjournal.sharing.names import names_of
from allyjournal.sharing.pseudonyms import Pseudonyms
from tests.sharing import sharing_home

MOMENT = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)
REGISTER = {"priya": {"names": ["Priya Raman"]}, "maria": {"names": ["Maria"]}}
KNOWN = frozenset(("asked", "said", "in", "and", "the", "plan", "went", "wrong", "we"))
SHARE = document.Share("k7m2q9xr4t", "maria", "Maria")


def entry(body: str, **fields: object) -> Entry:
    """A note of that day."""
    made = {"id": "k7m2q9xr4t", "date": date(2026, 11, 21), "created": MOMENT, "body": body}
    return Entry(**(made | fields))  # type: ignore[arg-type]


def ground(answers: dict[str, str] | None = None) -> Ground:
    """What to redact by for Maria, the first free pseudonym each time."""
    return consent.ground("maria", REGISTER, Pseudonyms({}), answers or {}, KNOWN, lambda words: words[0])


def test_each_question_is_asked_until_it_is_answered_and_the_answer_is_what_leaves() -> None:
    told = entry("Priya asked Kaspersky in Riga. %%not this%% We said she is pregnant.")
    by = ground()
    asked = []
    answers = {"Kaspersky": "@kasp", "Riga": "keep", "pregnant": "blank"}
    while questions := consent.look(told, by).redacted.questions:
        asked.append(questions[0].text)
        by = consent.answered(by, {**by.answers, questions[0].key: answers[questions[0].text]})
    found = consent.look(told, by)
    known = by.pseudonyms.of("maria")
    assert asked == ["Kaspersky", "Riga", "pregnant"]
    assert found.redacted.after.body == f"{known['priya']} asked {known['kasp']} in Riga.  We said she is [left out]."
    assert found.kept == ("Riga",)
    assert found.hidden == 1
    assert consent.people_of([found.redacted]) == {"priya": 1, "kasp": 1}
    assert consent.left_out(found.redacted) == {"pregnancy or family plans": 1}


def test_a_pseudonym_stays_whatever_is_answered_next() -> None:
    by = ground()
    later = consent.answered(by, {"word kaspersky": "@kasp"})
    assert {handle: later.by.pseudonyms[handle] for handle in by.by.pseudonyms} == dict(by.by.pseudonyms)


def test_no_pseudonym_is_a_word_that_the_writer_used() -> None:
    choose = consent.choose_unused(["The Acacia. An agate!"], lambda words: words[0])
    assert choose(["Acacia", "Agate", "Alder"]) == "Alder"


def test_asked_again_means_this_entry_and_no_other() -> None:
    answers = {"word kaspersky": "@kasp", "word riga": "keep", "word lisbon": "keep"}
    anew = consent.again(entry("We went in Riga and Kaspersky said so."), ground(answers))
    assert anew.answers == {"word lisbon": "keep"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("k", "keep"),
        (" KEEP ", "keep"),
        ("b", "blank"),
        ("@Kasp", "@kasp"),
        ("priya", "@priya"),
        ("kasp", None),
        ("", None),
        ("@", None),
        ("@two words", None),
        ("yes", None),
    ],
)
def test_an_answer_is_keep_blank_or_a_person_and_nothing_else(typed: str, read: str | None) -> None:
    question = consent.look(entry("We asked Kaspersky."), ground()).redacted.questions[0]
    assert consent.read_answer(typed, question, ("priya",)) == read


def test_what_a_passage_tells_is_kept_or_blanked_and_is_nobody() -> None:
    question = consent.look(entry("We said she is pregnant."), ground()).redacted.questions[0]
    assert consent.read_answer("@priya", question, ("priya",)) is None
    assert consent.read_answer("b", question, ("priya",)) == "blank"


def test_words_go_through_the_editor_and_come_back_as_they_were() -> None:
    for each in (entry("One.\n\n## Two"), entry("One.", title="A plan"), entry("# One\n\nTwo", title="A plan")):
        back = consent.edited(each, consent.for_editing(each))
        assert (back.title, back.body) == (each.title, each.body)
    assert "secret" not in consent.for_editing(entry("One %%secret%% two"))
    assert consent.edited(entry("One", title="A plan"), "Two\n").title == ""


def test_private_entries_never_leave_and_a_coachs_words_only_when_asked_for() -> None:
    plain, private, said = entry("a"), entry("b", private=True, for_coach=True), entry("c", kind="feedback")
    marked = entry("d", for_coach=True)
    every = [plain, private, said, marked]
    assert consent.may_leave(every, False, False) == ([plain, marked], ["1 private entry", "1 entry by a coach"])
    assert consent.may_leave(every, True, False) == ([marked], ["1 private entry"])
    assert consent.may_leave([said, private], False, True) == ([said], ["1 private entry"])


def test_an_entry_that_was_shared_and_edited_since_is_known() -> None:
    receipt = sharing_home.a_receipt()
    first = sharing_home.entry("a2b3c4d5e6", *sharing_home.WRITTEN["a2b3c4d5e6"])
    day = receipt.day
    assert consent.shared_before([receipt], "maria", first) == consent.Shared(day, False)
    assert consent.shared_before([receipt], "maria", replace(first, body="Other")) == consent.Shared(day, True)
    assert consent.shared_before([receipt], "anna", first) is None


def test_what_is_still_to_be_asked_is_said_without_a_word_of_the_entry() -> None:
    looks = [
        consent.look(entry("We asked Kaspersky in Riga, she is pregnant."), ground()),
        consent.look(entry("We asked."), ground()),
    ]
    said = consent.open_questions(looks)
    assert said == ["k7m2q9: word that may be a name (2), words on pregnancy or family plans"]


def made(body: str, answers: dict[str, str] | None = None) -> tuple[document.Document, Guard]:
    """A document as it would be without redaction, for Maria, who is in the register; and what must not be in it."""
    whole = document.shared([entry(body)], {}, SHARE, date(2026, 11, 21))
    return whole, Guard(names_of(REGISTER), answers or {}, ("/home/me/journal",))


@pytest.mark.parametrize("form", list(formats.FORMATS))
def test_a_coach_whom_entries_are_about_gets_their_name_on_top_and_nowhere_else(form: str) -> None:
    clean, guard = made("The plan went wrong.")
    outgoing.check(clean, outgoing.render(clean, form), form, guard)
    for body, handle in (("Maria went wrong.", "maria"), ("The plan of Priya went wrong.", "priya")):
        leaking, guard = made(body)
        with pytest.raises(Refused) as error:
            outgoing.check(leaking, outgoing.render(leaking, form), form, guard)
        assert f"a name of @{handle} (" in str(error.value)
        assert "went wrong" not in str(error.value)
        assert error.value.exit_code == 3


def test_the_journals_path_never_leaves() -> None:
    leaking, guard = made("It lies in /home/me/journal somewhere.")
    with pytest.raises(Refused, match="where the journal lies"):
        outgoing.check(leaking, outgoing.render(leaking, "md"), "md", guard)


@pytest.mark.parametrize("form", list(formats.FORMATS))
def test_the_same_entries_and_receipt_are_the_same_bytes(form: str) -> None:
    whole, _ = made("The plan *went* wrong.\n\n- [ ] Ask [due:: 2026-11-24]")
    assert outgoing.render(whole, form) == outgoing.render(whole, form)


class Cut(BaseException):
    """The process ends here."""


def shared(folder: Path, write: Callable[[Path], None]) -> tuple[Journal, Path]:
    """A share that ends as `write` does."""
    journal, file = Journal(folder / "journal"), folder / "share.html"
    (folder / "journal").mkdir(exist_ok=True)
    receipt = sharing_home.a_receipt()
    pending.share(folder / "state", journal, receipt, sharing_home.NAMES, file, b"words", lambda: write(file))
    return journal, file


def refuse(_: Path) -> None:
    """A disk that is full by now."""
    raise NotWritten("full")


def test_a_share_leaves_a_receipt_and_a_file(tmp_path: Path) -> None:
    journal, file = shared(tmp_path, lambda path: path.write_bytes(b"words") and None)
    assert [each.id for each in receipts.all_of(journal).receipts] == [sharing_home.SHARE.id]
    assert pending.cut_short(tmp_path / "state", journal) == []
    assert file.exists()


def test_a_file_that_cannot_be_written_leaves_no_receipt(tmp_path: Path) -> None:
    with pytest.raises(NotWritten):
        shared(tmp_path, refuse)
    journal = Journal(tmp_path / "journal")
    assert receipts.all_of(journal).receipts == ()
    assert receipts.paths(journal) == []
    assert pending.cut_short(tmp_path / "state", journal) == []


def test_a_receipt_that_cannot_be_kept_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "keep", lambda *_: refuse(tmp_path))
    with pytest.raises(NotWritten):
        shared(tmp_path, lambda path: path.write_bytes(b"words") and None)
    assert not (tmp_path / "share.html").exists()


def test_a_share_that_is_cut_short_is_told_of_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(_: Path) -> None:
        raise Cut

    monkeypatch.setattr(receipts, "withdraw", lambda *_: None)  # what a killed process does not come to
    with pytest.raises(Cut):
        shared(tmp_path, cut)
    journal = Journal(tmp_path / "journal")
    path = sharing_home.a_receipt().path
    assert pending.cut_short(tmp_path / "state", Journal(tmp_path / "other")) == []
    assert pending.cut_short(tmp_path / "state", journal) == [pending.Cut(path, str(tmp_path / "share.html"))]
    assert pending.cut_short(tmp_path / "state", journal) == []
    assert (tmp_path / "journal" / path).exists()


def test_a_share_that_is_cut_short_behind_its_file_is_whole(tmp_path: Path) -> None:
    def cut(path: Path) -> None:
        path.write_bytes(b"words")
        raise Cut

    with pytest.raises(Cut):
        shared(tmp_path, cut)
    journal = Journal(tmp_path / "journal")
    assert len(receipts.all_of(journal).receipts) == 1
    assert pending.cut_short(tmp_path / "state", journal) == []


def test_the_newest_answer_counts_and_one_that_cannot_be_read_answers_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    assert remembered.of(journal) == ({}, ())
    remembered.keep(journal, "b1", MOMENT.replace(hour=10), "maria", {"word riga": "blank"})
    remembered.keep(journal, "a1", MOMENT, "maria", {"word riga": "keep", "word ana": "@ana", "word oslo": "keep"})
    path = tmp_path / remembered.FOLDER / "20261121T120000Z-c1.toml"
    path.write_text('"word riga" = "perhaps"\n', encoding="utf-8")
    found = remembered.of(journal, "maria")
    assert found.answers == {"word riga": "blank", "word ana": "@ana", "word oslo": "keep"}
    assert remembered.of(journal, "noor").answers == {"word riga": "blank", "word ana": "@ana"}
    assert [each.path for each in found.unreadable] == [f"{remembered.FOLDER}/{path.name}"]
    assert "perhaps" not in str(found.unreadable[0])
    assert {each.stat().st_mode & 0o777 for each in path.parent.glob("*1.toml") if each != path} == {0o600}
    assert receipts.all_of(journal) == ((), ())


def test_a_key_that_cannot_be_encrypted_to_is_refused_without_it() -> None:
    with pytest.raises(UsageError) as error:
        encryption.to_keys(b"words", ["age1nothing"])
    assert "nothing" not in str(error.value).removesuffix("Nothing was shared.").casefold()


def test_without_anything_that_encrypts_the_one_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AllyError, match=r"pip install 'allyjournal\[crypto\]'"):
        encryption.to_keys(b"words", ["age1nothing"])
