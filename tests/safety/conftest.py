"""What the tests of this folder may ask for."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.safety.sweep import home_in, warm_cache
from tests.support import Home

Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Say something beside the tests' output, also when it passes and when tests run in several processes."""

    def aloud(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}", file=sys.stderr, flush=True)

    return aloud


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which the packs are judged already."""
    return warm_cache(tmp_path_factory.mktemp("warm"))


@pytest.fixture
def home(tmp_path: Path, warm: Path) -> Home:
    """An empty home under the umask 000, whose cache is warm."""
    return home_in(tmp_path / "home", warm)
