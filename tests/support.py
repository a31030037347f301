"""A home of its own for each test, and `ally` run in it as a person would: as a process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
# A Saturday, in winter time one hour east of Greenwich.
SATURDAY = "2026-11-21T08:15:02+01:00"


class Home:
    """An empty home folder and the environment that goes with it. Nothing of the machine's own home is seen."""

    def __init__(self, folder: Path, umask: int = 0o022) -> None:
        self.folder = folder
        self.umask = umask
        self.env = {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "TZ": "UTC",
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }

    @property
    def journal(self) -> Path:
        """The default journal's folder."""
        return self.folder / "data/allyjournal/journal"

    @property
    def entries(self) -> list[Path]:
        """The entries' files, in the order of their names."""
        return sorted((self.journal / "entries").rglob("*.md"))

    @property
    def drafts(self) -> list[Path]:
        """The drafts on this machine."""
        return sorted((self.folder / "state/allyjournal/drafts").rglob("*.md"))

    def command(self, *words: str, at: str | None = None) -> list[str]:
        """The command line that runs `ally` with these words, now or at another moment."""
        start = [sys.executable, str(HERE / "at.py"), at] if at else [sys.executable, "-m", "allyjournal"]
        return [*start, *words]

    def run(
        self, *words: str, stdin: str | bytes = "", at: str | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `ally`; standard input is `stdin`, never a terminal."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            self.command(*words, at=at),
            input=data,
            capture_output=True,
            env=self.env | env,
            cwd=self.folder,
            umask=self.umask,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    def ok(self, *words: str, stdin: str | bytes = "", at: str | None = None, **env: str) -> str:
        """Run `ally`, which must succeed, and give its standard output."""
        done = self.run(*words, stdin=stdin, at=at, **env)
        assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
        return done.stdout

    def json(self, *words: str, at: str | None = None) -> Any:
        """Run `ally … --json` and give what it says."""
        return json.loads(self.ok(*words, "--json", at=at))

    def put(self, name: str, data: str | bytes) -> Path:
        """Leave a file in the journal as an outside program would; `name` is relative to it."""
        path = self.journal / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path
