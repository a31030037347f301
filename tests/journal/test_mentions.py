"""#tags and @people: what counts, what does not, and how long it takes to find out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allyjournal.journal.filters import has_tag
from allyjournal.journal.mentions import fold, scan
from tests import strategies
from tests.journal.test_document import minimal
from tests.markdown_oracle import marked


def found(text: str) -> list[str]:
    return [f"{each.sign}{each.name}" for each in scan(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("#hiring", ["#hiring"]),
        ("#Hiring and #HIRING", ["#hiring", "#hiring"]),
        ("#STRASSE #straße", ["#strasse", "#strasse"]),
        ("#work/hiring #a_b #a-b", ["#work/hiring", "#a_b", "#a-b"]),
        ("#2026 #1 #12/3", ["#12/3"]),
        ("#2026q4 #1a", ["#2026q4", "#1a"]),
        (
            "#a. #b, #c; #d! #e?) (#f) \"#g\" '#h' *#i* **#j**",
            ["#a", "#b", "#c", "#d", "#e", "#f", "#g", "#h", "#i", "#j"],
        ),
        ("#über #naïve #日本語 #שלום #नमस्ते", ["#über", "#naïve", "#日本語", "#שלום", "#नमस्ते"]),
        ("#e\u0301t", ["#ét"]),
        ("#tag- #tag/ #tag_", ["#tag", "#tag", "#tag_"]),
        ("x # #- #/ #_", ["#_"]),
        ("a#b x_#c 1#d", []),
        ("##tag ###tag", []),
        ("&#35; &#x23;tag", []),
        ("C# is fine, #", []),
        ("\\#tag \\@priya", []),
        ("@priya", ["@priya"]),
        ("@Priya's idea, @priya’s too", ["@priya", "@priya"]),
        ("@priya. @priya, (@priya) @priya: @priya!", ["@priya"] * 5),
        ("@priya_shah @priya-shah @p2", ["@priya_shah", "@priya-shah", "@p2"]),
        ("@priya- @priya_ @priya-- x", ["@priya"] * 3),
        ("@1st @_x @-x @", []),
        ("@Łukasz @Ðorđe @王小明 @سارة", ["@łukasz", "@ðorđe", "@王小明", "@سارة"]),
        ("a@b.example me@priya x.y@z", []),
        ("@priya@social.example", []),
        ("@@priya", []),
        ("mailto:a@b #c", ["#c"]),
        ("`#a` ``#b ` #c`` #d", ["#d"]),
        ("`#a\n#b` #c", ["#c"]),
        ("`#a #b", ["#a", "#b"]),
        ("``#a` #b", ["#a", "#b"]),
        ("\\`#a` #b`", ["#a"]),
        ("```\n#a\n```\n#b", ["#b"]),
        ("~~~ python\n#a @b\n~~~\n#c", ["#c"]),
        ("```\n#a", []),
        ("````\n```\n#a\n````\n#b", ["#b"]),
        ("text\n\n    #a\n\n#b", ["#b"]),
        ("\t#a\n#b", ["#b"]),
        ("text\n    #a", ["#a"]),
        ("- item\n\n  #a", ["#a"]),
        ("- item\n    #a", ["#a"]),
        ("1. #a\n2. @b", ["#a", "@b"]),
        ("> #a\n> @b", ["#a", "@b"]),
        ("# #a\n## @b\n###### #c\n####### #d", ["#d"]),
        ("#a\n===\n@b\n---\n#c", ["#c"]),
        ("[#a](https://x.example/#b) #c", ["#c"]),
        ("[@a][b] [[#c]] [[d#e|@f]] #g", ["#g"]),
        ("![#a](x.png) #b", ["#b"]),
        ("<https://x.example/#a> <a@b.example> #c", ["#c"]),
        ("https://x.example/#a http://x/@b www.x.example/#c ftp://h/#d #e", ["#e"]),
        ("obsidian://open?x=#a #b", ["#b"]),
        ("(https://x.example/#a) #b", ["#b"]),
        ("[#a] [@b]", ["#a", "@b"]),
        ("- [ ] ask @priya #hiring [due:: 2026-11-26] [id:: x7k2m9]", ["@priya", "#hiring"]),
        ("| #a | @b |\n|---|---|\n| #c | @d |", ["#a", "@b", "#c", "@d"]),
        ("#a\r\n@b\r#c", ["#a", "@b", "#c"]),
        ("#a#b @a@b #c@d", ["#a", "#c"]),
        ("x\u00a0#a\u3000@b", ["#a", "@b"]),
    ],
)
def test_what_counts_as_a_tag_or_a_person(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- #a\n---\n#b", ["#a", "#b"]),
        ("> #a\n---\n#b", ["#a", "#b"]),
        ("- #a\n===\n#b", ["#a", "#b"]),
        ("first #a\nsecond #b\n===\n#c", ["#c"]),
        ("- ```\n#a", ["#a"]),
        ("> ```\n#a", ["#a"]),
        ("text\n\n    ```\n#a", ["#a"]),
        ("# Heading\n    #a", []),
        ("* * *\n    #a", []),
        ("```\n```\n    #a", []),
        ("- item\n\n      #a", []),
        ("- item\ngoes on\n\n    #a", ["#a"]),
        ("- one ` tick @a\n- another ` tick @b", ["@a", "@b"]),
        ("one ` tick @a\n> another ` tick @b", ["@a", "@b"]),
        ("one ` tick @a\n* * *\nanother ` tick @b", ["@a", "@b"]),
    ],
)
def test_where_a_list_a_quote_or_a_heading_ends_its_code_and_its_ticks_end_too(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_offsets_name_the_words_as_they_stand() -> None:
    text = "Ask @Priya's team. #Work/Hiring!"
    assert [text[each.start : each.end] for each in scan(text)] == ["@Priya", "#Work/Hiring"]


@given(strategies.texts())
def test_every_mention_is_where_it_says_in_the_text(text: str) -> None:
    last = 0
    for each in scan(text):
        assert last <= each.start < each.end <= len(text)
        assert fold(text[each.start : each.end]) == each.name and text[each.start] == each.sign
        assert "\n" not in text[each.start : each.end]
        last = each.end


@pytest.mark.parametrize(
    ("tag", "wanted", "holds"),
    [
        ("work/hiring", "work", True),
        ("work/hiring", "#Work", True),
        ("work/hiring", "work/hiring", True),
        ("work", "work/hiring", False),
        ("workshop", "work", False),
        ("Straße", "STRASSE", True),
        ("work/", "work", True),
    ],
)
def test_a_tag_matches_those_under_it(tag: str, wanted: str, holds: bool) -> None:
    assert has_tag(minimal(body=f"#{tag}"), wanted) is holds
    assert has_tag(minimal(tags=(fold(tag),)), wanted) is holds


# Lines whose every mark `@` becomes one of its own (#t1, @p2, …): what markdown-it calls running text, we must too.
LINES = [
    "@", "word @ word", "@, (@). @", "`@`", "word `@` @", "`` @ ` @ `` @", "`", "``", "@ ` @", "```", "````", "~~~",
    "``` text", "    @", "\t@", "  @", "# @", "## @", "   ### @", "===", "---", "- @", "* @", "  - @", "1. @",
    "> @", "> ```", "- ```", "[@](/url) @", "[@](<a b>)", "[@][ref] @", "![@](/x.png)", "<https://x.example/@>",
    "[@] @", "\\@ @", "\\\\ @", "", "", "", "word", "word  ", "- [ ] @", "* * *", "*@* **@**", "      @", "> # @",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=9))
def test_marks_count_exactly_where_markdown_has_running_text(rows: list[str]) -> None:
    text = "\n".join(rows)
    count = text.count("@")
    for number in range(count):
        text = text.replace("@", f"\x00{'t' if number % 2 else 'p'}{number}", 1)
    for number in range(count):
        text = text.replace("\x00", "#" if number % 2 else "\x01", 1)
    text = "[ref]: /url\n\n" + text.replace("\x01", "@")
    assert [f"{each.sign}{each.name}" for each in scan(text)] == marked(text)


# What a scanner of running text could trip over: each is repeated until it is long.
HOSTILE = {
    "ticks": "`", "ticks apart": "` ", "growing ticks": "` `` ``` ```` ", "brackets": "[", "closed": "[]",
    "links": "[](", "wiki": "[[", "angles": "<", "tags of HTML": "<a", "hashes": "#", "ats": "@", "tags": "#a",
    "people": "@a ", "escapes": "\\", "schemes": "http:", "words": "word ", "one word": "a", "urls": "https://x#a ",
    "dots": "a.", "quotes": "> ", "lists": "- ", "open links": "[" + "a" * 999, "marks": "#\u0301", "blank": " ",
    "mixed": "`[<#@\\", "slashes": "#/", "dashes": "@a-", "many lines": "#a\n", "fences": "```\n",
    "carriage returns": "#a\r", "rules": "#a\n---\n",
}  # fmt: skip


def seconds(name: str, size: int) -> float:
    text = (HOSTILE[name] * (size // len(HOSTILE[name]) + 1))[:size] + " #end"
    begun = time.process_time()
    sum(1 for _ in scan(text))
    return time.process_time() - begun


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_scanned_in_a_time_that_grows_with_its_length_alone(name: str) -> None:
    small = min(seconds(name, 1 << 14) for _ in range(3))
    large = seconds(name, 1 << 17)
    assert large < 8 * 4 * small + 0.2


def test_a_line_of_a_mebibyte_is_scanned_while_nobody_waits() -> None:
    assert seconds("mixed", 1 << 20) < 5
    assert seconds("open links", 1 << 20) < 5
