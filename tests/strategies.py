"""What Hypothesis draws from: texts that break parsers, entries, Markdown."""

from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from hypothesis import strategies as st

from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import ALPHABET, LETTERS

# What YAML, Markdown, terminals or our own notations might take for something else than text.
# fmt: off
TRAPS = [
    "no", "yes", "on", "off", "y", "n", "true", "NULL", "null", "~", "nan", ".inf", "1e3", "0123", "0x1f",
    "1_000", "12:30", "12:30:45", "2026-11-21", "2026-11-21T08:15:02Z", "-", "--", "---", "...", "?", ":", "::",
    "#", "##", "#tag", "@priya", "@", "&", "*", "!", "|", ">", "%%", "%", "`", "```", "~~~", "[", "]", "{", "}",
    "[x]", "[/red]", "[bold]x", "<<", "=", ",", "'", "\"", "\\", "\\n", "key:value", "a:", "#c", "%%hidden%%",
    "$HOME", "../..", "-x", "", " ", "a: b # c", "- [ ] do it [due:: 2026-11-26] [id:: abc234]", "\u00e9",
    "e\u0301", "\u738b\u5c0f\u660e", "\u0634\u0643\u0631\u0627", "\U0001f469\u200d\U0001f4bb",
    "\U0001f1f3\U0001f1f4", "\u200b", "\u200f", "\u202e", "\u2028", "\u2029", "\u0085", "\u00a0", "\ufeff",
    "\ufffd", "\uffff", "\ue000", "\U000e0061", "\x00", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x1b]0;t\x07",
    "\x1c", "\x7f", "\x9b31m", "\t",
]
# fmt: on

_characters = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(" \t#@%-:'\"\\[]{}`~*_>|&!,.\u2028\u0085\x00\x1b")
)
_one_line = st.one_of(
    st.sampled_from(TRAPS),
    st.text(_characters, max_size=30),
    st.lists(st.sampled_from(TRAPS), max_size=6).map(" ".join),
    st.lists(st.sampled_from(TRAPS), max_size=6).map("".join),
)


def lines(min_size: int = 0) -> st.SearchStrategy[str]:
    """A hostile text on one line: no LF, no CR."""
    without_ends = _one_line.map(lambda text: text.replace("\n", " ").replace("\r", " "))
    return without_ends.filter(lambda text: len(text) >= min_size)


