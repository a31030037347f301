"""`ally commitments` on what a hand wrote: which one is meant, what it becomes, and what is refused."""

from pathlib import Path

import pytest

from tests.support import SATURDAY, Home

# CRLF, a block name, a hand-made one, one that is kept already.
HAND = (
    '---\r\nid: "k7m2q9xr4t"\r\ndate: 2026-11-20\r\ncreated: 2026-11-20T08:15:02+01:00\r\n'
    "mood: fine # mine\r\n---\r\n\r\n"
    "words  \r\n\r\n- [ ] Ask Tom [due:: 2026-11-24] [id:: x7k2m9] ^a-1\r\n"
    "1. [ ] By hand [due:: 2026-11-25]\r\n   - not yet\r\n"
    "- [x] Done it [due:: 2026-11-16] [id:: b4n8qz] [completion:: 2026-11-16]\r\n\r\n"
    "```\r\n- [ ] in code [due:: 2026-11-24] [id:: x7k2m9]\r\n```\r\n"
    "%%\r\n- [ ] Mine alone [due:: 2026-11-23] [id:: h1d000]"
)
NAME = "entries/2026/11/2026-11-20-0815-k7m2q9xr4t.md"
LOOSE = "entries/2026/11/2026-11-18 a loose note.md"


@pytest.fixture
def diary(home: Home) -> Home:
    """A home with a file that a hand has written in, and one without front matter."""
    home.put(NAME, HAND)
    home.put(LOOSE, "- [ ] Loose end [due:: 2026-11-30]\n")
    return home


def text_of(home: Home, name: str = NAME) -> str:
    return (home.journal / name).read_bytes().decode()


def test_open_ones_are_listed_by_their_day_and_all_with_all(diary: Home) -> None:
    assert [each["ref"] for each in diary.json("commitments", at=SATURDAY)] == [
        "h1d000", "x7k2m9", "k7m2q9xr4t.2", f"{LOOSE}.1"]  # fmt: skip
    every = diary.json("commitments", "--all", at=SATURDAY)
    assert (every[0]["ref"], every[0]["status"], len(every)) == ("b4n8qz", "kept", 5)


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (["done", "x7k2m9", "--outcome", "  He  went at four. ", "--reach", "conversation"],
         "- [ ] Ask Tom [due:: 2026-11-24] [id:: x7k2m9] ^a-1\r\n",
         "- [x] Ask Tom [due:: 2026-11-24] [id:: x7k2m9] [reach:: conversation] [completion:: 2026-11-21] ^a-1\r\n"
         "  - 2026-11-21: He went at four.\r\n"),
        (["drop", "x7k2", "--outcome", "He left"], "- [ ] Ask Tom [due:: 2026-11-24] [id:: x7k2m9] ^a-1\r\n",
         "- [-] Ask Tom [due:: 2026-11-24] [id:: x7k2m9] [cancelled:: 2026-11-21] ^a-1\r\n"
         "  - 2026-11-21: changed my mind. He left\r\n"),
        (["defer", "k7m2q9xr4t.2", "in 2 weeks", "--outcome", "Called off"],
         "1. [ ] By hand [due:: 2026-11-25]\r\n   - not yet\r\n",
         "1. [ ] By hand [due:: 2026-12-05]\r\n   - not yet\r\n   - 2026-11-21: Called off\r\n"),
        (["done", "h1d0"], "- [ ] Mine alone [due:: 2026-11-23] [id:: h1d000]",
         "- [x] Mine alone [due:: 2026-11-23] [id:: h1d000] [completion:: 2026-11-21]"),
    ],
    ids=["done", "drop", "defer", "done at the end of the file"],
)  # fmt: skip
def test_a_change_is_its_own_lines_alone_and_undo_gives_the_bytes_back(
    diary: Home, words: list[str], old: str, new: str
) -> None:
    said = diary.ok("commitments", *words, at=SATURDAY)
    assert HAND.count(old) == 1 and text_of(diary) == HAND.replace(old, new)
    assert next(each for each in ("Ask Tom", "By hand", "Mine alone") if each in old) in said, "it echoes the words"
    diary.ok("undo", at=SATURDAY)
    assert text_of(diary) == HAND


