"""What leaves holds no name in any disguise, place and format; and little else is taken for a name.

`python -m benchmarks.leaks` runs the full product.
"""

from collections import Counter
from datetime import date

import pytest

from allyjournal.sharing import formats
from allyjournal.sharing.document import Share, shared
from allyjournal.sharing.gate import Guard, leaks
from allyjournal.sharing.wording import worded
from tests.clean_text import clean_entries
from tests.disguises import DISGUISES, NAMES, Name
from tests.leaking import cases, left_in, redact, rules_of, said, survivor

EVERY = 29
SHARE = Share("r1", "coach", "Coach")


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.full)
def test_no_name_survives_in_any_disguise(name: Name) -> None:
    taken = list(cases(name))[NAMES.index(name) % EVERY :: EVERY]
    by = rules_of([name], [case.entry for case in taken])
    made = redact(taken, by)
    left = [
        (case.disguise, case.place, case.form)
        for case, each in zip(taken, made, strict=True)
        if survivor(case, each.after) == "name"
    ]
    assert left == []
    for form in ("md", "json", "jsonl"):
        data = formats.find(form).render_share(shared([each.after for each in made], {}, SHARE, date(2026, 11, 22)))
        assert left_in(data, form, [case.form for case in taken]) == []
        assert leaks(data, form, Guard(by.names, by.answers)) == []


def test_the_check_would_see_a_survivor() -> None:
    seen = Counter(
        case.disguise
        for name in NAMES
        for case in list(cases(name))[:: EVERY * 3]
        if survivor(case, case.entry) or case.form in said(case.entry)
    )
    assert sum(seen.values()) > 400 and len(seen) > len(DISGUISES) * 0.8


def test_few_words_of_texts_that_name_nobody_are_replaced() -> None:
    by = rules_of(NAMES)
    made = [worded(text, "body", by) for text in clean_entries()]
    wrong = [one for one in made if any(change.handle for change in one.changes)]
    assert len(made) == 200 and len(wrong) <= 4
