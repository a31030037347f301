"""`doctor`, `config` and `completion`: keeping the journal and the machine in order."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.support import Home

ENTRY = (
    '---\nid: "k7m2q9xr4t"\ndate: 2026-11-21\ncreated: 2026-11-21T08:15:02+01:00\nkind: note\n---\n\nWords #work @tom\n'
)
NAME = "2026-11-21-0815-k7m2q9xr4t.md"


@pytest.fixture
def diary(home: Home) -> Home:
    """A journal in which all is well, with one entry."""
    home.put(f"entries/2026/11/{NAME}", ENTRY)
    close(home)
    return home


def close(home: Home) -> None:
    for folder, _, names in os.walk(home.journal):
        os.chmod(folder, 0o700)
        for name in names:
            os.chmod(os.path.join(folder, name), 0o600)


def put(home: Home, name: str, text: str = ENTRY) -> Path:
    path = home.put(name, text)
    close(home)
    return path


def findings(home: Home, *words: str) -> list[tuple[str, str]]:
    import json

    done = home.run("doctor", "--json", *words)
    found = json.loads(done.stdout)
    left = [each for each in found if not each["mended"]]
    assert done.returncode == (1 if left else 0)
    assert all(set(each) == {"path", "line", "meaning", "remedy", "mended"} and each["remedy"] for each in found)
    return [(each["path"], each["meaning"]) for each in found]


def test_all_is_well_where_all_is_well(diary: Home) -> None:
    assert "All is well" in diary.ok("doctor")
    assert findings(diary) == []


def test_loose_modes_are_found_and_closed(diary: Home) -> None:
    os.chmod(diary.entries[0], 0o644)
    os.chmod(diary.journal / "entries", 0o755)
    assert [path for path, _ in findings(diary)] == ["entries", f"entries/2026/11/{NAME}"]
    findings(diary, "--fix")
    assert stat.S_IMODE(diary.entries[0].stat().st_mode) == 0o600
    assert findings(diary) == []


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        (f"entries/2025/01/{NAME.replace('k7m2', 'aaaa')}", ENTRY.replace("k7m2", "aaaa"), "2026-11-21"),
        ("entries/2026/11/.ally-tmp", "", ""),
        ("entries/by hand.md", "Words.\n", "no id"),
    ],
    ids=["misplaced", "stray", "without-id"],
)
def test_what_is_safe_to_mend_is_mended_and_undone(diary: Home, name: str, text: str, word: str) -> None:
    if not text:
        from allyjournal import files

        name = f"entries/2026/11/{files.TEMPORARY}x1"
    path = put(diary, name, text)
    before = path.read_bytes()
    assert any(where == name and word in meaning for where, meaning in findings(diary))
    findings(diary, "--fix")
    assert findings(diary) == []
    assert not path.exists() or path.read_bytes() != before
    diary.ok("undo")
    assert path.read_bytes() == before


def test_an_entry_that_got_its_id_keeps_its_day_and_words(diary: Home) -> None:
    path = put(diary, "entries/2026-03-01 walk.md", "We walked.\n")
    diary.ok("doctor", "--fix")
    entry = diary.json("show", "entries/2026-03-01 walk.md")
    assert entry["id"] and entry["date"] == "2026-03-01"
    assert path.read_text().endswith("We walked.\n")


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        (f"entries/2026/11/{NAME.replace('0815', '0915')}", ENTRY, "same id"),
        ("entries/broken.md", "---\nid: [\n---\n", ""),
        (
            f"entries/2026/11/{NAME[:-3]}.sync-conflict-20261121-081502-ABCDEFG.md",
            ENTRY.replace("k7m2", "bbbb"),
            "Syncthing",
        ),
        ("entries/2026/11/x (conflicted copy).md", ENTRY.replace("k7m2", "cccc"), "sync service"),
        ("entries/2026/11/x.md.orig", "old", "merge"),
    ],
    ids=["duplicate-id", "unreadable", "syncthing", "dropbox", "merge"],
)
def test_what_needs_a_person_is_named_and_left(diary: Home, name: str, text: str, word: str) -> None:
    path = put(diary, name, text)
    assert any(where == name and word in meaning for where, meaning in findings(diary, "--fix"))
    assert path.read_text() == text
    shown = diary.run("doctor")
    assert shown.returncode == 1 and f"{name}:" in shown.stdout.replace("\n", " ")


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Acme", "Mobile Documents", "Nextcloud"])
def test_a_journal_in_a_folder_that_syncs_is_named(home: Home, folder: str) -> None:
    journal = str(home.folder / folder / "journal")
    home.ok("note", "-", "--journal", journal, stdin="Words.")
    done = home.run("doctor", "--journal", journal)
    assert done.returncode == 1 and folder in done.stdout.replace("\n", " ")


def test_a_broken_pack_is_part_of_the_findings(diary: Home) -> None:
    put(diary, "packs/bad.toml", "format = 2\n")
    assert diary.run("doctor").returncode == 1
    assert "bad.toml:1" in diary.run("doctor").stdout
    assert diary.run("doctor", "--json").returncode == 1
    assert any("bad.toml" in path for path, _ in findings(diary))


def test_an_entry_of_an_unknown_pack_is_named(diary: Home) -> None:
    put(diary, f"entries/2026/11/{NAME}", ENTRY.replace("kind: note", "kind: reflection\npack: gone@1.0.0"))
    assert any("gone" in meaning for _, meaning in findings(diary))


def test_config_says_each_value_and_where_it_comes_from(home: Home) -> None:
    home.ok("config", "set", "week-start", "sunday")
    rows = {each["key"]: (each["value"], each["from"]) for each in home.json("config")}
    assert rows["week-start"] == ("sunday", "config") and rows["day-ends"] == ("03:00", "default")
    keys = ("journal", "editor", "pager", "plain", "week-start", "day-ends", "language", "list-text", "focus")
    assert set(rows) == set(keys)
    assert "$EDITOR" in home.ok("config", EDITOR="vi") and "$ALLY_PLAIN" in home.ok("config", ALLY_PLAIN="1")
    assert home.ok("config", "get", "week-start") == "sunday\n"


def test_config_set_keeps_comments_and_the_rest(home: Home) -> None:
    path = home.folder / "config/allyjournal/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('# mine\nplain = false  # for now\n\neditor = "vi"\n')
    home.ok("config", "set", "plain", "true")
    home.ok("config", "set", "day-ends", "04:30")
    text = path.read_text()
    assert text.startswith('# mine\nplain = true  # for now\n\neditor = "vi"\n') and 'day-ends = "04:30"' in text
    assert home.ok("config", "get", "plain") == "true\n"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("week-start", "someday"),
        ("day-ends", "25:00"),
        ("day-ends", "noon"),
        ("day-ends", "²:00"),
        ("plain", "perhaps"),
        ("list-text", "1"),
        ("colour", "red"),
    ],
)
def test_config_set_refuses_what_is_not_right_and_writes_nothing(home: Home, key: str, value: str) -> None:
    done = home.run("config", "set", key, value)
    assert (done.returncode, done.stdout) == (2, "")
    assert "fault" not in done.stderr and key in done.stderr
    assert not (home.folder / "config").exists()


@pytest.mark.parametrize(
    "data", [b"plain = 3", b"week-start = 1", b"x = ", b"\xff", b"odd = 1", b"journal = [1]", b"a = " + b"[" * 9999]
)
def test_a_config_file_that_is_not_right_is_named(home: Home, data: bytes) -> None:
    path = home.folder / "config/allyjournal/config.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    done = home.run("list")
    assert (done.returncode, done.stdout) == (2, "")
    assert "config.toml" in done.stderr and "fault" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed_for_each_shell(home: Home, shell: str) -> None:
    script = home.ok("completion", shell)
    assert "_ALLY_COMPLETE" in script and "ally" in script
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script.encode(), check=True)


def tab(home: Home, line: str) -> list[str]:
    words = f"ally {line}".split(" ")
    done = home.run(_ALLY_COMPLETE="complete_bash", COMP_WORDS=f"ally {line}", COMP_CWORD=str(len(words) - 1))
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("rev", "review"),
        ("show ", "k7m2q9"),
        ("show k7", "k7m2q9"),
        ("show la", "last"),
        ("star k7", "k7m2q9"),
        ("list -t ", "work"),
        ("list --with ", "tom"),
        ("list --practice deep", "deep-curiosity"),
        ("list --pack five", "five-questions"),
        ("reflect --prompt deep-curiosity.a-g", "deep-curiosity.a-guess"),
        ("note -t w", "work"),
        ("do ident", "identify-an-ally"),
        ("packs show five", "five-questions"),
        ("tag add wo", "work"),
        ("tags rename wo", "work"),
        ("people rename t", "tom"),
        ("restore ", ""),
        ("list --sta", "--starred"),
    ],
)
def test_tab_offers_what_there_is(diary: Home, line: str, offered: str) -> None:
    assert not offered or offered in tab(diary, line)


def test_tab_offers_nothing_hostile_and_never_fails_aloud(diary: Home) -> None:
    put(diary, "entries/broken.md", "---\nid: [\n---\n")
    put(diary, "entries/odd.md", '---\ntags: ["a\\u001b[31m", "$(touch x)"]\n---\n')
    put(diary, "packs/bad.toml", "format = 2\n")
    for line in ("list -t ", "show ", "reflect --prompt ", "list --with "):
        assert "\x1b" not in "".join(tab(diary, line))
    assert "work" in tab(diary, "list -t ")
