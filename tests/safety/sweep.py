"""Sweeps: `ally` under strace, killed or failed at one call after another, and what must hold after each.

A point is one system call of one run, named by its name and number: the 3rd `fsync`. The run is traced once to
count its calls, and begun anew, in a new home, for every point.
"""

import os
import re
import shutil
import stat
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.support import SATURDAY, Home

CANARY = "zaffre-kingfisher"
TEXT = (
    f"I assume @priya can always stay late. ✓ #hiring\n\n---\nid: nothing\n\n- I never asked.\n\nLast words: {CANARY}."
)
OLDER = "entries/2026/10/2026-10-30-0900-b1b1b1b1b1.md"
OLDER_DATA = (
    b'---\nid: "b1b1b1b1b1"\ndate: 2026-10-30\ncreated: 2026-10-30T09:00:00+01:00\nkind: note\n---\n\nOlder words.\n'
)
REFLECT, NOTE = ("reflect", "-"), ("note", TEXT)
# What changes a file, or reads the answer; as prefixes of strace's names, which differ between machines.
FILE_CALLS = ("open", "write", "pwrite", "fsync", "fdatasync", "link", "rename", "unlink", "mkdir", "close", "flock")
_LINE = re.compile(r"(?:(\d+)\s+)?(\w+)\((.*)")
_PLACES = ("config", "data", "state", "cache", "run")
_OWN_NAMES = re.compile(r"\.ally-tmp-\d+-[0-9a-f]+|\b[a-z][0-9a-z]{9}\b")


Fault = tuple[str, str]


class Call(NamedTuple):
    """One system call of a run: the `number`th (from 1) of its name; `shown` is what strace says of it."""

    name: str
    number: int
    shown: str

    @property
    def creates(self) -> bool:
        """Whether it makes a file."""
        return self.name.startswith("open") and "O_CREAT" in self.shown

    @property
    def reads_answer(self) -> bool:
        """Whether it reads standard input."""
        return self.name == "read" and self.shown.startswith("0<")

    @property
    def speaks(self) -> bool:
        """Whether it writes to standard output or standard error."""
        return self.name == "write" and self.shown[:2] in ("1<", "2<")

    def is_in(self, home: Home) -> bool:
        """Whether it is about a file in one of ally's folders."""
        return any(f"{home.folder}/{place}" in self.shown for place in _PLACES)


@dataclass
class Tally:
    """What a sweep found: how many points of each kind, and every fault as a line of text, by its kind.

    Kinds: lost, torn, loose (modes), false (*Saved* that is not), loud (a traceback or an entry's text among the
    messages), stuck (the next command does not work, or does not offer the draft), changed (another entry).
    """

    name: str
    points: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    KINDS = ("lost", "torn", "false", "loose", "loud", "stuck", "changed")

    def row(self) -> str:
        """One line: the points, how they ended, and the faults by kind."""
        ended = ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))
        by_kind = Counter(kind for kind, _ in self.faults)
        faults = "  ".join(f"{kind} {by_kind[kind]}" for kind in self.KINDS)
        return f"{self.name}: {self.points} points ({ended})  {faults}"

    def explained(self) -> str:
        """The faults, each on a line."""
        return "\n".join(f"  {kind}: {what}" for kind, what in sorted(self.faults))


def home_in(folder: Path, warm: Path | None = None, older: bool = False) -> Home:
    """A new home under the umask 000, with `warm` as its cache; `older` puts an earlier entry into its journal.

    $ALLY_TESTED_SOURCE names another source tree to run, for the control with mutants.
    """
    folder.mkdir(parents=True)
    home = Home(folder, umask=0)
    home.env |= {"PYTHONHASHSEED": "0", "XDG_RUNTIME_DIR": str(folder / "run"), "TMPDIR": str(folder / "tmp")}
    for name in ("run", "tmp"):
        (folder / name).mkdir(mode=0o700)
    if tested := os.environ.get("ALLY_TESTED_SOURCE"):
        home.env["PYTHONPATH"] = tested
    if warm:
        shutil.copytree(warm, folder / "cache")
        home.env["PYTHONDONTWRITEBYTECODE"] = "1"
    if older:
        home.put(OLDER, OLDER_DATA)
        close_to_others(home)
    return home


def warm_cache(folder: Path) -> Path:
    """A cache in which the packs are judged already, made by a home of its own in `folder`."""
    home = home_in(folder / "warm")
    for words in (("reflect", "-"), ("note", "-"), ("list",)):
        home.ok(*words, stdin="Warm.", at=SATURDAY)
    return folder / "warm/cache"


def strace() -> str:
    """Where strace is; without it these tests fail rather than pass by silence."""
    found = shutil.which("strace")
    assert found, "strace is not installed, and these tests show nothing without it: apt-get install strace"
    return found


def run_traced(
    home: Home, words: Sequence[str], options: Sequence[str], stdin: str = TEXT, on_terminal: bool = False
) -> "Ended":
    """Run `ally` under strace with these options of strace's; on a terminal the editor it starts is not traced."""
    follow = [] if on_terminal else ["-f"]
    command = [strace(), *follow, "-qq", *options, "--", *home.command(*words, at=SATURDAY)]
    return run_to_end(home, command, stdin, on_terminal)


def run_to_end(home: Home, command: Sequence[str], stdin: str = "", on_terminal: bool = False) -> "Ended":
    """Run a command in this home; its standard input is `stdin`, or a terminal on which nothing is typed."""
    with _standard_input(stdin, on_terminal) as given:
        done = subprocess.run(
            command,
            capture_output=True,
            env=home.env,
            cwd=home.folder,
            umask=home.umask,
            timeout=120,
            check=False,
            **given,
        )
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


