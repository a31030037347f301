"""What a command does not import, it does not wait for: asserted from `sys.modules` in a process of its own."""

import subprocess
import sys

import pytest

from tests.support import SATURDAY, Home

HEAVY = ("pydantic", "prompt_toolkit", "rich", "yaml", "markdown_it")
# Runs `ally` with the rest of the words and then says, on standard error, which modules were loaded.
SPY = """
import sys
sys.argv = ["ally", *sys.argv[1:]]
from allyjournal.__main__ import main
try:
    main()
except SystemExit:
    pass
finally:
    sys.stdout.flush()
    sys.stderr.write("\\nMODULES " + " ".join(sorted(sys.modules)) + "\\n")
"""


@pytest.fixture
def used(home: Home) -> Home:
    """A home with entries of ours and a judged library."""
    home.ok(
        "reflect", stdin="I assume @priya can always stay late. #hiring\n\n- [ ] Ask [due:: 2026-11-26]", at=SATURDAY
    )
    home.ok("note", "--title", "A title: with a colon", stdin="Words #tag", at=SATURDAY)
    return home


def loaded(home: Home, *words: str, stdin: str = "") -> tuple[set[str], str]:
    """The modules that `ally` with these words had loaded at its end, and its standard output."""
    done = subprocess.run(
        [sys.executable, "-c", SPY, *words],
        input=stdin.encode(),
        capture_output=True,
        env=home.env,
        cwd=home.folder,
        timeout=60,
        check=True,
    )
    said = done.stderr.decode()
    assert "Traceback" not in said and "fault" not in said
    modules = set(said.rpartition("\nMODULES ")[2].split())
    assert "allyjournal" in modules
    return modules, done.stdout.decode()


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_the_version_is_answered_before_typer_is_imported(home: Home) -> None:
    modules, said = loaded(home, "--version")
    assert said.startswith("ally ") and len(said.split()) == 2
    assert not packages(modules) & {"typer", "click", *HEAVY, "json", "importlib.metadata"}
    assert not {name for name in modules if name.startswith("allyjournal.")} - {"allyjournal.__main__"}


COMMANDS: dict[str, tuple[list[str], str, str]] = {
    "ally": ([], "", "ally reflect"),
    "list": (["list"], "", "A title: with a colon"),
    "list by tag": (["list", "-t", "tag", "--from", "2026-01-01"], "", "A title: with a colon"),
    "note in words": (["note", "words", "#tag"], "", "Saved "),
    "note from a pipe": (["note", "-t", "tag", "--title", "x: y"], "Words @priya.", "Saved "),
    "review": (["review"], "", "Practices"),
    "review of a month": (["review", "2026-11"], "", "Commitments"),
    "export as JSON": (["export", "--format", "json"], "", '"answers"'),
    "show": (["show", "last"], "", "Words #tag"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_into_a_pipe_nothing_heavy_is_imported(used: Home, name: str) -> None:
    words, stdin, wanted = COMMANDS[name]
    modules, said = loaded(used, *words, stdin=stdin)
    assert wanted in said
    assert not packages(modules) & set(HEAVY)
    assert "typer" in modules, "the spy sees what is loaded"


def test_a_piped_reflection_asks_nothing_of_a_terminal(used: Home) -> None:
    modules, said = loaded(used, "reflect", "--another", stdin="An answer.")
    assert said.startswith("Saved ") and not packages(modules) & {"pydantic", "prompt_toolkit", "rich", "markdown_it"}


def test_the_first_run_judges_the_packs_and_the_second_has_them_from_the_cache(cold_home: Home) -> None:
    first, _ = loaded(cold_home, "list")
    again, _ = loaded(cold_home)
    third, _ = loaded(cold_home)
    assert "pydantic" not in packages(first), "listing needs no pack"
    assert "pydantic" in packages(again) and "pydantic" not in packages(third)


def test_a_file_that_somebody_else_wrote_is_what_needs_a_yaml_reader(used: Home) -> None:
    used.put("entries/2026/11/theirs.md", "---\ntags: [a, b]\n---\n\nWords.\n")
    modules, said = loaded(used, "list")
    assert "yaml" in modules and "theirs.md" in said
    assert not packages(modules) & (set(HEAVY) - {"yaml"})


def test_no_command_imports_what_talks_to_a_network(used: Home) -> None:
    for words in (["list"], ["review"], ["export"], []):
        modules, _ = loaded(used, *words)
        assert not packages(modules) & {"socket", "ssl", "urllib3", "requests", "http"}, words


def test_help_and_tab_at_the_first_word_import_no_command(home: Home) -> None:
    tab = {"_ALLY_COMPLETE": "complete_bash", "COMP_WORDS": "ally re", "COMP_CWORD": "1"}
    for env, words in ((tab, []), ({}, ["--help"])):
        home.env |= env
        modules, said = loaded(home, *words)
        assert "reflect" in said and "restore" in said
        assert not {name for name in modules if name.startswith("allyjournal.cli.")} - {
            "allyjournal.cli.app",
            "allyjournal.cli.commands",
            "allyjournal.cli.options",
            "allyjournal.cli.session",
        }
        home.env = {key: value for key, value in home.env.items() if key not in env}
