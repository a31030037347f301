"""A journal as one might grow over the years: `python -m benchmarks.journals FOLDER COUNT [--seed N] [--last DAY]`.

The entries answer the prompts of the packs that come with the program, in made words about people who do not
exist. The same seed gives the same bytes. A hundred entries lie in about a year, 100,000 in almost forty. Each file
is put together by hand, as `document.to_text` would write it, and is not synced: 100,000 take less than a minute.
With `--jrnl FILE` the same entries also go into one file of jrnl's.
"""

import argparse
import math
import os
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date, datetime, time, timedelta, timezone
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from allyjournal.journal import scalars
from allyjournal.journal.folder import ALPHABET, LETTERS, month_folder


def _each(words: str) -> list[str]:
    return words.split()


LAST = date(2026, 11, 21)
# 100 entries lie in a year; 100,000 in 476 months.
FEW, FEW_DAYS, MANY, MANY_DAYS = 100, 365, 100_000, 14_479
SHARES = {"reflection": 60, "note": 30, "exercise": 6, "review": 2, "feedback": 2}
FEWEST_WORDS, MOST_WORDS = 60, 400
WORDS_IN_ALL = 20_000
DAILY, WEEKLY = "seven-practices", "weekly-review"
# Kinds of answer that take many words; and the exercises that belong to an event, never to themselves.
LONG = ("text", "commitment")
AROUND = ("before", "after")
REACHES = ("everyday", "everyday", "statement", "conversation", "conversation", "structure", "cede")
# What became of a commitment that is past, in per mille: few stay open for years.
PAST = {"kept": 750, "dropped": 248, "open": 2}
RECENT = timedelta(days=45)

# The commonest first: the vocabulary is drawn from with weight 1 / rank.
ORDINARY = _each("""
the I to and a of in that was she he they it my for on with not what her at we had as but so his me when about who
said would this them have from one then by asked out up how all did if no been were there because or an before will
be could time someone next team who'd didn't their again after today really meeting only never into room people some
more just first than thought other over why still heard any where went came can now without your know felt think made
work week spoke name same always good long ask listen question answer wait quiet voice small day call plan talk
people's manager colleague sentence interrupt notice silence decision credit idea agenda table chair minute honest
assumption guess story habit pattern mistake apology feedback promise follow change rule budget power seat language
accent holiday childcare wheelchair salary promotion interview candidate hiring onboarding mentor sponsor network
lunch corridor email message camera screen project deadline shift rota review goal pressure trust respect doubt
courage shame anger relief joy comfort discomfort tired curious careful slow loud late early alone together inside
outside open close begin finish stop repeat remember forget learn teach share give take keep lose carry leave stay
move push hold help hear read write draft send show hide speak stand sit walk turn look watch mean need want hope
fear choose decide agree refuse accept explain describe thank invite include exclude assume admit own owe pay earn
""")
PREFIXES = ("un", "re", "over", "under", "out", "mis")
SUFFIXES = ("ness", "ful", "less", "able", "ing", "ed", "er", "ly", "s")
SYLLABLES = [
    f"{first}{vowel}{end}"
    for first in _each("b br c d f gr h l m n p r s st t tr v w")
    for vowel in "aeiou"
    for end in _each("l n r s t nd")
]
ACCENTED = ("café", "naïve", "résumé", "déjà", "façade", "über", "señora", "coöperate", "fiancée", "smörgåsbord")
OTHER_SCRIPTS = (
    "今日は会議で最後まで話を聞いた。",
    "沉默也是一种回答。",
    "다음에는 먼저 물어보자。",
    "Сначала я промолчал, потом спросил.",
    "لم أسأل أحدا.",
)
TAGS = _each("""
hiring meetings listening feedback onboarding credit team/design promotion pay remote interruptions language
parents work/planning religion access mentoring names team/support humour pronouns budget retro conflict
family rota school neighbours ageing health borders night-shift team/sales training trust power silence
1-1 q3_goals work/offsite queue überblick 会議
""")
PEOPLE = _each("""
amaru belisa corvin dagna elwyn fenra galo hesper ilvane jorun kessa lumi marek-o nadira oskel pavi quenna rosil senka
tavio ulrike-b vanja wendo xanthe yorin zelda-q anouska brenno cassim dovile emeka-t ferrin gwenda hakon-s irvine_k
juno kiran-d lotte mirela noé-v okan perla zoë-m
""")


class Asked(NamedTuple):
    """A prompt or a step of an exercise; `listed` and `quoted` are its id and its text as front matter has them."""

    text: str
    listed: str
    quoted: str
    practice: str
    answer: str
    voice: str
    choices: Sequence[str]


class Pack(NamedTuple):
    """A pack that comes with the program: `exercises` are (id, title, steps)."""

    id: str
    reference: str
    title: str
    prompts: Sequence[Asked]
    exercises: Sequence[tuple[str, str, Sequence[Asked]]]


