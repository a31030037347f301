"""Packs by others: made, checked, taken in, changed and translated, through the commands that a person types."""

import json
import os
import signal
import stat
import tomllib
from pathlib import Path

import jsonschema
import pexpect
import pytest

from tests.pty import on_a_terminal, screen_of
from tests.support import ROOT, SATURDAY, Home

HEAD = """\
format = 1
id = "lunch"
version = "1.0.0"
title = "At lunch"
summary = "Who sits with whom."
language = "en"
license = "CC-BY-4.0"

[source]
author = "Our group"
work = "What we agreed in spring"
"""


def prompt(name: str, text: str, more: str = "") -> str:
    return f'\n[[prompts]]\nid = "{name}"\ntext = "{text}"\nstage = "what"\n{more}'


FIRST = (
    HEAD
    + prompt("lunch.beside", "Who sat beside you at lunch this week?")
    + prompt("lunch.alone", "Whom did you see alone?")
)
SECOND = (
    HEAD.replace("1.0.0", "2.0.0")
    + prompt("lunch.near", "Who sat near you at lunch this week?", 'was = ["lunch.beside"]\n')
    + prompt("lunch.next", "Whom will you ask to your table?")
)
ANSWERS = "At lunch\nWho sits with whom.\n\n\nA talk\nMaria\n\nWho sat beside you?\n1\n5\n\n"


@pytest.fixture
def file(home: Home) -> Path:
    """A pack file by somebody else."""
    path = home.folder / "theirs.toml"
    path.write_text(FIRST)
    return path


def test_a_pack_is_made_from_a_pipe_and_asked_from(home: Home) -> None:
    said = home.ok("packs", "new", "lunch", stdin=ANSWERS)
    path = home.journal / "packs/lunch.toml"
    assert said == f"Written, 1 prompt: {path}\n`ally reflect --pack lunch` asks from it.\n"
    pack = tomllib.loads(path.read_text())
    assert (pack["title"], pack["source"]) == ("At lunch", {"author": "Maria", "work": "A talk"})
    assert (pack["language"], pack["license"], pack["version"]) == ("en", "CC-BY-4.0", "1.0.0")
    assert pack["prompts"] == [
        {"id": "lunch.sat-beside", "text": "Who sat beside you?", "stage": "what", "answer": "person"}
    ]
    assert path.read_text().startswith("# A pack of prompts for ally")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["lunch.toml"]
    assert home.ok("packs", "check", "--strict", str(path))
    assert home.ok("reflect", "--pack", "lunch", "--print") == "Who sat beside you?\n"
    home.ok("undo")
    assert not path.exists()


def test_own_practices_are_defined_and_those_of_others_named(home: Home) -> None:
    answers = (
        "T\nS\n\n\n\ndeep-curiosity, quiet, deep-curiosty\nQuiet\nNot heard.\n\nWho spoke?\n2\n1\n3\nYou\nMe\n\n\n"
    )
    home.ok("packs", "new", "lunch", "-o", "out.toml", stdin=answers)
    pack = tomllib.loads((home.folder / "out.toml").read_text())
    assert pack["practices"] == [{"id": "quiet", "title": "Quiet", "summary": "Not heard."}]
    assert (pack["order"], pack["prompts"][0]["practice"]) == ("even", "quiet")
    assert pack["prompts"][0]["choices"] == ["You", "Me"]
    assert "deep-curiosity" in (home.folder / "out.toml").read_text()
    assert not home.journal.exists()


def test_what_a_reader_might_stumble_over_is_said_and_kept(home: Home) -> None:
    done = home.run("packs", "new", "lunch", stdin=ANSWERS.replace("Who sat beside you?", "Did you eat alone?"))
    assert done.returncode == 0
    assert "Line 8: Yes or no would answer this" in done.stderr
    assert "Did you eat alone?" in (home.journal / "packs/lunch.toml").read_text()


