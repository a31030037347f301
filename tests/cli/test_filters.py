"""The filters, the same wherever entries are chosen, and the words of a search."""

from pathlib import Path

import pytest

from tests.support import SATURDAY, Home

ROWS = {
    "a": (
        "2026-11-02",
        "kind: reflection\npack: seven-practices@1.0.0\npractices: [deep-curiosity]\ntags: [work/hiring]",
    ),
    "b": ("2026-11-09", "kind: note\ntags: [home]\nstarred: true"),
    "c": ("2026-11-16", "kind: exercise\npack: identify-an-ally@1.0.0\npeople: [priya]\ntags: [workshop]"),
    "d": (
        "2026-11-20",
        "kind: reflection\npack: seven-practices@0.9.0\nprompts: [deep-curiosity.a-guess]\nasked: ['Q?']",
    ),
    "e": ("2026-11-21", "kind: note\ntags: [work]\nprivate: true"),
}
BODIES = {
    "a": "Plain words.",
    "b": "I met @Maria at the café, and said nothing.",
    "c": "See #Home and `@nobody` in code.",
    "d": "## Q?\n\nNothing was said aloud.",
    "e": "@priya said   nothing\nat all.",
}


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Home:
    """Five entries, a to e, only to be read."""
    home = Home(tmp_path_factory.mktemp("filters"))
    home.env["XDG_CACHE_HOME"] = str(warm_cache)
    for name, (day, properties) in ROWS.items():
        home.put(
            f"entries/2026/11/{day}-0815-{name * 10}.md",
            f'---\nid: "{name * 10}"\ndate: {day}\ncreated: {day}T08:15:02+01:00\n'
            f"{properties}\n---\n\n{BODIES[name]}\n",
        )
    return home


def chosen(home: Home, *words: str) -> str:
    return "".join(each["id"][0] for each in home.json(*words, at=SATURDAY))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "edcba"),
        ("--reverse", "abcde"),
        ("-n 2", "ed"),
        ("--limit 2 --reverse", "de"),
        ("--on 2026-11-16", "c"),
        ("--on 2026-W47", "edc"),
        ("--on 2026-11", "edcba"),
        ("--on today", "e"),
        ("--on yesterday", "d"),
        ("--from 2026-11-16", "edc"),
        ("--to 2026-11-09", "ba"),
        ("--from 2026-11-09 --to 2026-11-16", "cb"),
        ("-on 2026-11-16", "c"),
        ("-from 2026-11-16 -to 2026-11-16", "c"),
        ("-until 2026-11-09", "ba"),
        ("-t work", "ea"),
        ("--tag WORK/hiring", "a"),
        ("-t home", "cb"),
        ("-t home -t workshop", "c"),
        ("-t home -t work", ""),
        ("-t home -t work --any", "ecba"),
        ("--not home", "eda"),
        ("-not work", "dcb"),
        ("-t home -t work --any --not workshop", "eba"),
        ("--with priya", "ec"),
        ("--with @priya", "ec"),
        ("--with MARIA", "b"),
        ("--with nobody", ""),
        ("--with priya -t home --any", "ecb"),
        ("--practice deep-curiosity", "a"),
        ("--practice deep-curiosity --with maria --any", "ba"),
        ("--pack seven-practices", "da"),
        ("--pack identify-an-ally", "c"),
        ("--prompt deep-curiosity.a-guess", "d"),
        ("--kind note", "eb"),
        ("--kind note --starred", "b"),
        ("-starred", "b"),
        ("--contains NOTHING", "edb"),
        ("-contains caf\u00e9", "b"),
        ("-contains cafe\u0301", "b"),
        ("--contains [", ""),
        ("--any --on today -t home", ""),
    ],
)
def test_a_filter_chooses(diary: Home, words: str, found: str) -> None:
    assert chosen(diary, "list", *words.split()) == found


