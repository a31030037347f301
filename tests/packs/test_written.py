"""A pack that is made reads back as it was meant, whatever is typed."""

import tomli
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.packs.check import check, fault
from allyjournal.packs.model import Practice, Prompt
from allyjournal.packs.written import Begun, prompt_id, quoted, to_toml
from tests.strategies import TRAPS

ANY = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [each for each in TRAPS if each.isprintable() or each.isascii()]
)
TEXT = ANY.map(lambda text: " ".join(text.split())).filter(lambda text: fault("text", text) is None)


@given(ANY)
def test_any_text_reads_back_equal_and_the_file_shows_all_of_it(text: str) -> None:
    line = quoted(text)
    assert tomli.loads(f"x = {line}") == {"x": text}
    assert line.isprintable()


@given(TEXT, st.lists(TEXT, min_size=1, max_size=5, unique=True), st.lists(TEXT, min_size=2, max_size=4))
def test_a_pack_reads_back_as_it_was_made(title: str, texts: list[str], choices: list[str]) -> None:
    begun = Begun("mine", title, title, "en", title, title, title, ["quiet"], [Practice("quiet", title, title)])
    for text in texts:
        name = prompt_id("mine", text, {each.id for each in begun.prompts})
        begun.prompts.append(
            Prompt(name, text, practice="quiet", stage="so-what", answer="choice", choices=tuple(choices))
        )
    pack = check(to_toml(begun).encode(), "mine.toml", {})
    assert (pack.title, pack.license, pack.source, pack.practices) == (
        title,
        title,
        begun.source,
        tuple(begun.practices),
    )
    assert list(pack.prompts) == begun.prompts


@given(ANY, ANY)
def test_a_pack_that_is_only_begun_is_toml_with_what_was_typed(title: str, half: str) -> None:
    text = to_toml(Begun("mine", title, half=half))
    assert tomli.loads(text)["title"] == title
    assert not half or f"# Typed last, and not taken in yet: {quoted(half)}\n" in text


@given(st.text(), st.lists(st.text(), max_size=30))
def test_a_prompt_gets_an_id_of_its_own(text: str, others: list[str]) -> None:
    taken: set[str] = set()
    for each in [text, text, *others, text]:
        name = prompt_id("m" * 80, each, taken)
        assert name not in taken and fault("practice", name) is None
        taken.add(name)


def test_an_id_is_made_of_the_words_that_carry_a_prompt() -> None:
    assert prompt_id("lunch", "Who sat beside you at lunch?", set()) == "lunch.sat-beside-lunch"
    assert prompt_id("lunch", "Who sat beside you at lunch?", {"lunch.sat-beside-lunch"}) == "lunch.sat-beside-lunch-2"
    assert prompt_id("lunch", "誰が?", set()) == "lunch.prompt"


def test_every_key_of_a_whole_file_has_a_word_beside_it_where_one_helps() -> None:
    text = to_toml(Begun("mine", "T", "S", "en", "MIT", work="W", named=["a", "b"], prompts=[Prompt("mine.a", "Q?")]))
    assert 'order = "even"            # sequence, or even' in text
    assert '# Its practices: "a, b"' in text
    assert max(map(len, text.splitlines())) < 110
