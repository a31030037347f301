"""A million broken inputs for each reader: `python -m benchmarks.fuzz [NAME [COUNT [SEED]]]`.

Without a name, all of them. Prints how many were read and refused, the slowest, and every fault.
"""

import sys
import time

from tests.fuzz import TARGETS, fuzz

COUNT, SEED = 1_000_000, 11


def main() -> int:
    """Fuzz one reader, or each; gives 1 when there was any fault."""
    names = sys.argv[1:2] or list(TARGETS)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else SEED
    faults = 0
    for name in names:
        begun = time.monotonic()
        found = fuzz(name, count, seed)
        faults += len(found.faults)
        print(
            f"{name}: {count:,} inputs, {found.read:,} read, {found.refused:,} refused, {len(found.faults)} faults, "
            f"slowest {found.slowest * 1000:.1f} ms (input {found.slowest_number}), {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        print("".join(f"  {line}\n" for line in found.faults[:20]), end="", flush=True)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
