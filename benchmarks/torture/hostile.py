"""100,000 hostile strings seen on a terminal: `python -m benchmarks.torture.hostile [STRINGS [SEED]]`.

Journals in which every text is hostile, every screen of each, and hostile arguments, registers and settings. Prints
how many strings came to each screen, and every fault.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.hostile import Seen, Strings, arguments, look, look_at_journal, look_at_registers
from tests.support import Home

STRINGS, SEED, ENTRIES, ROUNDS = 100_000, 11, 400, 5


def main() -> int:
    """Fill journals until so many strings have been seen; gives 1 when there was any fault."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else STRINGS
    strings, seen = Strings(int(sys.argv[2]) if len(sys.argv) > 2 else SEED), Seen()
    begun, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="ally-hostile-"))
    try:
        warm = Home(folder / "warm")
        warm.folder.mkdir()
        warm.ok("packs", "list")
        for number in range(1000):
            if len(seen.strings) >= wanted:
                break
            home = Home(folder / str(number))
            shutil.copytree(warm.folder / "cache", home.folder / "cache")
            look_at_journal(home, seen, strings, ENTRIES)
            if not number:
                look_at_registers(home, seen, strings)
                for words in arguments(strings, ROUNDS):
                    look(home, seen, *words)
            shutil.rmtree(home.folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _say(seen, strings, time.monotonic() - begun)
    return int(bool(seen.faults) or len(seen.strings) < wanted)


def _say(seen: Seen, strings: Strings, seconds: float) -> None:
    print(
        f"{strings.count:,} strings made, {len(seen.strings):,} seen on a terminal in {seen.runs} runs, {seconds:.0f} s"
    )
    print("seen on each screen: " + ", ".join(f"{name} {count:,}" for name, count in seen.screens.most_common()))
    print(f"{len(seen.faults)} faults")
    print("".join(f"  {each}\n" for each in seen.faults[:30]), end="")


if __name__ == "__main__":
    sys.exit(main())
