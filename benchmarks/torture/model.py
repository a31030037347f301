"""A journal beside a model of it: two windows, an outside editor, and after each step every file is compared.

`python -m benchmarks.torture.model [runs [steps]]` says what it found; `--seed N` repeats one run, which is the
same each time but for the steps that two windows do at once. $ALLY_TESTED_SOURCE names another source tree.

The model knows what each command may do to which file; it reads with PyYAML, and with nothing of ally's.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
RUNS, STEPS = 500, 40
START = datetime.fromisoformat("2026-11-21T08:15:02+00:00")
MONTH = "entries/2026/11"
TAGS = ["hiring", "work", "work/night", "home"]
PEOPLE = ["priya", "sam"]
PROMPT = "deep-curiosity.a-guess"
BAD, LATIN, GOOD = "unreadable", "not UTF-8", "good"
Files = dict[str, bytes]
Table = dict[str, Any]

# What an outside editor leaves: hand-written files of many kinds. {w} is words of its own.
GOOD_FILES = [
    "---\ntags: [a, hiring]  # mine\nmood: fine\n---\n{w}\n",
    "---\r\ntags:\r\n- work # why\r\n- b\r\nx: 1\r\n---\r\n\r\n{w}\r\n",
    "\ufeff---\ntags: work, b\naliases:\n  - A\n...\n{w}",
    "{w}",
    "\ufeff{w}\n",
    "{w}\r\n\r\ntags: [a]\r\n#work and @sam\r\n",
    "---\n---\n{w}",
    "---\ncreated: 2026-11-20T08:15\ntags:\ncssclasses: []\n---\n# T\n\n{w} #hiring\n\n---\ntags: x\n---\n",
    "---\ntitle: >-\n  long\n  folded\ndate: 2026-11-19 08:15:00\nkeywords: [x]\nstarred: no # no\n---\n\n{w} @priya",
    '---\nid: "h{n}"\ndate: 2026-11-18\ncreated: 2026-11-18T10:00:00+01:00\nkind: note\n---\n\n{w} #home\n',
    '---\rid: "c{n}"\rtags:\r  - home\r---\r{w}\r',
]
OTHER_FILES = [
    "---\ntags: [a\n---\n{w}\n",
    "---\ntags: [a]\ntags: [b]\n---\n{w}\n",
    "---\nnever: closed\n{w}\n",
    "---\ntitle: caf\udce9\n---\n{w}\n",
]
NAMES = [f"{MONTH}/2026-11-17 by hand {{n}}.md", "entries/loose {n}.md", "entries/2026/10/2026-11-16-{n}.md"]
EDITOR = 'cp "$NEXT" "$1"\n[ -z "$RACE" ] || cp "$RACE" "$ENTRY"\n'


class Wrong(AssertionError):
    """The journal is not what the model says, or words are nowhere."""


class Done(NamedTuple):
    """How a run of `ally` ended."""

    code: int
    out: str
    err: str


@dataclass(eq=False)
class Operation:
    """What can be undone: edits as (path, before, after), and moves as (from, to)."""

    edits: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    moves: list[tuple[str, str]] = field(default_factory=list)


class Judged(NamedTuple):
    """The files as they must be now, and the operations that were done."""

    files: Files
    operations: list[Operation]


Judge = Callable[[Done, Files], Judged]


class Step(NamedTuple):
    """One command in one window: its words, and who judges the outcome.

    `env` is there for one on a terminal. `raced` is the entry that an outside editor writes over meanwhile.
    """

    words: list[str]
    judge: Judge
    stdin: str = ""
    env: dict[str, str] | None = None
    raced: str = ""


def need(holds: bool, what: str) -> None:
    """Raise Wrong unless it holds."""
    if not holds:
        raise Wrong(what)


def parts(data: bytes) -> tuple[Table, str] | None:
    """Front matter, every scalar as text, and body, by PyYAML alone; None if that cannot be read."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    rows = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    if not rows or rows[0].strip() != "---":
        return {}, text
    close = next((number for number, row in enumerate(rows) if number and row.strip() in ("---", "...")), 0)
    try:
        node = yaml.compose("".join(rows[1:close]), yaml.BaseLoader)
        table = yaml.load("".join(rows[1:close]), yaml.BaseLoader) or {}
    except yaml.YAMLError:
        return None
    names = [key.value for key, _ in node.value] if node else []
    return (table, "".join(rows[close + 1 :])) if close and len(set(names)) == len(names) else None


