"""What is being written: on disk, held by one, offered again, and gone only when it is kept elsewhere."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest
from hypothesis import given, settings

from allyjournal.errors import NotWritten
from allyjournal.journal.document import for_editing, from_editing, to_text
from allyjournal.journal.drafts import Drafts
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from tests import strategies
from tests.journal.test_document import values

MOMENT = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


@pytest.fixture
def drafts(tmp_path: Path, journal: Journal) -> Drafts:
    return Drafts(tmp_path / "state", journal)


def entry(entry_id: str = "k7m2q9xr4t", **changed: Any) -> Entry:
    return replace(Entry(id=entry_id, date=date(2026, 11, 21), created=MOMENT, body="Words."), **changed)


def left_behind(drafts: Drafts, *written: Entry) -> None:
    for each in written:
        draft = drafts.begin(str(each.id))
        draft.save(each)
        draft.let_go()


@contextmanager
def another_process_holds(drafts: Drafts, entry_id: str) -> Iterator[None]:
    """Somebody in another terminal is writing this draft."""
    code = "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True); input()"
    lock = drafts.folder / f"{entry_id}.lock"
    with subprocess.Popen([sys.executable, "-c", code, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        yield
        holder.communicate(b"\n")


def ids(drafts: Drafts) -> list[str | None]:
    found = drafts.waiting()
    for each in found:
        each.draft.let_go()
    return [each.entry.id for each in found]


def test_a_draft_is_a_whole_document_that_its_owner_alone_can_read(drafts: Drafts) -> None:
    draft = drafts.begin("k7m2q9xr4t")
    assert not draft.is_kept
    draft.save(entry())
    assert draft.is_kept and draft.path.read_text() == to_text(entry())
    assert S_IMODE(draft.path.stat().st_mode) == 0o600
    assert {S_IMODE(each.stat().st_mode) for each in (drafts.folder, drafts.folder.parent)} == {0o700}


def test_what_was_left_behind_is_offered_oldest_first(drafts: Drafts) -> None:
    left_behind(drafts, entry("a1b2c3d4e5", created=MOMENT + timedelta(hours=1)), entry("z1b2c3d4e5", created=MOMENT))
    assert ids(drafts) == ["z1b2c3d4e5", "a1b2c3d4e5"]
    assert len(list(drafts.folder.glob("*.md"))) == 2


@settings(max_examples=60)
@given(strategies.entries())
def test_whatever_was_being_written_comes_back_field_by_field(
    tmp_path_factory: pytest.TempPathFactory, written: Entry
) -> None:
    folder = tmp_path_factory.mktemp("d")
    drafts = Drafts(folder / "state", Journal(folder / "journal"))
    left_behind(drafts, written)
    found = drafts.waiting()
    if written.words:
        assert [values(each.entry) for each in found] == [values(written)]
    else:
        assert found == []


def test_a_draft_that_another_terminal_writes_is_not_taken_over(drafts: Drafts) -> None:
    left_behind(drafts, entry("a1b2c3d4e5"), entry("z1b2c3d4e5"))
    with another_process_holds(drafts, "a1b2c3d4e5"):
        assert ids(drafts) == ["z1b2c3d4e5"]
        with pytest.raises(NotWritten, match="another terminal"):
            drafts.begin("a1b2c3d4e5")
    assert ids(drafts) == ["a1b2c3d4e5", "z1b2c3d4e5"]


def test_a_draft_is_held_while_it_waits_for_an_answer(drafts: Drafts, tmp_path: Path, journal: Journal) -> None:
    left_behind(drafts, entry())
    (held,) = drafts.waiting()
    assert Drafts(tmp_path / "state", journal).waiting() == []
    held.draft.let_go()
    assert ids(Drafts(tmp_path / "state", journal)) == ["k7m2q9xr4t"]


def test_a_draft_whose_entry_is_kept_word_for_word_goes(drafts: Drafts, journal: Journal) -> None:
    left_behind(drafts, entry(), entry("a1b2c3d4e5"))
    journal.add(entry())
    assert ids(drafts) == ["a1b2c3d4e5"]
    assert len(list(drafts.folder.glob("*.md"))) == 1


def test_a_draft_with_more_words_than_its_entry_stays(drafts: Drafts, journal: Journal) -> None:
    journal.add(entry())
    left_behind(drafts, entry(body="Words. And more."))
    assert ids(drafts) == ["k7m2q9xr4t"]


def test_a_draft_without_words_is_not_offered(drafts: Drafts) -> None:
    left_behind(drafts, entry(body=""), entry("a1b2c3d4e5", asked=("Q?",), prompts=("p.q",), body="## Q?\n"))
    assert ids(drafts) == [] and list(drafts.folder.glob("*.md")) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"---\nid: [\n---\n", b"not a draft", b'---\nid: "other12345"\n---\n\nWords.\n', b"\x00" * 100],
)
def test_a_draft_that_cannot_be_read_is_left_where_it_is(drafts: Drafts, data: bytes) -> None:
    left_behind(drafts, entry("z1b2c3d4e5"))
    path = drafts.folder / "k7m2q9xr4t.md"
    path.write_bytes(data)
    assert ids(drafts) == ["z1b2c3d4e5"]
    assert path.read_bytes() == data


def test_two_journals_have_drafts_of_their_own(tmp_path: Path) -> None:
    first, second = (Drafts(tmp_path / "state", Journal(tmp_path / name)) for name in ("one", "two"))
    left_behind(first, entry())
    assert ids(second) == [] and ids(first) == ["k7m2q9xr4t"]
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "one")
    assert ids(Drafts(tmp_path / "state", Journal(tmp_path / "link"))) == ["k7m2q9xr4t"]


def test_what_an_editor_saved_is_the_last_answer(drafts: Drafts) -> None:
    asked = entry(prompts=("a", "b"), asked=("A?", "B?"), body="## A?\n\none\n\n## B?\n\ntwo")
    left_behind(drafts, asked)
    editing = drafts.folder / "k7m2q9xr4t/answer.md"
    editing.parent.mkdir()
    editing.write_text(for_editing("two, and more", "B?"))
    (found,) = drafts.waiting()
    assert [each.text for each in found.entry.answers] == ["one", "two, and more"]
    found.draft.discard()
    assert list(drafts.folder.rglob("*.md")) == []


def test_what_an_editor_saved_of_a_note_is_the_note(drafts: Drafts) -> None:
    left_behind(drafts, entry(body="first"))
    editing = drafts.folder / "k7m2q9xr4t/answer.md"
    editing.parent.mkdir()
    editing.write_text("second\n")
    (found,) = drafts.waiting()
    assert found.entry.body == "second"


def test_an_editors_bytes_that_are_no_text_are_left_beside_the_draft(drafts: Drafts) -> None:
    left_behind(drafts, entry())
    editing = drafts.folder / "k7m2q9xr4t/answer.md"
    editing.parent.mkdir()
    editing.write_bytes(b"caf\xe9")
    (found,) = drafts.waiting()
    assert found.entry.body == "Words."
    assert editing.read_bytes() == b"caf\xe9"


def test_bytes_that_are_no_text_are_kept_as_they_came(drafts: Drafts) -> None:
    draft = drafts.begin("k7m2q9xr4t")
    path = draft.keep_raw(b"caf\xe9\x00\xff")
    assert path.read_bytes() == b"caf\xe9\x00\xff" and S_IMODE(path.stat().st_mode) == 0o600


def test_a_failed_save_keeps_what_was_kept_before(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = drafts.begin("k7m2q9xr4t")
    draft.save(entry())

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(NotWritten):
            draft.save(entry(body="Words. And more."))
    assert draft.path.read_text() == to_text(entry())
    assert [each.name for each in drafts.folder.iterdir() if "tmp" in each.name] == []
    draft.save(entry(body="Words. And more."))
    assert draft.path.read_text() == to_text(entry(body="Words. And more."))


def test_each_draft_names_the_command_that_goes_on_with_it(drafts: Drafts) -> None:
    left_behind(drafts, entry("a1b2c3d4e5"), entry("z1b2c3d4e5", exercise="identify-an-ally", next_step="word"))
    assert sorted(drafts.commands()) == ["ally do identify-an-ally", "ally reflect"]


@given(strategies.texts(), strategies.lines(1))
def test_what_goes_into_an_editor_comes_out_of_it(text: str, asked: str) -> None:
    asked = " ".join(asked.split()) or "Why?"
    text = text.strip("\r\n")
    assert from_editing(for_editing(text, asked), asked) == text
    assert from_editing(for_editing(text, ""), "") == text


def test_what_is_let_go_without_words_leaves_nothing(drafts: Drafts) -> None:
    drafts.begin("k7m2q9xr4t").let_go()
    assert list(drafts.folder.iterdir()) == []
    drafts.begin("k7m2q9xr4t").discard()
    assert list(drafts.folder.glob("*.md")) == []
