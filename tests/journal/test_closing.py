"""A commitment is changed in place, in any file a hand left: its line, one line under it, and not a byte more."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allyjournal.errors import Refused
from allyjournal.journal import document
from allyjournal.journal.body import Commitment, visible
from allyjournal.journal.closing import Change, changed, one_line
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import Journal
from allyjournal.journal.history import History

DAY, NEW = date(2026, 11, 21), date(2026, 12, 24)
MOMENT = datetime.fromisoformat("2026-11-21T08:15:02+01:00")
PATH = "entries/2026/11/2026-11-21-0815-k7m2q9xr4t.md"
FRONTS = [
    "",
    '---\nid: "k7m2q9xr4t"\ndate: 2026-11-21\n---\n',
    "---\r\ntags: [a]\r\n...\r\n\r\n",
    "---\nid: k7m2q9xr4t\n--- \n\n",
]
# A commitment's line in every way that people and programs write it; {} is where it may have an id.
TASKS = [
    "- [ ] If so, then I ask [due:: 2026-11-26]{}",
    "- [ ] If so, then I ask [due:: 2026-11-26]{}  ",
    "* [ ] If so, then I ask{} [due::2026-11-26] ^a-block",
    "+ [ ]\tIf so [due:: 2026-11-26] then I ask{} ^abc  ",
    "1. [ ] If so, then I ask [due:: 2026-11-26]{}",
    "12) [/] If so, then I ask [reach:: statement] [due:: 2026-11-26]{}",
    "  - [ ] If so, [[a link]] and `code` [due:: soon]{}",
    "\t- [ ] If so, then I ask #tag @priya [due:: 2026-11-26] {}\t",
    "> - [ ] If so, then I ask [due:: 2026-11-26]{}",
    "> > 3. [ ] If so, then I ask [due:: 2026-11-26]{} ^q1",
    "- [ ] Again [due:: 2026-11-26] and [due:: 2026-11-30]{}",
    "- [ ] Open again [completion:: 2026-01-01] [due:: 2026-11-26]{}",
    "- [ ] [due:: 2026-11-26]{}",
    "- [ ] %%mine%% If so [due:: 2026-11-26]{}",
    "- [ ] \U0001f331 e\u0301 \u202e\u200b [due:: 2026-11-26]{}",
]
UNDER = [
    [],
    ["  - 2026-11-20: not yet"],
    ["  more words", "    - deeper"],
    ["\t- with a tab", "\t\t- [ ] a task without a day"],
    ["      lazy and deep"],
]
AROUND = [
    "", "words", "words  ", "## A heading", "- a line", "  - [ ] no day, no id", "> a quote", "%%", "%% hidden %%",
    "___", "```", "```\n- [ ] in code [due:: 2026-11-26] [id:: c0de00]\n```", "~~~\n- [x] in code [id:: c0de01]",
    "    - [ ] indented code [due:: 2026-11-26]", "\t", "<!-- - [ ] x [due:: 2026-11-26] -->",
    "- [x] done [id:: d0ne11]",
    "- [ ] another [due:: 2026-11-27] [id:: an0th1]\n  - [ ] under it [due:: 2026-11-28]",
    "- [-] dropped [due:: 2026-11-01]",
    "[id:: f1e1d1] in running text", "\u2028\u0085\x0c", "1. one\n2. two", "* * *",
]  # fmt: skip
# What each change should have made of the commitment.
CHANGES = {
    "kept": Change("kept", DAY, None, None, "2026-11-21: I asked; she said “yes”"),
    "kept with its reach": Change("kept", DAY, None, "structure"),
    "dropped": Change("dropped", DAY, None, None, "2026-11-21: changed my mind"),
    "for another day": Change(None, None, NEW, None, "2026-11-21: missed. %% [id:: fake00] - [ ] x"),
    "a new day": Change(None, None, NEW),
}


def named(data: bytes, ref: str) -> Commitment:
    """The commitment with this ref; one with other words where there is none."""
    found = parsed(data).commitments
    return next((each for each in found if each.ref == ref), found[0]._replace(ref=ref, text="Gone by now"))


def parsed(data: bytes) -> Entry:
    return document.from_bytes(data, document.Fallback(PATH, lambda: MOMENT))


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, int, str]:
    """A file that has commitments; which line of its text is one of them, and what that line ends with."""
    own = draw(st.sampled_from(TASKS)).format(draw(st.sampled_from(["", " [id:: x7k2m9]", " [id:: x7k2m9] "])))
    lead = own[: len(own) - len(own.lstrip(" \t>"))]
    under = [f"{lead}{row}" for row in draw(st.sampled_from(UNDER))]
    around = st.lists(st.sampled_from(AROUND), max_size=5)
    before, after = draw(around), draw(around)
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    front = draw(st.sampled_from(FRONTS)).replace("\r\n", "\n")
    rows = "\n".join([*before, own, *under, *after])
    last = draw(st.sampled_from(["", "\n", "\n\n"]))
    text = (front + rows + last).replace("\n", end)
    end = end if end in text else "\n"
    number = (front + "".join(f"{row}\n" for row in before)).count("\n")
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode(), number, end


@given(files(), st.sampled_from(sorted(CHANGES)))
def test_only_its_line_and_one_under_it_change_and_it_reads_back(drawn: tuple[bytes, int, str], name: str) -> None:
    (data, number, end), change = drawn, CHANGES[name]
    entry = parsed(data)
    rows = data.decode().split(end)
    own = [each for each in entry.commitments if each.text and each.text in _words(rows[number])] or entry.commitments
    for seen in own:
        before, ref = list(entry.commitments), seen.ref
        if [each.ref for each in before].count(ref) > 1:
            continue
        try:
            new = changed(data, entry, seen, change)
        except Refused as error:
            assert str(error).endswith(("nothing was changed.", "nothing was written."))
            continue
        after = list(parsed(new).commitments)
        place = [each.ref for each in before].index(ref)
        assert after[:place] == before[:place] and after[place + 1 :] == before[place + 1 :]
        _reads_as_meant(before[place], after[place], change)
        _only_touches(data.decode(), new.decode(), end, change)
        assert [each.text for each in parsed(new).answers] == [each.text for each in entry.answers]


def _words(row: str) -> str:
    return " ".join(row.split())


def _reads_as_meant(before: Commitment, after: Commitment, change: Change) -> None:
    assert (after.ref, after.text) == (before.ref, before.text)
    assert after.status == (change.status or before.status)
    assert after.due == (change.due or before.due)
    assert after.reach == (change.reach or before.reach)
    assert after.closed == (change.day or before.closed)
    assert len(after.outcomes) == len(before.outcomes) + bool(change.outcome)
    assert after.outcomes[: len(before.outcomes)] == before.outcomes


def _only_touches(before: str, after: str, end: str, change: Change) -> None:
    old, new = before.split(end), after.split(end)
    if change.outcome:
        added = [number for number, row in enumerate(new) if row.lstrip(" \t>").startswith(f"- {change.outcome[:20]}")]
        assert len(added) == 1
        del new[added[0]]
    assert len(old) == len(new), "no line end of another kind, and no line more"
    assert sum(one != other for one, other in zip(old, new, strict=True)) <= 1


def test_most_hand_made_files_are_changed_and_not_refused() -> None:
    for task in TASKS:
        for end in ("\n", "\r\n", "\r"):
            data = f"- words{end}{task.format(' [id:: x7k2m9]')}{end}{end}words{end}".encode()
            for change in CHANGES.values():
                assert changed(data, parsed(data), named(data, "x7k2m9"), change) != data


@pytest.mark.parametrize(
    ("line", "change", "wanted"),
    [
        ("- [ ] Ask [due:: 2026-11-26] ^a1  ", CHANGES["kept with its reach"],
         "- [x] Ask [due:: 2026-11-26] [reach:: structure] [completion:: 2026-11-21] ^a1  "),
        ("- [ ] Ask [due:: 2026-11-26]  ", CHANGES["dropped"],
         "- [-] Ask [due:: 2026-11-26] [cancelled:: 2026-11-21]  \n  - 2026-11-21: changed my mind"),
        ("10. [ ] Ask [due:: soon]\n    - first", CHANGES["kept"],
         "10. [x] Ask [due:: soon] [completion:: 2026-11-21]\n    - first\n    - 2026-11-21: I asked; she said “yes”"),
        ("> - [ ] Ask [due:: 2026-11-26]\n> more", CHANGES["a new day"], "> - [ ] Ask [due:: 2026-12-24]\n> more"),
        ("- [ ] A [due:: 2026-11-26] [due:: 2026-11-30]", CHANGES["a new day"],
         "- [ ] A [due:: 2026-11-26] [due:: 2026-12-24]"),
    ],
)  # fmt: skip
def test_what_is_written_stands_where_a_hand_would_put_it(line: str, change: Change, wanted: str) -> None:
    data = f"{line}\n".encode()
    entry = parsed(data)
    assert changed(data, entry, entry.commitments[0], change) == f"{wanted}\n".encode()


def test_a_file_of_one_line_that_ends_as_windows_does_gets_such_an_end_for_the_new_line() -> None:
    data = b"---\r\ntags: [a]\r\n---\r\n- [ ] Ask [due:: 2026-11-26]"
    new = changed(data, parsed(data), named(data, f"{PATH}.1"), CHANGES["kept"])
    assert new.count(b"\r\n") == data.count(b"\r\n") + 1 and new.count(b"\n") == new.count(b"\r\n")


def test_an_open_mark_in_what_happened_does_not_hide_what_follows() -> None:
    data = b"- [ ] Ask [due:: 2026-11-26] [id:: x7k2m9]\n\nwords\n"
    new = changed(data, parsed(data), named(data, "x7k2m9"), CHANGES["for another day"])
    assert new.count(b"%%") == 2


def test_what_is_not_there_any_more_and_what_is_no_text_is_refused_with_a_line() -> None:
    data = b"- [ ] Ask [due:: 2026-11-26] [id:: x7k2m9]\n"
    with pytest.raises(Refused, match=r"changed meanwhile, or stands there twice; nothing was written\.$"):
        changed(data, parsed(data), named(data, "zzzzzz"), CHANGES["kept"])
    for broken in (data + b"\xff\xfe", data.decode().encode("utf-16")):
        with pytest.raises(Refused, match=r"is not UTF-8 text; nothing was changed\.$"):
            changed(broken, parsed(broken), named(broken, "x7k2m9"), CHANGES["kept"])


@settings(max_examples=50)
@given(drawn=files(), name=st.sampled_from(sorted(CHANGES)))
def test_undo_gives_every_byte_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[bytes, int, str], name: str
) -> None:
    data = drawn[0]
    journal = Journal(tmp_path_factory.mktemp("journal"))
    path = journal.root / PATH
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    entry = journal.read(PATH)
    history = History(journal, MOMENT)
    if _change(history, journal, entry, CHANGES[name]):
        assert path.read_bytes() != data
        history.undo()
    assert path.read_bytes() == data


def _change(history: History, journal: Journal, entry: Entry, change: Change) -> bool:
    for each in entry.commitments:
        try:
            return bool(
                history.rewrite(
                    "commitments done",
                    [PATH],
                    lambda _, data, seen=each: changed(data, journal.again(entry, data), seen, change),  # type: ignore[misc]
                )
            )
        except Refused:
            continue
    return False


def test_the_journal_of_a_path_with_spaces_is_changed_too(tmp_path: Path) -> None:
    path = tmp_path / "entries/2026/My notes.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"- [ ] Ask [due:: 2026-11-26]\n")
    journal = Journal(tmp_path)
    entry = journal.all().entries[0]
    new = changed(path.read_bytes(), entry, entry.commitments[0], CHANGES["a new day"])
    assert new == b"- [ ] Ask [due:: 2026-12-24]\n"


HIDDEN_BODIES = [
    "Meeting %% about Kim\n- [ ] call [due:: 2026-11-20] [id:: x7k2m9]\n%% end",
    "%% all of it\n\n- [ ] call [due:: 2026-11-20] [id:: x7k2m9]\n\nend",
    "- [ ] call `%%` now [due:: 2026-11-20] [id:: x7k2m9]\n  - old `%% x\n\nshown %%hid%% end",
    "a\n\n- [ ] call [due:: 2026-11-20] [id:: x7k2m9]\n\nshown %%hid%% end",
]


@given(
    st.sampled_from(HIDDEN_BODIES),
    st.lists(st.sampled_from(["told", "%%", "`", "``", "SECRET", " "]), min_size=1, max_size=8).map("".join),
)
def test_no_outcome_shows_what_was_hidden_or_hides_what_was_shown(body: str, outcome: str) -> None:
    data = body.encode()
    entry = parsed(data)
    try:
        new = changed(data, entry, entry.commitments[0], Change(outcome=f"2026-11-21: {outcome}"))
    except Refused:
        return
    shown = visible(parsed(new).body)[0]
    before = visible(entry.body)[0].split()
    assert [word for word in before if word not in shown.split()] == []
    secrets = visible(one_line(outcome))[0].count("SECRET") if "- [ ] call" in visible(body)[0] else 0
    assert shown.count("SECRET") <= secrets and ("hid" in shown) == ("hid" in before)
