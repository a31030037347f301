"""`ally share`: nothing leaves but what the writer saw and said yes to, and nobody on their list by name."""

import json
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pexpect
import pytest

from allyjournal.cli.deciding import Deciding
from allyjournal.journal.entry import Entry
from allyjournal.sharing import consent
from allyjournal.sharing.pseudonyms import Pseudonyms
from allyjournal.terminal.page import Page
from tests.pty import on_a_terminal
from tests.support import SATURDAY, Home

ASKED = "Whose ideas get passed over?"
ENTRIES = {
    "a2b3c4d5e6": f'kind: reflection\nprompts:\n  - p.1\nasked:\n  - "{ASKED}"\n---\n\n## {ASKED}\n\n'
    "Those of @priya. %%I envy her.%% Call +371 2912 3456.\n",
    "b2b3c4d5e6": "kind: note\ntitle: The offsite\nfor-coach: true\n---\n\nKaspersky asked Priya twice.\n",
    "c2b3c4d5e6": "kind: note\nprivate: true\nfor-coach: true\n---\n\nOnly for me.\n",
}
NEVER = ("priya", "raman", "kaspersky", "envy", "2912", "only for me")


@pytest.fixture
def diary(home: Home) -> Home:
    """Three entries, one of them private, a person, and a coach."""
    for number, (name, rest) in enumerate(ENTRIES.items()):
        day = f"2026-11-{18 + number}"
        text = f'---\nid: "{name}"\ndate: {day}\ncreated: {day}T08:15:02+01:00\n{rest}'
        home.put(f"entries/2026/11/{day}-0815-{name}.md", text)
    home.put("people.toml", '[priya]\nnames = ["Priya Raman"]\n')
    home.put("coaches.toml", '[maria]\nname = "Maria"\n')
    return home


def answer(home: Home, *answers: str) -> None:
    """Answers that the writer gave before."""
    home.put("shares/answers/20261101T000000Z-x1.toml", "".join(f"{each}\n" for each in answers))


def shares(home: Home) -> list[Path]:
    """The receipts."""
    return sorted((home.journal / "shares").glob("*.toml"))


def files(home: Home) -> list[Path]:
    """What stands in the folder that `ally` was run in, beside its own."""
    return sorted(each for each in home.folder.iterdir() if each.is_file())


