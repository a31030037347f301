"""The JSON Schemas of what ally writes and reads, made from models that say the same as `--json`."""

from collections.abc import Callable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from allyjournal.packs.check import PackFile
from allyjournal.sharing.schema import REF, Reply, ShareFile

Day = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Answer(_Model):
    """One prompt and its answer; `value` is the answer read back by its kind, null where that fails."""

    prompt: str | None
    asked: str
    text: str
    value: str | int | list[str] | None


class Commitment(_Model):
    """Something the writer means to do, and what became of it."""

    ref: str
    text: str
    status: Literal["open", "kept", "dropped"]
    due: str | None
    closed: str | None
    reach: str | None
    outcomes: list[str]
    entry: str
    date: str = Day


class Feedback(_Model):
    """An entry without what coaches wrote about it."""

    id: str | None
    date: str = Day
    created: str
    title: str
    kind: str
    pack: str | None
    version: str | None
    exercise: str | None
    next_step: str | None
    practices: list[str]
    tags: list[str]
    people: list[str]
    starred: bool
    private: bool
    for_coach: bool
    voice: str
    reply_to: str | None
    path: str
    answers: list[Answer]
    body: str
    commitments: list[Commitment]


class Entry(Feedback):
    """One entry of the journal. `id` is null for a file that was put there by hand.

    `feedback` is what coaches wrote about it; only `ally show` says that.
    """

    feedback: list[Feedback] = []


class CommitmentCounts(_Model):
    """Those made in the period, and earlier ones that came due, were closed or are overdue in it.

    `made` counts the first alone; `overdue` ones are counted among the open ones.
    """

    made: int
    kept: int
    dropped: int
    open: int
    overdue: int


class Recognition(_Model):
    """How many entries are the writer's own words, and which hold what others said."""

    self: int
    others: list[str]


class Before(_Model):
    """The period before this one: the month before a month, else as many days."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    first: str = Field(alias="from")
    last: str = Field(alias="to")
    entries: int
    days: int
    words: int


class OverTime(_Model):
    """How much falls on each week, month or year, which begin on the days in `from`; shorter periods have none.

    `practices` counts entries, `kept` commitments.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    unit: Literal["week", "month", "year"]
    firsts: list[str] = Field(alias="from")
    practices: dict[str, list[int]]
    kept: list[int]


class Rising(_Model):
    """A tag that is in more entries than in the period before."""

    count: int
    before: int


class AnswerOfADay(_Model):
    """One answer, and the entry it stands in."""

    entry: str
    date: str = Day
    text: str


class ThenAndNow(_Model):
    """The newest answer to a prompt that was answered long before too, and the first one."""

    prompt: str
    asked: str
    then: AnswerOfADay
    now: AnswerOfADay


class Review(_Model):
    """A period looked back on.

    `by_day` has the entries of each day; `stages` counts answers to prompts of each stage; `absent` are the writer's
    own people who are in no entry; `sources` says for each figure which entries or commitments it comes from.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")
    entries: int
    days: int
    words: int
    practices: dict[str, int]
    tags: dict[str, int]
    people: dict[str, int]
    starred: list[str]
    commitments: CommitmentCounts
    reach: dict[str, int]
    feedback: dict[str, list[str]]
    other_feedback: list[str]
    recognition: Recognition
    before: Before | None
    by_day: dict[str, list[str]]
    over_time: OverTime
    stages: dict[Literal["what", "so-what", "now-what"], int]
    rising: dict[str, Rising]
    absent: list[str]
    earlier_years: list[str]
    then_and_now: ThenAndNow | None
    sources: dict[Literal["practices", "tags", "people", "stages", "commitments", "reach"], dict[str, list[str]]]


class Person(_Model):
    """One person in people.toml, whose table is called by their handle; each key may be left out."""

    names: list[str] = []
    aliases: list[str] = []
    pseudonym: str = ""


class People(RootModel[dict[str, Person]]):
    """people.toml: whom the writer writes about, by handle."""


class Coach(_Model):
    """One coach in coaches.toml, whose table is called by their handle; each key may be left out."""

    name: str = Field(default="", min_length=1)
    format: Literal["html", "md", "pdf", "docx", "json", "jsonl"] = "html"
    recipient: str = Field(default="", pattern=r"^(age1[02-9ac-hj-np-z]{58}|ssh-(ed25519|rsa) [A-Za-z0-9+/]+=*( .*)?)$")


class Coaches(RootModel[dict[str, Coach]]):
    """coaches.toml: whom the writer shares with, by handle."""


class ReceiptAnswer(_Model):
    """One answer that was shared; `lines` and `mark` tell its words in a Markdown share."""

    ref: str = Field(pattern=REF)
    prompt: str | None = None
    lines: int | None = None
    mark: str = ""


class ReceiptEntry(_Model):
    """One entry that was shared, the hash of its words then, and whether they were changed for this share alone."""

    id: str
    words: str
    changed: bool = False
    answers: list[ReceiptAnswer]


class Receipt(_Model):
    """What was shared: a file of shares/, and what `ally shares` lists, which adds `edited`, `gone` and `path`.

    `day` and the rest are TOML's own days and moments in the file. `file` is the format, `people` counts the names
    that were replaced for each handle, `content` is the document's fingerprint.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    format: Literal[1] = 1
    id: str
    coach: str
    name: str
    day: str = Day
    made: str
    first: str | None = Field(default=None, alias="from")
    last: str | None = Field(default=None, alias="to")
    file: str
    recipient: str | None = None
    content: str
    people: dict[str, int]
    entries: list[ReceiptEntry]
    edited: list[str] = []
    gone: list[str] = []
    path: str = ""


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "entry": Entry.model_json_schema,
    "commitment": Commitment.model_json_schema,
    "review": Review.model_json_schema,
    "pack": PackFile.model_json_schema,
    "people": People.model_json_schema,
    "coaches": Coaches.model_json_schema,
    "receipt": Receipt.model_json_schema,
    "share": ShareFile.model_json_schema,
    "reply": Reply.model_json_schema,
}
