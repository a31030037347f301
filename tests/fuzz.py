"""Broken inputs by the thousand, made from whole ones, and what must hold of whatever reads them.

A seed gives the same inputs each time. What reads an input may raise our own errors and nothing else, and
must be done within a second of the processor's time.
"""

import json
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from allyjournal import dates
from allyjournal.errors import AllyError, UnreadableFile, UsageError
from allyjournal.journal import body, document, mentions, yaml_reader
from allyjournal.packs import check, library, lint
from allyjournal.sharing import coaches, comments, inert, receipt_toml
from allyjournal.sharing.formats.markdown_share import render_share
from tests.sharing.sharing_home import NAMES, SHARE, a_document, a_receipt
from tests.strategies import TRAPS
from tests.support import ROOT

MOST_SECONDS = 1.0
MOST_CHARACTERS = 6_000
NOW = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)
BIG = [1, 2, 3, 20, 60, 300]
Refusal = type[Exception]


class Made:
    """Inputs, each a whole one broken in a few places, or pieces of the grammar in any order."""

    def __init__(self, seed: int, whole: Sequence[str], pieces: Sequence[str]) -> None:
        self.dice = random.Random(seed)
        self.whole = whole
        self.pieces = [*pieces, *TRAPS]
        self._ways = [self._cut, self._twice, self._splice, self._insert, self._swap, self._repeat, self._one]

    def next(self) -> str:
        """One more input."""
        dice = self.dice
        if dice.random() < 0.3:
            return "".join(dice.choices(self.pieces, k=dice.randint(0, 25)))
        text = dice.choice(self.whole)
        for _ in range(dice.choice((1, 1, 2, 3, 5))):
            text = dice.choice(self._ways)(text)[:MOST_CHARACTERS]
        return text

    def _place(self, text: str) -> int:
        return self.dice.randint(0, len(text))

    def _span(self, text: str) -> tuple[int, int]:
        start = self._place(text)
        return start, min(len(text), start + self.dice.choice((1, 2, 5, 20, 100)))

    def _cut(self, text: str) -> str:
        start, end = self._span(text)
        return text[:start] + text[end:]

    def _twice(self, text: str) -> str:
        start, end = self._span(text)
        return text[:end] + text[start:]

    def _splice(self, text: str) -> str:
        other = self.dice.choice(self.whole)
        return text[: self._place(text)] + other[self._place(other) :]

    def _insert(self, text: str) -> str:
        at = self._place(text)
        return text[:at] + self.dice.choice(self.pieces) + text[at:]

    def _swap(self, text: str) -> str:
        lines = text.split("\n")
        first, second = self.dice.randrange(len(lines)), self.dice.randrange(len(lines))
        lines[first], lines[second] = lines[second], lines[first]
        return "\n".join(lines)

    def _repeat(self, text: str) -> str:
        at = self._place(text)
        return text[:at] + self.dice.choice(self.pieces) * self.dice.choice(BIG) + text[at:]

    def _one(self, text: str) -> str:
        at = self._place(text)
        return text[:at] + chr(self.dice.choice((*range(128), 0x85, 0xA0, 0x2028, 0xFEFF, 0xD800, 0x1F469))) + text[at:]


def _read_front_matter(made: Made) -> Callable[[], None]:
    data = made.next().encode("utf-8", "surrogatepass" if made.dice.random() < 0.5 else "replace")
    if made.dice.random() < 0.1:
        at = made.dice.randint(0, len(data))
        data = data[:at] + made.dice.randbytes(2) + data[at:]

    def run() -> None:
        entry = document.from_bytes(data, document.Fallback("a.md", lambda: NOW))
        document.to_text(entry).encode()
        front, _ = document._split(data.decode("utf-8", "replace").removeprefix("\ufeff"), "a.md")
        fast = document._fast(front) if front else None
        if fast is not None:
            assert yaml_reader.read(front or "", "a.md") == fast, "the two readers differ"

    return run


def _read_pack(made: Made) -> Callable[[], None]:
    text = made.next()
    defined = made.dice.choice((None, {}, {"deep-curiosity": "other"}))

    def run() -> None:
        data = text.encode("utf-8", "surrogatepass")
        lines = text.count("\n") + 1
        assert all(1 <= each.line <= lines and each.message for each in lint.warnings(data, {}))
        try:
            pack = check.check(data, "p.toml", defined)
        except check.PackError as error:
            assert all(1 <= each.line <= lines and each.message for each in error.problems), error.problems
            raise
        assert library._pack_from(json.loads(json.dumps(pack))) == pack

    return run


