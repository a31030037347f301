"""One window of a person's screen: a process that runs `ally` again and again, each time as it is told.

It reads one JSON object a line (`words`, `stdin`, `terminal`, `env`, `now`, `seed`) and answers each with one
(`code`, `out`, `err`). The program is the real one; only its clock and the dice for its ids are given, so that
a run can be repeated. $ALLY_WITHOUT takes one safeguard out, for the control.
"""

import io
import json
import os
import pty
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from allyjournal import dates, files
from allyjournal.journal import folder
from allyjournal.journal.history import History

_DICE = random.Random()
_CLOCK: dict[str, datetime] = {}


def _seeded_id(length: int = folder.ID_LENGTH) -> str:
    return _DICE.choice(folder.LETTERS) + "".join(_DICE.choices(folder.ALPHABET, k=length - 1))


def _forget_old_text() -> None:
    def exchange(path: Path, data: bytes, displaced: Path) -> None:  # noqa: ARG001  forgotten
        files.replace(path, data)

    files.exchange = exchange


def _delete_for_good() -> None:
    files.move = lambda source, target: os.unlink(source)


def _look_away() -> None:
    real = History.change

    def change(self: Any, command: str, edits: Any, *rest: Any, **named: Any) -> Any:
        now = [each._replace(base=(self._journal.root / each.path).read_bytes()) for each in edits]
        return real(self, command, now, *rest, **named)

    History.change = change  # type: ignore[method-assign]


# What can be taken out.
SAFEGUARDS: dict[str, Callable[[], None]] = {
    "a copy of the old text": _forget_old_text,
    "a trash": _delete_for_good,
    "a look at the file before it is changed": _look_away,
}


def _stdin_of(request: dict[str, Any], terminal: int) -> int:
    if request["terminal"]:
        return os.dup(terminal)
    given = os.memfd_create("stdin")
    os.write(given, request["stdin"].encode())
    os.lseek(given, 0, os.SEEK_SET)
    return given


def _answer(request: dict[str, Any], terminal: int) -> dict[str, Any]:
    from allyjournal.cli.app import run  # noqa: PLC0415  the clock and the dice are given first

    os.environ.clear()
    os.environ.update(request["env"])
    _DICE.seed(request["seed"])
    _CLOCK["now"] = datetime.fromisoformat(request["now"])
    given = _stdin_of(request, terminal)
    os.dup2(given, 0)
    os.close(given)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  the process's own
    out, err = io.StringIO(), io.StringIO()
    sys.stdout, sys.stderr = out, err
    code = _closing(lambda: run(request["words"]))
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def _closing(run: Callable[[], int]) -> int:
    """Run, and let go of the files and locks that the end of a process would let go of."""
    before = _open_files()
    try:
        return run()
    finally:
        for each in _open_files() - before:
            os.close(each)


def _open_files() -> set[int]:
    found = set()
    for number in range(64):
        with suppress(OSError):
            os.fstat(number)
            found.add(number)
    return found


def main() -> None:
    """Answer until there is no more to read."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    _, terminal = pty.openpty()
    folder.new_id = _seeded_id
    dates.now = lambda: _CLOCK["now"]
    if without := os.environ.get("ALLY_WITHOUT"):
        SAFEGUARDS[without]()
    for line in requests:
        answers.write(json.dumps(_answer(json.loads(line), terminal)) + "\n")
        answers.flush()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt, BrokenPipeError):
        main()
