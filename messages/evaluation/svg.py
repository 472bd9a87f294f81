"""Bar charts as vector graphics. A web page colours them for light and dark; elsewhere they are as on white paper."""

from collections.abc import Iterator
from html import escape
from itertools import count as numbers
from typing import Final

from messages.evaluation.document import BarChart

_WIDTH, _LEFT, _RIGHT, _BAR, _GAP, _FOOT = 640, 130, 90, 12, 9, 8
_LEGEND: Final = 34
_COLOURS: Final = ("#1f5fa8", "#7a90aa")
"""Contrast with white and with black, and with each other."""


def bar_chart(chart: BarChart, number: int) -> str:
    """An element `svg`; `number` makes its ids unique in the document."""
    most = chart.most or max((value for _, values in chart.series for value in values), default=0) or 1
    group = len(chart.series) * _BAR + _GAP
    top = _LEGEND if len(chart.series) > 1 else _FOOT
    height = top + group * len(chart.labels) + _FOOT
    parts = [*_legend(chart), *_bars(chart, most, group, top)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="c{number}t c{number}d" font-family="system-ui, sans-serif" font-size="13">'
        f'<title id="c{number}t">{escape(chart.title)}</title><desc id="c{number}d">{escape(chart.description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _legend(chart: BarChart) -> Iterator[str]:
    if len(chart.series) < 2:
        return
    for (name, _), place in zip(chart.series, numbers(), strict=False):
        x = _LEFT + place * 130
        yield f'<rect class="s{place}" x="{x}" y="6" width="12" height="12" fill="{_COLOURS[place]}"/>'
        yield f'<text x="{x + 18}" y="16.5" fill="#222">{escape(name)}</text>'


def _bars(chart: BarChart, most: float, group: int, begin: int) -> Iterator[str]:
    room = _WIDTH - _LEFT - _RIGHT
    for row, label in enumerate(chart.labels):
        top = begin + row * group
        middle = top + len(chart.series) * _BAR / 2 + 4.5
        yield f'<text x="{_LEFT - 10}" y="{middle:g}" text-anchor="end" fill="#222">{escape(label)}</text>'
        for place, (_, values) in enumerate(chart.series):
            long = round(room * min(values[row], most) / most, 1)
            y = top + place * _BAR
            yield (
                f'<rect class="s{place}" x="{_LEFT}" y="{y}" width="{long:g}" height="{_BAR - 2}" '
                f'fill="{_COLOURS[place]}"/>'
            )
            said = chart.said[row] if chart.said else f"{values[row]:,.10g}"
            yield f'<text x="{_LEFT + long + 6:g}" y="{y + 9.5:g}" font-size="11" fill="#222">{escape(said)}</text>'
    tall = group * len(chart.labels)
    yield f'<rect class="axis" x="{_LEFT - 1}" y="{begin - 4}" width="1" height="{tall}" fill="#222"/>'
