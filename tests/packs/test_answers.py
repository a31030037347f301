"""The kinds of answer: what each takes, how it stands in an entry, and how it reads back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.packs.answers import KINDS, DoesNotFit, to_handle
from allyjournal.packs.model import Prompt

TODAY = date(2026, 11, 21)  # a Saturday
PLAIN = Prompt(id="a", text="?")
CHOICE = PLAIN._replace(answer="choice", choices=("Ally", "co-conspirator", "3"))
SCALE = PLAIN._replace(answer="scale", min=0, max=10)
FORWARD = PLAIN._replace(answer="date", when="look-forward")
NOTHING: Any = object()


@pytest.mark.parametrize(
    ("kind", "asked", "typed", "text", "value"),
    [
        ("text", PLAIN, "As *it* is.\n\nTwo.", "As *it* is.\n\nTwo.", "As *it* is.\n\nTwo."),
        ("list", PLAIN, "one\n- two\n\n* three ", "- one\n- two\n- three", ["one", "two", "three"]),
        ("list", PLAIN, "- - deep", "- - deep", ["- deep"]),
        ("choice", CHOICE, "1", "Ally", "Ally"),
        ("choice", CHOICE, " ALLY ", "Ally", "Ally"),
        ("choice", CHOICE, "Co-Conspirator", "co-conspirator", "co-conspirator"),
        ("scale", PLAIN, "4", "4/5", 4),
        ("scale", PLAIN, " 4/5 ", "4/5", 4),
        ("scale", SCALE, "0", "0/10", 0),
        ("scale", SCALE, "10/10", "10/10", 10),
        ("person", PLAIN, "@priya", "@priya", "priya"),
        ("person", PLAIN, "Priya Shah", "@priya-shah", "priya-shah"),
        ("person", PLAIN, "Ólafur", "@ólafur", "ólafur"),
        ("person", PLAIN, "O\u0301lafur", "@ólafur", "ólafur"),
        ("person", PLAIN, "李", "@李", "李"),
        ("date", PLAIN, "friday", "2026-11-20", "2026-11-20"),
        ("date", FORWARD, "friday", "2026-11-27", "2026-11-27"),
        ("date", PLAIN, "2026-11-26", "2026-11-26", "2026-11-26"),
        ("date", PLAIN, "tomorrow", "2026-11-22", "2026-11-22"),
        ("commitment", PLAIN, "If x, then y", "- [ ] If x, then y [id:: x7k2m9]", NOTHING),
        ("commitment", PLAIN, "Ask\nfriday", "- [ ] Ask [due:: 2026-11-27] [id:: x7k2m9]", NOTHING),
    ],
)
def test_an_answer_stands_in_the_entry_as_its_kind_and_reads_back(
    kind: str, asked: Prompt, typed: str, text: str, value: Any
) -> None:
    given_answer = KINDS[kind].parse(typed, asked, TODAY, "x7k2m9")
    assert given_answer.text == text
    assert KINDS[kind].tell(text, asked) == (text if value is NOTHING else value)


@pytest.mark.parametrize(
    ("kind", "asked", "text"),
    [
        ("list", PLAIN, "one\n- two"),
        ("choice", CHOICE, "ally"),
        ("scale", PLAIN, "6/5"),
        ("scale", PLAIN, "0/5"),
        ("scale", PLAIN, "4/10"),
        ("scale", PLAIN, "four"),
        ("scale", PLAIN, "４/5"),
        ("scale", PLAIN, "9" * 5000 + "/5"),
        ("person", PLAIN, "priya"),
        ("person", PLAIN, "@"),
        ("person", PLAIN, "@priya and @tom"),
        ("date", PLAIN, "friday"),
        ("date", PLAIN, "2026-02-30"),
        ("date", PLAIN, "20261126"),
        ("commitment", PLAIN, "some day"),
    ],
)
def test_what_does_not_read_back_as_its_kind_has_no_value(kind: str, asked: Prompt, text: str) -> None:
    assert KINDS[kind].tell(text, asked) is None


@pytest.mark.parametrize(
    ("kind", "asked", "typed"),
    [
        ("choice", CHOICE, "zebra"),
        ("choice", CHOICE, "9"),
        ("choice", CHOICE, "²"),
        ("scale", PLAIN, "zebra"),
        ("scale", PLAIN, "7"),
        ("scale", PLAIN, "-1"),
        ("scale", PLAIN, "4/10"),
        ("scale", PLAIN, "٣"),
        ("scale", PLAIN, "9" * 5000),
        ("person", PLAIN, "1234!"),
        ("date", PLAIN, "zebra"),
        ("date", PLAIN, "5/6/2026"),
        ("commitment", PLAIN, "Ask\nzebra"),
    ],
)
def test_what_does_not_fit_is_refused_without_its_words(kind: str, asked: Prompt, typed: str) -> None:
    with pytest.raises(DoesNotFit) as caught:
        KINDS[kind].parse(typed, asked, TODAY, "x7k2m9")
    assert "zebra" not in str(caught.value) and typed.strip() not in str(caught.value)
    assert caught.value.exit_code == 2


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60))
def test_any_words_fit_and_read_back_or_are_refused(kind: str, typed: str) -> None:
    asked = {"choice": CHOICE, "scale": SCALE}.get(kind, PLAIN)
    try:
        answer = KINDS[kind].parse(typed, asked, TODAY, "x7k2m9")
    except DoesNotFit as error:
        assert len(typed.strip()) < 6 or typed.strip() not in str(error)
    else:
        assert KINDS[kind].tell(answer.text, asked) is not None


@given(st.text(max_size=40))
def test_a_handle_is_one_that_the_scanner_finds_whole(name: str) -> None:
    from allyjournal.journal.mentions import scan

    handle = to_handle(name)
    if handle:
        assert [each.name for each in scan(f"@{handle}")] == [handle]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_says_what_to_type(kind: str) -> None:
    asked = {"choice": CHOICE, "scale": SCALE._replace(labels=("low", "high"))}.get(kind, PLAIN)
    assert bool(KINDS[kind].hint(asked)) == (kind != "text")
