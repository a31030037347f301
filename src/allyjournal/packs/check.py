"""A stranger's text, judged: a pack file's bytes -> a Pack, or every problem with its line."""

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Annotated, Any, Literal, NamedTuple

import tomli
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from allyjournal.errors import AllyError
from allyjournal.packs import across, model
from allyjournal.packs import lines as positions

MOST_BYTES = 256 * 1024
MOST_PROMPTS = 1000
MOST_CHARACTERS = 2000
MOST_TABLES = 5000
MOST_DEPTH = 8
MOST_PROBLEMS = 200


class Problem(NamedTuple):
    """One mistake: its line, the key it is about, and what to do. `key` may be empty."""

    line: int
    key: str
    message: str


class PackError(AllyError):
    """A pack file that is not right. `problems` has all of them, in the order of their lines."""

    def __init__(self, where: str, problems: list[Problem]) -> None:
        self.where = where
        self.problems = sorted(set(problems))
        super().__init__("\n".join(f"{where}:{each.line}: {_about(each)}" for each in self.problems))


def _about(problem: Problem) -> str:
    return f"{problem.key}: {problem.message}" if problem.key else problem.message


def _printable(value: str) -> str:
    for char in value:
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\u200c\u200d":
            raise ValueError(f"holds the control character U+{ord(char):04X}; take it out")
    return value


Text = Annotated[
    str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS, strip_whitespace=True), AfterValidator(_printable)
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$", max_length=80)]
PackId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
Version = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*@\d+\.\d+\.\d+$", max_length=120)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
AnswerKind = Literal["text", "list", "choice", "scale", "person", "date", "commitment"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True, populate_by_name=False)


class SourceTable(_Table):
    """Where the ideas come from; leave out what is not known."""

    work: Text
    author: Text | None = None
    publisher: Text | None = None
    year: Annotated[int, Field(ge=1000, le=2999)] | None = None
    note: Text | None = None


class PracticeTable(_Table):
    """One practice."""

    id: Id
    title: Text
    summary: Text


class AskedTable(_Table):
    """What a prompt and a step have in common."""

    id: Id
    text: Text
    help: Text | None = None
    practice: Id | None = None
    answer: AnswerKind = "text"
    choices: Annotated[list[Text], Field(max_length=50)] = []
    min: Annotated[int, Field(ge=0, le=100)] | None = None
    max: Annotated[int, Field(ge=1, le=100)] | None = None
    labels: Annotated[list[Text], Field(max_length=101)] = []
    basis: Text | None = None
    elements: Annotated[list[Id], Field(max_length=50)] = []
    follow_up: Annotated[Id | None, Field(alias="follow-up")] = None


class PromptTable(AskedTable):
    """One prompt."""

    stage: Literal["what", "so-what", "now-what"]
    when: Literal["any", "look-back", "look-forward", "week-end"] = "any"
    voice: Literal["self", "others"] = "self"
    was: Annotated[list[Id], Field(max_length=50)] = []


class StepTable(AskedTable):
    """One step of an exercise."""

    when: Literal["any", "look-back", "look-forward"] = "any"
    optional: bool = False


class ExerciseTable(_Table):
    """A guided exercise."""

    id: Id
    title: Text
    summary: Text
    steps: Annotated[list[StepTable], Field(min_length=1, max_length=200)]


class PackFile(_Table):
    """A prompt pack: one TOML file, data only."""

    format: Literal[1]
    id: PackId
    version: Version
    title: Text
    summary: Text
    language: Language
    license: Text
    order: Literal["even", "sequence"] = "even"
    source: SourceTable | None = None
    practices: Annotated[list[PracticeTable], Field(max_length=100)] = []
    prompts: Annotated[list[PromptTable], Field(max_length=MOST_PROMPTS)] = []
    exercises: Annotated[list[ExerciseTable], Field(max_length=100)] = []
    translation_of: Annotated[Reference | None, Field(alias="translation-of")] = None


