"""Run `ally` as it would run at another moment: `python at.py 2026-11-16T08:15:02+01:00 reflect --print`.

With $AT_SEED the ids it makes and the pseudonyms it picks are the same each time, so that a transcript of it can be
compared.
"""

import os
import random
import secrets
import sys
from datetime import datetime

import allyjournal.dates

MOMENT = datetime.fromisoformat(sys.argv[1])
allyjournal.dates.now = lambda: MOMENT
sys.argv[1:] = sys.argv[2:]

if seed := os.environ.get("AT_SEED"):
    from allyjournal.journal import folder

    dice = random.Random(f"{seed} {MOMENT} {sys.argv[1:]}")

    def seeded_id(length: int = folder.ID_LENGTH) -> str:
        return dice.choice(folder.LETTERS) + "".join(dice.choices(folder.ALPHABET, k=length - 1))

    folder.new_id = seeded_id
    secrets.choice = dice.choice

from allyjournal.__main__ import main  # noqa: E402  the clock is set first

if __name__ == "__main__":
    main()
