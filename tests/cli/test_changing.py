"""Changing entries, finding out what was changed, and taking it back."""

import os

import pytest

from tests.support import SATURDAY, Home

ONE, TWO = "k7m2q9xr4t", "k7m3aaaaaa"


@pytest.fixture
def diary(home: Home) -> Home:
    """Two entries of two days, edited by hand: odd properties, a comment, #work in the text of one."""
    for day, name, body in (("20", ONE, "One #work @tom"), ("21", TWO, "Two #work/hiring `#work` @tom-b")):
        home.put(
            f"entries/2026/11/2026-11-{day}-0815-{name}.md",
            f'---\nid: "{name}"\ndate: 2026-11-{day}\ncreated: 2026-11-{day}T08:15:02+01:00\n'
            f"mood:   odd # mine\ntags: [work, Home]\n---\n\n{body}\n",
        )
        os.chmod(home.entries[-1], 0o600)
    return home


def everything(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.entries}


@pytest.mark.parametrize(
    "words",
    [
        ["star", ONE, TWO],
        ["mark", "last"],
        ["tag", "add", "new", "k7m2", "2026-11-21"],
        ["tag", "remove", "home", ONE],
        ["delete", ONE, "last"],
        ["tags", "rename", "work", "job", "--yes"],
        ["tags", "merge", "home", "work", "--yes"],
        ["people", "rename", "tom", "thomas", "--yes"],
        ["people", "merge", "tom", "tom-b", "--yes"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_each_change_is_undone_to_the_byte_and_undone_again(diary: Home, words: list[str]) -> None:
    before = everything(diary)
    diary.ok(*words, at=SATURDAY)
    after = everything(diary)
    assert after != before
    assert "Undone: " in diary.ok("undo", at="2026-11-21T09:15:02+01:00")
    assert everything(diary) == before


def test_star_and_mark_change_only_their_line(diary: Home) -> None:
    before = diary.entries[0].read_text().splitlines()
    diary.ok("star", ONE)
    diary.ok("mark", ONE)
    after = diary.entries[0].read_text().splitlines()
    assert [line for line in after if line not in before] == ["starred: true", "for-coach: true"]
    assert [line for line in after if line in before] == before
    assert "Unchanged" in diary.ok("star", ONE)
    diary.ok("star", "--off", ONE)
    diary.ok("mark", "--off", ONE)
    entry = diary.json("show", ONE)
    assert (entry["starred"], entry["for_coach"]) == (False, False)


def test_an_entry_is_named_by_prefix_last_day_or_path(diary: Home) -> None:
    paths = [f"entries/2026/11/2026-11-20-0815-{ONE}.md", str(diary.entries[0])]
    for name in ("k7m2", "K7M2Q9", ONE, "last~1", "2026-11-20", "yesterday", *paths):
        assert diary.json("show", name, at=SATURDAY)["id"] == ONE, name
    both = diary.run("show", "k7m")
    assert both.returncode == 1 and ONE[:6] in both.stderr and TWO[:6] in both.stderr
    assert diary.run("star", "k7m").returncode == 2
    assert diary.run("show", "../../../etc/passwd").returncode == 1
    assert len(diary.json("show", ONE, "last")) == 2


def test_one_absent_entry_among_several_changes_nothing(diary: Home) -> None:
    before = everything(diary)
    assert diary.run("star", ONE, "zzzz").returncode == 1
    assert diary.run("delete", ONE, "zzzz").returncode == 1
    assert everything(diary) == before


def test_deleted_entries_are_listed_in_the_trash_and_restored(diary: Home) -> None:
    before = everything(diary)
    diary.ok("delete", ONE)
    assert [each["id"] for each in diary.json("trash")] == [ONE]
    assert [each["id"] for each in diary.json("list")] == [TWO]
    diary.ok("restore", "k7m2")
    assert everything(diary) == before and diary.json("trash") == []


def test_history_shows_each_version_as_a_difference(diary: Home) -> None:
    assert diary.json("history", ONE) == []
    diary.ok("star", ONE, at=SATURDAY)
    diary.ok("tag", "add", "new", ONE, at="2026-11-21T09:15:02+01:00")
    assert len(diary.json("history", ONE)) == 3
    shown = diary.ok("history", ONE)
    assert "+starred: true" in shown and "new" in shown


def test_undo_does_not_take_back_what_somebody_wrote_since(diary: Home) -> None:
    diary.ok("star", ONE)
    path = diary.entries[0]
    path.write_text(path.read_text() + "Written by hand since.\n")
    done = diary.run("undo")
    assert "Written by hand since." in path.read_text()
    assert done.returncode in (0, 3)


def test_a_rename_follows_tags_below_and_leaves_code_alone(diary: Home) -> None:
    shown = diary.ok("tags", "rename", "#work", "job", "--yes", at=SATURDAY)
    assert "#work → #job" in shown and "#work/hiring → #job/hiring" in shown
    one, two = (path.read_text() for path in diary.entries)
    assert "One #job @tom" in one and "Two #job/hiring `#work`" in two
    assert "mood:   odd # mine" in one and "mood:   odd # mine" in two
    assert diary.json("tags") == [
        {"tag": "home", "count": 2, "first": "2026-11-20", "last": "2026-11-21"},
        {"tag": "job", "count": 2, "first": "2026-11-20", "last": "2026-11-21"},
        {"tag": "job/hiring", "count": 1, "first": "2026-11-21", "last": "2026-11-21"},
    ]


def test_a_person_of_another_handle_is_left_alone_by_a_rename(diary: Home) -> None:
    diary.ok("people", "rename", "@tom", "@thomas", "--yes")
    assert {each["handle"]: each["count"] for each in diary.json("people")} == {"thomas": 1, "tom-b": 1}


def test_what_looks_alike_is_said(home: Home) -> None:
    home.ok("note", "-", stdin="#hiring #hirring @priya @priyaa")
    assert "ally tags merge" in home.run("tags").stderr.replace("\n", " ")
    assert "ally people merge" in home.run("people").stderr.replace("\n", " ")


def test_people_toml_keeps_its_comments(home: Home) -> None:
    path = home.put("people.toml", '# mine\n[tom] # a friend\nnames = ["Tom"]   # his name\n')
    home.ok("people", "add", "tom", "--name", "Thomas", "--alias", "Tommy")
    home.ok("people", "pseudonym", "tom", "B.")
    home.ok("people", "alias", "@priya", "Pri", "P.")
    text = path.read_text()
    assert text.startswith("# mine\n[tom] # a friend\n") and "# his name" in text
    assert 'pseudonym = "B."' in text and "[priya]" in text
    home.ok("undo")
    assert "priya" not in path.read_text()


def test_undo_after_the_first_person_was_added_takes_back_nothing_else(diary: Home) -> None:
    diary.ok("star", ONE, at=SATURDAY)
    diary.ok("people", "add", "tom", "--name", "Thomas", at="2026-11-21T09:15:02+01:00")
    diary.run("undo", at="2026-11-21T10:15:02+01:00")
    assert diary.json("show", ONE)["starred"]


@pytest.mark.parametrize("data", [b"[tom", b"\xff\xfe", b"tom = 1\n", b'[tom]\nnames = "Tom"\n', b"[[tom]]\n"])
def test_a_people_toml_that_is_not_right_is_left_as_it_is(home: Home, data: bytes) -> None:
    path = home.put("people.toml", data)
    done = home.run("people", "add", "tom", "--name", "Thomas")
    assert done.returncode == 1 and "people.toml" in done.stderr
    assert "fault" not in done.stderr
    assert path.read_bytes() == data
