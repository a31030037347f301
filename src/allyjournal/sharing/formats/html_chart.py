"""A chart as a small SVG: one bar a row, the label above it. What it says stands beside it as a table, too."""

from html import escape

from allyjournal.sharing.document import Chart

WIDTH, ROW, BAR, TOP = 340, 40, 12, 16
# Room for the number behind the longest bar.
NUMBER = 34
MOST_OF_A_LABEL = 44


def to_svg(chart: Chart, name: str) -> str:
    """The chart as SVG without colours or sizes of its own: the page's style gives them. `name` is unique in it."""
    most = max(count for _, count in chart.rows) or 1
    said = "; ".join(f"{label}: {count}" for label, count in chart.rows)
    rows = "".join(_row(number, label, count, most) for number, (label, count) in enumerate(chart.rows))
    return (
        f'<svg class="bars" role="img" aria-labelledby="{name}-title {name}-said" '
        f'viewBox="0 0 {WIDTH} {ROW * len(chart.rows)}">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-said">{escape(said)}</desc>{rows}</svg>'
    )


def _row(number: int, label: str, count: int, most: int) -> str:
    top = number * ROW
    width = round((WIDTH - NUMBER) * count / most, 1)
    short = label if len(label) <= MOST_OF_A_LABEL else f"{label[: MOST_OF_A_LABEL - 1]}…"
    return (
        f'<text x="0" y="{top + TOP - 3}">{escape(short)}</text>'
        f'<rect x="0" y="{top + TOP + 3}" width="{max(width, 1)}" height="{BAR}" rx="2"></rect>'
        f'<text x="{max(width, 1) + 6}" y="{top + TOP + BAR + 2}">{count}</text>'
    )
