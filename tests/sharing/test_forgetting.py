"""Forgetting a person: every form of their names goes, and nothing else does."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from allyjournal.errors import Refused
from allyjournal.journal import document, people
from allyjournal.journal.entry import Entry
from allyjournal.sharing import forgetting
from allyjournal.sharing.names import names_of

REGISTER: dict[str, dict[str, Any]] = {
    "priya": {"names": ["Priya Sharma"], "aliases": ["Pri"]},
    "will": {"names": ["Will Stone"]},
    "tom": {},
}
NAMES = names_of(REGISTER)
PRIYA = forgetting.Who("priya", "My Friend", "my-friend", NAMES)
WILL = forgetting.Who("will", "Elm", "elm", NAMES)
ASKED = "What did Priya's day begin with?"
TEXT = f"""---
id: "k7m2q9xr4t"
date: 2026-11-21   # by hand
created: 2026-11-21T08:15:02+01:00
title: "Priya: a plan"
kind: reflection
pack: priya@1.0.0
prompts:
  - priya.one
asked:
  - "{ASKED}"
tags: [hiring, priya-talk]
people:
  - tom
  - priya
mood: with Pri
---

## {ASKED}\t

@priya and @tom. Priya's, PRIYA, pri-
ya, Ms Sharma. #priya-talk #hiring %%Priya hid%%

```
priya = 1
```
- [ ] Ask @priya [due:: 2026-11-26] [id:: abc234]
"""


def read(text: bytes) -> Entry:
    return document.from_bytes(text, document.Fallback("entries/a.md", lambda: datetime(2026, 1, 1, tzinfo=UTC)))


def test_every_form_of_a_name_goes_and_the_answer_keeps_its_prompt() -> None:
    before = read(TEXT.encode())
    made = forgetting.in_entry(TEXT.encode(), before, PRIYA)
    after, text = read(made.data), made.data.decode()
    assert made.is_left, "the pack's name has theirs in it"
    assert not made.doubtful
    body = after.body.casefold()
    assert not [form for form in ("priya", "sharma", "pri-\nya") if form in body or form in after.title.casefold()]
    assert (after.id, after.date, after.created) == (before.id, before.date, before.created)
    assert after.asked == ("What did My Friend's day begin with?",)
    assert after.answers[0].text.startswith("@my-friend and @tom. My Friend's, My Friend, My Friend")
    assert after.people == ("tom", "my-friend") and after.tags == ("hiring", "my-friend-talk")
    assert after.all_people == ("tom", "my-friend") and "#my-friend-talk #hiring" in text
    assert after.commitments[0].ref == "abc234" and after.commitments[0].text == "Ask @my-friend"
    assert "mood: with My Friend\n" in text and "date: 2026-11-21   # by hand\n" in text
    assert (after.prompts, after.pack) == (("priya.one",), "priya@1.0.0"), "what names a pack's prompt stays"
    assert made.forms[("@priya", "@my-friend")] == 2


def test_an_entry_without_them_stays_byte_for_byte() -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    other = forgetting.Who("noor", "Elm", "elm", names_of({**REGISTER, "noor": {}}))
    assert forgetting.in_entry(data, read(data), other) == (data, {}, {}, False)


def test_a_name_that_is_a_word_goes_only_where_it_is_surely_a_name() -> None:
    data = b"Will Stone came. @will too. I will go, and will stay. Will went home."
    made = forgetting.in_entry(data, read(data), WILL)
    text = made.data.decode().rpartition("---\n")[2].strip()
    assert text.startswith("Elm came. @elm too. I will go, and will stay.")


def test_what_may_be_them_stays_and_is_counted() -> None:
    data = b"PS: buy milk with P.S. on it."
    made = forgetting.in_entry(data, read(data), PRIYA)
    assert made.data == data
    assert made.doubtful == {"PS": 1, "P.S": 1} and not made.forms


def test_bytes_that_are_no_text_are_refused_only_where_they_name_them() -> None:
    there, not_there = b"caf\xe9 with @priya", b"caf\xe9 with @tom"
    with pytest.raises(Refused):
        forgetting.in_entry(there, read(there), PRIYA)
    assert forgetting.in_entry(not_there, read(not_there), PRIYA).data == not_there


def test_the_register_keeps_the_pseudonym_and_everything_about_others() -> None:
    text = (
        '# Mine. Priya is on top.\n[tom]\nnames = ["Tom"]  # he\naliases = ["Priya\'s boss"]\n\n'
        '[priya]\n# from sales\nnames = ["Priya Sharma"]\naliases = ["Pri"]\n\n[li]\n'
    )
    new = forgetting.in_register(text, PRIYA)
    assert not forgetting.names_them(new, PRIYA) and "sales" not in new
    assert people.read(new) == {
        "tom": {"names": ["Tom"], "aliases": ["My Friend's boss"]},
        "li": {},
        "my-friend": {"pseudonym": "My Friend"},
    }
    assert '[tom]\nnames = ["Tom"]  # he\n' in new
    assert forgetting.in_register("[tom]\n", PRIYA) == "[tom]\n"


def test_a_pseudonym_that_is_made_up_is_nobodys() -> None:
    register = {**REGISTER, "alder": {}, "li": {"pseudonym": "Heron", "aliases": ["Elm"]}}
    taken = forgetting.in_use(register, "priya", {"birch", "priya"})
    assert {"alder", "heron", "elm", "birch", "tom"} <= taken and "priya" not in taken
    offered: list[str] = []

    def first(words: Sequence[str]) -> str:
        offered.extend(words)
        return words[0]

    assert forgetting.made_up(taken, names_of(register), first) == offered[0]
    assert len(offered) > 100 and not {each.casefold() for each in offered} & taken
