"""`ally doctor`, `ally config` and `ally completion`: keeping the journal and the machine in order."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from allyjournal import config as settings_file
from allyjournal import files
from allyjournal.cli import options
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, UsageError
from allyjournal.terminal.page import Page

if TYPE_CHECKING:
    from allyjournal.journal.doctor import Finding

SHELLS = ("bash", "zsh", "fish")


config = options.family("The settings of this machine, and where each comes from.", lists=True)


def doctor(
    ctx: typer.Context,
    fix: Annotated[
        bool, typer.Option("--fix", help="Do the safe mends; `ally undo` takes back what moved or changed.")
    ] = False,
) -> None:
    """Say what is wrong in the journal's folder: where, what it means, and what mends it."""
    from allyjournal.journal import doctor as checks
    from allyjournal.journal.history import History

    session = session_of(ctx)
    found = checks.look(session.journal, session.library.packs)
    done = checks.mend(session.journal, History(session.journal, session.now), found) if fix else []
    if differences := session.index.check():
        session.note(f"The index, which is only a cache, differed in {differences} places; it is made anew.")
    left = [each for each in found if each not in done]
    packs = [str(each) for each in session.library.broken]
    if session.json:
        rows = [(each.path, each.line, each.meaning, each.remedy, each in done) for each in found]
        rows += [
            (each.partition(":")[0], 1, each, "mend the pack; `ally packs check FILE` looks again", False)
            for each in packs
        ]
        keys = ("path", "line", "meaning", "remedy", "mended")
        session.show_json([dict(zip(keys, row, strict=True)) for row in rows])
    else:
        session.show(_report(session, done, left, packs))
    if left or packs:
        raise AllyError(
            f"{len(left) + len(packs)} {'thing is' if len(left) + len(packs) == 1 else 'things are'} not right."
        )


def _report(session: Session, done: list["Finding"], left: list["Finding"], packs: list[str]) -> Page:
    page = Page()
    for each in done:
        page.row(("dim", f"{each.path}:{each.line}: "), f"mended: {each.meaning}.")
    for each in left:
        page.row(("mark", f"{each.path}:{each.line}: "), f"{each.meaning}; {each.remedy}.")
    for line in packs:
        page.row(line)
    if not done and not left and not packs:
        page.row(f"All is well in {session.journal.root}")
    return page


@config.callback()
def list_config(ctx: typer.Context) -> None:
    """The settings of this machine, and where each comes from."""
    if ctx.invoked_subcommand is not None:
        return
    session = session_of(ctx)
    rows = session.settings.rows(session.given)
    if session.json:
        session.show_json([{"key": key, "value": value, "from": source} for key, value, source in rows])
        return
    page = Page()
    for key, value, source in rows:
        page.row(("title", f"{key:<11}"), f" {value or '-'}", ("dim", f"  ({source})"))
    page.row(("dim", f"The file is {session.settings.file}"))
    session.show(page)


@config.command("get")
def get_config(ctx: typer.Context, key: Annotated[str, typer.Argument(metavar="KEY")]) -> None:
    """Print one setting."""
    session = session_of(ctx)
    values = {name: value for name, value, _ in session.settings.rows(session.given)}
    if key not in values:
        raise UsageError(f'"{key[:40]}" is not a setting. Settings: {", ".join(values)}.')
    sys.stdout.write(f"{values[key]}\n")


@config.command("set")
def set_config(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY")],
    value: Annotated[str, typer.Argument(metavar="VALUE")],
) -> None:
    """Set one setting in the config file. Its comments and the rest stay as they are."""
    session = session_of(ctx)
    path = session.settings.file
    session.settings.put(settings_file.changed(session.settings.text(), key, value, str(path)))
    sys.stdout.write(f"{key} is set in {path}\n")


@config.command("edit")
def edit_config(ctx: typer.Context) -> None:
    """Open the config file in your editor. It is checked before it is kept."""
    from allyjournal.terminal import editor

    session = session_of(ctx)
    if not session.can_ask:
        raise UsageError("`ally config edit` needs a terminal for your editor; `ally config set KEY VALUE` does not.")
    path = session.settings.file
    draft = session.settings.places.state / "config" / "config.toml"
    files.make_folder(draft.parent)
    files.replace(draft, (session.settings.text() or settings_file.TEMPLATE).encode())
    text = editor.edit("", draft, session.settings.editor_without_config)
    settings_file.parse(text.encode(), f"{draft}, which is not in use yet")
    session.settings.put(text)
    files.remove(draft)
    sys.stdout.write(f"Saved {path}\n")


def completion(
    ctx: typer.Context, shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]
) -> None:
    """Print what makes TAB complete commands, ids, tags and prompts in your shell."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    session_of(ctx)
    if shell not in SHELLS:
        raise UsageError(f'There is no completion for "{shell[:20]}"; choose {", ".join(SHELLS)}.')
    script = get_completion_script(prog_name="ally", complete_var="_ALLY_COMPLETE", shell=shell)
    sys.stdout.write(script.strip() + "\n")
