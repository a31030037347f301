"""Names that are hard to find, the ways they hide, and the places they hide in. Nothing here uses the code under test.

`survives` says whether a form is still to be read in a text: it undoes disguises in its own, simple way.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Name(NamedTuple):
    """A made-up name: whole, and the parts that name the person when they stand alone."""

    full: str
    alone: tuple[str, ...]
    inflected: tuple[str, ...] = ()


def _name(full: str, *alone: str, inflected: tuple[str, ...] = ()) -> Name:
    return Name(full, alone or tuple(full.split()), inflected)


NAMES = (
    _name("Maria Kalniņa", inflected=("Marijas", "Mariaa", "Marias", "Kalniņas", "Kalniņai")),
    _name("Zoë O'Brien", inflected=("Zoës", "O’Briens")),
    _name("Jean-Luc Müller", inflected=("Müllers", "Mueller", "Jean Luc")),
    _name("Łukasz Żółty", inflected=("Łukasza", "Żółtego", "Lukaszowi")),
    _name("Nguyễn Thị Hạnh", "Nguyễn", "Hạnh"),
    _name("Ðorđe Đukić", inflected=("Đukića", "Djukić")),
    _name("İpek Işık", inflected=("İpek'in", "Işıka")),
    _name("Søren Ågård", inflected=("Sørens", "Soeren", "Aagaard")),
    _name("Αθηνά Παππά", inflected=("Αθηνάς",)),
    _name("Мария Иванова", inflected=("Иванову", "Марии", "Ивановой")),
    _name("محمد علي", inflected=("ومحمد", "لمحمد")),
    _name("שרה לוי", inflected=("ושרה", "לשרה")),
    _name("王小明", "小明", inflected=("王小明说", "小王", "王先生")),
    _name("田中さくら", "田中", "さくら", inflected=("田中さん", "さくらが", "サクラ")),
    _name("김민준", "민준", inflected=("김민준이", "민준은", "김 씨")),
    _name("अनिता शर्मा", inflected=("अनिता ने",)),
    _name("Will Young"),
    _name("Grace May"),
    _name("Mark Price"),
    _name("Rose Hope"),
    _name("Art Long"),
    _name("Bea"),
    _name("Jo"),
    _name("D'Arcy Smith-Jones", "D'Arcy", "Smith-Jones", "Smith"),
    _name("van der Berg", "Berg", inflected=("Bergs", "van den Berg")),
    _name("Al-Amin", inflected=("Alamin",)),
    _name("Ní Bhriain", "Bhriain"),
    _name("Mc Donald", "Donald", inflected=("McDonald", "MacDonald")),
    _name("Ana María de la Cruz", "Ana", "María", "Cruz", "de la Cruz", "Ana María"),
    _name("Ng"),
    _name("Ó Súilleabháin", "Súilleabháin"),
    _name("Chloé"),
    _name("Björn", inflected=("Björns", "Bjoern")),
    _name("Aïcha"),
    _name("Nkechi Okonkwo"),
    _name("Siobhán"),
    _name("Xiomara"),
    _name("Lwazi"),
    _name("Tāne"),
    _name("José"),
    _name("Þórdís Ægisdóttir", inflected=("Ægisdóttur",)),
    _name("Gwenllian ap Rhys", "Gwenllian", "Rhys"),
    _name("Quỳnh"),
    _name("Wójcik", inflected=("Wójcika", "Wójcikiem")),
)

# Words of the language that some of the names are: in lower case and alone nobody can tell them from the word.
WORDS = frozenset(
    (
        "will",
        "young",
        "grace",
        "may",
        "mark",
        "price",
        "rose",
        "hope",
        "art",
        "long",
        "wills",
        "longs",
        "arts",
        "hopes",
        "marks",
        "mays",
    )
)
_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
_GREEK = str.maketrans("oABEHIKMNOPTXYZ", "οΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")


def _latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in name if char.isalpha())


def _cased(name: str) -> bool:
    return name.upper() != name.lower()


def _inside(join: str) -> Callable[[Name], Iterator[str]]:
    def made(name: Name) -> Iterator[str]:
        for each in (name.full, *name.alone):
            if len(each) > 1 and each[0].isalpha() and each[1].isalpha():
                cut = 2 if len(each) > 3 and each[2].isalpha() else 1
                yield each[:cut] + join + each[cut:]

    return made


def _each(
    change: Callable[[str], str], when: Callable[[str], bool] = lambda _: True
) -> Callable[[Name], Iterator[str]]:
    def made(name: Name) -> Iterator[str]:
        return (change(each) for each in (name.full, *name.alone) if when(each))

    return made


def _bare(text: str) -> str:
    kept = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    return kept.translate(str.maketrans("łŁøØđĐðÐıŊŋ", "lLoOdDdDiNn"))


def _initials(name: Name) -> Iterator[str]:
    parts = re.split(r"\s", name.full)
    if len(parts) > 1 and _cased(name.full) and not name.full[0].islower():
        first = [part[0].upper() for part in parts]
        yield from (".".join(first) + ".", "".join(first), f"{first[0]}. {parts[-1]}", f"{parts[0]} {first[-1]}.")


def slug(name: Name) -> str:
    """The name as an account would have it."""
    return re.sub(r"[^\w]+", "-", _bare(name.full)).strip("-").lower()


def _misspelt(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + ("x" if word[middle] != "x" else "z") + word[middle + 1 :]


def _swapped(word: str) -> str:
    return word[:2] + word[3] + word[2] + word[4:]


def _long_latin(word: str) -> bool:
    return _latin(word) and word.isalpha() and len(word) > 4 and word.lower() not in WORDS


DISGUISES: dict[str, Callable[[Name], Iterator[str]]] = {
    "as is": _each(str),
    "upper case": _each(str.upper, _cased),
    "lower case": _each(str.lower, _cased),
    "title case": _each(str.title, _cased),
    "possessive '": _each(lambda each: f"{each}'s"),
    "possessive ’": _each(lambda each: f"{each}’s"),
    "possessive s'": _each(lambda each: f"{each}'"),
    "inflected": lambda name: iter(name.inflected),
    "initials": _initials,
    "handle": lambda name: iter([f"@{slug(name)}"]),
    "e-mail": lambda name: iter([f"{slug(name).replace('-', '.')}@corp.example"] if name.full.isascii() else []),
    "hashtag": lambda name: iter(
        [f"#{slug(name)}-incident", f"#{slug(name).replace('-', '')}"] if slug(name) not in WORDS else []
    ),
    "without diacritics": _each(_bare, lambda each: _latin(each) and _cased(each)),
    "NFD": _each(lambda each: unicodedata.normalize("NFD", each)),
    "full width": _each(
        lambda each: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in _bare(each)), _latin
    ),
    "zero-width space": _inside("\u200b"),
    "zero-width joiner": _inside("\u200d"),
    "word joiner": _inside("\u2060"),
    "direction mark": _inside("\u200f"),
    "soft hyphen": _inside("\u00ad"),
    "hyphen and line break": _inside("-\n"),
    "no-break space": _each(lambda each: each.replace(" ", "\u00a0"), lambda each: " " in each),
    "line break": _each(lambda each: each.replace(" ", "\n"), lambda each: " " in each),
    "Cyrillic letters": _each(
        lambda each: each.translate(_CYRILLIC), lambda each: _latin(each) and each != each.translate(_CYRILLIC)
    ),
    "Greek letters": _each(
        lambda each: each.translate(_GREEK), lambda each: _latin(each) and each != each.translate(_GREEK)
    ),
    "dotless i": _each(lambda each: each.replace("i", "ı"), lambda each: "i" in each and _latin(each)),
    "repeated letter": _each(
        lambda each: each[:1] + each[1] * 3 + each[2:], lambda each: each.isalpha() and _latin(each) and len(each) > 1
    ),
    "letter twice": _each(lambda each: each + each[-1], lambda each: each.isalpha() and _latin(each) and len(each) > 3),
    "misspelt": _each(_misspelt, _long_latin),
    "letters swapped": _each(_swapped, lambda each: _long_latin(each) and each[2] != each[3]),
    "letter left out": _each(lambda each: each[:2] + each[3:], _long_latin),
    "bold inside": lambda name: (
        f"{form[:2]}**{form[2:]}**" for form in (name.full, *name.alone) if len(form) > 2 and form[:3].isalpha()
    ),
    "tag inside": _inside("<b></b>"),
    "backwards": _each(
        lambda each: ", ".join([each.split()[-1], " ".join(each.split()[:-1])]), lambda each: " " in each
    ),
    "entities": _each(lambda each: "".join(f"&#{ord(char)};" if char.isalpha() else char for char in each)),
    "hex entity": _each(lambda each: f"&#x{ord(each[0]):x};{each[1:]}"),
    "escaped": _each(
        lambda each: each.replace("-", "\\-").replace("'", "\\'"), lambda each: "-" in each or "'" in each
    ),
    "underlined": _each(lambda each: each.replace(" ", "_"), lambda each: " " in each),
    "spelt out": _each("-".join, lambda each: each.isascii() and each.isalpha() and len(each) > 2),
    "in two links": _inside("](https://x.example)["),
}

# Where a name stands: a text with {} for it, as the fields of an entry.
PLACES: dict[str, dict[str, str]] = {
    "sentence": {"body": "Yesterday I spoke with {} about it."},
    "end": {"body": "I asked {}."},
    "beginning": {"body": "{} quietly took the minutes."},
    "list": {"body": "- {} late again\n- {} from the other team"},
    "line": {"body": "met with\n{} about it"},
    "after a colon": {"body": "present: {}, and others"},
    "beginning of a title": {"title": "{} in finance", "body": "words"},
    "bold": {"body": "So I told **{}** about it."},
    "link text": {"body": "We read [{}](https://x.example/a) here."},
    "link target": {"body": "We read [this](https://x.example/{}) here."},
    "relative target": {"body": "We read [this](notes/{}.md) here."},
    "picture": {"body": "See ![of {} there](x.png) here."},
    "footnote": {"body": "As said.[^1]\n\n[^1]: I asked {} about it."},
    "code span": {"body": "The log says `from {} here` and stops."},
    "code fence": {"body": "Look:\n\n```\nfrom {} here\n```\n\nend."},
    "comment": {"body": "Seen. <!-- with {} here --> And on."},
    "table": {"body": "| who | what |\n| --- | --- |\n| with {} | asked |"},
    "quote": {"body": "> she asked {} about it\n> and left"},
    "heading": {"body": "### about {} today\n\nwords"},
    "title": {"title": "about {} today", "body": "words"},
    "commitment": {"body": "- [ ] to ask {} about it [due:: 2026-11-26] [id:: abc234]"},
    "outcome": {"body": "- [x] to ask [due:: 2026-11-26] [id:: abc234]\n  - so {} agreed"},
    "asked": {"asked": "what did you tell {} about it?", "body": "## what did you tell {} about it?\n\nwords"},
    "other property": {"exercise": "with {} there", "body": "words"},
}


def bare(text: str) -> str:
    """A text with what hides letters undone: forms, accents, what is not seen, marks, line ends, look-alikes."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Mn", "Me"))
    text = re.sub(r"<[^<>]*>", "", re.sub(r"-\s*\n[ >]*", "", text))
    text = re.sub(r"[*`~\\]|__", "", text).translate(str.maketrans("łŁøØđĐðÐı’", "lLoOdDdDi'"))
    return re.sub(r"\s+", " ", text).casefold()


def survives(form: str, text: str) -> bool:
    """Whether the form can be read in the text, as it was hidden or plain; as a whole word."""
    found = bare(form).strip(" '.,")
    return bool(found) and bool(re.search(rf"(?<![^\W_]){re.escape(found)}(?![^\W_])", bare(text)))


def reads_as_a_word(form: str) -> bool:
    """Whether the form, as it is written, is nothing but an ordinary word in lower case."""
    return form == form.lower() and form.isascii() and re.sub(r"'s?$", "", form.replace("-\n", "")) in WORDS
