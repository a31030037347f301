"""The index beside a naive reading of every file: `python -m benchmarks.torture.index [rounds [--seed N]]`.

Each round changes the journal as people and programs do (files added, edited in place, replaced, renamed, deleted,
folders moved, clocks set wrong, the index deleted, damaged or taken from another journal, two processes at once) and
then asks the index what a reading of all files says too. Nothing may differ. In every fifth round the index looks at
so few files at a time that it cannot know all: then what it shows must be true, and soon all of it be there.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import Stemmer

from allyjournal.dates import Period
from allyjournal.journal.entry import Entry
from allyjournal.journal.filters import Filter
from allyjournal.journal.folder import Journal, new_id
from allyjournal.journal.index import files as watched
from allyjournal.journal.index import past, watch
from allyjournal.journal.index.index import Index
from allyjournal.journal.past import Past
from allyjournal.journal.search import parse_query
from allyjournal.practice.schedule import History, history_before

ROUNDS = 2_000
TODAY = date(2026, 11, 21)
FEW = 7
WORDS = [
    "hire",
    "hiring",
    "hired",
    "follow-up",
    "o'brien",
    "café",
    "Łódź",
    "straße",
    "Αθήνα",
    "αθηνα",
    "meeting",
    "meetings",
    "inclusive",
    "inclusion",
    "listen",
    "listened",
    "メモ帳",
    "会議",
    "会議室",
    "김민준",
    "🎉",
    "C++",
    "e.g.",
    "İpek",
    "foo_bar",
    "NEAR",
    "OR",
    "promotion",
    "promotions",
    "walk",
    "x1",
    "2026",
    "the",
    "naïve",
    "don’t",
]
TAGS, PEOPLE, PROMPTS = ["hiring", "work", "work/night"], ["priya", "sam"], ["a.one", "a.two", "b.one"]
ENGLISH = Stemmer.Stemmer("english")


@dataclass
class Model:
    """A journal, its index' folder, and what went wrong so far."""

    root: Path
    chance: random.Random
    faults: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def journal(self) -> Journal:
        return Journal(self.root / "journal")

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def index(self) -> Index:
        return Index(self.journal, self.cache)

    def paths(self) -> list[Path]:
        return [self.journal.root / each for each in self.journal.paths()]

    def text(self) -> str:
        count = self.chance.randint(1, 12)
        words = " ".join(self.chance.choice(WORDS) for _ in range(count))
        marks = [f"#{each}" for each in TAGS if self.chance.random() < 0.2]
        marks += [f"@{each}" for each in PEOPLE if self.chance.random() < 0.2]
        task = "\n\n- [ ] do it [due:: 2026-11-26] [id:: q1w2e3]\n" if self.chance.random() < 0.1 else ""
        return f"{words} {' '.join(marks)}{task}"


def add(model: Model) -> None:
    """A new entry, on some day of two years."""
    chance = model.chance
    day = TODAY - timedelta(days=chance.choice([0, 0, 1, 40, 400, 700]))
    created = datetime.combine(day, datetime.min.time(), UTC) + timedelta(seconds=chance.randint(0, 86399))
    prompt = chance.choice([*PROMPTS, None])
    entry = Entry(
        id=new_id(),
        date=day,
        created=created,
        title=chance.choice(["", "Hiring", "Café"]),
        kind="reflection" if prompt else "note",
        prompts=(prompt,) if prompt else (),
        asked=("What?",) if prompt else (),
        practices=(prompt[0],) if prompt else (),
        starred=chance.random() < 0.2,
        body=(f"## What?\n\n{model.text()}" if prompt else model.text()),
    )
    model.journal.add(entry)


def edit_in_place(model: Model) -> None:
    """As nano and VS Code do: the same file, other bytes; often of the same length, sometimes with its old times."""
    for path in _some(model):
        before = path.stat()
        data = path.read_bytes()
        new = data.replace(b"hiring", b"walked") if model.chance.random() < 0.5 else data + model.text().encode()
        with path.open("r+b") as file:
            file.write(new)
            file.truncate()
        if model.chance.random() < 0.3:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def save_over(model: Model) -> None:
    """As vim does: another file takes the name."""
    for path in _some(model):
        new = path.with_name(".new")
        new.write_bytes(path.read_bytes() + model.text().encode())
        new.rename(path)


def spoil(model: Model) -> None:
    """Front matter that does not parse; or it is mended by being written over."""
    for path in _some(model):
        path.write_text(model.chance.choice(["---\ntags: [a\n---\nx", "---\nnever", f"just {model.text()}", ""]))


def rename(model: Model) -> None:
    """A file gets another name, in its folder or elsewhere."""
    for path in _some(model):
        folder = model.chance.choice([path.parent, model.journal.root / "entries", model.journal.root / "entries/mine"])
        folder.mkdir(exist_ok=True)
        path.rename(folder / f"{new_id()} ö.md")


