"""A million broken inputs for each reader: `python -m benchmarks.fuzz [NAME [COUNT [SEED]]]`.

Without a name, all of them. Prints how many were read and refused, the slowest, the memory, and every fault; an
input that takes more than a second or 200 MiB is one.
"""

import resource
import sys
import time
from pathlib import Path

from tests.fuzz import TARGETS, fuzz

COUNT, SEED = 1_000_000, 11
MOST_MEMORY = 200 << 20


def main() -> int:
    """Fuzz one reader, or each; gives 1 when there was any fault."""
    names = sys.argv[1:2] or list(TARGETS)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else SEED
    faults = 0
    _bound_memory()
    for name in names:
        begun = time.monotonic()
        found = fuzz(name, count, seed)
        faults += len(found.faults)
        print(
            f"{name}: {count:,} inputs, {found.read:,} read, {found.refused:,} refused, {len(found.faults)} faults, "
            f"slowest {found.slowest * 1000:.1f} ms (input {found.slowest_number}), {time.monotonic() - begun:.0f} s, "
            f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB in all",
            flush=True,
        )
        print("".join(f"  {line}\n" for line in found.faults[:20]), end="", flush=True)
    return int(faults > 0)


def _bound_memory() -> None:
    """An input for which more than 200 MiB would be taken is a fault: there is no more."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.exit(main())