def check(data: bytes, where: str, defined: Mapping[str, str] | None = None) -> model.Pack:
    """Judge a pack file's bytes. `where` is how the file is named to the person.

    `defined` (practice id -> the other pack that defines it), where given, judges the practices too.
    Raises PackError with all the file's problems at once.
    """
    table, lines = read(data, where)
    problems = [
        Problem(positions.line_of(lines, path), key, said)
        for path, key, said in islice(across.problems(table, defined), MOST_PROBLEMS)
    ]
    try:
        file = PackFile.model_validate(table)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[:MOST_PROBLEMS]
        problems += [_problem(each, lines) for each in found]
    if problems:
        raise PackError(where, problems)
    return _to_pack(file)


def fault(key: str, value: str) -> str | None:
    """What is wrong with a pack's `id` or `language`, a `practice`'s id, or else a text; None if it fits."""
    kinds: dict[str, Any] = {"id": PackId, "language": Language, "practice": Id}
    try:
        TypeAdapter(kinds.get(key, Text)).validate_python(value)
    except ValidationError as error:
        first: Any = error.errors(include_url=False, include_input=False)[0]
        return _problem({**first, "loc": (key,)}, {(): 1}).message
    return None


def read(data: bytes, where: str) -> tuple[dict[str, Any], dict[positions.Path, int]]:
    """A pack file's tables, not judged yet, and the line of each key. Raises PackError if it is no TOML."""
    text = _decoded(data, where)
    return _parsed(text, where), positions.locate(text)


def _decoded(data: bytes, where: str) -> str:
    if len(data) > MOST_BYTES:
        raise PackError(where, [Problem(1, "", f"the file is larger than {MOST_BYTES // 1024} KiB; split the pack.")])
    try:
        return data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackError(where, [Problem(line, "", "this is not UTF-8 text; save the file as UTF-8.")]) from None


def _parsed(text: str, where: str) -> dict[str, Any]:
    if text.count("\n[") > MOST_TABLES:
        raise PackError(where, [Problem(1, "", f"the file has more than {MOST_TABLES} tables; split the pack.")])
    try:
        table = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise PackError(where, [Problem(error.lineno, "", _not_toml(error.msg))]) from None
    except (RecursionError, ValueError):
        raise PackError(
            where, [Problem(1, "", "this is nested too deeply, or has a number too long to read; look for brackets.")]
        ) from None
    if _depth(table) > MOST_DEPTH:
        raise PackError(
            where, [Problem(1, "", f"tables are nested more than {MOST_DEPTH} deep; a pack needs no more than three.")]
        )
    return table


def _not_toml(said: str) -> str:
    said = f"{said[:1].lower()}{said[1:]}"
    remedy = next((each for word, each in _REMEDIES.items() if word in said.casefold()), "look at the line before, too")
    return f"this is not TOML: {said}; {remedy}."


def _depth(value: Any, level: int = 0) -> int:
    if level > MOST_DEPTH:
        return level
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(child, level + 1) for child in children), default=level)


def _problem(error: Any, lines: dict[positions.Path, int]) -> Problem:
    path: positions.Path = error["loc"]
    kind, context = error["type"], error.get("ctx", {})
    name = ".".join(str(part) for part in path if isinstance(part, str))
    if kind == "missing":
        example = _WRITTEN.get(name) or _WRITTEN.get(name.rpartition(".")[2])
        return Problem(
            positions.line_of(lines, path), name, f"is missing; add {example}." if example else "is missing."
        )
    if kind == "extra_forbidden":
        return Problem(positions.line_of(lines, path), name, _unknown_key(path))
    if kind == "value_error":
        return Problem(positions.line_of(lines, path), name, f"{context['error']}.")
    if kind == "string_pattern_mismatch":
        return Problem(positions.line_of(lines, path), name, _EXAMPLES[_example(path)])
    return Problem(positions.line_of(lines, path), name, _SAYINGS.get(kind, _by_default)(context, error["msg"]))


def _example(path: positions.Path) -> str:
    return "pack" if path == ("id",) else str(path[-1]) if path[-1] in _EXAMPLES else "id"


def _alternatives(expected: str) -> str:
    return f"one of {expected.replace(' or ', ', ')}" if " or " in expected else expected


