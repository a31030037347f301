"""What the documents show is what happens."""

import re
import sys

from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs/transcripts").glob("*.md")))


def test_every_screen_of_the_readme_stands_in_a_transcript_that_is_run() -> None:
    screens = re.findall(r"^```console\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert len(screens) >= 2
    assert [screen for screen in screens if screen not in PAGES] == []


def test_the_pictures_are_what_their_command_draws() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from pictures import HERE, pictures

    drawn = pictures()
    assert drawn.keys() == {"reflect", "review"}
    assert {name: (HERE / f"{name}.svg").read_text(encoding="utf-8") for name in drawn} == drawn


def test_the_pictures_fetch_nothing() -> None:
    for picture in (ROOT / "docs").glob("*.svg"):
        text = picture.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text
        assert "<script" not in text


def test_every_file_that_the_readme_links_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [each for each in targets if not (ROOT / each).exists()] == []
