"""A review on the screen: nothing is cut off or ragged at any width, and in lines it reads aloud."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from allyjournal.dates import Period, month_of, quarter_of, week_of, year_of
from allyjournal.journal.entry import Entry
from allyjournal.practice import charts
from allyjournal.practice.material import Frame, material_of
from allyjournal.practice.review import Review, review
from allyjournal.terminal.drawing import STYLES, drawn
from allyjournal.terminal.figures import Look
from allyjournal.terminal.review_screen import ascii_only, review_page

TODAY = date(2026, 11, 21)
TITLES = {"deep": "Deep curiosity", "brave": "Courageous responsibilities", "quiet": "Practice of listening"}
PERIODS = {
    "week": week_of(TODAY),
    "month": month_of(TODAY),
    "quarter": quarter_of(TODAY),
    "year": year_of(TODAY),
    "all": Period(),
}


def entry(number: int, **changed: Any) -> Entry:
    day = TODAY - timedelta(days=number)
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(Entry(id=f"k{number:05}2qaa", date=day, created=moment, path=f"entries/{number}.md"), **changed)


def journal() -> list[Entry]:
    """Three years of entries, some days with several, with everything that a review speaks of."""
    body = (
        f"## How did it go?\n\nI asked @priya and @sam-o. #hiring #work/a-tag-with-a-rather-long-name-{'x' * 30} #会議"
    )
    due = "- [ ] If the meeting about the office move runs over again, then I ask who has to leave [due:: 2026-11-12] "
    found = [
        entry(number, title="Seven practices of active allyship", practices=("deep", "brave")[: number % 3], body=body,
              prompts=("p.one",), asked=("How did it go?",), starred=number % 7 == 0,
              voice="others" if number % 11 == 0 else "self")
        for number in sorted([*range(0, 1000, 3), *range(0, 40), *range(0, 200, 20)], reverse=True)
    ]  # fmt: skip
    closed = "- [x] Asked for the agenda [due:: 2026-11-02] [id:: kept01] [completion:: 2026-11-02] [reach:: everyday]"
    return [*found[:-1], replace(found[-1], body=f"{due}[id:: late01] [reach:: conversation]\n{closed}\n")]


def found(name: str) -> Review:
    material = material_of(journal(), PERIODS[name], TODAY)._replace(handles=["kofi", "lin", "priya"])
    return review(material, Frame(PERIODS[name], TODAY, TITLES, {}, {"p.one": "so-what"}))


@pytest.mark.parametrize("name", PERIODS)
def test_no_line_is_wider_than_the_screen_and_no_label_is_cut(name: str) -> None:
    shown = found(name)
    for width in (40, 47, 60, 80, 100):
        page = review_page(shown, "4 of the last 4 weeks", Look(width, draws=True))
        lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in drawn(page.rows, width).splitlines()]
        assert max(map(charts.columns_of, lines)) <= width
        text = "\n".join(lines)
        for title in (*TITLES.values(), "Then and now" if name == "week" else "Answers"):
            assert re.search(rf"^ *{title}", text, re.M), (width, title)


@pytest.mark.parametrize("width", [40, 80])
def test_figures_stand_in_columns_with_their_ids_on_the_same_line_or_below(width: int) -> None:
    page = review_page(found("month"), "", Look(width, draws=True))
    rows = page.text().splitlines()
    at = next(number for number, row in enumerate(rows) if row.startswith("  Deep curiosity"))
    below = rows[at] if width == 80 else rows[at + 1]
    assert width == 80 or below.startswith("    ")
    assert re.search(r"k\d{5}, k\d{5}.* and \d+ more$|k\d{5} and \d+ more$", below), below
    assert all(
        not row or row.startswith("  ") or row[0].isupper() or row[0].isdigit() for row in rows if "Sun 1" not in row
    )


def test_a_month_is_drawn_with_a_column_for_each_week_and_shades_that_need_no_colour() -> None:
    rows = review_page(found("month"), "", Look(80, draws=True)).rows
    days = [row for row in rows if row and row[0][1].strip() in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")]
    assert len(days) == 7
    cells = {style: text.strip() for row in days for style, text in row[1:] if text.strip()}
    assert cells["heat1"] == "░" and cells["heat2"] == "▒" and cells.keys() <= STYLES.keys()
    written = sum(text.strip() not in ("", "·") for row in days for _, text in row[1:])
    assert written == 21, "every day of November so far"


def test_where_there_are_no_blocks_everything_is_drawn_in_ascii() -> None:
    assert ascii_only(io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert ascii_only(io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert not ascii_only(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    for name in PERIODS:
        text = review_page(found(name), "", Look(80, draws=True, ascii_only=True)).text()
        assert not {char for char in text if not char.isascii()} - set("–…会議")
    assert "###" in review_page(found("week"), "", Look(80, True, True)).text()


def test_in_lines_it_is_said_in_words_with_nothing_drawn() -> None:
    for name in PERIODS:
        text = review_page(found(name), "4 of the last 4 weeks", Look(80, draws=False)).text()
        assert not set(text) & set(charts.SHADES[1:] + charts.BARS[1:])
        assert "Written on " in text and re.search(r"^  Deep curiosity: \d+ entr(y|ies) \(k\d{5}", text, re.M)
        assert "   " not in re.sub(r"^ +", "", text, flags=re.M), "no columns of spaces"
    month = review_page(found("month"), "", Look(80, draws=False)).text()
    assert "Written on 21 of 21 days: 1-21 (" in month
    assert "By week: " in month and "2 from 26 Oct" in month
    assert "Courageous responsibilities: none." in review_page(
        review(material_of([entry(0)], PERIODS["week"], TODAY), Frame(PERIODS["week"], TODAY, TITLES)), "",
        Look(80, draws=False)).text()  # fmt: skip


def test_it_blames_nobody_for_what_was_not_written() -> None:
    nothing = review(material_of([], PERIODS["year"], TODAY), Frame(PERIODS["year"], TODAY, TITLES))
    text = review_page(nothing, "", Look(80, draws=True)).text()
    assert "0 entries on 0 days" in text and "Before that" not in text and "Least" not in text
    assert "Mon" not in text and "·" not in text


def test_ids_take_the_room_there_is() -> None:
    names = ["aaaaaa", "bbbbbb", "cccccc", "dddddd", "eeeeee", "ffffff", "gggggg"]
    assert charts.named(names) == "aaaaaa, bbbbbb, cccccc, dddddd, eeeeee and 2 more"
    assert charts.named(names[:6]) == ", ".join(names[:6]), "one more takes no more room than saying so"
    assert charts.named(names, 30) == "aaaaaa, bbbbbb and 5 more"
    assert charts.named(names, 3) == "aaaaaa and 6 more" and charts.named([]) == ""


def test_a_few_are_drawn_low_and_none_as_a_dot() -> None:
    assert charts.sparkline([0, 1, 2], 2, ascii_only=False) == "·▂▄"
    assert charts.sparkline([0, 1, 80], 80, ascii_only=False) == "·▁█"
    assert charts.sparkline([0, 3, 12], 12, ascii_only=True) == ".39"