def patched(home: Home, patch: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `ally` with something in it put otherwise."""
    script = f"import sys\n{textwrap.dedent(patch)}\nfrom allyjournal.cli.app import run\nsys.exit(run(sys.argv[1:]))\n"
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(
        command, env=home.env, cwd=home.folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_writer_sees_each_entry_answers_edits_and_says_yes_or_no(diary: Home) -> None:
    before = {path: path.read_bytes() for path in diary.entries}
    editor = diary.folder / "editor.sh"
    editor.write_text("#!/bin/sh\nsed -i 's/twice/thrice/' \"$1\"\n", encoding="utf-8")
    editor.chmod(0o700)
    with on_a_terminal(diary, "share", "maria", at=SATURDAY, EDITOR=str(editor), AT_SEED="x") as child:
        child.expect_exact("Left out: 1 private entry")
        child.expect_exact("make Maria forget")
        child.expect_exact("1 of 2")
        first = child.before
        child.expect_exact("Share it?")
        seen = child.before.decode()
        assert "‹@" in seen
        assert "[phone]" in seen
        assert "passage between %% and %%" in seen
        assert "envy" not in seen
        assert "Those of @priya" not in seen
        child.sendline("n")
        child.expect_exact('"Kaspersky"')
        child.expect_exact("? help")
        child.sendline("what")
        child.expect_exact("@priya says who it is")
        child.sendline("@kasp")
        child.expect_exact("@kasp is new")
        child.expect_exact("Share it?")
        assert "Kaspersky asked" not in child.before.decode()
        child.sendline("e")
        child.expect_exact("with your changes")
        child.expect_exact("thrice")
        child.expect_exact("Share it?")
        child.sendline("y")
        child.expect_exact("Shared 1 entry with Maria · share-maria-2026-11-21.html".encode())
        child.expect(pexpect.EOF)
    assert b"Priya" not in first
    page = diary.folder / "share-maria-2026-11-21.html"
    text = page.read_text(encoding="utf-8")
    assert "thrice" in text
    assert "Those of" not in text
    assert [each for each in NEVER if each in text.casefold()] == []
    assert page.stat().st_mode & 0o777 == 0o600
    assert {path: path.read_bytes() for path in diary.entries} == before
    receipt = shares(diary)[0].read_text(encoding="utf-8")
    assert "b2b3c4d5e6" in receipt
    assert "a2b3c4d5e6" not in receipt
    assert diary.drafts == []

    diary.put("entries/2026/11/2026-11-19-0815-b2b3c4d5e6.md", before[diary.entries[1]] + b"More.\n")
    plain = ("share", "maria", "--plain", "--from", "2 weeks ago", "--only-marked")
    with on_a_terminal(diary, *plain, at=SATURDAY) as child:
        child.expect_exact("1 of 1")
        assert b"make Maria forget" not in child.before
        child.expect(r"on Sat 21 Nov 2026, with changes that you made for that share\b[^;]*; you\s+edited it since\.")
        assert b"may be a name" not in child.before
        assert b"\x1b" not in child.before
        child.expect_exact("Share it?")
        child.sendline("q")
        child.expect_exact("Stopped; nothing was shared.")
        child.expect(pexpect.EOF)
    assert len(shares(diary)) == 1
    assert [each.name for each in files(diary)] == ["editor.sh", page.name]


def test_who_stops_leaves_nothing_behind(diary: Home) -> None:
    for stop in ("q\r", "\x03", "\x04"):
        with on_a_terminal(diary, "share", "maria", "--only-marked", at=SATURDAY) as child:
            child.expect_exact("? help")
            child.sendline("k")
            child.expect_exact("Share it?")
            child.send(stop)
            child.expect_exact("Stopped; nothing was shared.")
            child.expect(pexpect.EOF)
            child.close()
            assert child.exitstatus == (1 if stop == "q\r" else 130)
    assert files(diary) == []
    assert not (diary.journal / "shares").exists()


def test_without_asking_only_what_was_marked_leaves_and_only_if_nothing_is_left_to_ask(diary: Home) -> None:
    assert diary.run("share", "maria", "--yes").returncode == 2
    open_one = diary.run("share", "maria", "--yes", "--only-marked")
    assert open_one.returncode == 3
    assert "b2b3c4: word that may be a name" in open_one.stderr
    assert "asper" not in open_one.stderr
    assert files(diary) == []
    answer(diary, '"word kaspersky" = "blank"')
    said = json.loads(diary.ok("share", "maria", "--yes", "--only-marked", "--json", at=SATURDAY))
    assert said["entries"] == ["b2b3c4d5e6"]
    assert said["encrypted"] is False
    text = (diary.folder / said["file"]).read_text(encoding="utf-8")
    assert "[left out] asked" in text
    assert [each for each in NEVER if each in text.casefold()] == []
    assert (diary.journal / said["receipt"]).exists()


class Typed:
    """Somebody who types these lines, and what they saw."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.seen, self.titles, self.terminal = list(lines), "", {}, self

    def say(self, text: str) -> None:
        self.seen += f"{text}\n"

    def show(self, page: Page, pages: bool = True) -> None:
        self.seen += page.text()

    def line(self, label: str, help_text: str) -> str:
        return self.lines.pop(0)


def test_an_entry_that_a_later_answer_changes_is_shown_again() -> None:
    bodies = ("We asked kaspersky early.", "Kaspersky asked.")
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    entries = [Entry(id=f"k{n}", date=moment.date(), created=moment, body=body) for n, body in enumerate(bodies)]
    known = frozenset({"we", "asked", "early"})
    ground = consent.ground("maria", {}, Pseudonyms({}), {}, known, lambda words: words[0])
    typed = Typed("y", "@kasp", "y", "yes")
    deciding = Deciding(typed, ground, (), lambda _: None)  # type: ignore[arg-type]
    found = deciding.all(entries)
    name = deciding.ground.by.pseudonyms["kasp"]
    assert [each.look.redacted.after.body for each in found] == [f"We asked {name} early.", f"{name} asked."]
    before, heading, after = typed.seen.partition("What you answered since changes an entry")
    assert heading
    assert "We asked kaspersky early." in before
    assert f"We asked ‹{name}› early." in after
    assert typed.lines == []


def test_who_somebody_is_is_asked_once_in_one_place() -> None:
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    for typed, body in (("@harper", "{} from sales left."), ("b", "[left out] from sales left.")):
        entry = Entry(id="k1", date=moment.date(), created=moment, body="Harper from sales left.")
        ground = consent.ground("maria", {}, Pseudonyms({}), {}, frozenset(), lambda words: words[0])
        seen = Typed(typed, "y")
        deciding = Deciding(seen, ground, (), lambda _: None)  # type: ignore[arg-type]
        (said,) = deciding.all([entry])
        assert said.look.redacted.after.body == body.format(deciding.ground.by.pseudonyms.get("harper"))
        assert seen.seen.count("@who, k keep") == 1 and seen.lines == []


PLANT = """
    from allyjournal.sharing import consent
    real = consent.redacted
    def redacted(entry, by):
        made = real(entry, by)
        return made._replace(after=entry) if by.answers else made
    consent.redacted = redacted
"""


def test_what_redaction_misses_the_last_look_stops(diary: Home) -> None:
    answer(diary, '"word kaspersky" = "keep for maria"')
    done = patched(diary, PLANT, "share", "maria", "--only-marked", "--yes", "--recipient", key(diary))
    assert done.returncode == 3
    assert "a name of @priya (" in done.stderr
    assert "twice" not in done.stderr
    assert [each.name for each in files(diary)] == ["age.key"]
    assert shares(diary) == []


def key(home: Home) -> str:
    """A public key whose other half is in `age.key`."""
    path = home.folder / "age.key"
    if not path.exists():
        subprocess.run(["age-keygen", "-o", path], check=True, capture_output=True)
    return subprocess.run(["age-keygen", "-y", path], check=True, capture_output=True, text=True).stdout.strip()


def opened(home: Home, file: str, identity: str) -> str:
    """What the `age` program makes of a file."""
    command = ["age", "-d", "-i", home.folder / identity, home.folder / file]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_file_for_keys_opens_with_the_age_program_and_for_nobody_else(diary: Home) -> None:
    answer(diary, '"word kaspersky" = "blank"')
    ssh = diary.folder / "ssh"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ssh], check=True)
    public = (diary.folder / "ssh.pub").read_text(encoding="utf-8").strip()
    marked = ("share", "maria", "--only-marked", "--yes")
    diary.ok(*marked, "--recipient", key(diary), "--recipient", public, "-o", "both.md")
    for identity in ("age.key", "ssh"):
        assert "[left out] asked" in opened(diary, "both.md.age", identity)
    ends = key(diary)[-8:], public.split()[1][-8:]
    assert f"encrypted to age1…{ends[0]}, ssh-ed25519…{ends[1]}\n" in diary.ok("shares")
    assert b"asked" not in (diary.folder / "both.md.age").read_bytes()

    diary.put("coaches.toml", f'[maria]\nname = "Maria"\nformat = "md"\nrecipient = "{key(diary)}"\n')
    without = "from allyjournal.sharing import encryption\nencryption.find_spec = lambda _: None"
    done = patched(diary, without, *marked, "-o", "own.age")
    assert done.returncode == 0, done.stderr
    assert "[left out] asked" in opened(diary, "own.age", "age.key")
    assert sum(key(diary) in each.read_text(encoding="utf-8") for each in shares(diary)) == 2


