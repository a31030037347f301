"""A text without its disguises: each is undone by one step, and every letter leads back to where it stood."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from allyjournal.sharing import skeleton as module
from allyjournal.sharing.alike import alike, folded
from allyjournal.sharing.skeleton import skeleton
from tests import strategies

# What each step undoes, alone: without the step this is no longer found.
UNDONE = {
    "entities": "&#77;ar&#x69;a",
    "unseen": "Ma\u200bri\u00ada",
    "letters": "Ｍａ́ria",
    "escapes": "Jean\\-Luc",
    "tags": "Ma<b>ria</b>",
    "emphasis": "Ma**ria**",
    "line_ends": "Ma-\n> ria",
    "spaces": "Maria \n\t Kalnina",
}
PLAIN = {"escapes": "jean-luc", "spaces": "maria\nkalnina"}


@pytest.mark.parametrize("step", UNDONE)
def test_each_step_undoes_its_disguise_and_no_other_step_does(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = PLAIN.get(step, "maria")
    assert wanted in skeleton(UNDONE[step]).plain
    monkeypatch.setattr(module, "STEPS", tuple(each for each in module.STEPS if each.__name__ != step))
    assert wanted not in skeleton(UNDONE[step]).plain


def test_there_is_a_disguise_for_each_step() -> None:
    assert [each.__name__ for each in module.STEPS] == list(UNDONE)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("İPEK IŞIK ışık", "ipek isik isik"),
        ("Łukasz Żółty", "lukasz zolty"),
        ("Straße ÆØÅ Þór Ðorđe", "strasse aeoa thor dorde"),
        ("サクラ さくら ｻｸﾗ", "さくら さくら さくら"),
        (unicodedata.normalize("NFD", "김민준"), skeleton("김민준").plain),
        ("O’Brien O`Brien", "o'brien obrien"),
        ("Jean–Luc Jean‑Luc", "jean-luc jean-luc"),
        ("a\u00a0b\u2003c", "a b c"),
        ("a\n\n> b", "a\fb"),
        ("अनिता", "अनिता"),
        ("مُحَمَّد", "محمد"),
        ("Ma[ria](x)", "maria](x)"),
    ],
)
def test_what_is_written_in_other_ways_is_the_same(text: str, plain: str) -> None:
    assert skeleton(text).plain == plain


def test_letters_of_other_alphabets_that_look_alike_are_alike() -> None:
    assert skeleton("Маriа").alike == skeleton("Ⅿaria").alike == "maria"
    assert skeleton("Мария").plain != skeleton("Mapия").plain


def test_the_tables_give_one_letter_for_one() -> None:
    for table in (folded(), alike()):
        assert all(len(to) == 1 and len(to.casefold()) == 1 for to in table.values())
    assert all(len(char.casefold()) == 1 for code in range(0x3000) for char in skeleton(chr(code)).cased)


hidden = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *UNDONE.values(),
                "\u200d",
                "-\n",
                "**",
                "<b>",
                "&amp;",
                "ß",
                "é",
                "e\u0301",
                "\\*",
                "王",
                "ｶﾞ",
                "\n\n",
                " > ",
            ]
        ),
        strategies.lines(),
    ),
    max_size=6,
).map("".join)


@given(hidden)
@example("&#0;a")
@example("\u0301a")
def test_every_letter_leads_back_to_where_it_stood(text: str) -> None:
    found = skeleton(text)
    assert len(found.plain) == len(found.alike) == len(found.cased) == len(found.starts) == len(found.ends)
    for start, end in zip(found.starts, found.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert list(found.starts) == sorted(found.starts)
    for place, char in enumerate(found.plain):
        if not char.isspace():
            assert char in skeleton(text[found.starts[place] : found.ends[place]]).plain


@given(hidden)
def test_a_skeleton_has_no_disguise_left(text: str) -> None:
    plain = skeleton(text).plain
    assert skeleton(plain.replace("\\", "").replace("&", "")).plain.count("\u00ad") == 0
    assert not any(unicodedata.category(char) == "Cf" for char in plain if char not in "\u0890\u0891\u08e2")
