"""The person's own editor: what is typed there stays in the draft's folder, and is never thrown away."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pexpect
import pytest

from tests.safety.sitting import ENDINGS, ENTER, ESCAPE, PASTE_ON, Sitting, wait_until
from tests.safety.sweep import Home, is_whole, loose_modes, split

# Another one each time: the log of an earlier run may lie where leaks are looked for.
CANARY = f"zaffre-{os.urandom(6).hex()}"
WORDS = f"I never asked her whether she can stay late, and {CANARY} is what I would say now."
VIMRC = """
set undofile undodir=~/undo backup writebackup backupdir=~/backup directory=~/swap swapfile
set viminfo='100,<500,s100,:100,/100,h,n~/viminfo history=100 modeline autowriteall
"""
# As options, since nano looks for root's settings in root's own home; those in a nanorc do the same.
NANO_KEEPS = "nano --backup --backupdir={home}/backup --historylog --positionlog"
STATE = "state/allyjournal/drafts"


def needs(editor: str) -> None:
    """Skip, loudly, where the editor is not installed."""
    if not shutil.which(editor):
        pytest.skip(f"SKIPPED: {editor} is not installed, so that its leaks are not looked for")


@pytest.fixture
def hostile(home: Home) -> Home:
    """A home whose settings have vim keep everything everywhere."""
    for name in ("undo", "backup", "swap"):
        (home.folder / name).mkdir()
    (home.folder / ".vimrc").write_text(VIMRC)
    return home


def edit(home: Home, editor: str, command: str = "note") -> Sitting:
    """Begin to write in an editor; a script finds the words in $WORDS."""
    return Sitting(home, command, "--edit", VISUAL=editor, WORDS=WORDS)


def leaks(home: Home) -> list[str]:
    """Files that hold the canary but are no draft, nor the entry: in the home, and in the usual places beside it."""
    inside = [path for path in home.folder.rglob("*") if not path.is_relative_to(home.folder / STATE)]
    beside = [path for place in ("/tmp", "/var/tmp", "/dev/shm") for path in Path(place).glob("*")]
    found = [path for path in [*inside, *beside] if path.is_file() and CANARY.encode() in _bytes(path)]
    return [str(path) for path in found if not path.is_relative_to(home.journal / "entries")]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def in_draft_folder(home: Home) -> bool:
    """Whether some file of the draft's folder has the canary."""
    return any(path.is_file() and CANARY.encode() in _bytes(path) for path in (home.folder / STATE).rglob("*"))


def typed_in_vim(home: Home, command: str = "note", editor: str = "vim") -> Sitting:
    """Type the words in vim, yank and look for them, so that it would remember them in every way it can."""
    sitting = edit(home, editor, command)
    sitting.sees("answer.md")
    sitting.type("GA" + WORDS + ESCAPE)
    wait_until(lambda: in_draft_folder(home) or leaks(home) != [], "vim's swap file has the words")
    sitting.type(f"yy/{CANARY}{ENTER}")
    return sitting


def test_vim_leaves_the_words_in_the_drafts_folder_while_it_is_open_and_after(hostile: Home) -> None:
    needs("vim")
    sitting = typed_in_vim(hostile, "reflect")
    assert leaks(hostile) == []
    sitting.type(f":w{ENTER}")
    sitting.sees("written")
    sitting.type(f"GA More.{ESCAPE}:w{ENTER}")
    sitting.sees("written")
    assert leaks(hostile) == [] and loose_modes(hostile) == []
    assert sitting.finishes(f":q{ENTER}") == 0
    (entry,) = hostile.entries
    assert split(entry.read_bytes())[1].endswith(f"{WORDS} More.\n")
    assert leaks(hostile) == [] and not in_draft_folder(hostile)


def test_the_settings_are_hostile_indeed(hostile: Home) -> None:
    """The control: vim behind another command, where it is not known to be vim, leaks in every way."""
    needs("vim")
    sitting = typed_in_vim(hostile, editor="env vim")
    sitting.type(f":w{ENTER}")
    sitting.sees("written")
    sitting.finishes(f"GA More.{ESCAPE}:wq{ENTER}")
    places = {Path(path).relative_to(hostile.folder).parts[0] for path in leaks(hostile)}
    assert places >= {"undo", "viminfo"}, places


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_vim_that_is_killed_leaves_its_swap_file_in_the_drafts_folder(hostile: Home, number: int) -> None:
    needs("vim")
    sitting = typed_in_vim(hostile)
    _signal_editor(sitting, number)
    sitting.ends()
    assert leaks(hostile) == [] and in_draft_folder(hostile) and hostile.entries == []
    assert STATE in sitting.said.replace("\r\n", ""), "its path is said"


