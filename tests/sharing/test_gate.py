"""The last look: whatever a finished file hides a name in, it is found; what cannot be opened does not leave."""

import pytest

from allyjournal.sharing import decoding
from allyjournal.sharing.answers import KEEP
from allyjournal.sharing.gate import Guard, leaks
from allyjournal.sharing.names import find, names_of
from allyjournal.sharing.questions import of_name
from allyjournal.sharing.skeleton import skeleton
from tests.finished import pdf
from tests.planted import CLEAN, GUARD, PLANTED, SHUT, bomb, html


@pytest.mark.parametrize("form", CLEAN)
def test_a_file_without_a_name_leaves(form: str) -> None:
    assert leaks(CLEAN[form], form, GUARD) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_name_is_found(planted: str) -> None:
    form, data = PLANTED[planted]
    assert leaks(data, form, GUARD), planted


@pytest.mark.parametrize("shut", SHUT)
def test_what_cannot_be_looked_into_does_not_leave(shut: str) -> None:
    form, data = SHUT[shut]
    found = leaks(data, form, GUARD)
    assert found and all("cannot be looked into" in each.what for each in found)


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MOST_BYTES", 1_000_000)
    assert "too much" in leaks(bomb(), "docx", GUARD)[0].what


def test_a_leak_says_where_and_whose_and_holds_no_words() -> None:
    (found,) = leaks(b"Secret words of Maria Kalnina.", "md", GUARD)
    assert found == ("text", "maria_k", "a name")


def test_a_word_that_may_be_a_name_is_a_leak_until_the_writer_kept_it() -> None:
    text = "Will was long in coming."
    found = skeleton(text)
    (hit,) = find(found, GUARD.names)
    assert leaks(text.encode(), "md", GUARD)
    assert not leaks(text.encode(), "md", GUARD._replace(answers={of_name(found, hit): KEEP}))


def test_a_script_of_ours_is_not_searched_and_another_is() -> None:
    ours = "const maria = 1"
    page = html(f"<script>{ours}</script>")
    guard = GUARD._replace(ours=frozenset([ours]))
    assert leaks(page, "html", GUARD)
    assert leaks(page, "html", guard) == []
    assert leaks(html("<script>const maria = 2</script>"), "html", guard)


def test_a_line_that_a_page_breaks_does_not_stop_an_ordinary_word() -> None:
    assert leaks(pdf("Note"), "pdf", GUARD) == []
    register = names_of({"will": {"names": ["Will Young"]}})
    for text in ("Will you come?", "note\nWill you come?"):
        assert leaks(pdf(text), "pdf", Guard(register)) == []
    assert leaks(pdf("I told Will under the tree."), "pdf", Guard(register))
