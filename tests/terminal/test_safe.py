"""Foreign text on its way to a terminal: nothing in it is obeyed, and nothing of it disappears."""

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.terminal.page import Page
from allyjournal.terminal.safe import safe, safe_line
from tests import strategies
from tests.pty import run_on_a_terminal, screen_of
from tests.support import SATURDAY, Home

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# What must never reach a terminal from a text: controls but for the line feed and the tab, what turns lines
# round or breaks them, and halves of characters.
FORBIDDEN = (
    {chr(code) for code in [*range(0x20), 0x7F, *range(0x80, 0xA0)]} - {"\n", "\t"} | set(BIDI) | {"\u2028", "\u2029"}
)
HOSTILE = [
    "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]52;c;cm0gLXJm\x07",
    "\x1b]8;;https://x.example\x1b\\link\x1b]8;;\x1b\\", "\x1b[?1049h", "\x1b[6n", "\x1bc", "\x1b(0", "\x1b[31m",
    "\x1bP+q\x1b\\", "\x9b31m", "\x9d0;t\x9c", "\x90q\x9c", "\x84", "\x07", "\x08\x08\x08", "\x7f", "\r[gone",
    "\x0b\x0c", "\x00", "\x0e\x0f", "\x1a", "\x05", "\u202egnp.exe", "\u2066x\u2069", "\u200f", "\u061c", "\u2028",
    "\u2029", "\u0085", "\ufeff", "\u200b", "\ufff9\ufffa\ufffb", "\U000e0001", "\ud800", "\udcff", "[/red]",
    "[bold]x", "[link=https://x.example]x[/link]", "[red", "\\[red]", ":smile:", "{0} %s", "a" * 5000,
]  # fmt: skip
_any = st.text(st.one_of(st.characters(), st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"])))


def assert_harmless(shown: str) -> None:
    assert not FORBIDDEN & set(shown), sorted(FORBIDDEN & set(shown))
    assert not any(unicodedata.category(char) == "Cs" for char in shown)
    shown.encode()


@given(st.one_of(_any, strategies.texts()))
def test_no_control_or_direction_character_comes_out(text: str) -> None:
    assert_harmless(safe(text))
    assert_harmless(safe_line(text))
    assert "\n" not in safe_line(text) and "\t" not in safe_line(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_texts_are_shown_and_not_obeyed(text: str) -> None:
    assert_harmless(safe(text))
    assert safe(text).strip(), "something of it is seen"
    assert text.isascii() is False or not text.isprintable() or safe(text) == text


def test_six_thousand_random_mixtures_are_harmless_too() -> None:
    dice = random.Random(11)
    alphabet = [*FORBIDDEN, *HOSTILE, *strategies.TRAPS, "a", "é", "👩‍💻", "\n", "\t", "\r\n"]
    for _ in range(6000):
        text = "".join(dice.choices(alphabet, k=dice.randint(0, 12)))
        shown = safe(text)
        assert_harmless(shown)
        assert safe(shown) == shown


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_text_in_any_script_is_shown_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("text", ["👩‍💻", "🇳🇴", "नमस्ते", "می‌خواهم", "e\u0301", "\u00a0", "soft\u00adhyphen", "a\nb\tc"])
def test_what_joins_letters_stays(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\x1b", "␛"),
        ("\x00", "␀"),
        ("\x7f", "␡"),
        ("\x9b", "⟨U+009B⟩"),
        ("\u202e", "⟨U+202E⟩"),
        ("\u2028", "⟨U+2028⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a␍b"),
    ],
)
def test_each_is_shown_as_a_mark_of_its_own(text: str, wanted: str) -> None:
    assert safe(text) == wanted


@given(st.lists(st.one_of(_any, st.tuples(st.sampled_from(["title", "mark", ""]), _any)), max_size=5))
def test_a_page_is_harmless_whatever_its_pieces_are(pieces: list[str | tuple[str, str]]) -> None:
    page = Page()
    page.row(*pieces)
    assert_harmless(page.text())


# Every text an entry has, all of them hostile; the texts a terminal would obey must come out as marks.
EVIL = "\x1b[2J\x1b]0;t\x07\x9b31m\u202e[/red][bold]x\x08"
QUOTED = "\\u001b[2J\\u001b]0;t\\u0007\\u009b31m\\u202e[/red][bold]x\\u0008"
ENTRY = f"""---
id: "k7m2q9xr4t"
date: 2026-11-21
created: 2026-11-21T08:15:02+01:00
title: "Title {QUOTED}"
kind: reflection
prompts:
  - a.b
asked:
  - "Asked {QUOTED}"
practices:
  - "practice{QUOTED}"
tags:
  - "tag{QUOTED}"
people:
  - "person{QUOTED}"
starred: true
---

## Asked {EVIL}

Body {EVIL} #work @priya

- [ ] Commitment {EVIL} [due:: 2026-11-22] [id:: abc234]
  - outcome {EVIL}
"""
COMMANDS = [
    ["list"],
    ["show", "k7m2"],
    ["review"],
    [],
    ["search", "Body"],
    ["tags"],
    ["people"],
    ["show", f"nothing{EVIL}"],
    ["list", "--on", EVIL],
    ["list", "--practice", EVIL],
    ["reflect", "--print", "--pack", EVIL],
    ["reflect", "--print", "--prompt", EVIL],
    ["do", EVIL],
    ["packs", "show", EVIL],
    ["schema", EVIL],
    ["export", "--format", EVIL],
    ["export", "-o", f"no/{EVIL}/x.md"],
    ["packs", "check", f"no/{EVIL}.toml"],
    [f"command{EVIL}"],
    ["list", f"--option{EVIL}"],
    ["list", "-n", EVIL],
    ["--journal", f"no{EVIL}", "show", "last"],
    ["doctor"],
]
OURS = re.compile(rb"\x1b\[[0-9;]*m|\r\n")


@pytest.fixture
def evil(home: Home) -> Home:
    """A journal in which every text is hostile, and a pack that is not right."""
    home.put("entries/2026/11/2026-11-21-0815-k7m2q9xr4t.md", ENTRY)
    home.put("entries/2026/11/broken\x1b[2J.md", f'---\n"{QUOTED}": 1\n"{QUOTED}": 2\n---\n')
    home.put("packs/evil\x1b[2J.toml", f'format = 1\nid = "{QUOTED}"\n"k{QUOTED}" = 1\n')
    return home


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words).replace(EVIL, "EVIL") or "ally")
def test_nothing_of_an_entry_or_of_the_command_line_is_obeyed_by_a_pipe_or_a_terminal(
    evil: Home, words: list[str]
) -> None:
    done = evil.run(*words, at=SATURDAY)
    assert_harmless(done.stdout)
    assert_harmless(done.stderr)
    assert "fault" not in done.stderr and "Traceback" not in done.stderr
    drawn = run_on_a_terminal(evil, *words, at=SATURDAY, PAGER="cat")
    assert_harmless(OURS.sub(b"\n", drawn).decode())
    if words in (["list"], ["show", "k7m2"], ["review"]):
        seen = screen_of(drawn)
        assert "[/red][bold]x" in seen.replace("\n", "")
        assert "␛[2J" in seen.replace("\n", "")


