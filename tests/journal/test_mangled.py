"""Files that people and programs leave among the entries.

Beside each of them every command works, every good entry is there, and the file keeps its bytes: it is shown as
far as it can be read, or named with its path and line.
"""

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import HERE, SATURDAY, Home

MONTH = "entries/2026/11"
GOOD = {
    "k7m2q9xr4t": (
        f"{MONTH}/2026-11-19-0815-k7m2q9xr4t.md",
        '---\nid: "k7m2q9xr4t"\ndate: 2026-11-19\ncreated: 2026-11-19T08:15:02+01:00\ntitle: Deep curiosity\n'
        "kind: reflection\npack: seven-practices@1.0.0\nprompts:\n  - deep-curiosity.a-guess\nasked:\n"
        '  - "Think of someone you worked with this week. Which part of their life do you fill in with a guess?"\n'
        "practices:\n  - deep-curiosity\ntags:\n  - hiring\npeople:\n  - priya\n---\n\n"
        "## Think of someone you worked with this week. Which part of their life do you fill in with a guess?\n\n"
        "First good words, @priya. #hiring\n",
    ),
    "x2b4c6d8e9": (
        f"{MONTH}/2026-11-20-1740-x2b4c6d8e9.md",
        '---\nid: "x2b4c6d8e9"\ndate: 2026-11-20\ncreated: 2026-11-20T17:40:00+01:00\nkind: note\n---\n\n'
        "Second good words.\n",
    ),
}
ID = 'id: "a1b2c3d4e5"'
HEAD = f"{ID}\ndate: 2026-11-20\ncreated: 2026-11-20T10:00:00+01:00\ntitle: Beside\n"
ENTRY = f"---\n{HEAD}---\n\nWords beside.\n"
USUAL = f"{MONTH}/2026-11-20-1000-a1b2c3d4e5.md"
READ = 0
BOMB = "\n".join(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
ASKED = "Think of someone you worked with this week. Which part of their life do you fill in with a guess?"


@dataclass(frozen=True)
class Bad:
    """One mangled file: its bytes, its place, and the line it is named with; READ if it is shown instead."""

    data: bytes | str
    line: int = READ
    name: str = USUAL
    shows: str = ""

    @property
    def bytes(self) -> bytes:
        return self.data.encode() if isinstance(self.data, str) else self.data


def front(text: str) -> str:
    return f"---\n{text}\n---\n\nWords beside.\n"


def beside(name: str, **kinds: Bad) -> dict[str, Bad]:
    return {f"{name} {key.replace('_', ' ')}".strip(): each for key, each in kinds.items()}


CASES: dict[str, Bad] = {
    "1 CRLF": Bad(ENTRY.replace("\n", "\r\n"), shows="Words beside."),
    "2 lone CR": Bad(ENTRY.replace("\n", "\r"), shows="Words beside."),
    "3 BOM": Bad("\ufeff" + ENTRY, shows="Words beside."),
    "4 Latin-1": Bad(ENTRY.replace("Words", "Wörter").encode("latin-1"), shows="W\ufffdrter beside."),
    "4 Latin-1 in the title": Bad(ENTRY.replace("Beside", "Nébe").encode("latin-1"), shows="Words beside."),
    "5 UTF-16": Bad(ENTRY.encode("utf-16"), shows="Words beside."),
    "5 UTF-16 big end": Bad(b"\xfe\xff" + ENTRY.encode("utf-16-be"), shows="Words beside."),
    "5 UTF-16 cut in half": Bad(ENTRY.encode("utf-16")[:-1]),
    "6 NUL in the body": Bad(ENTRY.replace("Words", "Wo\x00rds"), shows="Wo\u2400rds beside."),
    "6 NUL in the front matter": Bad(ENTRY.replace("title: B", "title: \x00B"), line=2),
    "6 only NULs": Bad(b"\x00" * 5000),
    "7 conflict in the body": Bad(ENTRY + "<<<<<<< HEAD\nMine.\n=======\nTheirs.\n>>>>>>> other\n", shows="Theirs."),
    "8 conflict in the front matter": Bad(
        front(f"{ID}\n<<<<<<< HEAD\ntitle: Mine\n=======\ntitle: Theirs\n>>>>>>> other"), line=4
    ),
    "9 the same key twice": Bad(front(f"{ID}\ntitle: One\ntitle: Two"), line=4),
    "9 the same key of a stranger twice": Bad(front(f"{ID}\nmood: One\nmood: Two"), line=4),
    "10 never closed": Bad(f"---\n{HEAD}\nWords beside.\n", line=1),
    "11 closed with dots": Bad(f"---\n{HEAD}...\n\nWords beside.\n", shows="Words beside."),
    "12 no front matter": Bad("Words beside.\n", shows="Words beside."),
    "13 empty": Bad(""),
    "14 only a fence": Bad("---\n"),
    "14 only two fences": Bad("---\n---\n"),
    "14 only a fence without a line end": Bad("---"),
    "15 a tab for indent": Bad(front(f"{ID}\ntags:\n\t- a"), line=4),
    "17 id unquoted and numeric": Bad(front("id: 0123\ndate: 2026-11-20"), shows="Words beside."),
    "17 id in exponent form": Bad(front("id: 1e3\ndate: 2026-11-20"), shows="Words beside."),
    "17 id missing": Bad(front("date: 2026-11-20"), shows="Words beside."),
    "17 id that climbs": Bad(front('id: "../../../x"\ndate: 2026-11-20'), shows="Words beside."),
    "17 the same id in two files": Bad(
        GOOD["x2b4c6d8e9"][1].replace("Second", "Other"), name=f"{MONTH}/copy.md", shows="Other good words."
    ),
    "18 tags nested": Bad(front(f"{ID}\ndate: 2026-11-20\ntags: [[a, [b]], {{c: d}}]"), shows="Words beside."),
    "18 tags and everything null": Bad(
        front("id:\ndate:\ncreated:\ntitle:\ntags:\npeople:\nasked:\nprompts:\npractices:\nstarred:"),
        shows="Words beside.",
    ),
    "18 every value of another type": Bad(
        front(
            "id: [1]\ndate: {a: 1}\ncreated: 5\ntitle: [a, b]\nkind: {a: b}\npack: 7\ntags: {a: b}\npeople: 3\n"
            "asked: true\nprompts: 1.5\npractices: NO\nstarred: maybe\nvoice: []\nexercise: {}\nnext-step: [x]"
        ),
        shows="Words beside.",
    ),
    "19 brackets 30000 deep": Bad(front("a: " + "[" * 30_000), line=2),
    "19 braces 15000 deep": Bad(front("a: " + "{a: " * 15_000), line=2),
    "19 dashes 30000 deep": Bad(front("- " * 30_000), line=2),
    "19 brackets in the body": Bad(ENTRY + "[" * 30_000 + "\n" + "> " * 30_000 + "\n" + "- " * 30_000, shows="Words"),
    "20 aliases that multiply": Bad(
        front("a: &a [x, x]\n" + BOMB),
        line=2,
    ),
    "20 a merge key": Bad(front("a: 1\n<<: {b: 2}"), line=3),
    "21 front matter of 1 MB": Bad(front("\n".join(f"key{n}: value" for n in range(70_000))), line=1),
    "21 front matter of 1 MB in one value": Bad(front("title: " + "x" * 1_000_000), line=1),
    "22 a line of 2 MB": Bad(ENTRY + "word " * 400_000 + "\n", shows="Words beside."),
    "22 a line of 2 MB of signs": Bad(ENTRY + "#[`@<" * 400_000 + "\n", shows="Words beside."),
    "23 100000 lines": Bad(ENTRY + "- [ ] a line #tag\n" * 100_000, shows="Words beside."),
    "24 control characters in the title": Bad(
        front(f'{ID}\ndate: 2026-11-20\ntitle: "\\e[2J\\a\\u202e evil"'), shows="␛[2J␇⟨U+202E⟩ evil"
    ),
    "24 control characters in keys": Bad(front(f'{ID}\ndate: 2026-11-20\n"\\e[2J\\u202e": x'), shows="Words beside."),
    "24 bidi marks and escapes in the body": Bad(ENTRY + "\u202e\x1b[31m\x9b2J\x07", shows="⟨U+202E⟩␛[31m"),
    "25 unknown keys, comments, odd spacing": Bad(
        front(
            f"# mine\n{ID}   # here\nmood  :   fine\ndate:    2026-11-20\n"
            "x: >\n  folded\n  long\n\n  text\ny: |\n  kept"
        ),
        shows="Words beside.",
    ),
    "26 an Obsidian daily note": Bad(
        "---\ntags:\n  - daily\naliases: []\ncssclasses:\n---\n# 2026-11-20\n\n"
        "> [!note]- Callout\n> with ==marks== %%hidden%%\n\n"
        "![[embed.png]] [[2026-11-19|yesterday]]\n\n"
        "- [ ] task ⏫ 📅 2026-11-21 🔁 every day\n- [x] done ✅ 2026-11-20\n"
        "- [/] half #task\n\n```dataview\nTABLE due FROM #task\n```\n",
        name=f"{MONTH}/2026-11-20.md",
        shows="task ⏫ 📅 2026-11-21",
    ),
    "27 a zk note": Bad(
        "---\ntitle: A note\ndate: 2026-11-20 10:00:00\ntags: [book]\n---\n\n:colon:tags: [[abcd Other]]\n",
        name=f"{MONTH}/abcd.md",
        shows=":colon:tags:",
    ),
    "28 a Logseq page": Bad(
        "title:: A page\ntags:: [[a]], b\n\n- A block\n  collapsed:: true\n"
        "\t- Another\n\t  SCHEDULED: <2026-11-20 Fri>\n",
        name=f"{MONTH}/2026_11_20.md",
        shows="A block",
    ),
    "29 the Markdown of jrnl": Bad(
        "# 2026\n\n## November\n\n### 2026-11-20 10:00 A title.\n\nWords beside. @tag\n",
        name=f"{MONTH}/jrnl.md",
        shows="Words beside.",
    ),
    "30 a Jekyll post": Bad(
        '---\nlayout: post\ntitle:  "Welcome"\ndate:   2026-11-20 10:00:00 +0100\ncategories: jekyll update\n---\n'
        "{% highlight ruby %}\n",
        name=f"{MONTH}/2026-11-20-welcome.md",
        shows="{% highlight ruby %}",
    ),
    "31 a heading equal to a prompt twice and in code": Bad(
        front(f'{HEAD}prompts:\n  - deep-curiosity.a-guess\nasked:\n  - "{ASKED}"')
        + f"```\n## {ASKED}\n```\n\n## {ASKED}\n\nThe answer.\n\n## {ASKED}\n\nMore.\n",
        shows="The answer.",
    ),
    "32 asked shorter than prompts": Bad(
        front(f'{HEAD}prompts: [a.b, c.d, e.f]\nasked: ["One?"]') + "## One?\n\nYes\n", shows="Yes"
    ),
    "32 asked longer than prompts": Bad(
        front(f'{HEAD}prompts: [a.b]\nasked: ["One?", "Two?"]') + "## Two?\n\nYes\n", shows="Yes"
    ),
    "35 in another month": Bad(ENTRY, name="entries/2025/01/2026-11-20-1000-a1b2c3d4e5.md"),
    "35 in entries itself": Bad(ENTRY, name="entries/x.md", shows="Words beside."),
    "35 deep down": Bad(ENTRY, name="entries/2026/11/a/b/c/x.md", shows="Words beside."),
    "35 spaces in its name": Bad(ENTRY, name=f"{MONTH}/ my  note .md", shows="Words beside."),
    "35 an option for a name": Bad(ENTRY, name=f"{MONTH}/--help.md", shows="Words beside."),
    "35 a newline in its name": Bad(front("date: 2026-11-20"), name=f"{MONTH}/a\nb.md", shows="Words beside."),
    "35 an escape in its name": Bad(front("date: 2026-11-20"), name=f"{MONTH}/\x1b[2J.md", shows="Words beside."),
    "35 an emoji for a name": Bad(ENTRY, name=f"{MONTH}/🌱.md", shows="Words beside."),
    "35 Latin-1 in its name": Bad(
        front("date: 2026-11-20"), name=os.fsdecode(MONTH.encode() + b"/caf\xe9.md"), shows="Words beside."
    ),
    "35 a broken file with a newline in its name": Bad("---\na: [\n---\n", name=f"{MONTH}/a\nb.md", line=3),
    "35 a broken file with Latin-1 in its name": Bad(
        "---\na: [\n---\n", name=os.fsdecode(MONTH.encode() + b"/caf\xe9.md"), line=3
    ),
    "36 a copy of Syncthing": Bad(
        GOOD["x2b4c6d8e9"][1].replace("Second", "Conflicting"),
        name=f"{MONTH}/2026-11-20-1740-x2b4c6d8e9.sync-conflict-20261120-174000-ABCDEFG.md",
        shows="Conflicting good words.",
    ),
    "36 a conflicted copy": Bad(
        GOOD["x2b4c6d8e9"][1].replace("Second", "Conflicting"),
        name=f"{MONTH}/2026-11-20-1740-x2b4c6d8e9 (conflicted copy).md",
        shows="Conflicting good words.",
    ),
    **{
        f"36 {name}": Bad(b"\xff not an entry \x00", name=f"{MONTH}/{name}")
        for name in ("x.md.orig", ".#lock", ".#x.md", "x.md~", "#x.md#", ".x.md.swp", "x.md.tmp", "4913", "desktop.ini")
    },
}
CASES |= {
    f"16 date as {value or 'nothing'}": Bad(front(f"{ID}\ndate: {value}"), shows="Words beside.")
    for value in (
        "20261120",
        "12:30:45",
        "2026-02-30",
        "2026-11-20T10:00:00Z",
        "2026-11-20 10:00 +01:00",
        "",
        "[2026]",
        "0001-01-01",
        "9999-12-31",
        "99999-01-01",
        "-1",
        "1e400",
    )
}
CASES |= {
    f"16 created as {value or 'nothing'}": Bad(front(f"{ID}\ncreated: {value}"), shows="Words beside.")
    for value in (
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-11-20",
        "2026-11-20T10:00:00",
        "now",
        "",
    )
}
CASES |= {
    f"18 tags as {value}": Bad(front(f"{ID}\ndate: 2026-11-20\ntags: {value}"), shows="Words beside.")
    for value in ("a, b", "[a, b]", '"#a"', "null", "NO", "12", "[1, 2.5, null, true]", "''", "'a\"b'")
}


def commands(path: str) -> list[list[str]]:
    return [
        ["list"],
        ["list", "--json"],
        ["show", "--", path],
        ["show", "--json", "--", path],
        ["review"],
        ["review", "--json"],
        ["export"],
        ["export", "--format", "json"],
        ["-q"],
        ["reflect", "-"],
        ["note", "-"],
    ]


def said_by(
    home: Home, wanted: list[list[str]], before: Callable[[], None] | None = None
) -> dict[str, tuple[int, str, str]]:
    done = subprocess.run(
        [sys.executable, str(HERE / "several.py"), SATURDAY],
        input=json.dumps(wanted).encode(),
        capture_output=True,
        env=home.env,
        cwd=home.folder,
        timeout=120,
        check=True,
        preexec_fn=before,
    )
    return {
        " ".join(words[:2]): (code, out, err)
        for words, (code, out, err) in zip(wanted, json.loads(done.stdout), strict=True)
    }


def put_good_entries(home: Home) -> None:
    for path, text in GOOD.values():
        home.put(path, text)


def assert_good_entries_work(said: dict[str, tuple[int, str, str]]) -> None:
    for command, (code, out, err) in said.items():
        assert code in (0, 1), (command, code, err)
        assert "fault" not in err and "Traceback" not in err + out, (command, err)
    for command in ("list", "list --json", "review", "export", "-q", "reflect -", "note -"):
        assert said[command][0] == 0, (command, said[command])
    for entry_id in GOOD:
        assert entry_id[:6] in said["list"][1] and entry_id[:6] in said["review"][1]
        assert entry_id in [each["id"] for each in json.loads(said["list --json"][1])]
    for exported in (said["export"][1], said["export --format"][1]):
        assert "First good words" in exported and "Second good words." in exported
    assert json.loads(said["review --json"][1])["practices"]["deep-curiosity"] >= 1
    assert said["reflect -"][1].startswith("Saved ") and said["note -"][1].startswith("Saved ")


@pytest.mark.parametrize("name", CASES)
def test_a_mangled_file_harms_nothing_and_is_not_harmed(home: Home, name: str) -> None:
    bad = CASES[name]
    put_good_entries(home)
    path = home.put(bad.name, bad.bytes)
    os.utime(path, (1_795_248_000, 1_795_248_000))
    before = path.stat()
    names = set(os.listdir(path.parent))
    begun = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    said = said_by(home, commands(bad.name))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begun < 30
    assert_good_entries_work(said)
    assert path.read_bytes() == bad.bytes
    after = path.stat()
    assert (after.st_mtime_ns, after.st_mode, after.st_ino) == (before.st_mtime_ns, before.st_mode, before.st_ino)
    new = set(os.listdir(path.parent)) - names
    assert all(each.startswith("2026-11-21-0815-") for each in new), "only the two entries that were written"
    listed = [each["path"] for each in json.loads(said["list --json"][1])]
    is_entry = bad.name.endswith(".md") and not os.path.basename(bad.name).startswith(".")
    assert (bad.name in listed) == (is_entry and bad.line == READ)
    if bad.line != READ:
        where = f"{bad.name}:{bad.line}: " if bad.name.isascii() and bad.name.isprintable() else f".md:{bad.line}: "
        for command in ("list", "review", "export", "-q", "show --"):
            assert where in said[command][2], (command, said[command][2])
        assert said["show --"][:2] == (1, "")
    elif bad.shows:
        code, out, _ = said["show --"]
        assert code == 0 and bad.shows in out


def test_all_thirty_six_kinds_are_here() -> None:
    kinds = {int(name.split()[0]) for name in CASES} | {33, 34}
    assert kinds == set(range(1, 37))


def test_a_name_with_a_newline_never_makes_a_second_line_in_a_list(home: Home) -> None:
    put_good_entries(home)
    home.put(f"{MONTH}/a\n2026-11-21  fakeid  A made-up entry.md", front("date: 2026-11-20"))
    home.put(f"{MONTH}/b\nentries/x.md:1: made up.md", "---\na: [\n---\n")
    done = home.run("list", at=SATURDAY)
    assert len(done.stdout.splitlines()) == 3
    assert not any(line.startswith(("entries/x.md", "2026-11-21")) for line in (done.stdout + done.stderr).splitlines())


def special(home: Home, kind: str) -> Path:
    path = home.journal / USUAL
    if kind == "a link out of the journal":
        outside = home.folder / "outside.md"
        outside.write_text("SECRET of another folder\n")
        path.symlink_to(outside)
    elif kind == "a dangling link":
        path.symlink_to("nowhere.md")
    elif kind == "a link to itself":
        path.symlink_to(path.name)
    elif kind == "a FIFO":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
        (path / "inner.md").write_text("---\ndate: 2026-11-20\n---\nInner words.\n")
    elif kind == "a socket":
        os.mknod(path, stat.S_IFSOCK | 0o600)
    return path


@pytest.mark.parametrize(
    "kind",
    ["a link out of the journal", "a dangling link", "a link to itself", "a FIFO", "a folder", "a socket"],
)
def test_what_is_no_file_is_named_and_left_alone(home: Home, kind: str) -> None:
    put_good_entries(home)
    path = special(home, kind)
    before = path.lstat()
    said = said_by(home, commands(USUAL))
    assert_good_entries_work(said)
    after = path.lstat()
    assert (after.st_mode, after.st_ino, after.st_mtime_ns) == (before.st_mode, before.st_ino, before.st_mtime_ns)
    for _, out, err in said.values():
        assert "SECRET" not in out + err
    if kind == "a folder":
        assert "Inner words." in said["export"][1]
    else:
        assert said["show --"][0] == 1
        for command in ("list", "review", "export", "-q"):
            assert f"{USUAL}:1: " in said[command][2]


def test_a_linked_folder_is_not_walked_into(home: Home) -> None:
    put_good_entries(home)
    outside = home.folder / "outside"
    outside.mkdir()
    (outside / "x.md").write_text("SECRET of another folder\n")
    (home.journal / "entries/2026/elsewhere").symlink_to(outside)
    (home.journal / "entries/loop").symlink_to(home.journal)
    said = said_by(home, commands(GOOD["k7m2q9xr4t"][0]))
    assert_good_entries_work(said)
    assert "SECRET" not in said["export"][1]


def as_anybody() -> None:
    """What root may do to files that are not readable, this process and its children may not."""
    if os.geteuid() == 0:
        import ctypes

        call = ctypes.CDLL(None, use_errno=True).prctl
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if call(24, capability, 0, 0, 0) != 0:  # PR_CAPBSET_DROP
                raise OSError(ctypes.get_errno(), "the capability could not be dropped")


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o222], ids=oct)
def test_a_file_that_may_not_be_read_or_written_is_named_or_shown(home: Home, mode: int) -> None:
    put_good_entries(home)
    path = home.put(USUAL, ENTRY)
    path.chmod(mode)
    said = said_by(home, commands(USUAL), as_anybody)
    assert_good_entries_work(said)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    if mode & 0o400:
        assert "Words beside." in said["show --"][1]
    else:
        assert f"{USUAL}:1: could not be read: permission denied" in said["list"][2]
    path.chmod(0o600)
    assert path.read_text() == ENTRY


def test_a_folder_that_may_not_be_read_is_named(home: Home) -> None:
    put_good_entries(home)
    home.put("entries/2026/10/2026-10-20-1000-a1b2c3d4e5.md", ENTRY)
    folder = home.journal / "entries/2026/10"
    folder.chmod(0)
    try:
        said = said_by(home, commands(GOOD["k7m2q9xr4t"][0]), as_anybody)
    finally:
        folder.chmod(0o700)
    assert_good_entries_work(said)
    assert "entries/2026/10" in said["list"][2]


def test_all_of_them_together_leave_the_good_entries_alone(home: Home) -> None:
    put_good_entries(home)
    bad_files = [each for name, each in CASES.items() if not name.startswith(("22 ", "23 "))]
    for number, bad in enumerate(bad_files):
        home.put(f"{MONTH}/{number:03}.md", bad.bytes)
    said = said_by(home, commands(GOOD["k7m2q9xr4t"][0]))
    assert_good_entries_work(said)
    for number, bad in enumerate(bad_files):
        assert (home.journal / f"{MONTH}/{number:03}.md").read_bytes() == bad.bytes
        named = f"{MONTH}/{number:03}.md:" in said["list"][2]
        assert named == (bad.line != READ), (number, bad.line)
