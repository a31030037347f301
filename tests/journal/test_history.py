"""Changes that can be undone: to the byte, in every entry they touched, whatever the files look like."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allyjournal.errors import AllyError, Refused
from allyjournal.journal import document, properties
from allyjournal.journal.folder import Journal
from allyjournal.journal.history import Edit, History

NOW = datetime(2026, 11, 21, 8, 15, tzinfo=UTC)
HAND_EDITED = [
    b"---\ntags:\n  - a # first\n  - b\nx: 1 # keep\n---\nbody\n",
    b"---\r\ntags: [a, 'b']  # c\r\ntitle: T\r\n---\r\nbody\r\n",
    b"---\nx: 1\n---\nbody",
    b"plain body, no front matter",
    b"---\ntags: a, b\n---\n",
    b"---\ntags:\n- a\n- b\n\n# comment\ny: 2\n---\nz",
    b"\xef\xbb\xbf---\ntags: []\n---\nz",
    b"---\ntags:\n---\nz",
    b"---\n---\nz",
    b"---\naliases:\n    -   one\ntags:\n    -   a\n    -   b\ndate: 2026-11-21\n...\nz",
    b"---\ntitle: >-\n  long\n  folded\ncreated: 2026-11-21T08:15:00+01:00\n---\n\n\n# heading\n#tag",
]


def put(journal: Journal, number: int, data: bytes) -> str:
    path = f"entries/2026/11/by-hand-{number}.md"
    (journal.root / path).parent.mkdir(parents=True, exist_ok=True)
    (journal.root / path).write_bytes(data)
    return path


def lines_but(data: bytes, word: bytes) -> list[bytes]:
    """The lines that are not about `word`."""
    return [line for line in data.replace(b"\r\n", b"\n").split(b"\n") if word not in line]


@pytest.mark.parametrize("data", HAND_EDITED)
def test_a_tag_added_changes_only_its_own_lines_and_removed_leaves_the_rest(tmp_path: Path, data: bytes) -> None:
    journal = Journal(tmp_path)
    path = put(journal, 1, data)
    entry = journal.read(path)
    new = properties.listed(data, entry, "tags", ["added-here"], [])
    History(journal, NOW).change("tag add", [Edit(path, data, new)])
    changed = journal.read(path)
    assert "added-here" in changed.tags
    assert changed.date == entry.date
    kept = [line for line in lines_but(data, b"tags:") if line.strip() and line.strip(b"\xef\xbb\xbf") != b"---"]
    assert [line for line in kept if line not in new.replace(b"\r\n", b"\n").split(b"\n")] == []
    back = properties.listed(new, changed, "tags", [], ["added-here"])
    assert document.from_bytes(back, document.Fallback(path, lambda: entry.created)).tags == entry.tags


def test_undo_gives_back_every_byte_of_every_entry_it_touched(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    paths = [put(journal, number, data) for number, data in enumerate(HAND_EDITED)]
    edits = []
    for path, data in zip(paths, HAND_EDITED, strict=True):
        edits.append(Edit(path, data, properties.listed(data, journal.read(path), "tags", ["x"], [])))
    history = History(journal, NOW)
    history.change("tag add x", edits)
    history.trash("delete", paths[:3])
    assert [(tmp_path / path).exists() for path in paths[:4]] == [False, False, False, True]
    history.undo()
    history.undo()
    assert [(tmp_path / path).read_bytes() for path in paths] == HAND_EDITED
    with pytest.raises(AllyError, match="nothing to undo"):
        history.undo()


def test_undo_refuses_when_a_file_was_changed_since_and_changes_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    paths = [put(journal, number, b"one") for number in (1, 2)]
    history = History(journal, NOW)
    history.change("edit", [Edit(path, b"one", b"two") for path in paths])
    (tmp_path / paths[1]).write_bytes(b"by hand")
    with pytest.raises(Refused, match="by-hand-2"):
        history.undo()
    assert [(tmp_path / path).read_bytes() for path in paths] == [b"two", b"by hand"]


def test_a_change_is_refused_when_the_file_is_not_what_was_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    path = put(journal, 1, b"by hand")
    with pytest.raises(Refused, match="changed meanwhile"):
        History(journal, NOW).change("edit", [Edit(path, b"what was read", b"new")])
    assert (tmp_path / path).read_bytes() == b"by hand"


def test_restoring_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    path = put(journal, 1, b"first")
    history = History(journal, NOW)
    history.trash("delete", [path])
    put(journal, 1, b"second")
    (place,) = history.restore("restore", [f".trash/{path}"])
    assert place != path
    assert {(tmp_path / each).read_bytes() for each in (path, place)} == {b"first", b"second"}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["edit", "trash", "undo"]), st.integers(0, 3), st.binary(max_size=20)), max_size=25
    )
)
def test_after_undoing_everything_each_file_is_as_it_was_and_every_text_is_kept(
    steps: list[tuple[str, int, bytes]],
) -> None:
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder))
        first = [b"text %d" % number for number in range(4)]
        paths = [put(journal, number, data) for number, data in enumerate(first)]
        history, texts = History(journal, NOW), set(first)
        for verb, number, data in steps:
            path = journal.root / paths[number]
            if verb == "undo":
                try:
                    history.undo()
                except AllyError:
                    continue
            elif verb == "edit" and path.exists() and path.read_bytes() != data:
                history.change("edit", [Edit(paths[number], path.read_bytes(), data)])
                texts.add(data)
            elif verb == "trash" and path.exists():
                history.trash("delete", [paths[number]])
        kept = {each.read_bytes() for each in Path(folder).rglob("*.md")}
        assert texts <= kept
        while True:
            try:
                history.undo()
            except AllyError:
                break
        assert [(journal.root / path).read_bytes() for path in paths] == first


def test_operations_are_in_order_also_when_the_clock_goes_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    path = put(journal, 1, b"one")
    later = datetime(2999, 1, 1, tzinfo=UTC)
    (tmp_path / ".ally/operations").mkdir(parents=True)
    (tmp_path / f".ally/operations/{later:%Y%m%dT%H%M%S%f}.json").write_text(
        '{"command": "from later", "edits": [], "moves": [], "undoes": null}'
    )
    History(journal, NOW).change("edit", [Edit(path, b"one", b"two")])
    assert History(journal, NOW).undo().command == "edit"
