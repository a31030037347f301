"""Before and after an event, one question over time, what others said, and what is in focus: by the program itself."""

import tomllib

import pytest

from tests.safety.sitting import Sitting
from tests.support import Home

FIRST, SECOND, THIRD = (f"2026-11-{day}T08:15:02+01:00" for day in (21, 23, 24))
PACK = """format = 1
id = "lunch"
version = "{version}"
title = "At lunch"
summary = "Who sits with whom."
language = "en"
license = "CC-BY-4.0"

[[prompts]]
id = "{name}"
{was}stage = "what"
text = "{text}"
"""
OLD = PACK.format(version="1.0.0", name="lunch.beside", was="", text="Who sat beside you?")
NEW = PACK.format(version="1.1.0", name="lunch.next", was='was = ["lunch.beside"]\n', text="Whom did you sit with?")
NEWER = PACK.format(
    version="1.2.0", name="lunch.chosen", was='was = ["lunch.next", "lunch.beside"]\n', text="Whom did you choose?"
)


def ids(home: Home, **wanted: object) -> list[str]:
    """The ids of the entries that have these values, the newest first."""
    return [each["id"] for each in home.json("list") if all(each[key] == value for key, value in wanted.items())]


# -- before and after


def test_after_takes_the_newest_intention_without_an_answer(home: Home) -> None:
    home.ok("before", "retro", stdin="I wait.\n\n\n", at=FIRST)
    home.ok("before", "Planning", "round", stdin="I ask.\n\n\n", at=SECOND)
    (retro,), (planning,) = ids(home, title="retro"), ids(home, title="Planning round")
    home.ok("after", stdin="I did.\nYes.\n\n", at=THIRD)
    (reply,) = ids(home, exercise="after")
    assert (
        home.json("show", reply)["reply_to"] == planning
        and home.json("show", reply)["title"] == "After: Planning round"
    )
    home.ok("after", stdin="I waited.\nYes.\n\n", at=THIRD)
    assert {home.json("show", each)["reply_to"] for each in ids(home, exercise="after")} == {planning, retro}
    done = home.run("after", stdin="x\n", at=THIRD)
    assert done.returncode == 1 and "No intention waits; `ally before TOPIC` sets one." in done.stderr


def test_an_intention_that_is_named_is_answered_once_more(home: Home) -> None:
    home.ok("before", "retro", stdin="I wait.\n\n\n", at=FIRST)
    (retro,) = ids(home)
    for answer in ("One.", "Two."):
        home.ok("after", retro[:6], stdin=f"{answer}\nYes.\n\n", at=SECOND)
    assert len(ids(home, exercise="after", reply_to=retro)) == 2
    done = home.run("after", ids(home, exercise="after")[0], stdin="x\n", at=THIRD)
    assert done.returncode == 1 and "is no intention" in done.stderr


def test_a_topic_that_was_left_unfinished_goes_on_and_another_begins_anew(home: Home) -> None:
    home.ok("before", "retro", stdin="I wait.\n", at=FIRST)
    home.ok("before", "planning", stdin="I ask.\n", at=FIRST)
    (retro,) = ids(home, title="retro")
    home.ok("before", "retro", stdin="Noor.\n\n", at=SECOND)
    assert len(ids(home)) == 2 and len(home.json("show", retro)["answers"]) == 2
    assert home.json("show", retro)["next_step"] is None and home.json("show", retro)["date"] == "2026-11-21"
    home.ok("before", "retro", stdin="Once more.\n\n\n", at=THIRD)
    assert len(ids(home, title="retro")) == 2


def test_after_shows_what_was_set_out_and_an_interruption_goes_on_from_there(home: Home) -> None:
    home.ok("before", "retro", stdin="That I wait ten seconds.\n\n\n", at=FIRST)
    sitting = Sitting(home, "after", "--plain", at=SECOND)
    sitting.sees("retro, as you set out on Saturday 21 November:")
    sitting.sees("That I wait ten seconds.")
    sitting.is_asked()
    sitting.type("I spoke third.\r.\r")
    sitting.sees("2 of ")
    sitting.is_asked()
    assert sitting.presses("\x03") == 130
    (reply,) = ids(home, exercise="after")
    assert home.json("show", reply)["next_step"]
    home.ok("do", "after", "-", stdin="Yes.\n\n", at=THIRD)
    assert ids(home, exercise="after") == [reply] and home.json("show", reply)["next_step"] is None


@pytest.mark.parametrize("words", [["before"], ["before", "  "], ["after", "zzzz"]])
def test_an_event_without_a_name_and_an_entry_that_is_not_there_are_refused(home: Home, words: list[str]) -> None:
    done = home.run(*words, stdin="x\n", at=FIRST)
    assert done.returncode in (1, 2) and home.entries == [] and "Traceback" not in done.stderr