def _read_date(made: Made) -> Callable[[], None]:
    text, week_start = made.next(), made.dice.randrange(7)
    span = (date.max - date.min).days
    today = date.min + timedelta(made.dice.choice((0, 1, 40, span, span - 1, span - 40, made.dice.randint(0, span))))
    which = made.dice.randrange(3)

    def run() -> None:
        if which == 0:
            period = dates.parse_period(text, today, week_start)
            assert period.first is not None and period.last is not None and period.first <= period.last
            assert dates.show_period(period)
        else:
            (dates.parse_day if which == 1 else dates.parse_due)(text, today)

    return run


def _scan(made: Made) -> Callable[[], None]:
    text = made.next()

    def run() -> None:
        end = 0
        for each in mentions.scan(text):
            assert each.start >= end and text[each.start] == each.sign, each
            assert mentions.fold(text[each.start : each.end]) == each.name != "", each
            end = each.end

    return run


def _read_body(made: Made) -> Callable[[], None]:
    text = made.next()

    def run() -> None:
        body.answers(text, ["a.b"], ["What did you see?"])
        body.commitments(text, "a1b2c3")
        body.count_words(text, [])
        shown, hidden = body.visible(text)
        assert len(shown) <= len(text) and (hidden or shown == text)
        for row in body.rows(text):
            assert row.start <= row.begin <= row.start + len(row.text)
            assert text.startswith(row.text, row.start)

    return run


def _read_reply(made: Made) -> Callable[[], None]:
    """What a coach sends back: the files that are taken in, and what becomes of the words."""
    text, receipt = made.next(), a_receipt(made.dice.choice(("html", "md")))
    data = text.encode("utf-8", "surrogatepass" if made.dice.random() < 0.3 else "replace")

    def run() -> None:
        words = inert.kept(text.encode("utf-8", "replace").decode(), NAMES)
        assert {(each.sign, each.name) for each in mentions.scan(words)} <= {("@", each) for each in NAMES}, (
            "a stranger"
        )
        assert body.visible(words) == (words, 0), "a hidden passage"
        assert not body.commitments(words, "a") and not re.search("^## ", words, re.MULTILINE), (
            "a commitment, a heading"
        )
        comments.of(data, "reply.json", [receipt])

    return run


def _read_receipt(made: Made) -> Callable[[], None]:
    data = made.next().encode("utf-8", "replace")

    def run() -> None:
        receipt_toml.parse_names(data, "shares/names/a.toml") if data.startswith(b"priya") else None
        found = receipt_toml.parse(data, "shares/a.toml")
        assert "/" not in found.path.removeprefix("shares/")
        assert receipt_toml.parse(receipt_toml.dumped(receipt_toml.to_table(found)), "shares/a.toml") == found

    return run


def _read_coaches(made: Made) -> Callable[[], None]:
    text, changes = made.next(), made.dice.random() < 0.1

    def run() -> None:
        found = coaches.read(text)
        if changes:
            now = coaches.read(coaches.changed(text, "maria", "Maria K", "pdf", None))
            assert now["maria"][:3] == ("maria", "Maria K", "pdf")
            assert {**found, "maria": None} == {**now, "maria": None}

    return run


class Target(NamedTuple):
    """What reads, what it may raise, and what its inputs are made from."""

    makes: Callable[[Made], Callable[[], None]]
    refuses: Refusal
    whole: Callable[[], list[str]]
    pieces: list[str]