def test_a_window_closed_on_vim_leaves_the_words_in_the_drafts_folder(hostile: Home) -> None:
    needs("vim")
    sitting = typed_in_vim(hostile)
    sitting.hang_up()
    wait_until(lambda: not _children_of_nobody(hostile), "vim ends")
    assert leaks(hostile) == [] and in_draft_folder(hostile)


def test_what_vim_wrote_before_a_kill_is_offered_again(hostile: Home) -> None:
    needs("vim")
    sitting = typed_in_vim(hostile, "reflect")
    sitting.type(f":w{ENTER}")
    sitting.sees("written")
    sitting.signalled(signal.SIGKILL)
    again = Sitting(hostile, "reflect", "--plain")
    again.saves_the_draft()
    (entry,) = hostile.entries
    assert split(entry.read_bytes())[1].endswith(f"{WORDS}\n")


def typed_in_nano(home: Home, editor: str = "nano") -> Sitting:
    """Type the words in nano, and write them."""
    sitting = edit(home, editor)
    sitting.sees("answer.md")
    sitting.type(WORDS)
    sitting.type("\x0f" + ENTER)
    wait_until(lambda: in_draft_folder(home), "nano has written the words")
    sitting.sees("Wrote")
    return sitting


@pytest.mark.parametrize("editor", ["nano", NANO_KEEPS], ids=["as it is", "with backups elsewhere"])
def test_nano_leaves_the_words_in_the_drafts_folder_while_it_is_open_and_after(hostile: Home, editor: str) -> None:
    needs("nano")
    sitting = typed_in_nano(hostile, editor.format(home=hostile.folder))
    sitting.type(" More.")
    sitting.type("\x0f" + ENTER)
    sitting.sees("Wrote")
    assert leaks(hostile) == []
    assert sitting.finishes("\x18") == 0
    (entry,) = hostile.entries
    assert split(entry.read_bytes())[1] == f"{WORDS} More.\n"
    assert leaks(hostile) == [] and not in_draft_folder(hostile)


def test_a_window_closed_on_nano_leaves_the_words_in_the_drafts_folder(hostile: Home) -> None:
    needs("nano")
    sitting = typed_in_nano(hostile)
    sitting.type(" More.")
    sitting.hang_up()
    wait_until(lambda: not _children_of_nobody(hostile), "nano ends")
    assert in_draft_folder(hostile)


# What an editor of one's own may do to the file, as a shell script; and what is said.
FAILURES = {
    "ends with an error": ('echo "$WORDS" > "$1"; exit 1', "ended with an error"),
    "ends by a signal": ('echo "$WORDS" > "$1"; kill -9 $$', "ended with an error"),
    "writes what is not UTF-8": ('printf "$WORDS\\377\\376" > "$1"', "not UTF-8"),
}


def failing_editor(home: Home, script: str) -> str:
    """An editor that runs this script; `$1` is the file."""
    path = home.folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize("command", ["note", "reflect"])
@pytest.mark.parametrize("failure", FAILURES)
def test_what_a_failing_editor_wrote_stays_and_its_path_is_said(home: Home, failure: str, command: str) -> None:
    script, said = FAILURES[failure]
    sitting = edit(home, failing_editor(home, script), command)
    assert sitting.ends() == 1
    words = sitting.said.replace("\r\n", " ")
    assert said in words and CANARY not in words and home.entries == []
    (file,) = (home.folder / STATE).rglob("answer.md")
    assert CANARY.encode() in file.read_bytes()
    assert str(file) in sitting.said.replace("\r\n", "") and leaks(home) == []


