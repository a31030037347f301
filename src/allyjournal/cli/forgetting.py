"""`ally forget`: a person's pseudonym in place of their names, throughout the journal."""

import secrets
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any, NamedTuple

import typer

from allyjournal import files
from allyjournal.cli import completing, options
from allyjournal.cli.consent import agrees, handle_of
from allyjournal.cli.session import Session, session_of, warn
from allyjournal.errors import AllyError, Refused, UsageError
from allyjournal.journal import people
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Scan
from allyjournal.journal.history import History
from allyjournal.sharing import coaches, forgetting, receipts, remembered
from allyjournal.sharing.answers import with_answers
from allyjournal.sharing.names import find, names_of
from allyjournal.sharing.pseudonyms import as_handle
from allyjournal.sharing.skeleton import skeleton
from allyjournal.terminal.page import Page
from allyjournal.terminal.safe import safe_line

SHOWN, FORMS_SHOWN, ALL_SHOWN = 10, 4, 20
# What would be more than a name somewhere in Markdown, YAML or TOML.
_UNFIT = frozenset("\"'`\\#:@[]{}<>%*_|!&,=")
REMAINS = (
    "Names are what was replaced: what happened, numbers and addresses are as they were. The old name still stands in "
    "older versions of these entries (`ally history`) and in the trash, until an entry is purged; and, where there are "
    "any, in git's history, on devices not synced since, in backups, exports and drafts, and in what you shared."
)


class Touched(NamedTuple):
    """What will change: entries with what changes in each, and where a name may be that stays."""

    entries: Mapping[str, Entry]
    found: Mapping[str, forgetting.Forgotten]


