"""`ally search`: the text of entries, with the piece that fits."""

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from allyjournal.cli import choosing, options
from allyjournal.cli.session import session_of
from allyjournal.errors import UsageError
from allyjournal.journal.search import parse_query
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
            if word[:2] in takes_value and word[2:].isdigit():
                rest.insert(0, word[2:])
                word = word[:2]
            name = word.partition("=")[0] if word.startswith("--") else word
            if name in takes_value or word.startswith("--"):
                if takes_value.get(name) and name == word and not rest and not ctx.resilient_parsing:
                    raise UsageError(f"{word} wants a value; to leave out that word, write it after --.")
                known.append(word)
                if takes_value.get(name) and name == word and rest:
                    known.append(rest.pop(0))
            else:
                words.append(word)
        parsed: list[str] = super().parse_args(ctx, [*known, "--", *words])
        return parsed


def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help='Words, "phrases", begin*, -without.')],
) -> None:
    """Search the text of entries, the newest first: all words must be there. Case, accents and endings do not count."""
    session = session_of(ctx)
    query = parse_query([options.clean(each) for each in words])
    for each in query.nothing:
        session.note(f"{each[:40]} has no letter or digit to look for; `ally list --contains` finds any characters.")
    if not query.wanted:
        raise UsageError("Name at least one word that must be there.")
    found = choosing.chosen(session, query)
    matcher = session.index.matcher(query)
    numbers = choosing.in_order(session, found.numbers, newest_first=True)
    hits = (matcher.hit(entry) for entry in session.index.entries(numbers))
    if not session.json:
        session.show(screens.search_page(hits))
        return
    kept = list(hits)
    rows = choosing.records(session, [hit.entry for hit in kept])
    texts = [f"{hit.before}{hit.match}{hit.after}" for hit in kept]
    session.show_json([{**row, "snippet": text} for row, text in zip(rows, texts, strict=True)])


search.command_class = SearchCommand  # type: ignore[attr-defined]
