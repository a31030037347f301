"""`ally` alone: where you are."""

import sys

from allyjournal.cli import prompting
from allyjournal.cli.session import Session
from allyjournal.journal.index import past
from allyjournal.packs.library import DAILY
from allyjournal.practice import commitments, schedule
from allyjournal.practice.then_and_now import AFTER, BEFORE
from allyjournal.terminal import screens
from allyjournal.terminal.page import width_of


def home(session: Session) -> None:
    """Today's prompt, what is due, and the rhythm of the last weeks."""
    session.name_broken_packs()
    session.name_unreadable(session.index.unreadable())
    chosen = prompting.daily(session, prompting.before(session, session.today), session.today)
    if chosen is None:
        session.note(f"The pack {DAILY} has no prompt to ask.")
        return
    rhythm, today = session.weeks(), session.today.isoformat()
    waiting = session.index.where(past.WITHOUT_REPLY, [BEFORE, AFTER])
    due = commitments.due(session.index.where(past.OPEN_BY, [today]), session.today)
    answered = [each for each in session.index.where("day = ?", [today]) if chosen.prompt.id in each.prompts]
    if session.json:
        from allyjournal.journal.record import commitment_to_json

        session.show_json(
            {
                "date": session.today.isoformat(),
                "prompt": chosen.prompt.id,
                "asked": chosen.prompt.text,
                "practice": chosen.prompt.practice,
                "answered": answered[-1].id if answered else None,
                "due": [commitment_to_json(each.commitment, each.entry) for each in due],
                "rhythm": {"weeks": rhythm[0], "of": rhythm[1]},
                "drafts": len(session.drafts.commands()),
                "intentions": [each.id or each.path for each in waiting],
            }
        )
        return
    title = session.titles.get(chosen.prompt.practice or "", chosen.pack.title)
    session.show(
        screens.home_page(
            session.today,
            schedule.show_rhythm(*rhythm),
            title,
            chosen.prompt.text,
            answered[-1] if answered else None,
            due,
            width_of(sys.stdout),
            session.drafts.commands(),
            waiting,
        )
    )
