"""A sitting that ends while somebody types: the words are a draft, the next `ally reflect` offers it, none is lost."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.sitting import ENDINGS, ENTER, ESCAPE, PASTE_ON, Sitting, drafts_hold, kill, wait_until
from tests.safety.sweep import Home, faults_in_files, home_in, loose_modes, split

HALF = "Half of a line, numbat"
FIRST, SECOND, THIRD = "I assume she can stay late, quokka.", "I never asked her, quetzal.", "I ask on Monday, okapi."


def body_of(home: Home) -> str:
    """The words of the only entry."""
    (path,) = home.entries
    return split(path.read_bytes())[1]


def type_fully(home: Home, command: str) -> Sitting:
    """Begin a sitting in the full editor, and type two lines."""
    sitting = Sitting(home, command)
    sitting.sees(PASTE_ON)
    sitting.type(FIRST + ENTER)
    sitting.type(SECOND)
    sitting.sees_typed("quetzal.")
    return sitting


def type_plainly(home: Home, command: str) -> Sitting:
    """Begin a sitting in plain lines, enter two and type half of a third."""
    sitting = Sitting(home, command, "--plain")
    for row in (FIRST, SECOND):
        sitting.is_asked()
        sitting.type(row + ENTER)
    sitting.is_asked()
    sitting.type(HALF)
    sitting.sees_typed(HALF)
    return sitting


def finish_fully(home: Home) -> None:
    """Go on with the draft that is offered, in the full editor, and finish."""
    sitting = Sitting(home, "reflect")
    sitting.is_offered_a_draft()
    sitting.type(ENTER)
    sitting.sees(PASTE_ON)
    sitting.type(ENTER + THIRD)
    sitting.sees_typed("okapi.")
    assert sitting.finishes(ESCAPE + ENTER) == 0


def finish_plainly(home: Home) -> None:
    """Go on with the draft that is offered, in plain lines, and finish."""
    sitting = Sitting(home, "reflect", "--plain")
    sitting.is_offered_a_draft()
    sitting.type(ENTER)
    sitting.sees("So far you have:")
    for row in (THIRD, "."):
        sitting.is_asked()
        sitting.type(row + ENTER)
    assert sitting.finishes() == 0


WAYS = {"full": (type_fully, finish_fully), "plain": (type_plainly, finish_plainly)}
COMMANDS = ("reflect", "note")


def sit(home: Home, command: str, way: str, ending: str) -> str:
    """One sitting that is ended, and the next one that finishes it; gives the entry's words."""
    begin, finish = WAYS[way]
    code = ENDINGS[ending](begin(home, command))
    assert ending == "hang-up" or code in (130, 129, 143, 131), code
    assert len(home.drafts) == 1 and home.entries == []
    assert drafts_hold(home, f"{FIRST}\n{SECOND}"), home.drafts[0].read_text("utf-8")
    if way == "plain" and ending != "hang-up":
        assert drafts_hold(home, HALF), "a line that is not entered yet is kept too, but when the window closes on it"
    finish(home)
    assert home.drafts == [] and loose_modes(home) == []
    body = body_of(home)
    assert body.replace(f"{HALF}\n", "").endswith(f"{FIRST}\n{SECOND}\n{THIRD}\n"), body
    return body


def every_sitting() -> Iterator[tuple[str, str, str]]:
    """Command, way of typing, ending."""
    return itertools.product(COMMANDS, WAYS, ENDINGS)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("way", WAYS)
def test_what_was_typed_is_offered_again_and_finished_with_every_word(home: Home, way: str, ending: str) -> None:
    assert sit(home, "reflect", way, ending).startswith("## ")


@pytest.mark.parametrize("way", WAYS)
def test_a_note_that_was_interrupted_is_offered_too(home: Home, way: str) -> None:
    assert sit(home, "note", way, "hang-up").startswith(FIRST)


def test_what_the_editor_kept_while_typing_survives_kill_9(home: Home) -> None:
    sitting = type_fully(home, "reflect")
    wait_until(lambda: drafts_hold(home, f"{FIRST}\n{SECOND}"), "the draft has the words, which takes 2 s")
    sitting.type(" More")
    assert kill(sitting) == -9
    assert drafts_hold(home, f"{FIRST}\n{SECOND}") and home.entries == []
    finish_fully(home)
    assert f"{FIRST}\n{SECOND}" in body_of(home) and THIRD in body_of(home)


