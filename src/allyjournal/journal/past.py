"""What is known of the past: what was answered when, which names were used how often."""

from datetime import date, datetime
from typing import NamedTuple


class Use(NamedTuple):
    """A tag or a person: in how many entries, and the days of the first and the last."""

    name: str
    times: int
    first: date
    last: date


class Past(NamedTuple):
    """When each prompt was answered last and each practice written about, before a day.

    `today` has the prompts of that day, `last` those of the newest reflection before it.
    """

    prompts: dict[str, datetime]
    practices: dict[str, datetime]
    today: set[str]
    last: tuple[str, ...]
