"""Going through the entries of a share with the writer: questions, the preview, and yes, no or edit for each."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from allyjournal.cli.session import Session
from allyjournal.errors import AllyError, Interrupted
from allyjournal.journal import drafts, folder
from allyjournal.journal.entry import Entry
from allyjournal.sharing import consent, document
from allyjournal.sharing.consent import Ground, Look
from allyjournal.sharing.questions import Question
from allyjournal.sharing.receipt import Receipt
from allyjournal.terminal import consent_screen as screen
from allyjournal.terminal import editor
from allyjournal.terminal.ask import Stopped

STOPPED = "Stopped; nothing was shared."
_DECISIONS = {
    **dict.fromkeys(("y", "yes"), "yes"),
    **dict.fromkeys(("n", "no"), "no"),
    **dict.fromkeys(("e", "edit"), "edit"),
    **dict.fromkeys(("a", "again"), "again"),
    **dict.fromkeys(("q", "quit"), "quit"),
}
_HELP = "y shares it, n leaves it out, e changes what leaves (not your entry), a asks its questions again, q stops."
_ANSWERS = (
    "k keeps it as it is, for this coach to read; b blanks it out; n leaves this entry out; q stops and shares nothing."
)
_WITH_PERSON = f"@priya says who it is, and puts a pseudonym there; {_ANSWERS}"
_EDITING = (
    "In your editor it stands as you wrote it; names are replaced again when you come back, and you see it first."
)


class Yes(NamedTuple):
    """An entry that the writer said yes to: as the journal has it, and its words as they were looked at."""

    original: Entry
    look: Look


class Deciding:
    """One run: what is known so far, and the yes to each entry.

    `keep` is called with the ground whenever an entry is decided.
    """

    def __init__(
        self, session: Session, ground: Ground, receipts: Sequence[Receipt], keep: Callable[[Ground], None]
    ) -> None:
        self.session, self.ground, self.receipts, self._keep = session, ground, receipts, keep

    def all(self, entries: Sequence[Entry]) -> list[Yes]:
        """The entries that the writer says yes to, each as it leaves by everything they answered.

        Raises AllyError when they stop.
        """
        said = [self.one(each, each, number, len(entries)) for number, each in enumerate(entries, 1)]
        found = [each for each in said if each]
        while changed := [number for number, each in enumerate(found) if self._differs(each)]:
            number = changed[0]
            self.session.terminal.say("\nWhat you answered since changes an entry that you said yes to:")
            again = self.one(found[number].original, found[number].look.entry, number + 1, len(found))
            found[number : number + 1] = [again] if again else []
        return found

    def one(self, original: Entry, entry: Entry, number: int, of: int) -> Yes | None:
        """Ask about one entry until the writer says yes, or no (None)."""
        before_it = self.ground.answers
        while True:
            found = consent.look(entry, self.ground)
            if not self._answer(found, screen.heading_of(found, number, of)):
                self._no(before_it)
                return None
            found = consent.look(entry, self.ground)
            before = consent.shared_before(self.receipts, self.ground.coach, original)
            heading = screen.heading_of(found, number, of)
            shown = document.own([found.redacted.after], self.session.titles).pages[0]
            heading += ", as it would leave" + (":" if entry is original else " with your changes:")
            # In a pager they could say yes without having come to what was left out and kept.
            self.session.show(
                screen.preview_page(found, heading, shown, self.ground.by.pseudonyms, before), pages=False
            )
            decision = self._decision()
            if decision == "no":
                self._no(before_it)
                return None
            if decision == "yes":
                self._keep(self.ground)
                return Yes(original, found)
            if decision == "again":
                self.ground = consent.again(entry, self.ground)
            elif decision == "edit":
                entry = self._edited(entry)

    def _no(self, before: Mapping[str, str]) -> None:
        """Leave an entry out: who somebody is stays known, but what was kept in it holds nowhere else."""
        self.ground = consent.without_keeps(self.ground, before)
        self._keep(self.ground)

    def _answer(self, found: Look, heading: str) -> bool:
        """Ask what is open about an entry, one by one; False if the writer would rather leave it out."""
        entry, number = found.entry, 0
        while found.redacted.questions:
            question, number = found.redacted.questions[0], number + 1
            if number == 1:
                self.session.terminal.say(f"\n{heading} · {screen.asked_about(found)}")
            answer = self._answer_to(question, f"{number} of {number + len(found.redacted.questions) - 1}")
            if answer is None:
                return False
            self.ground = consent.answered_at(entry, self.ground, question, answer)
            found = consent.look(entry, self.ground)
        return True

    def _answer_to(self, question: Question, number: str) -> str | None:
        self.session.show(screen.question_page(question, number), pages=False)
        is_word = question.kind in consent.ABOUT_WORDS
        self.session.terminal.say(f"{'@who, ' if is_word else ''}k keep, b blank, n not this entry, q stop, ? help")
        while True:
            typed = self._line("> ", _WITH_PERSON if is_word else _ANSWERS)
            if typed in ("n", "no"):
                return None
            answer = consent.read_answer(typed, question, self.ground.by.pseudonyms)
            if answer:
                self._say_new(answer)
                return answer
            self.session.terminal.say(_WITH_PERSON if is_word else _ANSWERS)

    def _say_new(self, answer: str) -> None:
        handle = answer.removeprefix("@")
        if answer != handle and handle not in self.ground.by.pseudonyms:
            self.session.terminal.say(f"@{handle} is new, and gets a pseudonym of their own.")

    def _decision(self) -> str:
        self.session.terminal.say("\nShare it? y yes, n no, e edit, a ask again, q stop, ? help")
        while True:
            typed = self._line("> ", _HELP)
            decision = _DECISIONS.get(typed)
            if decision:
                return decision
            self.session.terminal.say(_HELP)

    def _line(self, label: str, help_text: str) -> str:
        try:
            typed = self.session.terminal.line(label, help_text=help_text).strip()
        except Stopped:
            raise Interrupted(STOPPED) from None
        if typed.casefold() in ("q", "quit"):
            raise AllyError(STOPPED)
        return typed if typed.startswith("@") else typed.casefold()

    def _edited(self, entry: Entry) -> Entry:
        """The entry with other words for this share, from the writer's editor; the journal keeps its own."""
        self.session.terminal.say(_EDITING)
        draft = self.session.drafts.begin(f"{drafts.SHARE}{folder.new_id()}")
        try:
            text = editor.edit(consent.for_editing(entry), draft.editing, self.session.settings.editor)
        except editor.Unchanged as error:
            self.session.terminal.say(str(error))
            draft.discard()
            return entry
        except AllyError as error:
            self.session.terminal.say(str(error))
            draft.let_go()
            return entry
        draft.discard()
        return consent.edited(entry, text)

    def _differs(self, said: Yes) -> bool:
        """Whether the entry would leave as something else than what the writer saw."""
        now, seen = consent.look(said.look.entry, self.ground).redacted, said.look.redacted
        return bool(now.questions) or (now.after.title, now.after.body) != (seen.after.title, seen.after.body)