def sort_of(data: bytes) -> str:
    """Whether ally can read it, and change it."""
    try:
        return GOOD if parts(data) else BAD
    except UnicodeDecodeError:
        return LATIN


def table_of(data: bytes) -> Table:
    """The front matter of a good file."""
    found = parts(data)
    return found[0] if found else {}


def body_of(data: bytes) -> str:
    """What follows it, without line ends around it."""
    found = parts(data)
    return found[1].strip("\r\n") if found else ""


def names_in(value: Any) -> list[str]:
    """Tags or people, however they are written."""
    items = re.split(r"[,\s]+", value) if isinstance(value, str) else value or []
    return list(dict.fromkeys(each.strip().casefold().lstrip("#@") for each in items if each and each.strip()))


def is_yes(value: Any) -> bool:
    """Whether a flag is set."""
    return str(value).casefold() in ("true", "yes", "on")


def files_in(root: Path) -> Files:
    """Every Markdown file of the entries and the trash."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for folder in ("entries", ".trash")
        for path in (root / folder).rglob("*.md")
    }


class Window:
    """A process that runs `ally`, with a home of its own and the journal that both share."""

    def __init__(self, name: str, without: str = "") -> None:
        self.name = name
        source = os.environ.get("ALLY_TESTED_SOURCE", "")
        env = os.environ | {"PYTHONPATH": source, "ALLY_WITHOUT": without}
        command = [sys.executable, "-m", "benchmarks.torture.window"]
        self._process = subprocess.Popen(command, stdin=-1, stdout=-1, cwd=ROOT, env=env, text=True)

    def start(self, run: "Run", step: Step) -> None:
        """Let it run a command, and do not wait."""
        home = run.folder / self.name
        places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
        env = {"HOME": str(home), "PATH": os.environ["PATH"], "TERM": "dumb", "LANG": "C.UTF-8", "TZ": "UTC"}
        env |= places | {"ALLY_JOURNAL": str(run.root), "XDG_CACHE_HOME": str(run.cache)} | (step.env or {})
        request = {"words": step.words, "stdin": step.stdin, "terminal": step.env is not None, "env": env}
        request |= {"now": run.moment().isoformat(), "seed": f"{run.seed} {run.number} {self.name}"}
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def ended(self) -> Done:
        """How that ended."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        need(bool(line), "ally ended its process")
        done = Done(**json.loads(line))
        need("has a fault" not in done.err and "Traceback" not in done.err, f"a fault: {done.err}")
        return done

    def close(self) -> None:
        """End it."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


class Run:
    """One run: a journal, the model of it, and the dice."""

    def __init__(self, folder: Path, cache: Path, windows: list[Window], seed: int) -> None:
        self.folder, self.cache, self.windows, self.seed = folder, cache, windows, seed
        self.root = folder / "journal"
        self.dice = random.Random(seed)
        self.number = 0
        self.files: Files = {}
        self.operations: list[Operation] = []
        self.kept: set[bytes] = set()
        self.pending: dict[tuple[int, str], tuple[bytes, bytes]] = {}
        self.said: list[str] = []
        self.counts: Counter[str] = Counter()
        self.desk = folder.parent / "desk"
        for each in (folder, self.desk):
            each.mkdir(parents=True, exist_ok=True)
        (self.desk / "editor.sh").write_text(EDITOR)

    def go(self, steps: int) -> None:
        """Do so many steps. Raises Wrong."""
        for self.number in range(steps):
            kind = self.dice.choices(list(KINDS), [weight for _, weight in KINDS.values()])[0]
            self.counts[kind] += 1
            self.said.append(kind)
            KINDS[kind][0](self)
            self.check_kept()
        self.undo_everything()

    def moment(self) -> datetime:
        """The clock: a minute for each step, and now and then back by an hour."""
        return START + timedelta(minutes=self.number - 60 * (self.number % 7 == 6))

    def words(self) -> str:
        """Words that were never written before."""
        extra = self.dice.choice(
            ["", " #work", " with @priya", " #work/night and #hiring", "\n\n- a list\n\nÜber @sam #home"]
        )
        return f"Words {self.seed}-{self.number}-{self.dice.randrange(10**6)}.{extra}"

    def entry(self, *sorts: str) -> str | None:
        """The path of one of the entries."""
        found = [path for path in sorted(self.files) if path.startswith("entries/")]
        found = [path for path in found if not sorts or sort_of(self.files[path]) in sorts]
        return self.dice.choice(found) if found else None

    def named(self, path: str) -> str:
        """How a person names it: by its id, where that is its alone, or its path."""
        own = self.id_of(self.files[path])
        others = [each for each, data in self.files.items() if each.startswith("entries/") and self.id_of(data) == own]
        return own[: self.dice.choice([6, 10])] if own and len(others) == 1 and self.is_alone(own) else path

    def is_alone(self, own: str) -> bool:
        """Whether no other id begins as this one does."""
        ids = [self.id_of(data) for data in self.files.values()]
        return sum(each[:6] == own[:6] for each in ids) == 1

    def id_of(self, data: bytes) -> str:
        """Its id, if it has one."""
        own = table_of(data).get("id", "") if sort_of(data) == GOOD else ""
        return own if re.fullmatch(r"[a-z][0-9a-z]{3,31}", own) else ""

    def do(self, step: Step, window: int | None = None) -> Done:
        """Run a command in one window, judge it, and take over what it did."""
        window = self.dice.randrange(2) if window is None else window
        self.said.append(f"  window {window}: {' '.join(step.words)[:300]!r}")
        before = self.files
        self.windows[window].start(self, step)
        done = self.windows[window].ended()
        self.said.append(f"    {done.code} {done.out[:200]!r} {done.err[:300]!r}")
        after = files_in(self.root)
        judged = step.judge(done, after)
        self.compare(judged.files, after)
        self.operations += judged.operations
        self.kept |= {data for path, data in before.items() if after.get(path) != data and path != step.raced}
        for data in [before[step.raced]] if step.raced else []:
            self.let_go(data)
        self.files = after
        return done

    def compare(self, wanted: Files, found: Files) -> None:
        """Raises Wrong that names the files which differ."""
        differ = sorted(path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path))
        shown = "".join(f"\n  {path}\n    model {wanted.get(path)!r}\n    found {found.get(path)!r}" for path in differ)
        need(not differ, f"files are not as the model has them:{shown}")

    def check_kept(self) -> None:
        """Every text that ally took in, or displaced, is somewhere; nothing half-made lies about."""
        there = [path for path in self.folder.rglob("*") if path.is_file()]
        lost = self.kept - {path.read_bytes() for path in there}
        need(not lost, f"lost: {sorted(lost)}")
        need(not [path for path in there if path.name.startswith(".ally-tmp-")], "a temporary file is left")

    def let_go(self, data: bytes) -> None:
        """An outside program wrote over this text: only what was copied before is still promised."""
        if not any(path.is_file() and path.read_bytes() == data for path in self.folder.rglob("*")):
            self.kept.discard(data)

    def undo_everything(self) -> None:
        """At the end everything is undone, as far as it can be."""
        for _ in range(200):
            self.number += 1
            if undo(self).code != 0:
                self.check_kept()
                return
        raise Wrong("undo has no end")


def unchanged(run: Run) -> Judged:
    """Nothing may be different."""
    return Judged(dict(run.files), [])


def refused(run: Run, done: Done) -> Judged:
    """It must have failed, with a reason, and changed nothing."""
    need(done.code in (1, 2, 3) and bool(done.err.strip()), f"it should have been refused: {done}")
    return unchanged(run)


def added(run: Run, done: Done, after: Files, says: Callable[[bytes], None]) -> Judged:
    """One more entry, of which `says` approves."""
    need(done.code == 0, f"not saved: {done}")
    new = sorted(after.keys() - run.files.keys())
    need(len(new) == 1, f"new files: {new}")
    says(after[new[0]])
    run.kept.add(after[new[0]])
    return Judged(run.files | {new[0]: after[new[0]]}, [])


def note(run: Run) -> None:
    """A note, on the line or by pipe."""
    run.do(note_step(run))


def note_step(run: Run) -> Step:
    """A note with a title and a tag, or without."""
    text, is_piped = run.words(), run.dice.random() < 0.5
    tags = run.dice.sample(TAGS, run.dice.randrange(2))

    def says(data: bytes) -> None:
        need(body_of(data) == text, f"not what was written: {data!r}")
        need(names_in(table_of(data).get("tags"))[: len(tags)] == tags, f"not its tags: {data!r}")

    words = ["note", "-" if is_piped else text, *(word for each in tags for word in ("-t", each))]
    return Step(words, lambda done, after: added(run, done, after, says), text if is_piped else "")


def reflect(run: Run) -> None:
    """An answer by pipe."""
    text = run.words()

    def says(data: bytes) -> None:
        body = body_of(data)
        need(body.startswith("## ") and body.endswith(f"\n\n{text}"), f"not what was written: {data!r}")
        need(table_of(data)["prompts"] == [PROMPT], f"not its prompt: {data!r}")

    words = ["reflect", "-", "--another", "--prompt", PROMPT]
    run.do(Step(words, lambda done, after: added(run, done, after, says), text))


def related(before: bytes, after: bytes, key: str, holds: Callable[[Table], bool]) -> None:
    """`after` is `before` but for `key`, and for a day where there was none; `holds` is true of it."""
    need(sort_of(after) == GOOD, f"it cannot be read any more: {after!r}")
    old, new = table_of(before), table_of(after)
    own = {key} | ({"date"} - old.keys())
    same = {name: value for name, value in old.items() if name not in own}
    need(same == {name: value for name, value in new.items() if name not in own}, f"other keys: {before!r} {after!r}")
    need(body_of(before) == body_of(after), f"another body: {before!r} {after!r}")
    need(holds(new), f"{key} is not right: {before!r} {after!r}")
    lines = [line for line in re.split(rb"\r\n|\r|\n", before) if b"#" not in line or key.encode() not in line]
    foreign = [line for line in lines if line.startswith((b"mood", b"x:", b"aliases", b"cssclasses", b"keywords"))]
    need(all(line in after for line in foreign), f"other lines: {before!r} {after!r}")


Holds = Callable[[bytes], Callable[[Table], bool]]


def edited(run: Run, done: Done, after: Files, paths: Iterable[str], key: str, holds: Holds) -> Judged:
    """One operation that changes `key` in these files."""
    if any(sort_of(run.files[path]) != GOOD for path in paths):
        return refused(run, done)
    need(done.code == 0, f"it failed: {done}")
    wanted, operation = dict(run.files), Operation()
    for path in paths:
        need(path in after, f"{path} is gone")
        related(run.files[path], after[path], key, holds(run.files[path]))
        if after[path] != run.files[path]:
            operation.edits.append((path, run.files[path], after[path]))
        wanted[path] = after[path]
    return Judged(wanted, [operation] if operation.edits else [])


def some(run: Run) -> list[str]:
    """One or two entries."""
    found = [run.entry(GOOD), run.entry(GOOD) if run.dice.random() < 0.3 else run.entry()]
    return list(dict.fromkeys(path for path in found[run.dice.randrange(2) :] if path))


def flag_step(run: Run, paths: list[str]) -> Step:
    """A star or a mark, put on or taken away."""
    verb, key = run.dice.choice([("star", "starred"), ("mark", "for-coach")])
    off = run.dice.random() < 0.3
    words = [verb, *map(run.named, paths), *(["--off"] if off else [])]

    def holds(_before: bytes) -> Callable[[Table], bool]:
        return lambda table: is_yes(table.get(key)) != off

    return Step(words, lambda done, after: edited(run, done, after, paths, key, holds))


def tag_step(run: Run, paths: list[str]) -> Step:
    """A tag added or removed."""
    name = run.dice.choice(TAGS)
    is_added = run.dice.random() < 0.6
    words = ["tag", "add" if is_added else "remove", name, *map(run.named, paths)]

    def holds(before: bytes) -> Callable[[Table], bool]:
        now = names_in(table_of(before).get("tags"))
        wanted = [*now, *({name: 0} if name not in now else [])] if is_added else [each for each in now if each != name]
        return lambda table: names_in(table.get("tags")) == wanted

    def judge(done: Done, after: Files) -> Judged:
        good = [table_of(run.files[path]) for path in paths if sort_of(run.files[path]) == GOOD]
        if not is_added and any(name not in names_in(each.get("tags")) for each in good):
            return refused(run, done)
        return edited(run, done, after, paths, "tags", holds)

    return Step(words, judge)


def flag(run: Run) -> None:
    """`star`, `mark`."""
    if paths := some(run):
        run.do(flag_step(run, paths))


def tag(run: Run) -> None:
    """`tag add`, `tag remove`."""
    if paths := some(run):
        run.do(tag_step(run, paths))


def follows(name: str, sign: str, old: str) -> bool:
    """Whether a rename of `old` is about `name`."""
    return name == old or (sign == "#" and name.startswith(f"{old}/"))


def mentioned(data: bytes, sign: str) -> list[str]:
    """The tags or people in running text; the words of the model hold them between spaces alone."""
    text = data.decode("utf-8", "replace")
    found = parts(data) if sort_of(data) != LATIN else ({}, text)
    return re.findall(rf"(?:^|(?<=\s)){sign}([a-z][a-z/-]*[a-z])", found[1] if found else "")


def rename(run: Run) -> None:
    """`tags rename`, `people rename`, `merge`: in every entry at once."""
    sign, family, names = run.dice.choice([("#", "tags", TAGS), ("@", "people", PEOPLE)])
    old, new, verb = (
        run.dice.choice(names),
        run.dice.choice([*names, f"new{run.number}"]),
        run.dice.choice(["rename", "merge"]),
    )
    sign_key = "tags" if sign == "#" else "people"
    entries = {path: data for path, data in run.files.items() if path.startswith("entries/") and sort_of(data) != BAD}
    used = {
        path: {*(names_in(table_of(data).get(sign_key)) if sort_of(data) == GOOD else []), *mentioned(data, sign)}
        for path, data in entries.items()
    }
    touched = [path for path, each in sorted(used.items()) if any(follows(name, sign, old) for name in each)]
    is_there = any(follows(name, sign, new) for each in used.values() for name in each)

    def judge(done: Done, after: Files) -> Judged:
        if not touched or (is_there and verb == "rename" and old != new):
            return refused(run, done)
        if any(sort_of(entries[path]) == LATIN for path in touched):
            return refused(run, done)
        return renamed(run, done, after, touched, (sign, sign_key, old, new))

    run.do(Step([family, verb, old, new, "--yes"], judge))


def renamed(run: Run, done: Done, after: Files, touched: list[str], names: tuple[str, str, str, str]) -> Judged:
    """One operation that gives a name in every file that has it, in properties and in running text."""
    sign, key, old, new = names
    need(done.code == 0, f"it failed: {done}")
    wanted, operation = dict(run.files), Operation()
    for path in touched:
        check_rename(run.files[path], after.get(path, b""), sign, key, old, new)
        wanted[path] = after[path]
        if after[path] != run.files[path]:
            operation.edits.append((path, run.files[path], after[path]))
    return Judged(wanted, [operation] if operation.edits else [])


def check_rename(before: bytes, after: bytes, sign: str, key: str, old: str, new: str) -> None:
    """Names moved in properties and text, and nothing else."""

    def moved(name: str) -> str:
        stays = not follows(name, sign, old) or (follows(name, sign, new) and follows(new, sign, old))
        return name if stays else new + name[len(old) :]

    pattern = rf"(^|(?<=\s)){sign}([a-z][a-z/-]*[a-z])"
    body = re.sub(pattern, lambda match: f"{match[1]}{sign}{moved(match[2])}", body_of(before))
    need(body_of(after) == body, f"another body: {before!r} {after!r}")
    wanted = list(dict.fromkeys(moved(each) for each in names_in(table_of(before).get(key))))
    need(set(names_in(table_of(after).get(key))) == set(wanted), f"not its names: {before!r} {after!r}")
    own = {key} | ({"date"} - table_of(before).keys())
    same = [{name: value for name, value in table_of(data).items() if name not in own} for data in (before, after)]
    need(same[0] == same[1], f"other keys: {before!r} {after!r}")


def free(files: Iterable[str], path: str, given: Iterable[str] = ()) -> str:
    """`path`, or the next name like it that nothing has."""
    taken, stem, number, found = {*files, *given}, path.removesuffix(".md"), 1, path
    while found in taken:
        number += 1
        found = f"{stem}.{number}.md"
    return found


def moved(files: Files, moves: list[tuple[str, str]]) -> Files:
    """The files after these moves."""
    now = dict(files)
    for source, target in moves:
        now[target] = now.pop(source)
    return now


def delete_step(run: Run, paths: list[str]) -> Step:
    """Entries into the trash."""

    def judge(done: Done, _after: Files) -> Judged:
        if any(sort_of(run.files[path]) == BAD for path in paths):
            return refused(run, done)
        need(done.code == 0, f"it failed: {done}")
        moves: list[tuple[str, str]] = []
        for path in paths:
            moves.append((path, free(run.files, f".trash/{path}", [each for _, each in moves])))
        return Judged(moved(run.files, moves), [Operation(moves=moves)])

    return Step(["delete", *map(run.named, paths)], judge)


def delete(run: Run) -> None:
    """`delete`."""
    if paths := some(run):
        run.do(delete_step(run, paths))


def restore(run: Run) -> None:
    """`restore`, by the path in the trash."""
    trashed = [path for path in sorted(run.files) if path.startswith(".trash/") and sort_of(run.files[path]) != BAD]
    if not trashed:
        return
    path = run.dice.choice(trashed)

    def judge(done: Done, _after: Files) -> Judged:
        need(done.code == 0, f"it failed: {done}")
        moves = [(path, free(run.files, path.removeprefix(".trash/")))]
        return Judged(moved(run.files, moves), [Operation(moves=moves)])

    run.do(Step(["restore", path.removeprefix(".trash/")], judge))


def undo(run: Run) -> Done:
    """`undo`: the last operation of which something is left, or a refusal, to the byte."""

    def judge(done: Done, _after: Files) -> Judged:
        for last in reversed(run.operations):
            moves = [(target, source) for source, target in last.moves if target in run.files]
            edits = [each for each in last.edits if run.files.get(each[0]) != each[1]]
            if not edits and not moves:
                continue
            changed = any(run.files.get(path) != new for path, _, new in edits)
            if changed or any(target in run.files for _, target in moves):
                return refused(run, done)
            need(done.code == 0, f"it failed: {done}")
            run.operations.remove(last)
            back = {path: old for path, old, _ in edits}
            return Judged(moved(run.files, moves) | back, [])
        return refused(run, done)

    return run.do(Step(["undo"], judge))


def undo_once(run: Run) -> None:
    """`undo`."""
    undo(run)


def doctor(run: Run) -> None:
    """`doctor --fix`: an id and a day for files without, and each to its month."""

    def judge(_done: Done, after: Files) -> Judged:
        entries = [path for path in sorted(run.files) if path.startswith("entries/")]
        good = [path for path in entries if sort_of(run.files[path]) == GOOD]
        edits, now = Operation(), dict(run.files)
        moves = misplaced(run.files, entries)
        places = dict(moves)
        for path in [path for path in good if not run.id_of(run.files[path])]:
            new = after.get(places.get(path, path), b"")
            related(run.files[path], new, "id", lambda table: re.fullmatch("[a-z][0-9a-z]{9}", table["id"]) is not None)
            edits.edits.append((path, run.files[path], new))
            now[path] = new
        return Judged(moved(now, moves), [each for each in (edits, Operation(moves=moves)) if each.edits or each.moves])

    run.do(Step(["doctor", "--fix"], judge))


def misplaced(files: Files, entries: list[str]) -> list[tuple[str, str]]:
    """What the doctor moves: files in a month that is not theirs."""
    moves: list[tuple[str, str]] = []
    for path in entries:
        if sort_of(files[path]) != BAD and path.startswith("entries/2026/10/"):
            target = f"{MONTH}/{path.rsplit('/', 1)[-1]}"
            moves.append((path, free(files, target, [each for _, each in moves])))
    return moves


def edit(run: Run) -> None:
    """`edit`: with good words, none, or words that do not parse; an outside editor may come in between."""
    path = run.entry()
    if path is None:
        return
    window = run.dice.randrange(2)
    how = run.dice.choice(["good", "good", "good", "race", "broken", "same"])
    run.do(edit_step(run, path, window, how), window)


def edit_step(run: Run, path: str, window: int, how: str) -> Step:
    """An edit of one entry. What did not parse waits in the window's drafts, and is gone on with."""
    base, waiting = run.pending.get((window, path), (run.files[path], run.files[path]))
    end = b"\r\n" if b"\r\n" in base else b"\n"
    text = waiting + end + run.words().encode() + end
    text = b"---\ntitle: [\n---\n" + text if how == "broken" else waiting if how == "same" else text
    outside = run.words().encode() if how == "race" else b""
    for name, data in (("next", text), ("race", outside)):
        (run.desk / name).write_bytes(data)
    env = {"EDITOR": f"sh {run.desk / 'editor.sh'}", "NEXT": str(run.desk / "next")}
    env |= {"RACE": str(run.desk / "race") if outside else "", "ENTRY": str(run.root / path)}

    def judge(done: Done, _after: Files) -> Judged:
        if sort_of(run.files[path]) != GOOD:
            return refused(run, done)
        return after_edit(run, done, (window, path), base, waiting, text, outside)

    return Step(["edit", path], judge, env=env, raced=path if outside else "")


