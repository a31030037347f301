"""The options that commands share, and what is made of their words."""

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperOption

from allyjournal import __version__
from allyjournal.cli.session import Session
from allyjournal.errors import UsageError

MOST_LISTED = 1_000_000_000
# More of these in one command would be a mistake, and too many for one question.
MOST_TAGS = 100
TEXT_FILTERS = ("practice", "pack", "prompt", "kind", "contains")
KINDS = ("reflection", "exercise", "note", "review", "feedback")


def family(help_text: str, lists: bool = False) -> typer.Typer:
    """Commands under one name, with plain help; by itself it says what there is (`lists`), or helps."""
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        invoke_without_command=lists,
        no_args_is_help=not lists,
        help=help_text,
    )


def form(session: Session, named: str | None, forms: Sequence[str], default: str) -> str:
    """The format that `--format`, `--json` or else `default` says. Raises UsageError for others, and for both."""
    if named is not None and named not in forms:
        raise UsageError(f'There is no format "{named[:20]}" here; choose {", ".join(forms)}.')
    if session.json and named not in (None, "json"):
        raise UsageError(f"--json and --format {named} say two things; leave one out.")
    return named or ("json" if session.json else default)


def clean(text: str) -> str:
    """Words of the command line; bytes there that are no text become a mark."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").strip()


def tag_names(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags as they were typed, folded, each once. Raises UsageError for what is no tag."""
    from allyjournal.journal.mentions import fold

    names = tuple(dict.fromkeys(fold(clean(each)) for each in tags))
    if len(names) > MOST_TAGS:
        raise UsageError(f"{len(names)} tags are too many for one command; name at most {MOST_TAGS}.")
    for name in names:
        fits = all(char.isalnum() or char in "_-/" or (not char.isascii() and char.isprintable()) for char in name)
        if not fits or not name or all(char.isdigit() for char in name):
            raise UsageError(
                f'"{name[:40]}" is no tag: letters, digits, _ - and /, with at least one letter, such as work/hiring.'
            )
    return names


def shared_options() -> list[TyperOption]:
    """The global options, which stand before or after the command's name."""
    return [
        TyperOption(
            param_decls=["--journal", "journal"],
            metavar="DIR",
            expose_value=False,
            callback=_remember,
            help="The journal's folder.",
            type=str,
        ),
        _flag(["--json", "json"], "One JSON document on standard output."),
        _flag(["--plain", "plain"], "No colour, no drawing, no redraw: for screen readers and logs."),
        _flag(["-q", "--quiet", "quiet"], "Only the result and what went wrong."),
        _flag(["--no-input", "no_input"], "Never ask; fail with the option to use instead."),
    ]


def filter_options() -> list[TyperOption]:
    """The filters, the same wherever entries are chosen; the one-dash spellings are jrnl's."""
    return [
        _value(["--on", "-on", "on"], "DATE", "Only this day, week, month or year."),
        _value(["--from", "-from", "from"], "DATE", "From this day on."),
        _value(["--to", "-to", "-until", "to"], "DATE", "Up to this day."),
        _value(["-t", "--tag", "tag"], "TAG", "With this tag, or one under it.", multiple=True),
        _value(["--not", "-not", "not"], "TAG", "Without this tag.", multiple=True),
        _value(["--with", "with"], "PERSON", "That mention this person.", multiple=True),
        _value(["--practice", "practice"], "ID", "Of this practice."),
        _value(["--pack", "pack"], "ID", "From this pack."),
        _value(["--prompt", "prompt"], "ID", "That answer this prompt."),
        _value(["--kind", "kind"], "KIND", f"{', '.join(KINDS[:-1])} or {KINDS[-1]}."),
        _value(["--contains", "-contains", "contains"], "TEXT", "With these words in them."),
        _flag(["--starred", "-starred", "starred"], "With a star."),
        _flag(["--any", "any"], "One of the tags, people, practice and pack is enough."),
        TyperOption(
            param_decls=["-n", "--limit", "limit"],
            metavar="N",
            expose_value=False,
            callback=_remember_limit,
            help="Only the newest N.",
            type=int,
        ),
        _flag(["--reverse", "reverse"], "In the other order."),
    ]


def version_option() -> TyperOption:
    """`--version`, where it stands among other options."""

    def show(ctx: typer.Context, _: Any, value: bool) -> None:
        if value:
            sys.stdout.write(f"ally {__version__}\n")
            ctx.exit()

    return TyperOption(
        param_decls=["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help="The version."
    )


def _flag(names: list[str], help_text: str) -> TyperOption:
    return TyperOption(param_decls=names, is_flag=True, expose_value=False, callback=_remember, help=help_text)


def _offers(name: str) -> Any:
    """What TAB offers for a filter; looked up only when TAB asks, since nobody else pays for it then."""

    def offer(ctx: Any, args: list[str], incomplete: str) -> Any:
        from allyjournal.cli import completing

        found = {
            "tag": completing.tags,
            "not": completing.tags,
            "with": completing.people,
            "practice": completing.practices,
            "pack": completing.packs,
            "prompt": completing.prompts,
        }
        return found[name](ctx, args, incomplete) if name in found else []

    return offer


def _value(names: list[str], metavar: str, help_text: str, multiple: bool = False) -> TyperOption:
    more = "; may be repeated." if multiple else "."
    return TyperOption(
        param_decls=names,
        metavar=metavar,
        expose_value=False,
        callback=_remember,
        multiple=multiple,
        autocompletion=_offers(names[-1]),
        help=help_text.removesuffix(".") + more,
        type=str,
    )


def _remember_limit(ctx: typer.Context, param: Any, value: int | None) -> None:
    if value is not None and value < 1:
        raise UsageError("-n takes a number from 1 on.")
    if value is not None and value > MOST_LISTED:
        raise UsageError(f"-n takes a number up to {MOST_LISTED}; leave it out for all.")
    _remember(ctx, param, value)


def _remember(ctx: typer.Context, param: Any, value: Any) -> None:
    given = value if isinstance(value, tuple | list) else (value,)
    if any(isinstance(each, str) and not each.strip() for each in given):
        raise UsageError(f"{param.opts[0]} is empty; say what is meant, or leave it out.")
    if param.name in TEXT_FILTERS and isinstance(value, str):
        value = clean(value)
    if value not in (None, False, (), []):
        ctx.find_root().meta[param.name] = value
