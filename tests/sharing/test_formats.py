"""The formats of an export: each says the same of the same entries, oldest first."""

import json

import pytest

from allyjournal.errors import UsageError
from allyjournal.sharing import formats
from tests.sharing.drawn import a_share
from tests.support import Home

DAYS = ("2026-11-19", "2026-11-20", "2026-11-21")


def three_entries(home: Home) -> None:
    for day, words in zip(DAYS, ("First words.", "Second #hiring", "Third @priya"), strict=True):
        home.ok("note", "--title", f"Of {day}", stdin=words, at=f"{day}T10:00:00+01:00")


def test_json_and_json_lines_hold_what_show_says_of_each_entry(home: Home) -> None:
    three_entries(home)
    whole = json.loads(home.ok("export", "--format", "json"))
    shown = [home.json("show", day) for day in DAYS]
    assert whole == [{key: value for key, value in each.items() if key != "feedback"} for each in shown]
    assert [json.loads(row) for row in home.ok("export", "--format", "jsonl").splitlines()] == whole
    assert json.loads(home.ok("export", "--json")) == whole


def test_markdown_has_each_day_and_title_as_a_heading_and_the_words_below(home: Home) -> None:
    three_entries(home)
    assert home.ok("export", "--format", "md") == (
        "# Thursday 19 November 2026 · Of 2026-11-19\n\nFirst words.\n\n"
        "# Friday 20 November 2026 · Of 2026-11-20\n\nSecond #hiring\n\n"
        "# Saturday 21 November 2026 · Of 2026-11-21\n\nThird @priya\n"
    )


def test_the_filters_choose_what_is_exported(home: Home) -> None:
    three_entries(home)
    for options, wanted in (
        (["-t", "hiring"], DAYS[1:2]),
        (["--from", "2026-11-20"], DAYS[1:]),
        (["--to", "2026-11-20"], DAYS[:2]),
        (["--on", "2026-11-20"], DAYS[1:2]),
        (["-n", "2"], DAYS[1:]),
        (["-t", "no-such-tag"], ()),
    ):
        exported = json.loads(home.ok("export", "--format", "json", *options))
        assert [each["date"] for each in exported] == list(wanted), options


def test_nothing_to_export_is_an_empty_document(home: Home) -> None:
    assert home.ok("export", "--format", "md") == ""
    assert home.ok("export", "--format", "jsonl") == ""
    assert json.loads(home.ok("export", "--format", "json")) == []


def test_a_format_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="md, json, jsonl, html, pdf, docx"):
        formats.find("odt")


def test_every_registered_format_renders_nothing_as_bytes() -> None:
    for name in formats.FORMATS:
        found = formats.find(name)
        assert f".{name}" == found.SUFFIX
        assert isinstance(found.render([], {}), bytes)
        assert isinstance(found.render_share(a_share([])), bytes)
