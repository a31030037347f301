"""A coach's words as they are kept: read by people, and by nothing else.

What would be a tag, a person, a heading, a commitment, a hidden passage, a link, a picture or HTML gets a backslash
before it: Markdown shows the same words, and neither ally nor another program acts on them. Only pseudonyms become
people again.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from allyjournal.sharing.document import clean
from allyjournal.sharing.pseudonyms import as_handle


def kept(text: str, names: Mapping[str, str]) -> str:
    """The text of a comment, with each pseudonym of `names` (handle -> pseudonym) as `@handle`."""
    text = clean(text).strip()
    pattern, handles = _pseudonyms(names)
    pieces, position = [], 0
    for match in pattern.finditer(text) if pattern else ():
        if unicodedata.category(text[match.end() : match.end() + 1] or " ")[0] == "M":
            continue
        after = "\\" if text[match.end() : match.end() + 1] == "-" else ""
        pieces += [_inert(text[position : match.start()]), f"@{handles[_folded(match[0])]}{after}"]
        position = match.end()
    joined = "".join([*pieces, _inert(text[position:])])
    # A backslash before a percent sign is read as one by every program but our own search for the pair.
    return re.sub(r"%(?=%)", r"%\\", joined)


def _pseudonyms(names: Mapping[str, str]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """What finds a pseudonym, and whose it is; one that two people have is nobody's."""
    whose: dict[str, set[str]] = {}
    for handle, name in names.items():
        for form in (name, f"@{as_handle(name)}"):
            whose.setdefault(_folded(form), set()).add(handle)
    handles = {form: next(iter(each)) for form, each in whose.items() if len(each) == 1}
    plain = sorted({name for name in names.values() if _folded(name) in handles}, key=len, reverse=True)
    after = sorted({form for form in handles if form.startswith("@")}, key=len, reverse=True)
    forms = [*(form for each in plain for form in (re.escape(each), re.escape(each.upper())))]
    forms += [f"(?i:{re.escape(each)})" for each in after]
    if not forms:
        return None, {}
    return re.compile(rf"(?<![\w@#/.+=&\\-])(?:{'|'.join(forms)})(?!\w|-\d|@)"), handles


def _folded(text: str) -> str:
    return text.casefold()


def _inert(text: str) -> str:
    text = _live().sub(lambda match: match[0] if match[0][0] == "\\" and len(match[0]) > 1 else f"\\{match[0]}", text)
    return _field().sub(r"\g<1>\\::", text)


@cache
def _live() -> re.Pattern[str]:
    """What is escaped already, and each character that begins something."""
    return re.compile(
        r"\\[\s\S]"
        r"|(?:(?<=\n)|^)#"
        r"|(?<!\w)[#@](?=\S)"
        r"|(?<=\n )#|(?<=\n  )#|(?<=\n   )#"
        r"|<(?=[A-Za-z/!?])"
        r"|\[(?=\[)|!(?=\[)|(?<=\])[\[(:]"
    )


@cache
def _field() -> re.Pattern[str]:
    return re.compile(r"(\[[\w-]+)::")
