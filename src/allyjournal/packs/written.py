"""A pack that is being made -> the TOML file of it, with a word on what each key is for. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from allyjournal.packs.model import Practice, Prompt, Source
from allyjournal.packs.wording import content_words

MOST_NAME_WORDS, MOST_NAME = 3, 40
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_HEAD = """\
# A pack of prompts for ally: data only. `ally packs check` names every mistake in it with its line.
# `ally packs add` takes it into a journal.
"""
_STAGES = "# what, so-what (what it means) or now-what"


@dataclass
class Begun:
    """A pack as far as it is made. Empty fields are still to come; `half` is what was last typed, not taken yet.

    `named` are the ids of all its practices, also those that other packs define.
    """

    id: str
    title: str = ""
    summary: str = ""
    language: str = ""
    license: str = ""
    author: str = ""
    work: str = ""
    named: list[str] = field(default_factory=list)
    practices: list[Practice] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    half: str = ""

    @property
    def source(self) -> Source | None:
        """Where it comes from, if that is known."""
        return Source(self.work, self.author or None) if self.work else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed but the id."""
        return self == replace(Begun(self.id), half=self.half) and not self.half


def to_toml(pack: Begun) -> str:
    """The file. It reads back as the same pack; where something is still to come, the key is empty."""
    return "\n".join(_lines(pack)) + "\n"


def quoted(text: str) -> str:
    """A text as a TOML string on one line: it reads back equal, and nothing in the file is invisible."""
    return '"' + "".join(_SHORT.get(char) or (char if char.isprintable() else _escape(char)) for char in text) + '"'


def prompt_id(pack_id: str, text: str, taken: Collection[str]) -> str:
    """An id for a prompt, from the words that carry it; none of those that are `taken`."""
    found = [plain for word in content_words(text) if (plain := _plain(word))][:MOST_NAME_WORDS]
    name = "-".join(found)[:MOST_NAME].rstrip("-") or "prompt"
    stem = f"{pack_id[: 79 - MOST_NAME]}.{name}"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (stem, *numbered) if each not in taken)


def _plain(word: str) -> str:
    return "".join(char for char in word if char.isascii() and char.isalnum())


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _lines(pack: Begun) -> Iterator[str]:
    yield _HEAD
    yield "format = 1"
    yield f"id = {quoted(pack.id)}"
    yield 'version = "1.0.0"'.ljust(25) + " # of the pack: a patch rewords, a minor adds, a major takes an id away"
    yield f"title = {quoted(pack.title)}"
    yield f"summary = {quoted(pack.summary)}"
    yield f"language = {quoted(pack.language)}"
    yield f"license = {quoted(pack.license)}"
    order = "even" if len(pack.named) > 1 else "sequence"
    yield f"order = {quoted(order)}".ljust(25) + " # sequence, or even: evenly over the practices"
    if pack.named:
        yield f"# Its practices: {quoted(', '.join(pack.named))}"
    if pack.author or pack.work:
        yield "\n[source]".ljust(26) + " # where the ideas come from; also publisher, year and note"
        yield from [f"author = {quoted(pack.author)}"] if pack.author else []
        yield f"work = {quoted(pack.work)}"
    for practice in pack.practices:
        yield f"\n[[practices]]\nid = {quoted(practice.id)}"
        yield f"title = {quoted(practice.title)}\nsummary = {quoted(practice.summary)}"
    for prompt in pack.prompts:
        yield from _prompt(prompt)
    if pack.half:
        yield f"\n# Typed last, and not taken in yet: {quoted(pack.half)}"


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield f"\n[[prompts]]\nid = {quoted(prompt.id)}"
    yield from [f"practice = {quoted(prompt.practice)}"] if prompt.practice else []
    yield f"text = {quoted(prompt.text)}"
    yield f"stage = {quoted(prompt.stage or 'what')}".ljust(25) + f" {_STAGES}"
    yield from [f"answer = {quoted(prompt.answer)}"] if prompt.answer != "text" else []
    for key, values in (("choices", prompt.choices), ("labels", prompt.labels)):
        yield from [f"{key} = [{', '.join(map(quoted, values))}]"] if values else []
