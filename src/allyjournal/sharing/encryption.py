"""Bytes for somebody's eyes only: age (https://age-encryption.org/v1), by pyrage, else by the `age` program."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from allyjournal.errors import AllyError, UsageError
from allyjournal.sharing.formats.extras import install

SUFFIX = ".age"


def check_available() -> None:
    """Raise AllyError with the one command to run, if nothing here can encrypt."""
    if not _has_pyrage() and not shutil.which("age"):
        raise AllyError(
            f"Encrypting needs one thing more: `{install('crypto')}` (or the age program). Nothing was shared."
        )


def to_keys(data: bytes, keys: Sequence[str]) -> bytes:
    """`data` for the owners of these public keys, age's own or of ssh. Raises UsageError for a key that does not do."""
    check_available()
    if not _has_pyrage():
        return _by_program(data, [word for key in keys for word in ("-r", key)])
    pyrage = _pyrage()

    kinds = {True: pyrage.ssh.Recipient, False: pyrage.x25519.Recipient}
    try:
        return bytes(pyrage.encrypt(data, [kinds[key.startswith("ssh-")].from_str(key) for key in keys]))
    except (pyrage.RecipientError, pyrage.EncryptError):
        raise UsageError("One of the keys cannot be encrypted to; look at it again. Nothing was shared.") from None


def to_passphrase(data: bytes, ask: Callable[[], str]) -> bytes:
    """`data` for whoever knows the passphrase that `ask` gives. The `age` program asks for one itself."""
    check_available()
    if not _has_pyrage():
        return _by_program(data, ["-p"])
    pyrage = _pyrage()

    return bytes(pyrage.passphrase.encrypt(data, ask()))


def _has_pyrage() -> bool:
    return find_spec("pyrage") is not None


def _pyrage() -> Any:
    return import_module("pyrage")


def _by_program(data: bytes, words: Sequence[str]) -> bytes:
    """What `age` makes of `data`; the plain bytes go through a pipe and never lie on the disk."""
    done = subprocess.run(["age", *words], input=data, stdout=subprocess.PIPE, check=False)
    if done.returncode or not done.stdout.startswith(b"age-encryption.org/"):
        raise AllyError("The age program did not encrypt it. Nothing was shared.")
    return done.stdout