@pytest.mark.parametrize(
    ("words", "stdin", "code", "said"),
    [
        (["lunch", "--no-input"], ANSWERS, 2, "--no-input"),
        (["Lunch"], ANSWERS, 2, "is no id"),
        (["coaching"], ANSWERS, 3, "came with ally"),
        ([], "", 2, "Id"),
        (["lunch"], "", 2, "Nothing was written"),
        (["lunch", "-o", "no/such/x.toml"], ANSWERS, 1, "is not a folder"),
        (["lunch", "-o", "here"], ANSWERS, 3, "here exists"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line_before_anything_is_asked(
    home: Home, words: list[str], stdin: str, code: int, said: str
) -> None:
    (home.folder / "here").write_text("mine")
    done = home.run("packs", "new", *words, stdin=stdin)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr and len(done.stderr.splitlines()) == 1
    assert (home.folder / "here").read_text() == "mine"


def test_a_pack_that_is_there_is_never_overwritten(home: Home) -> None:
    path = home.put("packs/lunch.toml", "not a pack")
    done = home.run("packs", "new", "lunch", stdin=ANSWERS)
    assert (done.returncode, path.read_text()) == (3, "not a pack")


def test_an_answer_that_does_not_fit_keeps_what_came_before(home: Home) -> None:
    done = home.run("packs", "new", "lunch", stdin=ANSWERS.replace("\n1\n5\n", "\n1\n9\n"))
    assert done.returncode == 2 and "Line 10" in done.stderr
    draft = home.journal / "packs/lunch.toml.draft"
    assert str(draft) in done.stderr and "Who sat beside you?" in draft.read_text()
    assert home.ok("packs", "list", "-q").count("lunch") == 0
    home.ok("packs", "new", "lunch", stdin=ANSWERS)
    assert draft.exists(), "the draft of another time stays"


QUESTIONS = [
    ("Title > ", "At lunch"),
    ("about it > ", "Who sits"),
    ("[en] > ", "pt-BR"),
    ("[CC-BY-4.0] > ", "CC0-1.0"),
    ("none) > ", "A talk"),
    ("known) > ", "Maria"),
    ("none) > ", "quiet"),
    ("out) > ", "Quiet one"),
    ("quiet > ", "Not heard"),
    ("Prompt 1 > ", "Quem estava com você?"),
    ("[1] > ", "3"),
    ("[1] > ", "3"),
    ("Choice 1 > ", "eu mesma"),
    ("Choice 2 > ", "você mesma"),
]


@pytest.mark.parametrize(("stop", "plain"), [*((n, False) for n in range(14)), *((n, True) for n in range(1, 14, 4))])
def test_nothing_typed_is_lost_when_stopped(home: Home, stop: int, plain: bool) -> None:
    with on_a_terminal(home, "packs", "new", "lunch", *(["--plain"] if plain else [])) as child:
        for label, typed in QUESTIONS[:stop]:
            child.expect_exact(label.encode())
            child.sendline(typed.encode())
        label, typed = QUESTIONS[stop]
        child.expect_exact(label.encode())
        child.send(typed.encode())
        child.expect_exact(typed.split()[-1].encode())
        child.sendintr()
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 130
        assert b"lunch.toml.draft" in child.before.replace(b"\r\n", b"")
    text = (home.journal / "packs/lunch.toml.draft").read_text()
    tomllib.loads(text)
    lacking = [typed for _, typed in QUESTIONS[: stop + 1] if len(typed) > 1 and typed not in text]
    assert lacking == []


def test_on_a_terminal_each_prompt_is_judged_and_kept_if_they_insist(home: Home) -> None:
    steps = [("Title > ", "T"), ("it > ", "S"), ("[en] > ", ""), ("4.0] > ", ""), ("none) > ", ""), ("none) > ", "")]
    steps += [("Prompt 1 > ", "Did you eat alone?"), ("keep it > ", ""), ("[1] > ", ""), ("[1] > ", "")]
    steps += [("end) > ", "Did you eat alone now?"), ("keep it > ", "\x15Who spoke first to you?"), ("[1] > ", "")]
    with on_a_terminal(home, "packs", "new", "lunch") as child:
        said = b""
        for label, typed in [*steps, ("[1] > ", ""), ("end) > ", "")]:
            child.expect_exact(label.encode())
            said += child.before + child.after
            child.sendline(typed.encode())
        child.expect(pexpect.EOF)
        said += child.before
    pack = tomllib.loads((home.journal / "packs/lunch.toml").read_text())
    assert [each["text"] for each in pack["prompts"]] == ["Did you eat alone?", "Who spoke first to you?"]
    seen = screen_of(said)
    assert "Yes or no would answer this" in seen and "nearly the same as one you have" in seen


def test_a_hang_up_keeps_the_half_typed_line(home: Home) -> None:
    with on_a_terminal(home, "packs", "new", "lunch") as child:
        child.expect_exact(b"Title > ")
        child.sendline(b"At lunch")
        child.expect_exact(b"about it > ")
        child.send(b"Who sits besi")
        child.expect_exact(b"besi")
        child.kill(signal.SIGHUP)
        child.expect(pexpect.EOF)
    text = (home.journal / "packs/lunch.toml.draft").read_text()
    assert 'title = "At lunch"' in text and "Who sits besi" in text


def test_check_tells_mistakes_and_advice_apart_and_sums_up(home: Home, file: Path) -> None:
    odd = home.folder / "odd.toml"
    odd.write_text(FIRST.replace("Whom did you see alone?", "Did you see anyone alone?"))
    done = home.run("packs", "check", "odd.toml", "theirs.toml")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "odd.toml: lunch@1.0.0 is right: 2 prompts.",
        "theirs.toml: lunch@1.0.0 is right: 2 prompts.",
    ]
    assert done.stderr.splitlines() == [
        "odd.toml:20: warning: prompts.text: Yes or no would answer this; begin with what, which, who, when or how.",
        "1 thing to look at; that is advice, and fails only with --strict.",
    ]
    strict = home.run("packs", "check", "--strict", "odd.toml", "theirs.toml")
    assert strict.returncode == 1
    assert strict.stderr.splitlines()[-1] == "1 of 2 files is not right: 1 thing to look at."
    file.write_text(FIRST.replace("stage", "stge", 1).replace('"en"', '"English"'))
    both = home.run("packs", "check", "odd.toml", "theirs.toml")
    assert both.stderr.splitlines()[-1] == "1 of 2 files is not right: 3 mistakes, 1 thing to look at."
    (first, second) = json.loads(home.run("packs", "check", "--json", "odd.toml", "theirs.toml").stdout)
    assert (first["problems"], [each["line"] for each in first["warnings"]]) == ([], [20])
    assert [each["key"] for each in second["problems"]] == ["language", "prompts.stage", "prompts.stge"]


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 100_000, b"#" * 1_000_000, b'id = "\x1b[31m"\n', b"a = 1\n" * 9])
def test_check_and_add_name_what_is_wrong_and_touch_nothing(home: Home, data: bytes) -> None:
    (home.folder / "x.toml").write_bytes(data)
    for words in (["packs", "check", "x.toml"], ["packs", "add", "x.toml", "--yes"]):
        done = home.run(*words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("x.toml:1") or done.stderr.startswith("x.toml:2")
        assert "\x1b" not in done.stderr
    assert not (home.journal / "packs").exists()


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "none", "loop"])
@pytest.mark.parametrize("command", ["check", "add"])
def test_what_is_no_file_is_named(home: Home, command: str, kind: str) -> None:
    path = home.folder / "x.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "loop":
        path.symlink_to("x.toml")
    done = home.run("packs", command, "x.toml")
    assert done.returncode == 1 and "no such file" in done.stderr


