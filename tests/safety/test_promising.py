"""The question after an answer, and what is asked back: however the sitting ends, the answer is kept."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty import screen_of
from tests.safety.sitting import ENDINGS, ENTER, ESCAPE, PASTE_ON, Sitting, drafts_hold, kill, wait_until
from tests.safety.sweep import home_in, loose_modes
from tests.support import SATURDAY, Home

ANSWER, PROMISE = "I never asked, wallaby.", "If it comes up, then I ask"
CTRL_C, CTRL_D = "\x03", "\x04"
MONDAY = "2026-11-23T08:15:02+01:00"
LATER = "2026-11-26T08:15:02+01:00"
FULL, PLAIN = "full", "plain"
# What ends a sitting with a chance to keep what is typed.
WITH_A_CHANCE: dict[str, Callable[[Sitting], int]] = {
    **ENDINGS,
    "Ctrl-D": lambda sitting: sitting.presses("\x15" + CTRL_D),
}


def reflected(home: Home, way: str = FULL, *words: str) -> Sitting:
    """A sitting in which the prompt is answered, and the question after it stands there."""
    sitting = Sitting(home, "reflect", *words, *(["--plain"] if way == PLAIN else []))
    if way == PLAIN:
        sitting.is_asked()
        sitting.type(ANSWER + ENTER)
        sitting.is_asked()
        sitting.type("." + ENTER)
    else:
        sitting.sees(PASTE_ON)
        sitting.type(ANSWER)
        sitting.sees_typed(ANSWER)
        sitting.type(ESCAPE + ENTER)
    sitting.sees("Enter for nothing.")
    sitting.is_asked()
    return sitting


def kept(home: Home) -> str:
    """All that is in entries and drafts."""
    return "\n".join(path.read_text("utf-8") for path in [*home.entries, *home.drafts])


def taken_up(home: Home) -> None:
    """The draft that waits is offered by the next sitting, and saved as it is."""
    sitting = Sitting(home, "reflect", "--plain")
    sitting.saves_the_draft()
    assert home.drafts == []


@pytest.mark.parametrize("way", [FULL, PLAIN])
def test_enter_passes_it_by_and_the_entry_has_the_answer_alone(home: Home, way: str) -> None:
    sitting = reflected(home, way)
    sitting.type(ENTER)
    sitting.sees("Saved ")
    assert sitting.ends() == 0
    text = kept(home)
    assert ANSWER in text and "- [ ]" not in text and home.drafts == []


@pytest.mark.parametrize("way", [FULL, PLAIN])
@pytest.mark.parametrize("ending", sorted(WITH_A_CHANCE))
def test_ended_in_the_middle_of_it_the_answer_is_kept_and_half_a_sentence_waits(
    home: Home, ending: str, way: str
) -> None:
    sitting = reflected(home, way)
    assert drafts_hold(home, ANSWER), "the answer is on disk before the question"
    sitting.type("If it co")
    sitting.sees_typed("If it co")
    if ending == "hang-up":
        wait_until(lambda: drafts_hold(home, "If it co"), "what is typed is in the draft, as it is every 2 s")
    WITH_A_CHANCE[ending](sitting)
    assert ANSWER in kept(home)
    if ending != "Ctrl-D":
        assert drafts_hold(home, "If it co") and home.entries == []
        taken_up(home)
    (entry,) = home.json("list")
    assert entry["answers"][0]["text"].startswith(ANSWER) and loose_modes(home) == []


@pytest.mark.parametrize("ending", ["Ctrl-C", "Ctrl-D", "SIGTERM", "hang-up", "kill -9"])
def test_ended_at_the_day_the_answer_and_the_sentence_are_kept(home: Home, ending: str) -> None:
    sitting = reflected(home)
    sitting.type(PROMISE + ENTER)
    sitting.sees("no day) ")
    sitting.is_asked()
    ends: dict[str, Callable[[Sitting], int]] = ENDINGS | {"kill -9": kill, "Ctrl-D": lambda s: s.presses(CTRL_D)}
    ends[ending](sitting)
    assert ANSWER in kept(home) and PROMISE in kept(home)
    if home.drafts:
        taken_up(home)
    (found,) = home.json("commitments")
    assert (found["text"], found["status"], found["due"]) == (PROMISE, "open", None)


def test_killed_in_the_middle_of_it_the_answer_is_offered_again(home: Home) -> None:
    sitting = reflected(home)
    sitting.type("If it comes up again and again")
    wait_until(lambda: drafts_hold(home, "If it comes up"), "half a sentence is in the draft")
    kill(sitting)
    taken_up(home)
    assert ANSWER in kept(home) and "If it comes up" in kept(home)


def test_a_day_that_is_over_is_asked_for_again_and_reach_too(home: Home) -> None:
    sitting = reflected(home)
    sitting.type(PROMISE + ENTER)
    for typed, said in (("someday", "Give a day"), ("2026-11-20", "That day is over"), ("thursday", "How far")):
        sitting.sees("no day) ")
        sitting.is_asked()
        sitting.type(typed + ENTER)
        sitting.sees(said)
    for typed in ("9", "far", "4"):
        sitting.sees("open > ")
        sitting.type(typed + ENTER)
    sitting.sees("Saved ")
    sitting.ends()
    (found,) = home.json("commitments")
    assert (found["due"], found["reach"]) == ("2026-11-26", "structure")


# -- asked back


DUE = """---
id: "k7m2q9xr4t"
date: 2026-11-20
created: 2026-11-20T08:15:02+01:00
---

