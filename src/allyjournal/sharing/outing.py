"""What may say of somebody else what is theirs to say: health, sexuality, faith, status, disability, pregnancy, pay.

Also what makes one person out of many: `the only woman on the board`. It is marked where a person, or a pronoun
for one, stands in the same sentence; what is said of oneself alone is not. Nothing is judged: the writer is asked.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from allyjournal.sharing.common_words import is_ordinary, listed
from allyjournal.sharing.skeleton import PARAGRAPH, Skeleton

_WORDS = {
    "health": (
        "(?:(?:breast|lung|prostate|skin|colon|bowel|ovarian|testicular|cervical|brain|liver|thyroid|bladder|"
        "stomach|throat|blood) )?(?:cancer|tumou?r)|"
        "terminally ill|multiple sclerosis|parkinson's|alzheimer's|dementia|chemo|chemotherapy|diabet(?:es|ic)|"
        "epilep(?:sy|tic)|seizures?|hiv|depress(?:ed|ion)|anxiety|bipolar|schizophreni[ac]|anorexi[ac]|"
        "bulimi[ac]|burn(?:ed|t)?(?: |-)?out|breakdown|therap(?:y|ist)|psychiatrist|antidepressants?|medication|"
        "diagnos(?:is|ed)|sick|sick leave|illness|ill|surgery|hospital(?:i[sz]ed)?|migraines?|arthritis|"
        "mental health|bad back|back pain|injur(?:y|ies|ed)|allerg(?:y|ies|ic)|hearing loss|on sick leave|signed off|"
        "off with stress|stressed out|chronic (?:pain|illness)|ocd|lupus|insulin|"
        "psych(?:iatric)? ward|counsell?or|kill (?:her|him|them)sel(?:f|ves)|drinks too much|drinking problem|"
        "drug problem|asthma|crohn's|endometriosis|menopause|overdose|rehab|sober|alcoholi(?:c|sm)|"
        "addict(?:ed|ion)?|self-harm|suicid(?:e|al)|ptsd|panic attacks?|miscarr(?:iage|ied)|abortion|ivf|"
        "long covid|eating disorder|stroke|heart attack"
    ),
    "sexuality or gender": (
        "gay|lesbian|dates (?:men|women)|has a (?:wife|husband|girlfriend|boyfriend)|they ?/ ?them|bisexual|bi|"
        "queer|trans|transgender|transsexual|transition(?:ed|ing)|non[- ]?binary|asexual|pansexual|intersex|"
        "lgbtq?i?a?|closeted|c[ao]me out|coming out|outed|homosexual|deadnamed?|misgendered|same-sex|"
        "his (?:husband|boyfriend)|[a-z]{1,30}'s (?:wife|husband|girlfriend|boyfriend)|her (?:wife|girlfriend)"
    ),
    "faith": (
        "muslims?|headscarf|fasts|fasting|islam|islamic|hijab|niqab|ramadan|mosque|jews?|jewish|synagogue|kosher|"
        "shabbat|hindu|sikh|turban|buddhist|christian|catholic|protestant|evangelical|orthodox|mormon|jehovah's|"
        "atheist|agnostic|converted|pray(?:s|ed|ing|er)?|church|religio(?:n|us)|faith|imam|rabbi|priest"
    ),
    "immigration status": (
        "visas?|h-?1b|residency|illegally|(?:work|residence) permit|asylum|refugee|undocumented|"
        "deport(?:ed|ation)?|im?migrants?|immigration|green card|citizenship|sponsorship|stateless"
    ),
    "disability": (
        "disab(?:led|ility|ilities)|wheelchair|deaf|blind|hard of hearing|autis(?:m|tic)|on the spectrum|"
        "hearing aids?|crutch(?:es)?|adhd|dyslexi[ac]|dyspraxi[ac]|tourette's|neurodivergent|neurodiverse|"
        "asperger's|cerebral palsy|down syndrome|prosthetic|guide dog|impair(?:ed|ment)|sta(?:mmers?|mmered)|"
        "stutters?"
    ),
    "pregnancy or family plans": (
        "pregnan(?:t|cy)|expecting(?: a)?|due date|maternity|paternity|parental leave|having a baby|twins|"
        "lost (?:the|a|her|their) baby|want(?:s|ed)? kids|trying for a (?:baby|child)|fertility|"
        "infertil(?:e|ity)|morning sickness|trimester|adopt(?:ing|ion)"
    ),
    "pay or money": (
        "salary|salaries|compensation|earned|[0-9]{1,9}(?:[.,][0-9]{1,3})?k|"
        "[0-9][0-9.,]{0,15} ?(?:eur|usd|gbp|euros?|dollars|pounds)|wages?|paid|pay ?(?:rise|gap|cheque|check)|"
        "underpaid|overpaid|bonus|earns|earning|debts?|bankrupt(?:cy)?|mortgage|a raise|[$€£][0-9][0-9.,]{0,15}k?"
    ),
    "origin": (
        "black|asian|latin[aox]|roma|gypsy|indigenous|aboriginal|arab|african|hispanic|mixed[- ]race|biracial|"
        "(?:person|people|wom[ae]n|m[ae]n) of colou?r"
    ),
    "trouble": (
        "fired|laid off|made redundant|redundancy|let go|on a pip|sacked|disciplinary|harass(?:ed|ment)|"
        "assault(?:ed)?|abus(?:e|ed|er)|raped?|divorc(?:e|ed|ing)|arrested|prison|conviction"
    ),
}
# Said of things as much as of people: these want somebody in the sentence.
_TAME = listed(
    "paid debt debts bonus black stroke sick ill blind expecting transition transitioning therapy therapist fired "
    "impaired salary salaries wage wages faith bi adopting adoption mortgage prison abuse converted church "
    "orthodox medication hospital compensation earned redundancy illegally asian african indigenous arab hispanic "
    "religion twins"
) | {"pay gap", "pay rise", "a raise", "due date"}
_NOT_ONE = (
    "reaction attempt version year draft ten hard minute minutes hour half round month quarter impression "
    "instinct thought reply response sentence line move slide page item agenda email few two three way thing "
    "things time times reason problem question option point answer exception difference part day place choice one "
    "ones step solution chance idea condition rule word words sound hope fear goal aim topic issue meeting"
)


class Marked(NamedTuple):
    """A passage: its place in the original, and what it may tell."""

    start: int
    end: int
    reason: str


def marked(text: Skeleton, people: Sequence[tuple[int, int]]) -> list[Marked]:
    """What stands near a person. `people` are the places of names in the original."""
    found = [*_sensitive(text, people), *_single(text)]
    return sorted(set(found))


def _sensitive(text: Skeleton, people: Sequence[tuple[int, int]]) -> Iterator[Marked]:
    hits = list(_patterns()["words"].finditer(text.plain))
    if not hits:
        return
    third = [match.start() for match in _patterns()["third"].finditer(text.plain)]
    third += [match.start() for match in _patterns()["who is"].finditer(text.plain) if _is_somebody(match[1])]
    third.sort()
    named = sorted(start for start, _ in people)
    oneself = [match.start() for match in _patterns()["oneself"].finditer(text.plain)]
    bounds = [0, *(match.end() for match in _patterns()["sentence"].finditer(text.plain)), len(text.plain)]
    number = 0
    for match in hits:
        while bounds[number + 1] <= match.start():
            number += 1
        if _patterns()["harmless"].match(text.plain, match.start()):
            continue
        first, last = bounds[number], bounds[number + 1]
        is_said_of_one = _any_in(third, first, last) or _any_in(named, *text.span(first, last))
        is_general = match[0] in _TAME or _any_in(oneself, first, last)
        if is_said_of_one or not is_general:
            yield Marked(*text.span(*match.span()), _reason(match))


def _is_somebody(word: str) -> bool:
    """Whether a word that something is said of may be a name: it is no ordinary one, and not the thing itself."""
    return not is_ordinary(word) and not _patterns()["words"].fullmatch(word)


def _any_in(places: Sequence[int], first: int, last: int) -> bool:
    number = bisect_left(places, first)
    return number < len(places) and places[number] < last


def _reason(match: re.Match[str]) -> str:
    return next(reason for number, reason in enumerate(_WORDS) if match[f"r{number}"])


def _single(text: Skeleton) -> Iterator[Marked]:
    """`the only woman on the board`, `our first Black manager`: few enough to be known by it."""
    for match in _patterns()["single"].finditer(text.plain):
        yield Marked(*text.span(*match.span()), "one person")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    groups = "|".join(f"(?P<r{number}>{words})" for number, words in enumerate(_WORDS.values())).replace(" ", "[ \\n]")
    ordinary = f"(?:{'|'.join(_NOT_ONE.split())})(?![^\\W_])"
    sources = {
        "words": rf"(?<![^\W_])(?:{groups})(?![^\W_])",
        "third": (
            r"(?<![^\W_])(?:he|she|they|him|her|hers|his|them|their|theirs|himself|herself|themselves|someone|somebody|"
            r"wom[ae]n|m[ae]n|people|child|children|wife|wives|fianc[eé]e?|ex|mum|mom|dad|skip-level|"
            r"(?:colleague|boss(?:e)?|manager|report|friend|coworker|intern|hire|joiner|designer|developer|engineer|lead|client|"
            r"customer|student|teacher|nurse|candidate|applicant|employee|worker|director|assistant|analyst|secretary|admin|"
            r"mentor|mentee|trainee|apprentice|coach(?:e)?|peer|cousin|uncle|aunt|nephew|niece|guy|lady|girl|boy|roommate|"
            r"flatmate|teammate|neighbour|person|mother|father|sister|brother|partner|husband|son|daughter)s?)(?![^\W_])"
        ),
        "who is": r"(?<![^\W_])([^\W\d_]{2,40})(?:'s| (?:is|was|has|had|told|said|came|went|got))(?![^\W_])",
        "harmless": (
            r"(?:paid (?:attention|off|a compliment)|fired up|faith in (?:the|this|that|my|our|us)|blind (?:eye|spot)|"
            r"breakdown of|came out (?:of|as planned|with)|expecting (?:an? )?(?:answer|reply|call|e-?mail|visit)|"
            r"bonus (?:round|points?))(?![^\W_])"
        ),
        "oneself": r"(?<![^\W_])(?:i|me|my|mine|myself|i'm|i've|i'd)(?![^\W_])",
        "sentence": rf"[.!?…]+[\"')\]*_]*(?=[ \n{PARAGRAPH}]|$)|{PARAGRAPH}",
        "single": (
            r"(?<![^\W_])(?:the|our|my|their|his|her|its) (?:only|sole|first|youngest|oldest)(?: other)?(?![^\W_])[ \n]"
            rf"(?!{ordinary})[^\W\d_]+(?:[ -](?!{ordinary})[^\W\d_]+){{0,5}}"
        ),
    }
    return {name: re.compile(source) for name, source in sources.items()}
