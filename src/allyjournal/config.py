"""The settings of this machine: a handful of keys, and where the journal, drafts, cache and config lie."""

import os
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from allyjournal import files
from allyjournal.dates import WEEKDAYS
from allyjournal.errors import UsageError

APP = "allyjournal"
KEYS = ("journal", "editor", "plain", "week-start", "day-ends")


class Places(NamedTuple):
    """The folders of this user on this machine, by the conventions of the system (platformdirs)."""

    config: Path
    data: Path
    state: Path
    cache: Path


class Config(NamedTuple):
    """What the config file says; what it leaves out has its default.

    `week_start` is 0 for Monday to 6; `day_ends` counts minutes after midnight.
    """

    journal: Path | None = None
    editor: str | None = None
    plain: bool = False
    week_start: int = 0
    day_ends: int = 3 * 60


class Settings:
    """Where things lie and how the person wants them, from the environment and the config file."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ

    @cached_property
    def places(self) -> Places:
        """The folders; platformdirs is asked for those that the XDG variables do not name."""
        names = ("config", "data", "state", "cache")
        named = {name: self._environ.get(f"XDG_{name.upper()}_HOME", "").strip() for name in names}
        if not all(os.path.isabs(path) for path in named.values()):
            from platformdirs import PlatformDirs  # noqa: PLC0415  imported where its answer is needed

            dirs = PlatformDirs(APP, appauthor=False)
            return Places(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path)
        return Places(*(Path(path) / APP for path in named.values()))

    @property
    def file(self) -> Path:
        """The config file, which need not exist."""
        return self.places.config / "config.toml"

    @cached_property
    def config(self) -> Config:
        """The config file, read and checked. Raises UsageError naming file, key and remedy."""
        try:
            data = files.read_bytes(self.file)
        except FileNotFoundError:
            return Config()
        except OSError as error:
            raise UsageError(f"{self.file} could not be read: {(error.strerror or str(error)).lower()}.") from None
        return parse(data, str(self.file))

    def journal(self, named: Path | None) -> Path:
        """The journal's folder: `named` on the command line, else $ALLY_JOURNAL, the config, the data folder."""
        chosen = named or self._environ.get("ALLY_JOURNAL") or self.config.journal
        return Path(os.path.abspath(Path(chosen).expanduser())) if chosen else self.places.data / "journal"

    @property
    def plain(self) -> bool:
        """No colour, no box, no redraw: asked for by $ALLY_PLAIN or the config."""
        return self._environ.get("ALLY_PLAIN", "") not in ("", "0") or self.config.plain

    @property
    def editor(self) -> str | None:
        """The person's editor: the config's, $VISUAL or $EDITOR."""
        return self.config.editor or self._environ.get("VISUAL") or self._environ.get("EDITOR")


def parse(data: bytes, where: str) -> Config:
    """Read a config file's bytes. Raises UsageError that names `where`, the key and what it may be."""
    import tomli  # noqa: PLC0415  most people never write a config file

    try:
        table = tomli.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise UsageError(f"{where} is not UTF-8 text; save it as UTF-8.") from None
    except tomli.TOMLDecodeError as error:
        raise UsageError(f"{where}: {error}.") from None
    for key in table:
        if key not in KEYS:
            raise UsageError(f'{where}: "{key[:40]}" is not a setting. Settings: {", ".join(KEYS)}.')
    journal = _text(table, "journal", where)
    return Config(
        journal=Path(journal) if journal else None,
        editor=_text(table, "editor", where),
        plain=_flag(table, "plain", where),
        week_start=_weekday(table, "week-start", where),
        day_ends=_minutes(table, "day-ends", where),
    )


def _text(table: dict[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{where}: {key} is text in quotes.")
    return value


def _flag(table: dict[str, Any], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise UsageError(f"{where}: {key} is true or false.")
    return value


def _weekday(table: dict[str, Any], key: str, where: str) -> int:
    value = table.get(key, "monday")
    if not isinstance(value, str) or value.casefold() not in WEEKDAYS:
        raise UsageError(f'{where}: {key} is a day of the week, such as "monday".')
    return WEEKDAYS.index(value.casefold())


def _minutes(table: dict[str, Any], key: str, where: str) -> int:
    value = table.get(key, "03:00")
    hours, _, minutes = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 12 and int(minutes) < 60):
        raise UsageError(f'{where}: {key} is a time before noon, such as "03:00".')
    return int(hours) * 60 + int(minutes)
