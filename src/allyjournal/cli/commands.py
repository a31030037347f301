"""The table of commands: what each is for in one line, and where it is. To add a command, add its row."""

from typing import NamedTuple


class Row(NamedTuple):
    """A command's module in this package, the function (or the Typer app of a family) there, and one line of help."""

    module: str
    function: str
    summary: str


# What `ally --help` shows, in the order a day needs it.
SECTIONS = {
    "Write": {
        "reflect": Row("writing", "reflect", "Answer today's prompt."),
        "do": Row("exercises", "do", "Go through a guided exercise, step by step."),
        "note": Row("writing", "note", "Write freely."),
    },
    "Practise": {
        "before": Row("exercises", "before", "Set an intention before an event."),
        "after": Row("exercises", "after", "Say what became of it."),
        "then": Row("then", "then", "Your answers to one prompt over time."),
        "focus": Row("focusing", "focus", "What you are working on now."),
        "commitments": Row("committing", "commitments", "What you mean to do: list, add, keep, drop, put off."),
    },
    "Read": {
        "list": Row("reading", "list_entries", "List entries: day, id and title."),
        "search": Row("searching", "search", "Search the text of entries."),
        "show": Row("reading", "show", "Show entries."),
        "review": Row("reviewing", "review", "Look back on a week, or on any period."),
        "agenda": Row("agenda", "agenda", "One page for the next session with your coach."),
        "tags": Row("naming", "tags", "The tags in use; rename and merge them."),
        "people": Row("naming", "people", "The people you write about; rename and merge them."),
        "export": Row("exporting", "export", "Write entries down as one document."),
    },
    "Share": {
        "share": Row("sharing", "share", "Entries for a coach: you see what would leave, and choose."),
        "coach": Row("coaching", "coach", "Whom you share with: add and list coaches."),
        "shares": Row("coaching", "shares", "What was shared, with whom, and what you edited since."),
        "feedback": Row("answering", "feedback", "Take in what a coach wrote back."),
        "forget": Row("forgetting", "forget", "Put a person's pseudonym in place of their names, everywhere."),
    },
    "Change": {
        "edit": Row("changing", "edit", "Open an entry in your editor."),
        "star": Row("changing", "star", "Put a star on entries, or take it away."),
        "mark": Row("changing", "mark", "Mark entries for your coach; nothing is shared by that."),
        "tag": Row("changing", "tag", "Add and remove tags of entries."),
        "delete": Row("undoing", "delete", "Move entries to the trash."),
        "restore": Row("undoing", "restore", "Bring entries back from the trash."),
        "trash": Row("undoing", "trash", "List what is in the trash."),
        "undo": Row("undoing", "undo", "Undo the last change."),
        "history": Row("undoing", "history", "Show how an entry changed."),
        "purge": Row("undoing", "purge", "Remove an entry for good."),
    },
    "Keep": {
        "packs": Row("packs", "app", "Prompt packs: read, make, check and add them."),
        "doctor": Row("keeping", "doctor", "Say what is wrong in the journal, and mend it."),
        "config": Row("keeping", "config", "The settings of this machine."),
        "completion": Row("keeping", "completion", "Make TAB complete commands, ids, tags and prompts."),
        "schema": Row("packs", "schema", "Print the JSON Schema of what ally reads and writes."),
    },
}
COMMANDS = {name: row for section in SECTIONS.values() for name, row in section.items()}
# Those that choose entries by the filters.
FILTERED = ("list", "search", "export", "share", "tags", "people")
