"""`ally packs add`: a pack by somebody else, shown before it is taken into the journal."""

import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from allyjournal import files
from allyjournal.cli.pack_files import bytes_of, judged, pack_page
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import AllyError, Refused, UsageError
from allyjournal.journal.history import Edit, History
from allyjournal.packs.compare import Changes, changes, has_grown_enough, number
from allyjournal.packs.model import Pack
from allyjournal.terminal.page import Page
from allyjournal.terminal.safe import safe_line

_PARTS = ("major", "minor", "patch")


class Coming(NamedTuple):
    """A pack that is right, its bytes, and what it would take the place of: a pack, and a file in the journal."""

    pack: Pack
    data: bytes
    before: Pack | None
    target: str
    there: bytes | None

    @property
    def changed(self) -> Changes | None:
        """What is different from the one that is here; None for a pack that is new."""
        return changes(self.before, self.pack) if self.before else None


def add_pack(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A pack file, such as theirs.toml.")],
    yes: Annotated[bool, typer.Option("--yes", help="Take it without being asked.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also over another text, or a later version.")] = False,
) -> None:
    """Show a pack, and take it into the journal. Whatever it replaces is kept."""
    session = session_of(ctx)
    session.name_broken_packs()
    coming = _coming(session, path)
    if coming.there == coming.data:
        session.note(f"{coming.pack.reference} is here already, word for word.")
    else:
        if not force:
            _refuse(session, coming, path)
        if not session.json:
            session.show(_change_page(coming) if coming.before else pack_page(coming.pack, session.titles))
        _say_beside(session, coming, path)
        if not yes and not _agrees(session, coming.pack.reference):
            raise AllyError("It was not taken; nothing was changed.")
        _take(session, coming)
    _tell(session, coming)


def _coming(session: Session, path: Path) -> Coming:
    """Raises PackError with all that is wrong; AllyError if it would leave other packs without a practice."""
    from allyjournal.packs.library import left_out

    data = bytes_of(path)
    pack = judged(session, data, path)
    before = session.library.packs.get(pack.id)
    if lacking := left_out(pack, session.library.packs):
        raise AllyError(
            f"{path}: it leaves out the practice {lacking}, which {pack.id} defines here and other packs name; "
            "define it, or give the pack another id."
        )
    target = f"packs/{pack.id}.toml"
    if before and not before.shipped:
        target = str(Path(before.where).relative_to(session.journal.root))
    is_there = (session.journal.root / target).exists()
    return Coming(pack, data, before, target, session.journal.bytes_of(target) if is_there else None)


def _refuse(session: Session, coming: Coming, path: Path) -> None:
    """Raise Refused where a text that is here would go for one that is no later version of it."""
    pack, before = coming.pack, coming.before
    if before is None:
        if coming.there is not None:
            raise Refused(
                f"{session.journal.root / coming.target} is there, with something else in it; nothing was changed. "
                "Move it, or add --force: what it holds is kept in the history."
            )
        return
    if number(pack.version) < number(before.version):
        raise Refused(
            f"{before.reference} is here, and {path} is the earlier {pack.version}; nothing was changed. "
            "Add --force to go back to it."
        )
    if pack.version == before.version:
        raise Refused(
            f"{path} differs from the {before.reference} that is here, and both are {pack.version}; nothing was "
            "changed. Give the new one a higher version, or add --force."
        )


def _change_page(coming: Coming) -> Page:
    """What is different, prompt by prompt."""
    before, pack, found = coming.before, coming.pack, coming.changed
    page = Page()
    if before is None or found is None:
        return page
    texts = {each.id: each.text for each in pack.prompts}
    page.row(("title", pack.title), ("dim", f"  {before.reference} → {pack.version}, {pack.license}"))
    for name in found.added:
        page.row("  new       ", ("mark", name), f"  {texts.get(name, '')}".rstrip())
    for was, name in found.renamed:
        page.row("  renamed   ", ("mark", f"{was} → {name}"))
    for name, old, new in found.reworded:
        page.row("  reworded  ", ("mark", name))
        page.row(("dim", f"    - {old}"))
        page.row(f"    + {new}")
    for name in found.removed:
        page.row("  gone      ", ("mark", name), ("dim", "  what was written under it stays"))
    if not any(found):
        page.row("  Its prompts are the same.")
    return page


def _say_beside(session: Session, coming: Coming, path: Path) -> None:
    """What is worth a word and no reason to refuse."""
    from allyjournal.packs import lint

    before, found = coming.before, coming.changed
    if before and before.shipped:
        session.note(f"It will stand in for the shipped {before.reference}.")
    if before and found and number(coming.pack.version) > number(before.version):
        least = min(found.least_version, len(_PARTS) - 1)
        if not has_grown_enough(before.version, coming.pack.version, least):
            session.note(f"By what changed, the {_PARTS[least]} number of its version should have grown.")
    if count := len(lint.warnings(coming.data, session.library.packs)):
        things = "1 thing" if count == 1 else f"{count} things"
        session.note(f"{things} to look at in its wording; `ally packs check {path}` names them.")


def _agrees(session: Session, reference: str) -> bool:
    if session.json or not session.can_ask:
        raise UsageError("There is nobody to ask; add --yes to take it.")
    session.terminal.say("")
    return session.terminal.line(f"Take {reference} into your journal? Type yes: ").strip().casefold() == "yes"


def _take(session: Session, coming: Coming) -> None:
    history, command = History(session.journal, session.now), f"packs add {coming.pack.reference}"
    if coming.there is not None:
        history.change(command, [Edit(coming.target, coming.there, coming.data)])
        return
    try:
        files.make_folder(session.journal.packs)
        history.begin(command, coming.target, coming.data)
    except FileExistsError:
        raise Refused(f"{session.journal.root / coming.target} exists by now; nothing was changed.") from None


def _tell(session: Session, coming: Coming) -> None:
    where, pack = session.journal.root / coming.target, coming.pack
    if session.json:
        found = coming.changed or Changes()
        listed = {key: list(map(_row, value)) for key, value in found._asdict().items()}
        session.show_json({"id": pack.id, "version": pack.version, "path": str(where), "changes": listed})
    elif coming.there != coming.data:
        asks = f"reflect --pack {pack.id}" if pack.prompts else f"do {pack.exercises[0].id}"
        sys.stdout.write(f"Taken: {safe_line(str(where))}\n`ally {asks}` asks from it; `ally undo` takes it back.\n")


def _row(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