def texts() -> st.SearchStrategy[str]:
    """A hostile text of several lines, ended by LF, CRLF or CR."""
    return st.lists(st.tuples(lines(), st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r"])), max_size=8).map(
        lambda rows: "".join(line + end for line, end in rows)
    )


def bodies() -> st.SearchStrategy[str]:
    """A body as it stands in an entry: no line ends at either end."""
    return texts().map(lambda text: text.strip("\r\n"))


def moments() -> st.SearchStrategy[datetime]:
    """A second of the last and next centuries, with an offset of whole minutes."""
    seconds = st.integers(-5_000_000_000, 10_000_000_000)
    offsets = st.one_of(st.just(0), st.integers(-14 * 60, 14 * 60))
    return st.builds(
        lambda second, offset: datetime.fromtimestamp(second, timezone(timedelta(minutes=offset))), seconds, offsets
    )


def ids() -> st.SearchStrategy[str]:
    """An id as the journal makes them."""
    return st.tuples(st.sampled_from(LETTERS), st.text(ALPHABET, min_size=9, max_size=9)).map("".join)


def names() -> st.SearchStrategy[str]:
    """A tag or handle as it stands, folded, in an entry."""
    return st.from_regex(r"[a-z][a-z0-9_-]{0,8}[a-z0-9]", fullmatch=True)


def unique(of: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """A few different ones."""
    return st.lists(of, max_size=most, unique=True).map(tuple)


def _said() -> st.SearchStrategy[str]:
    return st.one_of(lines(1), lines(1), texts().filter(bool))


def entries(**fixed: Any) -> st.SearchStrategy[Entry]:
    """An entry of ours whose every text is hostile. `fixed` sets fields, or draws them from elsewhere."""
    fields: dict[str, st.SearchStrategy[Any]] = {
        "id": ids(),
        "date": st.dates(date(1800, 1, 1), date(2300, 1, 1)),
        "created": moments(),
        "title": lines(),
        "kind": st.one_of(st.sampled_from(["reflection", "exercise", "note", "review"]), _said()),
        "pack": st.one_of(st.none(), st.just("seven-practices@1.0.0"), _said()),
        "prompts": st.lists(_said(), max_size=3).map(tuple),
        "asked": st.lists(_said(), max_size=3).map(tuple),
        "practices": unique(_said()),
        "tags": unique(names()),
        "people": unique(names()),
        "starred": st.booleans(),
        "private": st.booleans(),
        "for_coach": st.booleans(),
        "exercise": st.one_of(st.none(), _said()),
        "next_step": st.one_of(st.none(), _said()),
        "voice": st.one_of(st.sampled_from(["self", "others"]), _said()),
        "edited": st.one_of(st.none(), _said()),
        "reply_to": st.one_of(st.none(), _said()),
        "body": bodies(),
    }
    given = {key: each if isinstance(each, st.SearchStrategy) else st.just(each) for key, each in fixed.items()}
    return st.builds(Entry, **(fields | given))


class HandWritten(NamedTuple):
    """A file as a hand or another program left it: what opens it, the lines of each property, and the rest.

    A property's name is None for lines that are about none of ours.
    """

    opening: str
    properties: list[tuple[str | None, str]]
    rest: str

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return "".join([self.opening, *(text for _, text in self.properties), self.rest]).encode()

    def around(self, key: str) -> tuple[bytes, str, bytes]:
        """What stands before a property's lines, those, and what stands after; where a new one goes if it has none."""
        texts = [text for _, text in self.properties]
        names = [name for name, _ in self.properties]
        place = names.index(key) if key in names else len(names)
        own = "".join(texts[place : place + 1])
        before, after = self.opening + "".join(texts[:place]), "".join(texts[place + 1 :]) + self.rest
        return before.encode(), own, after.encode()


# How tags and people are written: by hand, by Obsidian, by zk, by jrnl. Each holds a, b and c.
LISTS = [
    "[a, b, c]",
    "[a, b, c]  # mine",
    "[ 'a' , \"b\",c ]",
    "[a, # one\n  b, # two\n  c # three\n  ]",
    "[\n  a,\n  # about b\n  b,\n  c,\n]",
    '["#a", B, c]',
    "a, b, c",
    "a b c  # mine",
    "'a, b, c'",
    '"#a #b #c" # mine',
    "\n  - a\n  - b\n  - c",
    "\n- a\n- b\n- c",
    '\n    -   a # first\n    -   "b"\n\n    # between\n    -   c',
    "   # mine\n  - A\n  # about b\n  - '#b'\n  - c # last",
    "\n  - a\n  - b\n  - c\n  - A",
    ">-\n  a b\n  c",
    "|\n  a, b, c",
    "\n  a, b,\n  c",
    "\n  - >-\n    a\n  # after a\n  - b\n  - |-\n    c",
    "\n  [a, b, c]",
]
EMPTY_LISTS = ["", " ", "  # none yet", "[]", "[ ]  # none", "null", "~  # none", "''"]
YES = ["true", "True", "yes", "on", "'true'", "true  # why", '"yes" # why', "\n  true"]
NO = ["", "false", "no", "False # why", "  # not yet", "null", "''", "0"]
# Lines that are about none of our properties.
FOREIGN = [
    "mood: fine\n",
    "aliases:\n  - One\n  - Two\n",
    "aliases: [One, 'Two']  # other names\n",
    "cssclasses:\n",
    "cssclasses: []\n",
    "# tags: [a]\n",
    "\n",
    "  # starred: true\n",
    "keywords: [a, b]\n",
    "title: >-\n  tags: [a]\n  folded\n",
    "title: A plain title\n",
    "text: |\n  starred: true\n  tags:\n    - a\n\n",
    "Tags: [a]\n",
    "nested:\n  tags: [a]\n  people:\n  - a\n",
    "'quoted key': \"a: b # c\"\n",
    "number: 0123\n",
    "when: 12:30:45\n",
    "date: 2026-11-21 08:15:02\n",
    "created: 2026-11-21T08:15\n",
    "emoji: \U0001f331 e\u0301\n",
    "publish:\n",
    "rating: 4.50\n",
    'link: "[[Some note]]"\n',
    "many words: one\n  two\n  three\n",
    'id: "k7m2q9xr4t"\n',
    "last_changed: 2026-11-21 08:15:02 # by hand\n",
]
BODIES = [
    "",
    "words",
    "words\n",
    "\nwords\n\n",
    "\n---\n\ntags: [a]\nstarred: true\n\n---\n",
    "\n# tags: a\n\n```yaml\ntags: [a]\n```\n",
    "\n\n\twords  \n  ",
    "\n## 2026-11-21 08:15 A title.\n\nwords\n",
    "\n%%hidden%%\n\u2028\u0085words\x0c\n",
]


def _properties() -> st.SearchStrategy[list[tuple[str | None, str]]]:
    lists, flags = st.sampled_from([*LISTS, *EMPTY_LISTS]), st.sampled_from([*YES, *NO])
    ours = st.fixed_dictionaries({}, optional={"tags": lists, "people": lists, "starred": flags, "for-coach": flags})
    foreign = st.lists(st.sampled_from(FOREIGN), max_size=5, unique_by=lambda text: text.partition(":")[0])
    return st.tuples(ours, foreign).flatmap(
        lambda drawn: st.permutations(
            [
                *(
                    (key, f"{key}:{'' if text[:1] in ('', chr(10), ' ') else ' '}{text}\n")
                    for key, text in drawn[0].items()
                ),
                *((None, text) for text in drawn[1]),
            ]
        )
    )


def hand_written() -> st.SearchStrategy[HandWritten]:
    """A file with front matter that others wrote, in every way they do, with LF, CRLF or CR, and at times a BOM."""

    def built(
        properties: list[tuple[str | None, str]], body: str, close: str, end: str, bom: str, fence: str
    ) -> HandWritten:
        lines = [(key, text.replace("\n", end)) for key, text in properties]
        return HandWritten(f"{bom}---{fence}{end}", lines, f"{close}{fence}{end}{body.replace(chr(10), end)}")

    ends, boms = st.sampled_from(["\n", "\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"])
    close = st.sampled_from(["---", "..."])
    return st.builds(built, _properties(), st.sampled_from(BODIES), close, ends, boms, st.sampled_from(["", " ", "\t"]))


def without_front_matter() -> st.SearchStrategy[HandWritten]:
    """A file that holds nothing but words."""
    texts = st.sampled_from(
        [*BODIES[:4], *BODIES[5:], "tags: [a]\n\nwords\n", "---\nwords\n", "----\n\nwords", "- a\n- b\r\n"]
    )
    ends = st.sampled_from(["\n", "\r\n", "\r"])
    return st.builds(
        lambda text, end, bom: HandWritten(bom, [], text.replace("\n", end)),
        texts,
        ends,
        st.sampled_from(["", "\ufeff"]),
    )