@pytest.mark.parametrize(
    "words",
    [
        ["export"],
        ["export", "--format", "json"],
        ["export", "--format", "jsonl"],
        ["review", "--format", "md"],
        ["review", "--json"],
        ["show", "--json", "k7m2"],
        ["list", "--json"],
    ],
    ids=" ".join,
)
def test_data_is_not_obeyed_by_a_terminal_either(evil: Home, words: list[str]) -> None:
    """Into a pipe or a file the bytes go as they are; a terminal would obey them."""
    drawn = run_on_a_terminal(evil, *words, at=SATURDAY, PAGER="cat")
    assert_harmless(OURS.sub(b"\n", drawn).decode())
    assert b"2026" in drawn


def test_markup_of_the_screen_library_is_text(home: Home) -> None:
    home.ok(
        "note",
        "--title",
        "[/red] I feel [sad] [bold]x[/bold]",
        stdin="I feel [sad]. [/foo] :smile: [link=x]y",
        at=SATURDAY,
    )
    for words in (["list"], ["show", "last"]):
        drawn = screen_of(run_on_a_terminal(home, *words, at=SATURDAY, PAGER="cat"))
        assert "[/red] I feel [sad] [bold]x[/bold]" in drawn
        assert "[/red] I feel [sad] [bold]x[/bold]" in home.ok(*words, at=SATURDAY)
    assert "I feel [sad]. [/foo] :smile: [link=x]y" in drawn


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"ALLY_PLAIN": "1"}, {"NO_COLOR": "1"}], ids=str)
def test_where_no_colour_is_wanted_none_is_sent(home: Home, env: dict[str, str]) -> None:
    home.ok("note", "--title", "A title", stdin="words #tag @priya", at=SATURDAY)
    for words in (["list"], ["show", "last"], ["review"], []):
        drawn = run_on_a_terminal(home, *words, at=SATURDAY, PAGER="cat", **env)
        colours = re.findall(rb"\x1b\[[0-9;]*m", drawn)
        assert (
            b"\x1b" not in drawn
            if "NO_COLOR" not in env
            else not any(re.search(rb"[\[;]3[0-7]", each) for each in colours)
        )
        assert "\u2588" not in drawn.decode() or "NO_COLOR" in env


def test_plain_says_the_same_as_a_pipe(home: Home) -> None:
    home.ok("note", "--title", "A title", stdin="words #tag @priya", at=SATURDAY)
    for words in (["list", "-q"], ["show", "last"], ["review", "-q"], ["-q"]):
        drawn = run_on_a_terminal(home, "--plain", *words, at=SATURDAY, columns=100)
        assert drawn.decode().replace("\r\n", "\n") == home.ok(*words, at=SATURDAY, COLUMNS="100")


@pytest.mark.parametrize("columns", [1, 5, 20, 39, 40, 79, 300])
def test_any_width_of_terminal_shows_every_word(home: Home, columns: int) -> None:
    home.ok("note", "--title", "Somewhat longer title", stdin="words " * 50, at=SATURDAY)
    for words in (["list"], ["show", "last"], ["review"], []):
        drawn = run_on_a_terminal(home, *words, at=SATURDAY, columns=columns, PAGER="cat")
        assert b"fault" not in drawn and b"Traceback" not in drawn
    shown = OURS.sub(b"", run_on_a_terminal(home, "show", "last", at=SATURDAY, columns=columns, PAGER="cat")).decode()
    assert shown.replace(" ", "").count("words") == 50


@pytest.mark.parametrize("columns", ["", "0", "-1", "abc", "²", "99999999999999999999", "12.5"])
def test_any_width_that_the_environment_names_will_do(home: Home, columns: str) -> None:
    home.ok("note", stdin="words", at=SATURDAY)
    assert "fault" not in home.run("review", at=SATURDAY, COLUMNS=columns).stderr
