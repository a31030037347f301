"""The house: every public part says what it is for, and nothing grows too long to read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_MODULE = 400
HOUSE = ROOT / "src/allyjournal"
MODULES = sorted(HOUSE.rglob("*.py"))
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def definitions(tree: ast.Module | ast.ClassDef, around: str = "") -> Iterator[tuple[str, Definition, str]]:
    """Classes, functions and methods: the name with its class, the node, the name of the class around it."""
    for node in tree.body:
        if isinstance(node, Definition):
            yield f"{around}.{node.name}".lstrip("."), node, around
        if isinstance(node, ast.ClassDef):
            yield from definitions(node, node.name)


def undocumented(source: str) -> list[str]:
    """What is public and has no docstring.

    A method that does what a documented one of the same name in the same module promises needs no words of
    its own: a member of a family says in its class what makes it different.
    """
    tree = ast.parse(source)
    found = list(definitions(tree))
    promised = {node.name for _, node, around in found if around and ast.get_docstring(node)}
    missing = [] if ast.get_docstring(tree) else ["the module"]
    for name, node, around in found:
        if any(part.startswith("_") for part in name.split(".")) or ast.get_docstring(node):
            continue
        if around and isinstance(node, Function) and node.name in promised:
            continue
        missing.append(name)
    return missing


def too_long(source: str) -> list[str]:
    """The functions that are longer than anyone reads at a glance."""
    return [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]


def test_the_house_is_looked_at() -> None:
    assert len(MODULES) > 30
    assert {path.parent.name for path in MODULES} >= {"packs", "journal", "practice", "sharing", "terminal", "cli"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_everything_public_says_what_it_is_for(path: Path) -> None:
    assert undocumented(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_nothing_is_too_long_to_read(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert too_long(source) == []
    assert len(source.splitlines()) <= MOST_LINES_OF_A_MODULE


def test_what_lacks_words_or_is_too_long_is_seen() -> None:
    source = (
        '"""Module."""\ndef public():\n    pass\ndef _private():\n    pass\n'
        "class Thing:\n    def act(self):\n        pass\n"
    )
    assert undocumented(source) == ["public", "Thing", "Thing.act"]
    assert undocumented("x = 1\n") == ["the module"]
    family = (
        '"""M."""\nclass Base:\n    """B."""\n    def act(self):\n        """A."""\n'
        'class Member:\n    """M."""\n    def act(self):\n        pass\n'
    )
    assert undocumented(family) == []
    assert too_long("def long():\n" + "    x = 1\n" * 60) == ["long: 61 lines"]
    assert too_long("def short():\n" + "    x = 1\n" * 59) == []
