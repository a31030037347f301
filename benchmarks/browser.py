"""A coach's page in a real browser, from `ally share` to `ally show`: `python -m benchmarks.browser [CHROMIUM]`.

Needs `pip install -e '.[browser]'` and a Chromium (CHROMIUM, else the one on the PATH). The page is opened from its
file, with the network watched; comments are written and saved by the keyboard alone, and taken in. Prints what was
seen; exits 1 if anything was not as it should be.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from tests.leaking import entry_of
from tests.support import SATURDAY, Home

from allyjournal.journal.entry import Entry
from allyjournal.sharing import document
from allyjournal.sharing.formats import html_page

SHARE = document.Share("r1", "coach", "Coach")
WIDTHS, SCHEMES = (375, 1280), ("light", "dark")
SERIOUS = ("serious", "critical")
MANY = 500
MOST_TABS = 60
LATER = "2026-11-22T09:00:00+01:00"
COMMENTS = ("What did @guess keep you from asking?", "Say “thank you” <b>first</b>.\nThen ask.")
HOSTILE = """<script>window.hurt = 1</script> <img src=x onerror="window.hurt = 1">
<svg onload="window.hurt = 1"></svg> <a href="javascript:window.hurt = 1">go</a> [go](javascript:window.hurt=1)
![x](https://tracker.example/a.png) <style>body { display: none }</style> </script></textarea></main>
<iframe src="https://tracker.example"></iframe> <meta http-equiv="refresh" content="0;url=https://tracker.example">
{{ 7 * 7 }} {% raw %} `<script>window.hurt = 1</script>` <div style="position:fixed;inset:0" onclick="hurt()">x</div>
<form action="https://tracker.example"><button>send</button></form> <base href="https://tracker.example/">
"""


class Seen:
    """What was looked at, and what was wrong."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.requests: list[str] = []
        self.console: list[str] = []

    def expect(self, what: str, is_so: bool, more: object = "") -> None:
        """Say whether something is as it should be."""
        print(f"{'ok   ' if is_so else 'WRONG'} {what}{f': {more}' if more != '' else ''}")
        if not is_so:
            self.wrong.append(what)


def write(home: Home) -> None:
    """A journal with what a coach is to read."""
    home.ok("people", "add", "priya", "--name", "Priya Raman")
    home.ok("coach", "add", "maria", "--name", "Maria")
    asked = "I assume @priya can always stay late. #hiring\n\n- [ ] Ask Priya first [due:: 2026-11-26]\n"
    home.ok("reflect", "-", stdin=asked, at=SATURDAY)
    home.ok("note", "-", stdin="Nobody asked for the agenda.\n", at=SATURDAY)
    home.ok("mark", *ids(home), at=SATURDAY)


def ids(home: Home) -> list[str]:
    """The ids of all entries, the oldest first."""
    return [each["id"] for each in home.json("list", "--reverse", at=SATURDAY)]


def shared(home: Home, name: str) -> Path:
    """The page of all that is marked."""
    home.ok("share", "maria", "--only-marked", "--yes", "-o", name, at=SATURDAY)
    return home.folder / name


def rendered(home: Home, name: str, entries: list[Entry]) -> Path:
    """The page of these entries as they are, with nothing taken out of them."""
    path = home.folder / name
    path.write_bytes(html_page.render_share(document.shared(entries, {}, SHARE, date(2026, 11, 21))))
    return path


@contextmanager
def opened(browser: Browser, path: Path, seen: Seen, width: int = 1280, scheme: str = "light") -> Iterator[Page]:
    """A page in a window of its own, with every request but for itself noted."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        accept_downloads=True,
    )
    context.on("request", lambda each: seen.requests.append(each.url) if each.url != path.as_uri() else None)
    page = context.new_page()
    page.on("console", lambda each: seen.console.append(each.text))
    page.on("pageerror", lambda each: seen.console.append(str(each)))
    page.goto(path.as_uri())
    yield page
    context.close()


def check_access(browser: Browser, path: Path, seen: Seen, what: str) -> None:
    """axe-core, and nothing wider than the window, in every width and scheme."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            with opened(browser, path, seen, width, scheme) as page:
                found = Axe().run(page).response["violations"]
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            serious = [each["id"] for each in found if each["impact"] in SERIOUS]
            others = [each["id"] for each in found if each["impact"] not in SERIOUS]
            seen.expect(
                f"{what}, {width} px, {scheme}: axe-core, nothing serious", not serious, serious or others or "0"
            )
            seen.expect(f"{what}, {width} px, {scheme}: nothing is wider", wide <= 0)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element of this id has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            return
    raise RuntimeError(f"{wanted} was not reached by Tab")


def commented(page: Page, folder: Path) -> Path:
    """Write two comments and save them, by the keyboard alone."""
    for ref, comment in zip(("c1.1", "c2.1"), COMMENTS, strict=True):
        tab_to(page, ref)
        page.keyboard.type(comment)
    tab_to(page, "save")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    page.wait_for_timeout(200)
    return path


def check_loop(browser: Browser, home: Home, seen: Seen) -> None:
    """The page, two comments, the file, `ally feedback`, `ally show`."""
    path = shared(home, "page.html")
    check_access(browser, path, seen, "page")
    with opened(browser, path, seen) as page:
        reply = commented(page, home.folder)
        said = page.text_content("#saved") or ""
        seen.expect("the page says where they are", said.startswith("2 comments are in"), said)
    answers = json.loads(reply.read_text(encoding="utf-8"))["answers"]
    seen.expect("two comments in the file", [each["comment"] for each in answers] == list(COMMENTS))
    print(home.ok("feedback", str(reply), at=LATER), end="")
    for name, comment in zip(ids(home), COMMENTS, strict=False):
        shown = home.ok("show", name, at=LATER)
        seen.expect(f"`ally show {name[:6]}` has the comment", comment.split()[0] in shown and "From Maria" in shown)
    print(home.ok("show", ids(home)[0], at=LATER))
    again = home.run("feedback", str(reply), at=LATER)
    seen.expect(
        "taken in twice, it is there once", len(home.json("show", ids(home)[0])["feedback"]) == 1, again.stderr.strip()
    )


def check_hostile(browser: Browser, home: Home, seen: Seen) -> None:
    """Hostile text, shared and exported, is words on a page."""
    home.ok("note", "-", stdin=HOSTILE, at=SATURDAY)
    path = home.folder / "hostile-export.html"
    home.ok("export", "--format", "html", "-o", str(path), at=SATURDAY)
    for each in (path, rendered(home, "hostile-share.html", [entry_of(HOSTILE)])):
        with opened(browser, each, seen) as page:
            page.wait_for_timeout(300)
            seen.expect(f"{each.name}: nothing ran", page.evaluate("window.hurt") is None)
            odd = page.evaluate(
                "document.querySelectorAll('iframe,object,embed,link,base,form,img,main script').length"
            )
            seen.expect(f"{each.name}: no element of theirs", odd == 0, odd)
            seen.expect(f"{each.name}: it is there to be seen", page.is_visible("main"))


def check_many(browser: Browser, home: Home, seen: Seen) -> None:
    """A page of many entries can be read and written on."""
    entries = [entry_of(f"Entry {number}. I asked, and waited for the answer.\n" * 5) for number in range(MANY)]
    path = rendered(home, "many.html", entries)
    with opened(browser, path, seen, 375) as page:
        boxes = page.locator("textarea[data-ref]").count()
        load = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd | 0")
        page.focus(f"[id='c{MANY}.1']")
        page.keyboard.type("Thank you.")
        with page.expect_download():
            page.keyboard.press("Control+s")
    seen.expect(
        f"{MANY} entries, a box for each", boxes == MANY, f"{path.stat().st_size // 1024} KiB, loaded in {load} ms"
    )


def main() -> int:
    """Run it all; gives 1 if anything was not as it should be."""
    chromium = sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or shutil.which("google-chrome")
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        home = Home(Path(folder))
        write(home)
        check_loop(browser, home, seen)
        check_hostile(browser, home, seen)
        check_many(browser, home, seen)
        browser.close()
    outside = [each for each in seen.requests if not each.startswith(("blob:", "data:"))]
    seen.expect("no request left any page", not outside, outside or "0")
    seen.expect("nothing on the console", not seen.console, seen.console or "0")
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
