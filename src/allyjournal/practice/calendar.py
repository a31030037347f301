"""Commitments -> a calendar file (RFC 5545): all-day events with an alarm, the same each time they are written.

Events, not to-dos: several calendar programs leave VTODO out.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta

from allyjournal.journal.card import Known
from allyjournal.practice.commitments import Promised

# RFC 5545, 3.1: a line has at most 75 octets, its end not counted.
MOST_OCTETS = 75
_STATUS = {"open": "CONFIRMED", "kept": "CONFIRMED", "dropped": "CANCELLED"}


def render(found: Sequence[Promised]) -> bytes:
    """The commitments that have a day, as an iCalendar stream; nothing in it depends on when it is written."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//allyjournal//ally//EN", "CALSCALE:GREGORIAN"]
    for each in found:
        rows += _event(each)
    rows.append("END:VCALENDAR")
    return b"".join(piece + b"\r\n" for row in rows for piece in _folded(row))


def _event(each: Promised) -> Iterator[str]:
    commitment, entry = each.commitment, each.entry
    if commitment.due is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id or 'file'}-{_escaped(commitment.ref)}@allyjournal"
    yield f"DTSTAMP:{_stamp(entry)}"
    yield f"DTSTART;VALUE=DATE:{_day(commitment.due)}"
    # The calendar's last day has no day after it; without an end an event is one day long.
    if commitment.due < date.max:
        yield f"DTEND;VALUE=DATE:{_day(commitment.due + timedelta(days=1))}"
    yield f"SUMMARY:{_escaped(commitment.text)}"
    yield f"STATUS:{_STATUS[commitment.status]}"
    # A reminder to oneself does not make the day look taken.
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    # Nine in the morning of the day.
    yield "TRIGGER:PT9H"
    yield f"DESCRIPTION:{_escaped(commitment.text)}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _stamp(entry: Known) -> str:
    """When the entry was written, in UTC; as it says where that would be before the first year or after the last."""
    try:
        moment = entry.created.astimezone(UTC)
    except OverflowError:
        moment = entry.created
    return f"{_day(moment.date())}T{moment:%H%M%S}Z"


def _day(day: date) -> str:
    """Its digits; `strftime` would leave out the zeros before a year of three."""
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11; control characters have no place there."""
    kept = "".join(char for char in text if unicodedata.category(char) != "Cc")
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(row: str) -> Iterator[bytes]:
    """A content line in pieces of at most 75 octets, never cut inside a character."""
    piece, lead = b"", b""
    for char in row:
        data = char.encode("utf-8", "replace")
        if len(lead) + len(piece) + len(data) > MOST_OCTETS:
            yield lead + piece
            piece, lead = b"", b" "
        piece += data
    yield lead + piece
