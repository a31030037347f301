"""Run several `ally` commands in one fresh process, each with standard streams of its own.

`python several.py MOMENT < '[["list"], ["reflect", "-"]]'` prints `[[code, stdout, stderr], …]`; `reflect` and
`note` read "Words from a pipe." on their standard input. It saves the start of Python for each command.
"""

import json
import os
import sys
import tempfile
from datetime import datetime

import allyjournal.dates

MOMENT = datetime.fromisoformat(sys.argv[1])
allyjournal.dates.now = lambda: MOMENT

from allyjournal.cli.app import run  # noqa: E402  the clock is set first


def one(words: list[str]) -> tuple[int, str, str]:
    """Run one command with files as its streams."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(b"Words from a pipe.\n")
        given.seek(0)
        kept = [os.dup(number) for number in range(3)]
        for number, stream in enumerate((given, out, err)):
            os.dup2(stream.fileno(), number)
        try:
            code = run(words)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            for number in range(3):
                os.dup2(kept[number], number)
                os.close(kept[number])
        out.seek(0)
        err.seek(0)
        return code, out.read().decode(), err.read().decode()


if __name__ == "__main__":
    found = [one(words) for words in json.loads(sys.stdin.read())]
    print(json.dumps(found))
