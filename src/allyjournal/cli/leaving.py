"""How a share leaves: which format, into which file, and who can open it."""

import os
from pathlib import Path
from typing import NamedTuple

from allyjournal import files
from allyjournal.cli import options, outfile
from allyjournal.cli.session import Session
from allyjournal.config import expanded
from allyjournal.errors import Refused, UsageError
from allyjournal.sharing import coaches, document, encryption, formats, outgoing
from allyjournal.sharing.coaches import Coach
from allyjournal.sharing.gate import Guard
from allyjournal.sharing.register import names_of

DEFAULT = "html"
MOST_NUMBERED = 1000
BY_PASSPHRASE = "passphrase"


class Way(NamedTuple):
    """How the file leaves: format, where to, whether it may overwrite, and the keys; `by_passphrase` without keys."""

    form: str
    out: str
    force: bool
    keys: tuple[str, ...]
    by_passphrase: bool

    @property
    def is_encrypted(self) -> bool:
        """Whether only some can open it."""
        return bool(self.keys) or self.by_passphrase

    @property
    def recipient(self) -> str | None:
        """What the receipt says of it."""
        return ", ".join(self.keys) or (BY_PASSPHRASE if self.by_passphrase else None)


def way_of(
    session: Session, whom: Coach, form: str | None, out: str | None, force: bool, keys: list[str], by_passphrase: bool
) -> Way:
    """The way that the options and coaches.toml say. What would fail at the end fails here, before anything is asked.

    Raises UsageError; AllyError where something is not installed; NotWritten and Refused for a file that cannot be
    written.
    """
    if keys and by_passphrase:
        raise UsageError("--recipient and --passphrase are two ways to encrypt; leave one out.")
    given = [coaches.checked_recipient(options.clean(each)) for each in keys]
    used = given or ([] if by_passphrase or not whom.recipient else [whom.recipient])
    is_encrypted = bool(used) or by_passphrase
    if is_encrypted:
        encryption.check_available()
    elif (out or "").endswith(encryption.SUFFIX):
        raise UsageError(f"{encryption.SUFFIX} is for what is encrypted; add --recipient KEY or --passphrase.")
    name = coaches.checked_format(form or _by_suffix(out) or whom.format or DEFAULT)
    suffix = formats.find(name).SUFFIX + (encryption.SUFFIX if is_encrypted else "")
    where = _free_name(f"share-{whom.handle}-{session.today.isoformat()}", suffix) if out is None else out
    if is_encrypted and not where.endswith(encryption.SUFFIX):
        where += encryption.SUFFIX
    _check_place(session, where, force)
    nothing = document.shared([], {}, document.Share("x", "x", "x"), session.today)
    outgoing.check(nothing, outgoing.render(nothing, name), name, Guard(names_of({})))
    return Way(name, where, force, tuple(dict.fromkeys(used)), by_passphrase)


def _by_suffix(out: str | None) -> str | None:
    suffix = Path((out or "").removesuffix(encryption.SUFFIX)).suffix.removeprefix(".")
    return suffix if suffix in formats.FORMATS else None


def _free_name(stem: str, suffix: str) -> str:
    """The first of `stem.html`, `stem-2.html` … that no file here has."""
    names = [f"{stem}{suffix}", *(f"{stem}-{number}{suffix}" for number in range(2, MOST_NUMBERED))]
    return next((each for each in names if not os.path.lexists(each)), names[0])


def _check_place(session: Session, out: str, force: bool) -> None:
    """What `outfile.put` would refuse, before anything is asked."""
    if out == "-":
        raise UsageError("A share goes into a file; name one with -o, or leave -o out.")
    path = outfile.place(session, out)
    if path.exists() and not force:
        raise Refused(
            f"{expanded(out)} exists; nothing was written. Name another file, or add --force to overwrite it."
        )
    files.check_writable(path.parent)


def sealed(session: Session, whom: Coach, way: Way, data: bytes) -> bytes:
    """The finished bytes as they are written: encrypted if that is the way."""
    from allyjournal.terminal.secret import new_passphrase

    if way.by_passphrase:
        return encryption.to_passphrase(data, lambda: new_passphrase(session.terminal, f"what {whom.name} gets"))
    return encryption.to_keys(data, way.keys) if way.keys else data
