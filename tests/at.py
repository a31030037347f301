"""Run `ally` as it would run at another moment: `python at.py 2026-11-16T08:15:02+01:00 reflect --print`."""

import sys
from datetime import datetime

import allyjournal.dates

MOMENT = datetime.fromisoformat(sys.argv[1])
allyjournal.dates.now = lambda: MOMENT
sys.argv[1:] = sys.argv[2:]

from allyjournal.__main__ import main  # noqa: E402  the clock is set first

if __name__ == "__main__":
    main()