def test_a_pack_is_shown_before_it_is_taken(home: Home, file: Path) -> None:
    refused = home.run("packs", "add", "theirs.toml")
    assert refused.returncode == 2 and "--yes" in refused.stderr
    for part in ("At lunch", "lunch@1.0.0, CC-BY-4.0", "Our group", "Who sat beside you at lunch this week?"):
        assert part in refused.stdout
    assert not (home.journal / "packs").exists()
    assert "Taken: " in home.ok("packs", "add", "theirs.toml", "--yes")
    taken = home.journal / "packs/lunch.toml"
    assert taken.read_bytes() == file.read_bytes() and stat.S_IMODE(taken.stat().st_mode) == 0o600
    again = home.run("packs", "add", "theirs.toml", "--yes")
    assert again.returncode == 0 and "word for word" in again.stderr
    home.ok("undo")
    assert not taken.exists()
    home.ok("packs", "add", "theirs.toml", "--yes")
    home.ok("undo")
    assert home.json("trash") == []


@pytest.mark.parametrize("answer", ["yes", "no", ""])
def test_on_a_terminal_one_is_asked(home: Home, file: Path, answer: str) -> None:
    with on_a_terminal(home, "packs", "add", "theirs.toml", PAGER="cat") as child:
        child.expect_exact(b"Type yes: ")
        assert b"Who sat beside you" in child.before
        child.sendline(answer.encode())
        child.expect(pexpect.EOF)
    assert (home.journal / "packs/lunch.toml").exists() == (answer == "yes")


def test_control_characters_of_a_pack_never_reach_the_screen(home: Home, file: Path) -> None:
    file.write_text(FIRST.replace("Our group", "Our \\u202egroup\\u001b[31m"))
    done = home.run("packs", "add", "theirs.toml", "--yes")
    assert done.returncode == 1 and "U+202E" in done.stderr and "\u202e" not in done.stderr + done.stdout