def _by_default(_: dict[str, Any], message: str) -> str:
    return f"{message[:1].lower()}{message[1:]}."


# What a TOML parser says of it -> what mends it.
_REMEDIES = {
    "string": 'close the quotes, and write \\" for a quote inside them',
    "escape": "write \\\\ for a backslash",
    "control character": "take the character out",
    "cannot overwrite": "take one of the two out",
    "declare": "take one of the two out",
    "invalid value": "put text in quotes",
    "after a key": 'a line is: key = "value"',
    "invalid statement": 'a line is: key = "value"',
    "after a statement": 'one key stands on a line, and quotes inside quotes are written \\"',
    "unclosed array": "close the bracket",
}
# How a key that is missing is written.
_WRITTEN = {
    "format": "format = 1",
    "id": 'id = "our-retros", a name for good',
    "prompts.id": 'id = "our-retros.quiet", a name for good',
    "version": 'version = "1.0.0"',
    "title": 'title = "After our retros"',
    "summary": 'summary = "…", one line about it',
    "language": 'language = "en"',
    "license": 'license = "CC-BY-4.0"',
    "work": 'work = "…", what the ideas are from',
    "text": 'text = "…?", the words of the question',
    "stage": 'stage = "what", "so-what" or "now-what"',
    "steps": "[[exercises.steps]]",
}
_SAYINGS = {
    "literal_error": lambda context, _: f"must be {_alternatives(str(context['expected']))}.",
    "string_type": lambda *_: "must be text in quotes.",
    "string_too_short": lambda *_: "is empty; write something, or take the line out.",
    "string_too_long": lambda context, _: f"is longer than {context['max_length']} characters; shorten it.",
    "int_type": lambda *_: "must be a whole number.",
    "bool_type": lambda *_: "must be true or false.",
    "list_type": lambda *_: "must be a list.",
    "model_type": lambda *_: "must be a table.",
    "too_long": lambda context, _: f"has more than {context['max_length']} items; split it.",
    "too_short": lambda *_: "has no items; add one.",
}


_EXAMPLES = {
    "pack": 'is no id: small letters, digits and "-", such as "our-retros".',
    "id": 'is no id: small letters, digits, "-" and ".", such as "our-retros.quiet".',
    "version": 'is no version: three numbers, such as "1.0.0".',
    "language": 'is no language: its code, such as "en" or "pt-BR".',
    "translation-of": 'is no pack and version, such as "seven-practices@1.0.0".',
}


def _unknown_key(path: positions.Path) -> str:
    """Names the nearest known key of the same table."""
    tables: dict[str, type[_Table]] = {
        "source": SourceTable,
        "practices": PracticeTable,
        "prompts": PromptTable,
        "exercises": ExerciseTable,
        "steps": StepTable,
    }
    around = [part for part in path[:-1] if isinstance(part, str)]
    table = tables.get(around[-1], PackFile) if around else PackFile
    known = [field.alias or name for name, field in table.model_fields.items()]
    near = get_close_matches(str(path[-1]), known, 1, 0.5)
    return "is not a known key" + (f'; did you mean "{near[0]}"?' if near else f". Known: {', '.join(known)}.")


def _to_pack(file: PackFile) -> model.Pack:
    source = model.Source(**file.source.model_dump()) if file.source else None
    return model.Pack(
        id=file.id,
        version=file.version,
        title=file.title,
        summary=file.summary,
        language=file.language,
        license=file.license,
        order=file.order,
        source=source,
        translation_of=file.translation_of,
        practices=tuple(model.Practice(**each.model_dump()) for each in file.practices),
        prompts=tuple(_to_prompt(each) for each in file.prompts),
        exercises=tuple(
            model.Exercise(each.id, each.title, each.summary, tuple(_to_prompt(step) for step in each.steps))
            for each in file.exercises
        ),
    )


def _to_prompt(table: AskedTable) -> model.Prompt:
    dumped = table.model_dump()
    values: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in dumped.items()}
    return model.Prompt(**values)
