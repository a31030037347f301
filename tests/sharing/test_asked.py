"""What is asked before a text leaves: words that may be names, and what is somebody else's to tell."""

import pytest

from allyjournal.sharing.wording import Worded, rules, worded

REGISTER = {"maria": {"names": ["Maria Kalniņa"]}, "gm": {"names": ["Grace May"]}}
PSEUDONYMS = {"maria": "Heron", "gm": "Alder", "kasp": "Osprey"}


def leaves(text: str, answers: dict[str, str] | None = None) -> Worded:
    return worded(text, "body", rules(REGISTER, PSEUDONYMS, answers or {}))


def kinds(text: str, answers: dict[str, str] | None = None) -> list[str]:
    return [each.key.partition(":")[0] for each in leaves(text, answers).questions]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Peter told me. James cried. Mary's car.", ["peter", "james", "mary"]),
        ("Present: Peter, James, Baker.", ["peter", "james", "baker"]),
        ("met with\nCarter and\nHarper\nlate", ["carter", "harper"]),
        ("- Mark: call back\n- Sue, too", ["mark", "sue"]),
        ("Jack Black called. Mr Black called.", ["jack black", "black"]),
        ("I told April. April was late.", ["april"]),
        ("I met አበበ today, and it was a long talk about nothing at all.", ["አበበ"]),
    ],
)
def test_an_unknown_name_is_asked_about_wherever_it_stands(text: str, names: list[str]) -> None:
    found = leaves(text)
    asked = [kind for kind in dict.fromkeys(kinds(text)) if kind.startswith("word")]
    assert asked == [f"word {name}" for name in names]
    assert not [name for name in names if name.title() in found.text]


@pytest.mark.parametrize(
    "text",
    ["We planned. Meetings ran long. Nobody spoke.", "In April we met, and in May again.", "Dr. and Mr. and Ms."],
)
def test_an_ordinary_beginning_is_not(text: str) -> None:
    assert [each for each in kinds(text) if "who" not in each] == []


def test_what_was_blanked_goes_in_every_form() -> None:
    blank = {"word peter": "blank", "word mary rivers": "blank"}
    found = leaves("I saw Peter. Peter cried.\n- Peter's: call\n\n#peter @peter Mary came, then Mary Rivers.", blank)
    assert "peter" not in found.text.casefold() and "mary" not in found.text.casefold()
    assert found.questions == () and not [each for each in found.changes if each.handle]


def test_a_name_that_is_kept_is_still_a_person() -> None:
    kept = {"word paul": "keep", "word gudrun": "keep"}
    assert kinds("Paul has burnout. Our VP Gudrun is in a divorce.", kept) == ["health", "trouble"]


@pytest.mark.parametrize(
    "text",
    [
        "Our intern is pregnant.",
        "I met Maria. Pregnant again.",
        "ruth is autistic",
        "The new designer wears a hijab.",
        "One of the developers came out as gay.",
        "Grace has breast cancer.",
        "My lead earns 80k.",
    ],
)
def test_what_is_somebody_elses_to_tell_is_asked(text: str) -> None:
    assert [each for each in kinds(text) if not each.startswith(("word", "name"))]


@pytest.mark.parametrize(
    "text", ["I have cancer.", "I was sick of it.", "Salary bands are public.", "We paid attention, in good faith."]
)
def test_what_is_ones_own_or_about_things_is_not(text: str) -> None:
    assert kinds(text) == []


def test_an_illness_is_left_out_whole_and_so_is_the_letter_of_a_name() -> None:
    assert leaves("Maria O. has breast cancer.").text == "Heron has [left out]."


@pytest.mark.parametrize(
    "text",
    ["2912 3456", "2912-3456", "06.12.34.56.78", "mob:07911123456", "Call ph#07911123456", "bit.ly/x", "kasp.ai"],
)
def test_a_number_or_an_address_does_not_leave(text: str) -> None:
    assert not any(char.isdigit() for char in leaves(text).text) and "kasp" not in leaves(text).text


@pytest.mark.parametrize("text", ["on 12.11.2026", "2025-2026", "2019/2020", "2026-11-22", "and/or, he/she"])
def test_a_day_or_a_year_does(text: str) -> None:
    assert leaves(text).text == text


def test_two_who_stand_apart_stay_two() -> None:
    assert leaves("I saw Maria. Maria came.\n- Maria\n- Maria\n\nMaria").text == (
        "I saw Heron. Heron came.\n- Heron\n- Heron\n\nHeron"
    )


@pytest.mark.parametrize("text", ["🅼🅰🆁🅸🅰", "ᴍᴀʀɪᴀ", "m⃝a⃝r⃝i⃝a⃝", "🇲🇦🇷🇮🇦"])
def test_letters_in_another_dress_are_letters(text: str) -> None:
    assert leaves(f"{text} said").text == "Heron said"


@pytest.mark.parametrize(
    "text", ["grace said no", "told grace so", "grace's laptop", "talked to grace", "Since May left"]
)
def test_a_name_that_is_a_word_is_seen_in_lower_case_beside_what_people_do(text: str) -> None:
    found = leaves(text)
    assert found.questions or "Alder" in found.text
