"""Every command, every option and every spelling of it is shown at work on its page of docs/commands/."""

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from allyjournal.cli import options
from allyjournal.cli.app import Commands
from allyjournal.cli.commands import COMMANDS, FILTERED
from tests.support import ROOT
from tests.transcripts import COMMAND_PAGES, INDEX, blocks

HOME_PAGE, FILTERS_PAGE = "ally.md", "filters.md"
_LINK = re.compile(r"^- \[`(ally[^`]*)`\]\(([^)#]+)[^)]*\): \S.*\.$")


def spellings(params: list[Any]) -> set[str]:
    """Every way to write these options; arguments have none."""
    return {name for each in params if each.param_type_name == "option" for name in each.opts}


SHARED = spellings([*options.shared_options(), options.version_option()]) | {"-h", "--help"}
FILTERS = spellings(options.filter_options())


def tree() -> dict[str, set[str]]:
    """`ally tag add` -> the spellings of its own options, for every command and subcommand that does something."""
    found: dict[str, set[str]] = {"ally": set()}
    for name in COMMANDS:
        command: Any = Commands().get_command(None, name)
        known = SHARED | (FILTERS if name in FILTERED else set())
        family = getattr(command, "commands", {})
        if not family or command.invoke_without_command:
            found[f"ally {name}"] = spellings(command.params) - known
        for each, under in family.items():
            found[f"ally {name} {each}"] = spellings(under.params) - known
    return found


def calls(text: str) -> Iterator[list[str]]:
    """The words of each `ally …` that a page shows, with those before and after it in a pipe left out."""
    for block in blocks(text):
        if block.first is None:
            continue
        lexer = shlex.shlex(block.command, posix=True, punctuation_chars=True)
        lexer.whitespace_split, lexer.commenters = True, ""
        words: list[str] = []
        for word in [*lexer, ";"]:
            if set(word) <= set("();<>|&"):
                yield from [words] if words[:1] == ["ally"] else []
                words = []
            elif words or "=" not in word:
                words.append(word)


def shown(text: str, commands: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Command -> the option spellings it is shown with on a page."""
    found: dict[str, set[str]] = {}
    for words in calls(text):
        name = next((" ".join(words[:size]) for size in (3, 2) if " ".join(words[:size]) in commands), "ally")
        found.setdefault(name, set()).update(word.partition("=")[0] for word in words if word.startswith("-"))
    return found


def missing(commands: Mapping[str, set[str]], pages: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    """What is not shown at work on its page. `pages` is command -> page, `texts` page -> what stands there."""
    seen = {page: shown(text, commands) for page, text in texts.items()}
    lacking = []
    for command, wanted in commands.items():
        page = pages.get(" ".join(command.split()[:2]), "")
        used = seen.get(page, {})
        lacking += [] if command in used else [f"{command} is not shown on a page that the index names"]
        lacking += [f"{command} {each} is not shown in {page}" for each in sorted(wanted - used.get(command, set()))]
    for page, wanted in ((HOME_PAGE, SHARED), (FILTERS_PAGE, FILTERS)):
        everywhere = set().union(*seen[page].values())
        lacking += [f"{each} is not shown in {page}" for each in sorted(wanted - everywhere)]
    return lacking


def index() -> dict[str, str]:
    """Command -> its page, from the list in docs/commands/README.md."""
    found = [_LINK.match(line) for line in INDEX.read_text(encoding="utf-8").splitlines()]
    return {match[1]: match[2] for match in found if match}


TEXTS = {page.name: page.read_text(encoding="utf-8") for page in COMMAND_PAGES}


def test_every_command_and_every_spelling_of_its_options_is_shown_on_its_page() -> None:
    assert missing(tree(), index(), TEXTS) == []


def test_the_index_names_every_command_and_every_page() -> None:
    assert sorted(index()) == sorted({"ally", *(f"ally {name}" for name in COMMANDS)})
    linked = set(re.findall(r"\]\(([^)#]+\.md)", INDEX.read_text(encoding="utf-8")))
    assert {page.name for page in COMMAND_PAGES} <= linked


@pytest.mark.parametrize("page", [INDEX, *COMMAND_PAGES], ids=lambda page: page.stem)
def test_every_page_that_a_page_links_to_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [each for each in targets if not (page.parent / each).exists()] == []


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_page_shows_what_happens_when_it_goes_wrong(name: str) -> None:
    before, heading, after = TEXTS[name].partition("\n## When it goes wrong\n")
    assert heading
    assert list(calls(before))
    assert any(block.expected.strip() for block in blocks(after))


def test_the_readme_links_to_the_index() -> None:
    assert "](docs/commands/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_is_not_shown_is_named() -> None:
    every = " ".join(sorted(SHARED))
    filters = " ".join(sorted(FILTERS))
    texts = {
        HOME_PAGE: f"```console\n$ ally {every}\n```\n",
        FILTERS_PAGE: f"```console\n$ ally sing {filters.replace('--limit', '--limitless')}\n```\n",
        "sing.md": "```console\n$ echo x | EDITOR='sed --loud' ally sing --high; ally sing --low=2 | wc --words\n```\n",
    }
    commands = {"ally": set(), "ally sing": {"--high", "--low", "--loud", "--words"}, "ally hum": set()}
    assert missing(commands, {"ally": HOME_PAGE, "ally sing": "sing.md"}, texts) == [
        "ally sing --loud is not shown in sing.md",
        "ally sing --words is not shown in sing.md",
        "ally hum is not shown on a page that the index names",
        "--limit is not shown in filters.md",
    ]
