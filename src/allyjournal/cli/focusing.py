"""`ally focus`: what you are working on now."""

import sys
from difflib import get_close_matches
from typing import Annotated

import typer

from allyjournal import config
from allyjournal.cli import completing, options
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, UsageError
from allyjournal.practice import focus as rules
from allyjournal.terminal.page import Page
from allyjournal.terminal.screens import counted


def focus(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PACK|PRACTICE|TAG]...", autocompletion=completing.focus, help="What to work on; none shows it."
        ),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Work on nothing in particular.")] = False,
) -> None:
    """What you are working on. Every other daily prompt comes from it, as long as it has one that is not too recent."""
    session = session_of(ctx)
    session.name_broken_packs()
    if words and clear:
        raise UsageError("--clear takes no words; name what to work on, or clear it.")
    if words or clear:
        wanted = tuple(dict.fromkeys(_word(session, each) for each in words or ()))
        where = session.settings.file
        session.settings.put(config.changed(session.settings.text(), "focus", " ".join(wanted), str(where)))
    else:
        wanted = session.settings.config.focus
    _show(session, wanted)


def _word(session: Session, typed: str) -> str:
    word = options.clean(typed).casefold().removeprefix("#")
    packs, titles = session.library.packs, session.titles
    if rules.kind_of(word, packs, titles) != rules.THEME:
        return word
    theme = options.tag_names([word])[0]
    if not rules.candidates([theme], packs, titles, session.settings.config.language):
        near = get_close_matches(theme, [*packs, *titles], 1, 0.65)
        hint = f'did you mean "{near[0]}"?' if near else "name a pack, a practice, or a word that prompts have."
        raise AllyError(f"No prompt is about {theme}; {hint} Nothing was changed.")
    return theme


def _show(session: Session, words: tuple[str, ...]) -> None:
    packs, language = session.library.packs, session.settings.config.language
    rows = [
        (
            each,
            rules.kind_of(each, packs, session.titles),
            len(rules.candidates([each], packs, session.titles, language)),
        )
        for each in words
    ]
    if session.json:
        session.show_json([dict(zip(("focus", "kind", "prompts"), row, strict=True)) for row in rows])
        return
    if not rows:
        sys.stdout.write("Nothing is in focus; prompts come evenly from all practices.\n")
        return
    page = Page()
    for word, kind, count in rows:
        page.row(("title", word), f"  {kind}, {counted(count, 'prompt', 'prompts')}")
    session.show(page)
    for word, kind, count in rows:
        if not count:
            what = "has no prompts of its own" if kind != rules.THEME else "is in no prompt, and no pack or practice"
            session.note(f"{word} {what}; the prompts stay as they are.")
