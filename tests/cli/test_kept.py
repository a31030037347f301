"""What is confirmed stays, whatever is done next: drafts of exercises, edits taken up again, purged entries."""

from pathlib import Path

import pexpect
import pytest

from allyjournal import files
from allyjournal.errors import NotWritten
from allyjournal.journal.body import visible
from tests.pty import on_a_terminal
from tests.support import SATURDAY, Home

EXERCISE = ("do", "identify-an-ally")


def leave_one_answer_in_a_draft(home: Home) -> None:
    """Answer the first step, and be killed at the second."""
    with on_a_terminal(home, *EXERCISE, at=SATURDAY) as child:
        child.expect_exact(b"> ")
        child.send(b"Confirmed\r")
        child.expect_exact(b"2 of 12")
        child.expect_exact(b"> ")
        child.kill(9)
        child.expect(pexpect.EOF)


def test_a_stop_right_after_a_draft_came_back_keeps_its_answers(home: Home) -> None:
    leave_one_answer_in_a_draft(home)
    with on_a_terminal(home, *EXERCISE, at=SATURDAY) as child:
        child.expect_exact(b"2 of 12")
        child.expect_exact(b"> ")
        child.sendintr()
        child.expect(pexpect.EOF)
    (entry,) = home.json("list", at=SATURDAY)
    assert [each["text"] for each in entry["answers"]] == ["@confirmed"]


def test_piped_answers_that_do_not_fit_leave_an_older_draft_alone(home: Home) -> None:
    leave_one_answer_in_a_draft(home)
    done = home.run(*EXERCISE, "-", stdin="no such choice\n", at=SATURDAY)
    assert done.returncode == 2
    kept = [path.read_text("utf-8") for path in home.drafts]
    assert any("@confirmed" in text for text in kept) and any("no such choice" in text for text in kept)


def test_an_edit_taken_up_again_finds_what_changed_meanwhile(home: Home, tmp_path: Path) -> None:
    home.ok("note", stdin="First words.", at=SATURDAY)
    fails, adds = tmp_path / "fails", tmp_path / "adds"
    fails.write_text('#!/bin/sh\necho "Half an edit." >> "$1"\nexit 1\n')
    adds.write_text('#!/bin/sh\necho "The other half." >> "$1"\n')
    for editor in (fails, adds):
        editor.chmod(0o755)
    (path,) = home.entries

    def edit(editor: Path) -> int:
        home.env["EDITOR"] = str(editor)
        with on_a_terminal(home, "edit", "last", at=SATURDAY) as child:
            child.expect(pexpect.EOF)
            child.wait()
            return int(child.exitstatus or 0)

    assert edit(fails) == 1
    path.write_text(path.read_text("utf-8") + "By hand, meanwhile.\n", "utf-8")
    assert edit(adds) == 3
    texts = [each.read_text("utf-8") for each in home.entries]
    assert len(texts) == 2
    assert any("By hand, meanwhile." in text for text in texts)
    assert any("Half an edit." in text and "The other half." in text for text in texts)


def test_a_failed_change_gives_the_old_text_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "entry.md"
    path.write_bytes(b"old")
    with pytest.raises(NotWritten):
        files.exchange(path, b"new", tmp_path / "no such folder" / "old.md")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_purging_a_copy_leaves_the_versions_of_the_entry(home: Home) -> None:
    home.ok("note", stdin="Words.", at=SATURDAY)
    home.ok("star", "last", at=SATURDAY)
    (path,) = home.entries
    copy = home.put(f"entries/2026/11/{path.stem}.conflict-000000000000.md", path.read_bytes())
    home.ok("delete", str(copy), at=SATURDAY)
    selector = path.stem[-10:]
    with on_a_terminal(home, "purge", selector, at=SATURDAY) as child:
        child.expect_exact(b"purge it: ")
        child.send(f"{selector[:6]}\r".encode())
        child.expect(pexpect.EOF)
    assert home.ok("undo", at=SATURDAY).startswith("Undone: star")
    assert "starred" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", ["people.toml", "journal.toml", ".ally/lock", "packs/x.toml"])
def test_only_entries_are_named_by_a_path(home: Home, path: str) -> None:
    home.ok("note", stdin="Words.", at=SATURDAY)
    home.put(path, "a = 1\n")
    for command in ("star", "delete", "show"):
        assert home.run(command, f"./{path}", at=SATURDAY).returncode == 1
    assert (home.journal / path).read_text("utf-8") == "a = 1\n"


def test_a_mark_in_code_never_turns_hiding_round() -> None:
    shown, count = visible("We print `100%%` here. %%Hidden body%% end")
    assert "Hidden" not in shown and count
    assert "Hidden" not in visible("```\n50%%\n```\n\n%%Hidden%% end")[0]
    assert visible("before %%Hidden%% after") == ("before  after", 1)


def test_names_that_stand_in_hidden_words_only_leave_by_no_property(home: Home) -> None:
    home.ok("note", stdin="Met @kofi about #layoffs.", at=SATURDAY)
    (path,) = home.entries
    path.write_text(path.read_text("utf-8").replace("Met @kofi about #layoffs.", "%%Met @kofi about #layoffs%% ok"))
    for words in (("export", "--format", "json"), ("review", "--format", "md"), ("review", "--json")):
        said = home.ok(*words, at=SATURDAY)
        assert "kofi" not in said and "layoffs" not in said


@pytest.mark.parametrize("text", ["\n---\nprivate: true\n---\n\nwords", "---\n# c\nprivate: true\n\nwords"])
def test_a_file_that_means_to_be_private_stays(home: Home, text: str) -> None:
    home.put("entries/2026/11/2026-11-20.md", text)
    done = home.run("export", at=SATURDAY)
    assert "words" not in done.stdout and "1 private entry" in done.stderr


def test_changes_within_one_moment_all_find_a_place_in_the_history(home: Home) -> None:
    home.ok("note", stdin="Words.", at=SATURDAY)
    late = "2026-11-20T08:00:00.999999+00:00"
    for _ in range(3):
        home.ok("star", "last", at=late)
        home.ok("star", "last", "--off", at=late)
    assert home.ok("undo", at=late).startswith("Undone: unstar")