def test_a_file_of_no_front_matter_is_changed_by_its_own_reference(diary: Home) -> None:
    found = diary.json("commitments", "done", f"{LOOSE}.1", at=SATURDAY)
    assert (found["status"], found["closed"], found["text"]) == ("kept", "2026-11-21", "Loose end")
    assert text_of(diary, LOOSE) == "- [x] Loose end [due:: 2026-11-30] [completion:: 2026-11-21]\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["done", "b4n8qz"], 1, "b4n8qz is kept already, in k7m2q9."),
        (["defer", "b4n8qz", "friday"], 1, "is kept already"),
        (["done", "zzzzzz"], 1, 'There is no commitment "zzzzzz"'),
        (["done", "x7k"], 1, 'There is no commitment "x7k"'),
        (["done", ""], 1, 'There is no commitment ""'),
        (["done", "k7m2q9xr4t.9"], 1, "There is no commitment"),
        (["done", "x7k2m9", "--reach", "far"], 2, "choose everyday, statement"),
        (["defer", "x7k2m9", "someday"], 2, "Give a day"),
        (["defer", "x7k2m9", "2026-11-20"], 2, "That day is over"),
        (["defer", "x7k2m9", ""], 2, "Give a day"),
        (["defer", "x7k2m9", "5/6/2027"], 2, "Give a day"),
        (["add", "   "], 2, "Say what you will do"),
        (["add", "x", "--due", ""], 2, "Give a day"),
        (["add", "x", "--due", "yesterday"], 2, "That day is over"),
        (["--all", "done", "x7k2m9"], 2, "belong to the list"),
    ],
)
def test_what_is_not_there_or_not_right_is_said_and_changes_nothing(
    diary: Home, words: list[str], code: int, said: str
) -> None:
    done = diary.run("commitments", *words, at=SATURDAY)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in " ".join(done.stderr.split()) and "Traceback" not in done.stderr
    assert text_of(diary) == HAND and len(diary.entries) == 2


def test_a_reference_that_two_have_is_refused_and_both_places_are_named(diary: Home) -> None:
    other = diary.put("entries/2026/11/2026-11-19 copy.md", "- [ ] Copied [due:: 2026-11-24] [id:: x7k2m9]\n")
    done = diary.run("commitments", "done", "x7k2m9", at=SATURDAY)
    assert done.returncode == 1 and "names 2 commitments: x7k2m9 in" in done.stderr
    assert NAME in done.stderr.replace("\n", "") and other.name in " ".join(done.stderr.split())
    assert text_of(diary) == HAND and other.read_text() == "- [ ] Copied [due:: 2026-11-24] [id:: x7k2m9]\n"


def test_a_file_that_is_no_utf8_is_listed_and_refused(home: Home) -> None:
    path = home.put("entries/2026/11/latin.md", b"caf\xe9\n\n- [ ] Ask [due:: 2026-11-26] [id:: x7k2m9]\n")
    before = path.read_bytes()
    assert home.json("commitments", at=SATURDAY)[0]["ref"] == "x7k2m9"
    done = home.run("commitments", "done", "x7k2m9", at=SATURDAY)
    assert done.returncode == 3 and "is not UTF-8 text; nothing was changed." in done.stderr
    assert path.read_bytes() == before


def test_a_new_one_is_an_entry_of_its_own_with_its_people_and_tags(home: Home) -> None:
    home.ok(
        "commitments",
        "add",
        "If  @Tom %%waits,\nthen #Soon I ask",
        "--due",
        "thursday",
        "--reach",
        "everyday",
        at=SATURDAY,
    )
    (found,) = home.json("commitments", at=SATURDAY)
    assert found["text"] == "If @Tom %%waits, then #Soon I ask %%" and found["due"] == "2026-11-26"
    assert (found["reach"], found["status"], len(found["ref"])) == ("everyday", "open", 6)
    entry = home.json("show", "last", at=SATURDAY)
    assert (entry["title"], entry["people"]) == ("Commitment", ["tom"])
    assert "tags:" not in home.entries[0].read_text(), "what is hidden leaves by no property"


def test_a_calendar_file_is_never_written_over_unless_that_is_said(diary: Home, tmp_path: Path) -> None:
    out = tmp_path / "plans.ics"
    out.write_text("mine")
    done = diary.run("commitments", "--ics", str(out), at=SATURDAY)
    assert done.returncode == 3 and out.read_text() == "mine" and "--force" in done.stderr
    diary.ok("commitments", "--ics", str(out), "--force", at=SATURDAY)
    assert out.read_bytes() == diary.ok("commitments", "--ics", "-", at=SATURDAY).encode()
    assert out.stat().st_mode & 0o077 == 0
    assert diary.run("commitments", "--ics", str(tmp_path), at=SATURDAY).returncode == 2
    assert diary.run("commitments", "--ics", str(tmp_path / "no/where.ics"), at=SATURDAY).returncode == 1


def test_the_calendar_of_all_has_those_that_are_closed(diary: Home) -> None:
    assert diary.ok("commitments", "--ics", "-", at=SATURDAY).count("BEGIN:VEVENT") == 3
    assert diary.ok("commitments", "--ics", "-", "--all", at=SATURDAY).count("BEGIN:VEVENT") == 4
