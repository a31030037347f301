"""What must not leave: private entries unless asked for, and what `%%` hides, in any format and any place."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from allyjournal.journal.document import Fallback, from_bytes, to_text, with_answer
from allyjournal.journal.entry import Entry
from allyjournal.practice.interview import with_mentions
from allyjournal.sharing import formats
from allyjournal.sharing.redaction import leaving, without_hidden
from tests import strategies
from tests.sharing.drawn import unpacked
from tests.support import SATURDAY, Home

CANARY = "kanarienvogel"
MOMENT = datetime(2026, 11, 21, 8, 15, 2, tzinfo=UTC)
TEXTS = [name for name in formats.FORMATS if formats.find(name).IS_TEXT]
HIDDEN = [
    CANARY,
    f"#{CANARY}",
    f"@{CANARY}",
    f" #work/{CANARY} ",
    f"\n- [ ] {CANARY} [due:: 2026-11-26] [id:: abc234]\n",
    f"\n## {CANARY}\n\n",
    f"\n```\n{CANARY}\n```\n",
    f"\n```\n{CANARY}\n",
    f"`{CANARY}`",
    f"[{CANARY}](https://{CANARY}.example)",
    f"% {CANARY} %",
    f"\r\n{CANARY}\r",
]


def entry_of(body: str, **changed: Any) -> Entry:
    return replace(Entry(id="k7m2q9xr4t", date=date(2026, 11, 21), created=MOMENT, body=body), **changed)


def kept(entry: Entry) -> Entry:
    """The entry after it was written by ally and read back."""
    return from_bytes(to_text(with_mentions(entry)).encode(), Fallback("entries/x.md", lambda: MOMENT))


def all_that_leaves(entry: Entry, include_private: bool = False) -> str:
    """What every format that is quick to make holds, as text."""
    left = leaving([entry], include_private)
    return "\n".join(unpacked(name, formats.find(name).render(left.entries, {})) for name in TEXTS).casefold()


def visible_texts() -> st.SearchStrategy[str]:
    return strategies.texts().map(lambda text: re.sub("%+", "%", text))


@st.composite
def bodies_that_hide(draw: st.DrawFn, may_stay_open: bool = False) -> str:
    """Text and hidden passages in turn; the last passage may be left open."""
    parts = [draw(visible_texts())]
    for _ in range(draw(st.integers(1, 3))):
        parts += [f"%%{draw(st.sampled_from(HIDDEN))}%%", draw(visible_texts())]
    if may_stay_open and draw(st.booleans()):
        parts.append(f"%%{draw(st.sampled_from(HIDDEN))}")
    return "".join(parts)


@given(bodies_that_hide(), bodies_that_hide(may_stay_open=True), strategies.lines())
@example("%%#kanarienvogel%%", "a%%kanarienvogel", "x")
def test_what_is_hidden_leaves_in_no_format(body: str, second: str, asked: str) -> None:
    question = " ".join(asked.replace("%", "").split()) or "Why?"
    entry = entry_of(with_answer(with_answer("", question, body), "And then?", second), asked=(question, "And then?"))
    assert CANARY not in all_that_leaves(kept(entry))
    assert CANARY not in all_that_leaves(kept(replace(entry, private=True)), include_private=True)


@pytest.mark.parametrize(
    "entry",
    [
        entry_of("words", title=f"A title %%{CANARY}%%"),
        entry_of("words", title=f"%%{CANARY}"),
        entry_of(f"## Why %%{CANARY}%%?\n\nwords", asked=(f"Why %%{CANARY}%%?",), prompts=("a.b",)),
        entry_of("words", asked=(f"Why %%{CANARY}",)),
        entry_of(f"## Q\n\n%%{CANARY}\n\n## R\n\n{CANARY}", asked=("Q", "R")),
        entry_of(f"- [ ] Call [due:: 2026-11-26] [id:: abc234] %%{CANARY}%%\n  - %%{CANARY}%% outcome"),
        entry_of(f"%%{CANARY}%%", tags=("fine",)),
    ],
)
def test_a_title_a_question_or_a_commitment_hides_too(entry: Entry) -> None:
    assert CANARY not in all_that_leaves(kept(entry))
    for name in formats.FORMATS:
        data = formats.find(name).render(leaving([kept(entry)], include_private=False).entries, {})
        assert CANARY not in unpacked(name, data).casefold(), name


@given(visible_texts(), visible_texts())
def test_what_is_not_hidden_does_leave(before: str, after: str) -> None:
    shown, hidden = without_hidden(entry_of(f"{before}%%{CANARY}%%{after}"))
    assert hidden == 1
    assert shown.body.strip("\n") == f"{before}{after}".strip("\n")


@given(strategies.entries(private=True))
def test_a_private_entry_leaves_only_when_it_is_asked_for(entry: Entry) -> None:
    assert leaving([entry], include_private=False).entries == ()
    assert leaving([entry], include_private=False).private == 1
    assert len(leaving([entry], include_private=True).entries) == 1


@given(strategies.entries(), st.sampled_from(sorted(formats.FORMATS)))
def test_every_format_takes_every_entry(entry: Entry, name: str) -> None:
    data = formats.find(name).render(leaving([entry], include_private=True).entries, {})
    assert data.strip()


def test_a_file_with_a_broken_escape_in_its_title_does_not_stop_an_export(home: Home) -> None:
    home.ok("note", stdin="Good words.", at=SATURDAY)
    home.put("entries/2026/11/broken.md", '---\ndate: 2026-11-21\ntitle: "\\ud800"\n---\n\nOther words.\n')
    for form in TEXTS:
        said = home.ok("export", "--format", form, at=SATURDAY)
        assert "Good words." in said and "Other words." in said


PRIVATE = f"---\ndate: 2026-11-20\nprivate: true\n---\n\n{CANARY} alone\n"


@pytest.mark.parametrize("form", TEXTS)
def test_an_export_says_what_it_left_out(home: Home, form: str) -> None:
    home.put("entries/2026/11/private.md", PRIVATE)
    home.put("entries/2026/11/half.md", f"---\ndate: 2026-11-21\n---\n\nShown. %%{CANARY}%% #%%{CANARY}%%tag\n")
    done = home.run("export", "--format", form, at=SATURDAY)
    assert done.returncode == 0
    assert "Shown." in done.stdout and CANARY not in done.stdout + done.stderr
    assert "1 private entry" in done.stderr and "2 passages between %% and %%" in done.stderr
    assert "Names of people are as you wrote them" in done.stderr


@pytest.mark.parametrize("form", TEXTS)
def test_private_entries_leave_with_the_option_and_hidden_passages_never(home: Home, form: str) -> None:
    home.put("entries/2026/11/private.md", PRIVATE + "\n%%Below the line.%%\n")
    said = home.ok("export", "--include-private", "--format", form, at=SATURDAY)
    assert f"{CANARY} alone" in said and "Below the line" not in said


def test_a_file_that_cannot_be_read_is_left_out_whole_and_named(home: Home) -> None:
    home.put("entries/2026/11/broken.md", f"---\nprivate: true\nprivate: true\n---\n\n{CANARY}\n")
    done = home.run("export", at=SATURDAY)
    assert done.returncode == 0 and CANARY not in done.stdout + done.stderr
    assert "entries/2026/11/broken.md:3:" in done.stderr


@pytest.mark.parametrize("options", [["-t", CANARY], ["--on", "2026-11-20"], ["-n", "1"], ["--from", "2026"]])
def test_no_filter_lets_a_private_entry_out(home: Home, options: list[str]) -> None:
    home.put("entries/2026/11/private.md", PRIVATE + f"\n#{CANARY}\n")
    assert CANARY not in home.ok("export", *options, at=SATURDAY)


def test_a_file_that_exists_is_not_overwritten_without_force(home: Home) -> None:
    home.ok("note", stdin="Good words.", at=SATURDAY)
    kept_file = home.folder / "kept.md"
    kept_file.write_text("mine")
    done = home.run("export", "-o", "kept.md", at=SATURDAY)
    assert (done.returncode, done.stdout, kept_file.read_text()) == (3, "", "mine")
    assert "--force" in done.stderr and "Good words" not in done.stderr
    home.ok("export", "-o", "kept.md", "--force", at=SATURDAY)
    assert "Good words." in kept_file.read_text()
    assert kept_file.stat().st_mode & 0o777 == 0o600


def test_a_link_in_the_way_is_not_followed_or_replaced_without_force(home: Home) -> None:
    home.ok("note", stdin="Good words.", at=SATURDAY)
    (home.folder / "kept.md").write_text("mine")
    (home.folder / "link.md").symlink_to("kept.md")
    done = home.run("export", "-o", "link.md", at=SATURDAY)
    assert (done.returncode, (home.folder / "kept.md").read_text()) == (3, "mine")


@pytest.mark.parametrize(
    ("options", "code"), [(["-o", "no/folder/x.md"], 1), (["-o", "."], 2), (["--format", "pfd"], 2)]
)
def test_an_export_that_cannot_be_written_says_why(home: Home, options: list[str], code: int) -> None:
    home.ok("note", stdin="Good words.", at=SATURDAY)
    done = home.run("export", *options, at=SATURDAY)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.strip() and "fault" not in done.stderr and "Good words" not in done.stderr
