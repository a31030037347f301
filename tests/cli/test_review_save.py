"""`ally review --save`: the answers are safe as they are given, and made again only the figures are new."""

import re
from pathlib import Path

import pytest

from tests.pty import READY, on_a_terminal
from tests.support import SATURDAY, Home

LATER = "2026-11-22T18:00:00+01:00"


@pytest.fixture
def week(home: Home) -> Home:
    """A home with two entries of the week."""
    home.ok("reflect", stdin="I assume @priya can always stay late. #hiring", at="2026-11-16T08:15:02+01:00")
    home.ok("note", stdin="Read the names again.", at="2026-11-19T08:15:02+01:00")
    return home


def reviews(home: Home) -> list[Path]:
    found = sorted((home.journal / "entries").rglob("*.md"))
    return [each for each in found if "kind: review" in each.read_text()]


def test_the_piped_text_answers_the_first_question_and_the_figures_stand_below(week: Home) -> None:
    week.ok("review", "--save", stdin="The retro, when @sam spoke.", at=SATURDAY)
    (path,) = reviews(week)
    found = week.json("show", "last", at=SATURDAY)
    assert (found["kind"], found["title"]) == ("review", "Review of 16-22 November 2026")
    answer, figures = found["answers"]
    assert answer["text"] == "The retro, when @sam spoke." and "2 entries on 2 days" in figures["text"]
    assert figures["prompt"] == "review-figures.2026-11-16.2026-11-22"
    assert (found["tags"], found["people"]) == ([], ["sam"]), "what the figures name, the entry is not about"
    assert "hiring 1" in path.read_text()


def test_made_again_it_keeps_every_word_renews_the_figures_and_can_be_undone(week: Home) -> None:
    week.ok("review", "--save", stdin="First answer.", at=SATURDAY)
    (path,) = reviews(week)
    text = (
        path.read_text()
        .replace("First answer.", "First answer, mended.")
        .replace("kind: review", "mood: 3\nkind: review")
    )
    path.write_text(text + "\nMy own line at the end.\n")
    week.ok("note", stdin="One more.", at=SATURDAY)
    by_hand = path.read_text()
    week.ok("review", "--save", stdin="Second answer.", at=LATER)
    assert reviews(week) == [path]
    after = path.read_text()
    for words in (
        "First answer, mended.",
        "Second answer.",
        "My own line at the end.",
        "mood: 3",
        "3 entries on 3 days",
    ):
        assert after.count(words) == 1, words
    assert "2 entries on 2 days" not in after
    week.ok("undo", at=LATER)
    assert path.read_text() == by_hand
    assert week.json("review", at=LATER)["entries"] == 3, "a review is not about itself"


def test_nothing_in_the_pipe_keeps_the_figures_and_too_much_is_kept_as_a_draft(week: Home) -> None:
    for _ in range(2):
        week.ok("review", "--save", at=SATURDAY)
    (path,) = reviews(week)
    unchanged = path.read_text()
    assert "2 entries on 2 days" in unchanged
    for number in range(3):
        week.ok("review", "--save", stdin=f"Answer {number}", at=SATURDAY)
    done = week.run("review", "--save", stdin="A fourth answer", at=SATURDAY)
    assert done.returncode == 3 and "kept as a draft" in done.stderr
    drafts = list((week.folder / "state").rglob("drafts/*/*.md"))
    assert any("A fourth answer" in each.read_text() for each in drafts)
    assert all(f"Answer {number}" in path.read_text() for number in range(3))


def test_windows_line_ends_stay(week: Home) -> None:
    week.ok("review", "--save", stdin="First.", at=SATURDAY)
    (path,) = reviews(week)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    week.ok("review", "--save", stdin="Second.", at=LATER)
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") and b"First." in data and b"Second." in data


def test_each_period_has_its_own_and_what_leaves_it_is_refused(week: Home) -> None:
    week.ok("review", "--save", at=SATURDAY)
    week.ok("review", "month", "--save", at=SATURDAY)
    titles = {each["title"] for each in week.json("list", "--kind", "review", at=SATURDAY)}
    assert titles == {"Review of 16-22 November 2026", "Review of November 2026"}
    for words in (["--format", "html"], ["-o", "x.md"], ["--include-private"]):
        assert week.run("review", "--save", *words, at=SATURDAY).returncode == 2
    assert len(reviews(week)) == 2


def test_stopped_at_the_second_question_the_first_answer_is_an_entry_and_the_half_one_a_draft(week: Home) -> None:
    with on_a_terminal(week, "review", "--save", at=SATURDAY, PROMPT_TOOLKIT_NO_CPR="1") as child:
        child.expect_exact("1 of 3.")
        first = child.expect_exact([READY, b"> "])
        child.send("Noor\x1b\r" if first == 0 else "Noor\r")
        child.expect_exact("2 of 3.")
        (path,) = reviews(week)
        assert "Noor" in path.read_text() or "@noor" in path.read_text(), "kept before the next is asked"
        child.expect_exact(READY)
        child.send("Half an ans")
        child.expect_exact("Half an ans")
        child.send("\x03")
        child.expect_exact("kept as a draft")
    with on_a_terminal(week, "review", "--save", at=LATER, PROMPT_TOOLKIT_NO_CPR="1") as child:
        child.expect_exact("1 of 2.")
        child.expect_exact("Half an ans")
        child.send("wer.\x1b\r")
        child.expect_exact("2 of 2.")
        child.expect_exact(READY)
        child.send("\x1b\r")
        child.expect_exact("Saved")
    text = path.read_text()
    assert "Half an answer." in text and re.search("[Nn]oor", text) and reviews(week) == [path]
    assert not list((week.folder / "state").rglob("drafts/*/*.md"))
