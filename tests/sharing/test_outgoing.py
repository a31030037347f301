"""The last look, when somebody is called as a month, a weekday, or a word of ours is."""

from dataclasses import replace
from datetime import date

import pytest

from allyjournal.errors import Refused
from allyjournal.sharing import consent, outgoing
from allyjournal.sharing.answers import KEEP
from allyjournal.sharing.document import Document, Share, shared
from allyjournal.sharing.gate import Guard
from allyjournal.sharing.pseudonyms import Pseudonyms
from allyjournal.sharing.register import names_of
from tests.leaking import entry_of

OURS = ("Jan", "Mon", "Monday", "January", "Anna Lang", "Kim Comment", "Eva Font", "Ida Table", "Noé-Jan", "Nora Link")
DAY = date(2026, 1, 19)


def said(body: str, **fields: object) -> Document:
    entries = [replace(entry_of(each, **fields), date=DAY) for each in (body, "Then.")]
    return shared(entries, {}, Share("r1", "maria", "Maria"), DAY)


@pytest.mark.parametrize("form", ["md", "html", "json", "pdf", "docx"])
def test_a_word_of_ours_may_be_a_name_and_a_name_may_not_pass_for_one(form: str) -> None:
    guard = Guard(names_of({f"p{number}": {"names": [name]} for number, name in enumerate(OURS)}))
    clean = said("I asked, and waited.", title="Quiet")
    outgoing.check(clean, outgoing.render(clean, form), form, guard)
    for body in ("I asked Jan twice.", "Lang was there.", "So I told Anna."):
        leaking = said(body)
        with pytest.raises(Refused, match="a name of @p"):
            outgoing.check(leaking, outgoing.render(leaking, form), form, guard)


def test_the_readers_own_name_stands_on_top_and_nowhere_else() -> None:
    guard = Guard(names_of({"maria": {"names": ["Maria"]}}))
    clean, leaking = said("I asked."), said("I asked Maria.")
    outgoing.check(clean, outgoing.render(clean, "html"), "html", guard)
    with pytest.raises(Refused):
        outgoing.check(leaking, outgoing.render(leaking, "html"), "html", guard)


WORDS = ("Long", "Will", "Price", "Art", "Mark", "Hope", "Grace", "Rose")
TITLES = ("Long talk", "Will do", "Price list", "Art class", "Mark it done", "Hope so", "Grace period", "Rose garden")


@pytest.mark.parametrize("form", ["md", "html", "json", "pdf", "docx"])
def test_what_was_kept_where_it_was_asked_may_leave_wherever_the_file_has_it(form: str) -> None:
    register = {name.lower(): {"names": [f"{name} Ozols"]} for name in WORDS}
    entries = [entry_of(f"- [ ] {title} now [due:: 2026-11-26]", title=title) for title in TITLES]
    ground = consent.ground("maria", register, Pseudonyms({}), {}, frozenset(), lambda words: words[0])
    while questions := [each for entry in entries for each in consent.look(entry, ground).redacted.questions]:
        ground = consent.answered(ground, ground.answers | {each.key: KEEP for each in questions})
    leaving = [consent.look(each, ground).redacted.after for each in entries]
    made = shared(leaving, {}, Share("r1", "maria", "Maria"), DAY)
    assert [each.title for each in leaving] == list(TITLES)
    outgoing.check(made, outgoing.render(made, form), form, Guard(ground.by.names, ground.answers))


def test_a_commitment_may_be_due_in_the_month_that_somebody_is_called() -> None:
    guard = Guard(names_of({"jan": {"names": ["Jan Novak"]}}))
    made = said("- [ ] ask again [due:: 2027-01-12]")
    for form in ("md", "html", "docx"):
        outgoing.check(made, outgoing.render(made, form), form, guard)
        leaking = said("- [ ] ask Jan [due:: 2027-01-12]")
        with pytest.raises(Refused, match="@jan"):
            outgoing.check(leaking, outgoing.render(leaking, form), form, guard)