@contextmanager
def _standard_input(text: str, on_terminal: bool) -> Iterator[dict[str, Any]]:
    if not on_terminal:
        yield {"input": text.encode()}
        return
    here, there = os.openpty()
    try:
        yield {"stdin": there}
    finally:
        os.close(here)
        os.close(there)


class Ended(NamedTuple):
    """How a run ended. A run that was killed has the code -9."""

    code: int
    out: str
    err: str

    @property
    def said_saved(self) -> bool:
        """Whether *Saved* was said."""
        return self.out.startswith("Saved ")


def calls_of(
    home: Home, words: Sequence[str], stdin: str = TEXT, said: str = "Saved ", on_terminal: bool = False
) -> list[Call]:
    """Every system call of one whole run, in order."""
    log = home.folder / "strace.log"
    ended = run_traced(home, words, ["-y", "-s", "4096", "-o", str(log)], stdin, on_terminal)
    assert ended.code == 0 and said in ended.out, ended
    seen: Counter[str] = Counter()
    calls, processes = [], set()
    for line in log.read_text("utf-8", "replace").splitlines():
        if match := _LINE.match(line):
            processes.add(match[1])
            seen[match[2]] += 1
            calls.append(Call(match[2], seen[match[2]], match[3]))
    assert len(processes) == 1, "one process"
    return calls


def our_calls(calls: Sequence[Call], home: Home) -> list[Call]:
    """The calls that change one of our files, wait for it, read the answer or say something."""
    return [
        call
        for call in calls
        if call.reads_answer
        or call.speaks
        or (call.is_in(home) and call.name.startswith(FILE_CALLS) and not _only_looks(call))
    ]


def _only_looks(call: Call) -> bool:
    """Opening or closing a file for reading, which changes nothing; a folder's opening is for its fsync."""
    if call.name.startswith("open"):
        return not call.creates and "O_DIRECTORY" not in call.shown
    return call.name == "close" and "/cache/" in call.shown


def sweep(name: str, points: Iterable[Call], one: Callable[[int, Call], tuple[str, list[Fault]]]) -> Tally:
    """Do `one` for every point, on all processors; it gives how the run ended, and the faults."""
    tally = Tally(name)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(one, number, point) for number, point in enumerate(points)]:
            ended, faults = done.result()
            tally.points += 1
            tally.counts[ended] += 1
            tally.faults += faults
    return tally


def split(data: bytes) -> tuple[dict[str, object], str]:
    """Front matter and body of an entry, read by PyYAML and nothing of ally's. Raises ValueError when torn."""
    text = data.decode("utf-8")
    head, fence, body = text.removeprefix("---\n").partition("\n---\n\n")
    if not text.startswith("---\n") or not fence:
        raise ValueError("no front matter")
    try:
        table = yaml.safe_load(head)
    except yaml.YAMLError:
        raise ValueError("front matter that does not parse") from None
    if not isinstance(table, dict) or not {"id", "date", "created", "kind"} <= table.keys():
        raise ValueError("front matter with keys missing")
    return table, body


def is_whole(path: Path, text: str = TEXT) -> bool:
    """Whether the file is an entry that parses and holds the whole text at its end."""
    try:
        return split(path.read_bytes())[1].endswith(f"{text}\n")
    except ValueError:
        return False


def new_entries(home: Home) -> list[Path]:
    """The entries but the older one."""
    return [path for path in home.entries if not str(path).endswith(OLDER)]


def loose_modes(home: Home) -> list[str]:
    """Everything in ally's folders that others may read, or that is not 0600 or 0700."""
    found = []
    for place in ("data", "state", "cache"):
        for path in [home.folder / place, *(home.folder / place).rglob("*")]:
            if path.exists():
                mode, wanted = stat.S_IMODE(path.lstat().st_mode), 0o700 if path.is_dir() else 0o600
                if mode != wanted:
                    found.append(f"{path.relative_to(home.folder)} is {mode:o}")
    return found


def faults_in_files(home: Home, where: str, text: str = TEXT) -> Iterator[Fault]:
    """What holds after any ending: no entry or draft is torn, no mode is loose, nothing else has changed."""
    for path in [*new_entries(home), *home.drafts]:
        if not is_whole(path, text):
            yield "torn", f"{where}: {path.relative_to(home.folder)}"
    for each in loose_modes(home):
        yield "loose", f"{where}: {each}"
    older = home.journal / OLDER
    if older.parent.exists() and older.read_bytes() != OLDER_DATA:
        yield "changed", where


def faults_in_messages(ended: Ended, where: str) -> Iterator[Fault]:
    """No traceback, no fault of ally's own, and nothing of the text among the messages."""
    if any(each in ended.err for each in ("Traceback", "ally has a fault", CANARY)):
        yield "loud", f"{where}: {ended.err[-300:]!r}"


def shape(home: Home) -> str:
    """What lies in the journal and the state folder, but for names that are new each time."""
    rows = []
    for place in ("data", "state"):
        for path in sorted((home.folder / place).rglob("*")):
            content = path.read_text("utf-8", "replace") if path.is_file() else ""
            rows.append(f"{path.relative_to(home.folder)} {path.lstat().st_mode:o} {content}")
    return _OWN_NAMES.sub("NAME", re.sub(r"drafts/[0-9a-f]{16}", "drafts/JOURNAL", "\n".join(sorted(rows))))


def close_to_others(home: Home) -> None:
    """Give what was put into the journal from outside the modes that ally gives."""
    for path in [home.folder / "data", *(home.folder / "data").rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
