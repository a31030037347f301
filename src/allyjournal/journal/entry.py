"""An entry, its answers and its commitments. Plain values: no disk, no format."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

from allyjournal.journal import body, mentions
from allyjournal.journal.body import Answer, Commitment

SHOWN_ID = 6


@dataclass(frozen=True, kw_only=True, eq=False, repr=False, match_args=False)
class Entry:
    """One entry. It has no `repr`, so that no error or log can hold its words.

     `prompts` and `asked` are parallel; `path` is relative to the journal, empty before it is kept.

    `id` is None for a file that someone put there by hand without one. `readonly` marks a file that is not
    UTF-8: it is shown with replacement characters and never rewritten.
    """

    id: str | None
    date: date
    created: datetime
    title: str = ""
    kind: str = "note"
    pack: str | None = None
    prompts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    starred: bool = False
    private: bool = False
    for_coach: bool = False
    exercise: str | None = None
    next_step: str | None = None
    voice: str = "self"
    edited: str | None = None
    reply_to: str | None = None
    body: str = ""
    path: str = ""
    readonly: bool = False

    @property
    def pack_id(self) -> str | None:
        """The id of the pack it draws on."""
        return self.pack.partition("@")[0] if self.pack else None

    @property
    def version(self) -> str | None:
        """The version of that pack at the time."""
        return (self.pack.partition("@")[2] or None) if self.pack else None

    @property
    def selector(self) -> str:
        """What names this entry to the person: six characters of its id, else its path."""
        return self.id[:SHOWN_ID] if self.id else self.path

    @property
    def moment(self) -> datetime:
        """When an entry counts: on its own day, whenever it was written."""
        at = self.created.timetz().replace(tzinfo=None)
        return datetime.combine(self.date, at if self.created.date() == self.date else time.max, UTC)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The answers in the body, in the order of `asked`."""
        return body.answers(self.body, self.prompts, self.asked)

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments in the body, in order."""
        return body.commitments(self.body, self.id or self.path)

    @cached_property
    def all_tags(self) -> tuple[str, ...]:
        """Tags of the front matter and of the running text, each once."""
        return _once(self.tags, [each.name for each in self._mentions if each.sign == "#"])

    @cached_property
    def all_people(self) -> tuple[str, ...]:
        """People of the front matter and of the running text, each once."""
        return _once(self.people, [each.name for each in self._mentions if each.sign == "@"])

    @cached_property
    def _mentions(self) -> tuple[mentions.Mention, ...]:
        return tuple(mentions.scan(self.body))

    @property
    def words(self) -> int:
        """How many words the writer wrote: the body without the prompts as they were put."""
        return body.count_words(self.body, self.asked)


def _once(first: tuple[str, ...], then: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *then]))
