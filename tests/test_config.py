"""The config file: read strictly, and what is not right in it is said in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.config import Config, parse
from allyjournal.errors import UsageError
from tests.support import SATURDAY, Home


def test_an_empty_file_changes_nothing() -> None:
    assert parse(b"", "config.toml") == Config()
    assert parse(b"# only a comment\n", "config.toml") == Config()


def test_what_is_there_is_taken() -> None:
    found = parse(b'journal = "/j"\neditor = "nano -w"\nplain = true\nweek-start = "Sunday"\nday-ends = "04:30"\n', "c")
    assert (str(found.journal), found.editor, found.plain) == ("/j", "nano -w", True)
    assert (found.week_start, found.day_ends) == (6, 270)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('week_start = "monday"', '"week_start" is not a setting'),
        ('week-start = "mon"', "week-start is a day of the week"),
        ("week-start = 1", "week-start is a day of the week"),
        ('day-ends = "12:00"', "day-ends is a time before noon"),
        ('day-ends = "3"', "day-ends is a time before noon"),
        ('day-ends = "03:60"', "day-ends is a time before noon"),
        ('day-ends = "-1:00"', "day-ends is a time before noon"),
        ('day-ends = "²:00"', "day-ends is a time before noon"),
        ('day-ends = "٣:00"', "day-ends is a time before noon"),
        ('day-ends = "' + "9" * 5000 + ':00"', "day-ends is a time before noon"),
        ("day-ends = 03:00:00", "day-ends is a time before noon"),
        ('plain = "yes"', "plain is true or false"),
        ("plain = 1", "plain is true or false"),
        ("journal = 1", "journal is text in quotes"),
        ('journal = "a\\u0000b"', "journal"),
        ('editor = ["nano"]', "editor is text in quotes"),
        ("[journal]\nx = 1", "journal is text in quotes"),
        ("journal = ", "c.toml"),
        ("plain = true\nplain = true", "c.toml"),
        ("\x00", "c.toml"),
        ("x = " + "[" * 5000, "c.toml"),
        ("a." * 3000 + "b = 1", "c.toml"),
    ],
    ids=lambda value: value[:25],
)
def test_what_is_not_right_is_said_with_its_key(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text.encode(), "c.toml")
    assert said in str(caught.value) and str(caught.value).startswith("c.toml")
    assert len(str(caught.value)) < 400


def test_bytes_that_are_no_text_are_said() -> None:
    with pytest.raises(UsageError, match="not UTF-8"):
        parse(b"journal = '\xff'", "c.toml")


_VALUES = [
    '"monday"',
    '"03:00"',
    '"x"',
    "true",
    "1",
    "1.5",
    "[]",
    "{}",
    "2026-11-21",
    '"\\u0000"',
    '"²:٣"',
    "nan",
    "0x1",
    "",
]
_KEYS = [
    "journal",
    "editor",
    "pager",
    "plain",
    "week-start",
    "day-ends",
    "language",
    "list-text",
    "other",
    '"a b"',
    "a.b",
]


_ROWS = st.lists(st.tuples(st.sampled_from(_KEYS), st.sampled_from(_VALUES)), max_size=4)


@given(st.one_of(st.binary(max_size=60), _ROWS.map(lambda rows: "\n".join(map(" = ".join, rows)).encode())))
def test_any_file_is_a_config_or_refused(data: bytes) -> None:
    try:
        found = parse(data, "c.toml")
    except UsageError:
        return
    assert 0 <= found.week_start <= 6 and 0 <= found.day_ends < 12 * 60


@pytest.mark.parametrize(
    "text",
    ['day-ends = "²:00"', 'journal = "a\\u0000b"', 'journal = "~nobody-of-this-name/x"', "x = 1", "[", "plain = 1"],
)
def test_a_config_that_is_not_right_stops_every_command_with_one_line(home: Home, text: str) -> None:
    config = home.folder / "config/allyjournal/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(text)
    for words in (["list"], ["reflect", "--print"], ["note", "words"]):
        done = home.run(*words, at=SATURDAY)
        assert done.returncode in (1, 2) and done.stdout == ""
        assert len(done.stderr.splitlines()) == 1
        assert "fault" not in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("journal", ["~nobody-of-this-name/j", "x\udcff", "a" * 300, "/dev/null/x", "/proc/nothing/x"])
def test_a_journal_that_cannot_be_is_said_before_anything_is_asked(home: Home, journal: str) -> None:
    done = home.run("--journal", journal, "reflect", stdin="Kept words.", at=SATURDAY)
    assert done.returncode in (0, 1, 2) and "fault" not in done.stderr and "Traceback" not in done.stderr
    if done.returncode:
        assert "Saved" not in done.stdout
        assert not done.stderr.startswith("Kept") and "Kept words" not in done.stderr


def test_an_empty_journal_option_is_not_the_folder_one_stands_in(home: Home) -> None:
    done = home.run("--journal", "", "note", "words", at=SATURDAY)
    assert not (home.folder / "entries").exists()
    assert done.returncode in (0, 2)
