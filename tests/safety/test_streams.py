"""Standard output or error that is closed, full or gone: the entry is kept, and what is said about it stays true."""

import subprocess
from pathlib import Path

import pytest

from tests.safety.sweep import CANARY, SATURDAY, TEXT, Ended, Home, is_whole, new_entries

STREAMS = {"closed": "&-", "full": "/dev/full"}


def run(home: Home, redirected: str, *words: str) -> Ended:
    """Run `ally` by a shell that redirects its output."""
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirected}', "sh", *home.command(*words, at=SATURDAY)],
        input=TEXT.encode(),
        capture_output=True,
        env=home.env,
        cwd=home.folder,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def where_words_are(home: Home) -> list[str]:
    """The entry or draft that holds the text, as a message may name it."""
    whole = [path for path in [*new_entries(home), *home.drafts] if is_whole(path)]
    inside = [str(path.relative_to(home.journal)) for path in whole if path.is_relative_to(home.journal)]
    return [*map(str, whole), *inside]


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("words", [("reflect", "-"), ("note", "-"), ("note", TEXT)], ids=["reflect", "note -", "note"])
def test_without_standard_output_the_words_are_kept_and_it_says_where(
    home: Home, words: tuple[str, ...], stream: str
) -> None:
    ended = run(home, f">{STREAMS[stream]}", *words)
    assert "Traceback" not in ended.err and "has a fault" not in ended.err and CANARY not in ended.err, ended.err
    assert [path for path in home.entries if is_whole(path)], ended
    assert ended.code == 0 or any(name in ended.err for name in where_words_are(home)), ended.err


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("words", [("reflect", "-"), ("note", TEXT)], ids=["reflect", "note"])
def test_without_standard_error_the_entry_is_saved_and_saved_is_said(
    home: Home, words: tuple[str, ...], stream: str
) -> None:
    ended = run(home, f"2>{STREAMS[stream]}", *words)
    assert [path for path in home.entries if is_whole(path)], ended
    assert ended.said_saved and ended.code == 0 and home.drafts == [], ended


@pytest.mark.parametrize("stream", STREAMS)
def test_without_any_stream_the_entry_is_saved(home: Home, stream: str) -> None:
    run(home, f">{STREAMS[stream]} 2>{STREAMS[stream]} <&-", "note", TEXT)
    assert [path for path in home.entries if is_whole(path)]


def test_a_reader_that_goes_away_costs_nothing(home: Home) -> None:
    ended = run(home, "| true", "note", TEXT)
    assert "Traceback" not in ended.err
    assert [path for path in home.entries if is_whole(path)]


@pytest.mark.parametrize("words", [("list",), ("review",), ("export",), ("show", "last")], ids=lambda words: words[0])
def test_reading_commands_fail_in_words_when_nobody_can_hear(home: Home, words: tuple[str, ...]) -> None:
    home.ok("note", TEXT, at=SATURDAY)
    before = {path: path.read_bytes() for path in home.journal.rglob("*") if path.is_file()}
    for stream in STREAMS.values():
        ended = run(home, f">{stream}", *words)
        assert "Traceback" not in ended.err and "has a fault" not in ended.err and CANARY not in ended.err, ended.err
    assert before == {path: path.read_bytes() for path in home.journal.rglob("*") if path.is_file()}


def test_a_pipe_that_breaks_off_half_way_leaves_what_came_as_a_draft(home: Home, tmp_path: Path) -> None:
    """Words that are no UTF-8 in the middle: all the bytes are kept, and the message says where."""
    data = TEXT.encode() + b"\n\xff\xfe\n" + TEXT.encode()
    done = home.run("reflect", "-", stdin=data, at=SATURDAY)
    assert done.returncode == 2 and CANARY not in done.stderr
    kept = [path for path in home.folder.rglob("*") if path.is_file() and path.read_bytes() == data]
    assert kept and str(kept[0]) in done.stderr
