"""The durable write, the lock, the modes. Nothing else in the program opens a file for writing.

The order of the calls is the promise behind *Saved*: the words are in a file of their own, the file is
forced to the disk, it gets its name without ever taking another file's, and the folder that holds the
name is forced to the disk as well. Without either fsync every power cut of a trial lost the entry.
"""

import errno
import fcntl
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

from allyjournal.errors import AllyError, NotWritten

# Bytes, or pieces of them that are made while they are written.
Data = bytes | Iterable[bytes]
TEMPORARY = ".ally-tmp-"
_PAUSE = 0.01
_NO_LINK = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
_AT_FDCWD = -100
_RENAME_NOREPLACE, _RENAME_EXCHANGE = 1, 2


def digest(data: bytes) -> str:
    """SHA-256 of `data`, in hexadecimal."""
    # hashlib loads OpenSSL first, which takes longer than the hashing; these are the modules it falls back to.
    for module in ("_sha256", "_sha2", "hashlib"):
        with suppress(ImportError):
            return str(import_module(module).sha256(data).hexdigest())
    raise ImportError("this Python has no SHA-256")


def make_private() -> None:
    """Whatever the shell's umask says, what this process makes is for its owner alone."""
    os.umask(0o077)


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file. Raises OSError, also for a folder, a link, a pipe or a device."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        parts = []
        while part := os.read(descriptor, max(status.st_size + 1, 65536)):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make `path` and its missing parents, 0700 each, and force each new name to the disk.

    Raises NotWritten with the reason.
    """
    missing = []
    while not path.is_dir():
        missing.append(path)
        if path.parent == path:
            break
        path = path.parent
    for folder in reversed(missing):
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:
            if not folder.is_dir():
                raise NotWritten(f"{folder} is in the way: a folder is needed there.") from None
        except OSError as error:
            raise _not_written(folder, error) from None
        else:
            sync_folder(folder.parent)


def write_new(path: Path, data: Data) -> None:
    """Put `data` into a new file at `path`, durably, 0600.

    Raises FileExistsError when something has that name already, NotWritten for anything else; in both
    cases no file is left half-written, and nothing that existed has changed.
    """
    temporary = _write_temporary(path, data)
    try:
        _name_without_replacing(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise _not_written(path, error) from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)
    sync_folder(path.parent)


def replace(path: Path, data: Data, durably: bool = True) -> None:
    """Put `data` at `path`, durably, 0600, in place of what is there. For what is the program's own.

    What can be made again need not wait for the disk. Raises NotWritten; then what was at `path` is still there, whole.
    """
    temporary = _write_temporary(path, data, durably)
    try:
        os.rename(temporary, path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise _not_written(path, error) from None
    if durably:
        sync_folder(path.parent)


def exchange(path: Path, data: bytes, displaced: Path) -> None:
    """Put `data` at `path` and keep what was there, to the last moment, at the new name `displaced`.

    `displaced` holds `data` first, and then the two change places in one step where the system can
    (`RENAME_EXCHANGE`): at no moment is either text without its name, and an editor that saves in between
    loses nothing. Until that step `displaced` says what `path` will be.
    Raises NotWritten; then `path` is as it was, unless only forcing a folder to the disk failed.
    """
    try:
        write_new(displaced, data)
        _swap(path, data, displaced)
        # A file that somebody put there by hand may have been open to others.
        os.chmod(displaced, 0o600)
    except OSError as error:
        raise _not_written(path, error) from None
    sync_folder(displaced.parent)
    sync_folder(path.parent)


def _swap(path: Path, data: bytes, displaced: Path) -> None:
    try:
        _renameat2(displaced, path, _RENAME_EXCHANGE)
    except OSError as error:
        if error.errno not in _NO_EXCHANGE:
            raise
        # Where names cannot be exchanged: a copy of the old text first, and then the new one over it.
        replace(displaced, read_bytes(path))
        replace(path, data)


def move(source: Path, target: Path) -> None:
    """Give the file at `source` the name `target` instead, durably, unless something has that name.

    Raises FileExistsError, NotWritten; then the file is still at `source`.
    """
    try:
        _rename_without_replacing(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        raise _not_written(target, error) from None
    sync_folder(target.parent)
    sync_folder(source.parent)


def remove(path: Path) -> None:
    """Remove a file of the program's own; one that is gone already is fine."""
    with suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)


def check_writable(folder: Path) -> None:
    """Make `folder` and try a write there, so that a full or read-only disk is known before the writing.

    Raises NotWritten.
    """
    make_folder(folder)
    os.unlink(_write_temporary(folder / "check", b"ally was here\n"))


def as_text(data: bytes, name: str) -> str:
    """The bytes of the writer's own file `name` as UTF-8 text, without its mark. Raises AllyError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AllyError(f"{name} is not UTF-8 text; save it as UTF-8. Nothing was changed.") from None


def text_of(root: Path, name: str) -> str:
    """The text of the writer's own file `name` in `root`; "" where there is none. Raises AllyError."""
    try:
        return as_text(read_bytes(root / name), name)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise AllyError(f"{name}: {(error.strerror or 'it cannot be read').lower()}.") from None


@contextmanager
def lock(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file at `path`; waits for another process that holds it, at most `patience` seconds.

    Raises NotWritten.
    """
    make_folder(path.parent)
    descriptor = -1
    try:
        descriptor = _open_lock(path)
        _flock(descriptor, patience)
    except OSError as error:
        if descriptor >= 0:
            os.close(descriptor)
        raise _not_written(path, error) from None
    try:
        yield
    finally:
        os.close(descriptor)


def _flock(descriptor: int, patience: float | None) -> None:
    if patience is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)


def try_lock(path: Path) -> Callable[[], None] | None:
    """Take the lock file at `path` if nobody holds it: gives the function that lets it go, else None."""
    descriptor = _open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        current = os.stat(path)
    except OSError:
        os.close(descriptor)
        return None
    held = os.fstat(descriptor)
    if (held.st_ino, held.st_dev) != (current.st_ino, current.st_dev):
        os.close(descriptor)
        return None
    return lambda: os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force the names in `folder` to the disk. Raises NotWritten."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise _not_written(folder, error) from None


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _not_written(path: Path, error: OSError) -> NotWritten:
    return NotWritten(f"{path} could not be written: {(error.strerror or str(error)).lower()}.")


def _write_temporary(path: Path, data: Data, durably: bool = True) -> Path:
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(temporary, flags, 0o600)
    except OSError as error:
        raise _not_written(path, error) from None
    try:
        try:
            for piece in [data] if isinstance(data, bytes) else data:
                _write_all(descriptor, piece)
            if durably:
                _sync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError):
            raise _not_written(path, error) from None
        raise
    return temporary


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        # fsync on macOS only reaches the drive's cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _name_without_replacing(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        _renameat2(temporary, path, _RENAME_NOREPLACE)


def _rename_without_replacing(source: Path, target: Path) -> None:
    try:
        _renameat2(source, target, _RENAME_NOREPLACE)
    except OSError as error:
        if error.errno not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
            raise
        os.link(source, target, follow_symlinks=False)
        os.unlink(source)


def _renameat2(source: Path, target: Path, flags: int) -> None:
    import ctypes  # noqa: PLC0415  only for a rename that the os module cannot do

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(target))
    if call(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flags):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))
