"""Make the pictures of the README from real screens: `python docs/pictures.py`.

Plays the first week of docs/transcripts on a terminal, and draws what stands there as SVG without any font or
other file from elsewhere.
"""

import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rich.console import Console
from rich.style import Style
from rich.text import Text
from tests import transcripts
from tests.support import Home

HERE = Path(__file__).parent
PAGE = HERE / "transcripts/first-week.md"
# The command whose first screen is drawn, and the picture's name.
PICTURES = {"ally reflect": "reflect", "ally review": "review"}
COLOURS = {"brown": "yellow", "default": None}


def main() -> None:
    """Draw each picture beside this file."""
    for name, svg in pictures().items():
        (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(f"docs/{name}.svg")


def pictures() -> dict[str, str]:
    """Name -> SVG of each picture, from a fresh run of the week."""
    drawn: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        for block in transcripts.blocks(PAGE.read_text(encoding="utf-8")):
            screen = transcripts.screen_of(block, home, colour=True)
            name = PICTURES.get(block.command)
            if name and name not in drawn:
                drawn[name] = _svg(block.command, screen)
    return drawn


def _svg(command: str, screen: "transcripts.pyte.Screen") -> str:
    with open("/dev/null", "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=transcripts.COLUMNS, file=nowhere, force_terminal=True)
        console.print(Text(f"$ {command}"))
        for number in range(_last_row(screen) + 1):
            console.print(_row(screen, number))
        svg = console.export_svg(title=command, unique_id=command.replace(" ", "-"))
    return re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)


def _last_row(screen: "transcripts.pyte.Screen") -> int:
    return max(number for number, row in enumerate(screen.display) if row.strip())


def _row(screen: "transcripts.pyte.Screen", number: int) -> Text:
    text = Text()
    for column in range(transcripts.COLUMNS):
        char = screen.buffer[number][column]
        text.append(char.data, Style(bold=char.bold, color=COLOURS.get(char.fg, char.fg)))
    text.rstrip()
    return text


if __name__ == "__main__":
    main()
