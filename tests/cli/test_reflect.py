"""Which prompt `reflect` asks, and what it makes of a piped answer; `note` and `do` beside it."""

from tests.support import SATURDAY, Home

SUNDAY = "2026-11-22T08:15:02+01:00"
NIGHT = "2026-11-22T02:30:00+01:00"


def printed(home: Home, *words: str, at: str = SATURDAY) -> str:
    return home.ok("reflect", "--print", *words, at=at).strip()


def test_the_prompt_is_the_same_all_day_also_when_it_is_answered(home: Home) -> None:
    first = printed(home)
    home.ok("reflect", "-", stdin="One.", at=SATURDAY)
    assert printed(home) == printed(home, at="2026-11-21T22:00:00+01:00") == printed(home, at=NIGHT) == first
    assert printed(home, at=SUNDAY) != first
    assert printed(home, "--another") != first


def test_a_second_piped_answer_stands_beside_the_first(home: Home) -> None:
    home.ok("reflect", stdin="One.", at=SATURDAY)
    second = home.run("reflect", stdin="Two.", at=SATURDAY)
    assert second.returncode == 0 and "already" in second.stderr
    assert {each["answers"][0]["text"] for each in home.json("list", at=SATURDAY)} == {"One.", "Two."}


def test_notes_of_one_second_are_listed_in_the_order_they_were_written(home: Home) -> None:
    for number in range(8):
        home.ok("note", "-", stdin=f"{number}")
    assert [each["body"].strip() for each in home.json("list", "--reverse")] == list("01234567")


def test_another_is_asked_and_kept(home: Home) -> None:
    home.ok("reflect", stdin="One.", at=SATURDAY)
    home.ok("reflect", "--another", stdin="Two.", at=SATURDAY)
    prompts = {each["answers"][0]["prompt"] for each in home.json("list")}
    assert len(prompts) == 2


def test_pack_practice_and_prompt_choose(home: Home) -> None:
    assert (
        home.json("reflect", "--print", "--practice", "vulnerable-interactions")["practice"]
        == "vulnerable-interactions"
    )
    assert home.json("reflect", "--print", "--pack", "five-questions")["pack"] == "five-questions"
    asked = home.json("reflect", "--print", "--prompt", "deep-curiosity.a-guess", "--why")
    assert asked["prompt"] == "deep-curiosity.a-guess" and asked["why"]
    assert home.run("reflect", "--print", "--pack", "identify-an-ally").returncode == 1


def test_why_says_more_than_the_prompt(home: Home) -> None:
    first, *more = printed(home, "--why").splitlines()
    assert first == printed(home) and more


def test_an_answer_for_another_day_is_of_that_day(home: Home) -> None:
    home.ok("reflect", "--date", "yesterday", stdin="One.", at=SATURDAY)
    entry = home.json("show", "2026-11-20", at=SATURDAY)
    assert (entry["date"], entry["created"]) == ("2026-11-20", SATURDAY)
    assert printed(home, "--date", "yesterday") == entry["answers"][0]["asked"]


def test_printing_writes_nothing(home: Home) -> None:
    printed(home)
    assert not home.journal.exists() and home.drafts == []


def test_until_the_day_ends_it_is_still_yesterday(home: Home) -> None:
    home.ok("reflect", stdin="One.", at=NIGHT)
    assert home.json("show", "last")["date"] == "2026-11-21"
    home.ok("config", "set", "day-ends", "02:00")
    home.ok("note", "Two.", at="2026-11-22T02:31:00+01:00")
    assert home.json("show", "last")["date"] == "2026-11-22"


def test_a_piped_answer_that_does_not_fit_is_kept_as_a_draft_and_its_place_said(home: Home) -> None:
    packs = home.json("packs", "show", "seven-practices")
    scale = next(each["id"] for each in packs["prompts"] if each["answer"] == "scale")
    done = home.run("reflect", "--prompt", scale, stdin="a lot of zebras")
    assert (done.returncode, done.stdout, home.entries) == (2, "", [])
    (draft,) = home.drafts
    assert "zebras" in draft.read_text() and str(draft) in done.stderr.replace("\n", "")
    assert "zebras" not in done.stderr