# -- then


def test_one_question_over_three_versions_of_its_pack_is_shown_as_it_was_asked_each_time(home: Home) -> None:
    for text, name, moment, answer in (
        (OLD, "lunch.beside", FIRST, "The two."),
        (NEW, "lunch.next", SECOND, "Noor."),
        (NEWER, "lunch.chosen", THIRD, "Tom, at last."),
    ):
        home.put("packs/lunch.toml", text)
        home.ok("reflect", "--prompt", name, stdin=answer, at=moment)
    shown = home.ok("then", "lunch.chosen", at=THIRD)
    rows = [row.strip() for row in shown.split("\n") if row.strip()]
    assert [rows[0], rows[2], rows[3], rows[5], rows[6], rows[8]] == [
        "Who sat beside you?", "The two.", "Whom did you sit with?", "Noor.", "Whom did you choose?", "Tom, at last."
    ]  # fmt: skip
    for name in ("lunch.beside", "lunch.next", "lunch.chosen"):
        assert home.json("then", name, at=THIRD) == home.json("then", "lunch.chosen", at=THIRD)
    found = home.json("then", "lunch.next", at=THIRD)
    assert [(each["version"], each["prompt"], each["asked"], each["text"]) for each in found] == [
        ("1.0.0", "lunch.beside", "Who sat beside you?", "The two."),
        ("1.1.0", "lunch.next", "Whom did you sit with?", "Noor."),
        ("1.2.0", "lunch.chosen", "Whom did you choose?", "Tom, at last."),
    ]
    (home.journal / "packs/lunch.toml").unlink()
    assert [each["text"] for each in home.json("then", "lunch.next", at=THIRD)] == ["Noor."], "its pack is gone"


def test_a_prompt_without_answers_is_said_and_one_that_is_not_there_too(home: Home) -> None:
    home.put("packs/lunch.toml", OLD)
    done = home.run("then", "lunch.beside", at=FIRST)
    assert done.returncode == 1 and "`ally reflect --prompt lunch.beside` asks it" in " ".join(done.stderr.split())
    assert home.json("then", "lunch.beside", at=FIRST) == []
    assert home.run("then", "lunch.besides", at=FIRST).returncode == 1


# -- what others said, and how far it reached


def test_what_others_said_stands_apart_in_the_review(home: Home) -> None:
    home.ok("note", "--others", "--title", "Noor, unasked", "-", stdin="She said that I let her finish.", at=FIRST)
    home.ok("note", "--title", "My own", "-", stdin="I let her finish.", at=FIRST)
    shown = home.ok("review", at=FIRST)
    apart = shown[shown.index("What others said") :]
    assert "Noor, unasked" in apart and "My own" not in apart
    (others,) = ids(home, voice="others")
    found = home.json("review", at=FIRST)["recognition"]
    assert found == {"self": 1, "others": [others]}
    assert "What others said" in home.ok("review", "--format", "md", at=FIRST)


@pytest.mark.parametrize(
    ("reaches", "period", "said", "plainly"),
    [
        ([], "week", None, False),
        ([None], "week", None, True),
        (["everyday", "statement"], "week", "Reach: everyday 1 (aaaa00), statement 1 (aaaa01).", True),
        (["statement", "structure"], "week", "Reach: statement 1 (aaaa00), structure 1 (aaaa01).", False),
        (["cede", "everyday", "cede"], "month", "Reach: everyday 1 (aaaa01), cede 2 (aaaa00, aaaa02).", False),
    ],
)
def test_a_review_says_how_far_what_was_kept_reached(
    home: Home, reaches: list[str | None], period: str, said: str | None, plainly: bool
) -> None:
    rows = [
        f"- [x] It {n} [due:: 2026-11-20] [id:: aaaa0{n}] [completion:: 2026-11-20]"
        + (f" [reach:: {reach}]" if reach else "")
        for n, reach in enumerate(reaches)
    ]
    home.put("entries/2026/11/2026-11-20 a.md", "\n".join(["---", "date: 2026-11-20", "---", "", *rows, ""]))
    shown = " ".join(home.ok("review", period, at=FIRST).split())
    assert (said in shown) if said else ("Reach:" not in shown)
    assert ("No structure was changed and no power ceded in this time." in shown) == plainly


# -- focus


def test_a_focus_is_kept_named_by_its_kind_and_cleared(home: Home) -> None:
    found = home.json("focus", "#Power", "deep-curiosity", "five-questions", "power", at=FIRST)
    assert [(each["focus"], each["kind"]) for each in found] == [
        ("power", "theme"), ("deep-curiosity", "practice"), ("five-questions", "pack")]  # fmt: skip
    assert all(each["prompts"] for each in found) and home.json("focus", at=FIRST) == found
    assert home.json("reflect", "--print", at=FIRST)["why"].startswith("You are working on ")
    home.ok("focus", "--clear", at=FIRST)
    assert home.json("focus", at=FIRST) == []
    assert home.json("reflect", "--print", at=FIRST)["why"].startswith("It is the turn of ")