def test_a_passphrase_is_asked_for_twice_and_opens_the_file(diary: Home) -> None:
    answer(diary, '"word kaspersky" = "blank"')
    words = ("share", "maria", "--only-marked", "--yes", "--passphrase", "--format", "md", "-o", "words.md")
    assert diary.run(*words).returncode == 2
    with on_a_terminal(diary, *words) as child:
        for typed in ("short", "correct horse", "correct house", "correct horse", "correct horse"):
            child.expect(": $")
            child.sendline(typed)
        child.expect_exact("Shared 1 entry")
        assert b"horse" not in child.before
        child.expect(pexpect.EOF)
    with pexpect.spawn("age", ["-d", str(diary.folder / "words.md.age")], env=diary.env, timeout=30) as child:
        child.expect_exact("passphrase: ")
        child.sendline("correct horse")
        child.expect_exact("[left out] asked")
    assert ", md, encrypted to a passphrase\n" in diary.ok("shares")


def test_a_kill_before_the_file_leaves_a_receipt_that_the_next_run_names(diary: Home) -> None:
    answer(diary, '"word kaspersky" = "blank"')
    words = ("share", "maria", "--only-marked", "--yes", "-o", "words.md")
    kill = "import os, signal\n{}\n{}.{} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    receipts = kill.format("from allyjournal.sharing import receipts", "receipts", "keep")
    assert patched(diary, receipts, *words).returncode == -signal.SIGKILL
    assert (files(diary), shares(diary)) == ([], [])
    file = kill.format("from allyjournal.cli import outfile", "outfile", "put")
    assert patched(diary, file, *words).returncode == -signal.SIGKILL
    assert files(diary) == []
    (receipt,) = shares(diary)
    told = diary.run(*words)
    assert told.returncode == 0
    assert f"A share was cut short: its receipt is shares/{receipt.name}" in told.stderr
    assert "cut short" not in diary.run(*words, "--force").stderr


