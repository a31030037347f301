"""Make the pictures of the documents from real screens: `python docs/pictures.py`.

Plays the first week of docs/transcripts on a terminal, and draws what stands there as SVG without any font or
other file from elsewhere. `python docs/pictures.py --pages` makes docs/pictures, of an invented year: a terminal,
and the page of its review as Chromium shows it (Debian: chromium, poppler-utils) on a phone, a desk and paper.
"""

import random
import re
import subprocess
import sys
import tempfile
import tomllib
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby
from pathlib import Path
from time import sleep

sys.path.insert(0, str(Path(__file__).parents[1]))

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text
from tests import transcripts
from tests.support import Home

from allyjournal.journal import document
from allyjournal.journal.entry import Entry
from allyjournal.journal.folder import ALPHABET, LETTERS, month_folder

HERE = Path(__file__).parent
PAGE = HERE / "transcripts/first-week.md"
# The command whose first screen is drawn, and the picture's name.
PICTURES = {"ally reflect": "reflect", "ally review": "review"}
COLOURS = {"brown": "yellow", "brightcyan": "bright_cyan", "default": None}
PAGES = HERE / "pictures"
# Name -> width, height and scheme (Chromium: 0 is dark, 1 light) of each picture of the page.
VIEWS = {
    "review-phone-light": (375, 1500, 1),
    "review-phone-dark": (375, 1500, 0),
    "review-wide-light": (1280, 1000, 1),
    "review-wide-dark": (1280, 1000, 0),
}
# Name -> columns, scheme and environment of each capture of a month's review in tmux.
TERMINALS = {
    "review-40-dark": (40, SVG_EXPORT_THEME, ""),
    "review-80-light": (80, DEFAULT_TERMINAL_THEME, ""),
    "review-80-no-color": (80, SVG_EXPORT_THEME, "NO_COLOR=1"),
    "review-160-dark": (160, SVG_EXPORT_THEME, ""),
    "review-160-light": (160, DEFAULT_TERMINAL_THEME, ""),
}
TMUX_ROWS, SETTLED = 120, 1.0
# So much of the year's screen is drawn.
FIRST_ROWS = 36
LAST_DAY = date(2026, 11, 21)
WORDS = (
    "I assumed she had no time for it, and never asked. #onboarding",
    "I said nothing in the meeting. Two of us noticed. #meetings",
    "I asked @priya what would help, and she told me. #feedback",
    "@tom took the idea up as his. I named whose it was. #meetings #credit",
    "The form has two boxes. I wrote to the people who made it. #forms",
    "Went to @sam first again, out of habit. #hiring",
    "Read the applications with the names covered. Two moved up. #hiring",
    "I explained when I should have listened. Said so the next day. #feedback",
)
PROMISES = (
    ("If somebody is talked over, then I ask them to finish", "conversation"),
    ("If I plan the retro, then I ask who has to leave early", "everyday"),
    ("If we hire again, then I bring the list of questions", "structure"),
    ("If a joke lands badly, then I say that I did not like it", "statement"),
)


def main() -> None:
    """Draw each picture beside this file, or with `--pages` those in `pictures`."""
    if "--pages" in sys.argv:
        draw_pages()
        return
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


def draw_pages() -> None:
    """Draw the review of an invented year: on a terminal, and as a page on a phone, a desk and paper."""
    PAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        write_a_year(home.folder / ".local/share/allyjournal/journal")
        for name, (width, theme, more) in TERMINALS.items():
            (PAGES / f"{name}.svg").write_text(_in_tmux(home, width, theme, more), encoding="utf-8")
        block = transcripts.Block(None, 0, f"{LAST_DAY}T18:00:00+01:00", "ally review year", "")
        screen = transcripts.screen_of(block, home, colour=True)
        (PAGES / "review-year.svg").write_text(_svg(block.command, screen, FIRST_ROWS), encoding="utf-8")
        page = home.folder / "review.html"
        block.command = f"ally review year -o {page}"
        transcripts.screen_of(block, home)
        for name, (width, height, scheme) in VIEWS.items():
            look = (f"--window-size={width},{height}", f"--blink-settings=preferredColorScheme={scheme}")
            chromium(*look, f"--screenshot={PAGES / name}.png", page.as_uri())
        paper = home.folder / "review.pdf"
        chromium("--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri())
        first = ["-r", "60", "-f", "1", "-l", "1", "-singlefile", "-png", str(paper), str(PAGES / "review-print")]
        subprocess.run(["pdftoppm", *first], check=True)
    for path in sorted(PAGES.iterdir()):
        print(f"docs/pictures/{path.name}: {path.stat().st_size // 1000} kB")


def _in_tmux(home: Home, width: int, theme: TerminalTheme, more: str) -> str:
    """What a tmux window of `width` columns shows of a month's review."""
    at = f"{sys.executable} {HERE.parent}/tests/at.py {LAST_DAY}T18:00:00+01:00 review month"
    env = [f"-e{key}={home.env[key]}" for key in ("HOME", "PATH", "LANG", "TZ")]
    tmux = ["tmux", "-f/dev/null", f"-L{home.folder.name}"]
    command = f"{more} PAGER=cat {at}; exec sleep 60"
    window = ["new-session", "-d", f"-x{width}", f"-y{TMUX_ROWS}", *env, f"-c{home.folder}", command]
    subprocess.run([*tmux, *window], check=True)
    try:
        text, before = "", ""
        while not text.strip() or text != before:
            sleep(SETTLED)
            before, text = text, _captured(tmux)
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)
    with open("/dev/null", "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=width, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(Text.from_ansi(text.rstrip()), soft_wrap=True)
        svg = console.export_svg(title=f"{width} columns", unique_id=f"w{width}{len(more)}", theme=theme)
    return re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)