def draft_of(home: Home) -> None:
    """Leave a draft behind, as a window that was closed does."""
    sitting = Sitting(home, "reflect", "--plain")
    sitting.is_asked()
    sitting.type(WORDS + ENTER)
    sitting.is_asked()
    sitting.hang_up()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 1", "ended with an error"),
        ('rm "$1"', "no file"),
        ("true", "as it was"),
        (': > "$1"', "is empty"),
        ('printf "\\377\\376" > "$1"', "not UTF-8"),
        ('rm "$1"; mkdir "$1"', "no file"),
        ('rm "$1"; ln -s /etc/passwd "$1"', "no file"),
    ],
    ids=["error", "deletes", "unchanged", "empties", "not UTF-8", "folder", "link"],
)
def test_a_draft_outlives_every_failure_of_the_editor(home: Home, script: str, said: str) -> None:
    draft_of(home)
    sitting = edit(home, failing_editor(home, script), "reflect")
    sitting.is_offered_a_draft()
    sitting.type(ENTER)
    assert sitting.ends() == 1
    assert said in sitting.said.replace("\r\n", " ") and home.entries == []
    (draft,) = (path for path in home.drafts if path.name != "answer.md")
    assert is_whole(draft, WORDS)
    again = Sitting(home, "reflect", "--plain")
    again.saves_the_draft()
    (entry,) = home.entries
    assert is_whole(entry, WORDS)


def words_are_kept(home: Home, words: str) -> bool:
    """Whether the words are in an entry, or in a draft or what an editor left beside it."""
    state = [path for path in (home.folder / STATE).rglob("*") if path.is_file()]
    return any(words.encode() in _bytes(path) for path in [*home.entries, *state])


def test_what_was_typed_after_a_failing_editor_is_what_is_offered(home: Home) -> None:
    """The file that the editor left is older than what was typed since; it must not take its place."""
    sitting = edit(home, failing_editor(home, 'echo "$WORDS" > "$1"; exit 1'), "note")
    assert sitting.ends() == 1
    second = Sitting(home, "reflect", "--plain")
    second.is_offered_a_draft()
    second.type(ENTER)
    second.sees("So far you have:")
    second.is_asked()
    second.type(f"Then I asked her.{ENTER}")
    second.is_asked()
    second.hang_up()
    Sitting(home, "reflect", "--plain").saves_the_draft()
    (entry,) = home.entries
    body = split(entry.read_bytes())[1]
    assert WORDS in body and "Then I asked her." in body, body


def test_what_a_failing_editor_wrote_in_the_middle_of_typing_is_not_thrown_away(home: Home) -> None:
    """Ctrl-X Ctrl-E: the editor saves and then fails; the person finishes with what they had."""
    editor = failing_editor(home, 'echo "$WORDS" > "$1"; exit 1')
    sitting = Sitting(home, "reflect", VISUAL=editor, WORDS=WORDS)
    sitting.sees(PASTE_ON)
    sitting.type("What I had typed before.")
    sitting.sees_typed("before.")
    sitting.type("\x18\x05")
    sitting.sees("ended with an error")
    sitting.sees(PASTE_ON)
    assert sitting.finishes(ESCAPE + ENTER) == 0
    assert words_are_kept(home, "What I had typed before.") and words_are_kept(home, WORDS)


def _interrupts_the_editor(sitting: Sitting) -> None:
    """Ctrl-C until the prompt is back: one that comes while the editor is starting reaches nobody."""
    for _ in range(3):
        sitting.type("\x03")
        if sitting.child.expect_exact([PASTE_ON, pexpect.TIMEOUT], timeout=8) == 0:
            return
    raise AssertionError("the editor goes on")


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_end_while_the_editor_is_open_from_the_prompt_keeps_both(home: Home, ending: str) -> None:
    """The editor has saved, and is still open when the sitting ends."""
    editor = failing_editor(home, 'echo "$WORDS" > "$1"; echo waiting-now; exec sleep 60')
    sitting = Sitting(home, "reflect", VISUAL=editor, WORDS=WORDS)
    sitting.sees(PASTE_ON)
    sitting.type("What I had typed before.")
    sitting.sees_typed("before.")
    sitting.type("\x18\x05")
    sitting.sees("waiting-now")
    if ending == "Ctrl-C":
        _interrupts_the_editor(sitting)
        sitting.hang_up()
    else:
        ENDINGS[ending](sitting)
    assert words_are_kept(home, "What I had typed before.") and words_are_kept(home, WORDS)
    Sitting(home, "reflect", "--plain").saves_the_draft()
    assert words_are_kept(home, WORDS)


def _signal_editor(sitting: Sitting, number: int) -> None:
    """Send a signal to the editor, which is the only child of ally."""
    children = Path(f"/proc/{sitting.child.pid}/task/{sitting.child.pid}/children").read_text().split()
    assert len(children) == 1
    os.kill(int(children[0]), number)


def _children_of_nobody(home: Home) -> list[str]:
    """Processes that have this home as theirs."""
    found = subprocess.run(["pgrep", "-f", str(home.folder / STATE)], capture_output=True, text=True, check=False)
    return found.stdout.split()
