"""`ally search`: the text of entries, with the piece that fits."""

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from allyjournal.cli import choosing
from allyjournal.cli.session import session_of
from allyjournal.errors import UsageError
from allyjournal.journal.search import parse_query
from allyjournal.journal.search import search as find
from allyjournal.terminal import screens


class SearchCommand(TyperCommand):
    """Takes `-word` for a word that must not be there, unless it is one of the options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put every word that is no option behind `--`, so that a minus is only a minus."""
        takes_value = {
            name: not getattr(param, "is_flag", False)
            for param in self.params
            for name in getattr(param, "opts", [])
            if param.param_type_name == "option"
        } | dict.fromkeys(ctx.help_option_names, False)
        known, words, rest = [], [], list(args)
        while rest:
            word = rest.pop(0)
            if word == "--":
                words += rest
                break
            name = word.partition("=")[0] if word.startswith("--") else word
            if name in takes_value or word.startswith("--"):
                known.append(word)
                if takes_value.get(name) and name == word and rest:
                    known.append(rest.pop(0))
            else:
                words.append(word)
        parsed: list[str] = super().parse_args(ctx, [*known, "--", *words])
        return parsed


def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help='Words, "phrases", -without.')],
) -> None:
    """Search the text of entries, the newest first: all words must be there. Case and accents do not count."""
    session = session_of(ctx)
    query = parse_query(words)
    if not query.wanted:
        raise UsageError("Name at least one word that must be there.")
    hits = {hit.entry.path: hit for hit in find(choosing.chosen(session), query)}
    entries = choosing.limited(session, [hit.entry for hit in hits.values()], newest_first=True)
    if session.json:
        found = choosing.records(session, entries)
        snippets = [hits[entry.path] for entry in entries]
        session.show_json(
            [
                {**each, "snippet": f"{hit.before}{hit.match}{hit.after}"}
                for each, hit in zip(found, snippets, strict=True)
            ]
        )
    else:
        session.show(screens.search_page([hits[entry.path] for entry in entries]))


search.command_class = SearchCommand  # type: ignore[attr-defined]