def _captured(tmux: list[str]) -> str:
    return subprocess.run([*tmux, "capture-pane", "-e", "-p"], check=True, capture_output=True, text=True).stdout


def chromium(*words: str) -> None:
    """Run Chromium without a window; in a container it has no sandbox of its own."""
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    subprocess.run(["chromium", *quiet, *words], check=True, capture_output=True, timeout=120)


def write_a_year(journal: Path) -> None:
    """An invented year, the same each time: every other day or so an answer to a prompt of the daily pack."""
    chance = random.Random(7)
    pack = tomllib.loads((HERE.parent / "prompts/seven-practices.toml").read_text(encoding="utf-8"))
    titles = {each["id"]: each["title"] for each in pack["practices"]}
    day = LAST_DAY - timedelta(days=600)
    number = 0
    while day <= LAST_DAY:
        prompt = pack["prompts"][chance.randrange(len(pack["prompts"])) if number % 40 else 0]
        body = f"## {prompt['text']}\n\n{chance.choice(WORDS)}\n"
        if number % 9 == 4:
            body += _promise(chance, day, number)
        entry = Entry(
            id=chance.choice(LETTERS) + "".join(chance.choices(ALPHABET, k=9)),
            date=day,
            created=datetime.combine(day, time(8, number % 60), timezone(timedelta(hours=1))),
            title=titles[prompt["practice"]],
            kind="reflection",
            pack=f"seven-practices@{pack['version']}",
            prompts=(prompt["id"],),
            asked=(prompt["text"],),
            practices=(prompt["practice"],),
            starred=number % 23 == 5,
            voice="others" if number % 31 == 11 else "self",
            body=body,
        )
        path = journal / f"entries/{month_folder(day)}/{day}-{entry.created:%H%M}-{entry.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.to_text(entry), encoding="utf-8")
        day += timedelta(days=chance.choice((0, 1, 1, 2, 3, 5) if day.month not in (7, 8) else (4, 6, 9)))
        number += 1
    people = "".join(f'[{each}]\nnames = ["{each.capitalize()}"]\n' for each in ("priya", "sam", "tom", "maria"))
    (journal / "people.toml").write_text(people, encoding="utf-8")


def _promise(chance: random.Random, day: date, number: int) -> str:
    """A commitment; most of those that are past were kept."""
    text, reach = PROMISES[number % len(PROMISES)]
    due = day + timedelta(days=7)
    ref = chance.choice(LETTERS) + "".join(chance.choices(ALPHABET, k=5))
    mark, closed = ("x", f" [completion:: {due}]") if due < LAST_DAY - timedelta(days=20) or number % 2 else (" ", "")
    return f"\n- [{mark}] {text} [due:: {due}] [reach:: {reach}] [id:: {ref}]{closed}\n"


def _svg(command: str, screen: "transcripts.pyte.Screen", most_rows: int = transcripts.ROWS) -> str:
    with open("/dev/null", "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=transcripts.COLUMNS, file=nowhere, force_terminal=True)
        console.print(Text(f"$ {command}"))
        for number in range(min(_last_row(screen) + 1, most_rows)):
            console.print(_row(screen, number))
        svg = console.export_svg(title=command, unique_id=command.replace(" ", "-"))
    return re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)


def _last_row(screen: "transcripts.pyte.Screen") -> int:
    return max(number for number, row in enumerate(screen.display) if row.strip())


def _row(screen: "transcripts.pyte.Screen", number: int) -> Text:
    text = Text()
    chars = [screen.buffer[number][column] for column in range(transcripts.COLUMNS)]
    for (bold, colour), run in groupby(chars, lambda char: (char.bold, char.fg)):
        text.append("".join(char.data for char in run), Style(bold=bold, color=COLOURS.get(colour, colour)))
    text.rstrip()
    return text


if __name__ == "__main__":
    main()
