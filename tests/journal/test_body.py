"""The body of an entry: answers by their headings, commitments, and what `%%` hides."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from allyjournal.journal import blocks
from allyjournal.journal.body import Answer, Commitment, answers, commitments, count_words, visible
from allyjournal.journal.document import with_answer
from tests import strategies
from tests.markdown_oracle import headings

ENTRY = "k7m2q9xr4t"


def texts_of(text: str, *asked: str) -> list[str]:
    return [each.text for each in answers(text, [f"p.{n}" for n in range(len(asked))], asked)]


@pytest.mark.parametrize(
    ("text", "asked", "wanted"),
    [
        ("## Q?\n\nyes", ["Q?"], ["yes"]),
        ("##   Q?  \n\nyes", ["Q?"], ["yes"]),
        ("##\tQ?\n\nyes", ["Q?"], ["yes"]),
        ("   ## Q?\n\nyes", ["Q?"], ["yes"]),
        ("    ## Q?\n\nyes", ["Q?"], [""]),
        ("# Q?\n\nyes", ["Q?"], [""]),
        ("### Q?\n\nyes", ["Q?"], [""]),
        ("##Q?\n\nyes", ["Q?"], [""]),
        ("## q?\n\nyes", ["Q?"], [""]),
        ("## Cafe\u0301?\n\nyes", ["Café?"], ["yes"]),
        ("## Café?\n\nyes", [" Cafe\u0301? "], ["yes"]),
        ("## Q?\r\n\r\nyes\r\nno\r\n", ["Q?"], ["yes\r\nno"]),
        ("## Q?\r\ryes", ["Q?"], ["yes"]),
        ("before\n\n## Q?\n\nyes", ["Q?"], ["yes"]),
        ("## B?\n\nb\n\n## A?\n\na", ["A?", "B?"], ["a", "b"]),
        ("## A?\n\na\n\n## A?\n\nagain", ["A?"], ["a\n\n## A?\n\nagain"]),
        ("## A?\n\na\n\n## Mine\n\nmore\n\n## B?\n\nb", ["A?", "B?"], ["a\n\n## Mine\n\nmore", "b"]),
        ("```\n## A?\n```\n\n## A?\n\na", ["A?"], ["a"]),
        ("~~~~\n## A?\n~~~\n~~~~\n\n## A?\n\na", ["A?"], ["a"]),
        ("```\n## A?\n\na", ["A?"], [""]),
        ("## A?\n\n```\n## B?\n```\n\n## B?\n\nb", ["A?", "B?"], ["```\n## B?\n```", "b"]),
        ("> ## A?\n\n## A?\n\na", ["A?"], ["a"]),
        ("## A?", ["A?"], [""]),
        ("", ["A?"], [""]),
        ("words", [], []),
    ],
)
def test_a_heading_that_equals_the_question_begins_its_answer(text: str, asked: list[str], wanted: list[str]) -> None:
    assert texts_of(text, *asked) == wanted


def test_two_equal_questions_are_both_found() -> None:
    """The same question twice in `asked`: the first heading is the first answer, the second the second."""
    assert texts_of("## A?\n\none\n\n## A?\n\ntwo", "A?", "A?") == ["one", "two"]


def test_prompts_and_questions_are_paired_as_far_as_both_go() -> None:
    assert answers("## B?\n\nb", ["p.a"], ["A?", "B?"]) == (Answer("p.a", "A?", ""), Answer(None, "B?", "b"))
    assert answers("## A?\n\na", ["p.a", "p.b"], ["A?"]) == (Answer("p.a", "A?", "a"),)


ASKED = ("A?", "B?", "C?")
LINES = [
    "## A?", "## B?", "## C?", "  ## A?", "    ## B?", "\t## C?", "# A?", "### B?", "##C?", "> ## A?", "- ## B?",
    "## Mine", "", "", "text", "text  ", "```", "````", "~~~", "~~~~", "``` py", "```x```", "    ```", "- ```",
    "> ```", "  ```", "- item", "  more", "    code", "> quote", "---", "===", "1. one", "`tick", "* * *", "| a |",
    "[x]: /y",
]  # fmt: skip


def by_markdown_it(text: str) -> list[str]:
    """The answers as cut by the headings that markdown-it sees: each question's first, to the next one's."""
    found: dict[str, tuple[int, int]] = {}
    for content, first, after in headings(text):
        if content in ASKED:
            found.setdefault(content, (first, after))
    rows = text.split("\n")
    starts = sorted(first for first, _ in found.values())
    said = []
    for each in ASKED:
        if each not in found:
            said.append("")
            continue
        first, after = found[each]
        end = next((start for start in starts if start > first), len(rows))
        said.append("\n".join(rows[after:end]).strip())
    return said


@given(st.lists(st.sampled_from(LINES), max_size=10))
@example(["##C?", "    ## B?", "---"])
def test_the_headings_that_begin_answers_are_those_that_markdown_it_sees(rows: list[str]) -> None:
    text = "\n".join(rows)
    assert texts_of(text, *ASKED) == by_markdown_it(text)


@pytest.mark.parametrize(
    "rows",
    [
        ["    ```", "## A?", "a"],
        ["text", "", "    ```", "", "## A?", "a"],
        ["- ```", "## A?", "a"],
        ["> ```", "## A?", "a"],
        ["> ```", "> code", "", "## A?", "a"],
        ["- ```", "  code", "", "## A?", "a"],
        ["```", "    ```", "## A?", "a"],
        ["```", "> ```", "## A?", "a"],
        ["```", "- ```", "## A?", "a"],
        ["text", "    ```", "## A?", "a"],
    ],
    ids=repr,
)
def test_a_fence_ends_where_its_list_or_quote_ends_and_an_indented_one_is_none(rows: list[str]) -> None:
    text = "\n".join(rows)
    assert texts_of(text, *ASKED) == by_markdown_it(text)


@given(st.lists(st.lists(st.sampled_from(LINES), max_size=5), min_size=3, max_size=3))
@example([["    ```"], ["x"], ["y"]])
@example([["> ```"], ["x"], ["y"]])
@example([["- ```"], ["x"], ["y"]])
def test_a_question_put_after_any_answer_is_a_heading_to_markdown_it(said: list[list[str]]) -> None:
    """What ally itself writes: whatever an answer leaves open, the next question is not swallowed by it."""
    text = ""
    for asked, rows in zip(("First?", "Second?", "Third?"), said, strict=True):
        text = with_answer(text, asked, "\n".join(rows))
    seen = [content for content, _, _ in headings(text)]
    assert [each for each in seen if each in ("First?", "Second?", "Third?")] == ["First?", "Second?", "Third?"]


@given(strategies.bodies(), st.lists(strategies.lines(1), max_size=3))
def test_any_body_gives_one_answer_for_each_question(text: str, asked: list[str]) -> None:
    found = answers(text, [], asked)
    assert [each.asked for each in found] == asked
    assert all(each.text in text and each.text == each.text.strip() for each in found)


def one(text: str) -> Commitment:
    (found,) = commitments(text, ENTRY)
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- [ ] Ask [due:: 2026-11-26] [id:: abc234]", ("abc234", "Ask", "open", date(2026, 11, 26), None, None)),
        ("- [ ] Ask [id:: abc234]", ("abc234", "Ask", "open", None, None, None)),
        ("- [ ] Ask [due:: 2026-11-26]", (f"{ENTRY}.1", "Ask", "open", date(2026, 11, 26), None, None)),
        (
            "- [x] Ask [due:: 2026-11-26] [id:: a] [completion:: 2026-11-25]",
            ("a", "Ask", "kept", date(2026, 11, 26), date(2026, 11, 25), None),
        ),
        ("- [X] Ask [id:: a]", ("a", "Ask", "kept", None, None, None)),
        ("- [-] Ask [id:: a] [cancelled:: 2026-11-25]", ("a", "Ask", "dropped", None, date(2026, 11, 25), None)),
        ("- [ ] Ask [id:: a] [reach:: structure]", ("a", "Ask", "open", None, None, "structure")),
        ("- [/] Ask [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("* [ ] Ask [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("+ [ ] Ask [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("3. [ ] Ask [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("> - [ ] Ask [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("  - [ ] Ask [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("-   [ ]   Ask   twice [id:: a]  now", ("a", "Ask twice now", "open", None, None, None)),
        ("- [ ] [due::2026-11-26][id::a] Ask", ("a", "Ask", "open", date(2026, 11, 26), None, None)),
        ("- [ ] Ask [due:: 2026-02-30] [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("- [ ] Ask [due:: tomorrow]", (f"{ENTRY}.1", "Ask", "open", None, None, None)),
        ("- [ ] Ask [due:: 26.11.2026] [id:: a]", ("a", "Ask", "open", None, None, None)),
        ("- [ ] Ask @priya #hiring [id:: a]\r\n", ("a", "Ask @priya #hiring", "open", None, None, None)),
        ("- [ ] Ask [mood:: fine] [id:: a]", ("a", "Ask [mood:: fine]", "open", None, None, None)),
    ],
)
def test_a_task_with_a_due_day_or_an_id_is_a_commitment(text: str, wanted: tuple[object, ...]) -> None:
    found = one(text)
    assert (found.ref, found.text, found.status, found.due, found.closed, found.reach) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] Just a task",
        "- Ask [due:: 2026-11-26]",
        "Ask [due:: 2026-11-26] [id:: a]",
        "-[ ] Ask [id:: a]",
        "- [ ]Ask [id:: a]",
        "- [  ] Ask [id:: a]",
        "- [] Ask [id:: a]",
        "```\n- [ ] Ask [id:: a]\n```",
        "~~~\n- [ ] Ask [id:: a]",
        "- [ ] Ask (due:: 2026-11-26)",
    ],
)
def test_other_lines_are_no_commitments(text: str) -> None:
    assert commitments(text, ENTRY) == ()


def test_indented_code_is_code_here_too() -> None:
    assert commitments("Text.\n\n    - [ ] Ask [due:: 2026-11-26]\n", ENTRY) == ()


def test_a_task_under_a_task_is_a_commitment_of_its_own() -> None:
    found = commitments("- [ ] One [id:: a]\n  - [ ] Two [due:: 2026-11-26] [id:: b]\n  - went well", ENTRY)
    assert [each.ref for each in found] == ["a", "b"]


def test_lines_indented_under_a_commitment_are_its_outcomes() -> None:
    text = (
        "- [x] Ask [id:: a]\n  - She said yes.\n    And why.\n\n- [ ] Next [id:: b]\n    - not yet\n"
        "- [ ] Last [id:: c]\nno"
    )
    assert [(each.ref, each.outcomes) for each in commitments(text, ENTRY)] == [
        ("a", ("She said yes.", "And why.")),
        ("b", ("not yet",)),
        ("c", ()),
    ]


def test_a_reference_of_a_hand_made_one_counts_the_commitments_before_it() -> None:
    text = "- [ ] One [due:: 2026-11-26]\n- [ ] no commitment\n- [ ] Two [id:: abc234]\n- [ ] Three [due:: 2026-11-27]"
    assert [each.ref for each in commitments(text, ENTRY)] == [f"{ENTRY}.1", "abc234", f"{ENTRY}.3"]


@given(strategies.bodies())
def test_commitments_are_found_in_any_text_without_trouble(text: str) -> None:
    for each in commitments(f"{text}\n- [ ] Ask [due:: 2026-11-26]\n{text}", ENTRY):
        assert each.status in ("open", "kept", "dropped") and "\n" not in each.text


@pytest.mark.parametrize(
    ("text", "wanted", "count"),
    [
        ("shown", "shown", 0),
        ("a %%b%% c", "a  c", 1),
        ("%%a%%%%b%%", "", 2),
        ("a %%b", "a ", 1),
        ("a %%b\n\n## C?\n\nd", "a ", 1),
        ("%%a%% b %%c", " b ", 2),
        ("%%\na\n%%\nb", "\nb", 1),
        ("100% sure, 5%", "100% sure, 5%", 0),
        ("a%%%b%%%c", "a%c", 1),
        ("%%%%", "", 1),
        ("```\n%%a%%\n```", "```\n\n```", 1),
        ("`%%`a`%%`", "``", 1),
    ],
)
def test_what_stands_between_signs_is_hidden_and_an_open_one_hides_the_rest(text: str, wanted: str, count: int) -> None:
    assert visible(text) == (wanted, count)


@given(strategies.texts())
def test_what_is_visible_holds_no_sign_and_is_stable(text: str) -> None:
    shown, _ = visible(text)
    assert "%%" not in shown
    assert visible(shown) == (shown, 0)


def test_words_are_counted_without_the_questions() -> None:
    assert count_words("## Which one?\n\nTwo words\n\n## Mine\n", ["Which one?"]) == 4
    assert count_words("", []) == 0


@given(strategies.texts())
def test_the_lines_of_a_body_are_the_whole_of_it(text: str) -> None:
    place = 0
    for line in blocks.rows(text):
        assert text.startswith(line.text, line.start) and line.start >= place
        assert set(text[place : line.start]) <= {"\r", "\n"}
        place = line.start + len(line.text)
    assert set(text[place:]) <= {"\r", "\n"}
