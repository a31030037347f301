"""coaches.toml: whom the writer shares with. A name, a format and a key for each handle.

The file is the writer's: comments, order and spacing stay as they are.
"""

import base64
import binascii
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

import tomli

from allyjournal import files
from allyjournal.errors import AllyError, UsageError
from allyjournal.journal.folder import Journal
from allyjournal.sharing.formats import FORMATS

NAME = "coaches.toml"
# Characters; nobody has a thousand coaches.
MOST = 64 * 1024
LONGEST = 200
KEYS = ("name", "format", "recipient")
# Bech32: https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki; age's recipients: https://age-encryption.org/v1
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_AGE, _AGE_LENGTH = "age1", 62
_SSH = ("ssh-ed25519", "ssh-rsa")
_SHAPES = "a key is age1 and 58 characters, or ssh-ed25519 AAAA…, or ssh-rsa AAAA…"


class Coach(NamedTuple):
    """Somebody to share with. `format` and `recipient` are None where the file does not say."""

    handle: str
    name: str
    format: str | None = None
    recipient: str | None = None


def of(journal: Journal) -> dict[str, Coach]:
    """The journal's coaches by handle; empty where there is no file. Raises AllyError as `read` does."""
    return read(files.text_of(journal.root, NAME))


def find(coaches: Mapping[str, Coach], typed: str) -> Coach:
    """The coach of this handle, or of this name if only one has it. Raises AllyError that says whom there is to add."""
    word = typed.strip().removeprefix("@").casefold()
    named = [each for each in coaches.values() if each.name.casefold() == word]
    if word in coaches or len(named) == 1:
        return coaches[word] if word in coaches else named[0]
    near = {name.casefold(): each.handle for each in coaches.values() for name in (each.name, each.handle)}
    like = get_close_matches(word, near, 1)
    new = word if word.isidentifier() else "HANDLE"
    hint = f"did you mean {near[like[0]]}?" if like else f"`ally coach add {new[:40]}` adds one."
    raise AllyError(f'No coach is called "{typed[:40]}"; {hint}')


def read(text: str) -> dict[str, Coach]:
    """Handle -> coach. Raises AllyError naming file and line, key and remedy."""
    if len(text) > MOST:
        raise AllyError(f"{NAME} is longer than {MOST // 1024} KiB; is it the right file?")
    try:
        table = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise AllyError(f"{NAME}:{error.lineno}: this is not TOML; mend that line.") from None
    except (RecursionError, ValueError):
        raise AllyError(f"{NAME}: it is nested too deeply, or has a number too long to read.") from None
    return {handle: _coach(handle, each) for handle, each in table.items()}


def changed(text: str, coach: str, name: str | None, form: str | None, recipient: str | None) -> str:
    """The file's text with what is given set for `coach`; everything else stays. Raises AllyError as `read` does."""
    import tomlkit  # noqa: PLC0415  only where the file is changed
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    read(text)
    given = {"name": name, "format": form, "recipient": recipient}
    try:
        document: Any = tomlkit.parse(text)
        if coach not in document:
            document[coach] = tomlkit.table()
        for key, value in given.items():
            if value is not None:
                document[coach][key] = value
        new = str(tomlkit.dumps(document))
    except (TOMLKitError, RecursionError, ValueError):
        raise AllyError(f"{NAME} cannot be changed as it is written; write a [{coach[:40]}] table by hand.") from None
    read(new)
    return new


def checked_format(name: str) -> str:
    """The name of a format. Raises UsageError naming those there are."""
    if name not in FORMATS:
        raise UsageError(f'There is no format "{name[:20]}"; choose one of {", ".join(FORMATS)}.')
    return name


def checked_recipient(text: str) -> str:
    """A public key as it is kept: without the comment behind an ssh key. Raises UsageError, without the key."""
    words = text.split()
    if text.startswith(("AGE-SECRET-KEY-", "-----BEGIN")):
        raise UsageError(
            "That is a private key, which should never leave its owner. Ask for the public one: " + _SHAPES
        )
    if len(words) == 1 and words[0].startswith(_AGE):
        if not _is_age(words[0]):
            raise UsageError("This age key is not whole, or mistyped: its last characters do not fit the others.")
        return words[0]
    if len(words) >= 2 and words[0] in _SSH:
        if not _is_ssh(words[0], words[1]):
            raise UsageError(f"This {words[0]} key is not whole; copy the line of the .pub file again.")
        return " ".join(words[:2])
    raise UsageError(f"This is not a key that ally can encrypt to: {_SHAPES}.")


def _coach(handle: str, table: object) -> Coach:
    shown = handle[:40]
    if not isinstance(table, dict):
        raise AllyError(f"{NAME}: {shown} is not a table; write [{shown}] and its keys under it.")
    for key, value in table.items():
        if key not in KEYS or not isinstance(value, str) or not value.strip() or len(value) > LONGEST * 10:
            raise AllyError(f"{NAME}: {shown}.{key[:40]} is not right; the keys are {', '.join(KEYS)}, each a text.")
    try:
        form = checked_format(table["format"]) if "format" in table else None
        recipient = checked_recipient(table["recipient"]) if "recipient" in table else None
    except UsageError as error:
        raise AllyError(f"{NAME}: {shown}: {error}") from None
    return Coach(handle, " ".join(table.get("name", handle).split())[:LONGEST], form, recipient)


def _is_age(text: str) -> bool:
    """Whether the characters are those of an X25519 recipient, and the checksum in the last six holds."""
    data = text[len(_AGE) :]
    if len(text) != _AGE_LENGTH or not set(data) <= set(BECH32):
        return False
    human = "age"
    values = [*(ord(each) >> 5 for each in human), 0, *(ord(each) & 31 for each in human), *map(BECH32.index, data)]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate(_GENERATOR):
            check ^= factor if top >> bit & 1 else 0
    return check == 1


def _is_ssh(kind: str, data: str) -> bool:
    """Whether the base64 behind the key's kind begins with that kind, and is as long as it says (RFC 4253, 6.6)."""
    try:
        blob = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return False
    position, fields = 0, []
    while position + 4 <= len(blob):
        length = int.from_bytes(blob[position : position + 4])
        fields.append(blob[position + 4 : position + 4 + length])
        position += 4 + length
    wanted = 2 if kind == "ssh-ed25519" else 3
    is_long = len(fields) == wanted and (len(fields[1]) == 32 if wanted == 2 else len(fields[2]) >= 256)
    return position == len(blob) and is_long and fields[0] == kind.encode()
