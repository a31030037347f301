"""What the writer is working on: packs, practices and themes, and the prompts that each of them names."""

import re
from collections.abc import Iterator, Mapping, Sequence

from allyjournal.packs.model import Pack, Prompt
from allyjournal.practice.schedule import Candidate

PACK, PRACTICE, THEME = "pack", "practice", "theme"


def kind_of(word: str, packs: Mapping[str, Pack], titles: Mapping[str, str]) -> str:
    """Whether a word of the focus is a pack, a practice or, else, a theme."""
    return PACK if word in packs else PRACTICE if word in titles else THEME


def candidates(
    words: Sequence[str], packs: Mapping[str, Pack], titles: Mapping[str, str], language: str
) -> list[Candidate]:
    """The prompts that the focus names, each once, in the order of the words.

    A theme names the prompts whose text, help or practice has its words. Packs in other languages are left out
    unless they are named.
    """
    found: dict[str, Candidate] = {}
    spoken = {each.id: each for each in packs.values() if each.language == language}
    for word in words:
        for pack, prompt in _of(word, packs, spoken, titles):
            found.setdefault(prompt.id, Candidate(pack, prompt, _title(word, packs, titles)))
    return list(found.values())


def _of(
    word: str, packs: Mapping[str, Pack], spoken: Mapping[str, Pack], titles: Mapping[str, str]
) -> Iterator[tuple[Pack, Prompt]]:
    kind = kind_of(word, packs, titles)
    if kind == PACK:
        yield from ((packs[word], each) for each in packs[word].prompts)
        return
    names = _theme(word)
    for pack in spoken.values():
        for each in pack.prompts:
            said = f"{each.text} {each.help or ''} {titles.get(each.practice or '', '')}"
            if each.practice == word if kind == PRACTICE else names.search(said):
                yield pack, each


def _theme(word: str) -> re.Pattern[str]:
    """Any word of a theme at the start of a word: `work/hiring` finds "hiring"."""
    last = word.rpartition("/")[2]
    parts = [re.escape(each) for each in re.split(r"[-_ ]", last) if each]
    return re.compile(rf"\b{'[-_ ]'.join(parts) or re.escape(word)}", re.IGNORECASE)


def _title(word: str, packs: Mapping[str, Pack], titles: Mapping[str, str]) -> str:
    return packs[word].title if word in packs else titles.get(word, word)
