"""`ally packs` and `ally schema`: the packs there are, what is in them, and whether a new one is right."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from allyjournal.cli import completing
from allyjournal.cli.options import Session, session_of, warn
from allyjournal.errors import AllyError, UsageError
from allyjournal.terminal.page import Page

if TYPE_CHECKING:
    from allyjournal.packs.model import Pack, Prompt

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    help="Prompt packs: what is asked, and where it comes from.",
)


@app.command("list")
def list_packs(ctx: typer.Context) -> None:
    """List the packs that came with ally, and your own in the journal's packs/."""
    session = session_of(ctx)
    packs = list(session.library.packs.values())
    if session.json:
        session.show_json([_summary(session, pack) for pack in packs])
    else:
        page = Page()
        for pack in packs:
            whose = "" if pack.shipped else ", your own"
            page.row(("title", pack.id), ("dim", f"  {pack.version}{whose}"))
            page.row(f"  {pack.title}: {_contents(pack)}")
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
        session.show(_pack_page(pack, session.titles))


@app.command("check")
def check_packs(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pack files, such as mine.toml.")],
) -> None:
    """Check pack files: every problem with its line, key and remedy."""
    from allyjournal.packs.check import PackError, check
    from allyjournal.packs.library import defined_practices

    session = session_of(ctx)
    wrong, found = 0, []
    for path in paths:
        try:
            data = path.read_bytes() if path.is_file() else None
        except OSError as error:
            raise AllyError(f"{path}: could not be read: {(error.strerror or str(error)).lower()}.") from None
        if data is None:
            raise AllyError(f"{path}: there is no such file.")
        defined = defined_practices(session.library.packs.values(), _id_of(data, path))
        problems: list[dict[str, Any]] = []
        try:
            pack = check(data, str(path), defined)
        except PackError as error:
            problems = [each._asdict() for each in error.problems]
            wrong += 1
            if not session.json:
                warn(str(error))
        else:
            if not session.json:
                session.show(_fine(path, pack))
        found.append({"path": str(path), "problems": problems})
    if session.json:
        session.show_json(found)
    if wrong:
        raise AllyError(f"{wrong} of {len(paths)} {'file is' if wrong == 1 else 'files are'} not right.")


def schema(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="entry, commitment, review or pack.")],
) -> None:
    """Print the JSON Schema of what ally reads and writes."""
    from allyjournal.cli.schemas import SCHEMAS

    if name not in SCHEMAS:
        raise UsageError(f'There is no schema "{name[:20]}"; choose one of {", ".join(SCHEMAS)}.')
    session_of(ctx).show_json(SCHEMAS[name]())


def _id_of(data: bytes, path: Path) -> str:
    """The id a file claims, so that its own practices are not held against it; its name if it has none."""
    for line in data.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "id":
            return value.strip().strip("\"'")
    return path.stem


def _fine(path: Path, pack: "Pack") -> Page:
    page = Page()
    page.row(f"{path}: {pack.reference} is right: {_contents(pack)}.")
    return page


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


def _contents(pack: "Pack") -> str:
    parts = [f"{len(pack.prompts)} {'prompt' if len(pack.prompts) == 1 else 'prompts'}"] if pack.prompts else []
    parts += [f"the exercise {each.id} ({len(each.steps)} steps)" for each in pack.exercises]
    return ", ".join(parts)


def _pack_page(pack: "Pack", titles: dict[str, str]) -> Page:
    page = Page()
    page.row(("title", f"{pack.title}"), ("dim", f"  {pack.reference}, {pack.license}"))
    page.row(pack.summary)
    if pack.source:
        known = [
            pack.source.author,
            f'"{pack.source.work}"',
            pack.source.publisher,
            str(pack.source.year) if pack.source.year else None,
        ]
        page.row(
            (
                "dim",
                "From "
                + ", ".join(each for each in known if each)
                + "."
                + (f" {pack.source.note}" if pack.source.note else ""),
            )
        )
    for practice in dict.fromkeys(each.practice for each in pack.prompts):
        page.row("")
        if practice:
            page.row(("title", titles.get(practice, practice)))
        for prompt in pack.prompts:
            if prompt.practice == practice:
                _asked_row(page, prompt)
    for exercise in pack.exercises:
        page.row("")
        page.row(("title", exercise.title), ("dim", f"  ally do {exercise.id}"))
        for step in exercise.steps:
            _asked_row(page, step)
    page.row("")
    page.row(("dim", pack.where))
    return page


def _as_table(value: Any) -> Any:
    """A pack as JSON: its tables by key."""
    if hasattr(value, "_asdict"):
        return {key: _as_table(each) for key, each in value._asdict().items() if key != "shipped"}
    return [_as_table(each) for each in value] if isinstance(value, tuple) else value


def _asked_row(page: Page, asked: "Prompt") -> None:
    page.row(f"  {asked.text}")
    kind = "" if asked.answer == "text" else f", {asked.answer}"
    page.row(("dim", f"    {asked.id}{kind}"))


def _fail_for_broken(session: Session) -> None:
    if session.library.broken:
        raise AllyError("\n".join(str(each) for each in session.library.broken))