def test_a_file_with_an_odd_name_is_shown_as_text(home: Home) -> None:
    odd = "a\x1b[31m\u202e\n.toml"
    done = home.run("packs", "new", "lunch", "-o", odd, stdin=ANSWERS)
    assert done.returncode == 0 and (home.folder / odd).exists()
    for said in (
        done,
        home.run("packs", "check", odd),
        home.run("packs", "add", odd),
        home.run("packs", "add", odd, "--yes"),
    ):
        assert not set("\x1b\u202e") & set(said.stdout + said.stderr)


def test_a_new_version_says_what_changed_and_the_older_stays(home: Home, file: Path) -> None:
    home.ok("packs", "add", "theirs.toml", "--yes")
    file.write_text(SECOND)
    shown = home.ok("packs", "add", "theirs.toml", "--yes").splitlines()
    assert shown[:-2] == [
        "At lunch  lunch@1.0.0 → 2.0.0, CC-BY-4.0",
        "  new       lunch.next  Whom will you ask to your table?",
        "  renamed   lunch.beside → lunch.near",
        "  reworded  lunch.near",
        "    - Who sat beside you at lunch this week?",
        "    + Who sat near you at lunch this week?",
        "  gone      lunch.alone  what was written under it stays",
    ]
    kept = [each.read_text() for each in (home.journal / ".ally/history").rglob("*") if each.is_file()]
    assert FIRST in kept
    home.ok("undo")
    assert (home.journal / "packs/lunch.toml").read_text() == FIRST
    changed = json.loads(home.ok("packs", "add", "theirs.toml", "--yes", "--json"))
    assert changed["changes"]["renamed"] == [["lunch.beside", "lunch.near"]]
    assert (changed["version"], changed["changes"]["removed"]) == ("2.0.0", ["lunch.alone"])


def test_a_version_that_says_too_little_is_told_so(home: Home, file: Path) -> None:
    home.ok("packs", "add", "theirs.toml", "--yes")
    file.write_text(SECOND.replace("2.0.0", "1.1.0"))
    assert "the major number" in home.run("packs", "add", "theirs.toml", "--yes").stderr


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FIRST.replace("1.0.0", "0.9.0"), id="lower"),
        pytest.param(FIRST.replace("see alone", "see sitting alone"), id="same-version-other-text"),
    ],
)
def test_another_text_is_not_overwritten_but_with_force(home: Home, file: Path, text: str) -> None:
    home.ok("packs", "add", "theirs.toml", "--yes")
    file.write_text(text)
    done = home.run("packs", "add", "theirs.toml", "--yes")
    assert (done.returncode, done.stdout) == (3, "") and "--force" in done.stderr
    path = home.journal / "packs/lunch.toml"
    assert path.read_text() == FIRST
    home.ok("packs", "add", "theirs.toml", "--yes", "--force")
    assert path.read_text() == text
    home.ok("undo")
    assert path.read_text() == FIRST


def test_a_file_that_is_something_else_is_not_overwritten_but_with_force(home: Home, file: Path) -> None:
    path = home.put("packs/lunch.toml", "broken = [")
    done = home.run("packs", "add", "theirs.toml", "--yes")
    assert done.returncode == 3 and path.read_text() == "broken = ["
    home.ok("packs", "add", "theirs.toml", "--yes", "--force")
    assert path.read_text() == FIRST


def test_a_pack_of_the_same_id_under_another_name_is_the_one_that_changes(home: Home, file: Path) -> None:
    path = home.put("packs/mine.toml", FIRST)
    file.write_text(SECOND)
    home.ok("packs", "add", "theirs.toml", "--yes")
    assert path.read_text() == SECOND and not path.with_name("lunch.toml").exists()


def test_a_pack_that_would_leave_others_without_a_practice_is_refused(home: Home, file: Path) -> None:
    file.write_text(FIRST.replace('id = "lunch"', 'id = "seven-practices"').replace("1.0.0", "9.0.0"))
    done = home.run("packs", "add", "theirs.toml", "--yes", "--force")
    assert done.returncode == 1 and "leaves out the practice" in done.stderr