def test_a_note_takes_words_or_a_pipe_with_title_and_tags(home: Home) -> None:
    home.ok("note", "Met", "@tom", "#hiring", "-t", "Work", "-t", "home/garden", "--title", "A\n title", at=SATURDAY)
    note = home.json("show", "last")
    assert (note["title"], note["kind"], note["body"].strip()) == ("A title", "note", "Met @tom #hiring")
    assert (note["tags"], note["people"]) == (["work", "home/garden", "hiring"], ["tom"])
    home.ok("note", stdin="\ufeffone\r\ntwo\r\n", at=SUNDAY)
    assert home.json("show", "last")["body"].strip() == "one\ntwo"


def test_the_warning_of_words_on_the_command_line_is_said_once(home: Home) -> None:
    assert "history" in home.run("note", "One.").stderr
    assert "history" not in home.run("note", "Two.").stderr
    assert "history" not in home.run("note", "-", stdin="Three.").stderr


def test_saved_as_json_is_the_entry(home: Home) -> None:
    note = home.json("note", "One.")
    assert {**note, "feedback": []} == home.json("show", "last")


def test_do_takes_answers_by_pipe_one_a_line_and_goes_on_another_day(home: Home) -> None:
    first = home.run("do", "identify-an-ally", "-", stdin="Noor Haddad\nchampion\n", at=SATURDAY)
    assert first.returncode == 0 and "why-do" in first.stderr
    entry = home.json("show", "last")
    assert (entry["next_step"], entry["people"], len(entry["answers"])) == ("why-do", ["noor-haddad"], 2)
    assert [each["unfinished"] for each in home.json("do") if each["id"] == "identify-an-ally"] == [True]
    home.ok("do", "identify-an-ally", "-", stdin="Says names\n", at=SUNDAY)
    entry = home.json("show", "last")
    assert (entry["date"], entry["next_step"], len(entry["answers"])) == ("2026-11-21", "why-dont", 3)
    assert len(home.entries) == 1 and home.drafts == []


def test_do_passes_over_optional_steps_with_an_empty_line(home: Home) -> None:
    steps = home.json("packs", "show", "identify-an-ally")["exercises"][0]["steps"]
    typed = {"person": "Noor", "choice": "1", "scale": "3", "date": "yesterday", "commitment": "Ask"}
    lines = ["" if each["optional"] else typed.get(each["answer"], "Words") for each in steps]
    home.ok("do", "identify-an-ally", "-", stdin="\n".join(lines) + "\n")
    entry = home.json("show", "last")
    assert entry["next_step"] is None
    assert [each["prompt"] for each in entry["answers"]] == [each["id"] for each in steps if not each["optional"]]


def test_do_names_the_line_that_does_not_fit_and_keeps_all_lines_as_a_draft(home: Home) -> None:
    done = home.run("do", "identify-an-ally", "-", stdin="Noor\nzebra\nmore\n")
    assert (done.returncode, done.stdout, home.entries) == (2, "", [])
    assert "Line 2" in done.stderr and "zebra" not in done.stderr
    (draft,) = home.drafts
    assert "zebra" in draft.read_text() and str(draft) in done.stderr.replace("\n", "")


def test_do_with_an_empty_line_for_a_step_that_needs_an_answer_names_it(home: Home) -> None:
    done = home.run("do", "identify-an-ally", "-", stdin="Noor\n\nWords\n")
    assert done.returncode == 2 and "Line 2" in done.stderr
    assert home.entries == []


def test_do_does_not_lose_lines_beyond_the_last_step(home: Home) -> None:
    steps = home.json("packs", "show", "identify-an-ally")["exercises"][0]["steps"]
    typed = {"person": "Noor", "choice": "1", "commitment": "Ask"}
    lines = [typed.get(each["answer"], "Words") for each in steps]
    done = home.run("do", "identify-an-ally", "-", stdin="\n".join([*lines, "One too many"]) + "\n")
    kept = "".join(path.read_text() for path in [*home.entries, *home.drafts])
    assert "One too many" in kept, (done.returncode, done.stdout, done.stderr)
