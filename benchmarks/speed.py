"""What a command costs in a journal of any size: `python -m benchmarks.speed [--counts N,N…] [--runs N] [--write]`.

Each command runs in turn with its yardstick, A B A B …, into a pipe, with byte code compiled, the packs judged and
the index up to date; the median of the ratios of CPU time pair by pair is set beside the target, and so is the most
memory it held. `--write` makes docs/performance.md of it. Exits 1 if a target is missed, unless it writes.
"""

import argparse
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from benchmarks import journals
from benchmarks.startup import ALLY, PASS, TYPER

COUNTS, RUNS, FULL = "100,1000,10000,100000", 11, 100_000
# A pair that takes long is run less often: no more of them after that many seconds, but these few in any case,
# unless even they take too long.
PATIENCE, FEWEST, TOO_LONG = 10, 3, 40
MOST_MEMORY, MOST_GROWTH, MOST_BEND = 40.0, 1.15, 1.2
BEARABLE_FOR_JRNL, SMALL = 10_000, 1_000
# The last entry is of yesterday, so that today is still open.
LAST = datetime.now().astimezone().date() - timedelta(days=1)
PAGE = Path(__file__).parents[1] / "docs/performance.md"
OFTEN, SELDOM = "meeting", journals.vocabulary()[5000]
AGAINST_PASS, AGAINST_TYPER = "`python -c pass`", "`import typer`"
AGAINST_SEARCH, AGAINST_READING = f"`rg -i {OFTEN}`", "`rg -c .`"
JRNL_LIST, JRNL_SEARCH = "`jrnl -n 10 --short`", f"`jrnl -contains {OFTEN} -n 20`"
JRNL = {JRNL_LIST: ["-n", "10", "--short"], JRNL_SEARCH: ["-contains", OFTEN, "-n", "20"]}
DISPATCH, LIST, REVIEW = "`ally config get plain` (any dispatch)", "`ally list -n 10`", "`ally review last week`"
SEARCH, EXPORT = "`ally search` for a word of many entries, `-n 20`", "`ally export --format json`"
NOTE = "`ally note …`"
GROWING = (NOTE, LIST, REVIEW)
SAME = {LIST: JRNL_LIST, SEARCH: JRNL_SEARCH}
HEAD = """This page is written by `python -m benchmarks.speed --write`, from the figures of one run, its sentences too.

CPU time is user and system time of the whole process. Each command runs in turn with its yardstick, A B A B …, its
output into a pipe, with byte code compiled, the packs judged and the index up to date; a figure is the median of the
ratios, pair by pair. Milliseconds are those of this one machine; ratios hold on others too. Memory is the most that
the process itself held in any run; the target is at most 40 MiB, but for the export and for building the index."""
BESIDE = "CPU time of one machine. jrnl has the same entries, in one file; ripgrep reads the entries' files."
WORDY = ("", "command", "against", "entries")
LARGEST_HEAD = ["command", "against", "ratio", "target", "CPU", "pairs", "memory", "target", ""]
# Starts one command after another and says what each took: exit status, seconds of CPU, KiB. It is next to nothing
# itself, because a process counts as its own what the one that started it held.
LAUNCHER = """
import os, sys
nothing = os.open(os.devnull, os.O_RDONLY)
for line in sys.stdin:
    words = line[:-1].split("\\0")
    said = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    ours, theirs = os.pipe()
    streams = [(os.POSIX_SPAWN_DUP2, each, number) for number, each in enumerate((nothing, theirs, said))]
    child = os.posix_spawn(words[0], words, os.environ, file_actions=streams)
    os.close(theirs)
    os.close(said)
    while os.read(ours, 1 << 16):
        pass
    os.close(ours)
    _, status, used = os.wait4(child, 0)
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, flush=True)
"""
JRNL_CONFIG = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals: {{default: {{journal: {file}}}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: v4.0
"""


class Measure(NamedTuple):
    """A command, what its CPU time is divided by, and the most that may be; `has_limit`: of memory too."""

    name: str
    words: Sequence[str]
    against: str
    most: float | None
    has_limit: bool = True
    rebuilds: bool = False


FIND = ("search", OFTEN, "-n", "20")
# Every measure with its target; the targets are the project's own, for 100,000 entries and a pipe. The note is the
# last, because it writes.
MEASURES = (
    Measure(DISPATCH, ("config", "get", "plain"), AGAINST_TYPER, 1.3),
    Measure(LIST, ("list", "-n", "10"), AGAINST_TYPER, 1.4),
    Measure(REVIEW, ("review", "last", "week"), AGAINST_TYPER, 1.4),
    Measure("`ally`", (), AGAINST_TYPER, 1.6),
    Measure("`ally reflect --print`", ("reflect", "--print"), AGAINST_TYPER, 1.6),
    Measure("`ally commitments`", ("commitments",), AGAINST_TYPER, 1.6),
    Measure(SEARCH, FIND, AGAINST_TYPER, 1.7),
    Measure("`ally search` for a rare word, `-n 20`", ("search", SELDOM, "-n", "20"), AGAINST_TYPER, 1.7),
    Measure("`ally list -t hiring --on YEAR`", ("list", "-t", "hiring", "--on", str(LAST.year)), AGAINST_TYPER, 1.6),
    Measure("`ally tags`", ("tags",), AGAINST_TYPER, 2.0),
    Measure("the same search against ripgrep's", FIND, AGAINST_SEARCH, 0.2),
    Measure("building the index anew, and one search", FIND, AGAINST_READING, 12.0, False, rebuilds=True),
    Measure(EXPORT, ("export", "--format", "json"), AGAINST_TYPER, None, False),
    Measure(NOTE, ("note", "A few words about @lumi. #meetings"), AGAINST_TYPER, 1.6),
)


class Size(NamedTuple):
    """A journal that was measured in: its entries, those of the week reviewed, those with the words sought."""

    entries: int
    week: int
    often: int
    seldom: int


class Cost(NamedTuple):
    """What one process took: seconds of CPU, and the most memory it held, in MiB."""

    seconds: float
    peak: float


class Figure(NamedTuple):
    """What was found: the ratio of A to B, what each took in the middle, the peak of A, and from how many pairs."""

    name: str
    entries: int
    ratio: float
    seconds: float
    yardstick: float
    peak: float
    pairs: int


class Verdict(NamedTuple):
    """A target beside what was found; `why` says where a miss comes from."""

    name: str
    found: float
    most: float
    why: str

    @property
    def missed(self) -> bool:
        """Whether more was found than may be."""
        return self.found > self.most


class Failed(Exception):
    """A command did not do what it was to be measured at."""


@dataclass
class Results:
    """All that one run found, by the name of what was measured and the number of entries.

    `others` has other programs by themselves (None: whatever the number), `jrnl` what it takes against ally.
    """

    runs: int
    journals: Sequence[Size]
    figures: dict[tuple[str, int], Figure] = field(default_factory=dict)
    growth: dict[str, Figure] = field(default_factory=dict)
    others: dict[tuple[str, int | None], Cost] = field(default_factory=dict)
    jrnl: dict[tuple[str, int], Figure] = field(default_factory=dict)
    unmeasured: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> list[int]:
        """How many entries the journals have, the smallest first."""
        return [each.entries for each in self.journals]


class Site:
    """A journal of made entries, with a home of its own, and a launcher that starts commands there."""

    def __init__(self, folder: Path, count: int, launcher: "subprocess.Popen[str]") -> None:
        self.folder = folder
        self.count = count
        self.entries = folder / "journal/entries"
        self.launcher = launcher

    def run(self, command: Sequence[str]) -> Cost:
        """Run a command to its end. Raises Failed with what it said."""
        assert self.launcher.stdin and self.launcher.stdout
        self.launcher.stdin.write("\0".join(command) + "\n")
        self.launcher.stdin.flush()
        status, seconds, peak = self.launcher.stdout.readline().split()
        if int(status) > (1 if Path(command[0]).name == "rg" else 0):
            said = (self.folder / "said").read_text("utf-8", "replace")
            raise Failed(f"{' '.join(command)} ended with {status}: {said[:2000]}")
        return Cost(float(seconds), int(peak) / 1024)

    def size(self, today: date) -> Size:
        """How large the journal is, and what of it the commands look for."""
        monday = today - timedelta(days=today.weekday() + 7)
        days = {(monday + timedelta(days=number)).isoformat() for number in range(7)}
        week = often = seldom = 0
        for path in self.entries.rglob("*.md"):
            words = set(path.read_text("utf-8").casefold().replace(".", " ").split())
            week += path.name[:10] in days
            often += OFTEN in words
            seldom += SELDOM in words
        return Size(self.count, week, often, seldom)

    def index(self) -> Path | None:
        """The folder of the index, if there is one."""
        return next((path for path in (self.folder / "cache").rglob("index") if path.is_dir()), None)


@contextmanager
def site(folder: Path, count: int, for_jrnl: bool) -> Iterator[Site]:
    """Make the journal, and open the place to measure in."""
    folder.mkdir(mode=0o700)
    journals.write(folder / "journal", count, last=LAST, jrnl=folder / "jrnl.txt" if for_jrnl else None)
    (folder / "jrnl.yaml").write_text(JRNL_CONFIG.format(file=folder / "jrnl.txt"), "utf-8")
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env |= {f"XDG_{each}_HOME": f"{folder}/{each.lower()}" for each in ("CONFIG", "DATA", "STATE", "CACHE")}
    env |= {"HOME": str(folder), "ALLY_JOURNAL": str(folder / "journal")}
    command = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(folder / "said")]
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as launcher:
        yield Site(folder, count, launcher)


def paired(name: str, count: int, runs: int, first: Callable[[], Cost], second: Callable[[], Cost]) -> Figure:
    """The figure of A against B, from up to `runs` pairs."""
    pairs = [(first(), second()) for _ in _turns(runs)]
    return Figure(
        name,
        count,
        statistics.median(a.seconds / b.seconds for a, b in pairs),
        statistics.median(a.seconds for a, _ in pairs),
        statistics.median(b.seconds for _, b in pairs),
        max(a.peak for a, _ in pairs),
        len(pairs),
    )


def _turns(runs: int) -> Iterator[int]:
    """As many turns as are wanted, fewer of what takes long."""
    began = time.monotonic()
    for turn in range(runs):
        took = time.monotonic() - began
        if took > (PATIENCE if turn >= FEWEST else TOO_LONG):
            return
        yield turn


def alone(place: Site, command: Sequence[str], runs: int) -> Cost:
    """What a command takes in the middle, and the most memory it held."""
    found = [place.run(command) for _ in _turns(runs)]
    return Cost(statistics.median(each.seconds for each in found), max(each.peak for each in found))


def ripgrep(place: Site) -> dict[str, list[str]]:
    """The yardsticks that read the entries; none if ripgrep is not installed."""
    program = shutil.which("rg")
    if not program:
        return {}
    return {
        AGAINST_SEARCH: [program, "-i", OFTEN, str(place.entries)],
        AGAINST_READING: [program, "-c", ".", str(place.entries)],
    }


def measure(results: Results, place: Site, each: Measure) -> None:
    """Measure one command in one journal, and print what was found; or keep why it could not be."""
    yardstick = {AGAINST_TYPER: TYPER, **ripgrep(place)}.get(each.against)
    if yardstick is None:
        results.unmeasured[each.name] = "ripgrep is not installed"
        return
    if each.rebuilds and not place.index():
        results.unmeasured[each.name] = "the program keeps no index"
        return
    command = [ALLY, *each.words]

    def first() -> Cost:
        index = place.index() if each.rebuilds else None
        if index:
            shutil.rmtree(index)
        cost = place.run(command)
        if each.rebuilds and not place.index():
            raise Failed(f"{' '.join(command)} built no index")
        return cost

    if each.has_limit or place.count <= SMALL:
        place.run(command)
    place.run(yardstick)
    figure = paired(each.name, place.count, results.runs, first, partial(place.run, yardstick))
    results.figures[each.name, place.count] = figure
    target = f"{each.most:g}" if each.most else ""
    print(
        f"{place.count:>7,}  {each.name:<52} {figure.ratio:>8.2f} {target:>5} {figure.seconds * 1000:>9.0f} ms "
        f"{figure.peak:>5.0f} MiB  {each.against}, {figure.pairs} pairs",
        flush=True,
    )


def compare(results: Results, place: Site) -> None:
    """What other programs take for the same: ripgrep, and jrnl where it has the entries too, pair by pair."""
    for name, command in ripgrep(place).items():
        results.others[name, place.count] = alone(place, command, results.runs)
    program = _jrnl()
    if not program or not (place.folder / "jrnl.txt").exists():
        return
    for ours in MEASURES:
        theirs = SAME.get(ours.name)
        if theirs:
            command = [program, "--config-file", str(place.folder / "jrnl.yaml"), *JRNL[theirs]]
            first, second = partial(place.run, command), partial(place.run, [ALLY, *ours.words])
            results.jrnl[ours.name, place.count] = paired(theirs, place.count, results.runs, first, second)


def _jrnl() -> str | None:
    return shutil.which(os.environ.get("JRNL") or "jrnl")


def grow(results: Results, large: Site, small: Site) -> None:
    """The largest journal against the smallest, pair by pair."""
    for each in MEASURES:
        if each.name in GROWING:
            command = [ALLY, *each.words]
            figure = paired(
                each.name, large.count, results.runs, partial(large.run, command), partial(small.run, command)
            )
            results.growth[each.name] = figure
            print(f"{large.count:,} against {small.count:,}: {each.name:<40} {figure.ratio:.2f} {MOST_GROWTH}")


def bend(results: Results) -> tuple[int, int, float] | None:
    """By how much an entry takes longer to export in the largest journal than in the one before it."""
    counts = [count for count in results.counts if (EXPORT, count) in results.figures]
    if len(counts) < 2 or counts[-2] < 1000:
        return None
    before, last = counts[-2:]
    return before, last, per_entry(results, last) / per_entry(results, before)


def per_entry(results: Results, count: int) -> float:
    """What the export of one entry takes without the start of the program, in units of `import typer`.

    Seconds of one moment say little about those of another: a machine is not always equally fast.
    """
    return (results.figures[EXPORT, count].ratio - results.figures[DISPATCH, count].ratio) / count


def verdicts(results: Results) -> list[Verdict]:
    """Every target that this run could judge. Those in the terms of ripgrep are for 100,000 entries alone."""
    largest = results.counts[-1]
    found = []
    for each in MEASURES:
        figure = results.figures.get((each.name, largest))
        if figure is None:
            continue
        if is_judged(each, largest):
            found.append(
                Verdict(f"{each.name}, {each.against}", figure.ratio, each.most or 0, _why(results, figure, each))
            )
        if each.has_limit and each.against == AGAINST_TYPER:
            why = _since(results, figure, attrgetter("peak"), MOST_MEMORY, " MiB")
            found.append(Verdict(f"{each.name}, memory in MiB", figure.peak, MOST_MEMORY, why))
    for name, figure in results.growth.items():
        why = f"{_ms(figure.seconds)} of CPU against {_ms(figure.yardstick)}."
        if name == REVIEW:
            small, *_, large = results.journals
            why += f" The week has {large.week:,} entries in the one, {small.week:,} in the other."
        found.append(Verdict(f"growth of {name}", figure.ratio, MOST_GROWTH, why))
    bent = bend(results)
    if bent:
        found.append(Verdict("an entry's export, growth", bent[2], MOST_BEND, "Export is not linear."))
    return found


def is_judged(each: Measure, count: int) -> bool:
    """Whether the target of a ratio holds for a journal of that size: where ripgrep is the yardstick, the full one."""
    return each.most is not None and (each.against == AGAINST_TYPER or count >= FULL)


def _why(results: Results, figure: Figure, each: Measure) -> str:
    """Where a ratio above its target comes from, as far as the figures tell."""
    if each.against != AGAINST_TYPER:
        return f"It takes {_ms(figure.seconds)} of CPU, ripgrep takes {_ms(figure.yardstick)}."
    start = results.figures[DISPATCH, figure.entries]
    own = f" Any dispatch is at {start.ratio:.2f}." if start != figure else ""
    return _since(results, figure, attrgetter("ratio"), each.most or 0, "") + own


def _since(results: Results, figure: Figure, value: Callable[[Figure], float], most: float, unit: str) -> str:
    """Whether what is over a target is there from the smallest journal on, or comes with the entries."""
    first = results.figures[figure.name, results.counts[0]]
    small, large = value(first), value(figure)
    if first == figure or large <= most:
        return ""
    if small <= most:
        return (
            f"With {first.entries:,} entries it is {small:.2f}{unit}: what is over the target comes with the entries."
        )
    rest = "" if small > 0.9 * large else "; the rest comes with the entries"
    return f"With {first.entries:,} entries it is {small:.2f}{unit}, over the target already{rest}."


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def page(results: Results) -> str:
    """docs/performance.md."""
    parts = ["# How fast ally is", HEAD, _measured(results), *_tables(results), *_reading(results)]
    return "\n\n".join(parts) + "\n"


def _measured(results: Results) -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    lines = [
        f"On {LAST + timedelta(days=1)}, on {platform.system()} with {os.cpu_count()} cores and {memory:.0f} GiB of "
        f"memory; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}. Up to {results.runs} pairs for "
        "each figure, fewer where a pair takes long. The journals are made (`benchmarks/journals.py`):",
        "",
    ]
    for place in results.journals:
        days = journals.days_of(place.entries)
        time_ = f"{days / 365.25:.0f} years" if days > 500 else "a year"
        lines.append(
            f"- {place.entries:,} entries of {time_}, {place.week} of them in the week reviewed; "
            f"`{OFTEN}` stands in {place.often:,}, `{SELDOM}` in {place.seldom:,}."
        )
    return "\n".join(lines)


def _tables(results: Results) -> list[str]:
    largest = results.counts[-1]
    parts = [f"## With {largest:,} entries", _table(LARGEST_HEAD, _largest_rows(results, largest))]
    if len(results.counts) > 1:
        parts += ["## From small to large", "CPU time, against `import typer` but where the row says otherwise:"]
        parts += [_table(["", *(f"{count:,}" for count in results.counts)], _rows_by_count(results))]
    if results.growth:
        small = results.counts[0]
        rows = [
            [name, f"{each.ratio:.2f}", f"{MOST_GROWTH}", _said(each.ratio, MOST_GROWTH)]
            for name, each in results.growth.items()
        ]
        parts += [f"The same command with {largest:,} entries against {small:,}, pair by pair:"]
        parts += [_table(["", "ratio", "target", ""], rows)]
    export = [
        [
            f"{count:,}",
            f"{per_entry(results, count) * results.others[AGAINST_TYPER, None].seconds * 1000:.3f} ms",
            f"{results.figures[EXPORT, count].peak:.0f} MiB",
        ]
        for count in results.counts
    ]
    parts += ["## Export", "`ally export --format json`, without the start of the program:"]
    parts += [_table(["entries", "CPU for an entry", "most memory"], export)]
    return [*parts, "## Beside other programs", BESIDE, _beside(results)]


def _largest_rows(results: Results, largest: int) -> list[list[str]]:
    rows = []
    for each in MEASURES:
        figure = results.figures.get((each.name, largest))
        most = f"{each.most:g}" if is_judged(each, largest) else ""
        if figure is None:
            rows.append([each.name, each.against, "not measured", most, *[""] * 5])
            continue
        is_slow, is_large = most and figure.ratio > (each.most or 0), each.has_limit and figure.peak > MOST_MEMORY
        missed = "**missed**" if is_slow or is_large else ""
        found = [f"{figure.ratio:.2f}", most, _ms(figure.seconds), str(figure.pairs), f"{figure.peak:.0f} MiB"]
        rows.append([each.name, each.against, *found, f"{MOST_MEMORY:g} MiB" if each.has_limit else "", missed])
    return rows


def _rows_by_count(results: Results) -> list[list[str]]:
    rows = []
    for each in MEASURES:
        found = [results.figures.get((each.name, count)) for count in results.counts]
        against = "" if each.against == AGAINST_TYPER else f" ({each.against})"
        rows.append([f"{each.name}{against}", *(f"{at.ratio:.2f}" if at else "not measured" for at in found)])
    return rows


def _beside(results: Results) -> str:
    """CPU milliseconds of the other programs, and of ally for the same."""
    rows = []
    for name in (AGAINST_PASS, AGAINST_TYPER):
        rows.append([name, *[_ms(results.others[name, None].seconds)] * len(results.counts)])
    for ours, theirs in SAME.items():
        pairs = [results.jrnl.get((ours, count)) for count in results.counts]
        alone_ = [results.figures.get((ours, count)) for count in results.counts]
        rows.append([ours, *(_ms(a.yardstick) if a else _cell(b) for a, b in zip(pairs, alone_, strict=True))])
        rows.append([theirs, *(_cell(each, is_there=bool(results.jrnl)) for each in pairs)])
    for name in (AGAINST_SEARCH, AGAINST_READING):
        found = [results.others.get((name, count)) for count in results.counts]
        rows.append([name, *(_cell(each, is_there=any(found)) for each in found)])
    return _table(["", *(f"{count:,}" for count in results.counts)], rows)


def _cell(found: Figure | Cost | None, is_there: bool = True) -> str:
    return _ms(found.seconds) if found else "not measured" if is_there else "not installed"


def _reading(results: Results) -> list[str]:
    """What the figures say, in sentences that they alone decide."""
    judged = verdicts(results)
    missed = [each for each in judged if each.missed]
    lines = [f"{len(judged) - len(missed)} of the {len(judged)} targets that this run could judge are met."]
    lines += [f"- **Missed**: {each.name}: {each.found:.2f}, at most {each.most:g}. {each.why}" for each in missed]
    lines += [f"- Not measured: {name}: {why}." for name, why in results.unmeasured.items()]
    lines += _on_jrnl(results)
    if results.counts[-1] < FULL:
        lines.append(f"- The targets are for {FULL:,} entries; those in the terms of ripgrep were not judged here.")
    return ["## What this says", lines[0], *(["\n".join(lines[1:])] if lines[1:] else [])]


def _on_jrnl(results: Results) -> list[str]:
    """What jrnl takes for the same, at the most entries that it was measured with."""
    lines = []
    for ours, theirs in SAME.items():
        found = [each for (name, _), each in sorted(results.jrnl.items()) if name == ours]
        if found:
            lines.append(
                f"- With {found[-1].entries:,} entries {theirs} takes {found[-1].ratio:.1f} times the CPU of {ours}."
            )
    return lines


def _said(found: float, most: float) -> str:
    return "**missed**" if found > most else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---" if each in WORDY else "---:" for each in head], *rows]
    return "\n".join(f"| {' | '.join(each)} |" for each in lines)


def main() -> int:
    """Measure, print, and write the page if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="What commands cost.")
    parser.add_argument("--counts", default=COUNTS, metavar="N,N…", help=COUNTS)
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"pairs for each figure; {RUNS}")
    parser.add_argument("--write", action="store_true", help="make docs/performance.md")
    parser.add_argument("--all", action="store_true", help="jrnl at every count too")
    given = parser.parse_args()
    counts = sorted({int(each) for each in given.counts.split(",")})
    results = measured(counts, max(1, given.runs), given.all)
    missed = [each for each in verdicts(results) if each.missed]
    print(f"{len(missed)} missed", *(f"{each.name}: {each.found:.2f} > {each.most:g}" for each in missed), sep="\n  ")
    if given.write:
        PAGE.write_text(page(results), "utf-8")
    return 1 if missed and not given.write else 0


def measured(counts: list[int], runs: int, everything: bool) -> Results:
    """Everything, in one run."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        places = [
            stack.enter_context(site(folder / str(count), count, count <= BEARABLE_FOR_JRNL or everything))
            for count in counts
        ]
        results = Results(runs, [place.size(LAST + timedelta(days=1)) for place in places])
        for name, command in ((AGAINST_PASS, PASS), (AGAINST_TYPER, TYPER)):
            results.others[name, None] = alone(places[0], command, runs)
        for place in places:
            for each in MEASURES:
                measure(results, place, each)
            compare(results, place)
        if len(places) > 1:
            grow(results, places[-1], places[0])
    return results


if __name__ == "__main__":
    sys.exit(main())