# fmt: off
_YAML = [
    "---\n", "...\n", "\n---\n", 'id: "k7m2q9xr4t"\n', "date: 2026-11-21\n", "created: 2026-11-21T08:15:02+01:00\n",
    "title: ", "tags:\n", "  - a\n", "tags: [a, b]\n", "- ", "? ", ": ", "&a ", "*a", "<<: *a\n",
    "!!python/object:os ", "!!binary ", "|\n", ">-\n", "  ", "\t", "{", "}", "[", "]", ", ", "'", '"', "\\u202e",
    "\\ud800", "\\x41", "\\", "%YAML 1.2\n", "%TAG ! x\n", "# c\n", "private: true\n", "private: Yes\n", "asked:\n",
    "prompts:\n", "people: x\n", "date: 2026-02-30\n", "created: 9999-12-31T23:59:59-23:59\n",
    "created: 0001-01-01T00:00:00+23:59\n", "\r\n", "\r", "date: 12:30:45\n", "1" * 30, "999999999999999999999999",
    "=", "@", "`", "key: value\n", "\ufeff", "\x00",
]
_TOML = [
    "format = 1\n", 'id = "a-b"\n', 'version = "1.0.0"\n', 'title = "T"\n', 'summary = "S"\n', 'language = "en"\n',
    'license = "MIT"\n', "[[prompts]]\n", "[[practices]]\n", "[[exercises]]\n", "[[exercises.steps]]\n", "[source]\n",
    'stage = "what"\n', 'answer = "scale"\n', "min = 1\n", "max = 5\n", 'labels = ["a", "b"]\n', "choices = [", "]",
    'text = "Q?"\n', 'practice = "x"\n', 'follow-up = "y"\n', "was = []\n", '"""', "'''", '"', "'", "=", ".",
    "a.b.c = 1\n", "{ a = 1 }", "{", "}", "[", "[[", "]]", "#", "\\", "\\u202e", "\\U0010ffff",
    "1979-05-27T07:32:00Z", "07:32:00", "nan", "inf", "0x", "1_000", "1e400", "9" * 5000, "true", "a." * 60,
    "[a.b.c.d.e.f.g.h.i]\n", "[prompts]\n", "\r\n", 'format = "1"\n', "year = 3000\n", "prompts = 3\n",
    "source = []\n", '"" = 1\n', "[[prompts.x]]\n", "\x00", "\ufeff",
]
_WORDS = [
    "2026", "-", "11", "21", "W47", "w53", "W00", "W54", "0000", "9999", "0001", "99", "00", "13", "31", "30", "02",
    "today", "yesterday", "tomorrow", "monday", "sunday", "last ", "next ", "this ", "in ", " ago", " days", " weeks",
    "week", "month", "year", "day", "0", "1", "40000", "39999", "99999", " ", "  ", "/", "²", "٣", "１", "+", "T08:15",
    "Z", "ﬀ", "ß", "İ", "K", "\u2028", "\n",
]
_MARKDOWN = [
    "@", "#", "@priya", "#a/b", "#a/", "/", "@tom@", "`", "``", "```\n", "~~~\n", "[", "]", "(", ")", "[[", "]]",
    "[x](y)", "<", ">", "<a ", "</a>", "<!--", "-->", "\\", "http://", "https://x.y/#a", "www.", "mailto:", "a@b.c",
    "> ", ">", "- ", "* ", "+ ", "1. ", "1) ", "999999999. ", "10. ", "    ", "\t", " ", "\n", "\n\n", "\r\n", "\r",
    "# ", "## ", "####### ", "===\n", "---\n", "***\n", "_", "%%", "- [ ] ", "- [x] ", "[due:: 2026-11-26]",
    "[id:: a]", "[completion:: x]", "## What did you see?\n", "e\u0301", "\u0301", "王", "ß", "İ", "ﬀ", "1", "२", "a",
    "b c", "é",
]
_DAYS = [
    "2026-11-21", "2026-W47", "2026-11", "2026", "today", "yesterday", "tomorrow", "monday", "last friday",
    "next monday", "3 days ago", "2 weeks ago", "in 3 days", "in 2 weeks", "this week", "last month", "last year",
    "11/12/2026",
]
_BODIES = [
    "Words with @priya and #hiring, `#not` and [@not](https://x.y/#z).\n\n> - quoted @tom\n>   #deep/er\n"
    "\n```\n#code\n```\n",
    "## What did you see?\n\nThis, @maria-k. %%hidden #secret%% on\n\n- [ ] Ask @li [due:: 2026-11-26] [id:: abc234]\n"
    "  - it helped\n- [x] Done [completion:: 2026-11-20]\n\n1. one\n   2. two\n\tcode\n\nTitle\n=====\n"
    "\nwww.x.y/#a a@b.c \\#no\n",
]
_JSON = [
    "{", "}", "[", "]", '"', ",", ":", '"ref": ', '"1.1"', '"0.1"', '"comment": ', '"share": ', '"answers": [', "null",
    "true", "1e999", "-0", "NaN", "\\ud800", "\\u0000", "\\u202e", "9" * 5000, '{"a":', "[[", '"overall": ""', "Alder",
    "ALDER", "@alder", "@Heron", "Heron's", "Comment on 1.1 (s7m2q9xr4t):", "Comment on all of it (s7m2q9xr4t):",
    "Comment on 9.9 (s7m2q9xr4t):\n", "(s7m2q9xr4t):", "### 1.2 ", "## 2 ", "\ufeff", "\x00", "\x1b[2J",
]
_COACHES = (
    '# Mine.\n[maria]\nname = "Maria"  # from the course\nformat = "html"\n'
    'recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"\n\n[li]\n'
)
_SMALL_PACK = (
    'format = 1\nid = "our-retros"\nversion = "1.0.0"\ntitle = "T"\nsummary = "S"\nlanguage = "en"\nlicense = "MIT"\n\n'
    '[source]\nwork = "W"\nyear = 2020\n\n[[practices]]\nid = "quiet"\ntitle = "Quiet"\nsummary = "S"\n\n[[prompts]]\n'
    'id = "quiet.a"\ntext = "Who?"\nstage = "what"\npractice = "quiet"\nanswer = "scale"\nmin = 1\nmax = 5\n'
    'labels = ["a", "b"]\nfollow-up = "quiet.b"\n\n[[prompts]]\nid = "quiet.b"\ntext = """Why\\\n'
    '  so?"""\nstage = "so-what"\n'
    'was = ["quiet.c"]\nanswer = "choice"\nchoices = ["x", "y"]\n\n[[exercises]]\nid = "walk"\n'
    'title = "W"\nsummary = "S"\n\n'
    '[[exercises.steps]]\nid = "one"\ntext = "Where?"\noptional = true\n'
)
# fmt: on