def test_what_cannot_be_shared_is_said_before_anything_is_asked(diary: Home) -> None:
    (diary.folder / "there.html").write_text("mine", encoding="utf-8")
    cases = {
        ("anna",): (1, "`ally coach add anna` adds one"),
        ("maria",): (2, "nobody to ask"),
        ("maria", "--only-marked", "--yes", "--on", "yesterday"): (1, "`ally mark ENTRY` marks one"),
        ("maria", "--only-marked", "--yes", "--from", "last session"): (2, "Nothing was shared with maria yet"),
        ("maria", "--only-marked", "--yes", "-o", "there.html"): (3, "there.html exists"),
        ("maria", "--only-marked", "--yes", "-o", "maria_and_priya.html"): (3, "a name of @priya"),
        ("maria", "--only-marked", "--yes", "-o", "-"): (2, "goes into a file"),
        ("maria", "--only-marked", "--yes", "-o", "words.age"): (2, "add --recipient KEY"),
        ("maria", "--only-marked", "--yes", "--recipient", "age1x"): (2, "not whole"),
    }
    for words, (code, said) in cases.items():
        done = diary.run("share", *words)
        assert (words, done.returncode) == (words, code)
        assert said in done.stderr
    assert (diary.folder / "there.html").read_text(encoding="utf-8") == "mine"
    assert not (diary.journal / "shares").exists()


