"""`ally review`: a week, or any period, on one screen, as a document, or kept with answers to its questions."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from allyjournal import dates
from allyjournal.cli import choosing, looking, options, outfile
from allyjournal.cli.session import Session, session_of
from allyjournal.errors import UsageError
from allyjournal.practice.review import Review
from allyjournal.practice.review import review as look_back
from allyjournal.terminal import page

FORMATS = ("text", "md", "html", "json")
NAMED = ("week", "month", "quarter", "year")


def review(
    ctx: typer.Context,
    period: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PERIOD]", help="week (the default), month, quarter, year, last week, 2026-W47, 2026-11, 2026-Q4 …"
        ),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", "-from", metavar="DATE", help="From this day on.")] = None,
    last: Annotated[str | None, typer.Option("--to", "-to", "-until", metavar="DATE", help="Up to this day.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", "-on", metavar="DATE", help="This one day, week, month or year.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="text, md, html or json.")] = None,
    out: outfile.Out = "-",
    force: outfile.Force = False,
    include_private: outfile.IncludePrivate = False,
    save: Annotated[
        bool, typer.Option("--save", help="Keep it as an entry, with your answers to the questions of the week.")
    ] = False,
) -> None:
    """Look back on a week, or on any period: days, practices, tags, people, commitments.

    As md, html and json it is made to be passed on: without private entries, and without what %% hides.
    """
    session = session_of(ctx)
    suffix = Path(out).suffix.removeprefix(".")
    usual = suffix if out != "-" and suffix in FORMATS else "text"
    named = form
    form = "text" if save and form is None else options.form(session, form, FORMATS, usual)
    if on is not None and period is not None:
        raise UsageError("Name a period, or --on, not both.")
    wanted = _period(session, on if period is None else " ".join(period), first, last)
    if save:
        _check_saved(named, out)
    elif form == "text" and out != "-":
        raise UsageError("-o takes a document; add --format md, html or json.")
    session.name_broken_packs()
    frame = looking.frame_of(session, wanted)
    if save:
        _save(session, wanted, include_private)
    elif form == "text":
        _show(session, look_back(looking.gathered(session, wanted), frame))
    else:
        material = looking.gathered(session, wanted, include_private)
        reviewed = look_back(material, frame)
        choosing.say_range(session, wanted, len(reviewed.entries))
        _put(session, reviewed, form, out, force)
        _say_what_stayed(session, material.private, material.hidden)


def _check_saved(named: str | None, out: str) -> None:
    if named is not None or out != "-":
        raise UsageError("--save keeps the review in the journal; leave out --format and -o.")


def _save(session: Session, wanted: dates.Period, include_private: bool) -> None:
    from allyjournal.cli import keeping_review

    if include_private:
        raise UsageError("What is kept of a review has no private entry in it; leave out --include-private.")
    if session.can_ask and not session.json:
        reviewed = look_back(looking.gathered(session, wanted), looking.frame_of(session, wanted))
        _show(session, reviewed, pages=False)
        session.terminal.say("")
    keeping_review.keep(session, wanted)


def _show(session: Session, reviewed: Review, pages: bool = True) -> None:
    from allyjournal.terminal.figures import Look
    from allyjournal.terminal.review_screen import ascii_only, for_reading, review_page

    rhythm = session.rhythm() if _is_this_week(session, reviewed) else ""
    draws = page.is_colourful(sys.stdout, session.plain)
    shown = review_page(reviewed, rhythm, Look(page.width_of(sys.stdout), draws, ascii_only(sys.stdout)))
    shown = shown if draws else for_reading(shown, sys.stdout)
    page.write(shown, session.plain, session.settings.pager if pages else "")


def _put(session: Session, reviewed: Review, form: str, out: str, force: bool) -> None:
    if form == "json" and out == "-":
        from allyjournal.practice.review_record import to_json

        session.show_json(to_json(reviewed))
        return
    outfile.deliver(session, _rendered(reviewed, form), out, force)


def _rendered(reviewed: Review, form: str) -> bytes:
    if form == "json":
        import json

        from allyjournal.practice.review_record import to_json

        return (json.dumps(to_json(reviewed), ensure_ascii=True, indent=2) + "\n").encode()
    if form == "html":
        from allyjournal.sharing.formats import review_html

        return review_html.render(reviewed)
    from allyjournal.sharing.formats import review_markdown

    return review_markdown.render(reviewed).encode("utf-8", "replace")


def _say_what_stayed(session: Session, private: int, hidden: int) -> None:
    from allyjournal.sharing.redaction import Leaving

    said = Leaving((), private, hidden).said()
    if said:
        session.note(f"Left out: {said}.")


def _is_this_week(session: Session, reviewed: Review) -> bool:
    return reviewed.period == dates.week_of(session.today, session.week_start)


def _period(session: Session, named: str | None, first: str | None, last: str | None) -> dates.Period:
    if named is not None and (first is not None or last is not None):
        raise UsageError("Name a period, or --from and --to, not both.")
    if first is not None or last is not None:
        session.given.update({"from": first, "to": last})
        return choosing.period_of(session)
    words = "week" if named is None else named.strip()
    if words.casefold() in NAMED:
        words = f"this {words}"
    try:
        return dates.parse_period(words, session.today, session.week_start)
    except UsageError as error:
        raise UsageError(f"{error} For a review also week, month, quarter and year.") from None
