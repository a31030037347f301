"""How each command ends: its exit code, and what stands on standard output then."""

import pytest

from tests.support import SATURDAY, Home

ENTRY = (
    '---\nid: "k7m2q9xr4t"\ndate: 2026-11-21\n'
    "created: 2026-11-21T08:15:02+01:00\ntitle: One\nkind: note\n---\n\nWords.\n"
)


@pytest.fixture
def diary(home: Home) -> Home:
    """A home with one entry."""
    home.put("entries/2026/11/2026-11-21-0815-k7m2q9xr4t.md", ENTRY)
    return home


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--on", "someday"],
        ["list", "--from", "5/6/2026"],
        ["list", "--to", "2026-13-01"],
        ["list", "--on", "2026-11-21", "--from", "2026-11-20"],
        ["list", "--from", "tomorrow", "--to", "yesterday"],
        ["list", "--on", ""],
        ["search", "words", "--on", "someday"],
        ["export", "-from", "someday"],
        ["tags", "-until", "someday"],
        ["people", "--on", "someday"],
        ["review", "someday"],
        ["review", "--from", "someday"],
        ["review", "week", "--to", "today"],
        ["review", ""],
        ["reflect", "--date", "someday"],
        ["reflect", "--date", "", "--print"],
        ["reflect", "--date", "2026", "--print"],
    ],
    ids=" ".join,
)
def test_a_date_that_is_not_understood_ends_with_2_and_prints_nothing(diary: Home, words: list[str]) -> None:
    done = diary.run(*words, stdin="An answer.", at=SATURDAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() and "Traceback" not in done.stderr
    assert len(diary.entries) == 1


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["reflect", "--pack", "seven-practises", "--print"], '"seven-practices"'),
        (["reflect", "--practice", "deep-curiositi", "--print"], '"deep-curiosity"'),
        (["reflect", "--prompt", "deep-curiosity.a-gues", "--print"], '"deep-curiosity.a-guess"'),
        (["do", "identify-a-ally"], '"identify-an-ally"'),
        (["packs", "show", "five-question"], '"five-questions"'),
        (["list", "--practice", "deep-curiositi"], '"deep-curiosity"'),
        (["list", "--pack", "five-question"], '"five-questions"'),
        (["list", "--prompt", "deep-curiosity.a-gues"], '"deep-curiosity.a-guess"'),
        (["show", "zzzz"], "zzzz"),
        (["show", "last~9"], "1 entry"),
        (["show", "2026-11-20"], "2026-11-20"),
        (["show", "entries/none.md"], "entries/none.md"),
        (["star", "zzzz"], "zzzz"),
        (["mark", "zzzz"], "zzzz"),
        (["delete", "zzzz"], "zzzz"),
        (["restore", "zzzz"], "ally trash"),
        (["history", "zzzz"], "zzzz"),
        (["tag", "add", "x", "zzzz"], "zzzz"),
        (["tag", "remove", "x", "last"], "no tag"),
        (["tags", "rename", "none", "other", "--yes"], "#none"),
        (["people", "merge", "none", "other", "--yes"], "@none"),
        (["undo"], "undo"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_absent_ends_with_1_and_one_line_that_helps(diary: Home, words: list[str], near: str) -> None:
    done = diary.run(*words, at=SATURDAY)
    assert (done.returncode, done.stdout) == (1, "")
    assert near in done.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["reflect"], "--edit"),
        (["note"], "--edit"),
        (["note", "-"], "--edit"),
        (["do", "identify-an-ally"], "--edit"),
        (["edit", "last"], "terminal"),
        (["purge", "last"], "terminal"),
        (["config", "edit"], "ally config set"),
        (["config", "get", "colour"], "week-start"),
        (["list", "--colour"], "--colour"),
        (["lst"], "lst"),
        (["list", "-n", "0"], "from 1"),
        (["list", "-n", "many"], "many"),
        (["list", "--kind", "essay"], "reflection"),
        (["review", "--format", "pdf"], "md"),
        (["export", "--format", "odt"], "md"),
        (["schema", "house"], "entry"),
        (["completion", "cmd"], "bash"),
        (["reflect", "words"], "ally note"),
        (["note", "x", "-t", "two words"], "letters"),
        (["note", "x", "-t", "2026"], "letter"),
        (["search", "-without"], "at least one"),
        (["star", "k7"], "four"),
        (["people", "add", "1234"], "letter"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_so_ends_with_2_and_names_the_way(diary: Home, words: list[str], hint: str) -> None:
    path = diary.entries[0]
    path.write_text(ENTRY.replace("kind: note", "kind: note\ntags:\n  - one"))
    done = diary.run(*words, at=SATURDAY)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert hint in done.stderr.replace("\n", " ")
    assert len(diary.entries) == 1


def test_without_a_terminal_a_rename_asks_for_yes_and_changes_nothing(diary: Home) -> None:
    text = ENTRY.replace("kind: note", "kind: note\ntags:\n  - one")
    diary.entries[0].write_text(text)
    done = diary.run("tags", "rename", "one", "two")
    assert done.returncode == 2 and "--yes" in done.stderr
    assert diary.entries[0].read_text() == text


def test_a_practice_whose_pack_is_gone_can_still_be_filtered_by(diary: Home) -> None:
    diary.entries[0].write_text(ENTRY.replace("kind: note", "kind: note\npractices:\n  - gardening"))
    assert len(diary.json("list", "--practice", "gardening")) == 1


def test_an_existing_file_is_overwritten_by_an_export_only_with_force(diary: Home) -> None:
    out = diary.folder / "out.md"
    out.write_text("mine")
    refused = diary.run("export", "-o", str(out))
    assert (refused.returncode, refused.stdout, out.read_text()) == (3, "", "mine")
    assert "--force" in refused.stderr.replace("\n", " ")
    diary.ok("export", "-o", str(out), "--force")
    assert "Words." in out.read_text()
    assert diary.run("export", "-o", str(diary.folder / "none" / "out.md")).returncode == 1
    assert diary.run("export", "-o", str(diary.folder), "--force").returncode != 0


def test_a_name_in_use_is_not_renamed_over(diary: Home) -> None:
    diary.entries[0].write_text(ENTRY.replace("kind: note", "kind: note\ntags: [one, two]"))
    done = diary.run("tags", "rename", "one", "two", "--yes")
    assert done.returncode == 3
    assert "ally tags merge one two" in done.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    "words", [["list"], ["search", "anything"], ["export"], ["tags"], ["people"], ["trash"], ["doctor"]], ids=" ".join
)
def test_an_empty_journal_is_an_empty_list_and_no_failure(home: Home, words: list[str]) -> None:
    assert home.json(*words) == []


