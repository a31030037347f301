"""Typing an answer on a terminal: bytes that no keyboard should send still lose no word."""

import pexpect
import pytest

from tests.pty import READY, on_a_terminal, saved
from tests.support import SATURDAY, Home

HOSTILE_KEYS = {
    "a Latin-1 letter": b"caf\xe9 with @priya",
    "half a character": b"\xe2\x82 with @priya",
    "a surrogate in UTF-8": b"\xed\xa0\x80 with @priya",
    "a continuation byte": b"\x80\x81 with @priya",
    "markup of the screen library": b"[/red] [bold]x with @priya",
    "a pasted escape": b"\x1b[200~\x1b]0;title\x07 with @priya\x1b[201~",
    "a pasted direction mark": "\x1b[200~\u202e with @priya\x1b[201~".encode(),
}


@pytest.mark.parametrize("keys", HOSTILE_KEYS.values(), ids=HOSTILE_KEYS.keys())
@pytest.mark.parametrize("command", ["reflect", "note"])
def test_whatever_bytes_come_in_the_words_beside_them_are_saved(home: Home, command: str, keys: bytes) -> None:
    with on_a_terminal(home, command, at=SATURDAY) as child:
        child.expect_exact(READY)
        child.send(b"Kept words. ")
        child.send(keys)
        child.send(b"\x1b\r")
        said = saved(child)
    assert b"fault" not in said and b"Traceback" not in said
    (path,) = home.entries
    text = path.read_text("utf-8")
    assert "Kept words." in text and "with @priya" in text


@pytest.mark.parametrize("keys", [b"caf\xe9 Kept words.", b"Kept words. \xff"])
def test_a_stop_after_a_broken_byte_keeps_the_words_as_a_draft(home: Home, keys: bytes) -> None:
    with on_a_terminal(home, "reflect", at=SATURDAY) as child:
        child.expect_exact(READY)
        child.send(keys)
        child.expect_exact(b"Kept words.")
        child.sendintr()
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 130
    (draft,) = home.drafts
    assert "Kept words." in draft.read_text("utf-8")


def test_the_keys_named_above_the_answer_are_the_keys_that_work(home: Home) -> None:
    with on_a_terminal(home, "reflect", at=SATURDAY) as child:
        child.expect_exact("? for help · Esc Enter or Ctrl-D to finish · Ctrl-X Ctrl-E for your editor".encode())
        child.expect_exact(READY)
        child.send(b"?")
        child.expect_exact(b"For example: where they grew up")
        child.send(b"Two\rlines")
        child.send(b"\x1b\r")
        saved(child)
    assert home.json("show", "last", at=SATURDAY)["answers"][0]["text"] == "Two\nlines"


def test_a_second_reflection_of_the_day_is_offered_not_forced(home: Home) -> None:
    home.ok("reflect", stdin="Once.", at=SATURDAY)
    with on_a_terminal(home, "reflect", at=SATURDAY) as child:
        child.expect_exact(b"Today's prompt is answered")
        child.expect_exact(b"ally reflect --another")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
    assert len(home.entries) == 1
