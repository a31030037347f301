"""Where each key of a TOML file stands."""

import pytest

from allyjournal.packs.lines import Path, line_of, locate

FILE = '''\
# a comment with [brackets] and "quotes"
a.b."c d" = 1
[x]
s = """
[not-a-table]
k = 1
"""
z = [
  1, # ]
  "]", '[',
  2]
after = true

[[p]]
id = "a" # "
[p.q]
r = { s = 1, t = [2] }
[[ p ]]
id = \'\'\'
[[p]]\'\'\'
[[p.steps]]
id = "one \\" ] ["
[[p.steps]]
"id" = 2
['odd.name']
k = 'C:\\'
l = """quotes """"
m = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("a", "b", "c d"), 2),
        (("x",), 3),
        (("x", "s"), 4),
        (("x", "z"), 8),
        (("x", "after"), 12),
        (("p", 0), 14),
        (("p", 0, "id"), 15),
        (("p", 0, "q"), 16),
        (("p", 0, "q", "r"), 17),
        (("p", 1), 18),
        (("p", 1, "id"), 19),
        (("p", 1, "steps", 0), 21),
        (("p", 1, "steps", 0, "id"), 22),
        (("p", 1, "steps", 1), 23),
        (("p", 1, "steps", 1, "id"), 24),
        (("odd.name",), 25),
        (("odd.name", "k"), 26),
        (("odd.name", "l"), 27),
        (("odd.name", "m"), 28),
    ],
)
def test_each_key_is_found_on_its_line(path: Path, line: int) -> None:
    assert locate(FILE)[path] == line


def test_what_stands_inside_strings_arrays_and_comments_is_no_key() -> None:
    found = locate(FILE)
    assert not [path for path in found if "not-a-table" in path or (path[-1:] == ("k",) and path[0] == "x")]
    assert ("p", 2) not in found


def test_a_path_that_has_no_line_is_on_the_line_of_the_table_around_it() -> None:
    assert line_of(locate(FILE), ("p", 1, "steps", 0, "text")) == 21
    assert line_of(locate(FILE), ("nowhere", 7, "text")) == 1


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\u0085"])
def test_only_a_line_feed_ends_a_line(char: str) -> None:
    assert locate(f'a = "x{char}y"\nb = 1\n')["b",] == 2


def test_a_quote_inside_a_quoted_key_does_not_end_it() -> None:
    assert locate('"a\\"b = [" = 1\nc = 2\n')["c",] == 2
