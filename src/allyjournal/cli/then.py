"""`ally then`: the answers to one prompt over time."""

from typing import Annotated

import typer

from allyjournal.cli import completing, options
from allyjournal.cli.session import session_of
from allyjournal.errors import AllyError
from allyjournal.journal.filters import Filter
from allyjournal.practice.then_and_now import Then, answers_to
from allyjournal.terminal.screens import counted, then_page


def then(
    ctx: typer.Context,
    prompt: Annotated[
        str, typer.Argument(metavar="PROMPT", autocompletion=completing.prompts, help="Its id, or an earlier one.")
    ],
) -> None:
    """Your answers to one prompt, the oldest first, each under the words it was asked in then."""
    session = session_of(ctx)
    session.name_unreadable(session.index.unreadable())
    prompt = options.clean(prompt)
    prompts = session.library.ids_of(prompt)
    answers = answers_to(prompts, session.index.entries(session.index.choose(Filter(prompts=prompts)).numbers))
    if not answers:
        session.library.find_prompt(prompt)
    if session.json:
        session.show_json([_row(each) for each in answers])
        return
    if not answers:
        raise AllyError(f"You have not answered {prompt} yet; `ally reflect --prompt {prompt}` asks it.")
    session.show(then_page(answers))
    session.note(counted(len(answers), "answer", "answers"))


def _row(each: Then) -> dict[str, object]:
    return {
        "entry": each.entry.id or each.entry.path,
        "date": each.entry.date.isoformat(),
        "pack": each.entry.pack_id,
        "version": each.entry.version,
        "prompt": each.answer.prompt,
        "asked": each.answer.asked,
        "text": each.answer.text,
    }
