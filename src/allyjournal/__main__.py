"""The door: answers `--version` by itself, and opens the house for anything else."""

import gc
import sys

from allyjournal import __version__

CYCLES = 50_000


def main() -> None:
    """Run `ally` with the words of the command line, and exit with its code (see `errors`).

    The version is answered before Typer is imported: scripts ask for it often.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"ally {__version__}\n")
        return
    # What is imported stays to the end: to look through it for cycles, as Python does every 700 values and once more
    # when it ends, takes a fifth of the time that a command lives.
    gc.set_threshold(CYCLES)
    from allyjournal.cli.app import run  # noqa: PLC0415  Typer is nine tenths of the start

    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
