"""What a pack may say and yet is worth a look, each with its line."""

import time

import pytest

from allyjournal.packs import lint
from allyjournal.packs.check import check
from tests.packs.test_check import HEAD, PROMPT
from tests.support import ROOT
from tests.test_fuzz import PACK_BOMBS

SHIPPED = sorted((ROOT / "prompts").glob("*.toml"))
PACKS = {pack.id: pack for pack in (check(path.read_bytes(), path.name) for path in SHIPPED)}
ORIGINAL = check(
    (HEAD + PROMPT + PROMPT.replace("mine.one", "mine.two").replace("happened", "did you hear")).encode(), "mine.toml"
)
GERMAN = (
    HEAD.replace('"mine"', '"mine-de"').replace('"en"', '"de"')
    + 'translation-of = "mine@1.0.0"\n[[prompts]]\nid = "mine.one"\ntext = "Was ist geschehen?"\nstage = "what"\n'
)


def found(text: str, **packs) -> list[tuple[int, str, str]]:
    return [tuple(each) for each in lint.warnings(text.encode(), packs)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_packs_that_ship_give_nothing_to_look_at(path) -> None:
    assert lint.warnings(path.read_bytes(), PACKS) == []


def test_wording_is_named_with_its_line_and_key_also_where_the_file_is_wrong() -> None:
    text = (
        HEAD
        + 'titel = 1\n[[prompts]]\nid = "mine.one"\nstage = "nothing"\n'
        + 'text = "Did you speak up?"\nhelp = "Well done."\n'
        + '[[exercises]]\n[[exercises.steps]]\nid = "a"\ntext = "Did you speak up then?"\n'
    )
    rows = found(text)
    assert [(line, key) for line, key, _ in rows] == [
        (12, "prompts.text"),
        (13, "prompts.help"),
        (17, "exercises.steps.text"),
        (17, "exercises.steps.text"),
    ]
    assert '"mine.one"' in "".join(said for line, _, said in rows if line == 17)


def test_what_is_no_pack_gives_nothing() -> None:
    assert found("[[") == found("") == found("prompts = 3\n") == found("[[prompts]]\ntext = 3\n") == []


def test_an_id_that_another_pack_has_is_named() -> None:
    (row,) = found(HEAD + PROMPT.replace("mine.one", "deep-curiosity.a-guess").replace("happ", "of you happ"), **PACKS)
    assert row[:2] == (9, "prompts.id") and "seven-practices" in row[2]


def test_a_translation_is_compared_with_its_original() -> None:
    assert [said for _, _, said in found(GERMAN, mine=ORIGINAL)] == [
        "Of mine it lacks mine.two; add them, so that they can be asked."
    ]
    whole = GERMAN + '[[prompts]]\nid = "mine.two"\ntext = "Was hast du gehört?"\nstage = "what"\n'
    assert found(whole, mine=ORIGINAL) == []
    more = whole + '[[prompts]]\nid = "mine.drei"\ntext = "Und nun?"\nstage = "what"\n'
    assert "has no mine.drei" in found(more, mine=ORIGINAL)[0][2]
    later = ORIGINAL._replace(version="1.1.0")
    assert "mine@1.1.0 is here" in found(whole, mine=later)[0][2]
    assert "an id of its own" in found(whole.replace("mine-de", "mine"), mine=ORIGINAL)[0][2]
    assert 'in "en" too' in found(whole.replace('"de"', '"en"'), mine=ORIGINAL)[0][2]
    (line, key, said) = found(whole)[0]
    assert (line, key) == (8, "translation-of") and "not here" in said
    assert 'mean "mine"' in found(whole.replace("mine@", "mines@"), mine=ORIGINAL)[0][2]


def test_a_translation_that_lacks_much_is_told_so_in_few_words() -> None:
    text = GERMAN.replace("mine@1.0.0", f"seven-practices@{PACKS['seven-practices'].version}")
    said = found(text, **PACKS)[0][2]
    assert "and 122 more" in said or " more" in said
    assert len(said) < 400


def test_a_large_pack_is_looked_at_in_good_time() -> None:
    rows = (
        f'[[prompts]]\nid = "m.a{n}"\ntext = "What happened {n * 7919 % 997} of {n}?"\nstage = "what"\n'
        for n in range(1000)
    )
    begun = time.process_time()
    assert len(found(HEAD + "".join(rows), **PACKS)) <= lint.MOST_WARNINGS
    assert time.process_time() - begun < 2


def _many(text: str, count: int) -> str:
    return HEAD + "".join(f'[[prompts]]\nid = "a{n}"\nstage = "what"\ntext = "{text}"\n' for n in range(count))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_many("and what " * 64 + "?", 400), id="asking-words"),
        pytest.param(_many(", what" * 96 + "?", 400), id="commas"),
        pytest.param(_many(", " * 280, 400), id="spaces"),
        pytest.param(_many("a? " * 190, 400), id="questions"),
        pytest.param(_many("Who saw you at lunch?", 1000), id="the-same"),
        pytest.param(_many('Who?"\nhelp = "' + "well " * 395, 120), id="help"),
        *(pytest.param(text, id=name) for name, text in PACK_BOMBS.items()),
    ],
)
def test_a_file_made_to_be_slow_is_looked_at_fast(text: str) -> None:
    begun = time.process_time()
    assert len(found(text, **PACKS)) <= lint.MOST_WARNINGS
    assert time.process_time() - begun < 1
