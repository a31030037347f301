"""A pack file is right, or every mistake in it is named with its line."""

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allyjournal.packs.check import PackError, check
from tests.support import ROOT

HEAD = """\
format = 1
id = "mine"
version = "1.0.0"
title = "Mine"
summary = "My own."
language = "en"
license = "CC0-1.0"
"""
PROMPT = '[[prompts]]\nid = "mine.one"\ntext = "What happened?"\nstage = "what"\n'
WHOLE = HEAD + PROMPT
SHIPPED = sorted((ROOT / "prompts").glob("*.toml"))

MISTAKES = """\
format = 2
id = "Mine"
version = "1.0"
titel = "Mine"
summary = ""
language = "en"
license = 7
order = "random"

[source]
work = "W"
yeer = 1999

[[practices]]
id = "listening"
title = "Listening"
summary = "S"

[[prompts]]
id = "mine.one"
txt = "What happened?"
stage = "what"

[[prompts]]
id = "mine.one"
text = "What happened then?"
stage = "when"
practice = "listenin"
answer = "choice"

[[prompts]]
id = "mine.three"
text = "How far did you get?"
stage = "what"
answer = "scale"
min = 5
max = 3

[[exercises]]
id = "walk"
title = "Walk"
summary = "S"
[[exercises.steps]]
id = "first"
text = "Where did you go?"
follow-up = "mine.thre"
optional = "no"
"""


def problems(text: str | bytes) -> list[tuple[int, str, str]]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(PackError) as caught:
        check(data, "mine.toml", {})
    return [(each.line, each.key, each.message) for each in caught.value.problems]


def test_a_pack_that_is_right_is_taken() -> None:
    pack = check(WHOLE.encode(), "mine.toml", {})
    assert (pack.reference, pack.prompts[0].id) == ("mine@1.0.0", "mine.one")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_pack_is_right(path) -> None:
    assert check(path.read_bytes(), path.name).id == path.stem


def test_all_mistakes_of_a_file_are_named_at_once_each_on_its_line() -> None:
    found = problems(MISTAKES)
    assert [(line, key) for line, key, _ in found] == [
        (1, "format"),
        (1, "title"),
        (2, "id"),
        (3, "version"),
        (4, "titel"),
        (5, "summary"),
        (7, "license"),
        (8, "order"),
        (12, "source.yeer"),
        (19, "prompts.text"),
        (21, "prompts.txt"),
        (24, "prompts.choices"),
        (25, "prompts.id"),
        (27, "prompts.stage"),
        (28, "prompts.practice"),
        (37, "prompts.max"),
        (46, "exercises.steps.follow-up"),
        (47, "exercises.steps.optional"),
    ]
    said = {key: message for _, key, message in found}
    assert 'did you mean "title"?' in said["titel"]
    assert 'did you mean "year"?' in said["source.yeer"]
    assert 'did you mean "text"?' in said["prompts.txt"]
    assert 'did you mean "listening"?' in said["prompts.practice"]
    assert 'did you mean "mine.three"?' in said["exercises.steps.follow-up"]


STEP = HEAD + '[[exercises]]\nid = "e"\ntitle = "E"\nsummary = "S"\n[[exercises.steps]]\nid = "day"\ntext = "When?"\n'


def test_a_step_may_look_back_or_forward_but_waits_for_no_weeks_end() -> None:
    for when in ("any", "look-back", "look-forward"):
        pack = check(f'{STEP}answer = "date"\nwhen = "{when}"\n'.encode(), "mine.toml")
        assert pack.exercises[0].steps[0].when == when
    assert [key for _, key, _ in problems(f'{STEP}when = "week-end"\n')] == ["exercises.steps.when"]


def test_the_error_reads_as_one_line_for_each_mistake() -> None:
    with pytest.raises(PackError) as caught:
        check(MISTAKES.encode(), "mine.toml")
    lines = str(caught.value).splitlines()
    assert len(lines) == len(caught.value.problems)
    assert all(line.startswith("mine.toml:") for line in lines)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (HEAD + "#" * (256 * 1024), 1, "256 KiB"),
        (HEAD + PROMPT.replace("What happened?", "x" * 2001), 10, "2000"),
        (HEAD + PROMPT.replace("happened", "hap\\u0007pened"), 10, "U+0007"),
        (HEAD + PROMPT.replace("happened", "hap\\u001bpened"), 10, "U+001B"),
        (HEAD + PROMPT.replace("happened", "hap\u202epened"), 10, "U+202E"),
        (HEAD + PROMPT.replace("happened", "hap\u2066pened"), 10, "U+2066"),
        (HEAD + PROMPT.replace("happened", "hap\ufeffpened"), 10, "U+FEFF"),
        (HEAD + PROMPT.replace("happened", "hap\u0085pened"), 10, "U+0085"),
        (HEAD + PROMPT.replace("happened", "hap\x1bpened"), 10, "TOML"),
        (HEAD + "x" + ".x" * 9 + " = 1\n" + PROMPT, 1, "nested"),
        (HEAD + "[[prompts]", 8, "TOML"),
        (HEAD + "title = 'again'\n", 8, "TOML"),
        (HEAD, 1, "at least one"),
        (HEAD + PROMPT + PROMPT.replace("mine.one", "mine.two"), 14, "twice"),
        (HEAD + PROMPT + 'labels = ["a"]\n', 12, "scale"),
        (HEAD + "\n[source]\nyear = 1999\n" + PROMPT, 9, "missing"),
        (b"\xff" + HEAD.encode(), 1, "UTF-8"),
        (HEAD.encode() + b"# \xe9\n", 8, "UTF-8"),
        (b"", 1, "missing"),
        (b"\x00", 1, "TOML"),
    ],
)
def test_what_is_out_of_bounds_is_named_with_its_line(text: str | bytes, line: int, word: str) -> None:
    assert any(at == line and word in said for at, _, said in problems(text)), problems(text)


