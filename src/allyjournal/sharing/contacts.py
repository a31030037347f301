"""Ways to reach somebody, in a skeleton: e-mail addresses, web addresses, telephone numbers, accounts."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from allyjournal.sharing.skeleton import Skeleton

MARKS = {"e-mail": "[e-mail]", "address": "[link]", "phone": "[phone]", "account": "[account]"}
# Seven digits are the shortest number that is dialled whole; E.164 allows fifteen.
FEWEST_DIGITS, MOST_DIGITS = 7, 15


class Contact(NamedTuple):
    """One of them: its place in the original, and which of MARKS it is."""

    start: int
    end: int
    kind: str


def contacts(text: Skeleton) -> Iterator[Contact]:
    """All of them; one may stand inside another."""
    plain = text.plain
    for kind, needed in (("e-mail", "@"), ("address", ""), ("phone", "")):
        if needed in plain:
            for match in _patterns()[kind].finditer(plain):
                if kind != "phone" or _is_phone(match):
                    yield Contact(*text.span(*match.span()), kind)
                elif "/" in match[0]:
                    yield from _beside_each_other(text, match)


def accounts(text: Skeleton) -> Iterator[Contact]:
    """`@name`, whoever that is."""
    if "@" in text.plain:
        for match in _patterns()["account"].finditer(text.plain):
            yield Contact(*text.span(*match.span()), "account")


def _beside_each_other(text: Skeleton, match: re.Match[str]) -> Iterator[Contact]:
    """Two numbers with a stroke between them."""
    for part in re.finditer(r"[^/]+", match[0]):
        if len(re.sub(r"\D", "", part[0])) >= FEWEST_DIGITS:
            yield Contact(*text.span(match.start() + part.start(), match.start() + part.end()), "phone")


def _is_phone(match: re.Match[str]) -> bool:
    """Not a date, a range of years, an amount, a version, a time."""
    written = re.sub(r"x\d+$", "", match[0]).strip()
    digits = re.sub(r"\D", "", written)
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return False
    if re.fullmatch(
        r"\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-](?:\d\d|\d{4})|(?:19|20)\d\d[ /-]+(?:19|20)\d\d", written
    ):
        return False
    if written[0] in "+(" or digits.startswith("0"):
        return True
    if re.fullmatch(r"\d{1,3}(?:[ .']\d{3})+", written) and len(digits) < 9:
        return _is_called(match)
    return bool(re.fullmatch(r"\d{3}[- ]\d{4}", written)) or len(digits) >= 8 or _is_called(match)


def _is_called(match: re.Match[str]) -> bool:
    """Whether its line speaks of calling."""
    return bool(_patterns()["by phone"].search(match.string[max(0, match.start() - 60) : match.end() + 60]))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    name = r"[^\W_](?:[\w.+-]{0,62}[\w+])?"
    host = r"[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){0,6}"
    domains = (
        "com|org|net|edu|gov|io|co|app|dev|info|biz|me|eu|uk|de|fr|lv|lt|ee|se|no|fi|dk|nl|be|es|pt|it|pl|cz|at|ch|ie|ru|ua|in|cn|jp|"
        "kr|us|ca|au|nz|br|mx|za|ng|ke|gh|ai|xyz|ly|so|tv|gg|team|works|tech|blog|wiki|news|hu|ro|si|is|sg|bg|hr|sk|gr|tr|il|lu|by|kz|ge|am|az|cy|mt|pe|cl|ar|ve|eg|ma|tn|sa|ae|qa|ir|pk|lk|bd|th|vn|my|ph|tw|hk|studio|pro|name|work|"
        "design|art|berlin|agency|consulting|coach|life|world|group|company|academy|school|foundation|рф|example|test|local|page|link|cloud|online|site|slack|social"
    )
    sources = {
        "e-mail": rf"(?:mailto:)?@?{name}@{host}",
        "address": (
            rf"(?<![^\W_])(?:[a-z][a-z0-9+.-]{{1,20}}://|www\.|mailto:|tel:|xmpp:|skype:|sip:|sms:)[^\s<>\"'\[\]|]{{1,2000}}(?<![.,;:!?)])|"
            rf"(?<![\w@.])(?:[^\W_][\w-]{{0,62}}\.){{1,6}}(?:{domains})(?![\w-])(?:/[^\s<>\"'\[\]()|]{{0,2000}}(?<![.,;:!?]))?|"
            rf"(?<![\w@.])(?:[^\W_][\w-]{{0,62}}\.){{1,6}}[a-z]{{2,24}}/[^\s<>\"'\[\]()|]{{1,2000}}(?<![.,;:!?])"
        ),
        "phone": (
            r"(?<![\w@])(?<!\d[.:-])(?:\+|\()?\d(?:[ ().\-/_']{0,3}\d){5,18}(?:x\d{1,5})?"
            r"(?![\w@]|[-.]\d|,\d{1,2}(?!\d))"
        ),
        "by phone": r"(?<![^\W_])(?:call|tele?phone|phone|tel|mob(?:ile)?|cell|number|no|whatsapp|ring|sms)(?![^\W_])",
        "account": r"(?<![^\W_])@[^\W_][\w-]{0,100}(?:[^\W_]|(?<=[^\W_]))",
    }
    return {name: re.compile(source) for name, source in sources.items()}
