"""What every test may ask for, and how hard the property tests try."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import Home

# The same 200 examples each time by default; ALLY_TESTS=long looks for new ones.
_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
_SHARED = {"deadline": None, "database": None, "suppress_health_check": _CHECKS, "print_blob": True}
settings.register_profile("short", max_examples=200, derandomize=True, **_SHARED)
settings.register_profile("long", max_examples=5_000, **_SHARED)
settings.load_profile(os.environ.get("ALLY_TESTS", "short"))


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the shipped packs are judged already."""
    home = Home(tmp_path_factory.mktemp("warm"))
    home.ok("packs", "list")
    return home.folder / "cache"


@pytest.fixture
def cold_home(tmp_path: Path) -> Home:
    """An empty home on which ally has never run."""
    return Home(tmp_path)


@pytest.fixture
def home(cold_home: Home, warm_cache: Path) -> Home:
    """An empty home, but that the shipped packs are judged already."""
    shutil.copytree(warm_cache, cold_home.folder / "cache")
    return cold_home