def delete(model: Model) -> None:
    """A file is gone."""
    for path in _some(model):
        path.unlink()


def move_folder(model: Model) -> None:
    """A folder of months is renamed, hidden, or gone."""
    folders = sorted({each.parent for each in model.paths()} - {model.journal.root / "entries"})
    if folders:
        folder = model.chance.choice(folders)
        to = folder.with_name(model.chance.choice([f"{new_id()}", f".{new_id()}"]))
        folder.rename(to)


def set_clock(model: Model) -> None:
    """Files from the future and from long ago."""
    for path in _some(model):
        moment = time.time_ns() + model.chance.choice([-1, 1]) * model.chance.choice([10**9, 86400 * 10**9, 10**17])
        os.utime(path, ns=(moment, max(0, moment)))


def delete_index(model: Model) -> None:
    """The cache, or a part of it, is gone."""
    for path in model.cache.iterdir() if model.cache.exists() else ():
        if model.chance.random() < 0.6:
            path.unlink()


def damage_index(model: Model) -> None:
    """Bytes of the index are not what they were."""
    for path in sorted(model.cache.glob("*")) if model.cache.exists() else ():
        size = path.stat().st_size
        how = model.chance.randrange(4)
        with path.open("r+b") as file:
            if how == 0:
                file.truncate(model.chance.randrange(size + 1))
            elif size:
                at = 0 if how == 1 else model.chance.randrange(size)
                file.seek(at)
                file.write(model.chance.randbytes(64) if how < 3 else bytes(min(4096, size - at)))


def take_another(model: Model) -> None:
    """The index of another journal lies where ours should."""
    other = Model(model.root / "other", model.chance)
    add(other)
    other.index().choose(Filter())
    ours = sorted(each.name for each in model.cache.glob("*.sqlite"))
    for path in other.cache.glob("*") if ours else ():
        shutil.copy2(path, model.cache / f"{ours[0].removesuffix('.sqlite')}{path.suffix}")
    shutil.rmtree(other.root)


def ask_beside(model: Model) -> None:
    """Another process asks while this one writes."""
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            try:
                for _ in range(3):
                    model.index().choose(Filter(), parse_query(["hiring"]))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        children.append(child)
    add(model)
    edit_in_place(model)
    for child in children:
        if os.waitpid(child, 0)[1]:
            model.faults.append("a process beside this one failed")


STEPS: dict[Callable[[Model], None], int] = {
    add: 30, edit_in_place: 20, save_over: 10, spoil: 5, rename: 8, delete: 8, move_folder: 2, set_clock: 4,
    delete_index: 3, damage_index: 6, take_another: 1, ask_beside: 3,
}  # fmt: skip


def judge(model: Model) -> None:
    """Ask the index and the files the same questions."""
    entries = model.journal.all()
    index = model.index()
    for _ in range(3):
        typed, wanted = _query(model), _filter(model)
        query = parse_query(typed)
        if query.wanted:
            found = [each.path for each in index.cards(index.choose(wanted, query).numbers)]
            naive = [each.path for each in wanted.choose(entries.entries) if _fits(each, typed)]
            _same(model, f"search {typed} {wanted}", found, naive)
    cards = index.cards(index.choose(Filter()).numbers)
    _same(model, "cards", [_facts(each) for each in cards], [_facts(each) for each in entries.entries])
    _same(model, "unreadable", sorted(map(str, index.unreadable())), sorted(map(str, entries.unreadable)))
    known = History.of(index.ask(lambda db: past.past(db, TODAY, also_today=False)))
    naive_past = history_before(entries.entries, TODAY, also_today=False)
    _same(model, "past", _past(known), _past(naive_past))


