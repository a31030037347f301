"""The person's own editor on a file in the private draft folder: what they save there is never thrown away."""

import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

from allyjournal import files
from allyjournal.errors import AllyError, UsageError

FALLBACKS = ("nano", "vim", "vi", "emacs")
# After the vimrc, so that swap, undo, backup and history stay in the draft's folder whatever it says; `-n`
# first, since the first swap file is made before a `-c` is read.
_VIM = ("-n", "-i", "NONE", "-c")
_VIM_SETTINGS = (
    "set directory={folder}// swapfile updatecount=20 updatetime=500 nobackup nowritebackup "
    "noundofile nomodeline {history}="
)


class NotEdited(AllyError):
    """The editor gave nothing to save; the message says why, and where the file is."""


class Unchanged(NotEdited):
    """The text is as it was, or empty."""


def edit(initial: str, file: Path, command: str | None, base: bytes | None = None) -> str:
    """Open `file`, with `initial` in it unless it is there already, and give the text that was saved.

    `command` is the editor and its options as a shell would split them; None looks for a usual one. `base` is
    the text that counts as unchanged, where that is not what the file holds at the start. Raises
    NotEdited when the editor failed, or the text is unchanged, empty or not UTF-8: then the file stays.
    """
    files.make_folder(file.parent)
    words = _words(command)
    if not file.exists():
        files.replace(file, initial.encode())
    before = files.read_bytes(file) if base is None else base
    # Ctrl-C in the editor is the editor's; a handler, unlike "ignore", is not passed on to it.
    before_signal = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.run([*words, *_flags(words[0], file.parent), str(file)], check=False).returncode
    except OSError as error:
        raise UsageError(
            f"The editor {words[0]} did not start: {(error.strerror or str(error)).lower()}. "
            "Set $VISUAL or $EDITOR to one that does."
        ) from None
    finally:
        signal.signal(signal.SIGINT, before_signal)
    left = {each.name for each in file.parent.iterdir()} - {file.name, "base.md"}
    if code > 0 and not left and file.exists() and files.read_bytes(file) == before:
        raise Unchanged(f"{words[0]} ended with an error ({code}); nothing was written.")
    if code != 0:
        raise NotEdited(f"{words[0]} ended with an error ({code}); your text is kept in {file}.")
    return _saved(file, before)


def _saved(file: Path, before: bytes) -> str:
    try:
        data = files.read_bytes(file)
        text = data.decode("utf-8")
    except OSError:
        raise NotEdited(f"Nothing was saved: the editor left no file at {file}.") from None
    except UnicodeDecodeError:
        raise NotEdited(f"What the editor saved is not UTF-8 text; it is kept, as it is, in {file}.") from None
    if data.strip() == before.strip():
        raise Unchanged("Nothing was saved: the text is as it was.")
    if not text.strip():
        raise Unchanged("Nothing was saved: the text is empty.")
    return text


def _words(command: str | None) -> list[str]:
    if command:
        try:
            words = shlex.split(command)
        except ValueError:
            words = []
        if not words:
            raise UsageError("The editor in $VISUAL or $EDITOR is not a command; set it to one, such as nano.")
        return words
    for name in FALLBACKS:
        if shutil.which(name):
            return [name]
    raise UsageError("No editor was found; set $VISUAL or $EDITOR to yours.")


def _flags(program: str, folder: Path) -> list[str]:
    name = os.path.basename(program)
    if name in ("vim", "vi", "view", "gvim", "mvim", "vimx", "nvim") and _is_vim(program):
        history = "shada" if name == "nvim" else "viminfo"
        escaped = str(folder).replace("\\", "\\\\").replace(" ", "\\ ").replace(",", "\\,")
        return [*_VIM, _VIM_SETTINGS.format(folder=escaped, history=history)]
    # Whatever nanorc says, nano's backups stay in the draft's folder too.
    return ["-C", str(folder)] if name == "nano" else []


def _is_vim(program: str) -> bool:
    """`vi` may be another program under that name (nvi, busybox), which knows none of vim's options."""
    found = shutil.which(program)
    real = os.path.basename(os.path.realpath(found)) if found else program
    return "vim" in real
