"""A disk that says it wrote and did not: what is read back differs, and *Saved* is not said."""

import re
from pathlib import Path

from tests.safety.sweep import CANARY, REFLECT, TEXT, calls_of, home_in, is_whole, run_traced


def test_a_write_that_was_swallowed_is_noticed_and_the_draft_is_named(tmp_path: Path, warm: Path) -> None:
    calls = calls_of(home_in(tmp_path / "traced", warm), REFLECT)
    (point,) = [call for call in calls if call.name == "write" and "/entries/" in call.shown and CANARY in call.shown]
    length = re.search(r"= (\d+)$", point.shown)
    assert length
    home = home_in(tmp_path / "again1", warm)
    inject = f"inject=write:retval={length[1]}:when={point.number}"
    ended = run_traced(home, REFLECT, ["-o", "/dev/null", "-e", "trace=write", "-e", inject])
    assert (ended.code, ended.out) == (1, "")
    (draft,) = home.drafts
    assert str(draft) in ended.err and "did not read back" in ended.err
    assert TEXT in draft.read_text("utf-8")
    home.ok("list")
    assert not any(is_whole(path) for path in home.entries)
