"""`ally packs new`: a pack made by answering questions, one at a time. What is typed is kept as it grows."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from allyjournal import files
from allyjournal.cli.session import Session, session_of
from allyjournal.config import expanded
from allyjournal.errors import Interrupted, NotWritten, Refused, UsageError
from allyjournal.journal.history import History
from allyjournal.packs import wording
from allyjournal.packs.answers import DoesNotFit
from allyjournal.packs.model import Practice, Prompt
from allyjournal.packs.written import Begun, prompt_id, to_toml
from allyjournal.terminal.ask import Stopped
from allyjournal.terminal.safe import safe_line

LICENSE = "CC-BY-4.0"
STAGES = {"what": "what happened", "so-what": "what it means", "now-what": "what now"}
ANSWERS = {
    "text": "free text",
    "list": "several, one a line",
    "choice": "one of those you name",
    "scale": "a number from 1 to 5",
    "person": "a name",
    "date": "a day",
    "commitment": "something to do",
}
_GREETING = "Enter takes what stands in brackets, ? explains, and Ctrl-C stops and keeps what is there.\n"
_ABOUT_LICENSE = "CC-BY-4.0 lets others use and change it, if they name you. CC0-1.0 asks nothing of them."
_ABOUT_PROMPTS = (
    "One question to the reader, in plain words. Begin with something that happened or will happen, so that a name, "
    "a moment or a sentence is an answer."
)
Fits = Callable[[str], str]


def new_pack(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[ID]", help="Its id, such as our-retros.")] = None,
    out: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Write it here, not into the journal.")
    ] = None,
) -> None:
    """Make a pack by answering questions; from a pipe, one answer a line."""
    session = session_of(ctx)
    if session.given.get("no_input"):
        raise UsageError("`ally packs new` asks for each part of a pack; leave out --no-input, or pipe the answers in.")
    asking = Asking(session, Begun(""), Path(), sys.stdin.isatty())
    try:
        path = _made(asking, name, out)
    except (Stopped, KeyboardInterrupt):
        raise Interrupted(f"Stopped. {asking.kept()}") from None
    except DoesNotFit as error:
        raise UsageError(f"{error} {asking.kept()}") from None
    pack = asking.begun
    if session.json:
        session.show_json({"id": pack.id, "path": str(path), "prompts": len(pack.prompts)})
        return
    count = f"{len(pack.prompts)} {'prompt' if len(pack.prompts) == 1 else 'prompts'}"
    following = f"ally reflect --pack {pack.id}` asks from it" if out is None else f"ally packs add {out}` takes it in"
    asking.say("")
    sys.stdout.write(f"Written, {count}: {safe_line(str(path))}\n`{safe_line(following)}.\n")


@dataclass
class Asking:
    """One sitting: the pack as far as it is made, and the draft that holds it until it is whole.

    `asks` is False where the answers come from a pipe: what does not fit ends it then, and advice is only said.
    """

    session: Session
    begun: Begun
    draft: Path
    asks: bool
    answers: int = 0

    def say(self, text: str) -> None:
        """Show words of ours, to somebody who is asked."""
        if self.asks:
            self.session.terminal.say(text)

    def ask(self, label: str, fits: Fits, usual: str = "", help_text: str = "", initial: str = "") -> str:
        """One answer, asked until it fits; `usual` for an empty one. Raises Stopped, and DoesNotFit from a pipe."""
        shown = f"{label} [{usual}] > " if usual else f"{label} > "
        while True:
            typed = self._line(shown, help_text, initial).strip() or usual
            try:
                return fits(typed)
            except DoesNotFit as error:
                if not self.asks:
                    raise DoesNotFit(f"Line {self.answers}, {label}: {error}") from None
                self.say(str(error))

    def put(self, **fields: Any) -> None:
        """What was answered about the last prompt, kept at once."""
        self.begun.prompts[-1] = self.begun.prompts[-1]._replace(**fields)
        self.keep()

    def keep(self) -> None:
        """Put what is there so far into the draft. Raises NotWritten."""
        if not self.begun.id or self.begun.is_empty:
            return
        data = to_toml(self.begun).encode("utf-8", "replace")
        if self.draft.exists():
            files.replace(self.draft, data)
        else:
            files.write_new(self.draft, data)

    def kept(self) -> str:
        """Keep what is there, and say where."""
        try:
            self.keep()
        except NotWritten as error:
            return f"{error} What was there:\n{to_toml(self.begun)}"
        if not self.draft.is_file():
            return "Nothing was written."
        return f"What is there so far is kept in {self.draft}; `ally packs check` says what it still needs."

    def _line(self, label: str, help_text: str, initial: str) -> str:
        self.answers += 1
        try:
            typed = self.session.terminal.line(label if self.asks else "", self._keep_half, help_text, initial)
        except Stopped as stop:
            if not self.asks and not isinstance(stop.__context__, KeyboardInterrupt):
                return ""
            self.begun.half = stop.text
            raise
        self.begun.half = ""
        return typed

    def _keep_half(self, text: str) -> None:
        self.begun.half = text
        self.keep()


def _made(asking: Asking, name: str | None, out: str | None) -> Path:
    """Ask for everything and write the file. Raises Refused if it is there, before anything is asked."""
    if name is None:
        asking.say(_GREETING)
        pack_id = asking.ask("Id, such as our-retros", _as("id"), help_text="Small letters, digits and -; for good.")
    elif fault := _fault("id", name):
        raise UsageError(f'"{name[:40]}" {fault}')
    else:
        pack_id = name
    path = _place(asking.session, pack_id, out)
    if name is not None:
        asking.say(_GREETING)
    asking.begun.id, asking.draft = pack_id, _free(path.with_name(f"{path.name}.draft"))
    _ask_head(asking)
    _ask_source(asking)
    _ask_practices(asking)
    _ask_prompts(asking)
    _write(asking, path, is_own=out is None)
    return path


def _place(session: Session, pack_id: str, out: str | None) -> Path:
    """Where the file will be. Raises Refused if something is there, or a pack of this id."""
    known = session.library.packs.get(pack_id)
    if out is None and known is not None:
        whose = "came with ally" if known.shipped else f"is {known.where}"
        raise Refused(f"There is a pack {pack_id} already; it {whose}. Choose another id.")
    path = session.journal.packs / f"{pack_id}.toml" if out is None else expanded(out).absolute()
    if os.path.lexists(path):
        raise Refused(f"{path} exists; nothing was written. Name another file.")
    if out is None:
        files.make_folder(path.parent)
    elif not path.parent.is_dir():
        raise NotWritten(f"{path.parent} is not a folder; make it first.")
    return path


def _free(path: Path) -> Path:
    """`path`, or the next name like it that nothing has: a draft of another day stays."""
    free, count = path, 1
    while os.path.lexists(free):
        count += 1
        free = path.with_name(f"{path.name}.{count}")
    return free


def _ask_head(asking: Asking) -> None:
    begun = asking.begun
    begun.title = asking.ask("Title", _as("title"))
    begun.summary = asking.ask("One line about it", _as("summary"))
    language = asking.session.settings.config.language
    begun.language = asking.ask("Language", _as("language"), language, 'Its code, such as "en", "de" or "pt-BR".')
    begun.license = asking.ask("Licence", _as("license"), LICENSE, _ABOUT_LICENSE)
    asking.keep()


def _ask_source(asking: Asking) -> None:
    begun = asking.begun
    about = "A book, an article, a talk, or what your group agreed; whose ideas they are is said with the prompts."
    begun.work = asking.ask("The work it draws on (Enter for none)", _or_nothing("work"), help_text=about)
    if begun.work:
        begun.author = asking.ask("By whom (Enter if that is not known)", _or_nothing("author"))
    asking.keep()


def _ask_practices(asking: Asking) -> None:
    """Ids, in one line; what no pack defines yet gets a title and a line of its own, or is left out."""
    titles, begun = asking.session.titles, asking.begun
    listed = "\n".join(f"  {name}  {title}" for name, title in titles.items())
    typed = asking.ask(
        "Practices, with a comma between (Enter for none)",
        _practice_ids,
        help_text=f"Known, and free to name:\n{listed}",
    )
    begun.named = [name for name in typed.split(",") if name]
    for name in [each for each in begun.named if each not in titles]:
        chosen = _defined(asking, name, titles)
        renamed = [chosen if each == name else each for each in begun.named]
        begun.named = list(dict.fromkeys(filter(None, renamed)))
    asking.keep()


def _defined(asking: Asking, name: str, known: Mapping[str, str]) -> str:
    """A practice that no pack has yet: its id with a title of its own, or the one that was meant; "" for neither."""
    near = next(iter(get_close_matches(name, known, 1)), "")
    asking.say(f'No pack defines "{name}"' + (f"; did you mean {near}?" if near else " yet, so yours does."))
    title = asking.ask(f"Title of {name} (Enter {f'for {near}' if near else 'to leave it out'})", _or_nothing("title"))
    if not title:
        return near
    asking.begun.practices.append(Practice(name, title, ""))
    summary = asking.ask(f"One line about {name}", _as("summary"))
    asking.begun.practices[-1] = Practice(name, title, summary)
    return name


def _ask_prompts(asking: Asking) -> None:
    begun = asking.begun
    asking.say("\nThe prompts, one by one.")
    while True:
        number = len(begun.prompts) + 1
        first = _as("text") if number == 1 else _or_nothing("text")
        text = asking.ask(f"Prompt {number}" + ("" if number == 1 else " (Enter to end)"), first, "", _ABOUT_PROMPTS)
        if not text:
            return
        begun.half = text
        text = _judged(asking, text)
        taken = {each.id for each in begun.prompts}
        begun.prompts.append(Prompt(prompt_id(begun.id, text, taken), text, stage="what"))
        begun.half = ""
        asking.keep()
        _ask_answer(asking)


def _judged(asking: Asking, text: str) -> str:
    """The text, after a line on what a reader might stumble over; kept as it is if the person insists."""
    while line := _advice(asking.begun, text):
        if not asking.asks:
            asking.session.note(f"Line {asking.answers}: {line}")
            return text
        asking.say(line)
        again = asking.ask("Change it, or Enter to keep it", _or_nothing("text"), "", _ABOUT_PROMPTS, text)
        if again in ("", text):
            return text
        text = again
    return text


def _advice(begun: Begun, text: str) -> str:
    for each in begun.prompts:
        if any(wording.alike([each.text, text])):
            return f"This is nearly the same as one you have: {each.text}"
    said = wording.look(wording.Asked(text), begun.language)
    return said[0].line if said else ""


def _ask_answer(asking: Asking) -> None:
    """The last prompt's practice, its stage and the kind of its answer, each kept as it comes."""
    titles = asking.session.titles | {each.id: each.title for each in asking.begun.practices}
    practices = {name: titles[name] for name in asking.begun.named}
    if len(practices) > 1:
        asking.put(practice=_pick(asking, "Practice", practices))
    elif practices:
        asking.put(practice=next(iter(practices)))
    asking.put(stage=_pick(asking, "It asks", STAGES))
    asking.put(answer=_pick(asking, "The answer is", ANSWERS))
    kind = asking.begun.prompts[-1].answer
    if kind == "choice":
        _ask_choices(asking)
    elif kind == "scale" and (low := asking.ask("What 1 means (Enter to leave it open)", _or_nothing("labels"))):
        asking.put(labels=(low,))
        asking.put(labels=(low, asking.ask("What 5 means", _as("labels"))))


