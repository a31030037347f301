"""Words that are a name with something changed: an ending, a letter twice, one letter wrong."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from allyjournal.sharing.skeleton import skeleton

# Case endings and the like: Latvian, Lithuanian, Polish, Russian, Czech, Finnish, Hungarian, Turkish, Latin, English.
_ENDINGS = """
a as ai u am ā ām ās e es ei ē i is im ī ī y ys o os om s š ą ę ų į io iai iu iui ui ų us
ego emu em ego a owi ie ów ami ach ą ę iego iemu im ej ów
у ю ой ей ом ем ам ям ах ях ы и е я ого ому ым ых его ему им их ою ею ов ев у
n in an en on lle lla lta sta ssa ssä een iin ään t k nak nek val vel hoz ban ben tól ból nál
da de dan den ta te tan ten ya ye yi nin nın nun nün ın ün un la le lar ler
ess er ian ish esque ism ly en chen lein ka ko ek ik inho inha ito ita je
ς υ ου ας ης ην ον ε
"""
ENDINGS = frozenset(form for each in _ENDINGS.split() for form in (skeleton(each).plain, skeleton(each).alike))
_VOWELS = frozenset("aeiouyаеиоуыэюяьйαεηιουω")
MOST_ENDING = 5


def stems(word: str) -> Iterator[str]:
    """What its inflected forms begin with: the word, and without its last vowels if enough is left."""
    yield word
    stem = word
    while len(stem) > 4 and stem[-1] in _VOWELS and len(word) - len(stem) < 2:
        stem = stem[:-1]
        yield stem


def splits(word: str, shortest: int) -> Iterator[tuple[str, str]]:
    """The ways to read the word as a stem and an ending."""
    for length in range(1, min(MOST_ENDING, len(word) - shortest) + 1):
        if word[-length:] in ENDINGS:
            yield word[:-length], word[-length:]


def once(word: str) -> str:
    """The word with every letter that stands several times in a row standing once."""
    return "".join(letter for letter, _ in groupby(word))


def without_one(word: str) -> Iterable[str]:
    """The word with any one letter left out."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def is_near(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two changed round makes one word the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    first = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    if len(one) < len(other):
        return one[first:] == other[first + 1 :]
    rest = one[first + 1 :], other[first + 1 :]
    is_turned = one[first : first + 2] == other[first : first + 2][::-1] and one[first + 2 :] == other[first + 2 :]
    return rest[0] == rest[1] or is_turned