class Made(NamedTuple):
    """One made entry: its path in the journal, its whole text, and what other journals would keep of it."""

    path: str
    text: str
    kind: str
    created: datetime
    title: str
    body: str


def write(folder: Path, count: int, seed: int = 0, last: date = LAST, jrnl: Path | None = None) -> Counter[str]:
    """A journal of `count` entries in `folder`, which is made; gives how many there are of each kind.

    With `jrnl`, the same entries in one file as jrnl keeps them.
    """
    with open(jrnl, "w", encoding="utf-8") if jrnl else nullcontext() as one:
        return _write(folder, entries(count, seed, last), one)


def _write(folder: Path, made: Iterable[Made], one: TextIO | None) -> Counter[str]:
    os.makedirs(folder, mode=0o700, exist_ok=True)
    _put(f"{folder}/journal.toml", "format = 1\n")
    kinds: Counter[str] = Counter()
    month = ""
    for each in made:
        if month != each.path[:15]:
            month = each.path[:15]
            for depth in (7, 12, 15):
                _folder(f"{folder}/{month[:depth]}")
        _put(f"{folder}/{each.path}", each.text)
        kinds[each.kind] += 1
        if one:
            one.write(f"[{each.created:%Y-%m-%d %H:%M}] {each.title or 'Untitled'}\n{each.body}\n\n")
    return kinds


def entries(count: int, seed: int = 0, last: date = LAST) -> Iterator[Made]:
    """The entries, the earliest first. Nothing is written."""
    chance = random.Random(seed)
    writer = _Writer(chance, last, _packs())
    for moment in _moments(chance, count, last):
        yield writer.entry(moment)