def test_a_new_version_changes_no_old_entry_and_renamed_prompts_keep_their_history(home: Home, file: Path) -> None:
    home.ok("packs", "add", "theirs.toml", "--yes")
    home.ok("reflect", "--prompt", "lunch.beside", "-", stdin="Noor did.", at="2026-11-19T12:00:00+01:00")
    home.ok("reflect", "--prompt", "lunch.alone", "-", stdin="Tom did.", at="2026-11-20T12:00:00+01:00")
    before = {path: path.read_bytes() for path in home.entries}
    shown = [home.ok("show", each.stem.rpartition("-")[2], at=SATURDAY) for each in before]
    reviewed = home.json("review", at=SATURDAY)
    file.write_text(SECOND)
    home.ok("packs", "add", "theirs.toml", "--yes")
    assert {path: path.read_bytes() for path in home.entries} == before
    assert [home.ok("show", each.stem.rpartition("-")[2], at=SATURDAY) for each in before] == shown
    assert "Who sat beside you at lunch this week?" in shown[0] and "Whom did you see alone?" in shown[1]
    again = home.json("review", at=SATURDAY)
    assert {**again, "sources": {}, "stages": {}} == {**reviewed, "sources": {}, "stages": {}}
    home.ok("reflect", "--prompt", "lunch.beside", "-", stdin="Ana did.", at=SATURDAY)
    for name in ("lunch.beside", "lunch.near"):
        assert [each["text"] for each in home.json("then", name, at=SATURDAY)] == ["Noor did.", "Ana did."]
        assert len(home.json("list", "--prompt", name, at=SATURDAY)) == 2
    assert [each["prompt"] for each in home.json("then", "lunch.near", at=SATURDAY)] == ["lunch.beside", "lunch.near"]
    assert [each["text"] for each in home.json("then", "lunch.alone", at=SATURDAY)] == ["Tom did."]
    (gone,) = home.json("list", "--prompt", "lunch.alone", at=SATURDAY)
    assert gone["answers"][0]["asked"] == "Whom did you see alone?"
    assert home.run("list", "--prompt", "lunch.gone").returncode == 1


def translated(pack: Path) -> str:
    """The pack, as if it were put into German: the same ids, other words."""
    table = tomllib.loads(pack.read_text())
    rows = "".join(
        prompt(each["id"], f"Frage {n}?", f'practice = "{each["practice"]}"\n')
        for n, each in enumerate(table["prompts"])
    )
    head = HEAD.replace('"lunch"', '"sieben"').replace('"en"', '"de"')
    return head.replace("\n[source]", f'translation-of = "seven-practices@{table["version"]}"\n\n[source]', 1) + rows


def test_the_daily_prompts_come_from_a_translation_and_history_carries_over(home: Home, file: Path) -> None:
    home.ok("reflect", "-", stdin="In English.", at="2026-11-20T12:00:00+01:00")
    (asked,) = home.json("list", at=SATURDAY)
    name = asked["answers"][0]["prompt"]
    file.write_text(translated(ROOT / "prompts/seven-practices.toml"))
    assert "translation-of" not in home.run("packs", "check", "theirs.toml").stderr
    home.ok("packs", "add", "theirs.toml", "--yes")
    assert not home.ok("reflect", "--print", at=SATURDAY).startswith("Frage")
    home.ok("config", "set", "language", "de")
    assert home.ok("reflect", "--print", at=SATURDAY).startswith("Frage")
    assert home.json("reflect", "--print", at=SATURDAY)["prompt"] != name, "it was asked yesterday"
    home.ok("reflect", "--prompt", name, "-", stdin="Auf Deutsch.", at=SATURDAY)
    then = home.json("then", name, at=SATURDAY)
    assert [each["text"] for each in then] == ["In English.", "Auf Deutsch."]
    assert [each["pack"] for each in then] == ["seven-practices", "sieben"]
    home.ok("config", "set", "language", "en")
    assert not home.ok("reflect", "--prompt", name, "--print", at=SATURDAY).startswith("Frage")


WRONG = {
    "unknown key": FIRST.replace("stage", "stge", 1),
    "no prompt's text": FIRST.replace("text", "txt", 1),
    "another format": FIRST.replace("format = 1", "format = 2"),
    "a version of two numbers": FIRST.replace("1.0.0", "1.0"),
    "a stage that is none": FIRST.replace('"what"', '"when"', 1),
    "an id with a space": FIRST.replace("lunch.alone", "lunch alone"),
    "text that is none": FIRST.replace('"At lunch"', "7"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_schema_refuses_what_check_refuses(home: Home, file: Path, name: str) -> None:
    schema = json.loads(home.ok("schema", "pack"))
    jsonschema.validate(tomllib.loads(FIRST), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(WRONG[name]), schema)
    file.write_text(WRONG[name])
    assert home.run("packs", "check", "theirs.toml").returncode == 1