def test_each_plain_line_that_was_entered_survives_kill_9(home: Home) -> None:
    assert kill(type_plainly(home, "reflect")) == -9
    assert drafts_hold(home, f"{FIRST}\n{SECOND}") and home.entries == []
    finish_plainly(home)
    assert f"{FIRST}\n{SECOND}" in body_of(home) and THIRD in body_of(home)


def test_ctrl_d_at_the_end_saves_all_words(home: Home) -> None:
    sitting = type_fully(home, "reflect")
    assert sitting.finishes("\x04") == 0
    assert "Saved " in sitting.said and body_of(home).endswith(f"{FIRST}\n{SECOND}\n") and home.drafts == []


def test_ctrl_d_in_plain_lines_saves_all_words(home: Home) -> None:
    sitting = Sitting(home, "reflect", "--plain")
    sitting.is_asked()
    sitting.type(FIRST + ENTER)
    sitting.is_asked()
    assert sitting.finishes("\x04") == 0
    assert "Saved " in sitting.said and body_of(home).endswith(f"{FIRST}\n") and home.drafts == []


def test_ctrl_backslash_loses_no_words(home: Home) -> None:
    """In plain lines the terminal makes a SIGQUIT of it; the full editor may ignore it, and keeps going."""
    sitting = type_plainly(home, "reflect")
    assert sitting.presses("\x1c") == 131 and drafts_hold(home, f"{FIRST}\n{SECOND}")
    finish_plainly(home)
    assert body_of(home).endswith(f"{FIRST}\n{SECOND}\n{HALF}\n{THIRD}\n")


def test_ctrl_backslash_in_the_full_editor_loses_no_words(home: Home) -> None:
    sitting = type_fully(home, "reflect")
    sitting.type("\x1c")
    wait_until(lambda: drafts_hold(home, f"{FIRST}\n{SECOND}"), "the draft has the words")
    sitting.hang_up()
    assert drafts_hold(home, f"{FIRST}\n{SECOND}")


def test_what_is_being_typed_in_another_window_is_not_taken_over(home: Home) -> None:
    first = type_plainly(home, "reflect")
    wait_until(lambda: drafts_hold(home, SECOND), "the draft has the words")
    second = Sitting(home, "reflect", "--plain")
    second.is_asked()
    assert "A draft of " not in second.said
    second.type(THIRD + ENTER)
    second.is_asked()
    assert second.finishes("\x04") == 0
    first.presses("\x03")
    assert drafts_hold(home, f"{FIRST}\n{SECOND}") and body_of(home).endswith(f"{THIRD}\n")


@pytest.mark.parametrize("way", WAYS)
def test_bytes_that_are_no_text_cost_no_words(home: Home, way: str) -> None:
    """A terminal or a paste in another encoding sends bytes that are not UTF-8."""
    sitting = WAYS[way][0](home, "reflect")
    os.write(sitting.child.child_fd, b" caf\xe9 \xff\xfe" + (b" more\r" if way == "plain" else b" more"))
    sitting.sees_typed("more")
    if way == "plain":
        sitting.is_asked()
    assert sitting.finishes(ESCAPE + ENTER if way == "full" else "." + ENTER) == 0
    assert f"{FIRST}\n{SECOND}" in body_of(home) and "more" in body_of(home)


def test_bytes_that_are_no_text_do_not_stop_the_keeping_of_a_draft(home: Home) -> None:
    sitting = type_fully(home, "reflect")
    os.write(sitting.child.child_fd, b" caf\xe9 more")
    sitting.sees_typed("more")
    sitting.hang_up()
    assert drafts_hold(home, f"{FIRST}\n{SECOND}")


def test_nothing_typed_leaves_nothing(home: Home) -> None:
    sitting = Sitting(home, "reflect")
    sitting.sees(PASTE_ON)
    assert sitting.presses("\x03") == 130
    assert home.entries == home.drafts == [] and not list(faults_in_files(home, "nothing typed"))


def whole(folder: Path, warm: Path) -> list[str]:
    """Every sitting of `every_sitting`; gives what went wrong, a line each."""
    wrong = []
    for number, (command, way, ending) in enumerate(every_sitting()):
        try:
            sit(home_in(folder / f"{number:03}", warm), command, way, ending)
        except Exception as error:
            wrong.append(f"{command}, {way}, {ending}: {type(error).__name__}: {str(error)[:300]}")
    return wrong
