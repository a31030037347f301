"""`ally packs` and `ally schema`: the packs there are, what is in them, and whether a new one is right."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from allyjournal.cli import adopting, authoring, completing, options
from allyjournal.cli.pack_files import bytes_of, contents, judged, pack_page
from allyjournal.cli.session import Session, session_of, warn
from allyjournal.errors import AllyError, UsageError
from allyjournal.terminal.page import Page

if TYPE_CHECKING:
    from allyjournal.packs.check import Problem
    from allyjournal.packs.model import Pack, Prompt

app = options.family("Prompt packs: what is asked, and where it comes from.")


@app.command("list")
def list_packs(ctx: typer.Context) -> None:
    """List the packs: what came with ally, and yours. Yours lie in the journal's packs/."""
    session = session_of(ctx)
    packs = list(session.library.packs.values())
    if session.json:
        session.show_json([_summary(session, pack) for pack in packs])
    else:
        page = Page()
        for pack in packs:
            whose = "" if pack.shipped else ", your own"
            page.row(("title", pack.id), ("dim", f"  {pack.version}{whose}"))
            page.row(f"  {pack.title}: {contents(pack)}")
        session.show(page)
    for line in session.library.said:
        session.note(line)
    _fail_for_broken(session)


@app.command("show")
def show_pack(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", autocompletion=completing.packs, help="The pack's id.")],
) -> None:
    """Show a pack: where it comes from, and every prompt and step."""
    session = session_of(ctx)
    session.name_broken_packs()
    pack = session.library.find(name)
    if session.json:
        session.show_json(_as_table(pack))
    else:
        session.show(pack_page(pack, session.titles))


@app.command("check")
def check_packs(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pack files, such as mine.toml.")],
    strict: Annotated[bool, typer.Option("--strict", help="What is only worth a look fails, too.")] = False,
) -> None:
    """Check pack files: every problem with its line, key and remedy, and wording that is worth a look."""
    session = session_of(ctx)
    found = [_checked(session, path) for path in paths]
    if session.json:
        session.show_json([each | {key: [row._asdict() for row in each[key]] for key in _KINDS} for each in found])
    _sum_up(session, found, strict)


_KINDS = ("problems", "warnings")


def _checked(session: Session, path: Path) -> dict[str, Any]:
    """One file's problems and warnings; said as well, but for JSON."""
    from allyjournal.packs import lint
    from allyjournal.packs.check import PackError

    data = bytes_of(path)
    warnings, problems, pack = lint.warnings(data, session.library.packs), [], None
    try:
        pack = judged(session, data, path)
    except PackError as error:
        problems = error.problems
    if not session.json:
        _say(path, problems, warnings)
        if pack:
            page = Page()
            page.row(f"{path}: {pack.reference} is right: {contents(pack)}.")
            session.show(page)
    return {"path": str(path), "problems": problems, "warnings": warnings}


def _say(path: Path, problems: "list[Problem]", warnings: "list[Problem]") -> None:
    """All that was found, in the order of the lines."""
    rows = [(each, "") for each in problems] + [(each, "warning: ") for each in warnings]
    for each, mark in sorted(rows):
        about = f"{each.key}: " if each.key else ""
        warn(f"{path}:{each.line}: {mark}{about}{each.message}")


def _sum_up(session: Session, found: list[dict[str, Any]], strict: bool) -> None:
    """Say how many there are; raise AllyError where that is a failure."""
    wrong, odd = (sum(len(each[key]) for each in found) for key in _KINDS)
    failing = [each for each in found if each["problems"] or (strict and each["warnings"])]
    counts = [f"{wrong} {'mistake' if wrong == 1 else 'mistakes'}"] if wrong else []
    counts += [f"{odd} {'thing' if odd == 1 else 'things'} to look at"] if odd else []
    if failing:
        files, are = "file" if len(found) == 1 else "files", "is" if len(failing) == 1 else "are"
        raise AllyError(f"{len(failing)} of {len(found)} {files} {are} not right: {', '.join(counts)}.")
    if counts:
        session.note(f"{', '.join(counts)}; that is advice, and fails only with --strict.")


app.command("new")(authoring.new_pack)
app.command("add")(adopting.add_pack)


def schema(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="entry, commitment, review, pack, people, coaches, receipt, share or reply."
        ),
    ],
) -> None:
    """Print the JSON Schema of what ally reads and writes."""
    from allyjournal.cli.schemas import SCHEMAS

    if name not in SCHEMAS:
        raise UsageError(f'There is no schema "{name[:20]}"; choose one of {", ".join(SCHEMAS)}.')
    session_of(ctx).show_json(SCHEMAS[name]())


def _summary(session: Session, pack: "Pack") -> dict[str, Any]:
    asked: list[Prompt] = [*pack.prompts, *(step for each in pack.exercises for step in each.steps)]
    named = {each.practice for each in asked} | {each.id for each in pack.practices}
    practices = [each for each in session.titles if each in named]
    return {
        "id": pack.id,
        "version": pack.version,
        "title": pack.title,
        "language": pack.language,
        "prompts": len(pack.prompts),
        "exercises": [each.id for each in pack.exercises],
        "practices": practices,
        "path": pack.where,
    }


def _as_table(value: Any) -> Any:
    """A pack as JSON: its tables by key."""
    if hasattr(value, "_asdict"):
        return {key: _as_table(each) for key, each in value._asdict().items() if key != "shipped"}
    return [_as_table(each) for each in value] if isinstance(value, tuple) else value


def _fail_for_broken(session: Session) -> None:
    if session.library.broken:
        raise AllyError("\n".join(str(each) for each in session.library.broken))