def _pick(asking: Asking, label: str, names: Mapping[str, str]) -> str:
    """One of the names, by its number or as it is; the first for Enter."""
    listed = list(names)

    def fits(typed: str) -> str:
        if typed in names:
            return typed
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= len(listed):
            return listed[int(typed[:3]) - 1]
        raise DoesNotFit(f"Choose a number from 1 to {len(listed)}.")

    asking.say(f"{label}: " + " · ".join(f"{number}. {says}" for number, says in enumerate(names.values(), 1)))
    return asking.ask(f"A number from 1 to {len(listed)}", fits, "1")


def _ask_choices(asking: Asking) -> None:
    found: tuple[str, ...] = ()
    while True:
        needed = len(found) < 2
        label = f"Choice {len(found) + 1}" + ("" if needed else " (Enter to end)")
        text = asking.ask(label, _as("choices") if needed else _or_nothing("choices"))
        if not text:
            return
        found += (text,)
        asking.put(choices=found)


def _write(asking: Asking, path: Path, is_own: bool) -> None:
    """The whole file, judged, under its name; then the draft goes. Raises Refused if the name is taken by now."""
    from allyjournal.packs.check import check

    session, data = asking.session, to_toml(asking.begun).encode()
    check(data, str(asking.draft))
    try:
        if is_own:
            History(session.journal, session.now).begin(f"packs new {asking.begun.id}", f"packs/{path.name}", data)
        else:
            files.write_new(path, data)
    except FileExistsError:
        raise Refused(f"{path} exists by now; nothing was overwritten. {asking.kept()}") from None
    with suppress(OSError):
        files.remove(asking.draft)


def _fault(key: str, value: str) -> str | None:
    from allyjournal.packs.check import fault

    return fault(key, value)


def _as(key: str) -> Fits:
    """What fits a key of a pack, with its spaces made one each."""

    def fits(typed: str) -> str:
        text = " ".join(typed.split())
        if said := _fault(key, text):
            raise DoesNotFit("It must not be empty." if not text else f"This {said}")
        return text

    return fits


def _or_nothing(key: str) -> Fits:
    return lambda typed: _as(key)(typed) if typed.strip() else ""


def _practice_ids(typed: str) -> str:
    names = [" ".join(each.split()) for each in typed.split(",")]
    for name in filter(None, names):
        if said := _fault("practice", name):
            raise DoesNotFit(f'"{name[:40]}" {said}')
    return ",".join(dict.fromkeys(filter(None, names)))
