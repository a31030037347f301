"""The settings of this machine: a handful of keys, and where the journal, drafts, cache and config lie."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from allyjournal import files
from allyjournal.dates import WEEKDAYS
from allyjournal.errors import AllyError, UsageError

APP = "allyjournal"
KEYS = ("journal", "editor", "pager", "plain", "week-start", "day-ends", "language", "list-text", "focus")
TEMPLATE = """\
# The settings of ally on this machine. Take the # from a line to set it.
# journal = "~/journal"
# editor = "nano"
# pager = "less"            # "" for none
# plain = true              # no colour, no drawing, no redraw
# week-start = "monday"
# day-ends = "03:00"        # until then it is still yesterday
# language = "en"           # of the daily prompts, where there is a translation
# list-text = true          # lists show how an entry begins
# focus = ["hiring"]        # packs, practices or themes you are working on
"""


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
    pager: str | None = None
    plain: bool = False
    week_start: int = 0
    day_ends: int = 3 * 60
    language: str = "en"
    list_text: bool = False
    focus: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


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

    def journal(self, named: str | None) -> Path:
        """The journal's folder: `named` on the command line, else $ALLY_JOURNAL, the config, the data folder."""
        chosen = named or self._environ.get("ALLY_JOURNAL") or self.config.journal
        return Path(os.path.abspath(expanded(chosen))) if chosen else self.places.data / "journal"

    @property
    def plain(self) -> bool:
        """No colour, no box, no redraw: asked for by $ALLY_PLAIN or the config."""
        return self._environ.get("ALLY_PLAIN", "") not in ("", "0") or self.config.plain

    @property
    def editor(self) -> str | None:
        """The person's editor: the config's, $VISUAL or $EDITOR."""
        return self.config.editor or self.editor_without_config

    @property
    def editor_without_config(self) -> str | None:
        """The editor that the environment names."""
        return self._environ.get("VISUAL") or self._environ.get("EDITOR")

    @property
    def pager(self) -> str | None:
        """The person's pager: the config's or $PAGER; "" for none."""
        return self.config.pager if self.config.pager is not None else self._environ.get("PAGER")

    def text(self) -> str:
        """The config file's text; empty where there is none. Raises AllyError if it cannot be read."""
        try:
            return files.read_bytes(self.file).decode("utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError):
            raise AllyError(f"{self.file} could not be read as UTF-8 text.") from None

    def put(self, text: str) -> None:
        """Write the config file. Raises NotWritten."""
        files.make_folder(self.file.parent)
        files.replace(self.file, text.encode())

    def rows(self, given: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """Each setting as (key, value, where it comes from). `given` are the options of the command line."""
        written = self.config.written
        named = {
            "journal": ("--journal" if given.get("journal") else "", "ALLY_JOURNAL"),
            "editor": ("", "VISUAL", "EDITOR"),
            "pager": ("", "PAGER"),
            "plain": ("--plain" if given.get("plain") else "", "ALLY_PLAIN"),
        }
        environment_first = ("journal", "plain")
        rows = []
        for key, value in self._values(given).items():
            option, *variables = named.get(key, ("",))
            variable = next((f"${each}" for each in variables if self._environ.get(each)), "")
            config = "config" if key in written else ""
            order = (option, variable, config) if key in environment_first else (option, config, variable)
            rows.append((key, value, next((each for each in order if each), "default")))
        return rows

    def _values(self, given: Mapping[str, Any]) -> dict[str, str]:
        config = self.config
        return {
            "journal": str(self.journal(given.get("journal"))),
            "editor": self.editor or "",
            "pager": "less" if self.pager is None else self.pager,
            "plain": _flag_text(bool(given.get("plain")) or self.plain),
            "week-start": WEEKDAYS[config.week_start],
            "day-ends": f"{config.day_ends // 60:02}:{config.day_ends % 60:02}",
            "language": config.language,
            "list-text": _flag_text(config.list_text),
            "focus": " ".join(config.focus),
        }


def expanded(path: str | Path) -> Path:
    """A path as it was typed, with `~` as the home folder. Raises UsageError for what is no path."""
    try:
        if "\0" in str(path):
            raise RuntimeError
        return Path(path).expanduser()
    except RuntimeError:
        shown = str(path).replace("\0", "\\0")[:80]
        raise UsageError(f"{shown} is no path here.") from None


def changed(text: str, key: str, value: str, where: str) -> str:
    """A config file's text with `key` set to `value`, as it was typed; everything else stays.

    Raises UsageError for a key or a value that is not right, or a file that is not.
    """
    import tomlkit  # noqa: PLC0415  only where the file is changed

    parse(text.encode(), where)
    if key not in KEYS:
        raise UsageError(f'"{key[:40]}" is not a setting. Settings: {", ".join(KEYS)}.')
    value = value.encode("utf-8", "replace").decode("utf-8")
    document = tomlkit.parse(text)
    flags = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if key == "focus":
        document[key] = value.replace(",", " ").split()
    else:
        document[key] = flags.get(value.casefold(), value) if key in ("plain", "list-text") else value
    new = tomlkit.dumps(document)
    parse(new.encode(), f'"{value[:40]}" does not fit')
    return new


def parse(data: bytes, where: str) -> Config:
    """Read a config file's bytes. Raises UsageError that names `where`, the key and what it may be."""
    import tomli  # noqa: PLC0415  most people never write a config file

    try:
        table = tomli.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise UsageError(f"{where} is not UTF-8 text; save it as UTF-8.") from None
    except tomli.TOMLDecodeError as error:
        raise UsageError(f"{where}: {error}.") from None
    except (RecursionError, ValueError):
        raise UsageError(f"{where}: it is nested too deeply, or has a number too long to read.") from None
    for key in table:
        if key not in KEYS:
            raise UsageError(f'{where}: "{key[:40]}" is not a setting. Settings: {", ".join(KEYS)}.')
    journal = _text(table, "journal", where)
    return Config(
        journal=Path(journal) if journal else None,
        editor=_text(table, "editor", where),
        pager=_text(table, "pager", where),
        plain=_flag(table, "plain", where),
        week_start=_weekday(table, "week-start", where),
        day_ends=_minutes(table, "day-ends", where),
        language=_text(table, "language", where) or "en",
        list_text=_flag(table, "list-text", where),
        focus=_words(table, "focus", where),
        written=tuple(table),
    )


def _text(table: dict[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{where}: {key} is text in quotes.")
    if value and "\0" in value:
        raise UsageError(f"{where}: {key} holds a NUL, which no path or command has.")
    return value


def _flag(table: dict[str, Any], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise UsageError(f"{where}: {key} is true or false.")
    return value


def _words(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise UsageError(f'{where}: {key} is a list of words in quotes, such as ["deep-curiosity", "hiring"].')
    return tuple(value)


def _flag_text(value: bool) -> str:
    return "true" if value else "false"


def _weekday(table: dict[str, Any], key: str, where: str) -> int:
    value = table.get(key, "monday")
    if not isinstance(value, str) or value.casefold() not in WEEKDAYS:
        raise UsageError(f'{where}: {key} is a day of the week, such as "monday".')
    return WEEKDAYS.index(value.casefold())


def _minutes(table: dict[str, Any], key: str, where: str) -> int:
    value = table.get(key, "03:00")
    hours, _, minutes = value.partition(":") if isinstance(value, str) and value.isascii() else ("", "", "")
    is_time = hours.isdigit() and minutes.isdigit() and len(hours) < 3 and len(minutes) < 3
    if not (is_time and int(hours) < 12 and int(minutes) < 60):
        raise UsageError(f'{where}: {key} is a time before noon, such as "03:00".')
    return int(hours) * 60 + int(minutes)
