"""Pack files as the commands of `ally packs` see them: read with a bound, judged beside the packs here, and shown."""

from pathlib import Path

from allyjournal.cli.session import Session
from allyjournal.errors import AllyError
from allyjournal.packs.model import Pack, Prompt, Source
from allyjournal.terminal.page import Page


def bytes_of(path: Path) -> bytes:
    """A pack file's bytes; of one that is too large only so much as shows it. Raises AllyError."""
    from allyjournal.packs.check import MOST_BYTES

    try:
        if not path.is_file():
            raise AllyError(f"{path}: there is no such file.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        said = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "no name of a file"
        raise AllyError(f"{path}: could not be read: {said}.") from None


def judged(session: Session, data: bytes, path: Path) -> Pack:
    """The pack, judged beside those that are here. Raises PackError with all that is wrong."""
    from allyjournal.packs.check import check
    from allyjournal.packs.library import defined_practices

    return check(data, str(path), defined_practices(session.library.packs.values(), _id_of(data, path)))


def contents(pack: Pack) -> str:
    """How many prompts it has, and its exercises."""
    parts = [f"{len(pack.prompts)} {'prompt' if len(pack.prompts) == 1 else 'prompts'}"] if pack.prompts else []
    parts += [f"the exercise {each.id} ({len(each.steps)} steps)" for each in pack.exercises]
    return ", ".join(parts)


def pack_page(pack: Pack, titles: dict[str, str]) -> Page:
    """A whole pack: where it comes from, and every prompt and step."""
    page = Page()
    page.row(("title", f"{pack.title}"), ("dim", f"  {pack.reference}, {pack.license}"))
    page.row(pack.summary)
    if pack.source:
        page.row(("dim", _from(pack.source)))
    for practice in dict.fromkeys(each.practice for each in pack.prompts):
        page.row("")
        if practice:
            own = {each.id: each.title for each in pack.practices}
            page.row(("title", own.get(practice) or titles.get(practice, practice)))
        for prompt in pack.prompts:
            if prompt.practice == practice:
                _asked_row(page, prompt)
    for exercise in pack.exercises:
        page.row("")
        page.row(("title", exercise.title), ("dim", f"  ally do {exercise.id}"))
        for step in exercise.steps:
            _asked_row(page, step)
    if pack.where:
        page.row("")
        page.row(("dim", pack.where))
    return page


def _from(source: Source) -> str:
    known = [source.author, f'"{source.work}"', source.publisher, str(source.year) if source.year else None]
    note = f" {source.note}" if source.note else ""
    return f"From {', '.join(each for each in known if each)}.{note}"


def _asked_row(page: Page, asked: Prompt) -> None:
    page.row(f"  {asked.text}")
    kind = "" if asked.answer == "text" else f", {asked.answer}"
    page.row(("dim", f"    {asked.id}{kind}"))


def _id_of(data: bytes, path: Path) -> str:
    """The id a file claims, so that its own practices are not held against it; its name if it has none."""
    for line in data.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "id":
            return value.strip().strip("\"'")
    return path.stem