def judge_few(model: Model) -> None:
    """With fewer files looked at in each run: what is shown is true, and soon it is all there."""
    whole, watch.WHOLE, piece, watch.SLICE = watch.WHOLE, 0, watch.SLICE, FEW
    newest, watched.NEWEST = watched.NEWEST, 0
    try:
        typed = _query(model)
        if not parse_query(typed).wanted:
            return
        numbers = model.index().choose(Filter(), parse_query(typed))
        index = model.index()
        shown = list(index.entries(index.choose(Filter(), parse_query(typed)).numbers))
        if not all(_fits(each, typed) for each in shown):
            model.faults.append(f"shown, but not so: {typed}, {len(numbers.numbers)}")
        for _ in range(len(model.paths()) // FEW + 2):
            model.index().choose(Filter())
    finally:
        watch.WHOLE, watch.SLICE, watched.NEWEST = whole, piece, newest
    judge(model)


def _facts(each: object) -> tuple[object, ...]:
    names = (
        "path",
        "id",
        "date",
        "created",
        "title",
        "kind",
        "pack_id",
        "prompts",
        "practices",
        "all_tags",
        "all_people",
    )
    more = ("starred", "private", "for_coach", "exercise", "next_step", "voice", "reply_to", "words", "commitments")
    return tuple(getattr(each, name) for name in (*names, *more))


def _past(found: History) -> Past:
    return Past(found.prompts, found.practices, found.today, found.last)


def _same(model: Model, what: str, found: object, wanted: object) -> None:
    model.done["questions"] += 1
    if found != wanted:
        model.faults.append(f"{what}: {found!r} is not {wanted!r}"[:600])


def _query(model: Model) -> list[str]:
    chance = model.chance
    words = [chance.choice(WORDS) for _ in range(chance.choice([1, 1, 2]))]
    return [chance.choice(["", "", "", "-"]) + _dressed(chance, each) for each in words]


def _dressed(chance: random.Random, word: str) -> str:
    return chance.choice([word, word, word, f'"{word} {chance.choice(WORDS)}"', f"{word[:3]}*", word.upper()])


def _filter(model: Model) -> Filter:
    chance = model.chance
    return Filter(
        chance.choice([Period(), Period(), Period(TODAY - timedelta(days=60), TODAY), Period(None, TODAY)]),
        tags=chance.choice([(), (), ("work",), ("hiring",)]),
        without=chance.choice([(), (), ("work/night",)]),
        people=chance.choice([(), (), ("sam",)]),
        prompts=chance.choice([(), (), ("a.one", "b.one")]),
        starred=chance.random() < 0.1,
        contains=chance.choice([None, None, None, "ing"]),
    )


def _fits(entry: Entry, typed: list[str]) -> bool:
    words = _words(f"{entry.title}\n{entry.body}")
    return all(_has(words, each.removeprefix("-")) != each.startswith("-") for each in typed if _words(each))


def _has(words: list[str], term: str) -> bool:
    """Whether a term is in a text, both as plain lists of words: no index, no pattern."""
    wanted, begins = _words(term), term.rstrip('"').endswith("*")
    if len(wanted) == 1 and '"' not in term and not begins:
        return any(_stem(each) == _stem(wanted[0]) for each in words)
    rows = [words[at : at + len(wanted)] for at in range(len(words))]
    return any(
        row[:-1] == wanted[:-1] and (row[-1].startswith(wanted[-1]) if begins else row[-1] == wanted[-1])
        for row in rows
        if len(row) == len(wanted)
    )


def _stem(word: str) -> str:
    return str(ENGLISH.stemWord(word)) if word.isascii() and word.isalpha() and len(word) > 2 else word


def _words(text: str) -> list[str]:
    """The words of a text, letter by letter."""
    spaced = []
    for char in unicodedata.normalize("NFKC", text):
        name = unicodedata.name(char, "")
        if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) or unicodedata.category(char) == "So":
            spaced.append(f" {char} ")
        else:
            plain = unicodedata.normalize("NFKD", char.casefold())
            letters = (each for each in plain if not unicodedata.combining(each))
            spaced.append("".join({"ł": "l", "ı": "i"}.get(each, each) if each.isalnum() else " " for each in letters))
    return "".join(spaced).split()


def _some(model: Model) -> list[Path]:
    paths = model.paths()
    return model.chance.sample(paths, min(len(paths), model.chance.choice([1, 1, 2, 4])))


def run(folder: Path, seed: int, rounds: int) -> Model:
    """So many rounds on one journal; a new one is begun after every fifty."""
    chance = random.Random(seed)
    model = Model(folder / "0", chance)
    for number in range(rounds):
        if number % 50 == 0:
            faults, done = model.faults, model.done
            shutil.rmtree(model.root, ignore_errors=True)
            model = Model(folder / str(number), chance, faults, done)
            for _ in range(20):
                add(model)
        steps = chance.choices(list(STEPS), list(STEPS.values()), k=chance.choice([1, 1, 2, 3]))
        for step in steps:
            step(model)
            model.done[step.__name__] += 1
        before = len(model.faults)
        (judge_few if number % 5 == 4 else judge)(model)
        model.faults[before:] = [
            f"round {number} after {[each.__name__ for each in steps]}: {each}" for each in model.faults[before:]
        ]
    shutil.rmtree(model.root, ignore_errors=True)
    return model


def main() -> int:
    """Say what was done and what was found; 1 if anything differed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("rounds", type=int, nargs="?", default=ROUNDS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = run(Path(folder), asked.seed, asked.rounds)
    for name, count in sorted(model.done.items()):
        print(f"{name:<16} {count:>7}")
    for fault in model.faults[:20]:
        print(fault)
    print(f"{asked.rounds} rounds: {len(model.faults)} faults")
    return 1 if model.faults else 0


if __name__ == "__main__":
    sys.exit(main())
