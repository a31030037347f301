"""Broken inputs raise our own errors, and quickly. `python -m benchmarks.fuzz` reads a million of each."""

import time
from collections.abc import Callable

import pytest

from allyjournal.errors import AllyError
from allyjournal.journal import blocks, body, document, mentions
from allyjournal.packs import check
from tests.fuzz import NOW, TARGETS, fuzz

COUNT = 20_000
# A reader of lines, so each shape is also a line of its own, and many lines.
SHAPES = [
    "@", "#", "@@a", "@a@", "#a/b/", "#1", "@-", "_-_", "`", "` `` ``` ", "[", "[a](", "[[a", "](", "<", "<a ", "a.",
    "a+", "http://", "\\", "> ", "> > > x\n", "> a\n@b\n", "> @a\n", "- ", "- - - x\n", "1. ",
    "- " * 50 + "x\n" + " " * 500 + "\n", " ", "\t", "\n", "\r", "# a\n", "x\n===\n", "-", "*", "```\n", "%%", "`%%",
    "- [ ] a [due:: 2026-11-22]\n", "[due::[id::", "@a\u0301", "\u0301", "#a\r",
]  # fmt: skip
READERS: dict[str, Callable[[str], object]] = {
    "mentions": lambda text: list(mentions.scan(text)),
    "commitments": lambda text: body.commitments(text, "a1b2c3"),
    "visible": body.visible,
    "words": lambda text: body.count_words(text, ["x"]),
}
BOMBS = {
    "brackets": "a: " + "[" * 30_000,
    "braces": "{" * 30_000,
    "dashes": "- " * 30_000,
    "questions": "? " * 30_000,
    "staircase": "".join(" " * number + "a:\n" for number in range(350)),
    "laughs": "\n".join(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "keys": "".join(f"k{number}: 1\n" for number in range(8_000)),
    "digits": "a: " + "9" * 60_000,
    "quotes": 'a: "' + '\\"' * 30_000,
    "anchors": "".join(f"a{number}: &x{number} 1\n" for number in range(4_000)),
    "tags": "a: " + "!!x " * 15_000,
    "folds": "a: >\n" + "  x\n" * 15_000,
    "never closed": "a: b\n" * 400_000,
}
PACK_BOMBS = {
    "brackets": "a = " + "[" * 100_000,
    "tables": "[a" + ".a" * 100_000 + "]",
    "keys": "a" + ".a" * 100_000 + " = 1",
    "inline": "a = " + "{a=" * 60_000,
    "digits": "a = " + "9" * 200_000,
    "headers": "".join(f"[a{number}]\n" for number in range(25_000)),
    "prompts": "[[prompts]]\n" * 20_000,
    "steps": "[[exercises]]\n" + "[[exercises.steps]]\n" * 10_000,
    "too large": "#" * 300_000,
}


@pytest.mark.parametrize("name", TARGETS)
def test_broken_inputs_raise_our_own_errors_and_none_takes_a_second(name: str) -> None:
    found = fuzz(name, COUNT)
    assert found.faults == []
    assert found.read + found.refused == COUNT and found.read > COUNT // 100


@pytest.mark.parametrize("reader", READERS)
def test_reading_a_body_takes_time_in_proportion_to_its_length(reader: str) -> None:
    slow = {}
    for shape in SHAPES:
        short, long = (_seconds(READERS[reader], shape * (size // len(shape)) + "@z %%") for size in (10_000, 80_000))
        if long > 0.05 and long > 24 * short:
            slow[shape] = (short, long)
    assert slow == {}


def _seconds(read: Callable[[str], object], text: str) -> float:
    """The best of three: the others had to wait."""
    best = 60.0
    for _ in range(3):
        blocks._latest.cache_clear()
        begun = time.process_time()
        read(text)
        best = min(best, time.process_time() - begun)
    return best


def _refused_or_read(read: Callable[[], object]) -> None:
    try:
        read()
    except AllyError as error:
        assert str(error)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_the_front_matter_is_refused_or_read_at_once(name: str) -> None:
    data = f"---\n{BOMBS[name]}\n---\n\nWords.\n".encode()
    read = lambda _: _refused_or_read(lambda: document.from_bytes(data, document.Fallback("a.md", lambda: NOW)))  # noqa: E731
    assert _seconds(read, "") < 0.1


@pytest.mark.parametrize("name", PACK_BOMBS)
def test_a_bomb_in_a_pack_is_refused_or_read_at_once(name: str) -> None:
    read = lambda _: _refused_or_read(lambda: check.check(PACK_BOMBS[name].encode(), "p.toml"))  # noqa: E731
    assert _seconds(read, "") < 0.1
