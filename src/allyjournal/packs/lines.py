"""On which line of a TOML file each key stands, so that a mistake can be pointed at.

The parser says what a file means, not where. This reads a text that the parser has accepted, once and in
order, and knows only as much TOML as that takes: headers, keys, strings that span lines, brackets.
"""

Path = tuple[str | int, ...]


def locate(text: str) -> dict[Path, int]:
    """Path of each table and key, such as `("prompts", 3, "text")` -> its line, from 1."""
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    skipping = _Value()
    for number, line in enumerate(text.split("\n"), 1):
        if skipping.open:
            skipping.feed(line)
            continue
        stripped = line.strip()
        if stripped.startswith("["):
            table = _header(stripped, counts)
            lines.setdefault(table, number)
        elif stripped and not stripped.startswith("#"):
            key, value = _split_key(stripped)
            for length in range(1, len(key) + 1):
                lines.setdefault(table + key[:length], number)
            skipping.feed(value)
    return lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest table around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _header(stripped: str, counts: dict[Path, int]) -> Path:
    is_array = stripped.startswith("[[")
    names, _ = _split_key(stripped.lstrip("[") + "=", end="]")
    path: Path = ()
    for name in names[:-1]:
        path += (name,)
        if path in counts:
            path += (counts[path],)
    path += names[-1:]
    if is_array:
        counts[path] = counts.get(path, -1) + 1
        path += (counts[path],)
    return path


def _split_key(text: str, end: str = "=") -> tuple[tuple[str, ...], str]:
    """`a."b c" = 1` -> (("a", "b c"), " 1")."""
    parts: list[str] = []
    part, quote, escaped = "", "", False
    for position, char in enumerate(text):
        if escaped:
            part, escaped = part + char, False
        elif quote == '"' and char == "\\":
            escaped = True
        elif quote:
            quote, part = ("", part) if char == quote else (quote, part + char)
        elif char in "\"'":
            quote = char
        elif char == ".":
            parts, part = [*parts, part.strip()], ""
        elif char == end:
            return (*parts, part.strip()), text[position + 1 :]
        else:
            part += char
    return (*parts, part.strip()), ""


class _Value:
    """Whether a value is still open at the end of a line: inside brackets or a string of several lines."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""

    @property
    def open(self) -> bool:
        return self._depth > 0 or len(self._quote) == 3

    def feed(self, line: str) -> None:
        position = 0
        while position < len(line):
            position += self._step(line, position)
        if len(self._quote) == 1:
            self._quote = ""

    def _step(self, line: str, position: int) -> int:
        char = line[position]
        if self._quote:
            if char == "\\" and self._quote[0] == '"':
                return 2
            if line.startswith(self._quote, position):
                length, self._quote = len(self._quote), ""
                return length
            return 1
        if char in "\"'":
            self._quote = char * 3 if line.startswith(char * 3, position) else char
            return len(self._quote)
        if char == "#":
            return len(line) - position
        self._depth += (char in "[{") - (char in "]}")
        return 1