def vocabulary() -> list[str]:
    """The words in the order of their rank, the commonest first. The same for every seed."""
    stems = [word for word in ORDINARY if len(word) > 3 and word.isalpha()]
    rare = [f"{before}{stem}" for before in PREFIXES for stem in stems]
    rare += [f"{stem}{after}" for after in SUFFIXES for stem in stems]
    chance = random.Random(0)
    rare += ["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(2 * WORDS_IN_ALL)]
    rare = list(dict.fromkeys(rare))
    chance.shuffle(rare)
    words = list(dict.fromkeys([*ORDINARY, *rare]))[:WORDS_IN_ALL]
    for number, word in enumerate(ACCENTED):
        words.insert(600 * (number + 1), word)
    return words


def days_of(count: int) -> int:
    """Over how many days that many entries lie."""
    steepness = math.log(MANY_DAYS / FEW_DAYS) / math.log(MANY / FEW)
    return max(1, min(MANY_DAYS, round(FEW_DAYS * math.pow(count / FEW, steepness))))


def _moments(chance: random.Random, count: int, last: date) -> Iterator[datetime]:
    """When each entry is written: the first and the last day have one, no two share a second."""
    days = days_of(count)
    if count < 1:
        return
    ends = [days - 1, 0][:count]
    drawn = Counter([*ends, *(chance.randrange(days) for _ in range(count - len(ends)))])
    for number in sorted(drawn):
        day = last - timedelta(days=days - 1 - number)
        zone = timezone(timedelta(hours=2 if 4 <= day.month <= 10 else 1))
        for second in sorted(chance.sample(range(6 * 3600, 23 * 3600), drawn[number])):
            yield datetime.combine(day, time(second // 3600, second // 60 % 60, second % 60), zone)


class _Writer:
    """Makes up one entry after another. All that is slow is done once, here.

    `named` are the tags and people of the entry that is being made, each with its sign; `waiting` those of them
    that its text does not have yet.
    """

    def __init__(self, chance: random.Random, last: date, packs: Sequence[Pack]) -> None:
        self.chance = chance
        self.last = last
        self.daily = next(each for each in packs if each.id == DAILY)
        self.weekly = next(each for each in packs if each.id == WEEKLY)
        self.others = [each for each in packs if each.prompts and each is not self.daily]
        self.exercises = [(pack, *each) for pack in packs for each in pack.exercises if each[0] not in AROUND]
        self.words, self.tags, self.people = (_Ranked(each) for each in (vocabulary(), TAGS, PEOPLE))
        self.kinds = list(accumulate(SHARES.values()))
        self.taken: set[str] = set()
        self.earlier = ""
        self.named: list[str] = []
        self.waiting: list[str] = []

    def entry(self, moment: datetime) -> Made:
        """One entry of that moment."""
        name, day = self._name(10), moment.date()
        kind = self.chance.choices([*SHARES], cum_weights=self.kinds)[0]
        self._name_some()
        parts: _Parts = getattr(self, f"_{kind}")(day)
        self._add_blocks(parts, day)
        rows = [f'id: "{name}"', f"date: {day.isoformat()}", f"created: {moment.isoformat(timespec='seconds')}"]
        rows += [f"title: {parts.title}"] if parts.title else []
        rows += [f"kind: {kind}", *parts.rows, *self._properties(parts, moment)]
        body = "\n\n".join(parts.blocks)
        self.earlier = name
        path = f"entries/{month_folder(day)}/{day.isoformat()}-{moment:%H%M}-{name}.md"
        return Made(path, "\n".join(["---", *rows, "---", "", body, ""]), kind, moment, parts.title, body)

    def _reflection(self, _: date) -> "_Parts":
        """One prompt of a pack; after a short answer a second one, told at length."""
        pack = self.daily if self.chance.random() < 0.6 else self.chance.choice(self.others)
        asked = [self.chance.choice(pack.prompts)]
        if asked[0].answer not in LONG:
            asked.append(
                self.chance.choice([each for each in pack.prompts if each.answer in LONG and each != asked[0]])
            )
        parts = self._asked(pack, asked, _Parts(pack.title))
        return parts._replace(voice=asked[-1].voice)

    def _note(self, _: date) -> "_Parts":
        title = self._some(2, 5).capitalize() if self.chance.random() < 0.6 else ""
        voice = "others" if self.chance.random() < 0.02 else "self"
        return _Parts(title, blocks=[self._told(self._length())], voice=voice)

    def _exercise(self, day: date) -> "_Parts":
        """An exercise; some of the latest are unfinished."""
        pack, name, title, steps = self.chance.choice(self.exercises)
        done = len(steps)
        if self.last - day < RECENT and self.chance.random() < 0.1:
            done = self.chance.randrange(1, done)
        rows = [f"exercise: {name}"] + ([f"next-step: {steps[done].listed}"] if done < len(steps) else [])
        return self._asked(pack, steps[:done], _Parts(title), rows)

    def _review(self, day: date) -> "_Parts":
        year, week, _ = day.isocalendar()
        asked = [each for each in self.weekly.prompts if each.answer in LONG]
        return self._asked(self.weekly, self.chance.sample(asked, 2), _Parts(f"Week {week} of {year}"))

    def _feedback(self, _: date) -> "_Parts":
        parts = _Parts("From my coach", blocks=[self._told(self._length())], voice="others")
        return parts._replace(reply=self.earlier)

    def _asked(self, pack: Pack, asked: Sequence[Asked], parts: "_Parts", rows: Sequence[str] = ()) -> "_Parts":
        """The entry that answers these, each at its share of the words."""
        share = max(12, self._length() // len(asked))
        blocks = [f"## {each.text}\n\n{self._answer(each, share)}" for each in asked]
        practices = dict.fromkeys(each.practice for each in asked if each.practice)
        rows = [f"pack: {pack.reference}", *rows, "prompts:", *(f"  - {each.listed}" for each in asked)]
        rows += ["asked:", *(f"  - {each.quoted}" for each in asked)]
        rows += ["practices:", *(f"  - {each}" for each in practices)] if practices else []
        return parts._replace(rows=rows, blocks=blocks)

    def _answer(self, asked: Asked, length: int) -> str:
        if asked.answer in ("choice", "scale"):
            return self.chance.choice(asked.choices)
        if asked.answer == "person":
            handle = f"@{self.people.draw(self.chance, 1)[0]}"
            self.named = list(dict.fromkeys([*self.named, handle]))
            return handle
        if asked.answer == "date":
            return (self.last - timedelta(days=self.chance.randrange(400))).isoformat()
        if asked.answer == "list":
            return "\n".join(f"- {self._some(3, 9)}" for _ in range(max(2, length // 12)))
        return self._told(length)

    def _add_blocks(self, parts: "_Parts", day: date) -> None:
        """Now and then a commitment, and words that are to stay here, with a name that is to stay here too."""
        if parts.voice == "self" and self.chance.random() < 0.2:
            parts.blocks.append(self._commitment(day))
        if self.chance.random() < 0.03:
            parts.blocks.append(f"%%{self._some(6, 20)} @{self.people.draw(self.chance, 1)[0]} {self._some(2, 9)}%%")

    def _commitment(self, day: date) -> str:
        due = day + timedelta(days=self.chance.randrange(1, 22))
        status = self.chance.choices([*PAST], weights=[*PAST.values()])[0]
        if due > self.last or (self.last - day < RECENT and self.chance.random() < 0.5):
            status = "open"
        reach = f" [reach:: {self.chance.choice(REACHES)}]" if self.chance.random() < 0.7 else ""
        text = f"If {self._some(3, 9)}, then I {self._some(4, 10)} [due:: {due.isoformat()}]{reach}"
        text += f" [id:: {self._name(6)}]"
        closed = min(self.last, due + timedelta(days=self.chance.randrange(3)))
        if status == "open":
            return f"- [ ] {text}"
        mark, field = ("x", "completion") if status == "kept" else ("-", "cancelled")
        line = f"- [{mark}] {text} [{field}:: {closed.isoformat()}]"
        told = f"\n  - {closed.isoformat()}: {self._some(5, 20)}."
        return line + (told if self.chance.random() < 0.6 else "")

    def _properties(self, parts: "_Parts", moment: datetime) -> list[str]:
        """What stands behind the practices in front matter."""
        rows: list[str] = []
        for key, sign in (("tags", "#"), ("people", "@")):
            names = [each[1:] for each in self.named if each[0] == sign]
            rows += [f"{key}:", *(f"  - {scalars.to_yaml(each)}" for each in names)] if names else []
        rows += ["voice: others"] if parts.voice == "others" else []
        shares = {"starred": 0.05, "private": 0.03, "for-coach": 0.03}
        rows += [f"{key}: true" for key, share in shares.items() if self.chance.random() < share]
        rows += [f"reply-to: {parts.reply}"] if parts.reply else []
        if self.chance.random() < 0.04:
            rows.append(f'edited: "{(moment + timedelta(minutes=9)).isoformat(timespec="seconds")}"')
        return rows

    def _name_some(self) -> None:
        """Draw the tags and people of the next entry; a few of them stand in its front matter alone."""
        tags = self.tags.draw(self.chance, self.chance.choices((0, 1, 2, 3), (30, 40, 20, 10))[0])
        people = self.people.draw(self.chance, self.chance.choices((0, 1, 2), (40, 45, 15))[0])
        self.named = list(dict.fromkeys([*(f"#{each}" for each in tags), *(f"@{each}" for each in people)]))
        self.waiting = [each for each in self.named if self.chance.random() < 0.85]

    def _told(self, length: int) -> str:
        """Paragraphs of about that many words, with the tags and people that are waiting."""
        words = self.words.draw(self.chance, length)
        for each in self.waiting:
            words[int(self.chance.random() * length)] = each
        self.waiting = []
        sentences, at = [], 0
        while at < length:
            end = at + 6 + int(self.chance.random() * 14)
            sentence = " ".join(words[at:end])
            sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
            at = end
        if self.chance.random() < 0.02:
            sentences.insert(1, self.chance.choice(OTHER_SCRIPTS))
        return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))

    def _some(self, fewest: int, most: int) -> str:
        return " ".join(self.words.draw(self.chance, self.chance.randrange(fewest, most)))

    def _length(self) -> int:
        """Most entries are short, some are long."""
        return int(self.chance.triangular(FEWEST_WORDS, MOST_WORDS, 140))

    def _name(self, length: int) -> str:
        """An id that no entry and no commitment has yet."""
        while True:
            name = self.chance.choice(LETTERS) + "".join(self.chance.choices(ALPHABET, k=length - 1))
            if name not in self.taken:
                self.taken.add(name)
                return name


class _Parts(NamedTuple):
    """What the kinds of entry differ in."""

    title: str
    rows: Sequence[str] = ()
    blocks: list[str] = []  # noqa: RUF012  always given
    voice: str = "self"
    reply: str = ""


class _Ranked:
    """Words to draw from, with weight 1 / rank."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """That many of them, some perhaps more than once."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def _packs() -> list[Pack]:
    """The packs that come with the program, in the order of their files' names."""
    folder = Path(__file__).parents[1] / "prompts"
    return [_pack(tomllib.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.toml"))]


def _pack(table: dict[str, Any]) -> Pack:
    exercises = [
        (each["id"], scalars.to_yaml(each["title"]), [_prompt(step) for step in each["steps"]])
        for each in table.get("exercises", ())
    ]
    prompts = [_prompt(each) for each in table.get("prompts", ())]
    title = scalars.to_yaml(table["title"])
    return Pack(table["id"], f"{table['id']}@{table['version']}", title, prompts, exercises)


def _prompt(table: dict[str, Any]) -> Asked:
    most = table.get("max", 5)
    return Asked(
        table["text"],
        scalars.to_yaml(table["id"]),
        scalars.quoted(table["text"]),
        scalars.to_yaml(table["practice"]) if table.get("practice") else "",
        table.get("answer", "text"),
        table.get("voice", "self"),
        table.get("choices") or [f"{each}/{most}" for each in range(table.get("min", 1), most + 1)],
    )


def _folder(path: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(path, 0o700)


def _put(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def main() -> int:
    """Write the journal, and say what is in it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.journals", description="A made journal.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--last", type=date.fromisoformat, default=LAST, metavar="DAY")
    parser.add_argument("--jrnl", type=Path, metavar="FILE")
    given = parser.parse_args()
    kinds = write(given.folder, given.count, given.seed, given.last, given.jrnl)
    print(", ".join(f"{number} {kind}" for kind, number in kinds.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
