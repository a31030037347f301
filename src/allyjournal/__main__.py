"""The door: answers `--version` by itself, and opens the house for anything else."""

import sys

from allyjournal import __version__


def main() -> None:
    """Run `ally` with the words of the command line, and exit with its code (see `errors`).

    The version is answered before Typer is imported: scripts ask for it often.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"ally {__version__}\n")
        return
    from allyjournal.cli.app import run  # noqa: PLC0415  Typer is nine tenths of the start

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