def test_one_chosen_of_none_is_an_empty_list(diary: Home) -> None:
    assert diary.json("list", "-t", "none") == []


@pytest.mark.parametrize("words", [[], ["review"], ["packs", "list"], ["config"], ["do"], ["list"]], ids=" ".join)
def test_a_command_that_only_looks_makes_no_folder(home: Home, words: list[str]) -> None:
    home.ok(*words)
    assert not home.journal.exists()


def test_global_options_stand_before_or_after_the_command(diary: Home) -> None:
    assert diary.ok("--json", "list") == diary.ok("list", "--json")
    other = str(diary.folder / "other")
    assert diary.ok("--journal", other, "list", "--json") == diary.ok("list", "--json", "--journal", other) == "[]\n"
    assert diary.run("-q", "list").stderr == diary.run("list", "-q").stderr == ""
    assert diary.ok("--version").startswith("ally ")
    assert diary.ok("list", "-h") == diary.ok("list", "--help")


def test_a_journal_is_chosen_by_option_then_environment_then_config(diary: Home) -> None:
    for name in ("by-option", "by-variable", "by-config"):
        diary.ok("note", name, "--journal", str(diary.folder / name))
    assert "by-variable" in diary.ok("show", "last", ALLY_JOURNAL=str(diary.folder / "by-variable"))
    diary.ok("config", "set", "journal", str(diary.folder / "by-config"))
    assert "by-config" in diary.ok("show", "last")
    assert "by-variable" in diary.ok("show", "last", ALLY_JOURNAL=str(diary.folder / "by-variable"))
    option = str(diary.folder / "by-option")
    assert "by-option" in diary.ok("--journal", option, "show", "last", ALLY_JOURNAL="by-variable")


def test_a_fault_of_ours_shows_no_traceback(home: Home) -> None:
    done = home.run("--journal", "/dev/null/nowhere", "note", "Words that matter.")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "Words that matter" not in done.stderr
