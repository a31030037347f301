"""`ally review`: a week, or any period, on one screen."""

import sys
from datetime import date
from typing import Annotated

import typer

from allyjournal import dates
from allyjournal.cli import choosing, options
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import UsageError
from allyjournal.packs.library import DAILY
from allyjournal.practice.review import EARLIER_DAYS, Review, to_json
from allyjournal.practice.review import review as look_back
from allyjournal.sharing.redaction import leaving
from allyjournal.terminal import page, screens

FORMATS = ("text", "md", "json")


def review(
    ctx: typer.Context,
    period: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PERIOD]", help="week (the default), month, year, last week, 2026-W47, 2026-11 …"),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", "-from", metavar="DATE", help="From this day on.")] = None,
    last: Annotated[str | None, typer.Option("--to", "-to", "-until", metavar="DATE", help="Up to this day.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", "-on", metavar="DATE", help="This one day, week, month or year.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="text, md or json.")] = None,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Private entries too, where it leaves the screen.")
    ] = False,
) -> None:
    """Look back on a week, or on any period: days, practices, tags, people, commitments.

    As md and json it is made to be passed on: without private entries, and without what %% hides.
    """
    session = session_of(ctx)
    form = options.form(session, form, FORMATS, "text")
    if on is not None and period is not None:
        raise UsageError("Name a period, or --on, not both.")
    wanted = _period(session, on if period is None else " ".join(period), first, last)
    session.name_broken_packs()
    found = session.journal.between(_with_earlier(wanted))
    session.name_unreadable(found.unreadable)
    daily = session.library.packs.get(DAILY)
    titles = {each.id: each.title for each in daily.practices} if daily else {}
    if form == "text":
        _show(session, look_back(found.entries, wanted, session.today, titles))
        return
    left = leaving(found.entries, include_private)
    reviewed = look_back(left.entries, wanted, session.today, titles)
    choosing.say_range(session, wanted, len(reviewed.entries))
    if form == "json":
        session.show_json(to_json(reviewed))
    else:
        from allyjournal.sharing.formats import markdown

        page.write_data(markdown.render_review(reviewed).encode("utf-8", "replace"))
    within = leaving([entry for entry in found.entries if entry.date in wanted], include_private)
    if within.private or within.hidden:
        session.note(f"Left out: {within.said()}.")


def _show(session: Session, reviewed: Review) -> None:
    rhythm = session.rhythm() if _is_this_week(session, reviewed) else ""
    bars = page.is_colourful(sys.stdout, session.plain)
    session.show(screens.review_page(reviewed, rhythm, page.width_of(sys.stdout), bars))


def _with_earlier(period: dates.Period) -> dates.Period:
    """The period, and the time before it in which its commitments may have been made."""
    if period.first is None:
        return period
    return dates.Period(date.fromordinal(max(1, period.first.toordinal() - EARLIER_DAYS)), period.last)


def _is_this_week(session: Session, reviewed: Review) -> bool:
    return reviewed.period == dates.week_of(session.today, session.week_start)


def _period(session: Session, named: str | None, first: str | None, last: str | None) -> dates.Period:
    if named is not None and (first is not None or last is not None):
        raise UsageError("Name a period, or --from and --to, not both.")
    if first is not None or last is not None:
        session.given.update({"from": first, "to": last})
        return choosing.period_of(session)
    words = "week" if named is None else named.strip()
    if words.casefold() in ("week", "month", "year"):
        words = f"this {words}"
    try:
        return dates.parse_period(words, session.today, session.week_start)
    except UsageError as error:
        raise UsageError(f"{error} For a review also week, month and year.") from None