def test_what_may_be_read_by_one_coach_is_asked_about_for_another(diary: Home) -> None:
    diary.put("coaches.toml", '[maria]\nname = "Maria"\n\n[noor]\nname = "Noor Aziz"\n')
    answer(diary, '"word kaspersky" = "keep for maria"')
    diary.ok("share", "maria", "--only-marked", "--yes", "-o", "maria.md")
    assert "Kaspersky asked" in (diary.folder / "maria.md").read_text(encoding="utf-8")
    other = diary.run("share", "noor", "--only-marked", "--yes")
    assert other.returncode == 3
    assert "word that may be a name" in other.stderr

    diary.put("entries/2026/11/2026-11-22-0815-d2b3c4d5e6.md", "---\nfor-coach: true\n---\nNoor Aziz said so, Maria.\n")
    diary.ok("share", "maria", "--only-marked", "--yes", "-o", "both.md")
    text = (diary.folder / "both.md").read_text(encoding="utf-8")
    assert "said so, Maria." in text
    assert "Noor" not in text and "Aziz" not in text


def test_an_entry_that_is_refused_gives_no_leave_to_keep_a_word(diary: Home) -> None:
    with on_a_terminal(diary, "share", "maria", "--only-marked", at=SATURDAY) as child:
        child.expect_exact("? help")
        child.sendline("k")
        child.expect_exact("Share it?")
        child.sendline("n")
        child.expect_exact("You chose no entry")
        child.expect(pexpect.EOF)
    assert diary.run("share", "maria", "--only-marked", "--yes").returncode == 3


def test_nothing_is_written_into_the_journal(diary: Home) -> None:
    answer(diary, '"word kaspersky" = "blank"')
    before = {path: path.read_bytes() for path in [*diary.entries, diary.journal / "people.toml"]}
    for path in before:
        for words in (("share", "maria", "--only-marked", "--yes"), ("export",)):
            done = diary.run(*words, "-o", str(path), "--force")
            assert (done.returncode, done.stderr.count("lies in your journal")) == (3, 1)
    assert {path: path.read_bytes() for path in before} == before
    assert shares(diary) == []


def test_without_knowing_who_is_who_nobody_gets_a_new_pseudonym(diary: Home) -> None:
    answer(diary, '"word kaspersky" = "blank"')
    words = ("share", "maria", "--only-marked", "--yes", "-q")
    diary.ok(*words)
    (names,) = (diary.journal / "shares/names").glob("*.toml")
    (receipt,) = shares(diary)
    for path, data in ((names, None), (receipt, "<<<<<<< x\n")):
        before = path.read_bytes()
        path.write_text(data) if data else path.unlink()
        done = diary.run(*words, "-o", "again.html")
        assert done.returncode == 3
        assert path.relative_to(diary.journal).as_posix() in done.stderr
        path.write_bytes(before)
    diary.put("shares/answers/20261102T000000Z-x2.toml", f"odd = {'9' * 5000}\n")
    diary.ok(*words, "-o", "again.html")


def test_a_practice_of_ones_own_is_the_writers_words(diary: Home) -> None:
    pack = 'format = 1\nid = "own"\nversion = "1.0.0"\ntitle = "Own"\nsummary = "S"\n'
    pack += 'language = "en"\nlicense = "CC0-1.0"\n'
    practice = '[[practices]]\nid = "weekly"\ntitle = "With Kaspersky, +371 29123456"\nsummary = "S"\n'
    prompt = '[[prompts]]\nid = "own.a"\npractice = "weekly"\ntext = "What?"\nstage = "what"\n'
    diary.put("packs/own.toml", pack + practice + prompt)
    diary.put(
        "entries/2026/11/2026-11-22-0815-d2b3c4d5e6.md",
        "---\nfor-coach: true\npractices: [weekly, with-priya]\n---\nWords.\n",
    )
    answer(diary, '"word kaspersky" = "blank"')
    diary.ok("share", "maria", "--only-marked", "--yes", "--format", "json", "-o", "own.json")
    entries = json.loads((diary.folder / "own.json").read_text(encoding="utf-8"))["entries"]
    said = json.dumps([each["practices"] for each in entries]).casefold()
    assert "left out" in said and "phone" in said
    assert not any(each in said for each in ("kaspersky", "2912", "priya"))
