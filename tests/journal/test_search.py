"""Searching: what people type finds what they mean, and no character that they type does any harm."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from benchmarks.torture import index as model

from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.folder import Journal, new_id
from allyjournal.journal.index.index import Index
from allyjournal.journal.search import Query, Term, parse_query
from allyjournal.journal.words import stem, words
from tests.support import Home

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
BODIES = [
    "I never asked Priya about the follow-up.",
    "She asks; O'Brien’s answer was “maybe”.",
    "Łukasz Żółty and Søren Ågård ate Straßburger at the café.",
    "Αθηνά και ΑΘΗΝΑ, Мария, İpek Işık",
    "会議室でメモ帳を開いた。김민준이 말했다.",
    "C++ costs $100, that is 50 % off 🎉👩‍💻",
    "hiring hired hires hire",
    "NEAR the table AND not OR",
    "नमस्ते अनिता, محمد علي, שרה לוי",
    "foo_bar baz.qux e.g. 3.14 2026-11-21",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("j")
    journal = Journal(folder / "journal")
    for number, body in enumerate(BODIES):
        created = START + timedelta(days=number)
        journal.add(Entry(id=new_id(), date=created.date(), created=created, body=body))
    return Index(journal, folder / "cache")


def search(index: Index, *typed: str) -> list[int]:
    """The places in BODIES of what is found."""
    query = parse_query(typed)
    entries = index.entries(index.choose(Filter(), query).numbers)
    return [BODIES.index(each.body) for each in entries]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (["asked"], [0, 1]),
        (["ASKING"], [0, 1]),
        (["asked", "priya"], [0]),
        (["ask*", "-priya"], [1]),
        (['"asked priya"'], [0]),
        (["asked priya"], [0]),
        (['"ask priya"'], []),
        (["follow-up"], [0]),
        (["followup"], []),
        (["o'brien"], [1]),
        (["O’BRIEN"], [1]),
        (["lukasz"], [2]),
        (["Łukasz", "soren", "agard", "strassburger", "cafe"], [2]),
        (["αθηνα"], [3]),
        (["Αθηνά"], [3]),
        (["ipek"], [3]),
        (["isik"], [3]),
        (["メモ"], [4]),
        (["議室"], [4]),
        (["会議", "민준"], [4]),
        (["室会"], []),
        (["c++"], [5]),
        (["100"], [5]),
        (["🎉"], [5]),
        (["👩‍💻"], [5]),
        (["hires"], [6]),
        (["hir*"], [6]),
        (["NEAR"], [7]),
        (["near", "or"], [7]),
        (["अनिता"], [8]),
        (["محمد"], [8]),
        (["לוי"], [8]),
        (["foo_bar"], [9]),
        (["3.14"], [9]),
        (["2026-11"], [9]),
        (["the", "-table"], [0, 2]),
        (["--table"], []),
        (['"never asked" -brien'], [0]),
        (["asked -priya"], [1]),
        (["hir* -table"], [6]),
        (['-"never asked" asked'], [1]),
    ],
)
def test_what_is_typed_finds_what_is_meant(index: Index, typed: list[str], wanted: list[int]) -> None:
    assert search(index, *typed) == wanted


PIECES = [
    '"',
    "'",
    "*",
    "-",
    "(",
    ")",
    "NEAR(",
    "AND",
    "OR",
    "NOT",
    "^",
    ":",
    "{",
    "}",
    "+",
    "\\",
    "%",
    "_",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "🎉",
    "é",
    "e\u0301",
    "ß",
    "メモ",
    "김",
    "שלום",
    "ask",
    "hire",
    "follow-up",
    "o'brien",
    "text:",
    "words MATCH",
    "; DROP TABLE entries;",
    " ",
    "\n",
    "\t",
    "\ufeff",
    "\u200b",
    "a" * 200,
    "--",
    "%%",
    "#hiring",
    "@priya",
    "\ud800",
]


def hostile_queries() -> list[list[str]]:
    """Five hundred of them, the same each time; one of 10 KB."""
    chance = random.Random(5)
    made = [["".join(chance.choice(PIECES) for _ in range(chance.randint(1, 6))) for _ in range(chance.randint(1, 3))]]
    while len(made) < 498:
        made.append(
            ["".join(chance.choice(PIECES) for _ in range(chance.randint(1, 6))) for _ in range(chance.randint(1, 3))]
        )
    return [*made, ["asked " * 1700], ["asked"] * 3000]


def test_five_hundred_hostile_queries_get_right_answers(index: Index) -> None:
    entries = [Entry(id=None, date=START.date(), created=START, body=body) for body in BODIES]
    asked = 0
    for typed in hostile_queries():
        typed = [each.encode("utf-8", "replace").decode() for each in typed]
        query = parse_query(typed)
        if query.wanted:
            asked += 1
            naive = [n for n, each in enumerate(entries) if model._fits(each, typed)]
            assert search(index, *typed) == naive, typed
            for each in index.entries(index.choose(Filter(), query).numbers):
                assert index.matcher(query).hit(each).entry is each
    assert asked > 300


def test_a_query_is_words_phrases_and_what_is_not_there() -> None:
    typed = ["Hiring", '"Follow up"', "stay late", "ask*", "-priya", "!!!", "follow-up"]
    assert parse_query(typed) == Query(
        (
            Term(("hiring",), is_exact=False),
            Term(("follow", "up")),
            Term(("stay", "late")),
            Term(("ask",), is_prefix=True),
        ),
        (Term(("priya",), is_exact=False),),
        ("!!!",),
    )


@pytest.mark.parametrize(("word", "other"), [("hiring", "hired"), ("meetings", "meeting"), ("listened", "listens")])
def test_english_words_share_a_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other) != word


def test_folding_twice_is_folding_once() -> None:
    for body in BODIES:
        assert words(words(body)) == words(body)


def test_the_piece_that_is_shown_begins_and_ends_with_a_word(index: Index, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    long = f"## What happened?\n\n{'many words before it ' * 9}canary{' and many words behind it' * 9}"
    kept = journal.add(Entry(id=new_id(), date=START.date(), created=START, body=long))
    hit = index.matcher(parse_query(["CANARY"])).hit(kept)
    assert hit.match == "canary"
    assert hit.before.startswith("…") and hit.before[1:].split()[0] in long.split()
    assert hit.after.endswith("…") and hit.after[:-1].split()[-1] in long.split()
    assert "#" not in f"{hit.before}{hit.after}"


def test_what_holds_nothing_to_look_for_is_said_in_one_line(home: Home) -> None:
    home.ok("note", "I never asked.")
    done = home.run("search", "!!!")
    assert (done.returncode, done.stdout) == (2, "")
    assert "!!! has no letter or digit" in done.stderr and "at least one word" in done.stderr
    assert "never asked" in home.ok("search", "asked", "!!!")
    for typed in ('"', "NEAR(", "a" * 10_000, "\u202easked", "o'brien", "x AND", "asked)"):
        done = home.run("search", typed)
        assert done.returncode in (0, 2) and "fault" not in done.stderr and "\u202e" not in done.stdout