def forget(
    ctx: typer.Context,
    person: Annotated[
        str,
        typer.Argument(metavar="PERSON", autocompletion=completing.people, help="Their handle, or a name of theirs."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Put a person's pseudonym in place of their handle, names and aliases, everywhere. Shown first, undone as one."""
    session = session_of(ctx)
    if not yes and not session.can_ask:
        raise UsageError("There is nobody to ask; add --yes to do it.")
    register, scan = people.of(session.journal), session.journal.all()
    session.name_unreadable(scan.unreadable)
    everybody = {**{each: {} for entry in scan.entries for each in entry.all_people}, **register}
    who = _who(session, _handle(person, register, everybody), register, everybody)
    touched = _touched(session, scan, who)
    others = _other_files(session, who)
    if not touched.entries and not others:
        raise AllyError(f"No entry names @{who.handle}, and neither does people.toml.")
    _preview(session, touched, scan)
    count = len(touched.entries)
    where = f"{count} of your entries" if count > 1 else "one of your entries" if count else "what is known of people"
    if not yes and not agrees(session, f"{who.pseudonym} takes the place of @{who.handle} in {where}. Go on? "):
        raise AllyError("Nothing was changed.")

    def renewed(path: str, data: bytes) -> bytes:
        if path in touched.entries:
            return forgetting.in_entry(data, session.journal.again(touched.entries[path], data), who).data
        return _in_other(path, data, who)

    command = f"forget somebody, now @{who.new}"
    History(session.journal, session.now).rewrite(command, [*touched.entries, *others], renewed)
    but = " but in what could not be read" if scan.unreadable else ""
    sys.stdout.write(f"@{who.handle} is @{who.new} now{but}; `ally undo` takes it back.\n")
    _say_what_remains(session, who, touched, scan)


def _handle(person: str, register: Mapping[str, Mapping[str, Any]], everybody: Mapping[str, object]) -> str:
    """The handle that is meant. Raises AllyError if nobody is called so, or several are."""
    word = options.clean(person)
    try:
        if handle_of(word) in everybody:
            return handle_of(word)
    except UsageError:
        pass
    named = [
        handle
        for handle, each in register.items()
        if word.casefold() in (str(name).casefold() for name in (*each.get("names", ()), *each.get("aliases", ())))
    ]
    if len(named) > 1:
        raise AllyError(f'"{word[:40]}" may be {", ".join(f"@{each}" for each in named)}; give the handle.')
    if not named:
        raise AllyError(
            f'Nobody is called "{word[:40]}" here; `ally people` lists whom you write about, and '
            "`ally people add HANDLE --name NAME` says who somebody is."
        )
    return named[0]


def _who(
    session: Session, handle: str, register: Mapping[str, Mapping[str, Any]], everybody: Mapping[str, Mapping[str, Any]]
) -> forgetting.Who:
    """The person with the pseudonym of people.toml, one that is asked for, or one that is made up."""
    named = with_answers(everybody, remembered.of(session.journal).answers)
    names, taken = names_of(named), forgetting.in_use(register, handle, everybody)
    chosen = register.get(handle, {}).get("pseudonym")
    if not chosen:
        used = receipts.known_names(session.journal, receipts.all_of(session.journal).receipts).coaches.values()
        given = {word.casefold() for each in used for word in each.values()}
        chosen = forgetting.made_up(taken | given | {handle}, names, secrets.choice)
        if session.can_ask:
            question = f"What should @{handle} be called from now on? Enter takes {chosen}: "
            typed = " ".join(options.clean(session.terminal.line(question)).split())
            while typed.casefold() in ("y", "yes", "n", "no"):
                typed = " ".join(
                    options.clean(session.terminal.line(f"{typed} would be their name. {question}")).split()
                )
            chosen = typed or chosen
    new = as_handle(str(chosen))
    if new in taken or str(chosen).casefold() in taken:
        raise Refused(f"{chosen} is in use for somebody else; `ally people pseudonym {handle} NAME` sets another.")
    if set(str(chosen)) & _UNFIT or not str(chosen).isprintable():
        raise UsageError("A name for them is letters, digits, spaces and hyphens, such as Robin or My boss.")
    is_like = any(hit.handle == handle for hit in find(skeleton(str(chosen)), names))
    if new == handle or is_like or not new[0].isalpha():
        raise Refused(
            f"{chosen} is no other name, or too like their own; `ally people pseudonym {handle} NAME` sets another."
        )
    return forgetting.Who(handle, str(chosen), new, names)


def _touched(session: Session, scan: Scan, who: forgetting.Who) -> Touched:
    entries, found = {}, {}
    for entry in scan.entries:
        found[entry.path] = forgetting.in_entry(session.journal.bytes_of(entry.path), entry, who)
        if found[entry.path].forms:
            entries[entry.path] = entry
    return Touched(entries, found)


def _other_files(session: Session, who: forgetting.Who) -> list[str]:
    """people.toml and the receipts, where they name the person."""
    known = (people.NAME, *receipts.paths(session.journal), *remembered.paths(session.journal))
    here = [path for path in known if (session.journal.root / path).exists()]
    return [path for path in here if _in_other(path, (data := session.journal.bytes_of(path)), who) != data]


def _in_other(path: str, data: bytes, who: forgetting.Who) -> bytes:
    if path != people.NAME and not path.startswith(f"{remembered.FOLDER}/"):
        return receipts.renamed(data, path, who.handle, who.new)
    if path != people.NAME:
        return _in_answers(path, data, who)
    return forgetting.in_register(files.as_text(data, path), who).encode()


def _in_answers(path: str, data: bytes, who: forgetting.Who) -> bytes:
    try:
        return forgetting.in_answers(files.as_text(data, path), who).encode()
    except AllyError as error:
        raise AllyError(f"{path}: {error} Nothing was changed.") from None


def _preview(session: Session, touched: Touched, scan: Scan) -> None:
    page = Page()
    for path, entry in list(touched.entries.items())[:SHOWN]:
        page.row(f"  {entry.date.isoformat()}  ", ("mark", entry.selector), f"  {_forms(touched.found[path].forms)}")
    if len(touched.entries) > SHOWN:
        forms: Counter[tuple[str, str]] = sum((each.forms for each in touched.found.values()), Counter())
        page.row(f"  and {len(touched.entries) - SHOWN} more; in all of them {_forms(forms, ALL_SHOWN)}")
    paths = {entry.path: entry.selector for entry in scan.entries}
    doubtful = [f"{', '.join(each.doubtful)} in {paths[path]}" for path, each in touched.found.items() if each.doubtful]
    if doubtful:
        more = f", and in {len(doubtful) - SHOWN} more" if len(doubtful) > SHOWN else ""
        page.row("  ", safe_line(f"May be them too, and stays: {'; '.join(doubtful[:SHOWN])}{more}."))
    session.show(page)


def _forms(forms: Counter[tuple[str, str]], most: int = FORMS_SHOWN) -> str:
    said = [f"{old} → {new}" + (f" ({count})" if count > 1 else "") for (old, new), count in forms.most_common(most)]
    more = len(forms) - len(said)
    return safe_line(", ".join([*said, *([f"and {more} other forms"] if more > 0 else [])]))


def _say_what_remains(session: Session, who: forgetting.Who, touched: Touched, scan: Scan) -> None:
    paths = [entry.path for entry in scan.entries]
    left = [path for path, each in touched.found.items() if each.is_left]
    left += [path for path in paths if forgetting.names_them(PurePosixPath(path).stem.replace("-", " "), who)]
    left += [path for path in _beside(session) if _names_them(session, path, who)]
    if left:
        warn(f"Look at these yourself: {', '.join(dict.fromkeys(left))}.")
    warn(REMAINS)


def _beside(session: Session) -> Sequence[str]:
    packs = sorted(session.journal.packs.glob("*.toml")) if session.journal.packs.is_dir() else []
    return [coaches.NAME, people.NAME, *(f"packs/{each.name}" for each in packs)]


def _names_them(session: Session, path: str, who: forgetting.Who) -> bool:
    try:
        text = files.read_bytes(session.journal.root / path).decode("utf-8", "replace")
    except OSError:
        return False
    return forgetting.names_them(text, who)