def test_a_thousand_prompts_are_taken_and_one_more_is_not() -> None:
    def many(count: int) -> str:
        rows = (f'[[prompts]]\nid = "m.a{n}"\ntext = "What happened {n}?"\nstage = "what"\n' for n in range(count))
        return HEAD + "".join(rows)

    assert len(check(many(1000).encode(), "mine.toml", {}).prompts) == 1000
    assert any("1000" in said for _, key, said in problems(many(1001)) if key == "prompts")


def test_a_control_character_does_not_shift_the_lines_of_other_mistakes() -> None:
    text = HEAD + '# one\u2028two\n[[prompts]]\nid = "mine.one"\ntext = "What happened?"\nstage = "when"\n'
    assert [line for line, key, _ in problems(text) if key == "prompts.stage"] == [12]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a." * 20_000 + "a = 1", id="dotted-key"),
        pytest.param("[" + "a." * 20_000 + "a]", id="dotted-header"),
        pytest.param("a = " + "[" * 30_000 + "]" * 30_000, id="brackets"),
        pytest.param("a = " + "{a = " * 30_000 + "1" + "}" * 30_000, id="braces"),
        pytest.param("a = " + "9" * 100_000, id="number"),
        pytest.param("\n".join("a" * (n % 7 + 1) + f"{n} = 1" for n in range(15_000)), id="unknown-keys"),
        pytest.param("\n".join(f"[[a.b{n}]]" for n in range(15_000)), id="unknown-tables"),
        pytest.param(
            HEAD + "".join(f'[[prompts]]\nid = "p.a{n}"\nfollow-up = "p.b{n}"\n' for n in range(1_500)), id="follow-ups"
        ),
        pytest.param(
            HEAD + "".join(f'[[practices]]\nid = "a{n}"\n[[prompts]]\npractice = "b{n}"\n' for n in range(2_000)),
            id="practices",
        ),
    ],
)
def test_a_file_made_to_be_slow_is_refused_fast(text: str) -> None:
    assert len(text) <= 256 * 1024
    begun = time.process_time()
    assert problems(text)
    assert time.process_time() - begun < 1.5


def test_a_practice_is_neither_defined_again_nor_unknown() -> None:
    mine = WHOLE + 'practice = "deep-curiositi"\n[[practices]]\nid = "repair"\ntitle = "R"\nsummary = "R"\n'
    with pytest.raises(PackError) as caught:
        check(mine.encode(), "mine.toml", {"repair": "other", "deep-curiosity": "other"})
    found = {each.key: (each.line, each.message) for each in caught.value.problems}
    assert found["practices.id"][0] == 14 and "other" in found["practices.id"][1]
    assert found["prompts.practice"][0] == 12 and '"deep-curiosity"' in found["prompts.practice"][1]


ODD = [
    "[[",
    "]]",
    '"""',
    "'''",
    "=",
    ".",
    "#",
    "\n",
    "\\",
    "\x00",
    "\u202e",
    "{",
    "}",
    ",",
    "1e999",
    "é",
    '"',
    "[[prompts]]",
]


@settings(max_examples=100)
@given(st.data())
def test_a_mutated_pack_is_taken_or_refused_and_nothing_else(data: st.DataObject) -> None:
    text = SHIPPED[data.draw(st.integers(0, len(SHIPPED) - 1))].read_bytes()[:6_000]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(st.one_of(st.sampled_from(ODD).map(str.encode), st.binary(max_size=3)))
        text = text[:at] + piece + text[at + data.draw(st.sampled_from([0, 0, 1, 30])) :]
    try:
        check(text, "mine.toml", {})
    except PackError as error:
        rows = text.count(b"\n") + 1
        assert error.problems
        assert all(1 <= each.line <= rows and each.message for each in error.problems)
    else:
        assert tomllib.loads(text.decode().replace("\r\n", "\n"))["format"] == 1
