"""An option whose value came out empty, as from an unset variable, is never the same as no option."""

import pytest

from tests.support import SATURDAY, Home

FILTERS = ["--on", "--from", "--to", "-t", "--not", "--with", "--practice", "--pack", "--prompt", "--kind"]


@pytest.fixture
def diary(home: Home) -> Home:
    """A home with an answer and a tagged note."""
    home.ok("reflect", stdin="An answer. @priya", at=SATURDAY)
    home.ok("note", stdin="Kept apart. #secret", at=SATURDAY)
    return home


@pytest.mark.parametrize("value", ["", " ", "\t"], ids=repr)
@pytest.mark.parametrize("option", FILTERS)
def test_an_empty_filter_does_not_let_everything_out(diary: Home, option: str, value: str) -> None:
    done = diary.run("export", option, value, at=SATURDAY)
    assert "Kept apart" not in done.stdout
    assert done.returncode in (0, 1, 2) and "fault" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["reflect", "--print", "--date", ""],
        ["reflect", "--print", "--pack", ""],
        ["reflect", "--print", "--practice", ""],
        ["reflect", "--print", "--prompt", ""],
        ["review", ""],
        ["review", "--from", ""],
        ["review", "--format", ""],
        ["show", ""],
        ["do", ""],
        ["packs", "show", ""],
        ["schema", ""],
        ["export", "--format", ""],
        ["export", "-o", ""],
        ["list", "-n", ""],
    ],
    ids=" ".join,
)
def test_an_empty_name_names_nothing(diary: Home, words: list[str]) -> None:
    done = diary.run(*words, at=SATURDAY)
    assert done.returncode in (1, 2, 3) and done.stdout == "" and done.stderr.strip()
    assert "fault" not in done.stderr