- [ ] Ask Tom [due:: 2026-11-24] [id:: aaaa01]
- [ ] Ask Maria [due:: 2026-11-25] [id:: aaaa02]
  - not yet
- [ ] Ask Noor [due:: 2026-11-26] [id:: aaaa03]
- [ ] Ask Priya [due:: 2026-11-26] [id:: aaaa04]
- [ ] Ask Kim [due:: 2026-11-27] [id:: aaaa05]
"""
NAME = "entries/2026/11/2026-11-20-0815-k7m2q9xr4t.md"


@pytest.fixture
def promised(home: Home) -> Home:
    """A home with four commitments that have come to their day on Thursday, and one that has not."""
    home.put(NAME, DUE).chmod(0o600)
    return home


def asked_back(home: Home, *words: str) -> Sitting:
    return Sitting(home, "reflect", "--plain", *words, at=LATER)


def answer(sitting: Sitting, *typed: str) -> None:
    """Answer what is asked, one line after another."""
    for each in typed:
        sitting.is_asked()
        sitting.type(each + ENTER)


def stopped_at_the_next_line(sitting: Sitting) -> int:
    """Press Ctrl-C where a line can be typed; gives the exit code."""
    sitting.is_asked()
    return sitting.presses(CTRL_C)


def test_each_of_the_four_outcomes_is_written_where_it_belongs(promised: Home) -> None:
    sitting = asked_back(promised)
    sitting.sees("4 commitments have come to their day.")
    sitting.sees("Ask Tom")
    answer(sitting, "1", "He went at four.", "2")
    sitting.sees("Ask Maria")
    answer(sitting, "2", "")
    sitting.sees("Ask Noor")
    answer(sitting, "3", "She was away.", "yesterday", "friday")
    sitting.sees("Ask Priya")
    answer(sitting, "7", "4", "", "")
    assert stopped_at_the_next_line(sitting) == 130
    assert (promised.journal / NAME).read_text() == DUE.replace(
        "- [ ] Ask Tom [due:: 2026-11-24] [id:: aaaa01]\n- [ ] Ask Maria [due:: 2026-11-25] [id:: aaaa02]\n"
        "  - not yet\n- [ ] Ask Noor [due:: 2026-11-26] [id:: aaaa03]\n"
        "- [ ] Ask Priya [due:: 2026-11-26] [id:: aaaa04]\n",
        "- [x] Ask Tom [due:: 2026-11-24] [id:: aaaa01] [reach:: statement] [completion:: 2026-11-26]\n"
        "  - 2026-11-26: He went at four.\n"
        "- [-] Ask Maria [due:: 2026-11-25] [id:: aaaa02] [cancelled:: 2026-11-26]\n"
        "  - not yet\n  - 2026-11-26: changed my mind\n"
        "- [ ] Ask Noor [due:: 2026-11-27] [id:: aaaa03]\n"
        "  - 2026-11-26: the chance did not come. She was away.\n"
        "- [ ] Ask Priya [due:: 2026-12-03] [id:: aaaa04]\n  - 2026-11-26: missed\n",
    )
    assert [each["ref"] for each in promised.json("--json", at=LATER)["due"]] == []


def test_later_asks_again_the_next_time_and_all_later_asks_nothing_more(promised: Home) -> None:
    sitting = asked_back(promised)
    answer(sitting, "", "l")
    sitting.sees("Write your answer.")
    assert "Ask Maria" in sitting.said and "Ask Noor" not in sitting.said
    stopped_at_the_next_line(sitting)
    assert (promised.journal / NAME).read_text() == DUE
    again = asked_back(promised)
    again.sees("4 commitments have come to their day.")
    again.sees("Ask Tom")
    stopped_at_the_next_line(again)


@pytest.mark.parametrize("ending", ["Ctrl-C", "Ctrl-D", "SIGTERM", "hang-up", "kill -9"])
def test_ended_while_asked_back_what_was_told_is_kept_and_the_rest_is_as_it_was(promised: Home, ending: str) -> None:
    sitting = asked_back(promised)
    answer(sitting, "2", "No more need.")
    sitting.sees("Ask Maria")
    answer(sitting, "1")
    sitting.is_asked()
    ends: dict[str, Callable[[Sitting], int]] = ENDINGS | {"kill -9": kill, "Ctrl-D": lambda s: s.presses(CTRL_D)}
    ends[ending](sitting)
    first = "- [-] Ask Tom [due:: 2026-11-24] [id:: aaaa01] [cancelled:: 2026-11-26]\n"
    told = "  - 2026-11-26: changed my mind. No more need.\n"
    assert (promised.journal / NAME).read_text() == DUE.replace(
        "- [ ] Ask Tom [due:: 2026-11-24] [id:: aaaa01]\n", first + told
    )


@pytest.mark.parametrize("ending", ["Ctrl-C", "Ctrl-D", "SIGTERM", "hang-up", "kill -9"])
def test_words_that_were_told_are_somewhere_however_it_ends_behind_them(promised: Home, ending: str) -> None:
    sitting = asked_back(promised)
    answer(sitting, "1", "I told them all.")
    sitting.sees("How far does it reach?")
    sitting.is_asked()
    ends: dict[str, Callable[[Sitting], int]] = ENDINGS | {"kill -9": kill, "Ctrl-D": lambda s: s.presses(CTRL_D)}
    code = ends[ending](sitting)
    written = "  - 2026-11-26: I told them all.\n" in (promised.journal / NAME).read_text()
    assert written == (ending in ("Ctrl-C", "Ctrl-D")) and (not written or code == 130)
    assert written != drafts_hold(promised, "I told them all.")
    assert not written or "what you told is saved" in sitting.said


def test_half_a_line_is_written_when_it_is_stopped_and_nothing_is_claimed_where_nothing_was_told(
    promised: Home,
) -> None:
    sitting = asked_back(promised)
    answer(sitting, "1")
    assert stopped_at_the_next_line(sitting) == 130 and "nothing was changed" in sitting.said
    assert (promised.journal / NAME).read_text() == DUE and promised.drafts == []
    again = asked_back(promised)
    answer(again, "4")
    again.is_asked()
    again.type("I forg")
    again.sees_typed("I forg")
    assert again.presses(CTRL_C) == 130
    assert "  - 2026-11-26: missed. I forg\n" in (promised.journal / NAME).read_text() and promised.drafts == []


def test_a_commitment_that_changed_in_another_window_meanwhile_is_not_written_over(promised: Home) -> None:
    sitting = asked_back(promised)
    answer(sitting, "1")
    promised.ok("commitments", "drop", "aaaa01", at=LATER)
    before = (promised.journal / NAME).read_text()
    answer(sitting, "I did it.", "")
    sitting.sees("changed meanwhile")
    sitting.sees("kept as a draft")
    stopped_at_the_next_line(sitting)
    assert (promised.journal / NAME).read_text() == before and drafts_hold(promised, "I did it.")


class OnAFullDisk(Home):
    """A home of whose files none can grow."""

    def command(self, *words: str, at: str | None = None) -> list[str]:
        return ["prlimit", "--fsize=0", *super().command(*words, at=at)]


def test_on_a_failing_disk_the_line_that_was_told_is_said_again(promised: Home) -> None:
    full = OnAFullDisk(promised.folder, promised.umask)
    full.env = promised.env
    sitting = asked_back(full)
    answer(sitting, "2", "No more need.")
    sitting.sees("Not saved. ")
    sitting.sees("Your line: 2026-11-26: changed my mind. No more need.")
    sitting.sees("Ask Maria")
    answer(sitting, "l")
    assert sitting.ends() == 1
    assert "so nothing was asked" in " ".join(sitting.said.split())
    assert (promised.journal / NAME).read_text() == DUE and promised.drafts == []


def test_plain_lines_read_one_after_another_and_nothing_moves_or_colours(promised: Home) -> None:
    sitting = asked_back(promised)
    answer(sitting, "1", "He went.", "", "l")
    sitting.sees("Write your answer.")
    stopped_at_the_next_line(sitting)
    codes = set(re.findall(r"\x1b\[[0-9;?]*[A-Za-z]", sitting.said)) - {"\x1b[?2004h", "\x1b[?2004l"}
    assert codes == set()
    rows = [row for row in screen_of(sitting.said.encode()).split("\n") if row]
    assert rows[:9] == [
        "4 commitments have come to their day.",
        "Due Tue 24 Nov 2026: Ask Tom",
        "  1. did it",
        "  2. changed my mind",
        "  3. the chance did not come",
        "  4. missed it",
        "A number from 1 to 4; Enter for later, l for all later > 1",
        "What happened? One line; Enter for nothing.",
        "> He went.",
    ]


@pytest.mark.parametrize("words", [("reflect",), ("reflect", "--no-input"), ("reflect", "-q")])
def test_from_a_pipe_nothing_is_asked_and_no_commitment_changes(promised: Home, words: tuple[str, ...]) -> None:
    done = promised.run(*words, stdin="1\n", at=LATER)
    assert done.returncode == 0 and "Ask Tom" not in done.stdout + done.stderr
    assert (promised.journal / NAME).read_text() == DUE
    assert promised.json("list", "-n", "1")[0]["answers"][0]["text"] == "1"


def test_a_file_of_another_encoding_is_refused_and_the_others_go_on(home: Home) -> None:
    path = home.put("entries/2026/11/latin.md", b"caf\xe9\n\n- [ ] Ask Tom [due:: 2026-11-23] [id:: aaaa09]\n")
    home.put(NAME, DUE)
    before = path.read_bytes()
    sitting = asked_back(home)
    answer(sitting, "2", "No.")
    sitting.sees("Not saved. ")
    sitting.sees("Your line is kept as a draft")
    answer(sitting, "2", "")
    sitting.sees("Saved.")
    stopped_at_the_next_line(sitting)
    assert path.read_bytes() == before and "[cancelled:: 2026-11-26]" in (home.journal / NAME).read_text()


# -- passed over


def passed_over(home: Home, at: str = SATURDAY) -> Sitting:
    """Answer the prompt with nothing."""
    sitting = Sitting(home, "reflect", "--plain", at=at)
    answer(sitting, ".")
    assert sitting.ends() == 0
    return sitting


def prompt_of(home: Home, at: str = SATURDAY) -> str:
    return str(home.json("reflect", "--print", at=at)["prompt"])


def test_an_empty_answer_passes_the_prompt_over_and_undo_brings_it_back(home: Home) -> None:
    first = prompt_of(home)
    assert "passed over and rests" in " ".join(passed_over(home).said.split())
    second = prompt_of(home)
    file = home.journal / "skipped.toml"
    assert file.read_text() == f'[[skipped]]\nprompt = "{first}"\nday = 2026-11-21\n'
    passed_over(home)
    assert file.read_text().count("[[skipped]]") == 2 and prompt_of(home) not in (first, second)
    assert (first, second) == tuple(re.findall('prompt = "(.*)"', file.read_text()))
    assert home.entries == [] and home.drafts == [] and loose_modes(home) == []
    home.ok("undo")
    assert prompt_of(home) == second
    home.ok("undo")
    assert prompt_of(home) == first


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[skipped]]\nprompt = "a"\nday = 2026-13-01\n', 3),
        ('[[skipped]]\nprompt = "a"\nday = "2026-01-01"\n', 1),
        ("# mine\n[[skipped]\n", 2),
        ("skipped = 3\n", 1),
        ("\x00", 1),
        ("skipped = []\n", None),
    ],
)
def test_a_file_that_is_not_right_is_named_with_its_line_and_never_rewritten(
    home: Home, text: str, line: int | None
) -> None:
    file = home.put("skipped.toml", text)
    done = home.run("reflect", "--print", at=SATURDAY)
    assert done.returncode == 0 and done.stdout.strip()
    assert (f"skipped.toml:{line}: " in done.stderr) == (line is not None), done.stderr
    said = passed_over(home).said
    assert "Nothing was written." in said and "skipped.toml:" in said and "passed over and rests" not in said
    assert file.read_text() == text


def test_passing_over_keeps_what_a_hand_wrote_in_the_file(home: Home) -> None:
    mine = '# mine\r\n[[skipped]]\r\nprompt = "a"  # not for me\r\nday = 2026-01-01\r\nmood = "fine"'
    file = home.put("skipped.toml", mine)
    first = prompt_of(home, MONDAY)
    passed_over(home, MONDAY)
    assert file.read_bytes().decode() == f'{mine}\n[[skipped]]\nprompt = "{first}"\nday = 2026-11-23\n'


# -- a journal that cannot be written


def test_of_a_journal_that_cannot_be_written_nothing_is_asked_but_all_is_read(home: Home, tmp_path: Path) -> None:
    home.put(NAME, DUE)
    full = OnAFullDisk(home.folder, home.umask)
    full.env = home.env
    assert [each["ref"] for each in full.json("commitments", at=LATER)][:1] == ["aaaa01"]
    done = full.run("commitments", "done", "aaaa01", at=LATER)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert (home.journal / NAME).read_text() == DUE
    (tmp_path / "other").mkdir()
    empty = OnAFullDisk(home_in(tmp_path / "other/home").folder)
    sitting = Sitting(empty, "reflect", "--plain")
    assert sitting.ends() == 1 and "so nothing was asked" in " ".join(sitting.said.split())
