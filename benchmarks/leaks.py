"""Every disguise x every name x every place x every format: `python -m benchmarks.leaks [EVERY [FORMAT…]]`.

With EVERY only each so-manieth case is taken. Prints how many forms went in, how many could be read in what came
out, how many were asked about, what the gate said of each file and of leaks that are planted in files made by hand,
and the replacements in texts that name nobody.
Exits 1 if a name survived, or the gate stopped a file.
"""

import sys
import time
from collections import Counter
from datetime import date

from tests.clean_text import clean_entries
from tests.disguises import DISGUISES, NAMES, PLACES, Name
from tests.leaking import cases, left_in, redact, rules_of, survivor
from tests.planted import GUARD, PLANTED, SHUT

from allyjournal.errors import AllyError
from allyjournal.sharing import formats
from allyjournal.sharing.document import Share, shared
from allyjournal.sharing.gate import Guard, leaks
from allyjournal.sharing.redacted import Redacted
from allyjournal.sharing.wording import Rules, worded

SHARE = Share("r1", "coach", "Coach")
MOST_WRONG = 0.02
# PDF and Word files are slow to make; they hold each so-manieth entry of what is taken.
THINNED = {"pdf": 5, "docx": 5}


def one_name(name: Name, every: int, forms: list[str], counts: Counter[str]) -> list[str]:
    """All cases of a name; gives what was wrong."""
    taken = list(cases(name))[::every]
    by = rules_of([name], [case.entry for case in taken])
    made = redact(taken, by)
    wrong = []
    for case, each in zip(taken, made, strict=True):
        left = survivor(case, each.after)
        counts["forms"] += 1
        counts["asked"] += bool(each.questions)
        counts["a word, in lower case"] += left == "word"
        if left == "name":
            wrong.append(f"{case.disguise} in {case.place}: {case.form!r}")
    for form in forms:
        wrong += one_file(form, made, [case.form for case in taken], by, counts)
    return wrong


def one_file(form: str, made: list[Redacted], hidden: list[str], by: Rules, counts: Counter[str]) -> list[str]:
    """One format; gives the forms that can be read in it, and what the gate found."""
    entries = [each.after for each in made][:: THINNED.get(form, 1)]
    try:
        data = formats.find(form).render_share(shared(entries, {}, SHARE, date(2026, 11, 22)))
    except AllyError as error:
        counts[f"{form}: not made ({str(error)[:40]}…)"] += 1
        return []
    counts[f"{form}: files"] += 1
    counts[f"{form}: bytes"] += len(data)
    found = leaks(data, form, Guard(by.names, by.answers))
    empty = formats.find(form).render_share(shared([], {}, SHARE, date(2026, 11, 22)))
    ours = set(left_in(empty, form, hidden))
    wrong = [
        f"{form}: still there: {each!r}" for each in dict.fromkeys(left_in(data, form, hidden)) if each not in ours
    ]
    return wrong + [f"{form}: the gate: {each.where}: {each.what}" for each in found[:3]]


def clean(counts: Counter[str]) -> float:
    """The share of texts naming nobody in which something was taken for a name."""
    by = rules_of(NAMES)
    texts = clean_entries()
    made = [worded(text, "body", by) for text in texts]
    counts["clean: asked about"] = len({each.key for one in made for each in one.questions})
    return sum(any(change.handle for change in one.changes) for one in made) / len(texts)


def planted(counts: Counter[str]) -> int:
    """Names hidden in each layer of files made by hand, and files that cannot be opened; gives how many left."""
    missed = [name for name, (form, data) in (PLANTED | SHUT).items() if not leaks(data, form, GUARD)]
    counts["planted leaks"], counts["files that cannot be opened"] = len(PLANTED), len(SHUT)
    counts["of these, not stopped"] = len(missed)
    print("".join(f"planted and missed: {each}\n" for each in missed), end="")
    return len(missed)


def main() -> int:
    """Run it; gives 1 if anything survived."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    forms = sys.argv[2:] or list(formats.FORMATS)
    print(f"{len(NAMES)} names x {len(DISGUISES)} disguises x {len(PLACES)} places, each {every}; {', '.join(forms)}")
    counts: Counter[str] = Counter()
    faults = 0
    begun = time.process_time()
    for name in NAMES:
        wrong = one_name(name, every, forms, counts)
        faults += len(wrong)
        print("".join(f"{name.full}: {each}\n" for each in wrong[:20]), end="", flush=True)
    faults += planted(counts)
    share = clean(counts)
    for what, count in counts.items():
        print(f"{what:<40} {count:>12,}")
    print(f"wrong replacements in clean texts: {share:.1%} (at most {MOST_WRONG:.0%})")
    print(f"survivors and stops: {faults}; {time.process_time() - begun:.0f} s of CPU")
    return int(faults > 0 or share > MOST_WRONG)


if __name__ == "__main__":
    sys.exit(main())
