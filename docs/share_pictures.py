"""Make the pictures of a share: `python docs/share_pictures.py` (Debian: chromium, poppler-utils, libreoffice-writer).

Some entries of an invented year are shared as a page, a PDF and a Word file, which Chromium, pdftoppm and LibreOffice
show.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from pictures import LAST_DAY, PAGES, chromium, write_a_year
from tests.support import Home

AT = f"{LAST_DAY}T18:00:00+01:00"
# Name -> width, height and scheme (0 is dark, 1 light) of each picture of the page.
VIEWS = {
    "share-light-1280": (1280, 1500, 1),
    "share-dark-1280": (1280, 1500, 0),
    "share-light-375": (375, 1700, 1),
    "share-dark-375": (375, 1700, 0),
}
PEOPLE = {"priya": "Priya Raman", "tom": "Tom Ek", "sam": "Sam Ito"}


def main() -> None:
    """Draw them all into `docs/pictures`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        write_a_year(home.journal)
        for handle, name in PEOPLE.items():
            home.ok("people", "add", handle, "--name", name, at=AT)
        home.ok("coach", "add", "maria", "--name", "Maria", at=AT)
        home.ok("mark", *(each["id"] for each in home.json("list", "-n", "4", at=AT)), at=AT)
        page, pdf, word = (shared(home, form) for form in ("html", "pdf", "docx"))
        for name, (width, height, scheme) in VIEWS.items():
            look = (f"--window-size={width},{height}", f"--blink-settings=preferredColorScheme={scheme}")
            chromium(*look, f"--screenshot={PAGES / name}.png", page.as_uri())
        paper = home.folder / "paper.pdf"
        chromium("--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri())
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, word], check=True)
        for name, path in (("print", paper), ("pdf", pdf), ("docx", home.folder / "share.pdf")):
            first = ["-r", "60", "-f", "1", "-l", "1", "-singlefile", "-png", path, PAGES / f"share-{name}"]
            subprocess.run(["pdftoppm", *map(str, first)], check=True)


def shared(home: Home, form: str) -> Path:
    """What was marked, as one file of that format."""
    path = home.folder / f"{'of-ours' if form == 'pdf' else 'share'}.{form}"
    home.ok("share", "maria", "--only-marked", "--yes", "-o", str(path), at=AT)
    return path


if __name__ == "__main__":
    sys.exit(main())