def test_a_word_that_no_prompt_has_leaves_the_prompts_as_they_are(home: Home) -> None:
    before = home.json("reflect", "--print", at=FIRST)
    done = home.run("focus", "parking", at=FIRST)
    assert done.returncode == 1 and "No prompt is about parking" in done.stderr
    assert 'did you mean "deep-curiosity"?' in home.run("focus", "deep-curiousity", at=FIRST).stderr
    assert home.json("focus", at=FIRST) == []
    assert home.json("reflect", "--print", at=FIRST) == before
    assert home.run("focus", "two words", at=FIRST).returncode == 2
    assert home.run("focus", "power", "--clear", at=FIRST).returncode == 2
    assert [each["focus"] for each in home.json("focus", at=FIRST)] == []


def test_a_pack_in_focus_that_is_gone_leaves_the_prompts_to_the_practices(home: Home) -> None:
    path = home.put("packs/kantine.toml", OLD.replace("lunch", "kantine"))
    assert home.json("focus", "kantine", at=FIRST)[0]["kind"] == "pack"
    assert home.json("reflect", "--print", at=FIRST)["prompt"] == "kantine.beside"
    path.unlink()
    assert home.json("reflect", "--print", at=FIRST)["pack"] == "seven-practices"
    assert [each["kind"] for each in home.json("focus", at=FIRST)] == ["theme"], "it is looked for as a word"


# -- people


PEOPLE = """# whom I write about
[priya]  # from the choir
names = ["Priya Shah"]
pseudonym = "Robin"

[tom]
aliases = ["Tommy"]
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PEOPLE, PEOPLE.replace("[priya]", "[priya-s]")),
        (PEOPLE.replace("[priya]", '[ "priya" ]'), PEOPLE.replace("[priya]", "[ priya-s ]")),
        (PEOPLE.replace("[priya]", "['priya']"), PEOPLE.replace("[priya]", "[priya-s]")),
        (PEOPLE.replace("\n", "\r\n"), PEOPLE.replace("[priya]", "[priya-s]").replace("\n", "\r\n")),
        ("[tom]\nnames = []\n", "[tom]\nnames = []\n"),
    ],
)
def test_a_person_who_is_renamed_is_renamed_in_the_register_too(home: Home, before: str, after: str) -> None:
    home.put("entries/2026/11/2026-11-20 a.md", "I asked @priya and @priyanka.\n")
    path = home.put("people.toml", before)
    home.ok("people", "rename", "priya", "priya-s", "--yes", at=FIRST)
    assert path.read_bytes().decode() == after
    assert home.entries[0].read_text() == "I asked @priya-s and @priyanka.\n"
    home.ok("undo", at=FIRST)
    assert path.read_bytes().decode() == before and home.entries[0].read_text() == "I asked @priya and @priyanka.\n"


@pytest.mark.parametrize(
    "register",
    [
        'priya = { names = ["Priya Shah"], pseudonym = "Robin" }\n',
        'priya.names = ["Priya Shah"]\npriya.pseudonym = "Robin"\n',
    ],
)
def test_a_person_whose_names_stand_in_another_shape_keeps_them_under_the_new_handle(home: Home, register: str) -> None:
    home.put("entries/2026/11/2026-11-20 a.md", "I asked @priya.\n")
    path = home.put("people.toml", f"# mine\n{register}")
    home.ok("people", "rename", "priya", "priya-s", "--yes", at=FIRST)

    assert tomllib.loads(path.read_text()) == {"priya-s": {"names": ["Priya Shah"], "pseudonym": "Robin"}}
    assert path.read_text().startswith("# mine\n")


def test_merging_two_people_keeps_the_names_of_both_and_a_broken_register_changes_nothing(home: Home) -> None:
    entry = home.put("entries/2026/11/2026-11-20 a.md", "I asked @priya and @tom.\n")
    path = home.put("people.toml", "[priya\n")
    done = home.run("people", "merge", "priya", "tom", "--yes", at=FIRST)
    assert done.returncode == 1 and "people.toml:1:" in done.stderr
    assert path.read_text() == "[priya\n" and entry.read_text() == "I asked @priya and @tom.\n"
    path.write_text(PEOPLE)
    home.ok("people", "merge", "priya", "tom", "--yes", at=FIRST)

    assert tomllib.loads(path.read_text()) == {
        "tom": {"aliases": ["Tommy"], "names": ["Priya Shah"], "pseudonym": "Robin"}
    }
    assert entry.read_text() == "I asked @tom and @tom.\n"
