"""Coaches, receipts, what comes back, and forgetting, as a person does it."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pexpect
import pytest

from allyjournal.journal.folder import Journal
from allyjournal.sharing.formats.json_document import share_to_json
from allyjournal.sharing.formats.markdown_share import comment_line, render_share
from tests.pty import on_a_terminal
from tests.sharing.sharing_home import SHARE, WRITTEN, a_document, a_receipt, journal_at, keep
from tests.support import SATURDAY, Home

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqb2ndGnEsxGKiMjPL1fEBgoZQpcB3/RyRwEkYFyRkL"
ONE, TWO = WRITTEN


@pytest.fixture
def shared(home: Home) -> Home:
    """A home from which something was shared with maria."""
    keep(journal_at(home.journal))
    return home


def reply(home: Home, **changes: Any) -> Path:
    found = {
        "format": 1,
        "share": SHARE.id,
        "content": a_receipt().content,
        "coach": SHARE.coach,
        "answers": [{"ref": "1.2", "comment": "What would Alder say?\nTake your time."}],
        "overall": "",
    }
    path = home.folder / "reply.json"
    path.write_text(json.dumps(found | changes))
    return path


def everything(home: Home) -> dict[str, bytes]:
    """Every file of the journal but what ally keeps of its past."""
    found = [path for path in home.journal.rglob("*") if path.is_file() and ".ally" not in path.parts]
    return {str(path.relative_to(home.journal)): path.read_bytes() for path in found}


def schema(home: Home, name: str) -> Any:
    return json.loads(home.ok("schema", name))


def test_coaches_are_kept_with_the_comments_of_their_file_and_undone(home: Home) -> None:
    home.ok("coach", "add", "maria", "--name", " Maria  K. ", "--recipient", KEY)
    path = home.journal / "coaches.toml"
    path.write_text("# Mine.\n" + path.read_text() + "\n[sam]\nformat = 'md' # likes it\n")
    before = path.read_text()
    home.ok("coach", "add", "@Maria", "--format", "pdf", "--recipient", f"{SSH} maria@her-laptop")
    found = home.json("coach", "list")
    assert found == [
        {"handle": "maria", "name": "Maria K.", "format": "pdf", "recipient": SSH, "last_shared": None},
        {"handle": "sam", "name": "sam", "format": "md", "recipient": None, "last_shared": None},
    ]
    assert path.read_text().startswith("# Mine.\n") and "'md' # likes it" in path.read_text()
    jsonschema.validate(tomllib.loads(path.read_text()), schema(home, "coaches"))
    assert (path.stat().st_mode & 0o777) == 0o600
    home.ok("undo")
    assert path.read_text() == before


def test_a_coach_that_is_not_right_is_refused_and_nothing_changes(home: Home) -> None:
    path = home.put("coaches.toml", "[maria]\nrecipient = 'SECRET'\n")
    for words, code in ((["maria"], 1), (["sam", "--recipient", "AGE-SECRET-KEY-1SECRET"], 2), (["2nd"], 2)):
        done = home.run("coach", "add", *words)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
        assert "SECRET" not in done.stderr and path.read_text() == "[maria]\nrecipient = 'SECRET'\n"


def test_shares_say_what_was_shared_and_what_was_edited_since(shared: Home) -> None:
    home = shared
    path = home.journal / Journal(home.journal).path_of(Journal(home.journal).all().entries[0])
    path.write_text(path.read_text() + "More.\n")
    (receipt,) = home.json("shares")
    jsonschema.validate(receipt, schema(home, "receipt"))
    assert (receipt["coach"], receipt["people"], receipt["edited"]) == ("maria", {"priya": 1, "tom": 1}, [ONE])
    jsonschema.validate(share_to_json(a_document()), schema(home, "share"))
    in_file = json.loads(json.dumps(tomllib.loads((home.journal / receipt["path"]).read_text()), default=str))
    jsonschema.validate(in_file, schema(home, "receipt"))
    path.unlink()
    home.put("shares/2026-11-22-maria-x.toml", "=")
    done = home.run("shares")
    assert f"Not there any more: {ONE[:6]}" in done.stdout and "2026-11-22-maria-x.toml:1" in done.stderr
    assert "Alder" not in done.stdout


def test_a_reply_stands_below_its_entry_and_is_there_once(shared: Home) -> None:
    home, path = shared, reply(shared)
    jsonschema.validate(json.loads(path.read_text()), schema(home, "reply"))
    assert len(home.json("feedback", str(path), at=SATURDAY)) == 1
    before = everything(home)
    again = home.run("feedback", str(path), at=SATURDAY)
    assert (again.returncode, again.stdout) == (0, "") and "already" in again.stderr
    assert everything(home) == before
    screen = home.ok("show", ONE)
    assert "    From Maria  Sat 21 Nov 2026" in screen
    assert "    ## What will you do about it?\n\n    What would @priya say?" in screen
    record = home.json("show", ONE)
    jsonschema.validate(record, schema(home, "entry"))
    (feedback,) = record["feedback"]
    assert (feedback["kind"], feedback["voice"], feedback["reply_to"]) == ("feedback", "others", ONE)
    assert home.json("show", TWO)["feedback"] == [] and "feedback" not in home.json("list")[0]
    said = home.json("reflect", "--print", at="2026-11-22T08:00:00+01:00")
    assert (said["asked"], said["pack"]) == ("What would @priya say?", "coach")
    home.ok("reflect", "-", stdin="That I never asked.", at="2026-11-22T08:00:00+01:00")
    (answer,) = home.json("show", "last")["answers"]
    assert (answer["asked"], answer["text"]) == ("What would @priya say?", "That I never asked.")
    assert home.json("reflect", "--print", at="2026-11-23T08:00:00+01:00")["pack"] == "seven-practices"


def test_markdown_and_plain_text_come_back_too(home: Home) -> None:
    keep(journal_at(home.journal), "md")
    home.ok("coach", "add", "maria", "--name", "Maria")
    line = comment_line("2.1", SHARE)
    text = render_share(a_document()).decode().replace(line, f"{line}\n\nSlower, Heron. ![x](https://t.example/a.png)")
    path = home.folder / "share.md"
    path.write_text(text)
    home.ok("feedback", str(path))
    assert home.json("show", TWO)["feedback"][0]["body"] == "Slower, @tom. \\![x]\\(https://t.example/a.png)"
    for _ in range(2):
        home.ok("feedback", "-", "--from", "maria", "--on", TWO, stdin="Ask Alder.\r\n")
    assert [each["body"] for each in home.json("show", TWO)["feedback"]][1:] == ["Ask @priya."]


def test_what_is_said_of_a_private_entry_is_private(home: Home) -> None:
    home.put("coaches.toml", '[maria]\nname = "Maria"\n')
    home.put("entries/2026/11/2026-11-18-0815-d2b3c4d5e6.md", '---\nid: "d2b3c4d5e6"\nprivate: true\n---\nWords.\n')
    (made,) = json.loads(home.ok("feedback", "-", "--from", "Maria", "--on", "d2b3", "--json", stdin="Hm."))
    assert made["private"] and "Hm." not in home.ok("export")


def test_a_person_who_is_called_otherwise_since_is_still_known_by_the_pseudonym(shared: Home) -> None:
    shared.ok("people", "rename", "priya", "pri", "--yes")
    assert shared.json("shares")[0]["people"] == {"tom": 1, "pri": 1}
    (feedback,) = shared.json("feedback", str(reply(shared)))
    assert feedback["people"] == ["pri"]


def test_what_was_answered_about_a_person_follows_their_handle(shared: Home) -> None:
    path = shared.put(
        "shares/answers/20261101T000000Z-x1.toml", '"word boss" = "@priya"\n"word riga" = "keep for maria"\n'
    )
    odd = shared.put("shares/answers/20261102T000000Z-x2.toml", "odd = 1\n")
    before = path.read_text()
    shared.ok("people", "rename", "priya", "pri", "--yes")
    assert tomllib.loads(path.read_text()) == {"word boss": "@pri", "word riga": "keep for maria"}
    assert odd.read_text() == "odd = 1\n"
    shared.ok("undo")
    assert path.read_text() == before


def test_words_of_a_message_that_cannot_be_kept_are_not_lost(shared: Home) -> None:
    home = shared
    home.ok("coach", "add", "maria")
    month = home.journal / "entries/2026/12"
    month.write_text("in the way")
    words = ("feedback", "-", "--from", "maria", "--on", ONE)
    done = home.run(*words, stdin="Well said.", at="2026-12-01T08:00:00+01:00")
    assert done.returncode == 1 and done.stdout == ""
    kept = re.search(r"kept in (\S+)\.$", done.stderr.strip())
    assert kept and Path(kept[1]).read_text() == "Well said."


def test_what_does_not_belong_here_leaves_everything_as_it_was(shared: Home) -> None:
    home, before = shared, everything(shared)
    path = reply(home, content="0" * 64)
    assert home.run("feedback", str(path)).returncode == 3
    assert home.run("feedback", str(reply(home, share="x"))).returncode == 1
    path.write_bytes(b"\x1b[2J" * 300_000)
    done = home.run("feedback", str(path))
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "\x1b" not in done.stderr
    assert home.run("feedback", str(home.folder)).returncode == 1
    assert home.run("feedback", str(path), "--from", "maria").returncode == 2
    assert home.run("feedback", "-", "--from", "nobody", "--on", TWO, stdin="x").returncode == 1
    assert home.run("feedback", "-", stdin="x").returncode == 2
    assert everything(home) == before


def test_a_person_is_forgotten_everywhere_and_comes_back_by_undo(shared: Home) -> None:
    home = shared
    home.ok("people", "add", "priya", "--name", "Priya Sharma", "--pseudonym", "My Friend")
    home.ok("feedback", str(reply(home)))
    home.put("entries/By hand.md", "---\ntitle: Priya\nmood: pri-\n---\nMs Sharma and Tom.\n")
    home.put("shares/answers/20261121T081502Z-a.toml", '"word prina" = "@priya"\n"word zeb" = "keep for maria"\n')
    home.put("entries/nickname.md", "Prina was there.\n")
    before = everything(home)
    no = home.run("forget", "priya", "--no-input")
    assert no.returncode == 2 and everything(home) == before
    done = home.run("forget", "Priya Sharma", "--yes")
    assert done.returncode == 0 and "git's history" in done.stderr and "`ally undo`" in done.stdout
    after = everything(home)
    assert after.keys() == before.keys()
    left = [name for name, data in after.items() if re.search(b"priya|sharma|prina", data.lower())]
    assert left == []
    assert home.json("shares")[0]["people"] == {"tom": 1, "my-friend": 1}
    assert b"My Friend and Tom." in after["entries/By hand.md"]
    later = reply(home, answers=[{"ref": "1.1", "comment": "Thank Alder."}])
    home.ok("feedback", str(later))
    assert home.json("show", ONE)["feedback"][1]["body"].endswith("Thank @my-friend.")
    home.ok("undo")
    assert {name: data for name, data in everything(home).items() if name in before} == before
    operations = [json.loads(path.read_text()) for path in (home.journal / ".ally/operations").iterdir()]
    commands = [each["command"] for each in operations if "forget" in each["command"]]
    assert len(commands) == 2 and "priya" not in str(commands)


def test_a_pseudonym_that_somebody_has_is_refused_and_one_is_asked_for(shared: Home) -> None:
    home = shared
    home.ok("people", "add", "tom")
    home.ok("people", "add", "priya", "--pseudonym", "Tom")
    before = everything(home)
    done = home.run("forget", "priya", "--yes")
    assert done.returncode == 3 and "in use" in done.stderr
    assert home.run("forget", "noor", "--yes").returncode == 1
    assert everything(home) == before
    home.ok("people", "pseudonym", "priya", 'a "b": c')
    assert home.run("forget", "priya", "--yes").returncode == 2
    home.ok("undo")
    home.ok("undo")
    with on_a_terminal(home, "forget", "priya") as child:
        for waits, typed in ((b"Enter takes", b"Elm\r"), (b"Type yes: ", b"yes\r"), (b"@priya is @elm now", b"")):
            child.expect_exact(waits)
            child.send(typed)
        child.expect(pexpect.EOF)
    assert [each["handle"] for each in home.json("people")] == ["elm"]
