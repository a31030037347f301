"""What a command costs, as a ratio of CPU time: `python -m benchmarks.startup [RUNS]`.

Each command runs in turn with its yardstick, A B A B …, into a pipe, with byte code compiled and the packs
judged; the median of the ratios pair by pair is set beside the target. Absolute times mean little on a shared
machine; the ratios hold. Exits 1 if a target is missed.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PASS = [sys.executable, "-c", "pass"]
TYPER = [sys.executable, "-c", "import typer"]
ALLY = str(Path(sys.executable).with_name("ally"))
WEEK = 7
# Command -> (its words, what it is measured against, the most it may cost). The targets are the project's own.
TARGETS = {
    "ally --version": (["--version"], PASS, 1.3),
    "ally list": (["list"], TYPER, 1.5),
    "ally note": (["note", "some words #tag"], TYPER, 1.5),
    "ally review": (["review"], TYPER, 1.5),
    "ally": ([], TYPER, 1.6),
}

# What TAB costs where the line is this far; each against `import typer`, at most twice that.
TABS = ["ally ", "ally re", "ally show ", "ally list -t ", "ally list --with ", "ally reflect --prompt ", "ally do "]
TAB_TARGET = 2.0


def cpu_seconds(command: list[str], env: dict[str, str]) -> float:
    """User and system time of one whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(command: list[str], yardstick: list[str], env: dict[str, str], runs: int) -> float:
    """The median over `runs` pairs of command time / yardstick time."""
    cpu_seconds(command, env)
    cpu_seconds(yardstick, env)
    return statistics.median(cpu_seconds(command, env) / cpu_seconds(yardstick, env) for _ in range(runs))


def tab(line: str) -> dict[str, str]:
    """What the shell puts into the environment when TAB is pressed at the end of `line`."""
    return {"_ALLY_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}


def say(name: str, found: float, most: float, yardstick: list[str]) -> bool:
    """Print a row of the table; gives whether the target was missed."""
    against = "python -c pass" if yardstick is PASS else "import typer"
    print(f"{name:<26} {found:>6.2f} {most:>7.2f}  {against}{'   MISSED' if found > most else ''}", flush=True)
    return found > most


def main() -> int:
    """Measure every command in a journal of a week's entries, and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env |= {"HOME": folder} | {
            f"XDG_{each}_HOME": f"{folder}/{each}" for each in ("CONFIG", "DATA", "STATE", "CACHE")
        }
        for number in range(WEEK):
            subprocess.run([ALLY, "note", f"entry {number} #tag @someone"], env=env, capture_output=True, check=True)
        print(f"{'command':<26} {'ratio':>6} {'target':>7}  against")
        for name, (words, yardstick, most) in TARGETS.items():
            missed += say(name, ratio([ALLY, *words], yardstick, env, runs), most, yardstick)
        for line in TABS:
            missed += say(f"{line}TAB", ratio([ALLY], TYPER, env | tab(line), runs), TAB_TARGET, TYPER)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
