"""The pages of docs/transcripts/ are what a person sees on a terminal."""

from pathlib import Path

import pytest

from tests.transcripts import PAGES, blocks, replay


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_screen_of_the_page_is_what_is_seen(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert replay(text) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_shows_something(page: Path) -> None:
    assert any(block.expected.strip() for block in blocks(page.read_text(encoding="utf-8")))
