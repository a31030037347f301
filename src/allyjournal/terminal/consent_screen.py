"""What a share would hold, as the writer sees it before they say yes: each change marked by a sign and by colour."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from allyjournal.dates import show_short
from allyjournal.sharing import document
from allyjournal.sharing.answers import BLANKED
from allyjournal.sharing.consent import WHAT, Look, Shared, left_out, people_of
from allyjournal.sharing.edits import Change
from allyjournal.sharing.questions import Question
from allyjournal.terminal.page import Page, Piece
from allyjournal.terminal.safe import safe_line
from allyjournal.terminal.screens import title_of

INDENT = "  "
# A question comes with this much around it at most; more, and words at the ends are cut.
NEAR = 55
# What redaction takes out that is called by its own name; what else it names is what words may tell of.
PLAIN = ("account", "comment", "hidden character", "picture")
SIGNS, PLAIN_SIGNS = ("‹", "›"), ("<", ">")


def first_time(name: str) -> str:
    """What a writer should know before they share with somebody for the first time."""
    return (
        f"This is your first share with {name}. People in your people.toml, and those you mention with @, get "
        "pseudonyms; whatever else could be a name is asked about.\n"
        f"What ally cannot do: know whom {name} would recognise by the story alone, or make {name} forget what they "
        "have read. So read each entry as they will.\n"
    )


def question_page(question: Question, number: str) -> Page:
    """One question, of which `number` says "2 of 5": the words, what they may tell, the line that they stand in."""
    page = Page()
    page.row("")
    page.row(("title", f"{number}. "), ("alert", _quoted(question.text)), ("title", f" {_may(question)}"))
    if " ".join(question.context.split()) != " ".join(question.text.split()):
        before, found, after = question.context.partition(question.text)
        page.row(INDENT, _end_of(before), ("alert", found), _begin_of(after))
    return page


def _end_of(text: str) -> str:
    """What stands before a passage, in whole words."""
    return text if len(text) < NEAR else f"… {text.partition(' ')[2]}"


def _begin_of(text: str) -> str:
    """What stands behind it, in whole words."""
    return text if len(text) < NEAR else f"{text.rpartition(' ')[0]} …"


def preview_page(
    found: Look, heading: str, shown: document.Page, pseudonyms: Mapping[str, str], before: Shared | None
) -> Page:
    """An entry as it would leave: title and words with the changes marked, and what happened to the rest.

    `shown` is the page of it that the document will have.
    """
    after, changes = found.redacted.after, found.redacted.changes
    page = Page()
    page.row("")
    page.row(("title", heading))
    page.row("")
    page.row(INDENT, *_marked(after.title or shown.title, changes.get("title", ()), "title"))
    page.row(INDENT, ("dim", safe_line(shown.about)))
    page.row("")
    for line in _lines(_marked(after.body, changes.get("body", ()))):
        page.row(INDENT, *_heading(line)) if line else page.row()
    page.row("")
    _told(page, found, pseudonyms)
    if before:
        page.row(("alert" if before.is_edited or before.was_changed else "dim", _shared(before)))
    return page


def _shared(before: Shared) -> str:
    since = "you edited it since" if before.is_edited else "not edited since"
    changed = ", with changes that you made for that share alone: they are not in this" if before.was_changed else ""
    return f"Shared already, on {show_short(before.day)}{changed}; {since}."


def heading_of(found: Look, number: int, of: int) -> str:
    """`2 of 3 · Mon 16 Nov 2026 · gzevke`."""
    return f"{number} of {of} · {show_short(found.entry.date)} · {safe_line(found.entry.selector)}"


def asked_about(found: Look) -> str:
    """The entry that questions are about, as its writer knows it."""
    return title_of(found.entry)


def legend() -> str:
    """What the signs mean."""
    opening, closing = _signs()
    return f"Between {opening} and {closing} stands what was replaced; what is left out says so in brackets."


def _told(page: Page, found: Look, pseudonyms: Mapping[str, str]) -> None:
    people = [f"@{handle} is {pseudonyms.get(handle, 'someone')}" for handle in people_of([found.redacted])]
    others = [_named(what, count) for what, count in left_out(found.redacted).items()]
    others += [_named("passage between %% and %%", found.hidden)] if found.hidden else []
    told = (("Pseudonyms", people), ("Left out", others), ("Kept as written", found.kept))
    for said, items in told:
        if items:
            page.row(("dim", f"{said}: "), safe_line(", ".join(items)))
    if not any(items for _, items in told):
        page.row(("dim", "Nothing was replaced or left out."))


def _named(what: str, count: int) -> str:
    said = WHAT.get(what) or (what if what in PLAIN or what.startswith("passage") else f"words on {what}")
    return f"{said} ({count})" if count > 1 else said


def _may(question: Question) -> str:
    if question.kind == "name" and question.like == BLANKED:
        return "was blanked out before; here it may be just a word."
    if question.kind == "name":
        return f"may be the name of @{question.like}, or just a word."
    if question.kind == "word":
        return f"may be a name, perhaps of @{question.like}." if question.like else "may be a name."
    if question.kind == "script":
        return "is in another script, and may have names in it."
    if question.kind == "one person":
        return "may point at one person."
    if question.kind == "trouble":
        return "may tell of trouble that somebody else is in."
    return f"may tell of somebody else's {question.kind}."


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f'"{words if len(words) < 61 else words[:60] + "…"}"'


def _marked(text: str, changes: Sequence[Change], style: str = "") -> list[tuple[str, str]]:
    """The text in pieces; what was replaced stands between the signs, what is left out is in brackets already."""
    opening, closing = _signs()
    pieces, position = [], 0
    for each in sorted(changes, key=lambda change: change.new_start):
        pieces.append((style, text[position : each.new_start]))
        new = text[each.new_start : each.new_end]
        is_bracketed = new.startswith("[") and new.endswith("]")
        pieces.append(("alert" if is_bracketed else "mark", new if is_bracketed else f"{opening}{new}{closing}"))
        position = each.new_end
    return [*pieces, (style, text[position:])]


def _lines(pieces: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    line: list[tuple[str, str]] = []
    for style, text in pieces:
        first, *others = text.split("\n")
        line.append((style, first))
        for each in others:
            yield [piece for piece in line if piece[1]]
            line = [(style, each)]
    yield [piece for piece in line if piece[1]]


def _heading(line: Sequence[tuple[str, str]]) -> Sequence[Piece]:
    is_heading = line[0][1].startswith("## ")
    return [("title" if is_heading and not style else style, text) for style, text in line]


def _signs() -> tuple[str, str]:
    try:
        "".join(SIGNS).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return PLAIN_SIGNS
    return SIGNS