@pytest.mark.parametrize(
    "words", ["-t home", "--from 2026-11-16 --with priya", "--kind note -n 1", "--any -t home -t work"]
)
def test_export_search_and_list_choose_the_same(diary: Home, words: str) -> None:
    found = chosen(diary, "list", *words.split())
    assert chosen(diary, "export", "--include-private", *words.split()) == found[::-1]
    assert set(chosen(diary, "search", "i", *words.split())) <= set(found) | {"e", "b"}
    counts = diary.json("tags", *(word for word in words.split() if word not in ("-n", "1")), at=SATURDAY)
    assert all(set(each) == {"tag", "count", "first", "last"} for each in counts)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["nothing"], "edb"),
        (["said nothing"], "eb"),
        (['"said nothing"'], "eb"),
        (["said", "nothing"], "edb"),
        (["nothing", "-aloud"], "eb"),
        (["-aloud", "nothing"], "eb"),
        (["nothing", "-said nothing"], "d"),
        (["CAFE"], "b"),
        (["café"], "b"),
        (["(.*", "café"], "b"),
        (["[/red]"], ""),
        (["nothing", "-t", "home"], "b"),
        (["--", "nothing"], "edb"),
        (["nothing", "-n", "1"], "e"),
    ],
    ids=lambda value: " ".join(value),
)
def test_a_search_takes_words_phrases_and_what_must_not_be_there(diary: Home, words: list[str], found: str) -> None:
    assert chosen(diary, "search", "--json", *words) == found if "--" not in words else True
    done = diary.run("search", *words, at=SATURDAY)
    assert [name for name in "edcba" if name * 6 in done.stdout] == list(found)


def test_a_search_shows_the_piece_that_fits(diary: Home) -> None:
    (hit,) = diary.json("search", "CAFE", at=SATURDAY)
    assert "at the café, and" in hit["snippet"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "--on", "2026-W47"], "16 – Sun 22 Nov 2026, 3 entries"),
        (["list", "--on", "today"], "1 entry"),
        (["list", "-n", "2"], "2 of 5 entries"),
        (["search", "nothing", "--on", "2026-W47"], "2 entries"),
        (["export", "--from", "yesterday"], "2 entries"),
        (["tags", "--on", "2026-W47"], "3 entries"),
        (["people", "--on", "2026-W47"], "3 entries"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_range_that_was_understood_is_said_beside_the_result(diary: Home, words: list[str], said: str) -> None:
    done = diary.run(*words, at=SATURDAY)
    assert said in done.stderr and said not in done.stdout
    assert said not in diary.run(*words, "-q", at=SATURDAY).stderr


def test_private_entries_and_hidden_passages_stay_unless_they_are_named(diary: Home) -> None:
    done = diary.run("export", at=SATURDAY)
    assert "@priya said" not in done.stdout and "1 private entry" in done.stderr.replace("\n", " ")
    assert "@priya said" in diary.ok("export", "--include-private", at=SATURDAY)
    assert "@priya said" not in diary.ok("export", "--any", "-t", "work", "--with", "priya", at=SATURDAY)


@pytest.mark.parametrize(
    "words",
    [
        ["list", "-n", "9223372036854775808"],
        ["search", "alpha", "--with", "\udcff"],
        ["list", "--pack", "\udcff"],
        ["list", "--practice", "\udcff"],
        ["list", "--prompt", "\udcff"],
        ["then", "\udcff"],
        ["list", "--any", *(each for number in range(1200) for each in ("-t", f"t{number}"))],
        ["search", "alpha", "-to"],
    ],
    ids=lambda words: " ".join(words)[:40].encode("ascii", "replace").decode(),
)
def test_what_no_filter_can_mean_is_said_in_a_line(diary: Home, words: list[str]) -> None:
    done = diary.run(*words, at=SATURDAY)
    assert done.returncode in (0, 1, 2) and "fault" not in done.stderr and done.stderr.strip()


def test_a_number_may_stand_right_behind_its_option(diary: Home) -> None:
    assert diary.ok("search", "nothing", "-n1", at=SATURDAY) == diary.ok("search", "nothing", "-n", "1", at=SATURDAY)


def test_a_review_that_is_passed_on_names_nobody_that_it_does_not_hold(diary: Home) -> None:
    diary.ok("people", "add", "neverperson", at=SATURDAY)
    assert "@neverperson" in diary.ok("review", at=SATURDAY)
    for form in ("md", "html", "json"):
        assert "neverperson" not in diary.ok("review", "--format", form, "--include-private", at=SATURDAY)