def _entries() -> list[str]:
    from tests.journal.test_mangled import ENTRY, GOOD

    return [ENTRY, *(text for _, text in GOOD.values()), *(f"---\ntitle: x\n---\n{text}" for text in _BODIES)]


def _packs() -> list[str]:
    """A small pack, and the beginnings of those that come with ally: the first tables of each."""
    shipped = [path.read_text() for path in sorted((ROOT / "prompts").glob("*.toml"))]
    return [_SMALL_PACK, _SMALL_PACK, *(text[: text.rfind("\n[[", 0, 3000) + 1] for text in shipped)]


def _replies() -> list[str]:
    """What the page saves, and what comes back of a Markdown share."""
    page = {
        "format": 1,
        "share": SHARE.id,
        "content": a_receipt().content,
        "coach": SHARE.coach,
        "answers": [{"ref": "1.1", "comment": "Good, Alder. Why?"}, {"ref": "2.2", "comment": "- [ ] Ask [due:: x]"}],
        "overall": "%%Thanks%% @heron",
    }
    markdown = render_share(a_document()).decode()
    answered = markdown.replace("):\n", "):\n\nWhat did Alder say? #tag\n", 2)
    return [json.dumps(page, indent=2), json.dumps(page), answered, answered, "Dear Alder, @heron-led @tom <b> [[x]]\n"]


def _kept_receipts() -> list[str]:
    dumped = [receipt_toml.dumped(receipt_toml.to_table(a_receipt(form))).decode() for form in ("html", "md")]
    return [*dumped, 'priya = "Alder"\ntom = "Heron"\n']


TARGETS = {
    "front-matter": Target(_read_front_matter, UnreadableFile, _entries, _YAML),
    "packs": Target(_read_pack, check.PackError, _packs, _TOML),
    "dates": Target(_read_date, UsageError, lambda: _DAYS, _WORDS),
    "mentions": Target(_scan, AllyError, lambda: [*_BODIES, *_entries()], _MARKDOWN),
    "replies": Target(_read_reply, AllyError, _replies, [*_JSON, *_MARKDOWN]),
    "receipts": Target(_read_receipt, UnreadableFile, _kept_receipts, _TOML),
    "coaches": Target(_read_coaches, AllyError, lambda: [_COACHES, _COACHES], _TOML),
    "body": Target(_read_body, AllyError, lambda: [*_BODIES, *_entries()], _MARKDOWN),
}


@dataclass
class Found:
    """What a run found: how many were read and refused, the slowest, and every fault with its number."""

    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    slowest_number: int = 0
    faults: list[str] = field(default_factory=list)


def fuzz(name: str, count: int, seed: int = 11) -> Found:
    """Read `count` inputs."""
    target, found = TARGETS[name], Found()
    made = Made(seed, target.whole(), target.pieces)
    for number in range(count):
        run = target.makes(made)
        begun = time.process_time()
        try:
            run()
            found.read += 1
        except target.refuses:
            found.refused += 1
        except Exception as error:
            found.faults.append(f"{name}, seed {seed}, input {number}: {type(error).__name__}: {str(error)[:300]}")
        took = time.process_time() - begun
        if took > found.slowest:
            found.slowest, found.slowest_number = took, number
        if took > MOST_SECONDS:
            found.faults.append(f"{name}, seed {seed}, input {number}: took {took:.2f} s")
    return found