def after_edit(
    run: Run, done: Done, place: tuple[int, str], base: bytes, waiting: bytes, text: bytes, outside: bytes
) -> Judged:
    """What an edit must have done: a change, a conflict of which both are kept, or a draft."""
    path = place[1]
    now = run.files | ({path: outside} if outside else {})
    if text == base:
        need(done.code == 1, f"nothing was written, and yet: {done}")
        return Judged(now, [])
    # What was in the editor before is the person's to write over.
    run.kept.discard(waiting) if waiting != base and waiting != text else None
    run.kept.add(text)
    if sort_of(text) != GOOD:
        need(done.code == 1, f"it does not parse: {done}")
        run.pending[place] = (base, text)
        return Judged(now, [])
    run.pending.pop(place, None)
    if now[path] != base:
        need(done.code == 3 and ".conflict-" in done.err, f"a conflict, and yet: {done}")
        digest = hashlib.sha256(text).hexdigest()[:12]
        return Judged(now | {f"{path.removesuffix('.md')}.conflict-{digest}.md": text}, [])
    need(done.code == 0, f"it failed: {done}")
    return Judged(now | {path: text}, [Operation(edits=[(path, base, text)])])


def outside(run: Run) -> None:
    """Another program: it adds, rewrites in place, replaces by rename, or deletes a file."""
    how = run.dice.choice(["add", "add", "in place", "by rename", "delete"])
    path = run.entry() if how != "add" else outside_name(run)
    if path:
        run.said.append(f"  outside: {how} {path}")
        if how == "delete":
            (run.root / path).unlink()
        else:
            save(run.root / path, outside_text(run), how)
        run.let_go(run.files.get(path, b""))
        run.files = files_in(run.root)


