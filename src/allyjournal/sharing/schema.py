"""What a share in JSON holds, and what a coach's page saves: the published schemas, and what judges a reply.

A reply comes from somebody else's machine: lengths and counts are bounded, and what is not named here is an error.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

REF = r"^[1-9][0-9]{0,5}\.[1-9][0-9]{0,3}$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
LONGEST_COMMENT, MOST_COMMENTS = 100_000, 10_000


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, strict=True)


class SharedCommitment(_Model):
    """Something the writer means to do, and what became of it."""

    text: str
    status: Literal["open", "kept", "dropped"]
    due: str | None
    closed: str | None
    reach: str | None
    outcomes: list[str]


class SharedAnswer(_Model):
    """One answer. `ref` names it to a comment; `asked` is null for text under no prompt; `text` is Markdown."""

    ref: str = Field(pattern=REF)
    asked: str | None
    text: str
    commitments: list[SharedCommitment]


class SharedEntry(_Model):
    """One entry: its day and its words, and no id of the journal's."""

    ref: str
    date: str = Field(pattern=DAY)
    title: str
    kind: str
    marks: list[str]
    practices: list[str]
    answers: list[SharedAnswer]


class ShareFile(_Model):
    """What was shared with one coach. In JSON Lines each line is an entry, with `share` beside it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    format: Literal[1]
    share: str
    coach: str
    made_on: str | None
    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")
    entries: list[SharedEntry]


class Comment(_Model):
    """What a coach wrote under one answer."""

    ref: str = Field(pattern=REF)
    comment: str = Field(min_length=1, max_length=LONGEST_COMMENT)


class Reply(_Model):
    """What a coach's page saves. `content` is the fingerprint of what was shared; `overall` is "" without words."""

    format: Literal[1]
    share: str = Field(max_length=100)
    content: str = Field(pattern=r"^[0-9a-f]{64}$")
    coach: str = Field(max_length=200)
    answers: list[Comment] = Field(max_length=MOST_COMMENTS)
    overall: str = Field(max_length=LONGEST_COMMENT)
