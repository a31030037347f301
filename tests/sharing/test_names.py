"""Whose name stands in a text: every form of it, and no word that only looks like one."""

import random
import re
import time

import pytest

from allyjournal.sharing.common_words import words
from allyjournal.sharing.names import find, names_of
from allyjournal.sharing.skeleton import skeleton
from tests.disguises import NAMES

REGISTER = {
    "maria_k": {"names": ["Maria Kalniņa"], "aliases": ["Marite", "M"]},
    "ana": {"names": ["Ana Lucía de la Cruz"]},
    "will": {"names": ["Will Young"]},
    "may": {"names": ["Grace May"]},
    "mark": {"names": ["Mark Price"]},
    "hanna": {"names": ["Hanna Rossi"]},
    "wang": {"names": ["王小明"]},
    "boss": {},
    "jo": {"names": ["Jo"]},
    "leila": {"names": ["محمد علي"]},
}
NAMES_OF = names_of(REGISTER)


def found(text: str) -> list[tuple[str, str]]:
    """The names found for sure: what stands there, and whose it is."""
    return [(text[each.start : each.end], each.handle) for each in find(skeleton(text), NAMES_OF) if each.is_sure]


def asked(text: str) -> list[str]:
    return [text[each.start : each.end] for each in find(skeleton(text), NAMES_OF) if not each.is_sure]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Maria Kalniņa came", [("Maria Kalniņa", "maria_k")]),
        ("KALNINA, MARIA", [("KALNINA, MARIA", "maria_k")]),
        ("Maria K. and M. Kalniņa", [("Maria K", "maria_k"), ("M. Kalniņa", "maria_k")]),
        ("ask MK or M.K. or M", [("MK", "maria_k"), ("M.K.", "maria_k"), ("M", "maria_k")]),
        ("Marijas, Kalniņai, marites", [("Marijas", "maria_k"), ("Kalniņai", "maria_k"), ("marites", "maria_k")]),
        ("@maria_k's and @boss, my boss", [("@maria_k", "maria_k"), ("@boss", "boss")]),
        ("#maria-incident #MariaIncident", [("maria", "maria_k"), ("Maria", "maria_k")]),
        ("see mariakalnina or mkalnina", [("mariakalnina", "maria_k"), ("mkalnina", "maria_k")]),
        ("de la Cruz, Ana", [("de la Cruz, Ana", "ana")]),
        ("王小明说 and 小王 and 小明", [("王小明", "wang"), ("小王", "wang"), ("小明", "wang")]),
        ("ومحمد ولعلي", [("ومحمد ولعلي", "leila")]),
        ("Jo's, jo", [("Jo", "jo"), ("jo", "jo")]),
        ("Will Young and WILL YOUNG", [("Will Young", "will"), ("WILL YOUNG", "will")]),
    ],
)
def test_a_name_is_found_in_its_forms(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It will be long. I may. We mark the price with grace.",
        "Will you come? May I ask? In May, on 5 May, by the end of May 2026, May 5th.",
        "The young people talk. I WILL do it.",
        "A grace period, the price, young at heart; marine mania in malaria areas.",
        "join the job, jot it down, marinade, marble, canal",
        "e.g. i.e. a.m. and so on",
    ],
)
def test_an_ordinary_word_is_no_name(text: str) -> None:
    assert (found(text), asked(text)) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "I told Will so.",
        "So I saw Grace there.",
        "Mr. Young left.",
        "Will's idea",
        "we met with MARK there",
        "I saw W\u200bill",
        "i saw W**ill**",
        "wіll with a Cyrillic i",
    ],
)
def test_a_word_is_a_name_where_case_or_disguise_says_so(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Will was late.",
        "Grace.",
        "The Price Of Long Talks",
        "Ask HR first.",
        "from May here",
        "Will may come too.",
        "Grace will lead. Mark can help.",
        "Grace in accounting told me.",
        "Mark often interrupts.",
        "Will quickly left.",
        "Young people talk.",
        "Mark my words.",
        "Grace kept me going.",
    ],
)
def test_what_may_be_either_is_asked(text: str) -> None:
    assert asked(text)
    assert found(text) == []


def test_of_two_people_of_one_name_the_one_who_is_there_is_meant() -> None:
    names = names_of({"one": {"names": ["Maria Kalniņa"]}, "two": {"names": ["Ana María de la Cruz"]}})
    text = skeleton("María said so.")
    assert find(text, names, ["one"])[0].handle == "one"
    assert find(text, names, ["two"])[0].handle == "two"


def test_a_register_of_200_people_costs_little() -> None:
    """Ratio to splitting the text: absolute times mean nothing on a shared machine."""
    dice = random.Random(6)
    syllables = re.findall(r"\w+", "ka ri mo lu ne ta vi so de an el is or um ja be")
    made = ["".join(dice.choices(syllables, k=3)).capitalize() for _ in range(400)]
    names = names_of({f"p{number}": {"names": [f"{made[number]} {made[-number]}"]} for number in range(200)})
    ordinary = sorted(words())
    text = " ".join(dice.choice(ordinary) if dice.random() < 0.97 else dice.choice(made) for _ in range(400))
    begun = time.process_time()
    for _ in range(20):
        assert find(skeleton(text), names)
    assert (time.process_time() - begun) / 20 < 0.02


@pytest.mark.parametrize(
    "unit",
    [
        "a<b ",
        "M.",
        "1 ",
        "a@",
        "#a",
        "_a",
        "a-\n",
        "Maria ",
        "[",
        "**a",
        "&#",
        "王小",
        "the only ",
        "9999999999x Will ! ",
        "अनितानाम ! Will ",
    ],
)
def test_reading_is_linear(unit: str) -> None:
    def spent(times: int) -> float:
        text = unit * times
        begun = time.process_time()
        find(skeleton(text), NAMES_OF)
        return time.process_time() - begun

    spent(500)
    assert spent(16_000) < 30 * max(spent(2_000), 0.002)


def test_every_name_of_the_list_is_found_as_it_is() -> None:
    for name in NAMES:
        names = names_of({"someone": {"names": [name.full]}})
        for form in (name.full, *name.alone):
            assert find(skeleton(f"Then I saw {form} there."), names), form


@pytest.mark.parametrize(
    "text", ["Marja", "Mxria", "Mraia", "Kalnia", "Mariaaa", "Wiiill", "Grrrace", "jooo", "Kallnina"]
)
def test_a_letter_wrong_or_twice_is_no_disguise(text: str) -> None:
    assert [name for name, _ in found(f"So {text} said.")] == [text]


def test_a_word_in_a_hashtag_is_asked_about() -> None:
    assert asked("and #grace and #mark") == ["grace", "mark"]