def outside_name(run: Run) -> str:
    """A name that ally would not give."""
    return free(run.files, run.dice.choice(NAMES).format(n=run.dice.randrange(4)))


def outside_text(run: Run) -> bytes:
    """A file as people and programs write them."""
    text = run.dice.choice(GOOD_FILES * 2 + OTHER_FILES)
    unique = "".join(run.dice.choices("abcdefghjkmn", k=9))
    return text.format(w=run.words(), n=unique).encode("utf-8", "surrogateescape")


def save(path: Path, data: bytes, how: str) -> None:
    """As another program saves: into the file itself, or by a new one in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if how == "by rename":
        new = path.with_name("new")
        new.write_bytes(data)
        new.rename(path)
    else:
        path.write_bytes(data)


def look(run: Run) -> None:
    """Looking changes nothing, and shows what is there."""

    def judge(done: Done, _after: Files) -> Judged:
        need(done.code == 0, f"it failed: {done}")
        good = {path: data for path, data in run.files.items() if path.startswith("entries/") and sort_of(data) != BAD}
        rows = {row["path"]: row for row in json.loads(done.out)}
        need(rows.keys() == good.keys(), f"listed: {sorted(rows.keys() ^ good.keys())}")
        for path, data in good.items():
            if sort_of(data) == GOOD:
                need(is_yes(table_of(data).get("starred")) == rows[path]["starred"], f"not its star: {path}")
                need(set(names_in(table_of(data).get("tags"))) <= set(rows[path]["tags"]), f"not its tags: {path}")
        return unchanged(run)

    run.do(Step(["list", "--json"], judge))


def at_once(run: Run) -> None:
    """Two windows at the same time, and at times an outside editor too: nothing is lost and nothing is torn."""
    paths = some(run)
    makers = [flag_step, tag_step, delete_step] if paths else []
    steps = [run.dice.choice(makers)(run, paths) if makers else note_step(run), note_step(run)]
    if paths and run.dice.random() < 0.7:
        steps[1] = run.dice.choice(makers)(run, paths)
    saved = outside_text(run) if paths and run.dice.random() < 0.4 else b""
    dones, saved = together(run, steps, paths[0] if saved else "", saved)
    after = files_in(run.root)
    check_together(run, steps, dones, after, paths, saved)
    run.files = after
    run.operations = recorded(run.root)


def together(run: Run, steps: list[Step], path: str, saved: bytes) -> tuple[list[Done], bytes]:
    """Start both, save from outside meanwhile, and wait for both; gives what was saved, if the file was there."""
    for window, step in zip(run.windows, steps, strict=True):
        run.said.append(f"  at once: {' '.join(step.words)[:300]!r}")
        window.start(run, step)
    time.sleep(run.dice.random() * 0.02 if saved else 0)
    saved = saved if saved and (run.root / path).exists() else b""
    if saved:
        with_rename = run.dice.random() < 0.7
        run.said.append(f"  at once, outside: {path} {'by rename' if with_rename else 'in place'}")
        save(run.root / path, saved, "by rename" if with_rename else "in place")
    dones = [window.ended() for window in run.windows]
    run.said += [f"    {done.code} {done.out[:200]!r} {done.err[:300]!r}" for done in dones]
    return dones, saved


def check_together(
    run: Run, steps: list[Step], dones: list[Done], after: Files, paths: list[str], saved: bytes
) -> None:
    """What neither was about is the same; what was there, came in, or was saved outside, is somewhere."""
    for path, data in run.files.items():
        need(path in paths or after.get(path) == data, f"{path} was nobody's business")
    replaced = {run.files[paths[0]]} if saved else set()
    run.kept |= {data for path, data in run.files.items() if after.get(path) != data} - replaced
    for data in replaced:
        run.let_go(data)
    run.kept |= {saved} if saved and saved not in run.files.values() else set()
    for step, done in zip(steps, dones, strict=True):
        need(done.code in (0, 1, 3), f"it ended as nothing should: {done}")
        if step.words[0] == "note":
            text = step.stdin or step.words[1]
            need(done.code == 0, f"not saved: {done}")
            need(any(body_of(data) == text for data in after.values() if sort_of(data) == GOOD), "a note is missing")


def recorded(root: Path) -> list[Operation]:
    """The operations as ally wrote them down, for after two windows worked at once in an order of their own."""
    found, undone = {}, set()
    for path in sorted((root / ".ally/operations").glob("*.json")):
        row = json.loads(path.read_bytes())
        undone.add(row["undoes"])
        if row["undoes"] is None:
            found[path.stem] = Operation(
                [(where, *pair) for where, *names in row["edits"] if (pair := versions(root, names))],
                [(source, target) for source, target in row["moves"]],
            )
    return [
        operation for name, operation in found.items() if name not in undone and (operation.edits or operation.moves)
    ]


def versions(root: Path, names: list[str]) -> list[bytes]:
    """The versions before and after, if the edit was done."""
    paths = [root / ".ally/history" / name for name in names]
    return [path.read_bytes() for path in paths] if all(path.exists() for path in paths) else []


KINDS: dict[str, tuple[Callable[[Run], None], int]] = {
    "note": (note, 8),
    "reflect": (reflect, 4),
    "edit": (edit, 10),
    "star or mark": (flag, 8),
    "tag": (tag, 10),
    "rename": (rename, 6),
    "delete": (delete, 8),
    "restore": (restore, 6),
    "undo": (undo_once, 10),
    "doctor": (doctor, 4),
    "outside": (outside, 14),
    "list": (look, 3),
    "at once": (at_once, 9),
}


class Result(NamedTuple):
    """Runs, steps by their kind, and the faults: seed, what, and the steps that led there."""

    runs: int
    counts: Counter[str]
    faults: list[tuple[int, str, list[str]]]


def runs(folder: Path, seeds: Iterable[int], steps: int, without: str = "") -> Result:
    """One run for each seed. `without` takes a safeguard out of the windows (see `window`)."""
    windows = [Window(name, without) for name in ("left", "right")]
    counts: Counter[str] = Counter()
    faults, number = [], 0
    try:
        for seed in seeds:
            number += 1
            run = Run(folder / str(seed), folder / "cache", windows, seed)
            try:
                run.go(steps)
            except Wrong as wrong:
                faults.append((seed, str(wrong), run.said))
                print(f"  seed {seed}: {str(wrong)[:200]}", flush=True)
            counts += run.counts
            shutil.rmtree(run.folder, ignore_errors=True)
    finally:
        for window in windows:
            window.close()
    return Result(number, counts, faults)


def say(result: Result, whole: bool = False) -> None:
    """Print the figures, and each fault with its seed."""
    print(f"{result.runs} runs, {result.counts.total()} steps, {len(result.faults)} faults")
    print("  " + ", ".join(f"{count} {kind}" for kind, count in sorted(result.counts.items())))
    for seed, what, said in result.faults[:50]:
        print(f"seed {seed}, step {len([line for line in said if line[0] != ' '])}: {what[:1500]}")
        print("\n".join(said if whole else said[-4:]))
        print(f"  again: python -m benchmarks.torture.model --seed {seed}", flush=True)


def main() -> int:
    """Run as the command line says; gives 1 when there was any fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture.model")
    parser.add_argument("runs", type=int, nargs="?", default=RUNS)
    parser.add_argument("steps", type=int, nargs="?", default=STEPS)
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ally-model-"))
    try:
        seeds = range(given.runs) if given.seed is None else [given.seed]
        result = runs(folder, seeds, given.steps)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(result, given.seed is not None)
    return int(bool(result.faults))


if __name__ == "__main__":
    sys.exit(main())
