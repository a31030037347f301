"""Two windows and an outside editor on one journal, beside a model of it: files as they should be, and no text lost.

The long form is `python -m benchmarks.torture model`.
"""

from pathlib import Path

import pytest
from benchmarks.torture import model, window

from tests.safety.conftest import Say

RUNS, STEPS = 6, 25
# A safeguard that is out must be missed within so many runs.
CONTROLS = {
    "a copy of the old text": "lost",
    "a trash": "files are not as the model has them",
    "a look at the file before it is changed": "a conflict, and yet",
}


def test_the_journal_is_as_the_model_says_and_no_text_is_lost(tmp_path: Path, say: Say) -> None:
    result = model.runs(tmp_path, range(1000, 1000 + RUNS), STEPS)
    say(f"{result.runs} runs x {STEPS} steps, {result.counts.total()} steps in all: {len(result.faults)} faults")
    assert result.faults == []
    assert result.counts.total() == RUNS * STEPS


@pytest.mark.parametrize("without", list(window.SAFEGUARDS))
def test_a_safeguard_that_is_out_is_missed(tmp_path: Path, without: str) -> None:
    found: list[str] = []
    for seed in range(6):
        found += [what for _, what, _ in model.runs(tmp_path / str(seed), [seed], 40, without).faults]
        if any(CONTROLS[without] in what for what in found):
            return
    raise AssertionError(f"nothing was missed without {without}: {found}")
