"""Widgets as SVG."""

import math
from collections import defaultdict
from collections.abc import Sequence
from html import escape

from infra.local.picture.board import Line, Widget

COLOURS = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#17becf")
BUCKETS = 48
UNIT = 50
"""Pixels of a cell of the grid."""
LEFT, TOP, BOTTOM = 44, 44, 82
NOT_MEASURED = "AWS measures this; a local run has none of it"
QUIET = "Nothing happened"

Bars = list[dict[int, float]]


def drawn(widget: Widget, span: tuple[float, float]) -> str:
    """A widget at its place, over the time of the run."""
    inside = {"text": _text, "singleValue": _values}.get(widget.kind)
    shown = inside(widget) if inside else _graph(widget, span)
    frame = (
        f'<rect x="4" y="4" width="{_width(widget)}" height="{_height(widget)}" rx="6" '
        'fill="#fff" stroke="#d5dbdb"/>'
    )
    title = _label(16, 25, widget.title, size=14, weight="600") if widget.title else ""
    return (
        f'<g transform="translate({widget.x * UNIT},{widget.y * UNIT})">{frame}{title}{shown}</g>'
    )


def _text(widget: Widget) -> str:
    lines = widget.text.replace("**", "").strip().splitlines()
    return "".join(_label(16, 30 + 22 * row, line, size=14) for row, line in enumerate(lines))


def _values(widget: Widget) -> str:
    """Sums, large, one below the other."""
    shown = []
    for row, line in enumerate(widget.lines):
        y = 84 + 62 * row
        total = sum(value for _, value in line.points or ())
        shown.append(_label(24, y, f"{total:,.4f}", size=34, colour=_colour(row)))
        shown.append(_label(200, y - 2, line.label, size=15))
    return "".join(shown)


def _graph(widget: Widget, span: tuple[float, float]) -> str:
    measured = [line for line in widget.lines if line.points is not None]
    if not measured:
        return _note(widget, NOT_MEASURED)
    if not any(line.points for line in measured):
        return _note(widget, QUIET) + _legend(widget, measured)
    bars = [_buckets(line, span) for line in measured]
    top = _round_up(_highest(bars, stacked=widget.stacked))
    draw = _stacks if widget.stacked else _curves
    return _axes(widget, top, span) + draw(widget, bars, top) + _legend(widget, measured)


def _buckets(line: Line, span: tuple[float, float]) -> dict[int, float]:
    """What CloudWatch makes of points that lie close together: their sum, or the largest."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    first, last = span
    for at, value in line.points or ():
        number = int((at - first) / max(last - first, 1) * (BUCKETS - 1))
        found[number].append(value)
    merge = max if line.statistic == "Maximum" else sum
    return {number: merge(values) for number, values in sorted(found.items())}


def _highest(bars: Bars, *, stacked: bool) -> float:
    if not stacked:
        return max((value for each in bars for value in each.values()), default=0)
    return max(sum(each.get(number, 0) for each in bars) for number in range(BUCKETS))


def _stacks(widget: Widget, bars: Bars, top: float) -> str:
    shown, heights = [], [0.0] * BUCKETS
    width = _inner_width(widget) / BUCKETS
    for number, each in enumerate(bars):
        for bucket, value in each.items():
            height = value / top * _inner_height(widget)
            y = _floor(widget) - heights[bucket] - height
            heights[bucket] += height
            shown.append(
                f'<rect x="{LEFT + bucket * width:.1f}" y="{y:.1f}" width="{width - 1:.1f}" '
                f'height="{height:.1f}" fill="{_colour(number)}"/>'
            )
    return "".join(shown)


def _curves(widget: Widget, bars: Bars, top: float) -> str:
    """A point for each bucket with something in it, and lines between them."""
    shown = []
    width = _inner_width(widget) / BUCKETS
    for number, each in enumerate(bars):
        places = [
            (LEFT + (bucket + 0.5) * width, _floor(widget) - value / top * _inner_height(widget))
            for bucket, value in each.items()
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        colour = _colour(number)
        shown.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        shown += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    return "".join(shown)


def _axes(widget: Widget, top: float, span: tuple[float, float]) -> str:
    shown = []
    for share in (0, 0.5, 1):
        y = _floor(widget) - share * _inner_height(widget)
        right = LEFT + _inner_width(widget)
        shown.append(f'<path d="M{LEFT} {y:.1f}H{right:.1f}" stroke="#e9ebed"/>')
        shown.append(_label(LEFT - 6, y + 4, f"{share * top:g}", size=11, anchor="end"))
    seconds = span[1] - span[0]
    y = _floor(widget) + 15
    shown.append(_label(LEFT, y, "0 s", size=11))
    end = LEFT + _inner_width(widget)
    shown.append(_label(end, y, f"{seconds:.0f} s", size=11, anchor="end"))
    return "".join(shown)


def _legend(widget: Widget, lines: Sequence[Line]) -> str:
    shown, x, y = [], LEFT, _floor(widget) + 38
    for number, line in enumerate(lines):
        width = 22 + 7 * len(line.label)
        if x + width > _width(widget):
            x, y = LEFT, y + 16
        colour = _colour(number)
        shown.append(f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{colour}"/>')
        shown.append(_label(x + 14, y, line.label, size=12))
        x += width
    return "".join(shown)


def _note(widget: Widget, text: str) -> str:
    middle = _width(widget) / 2
    return _label(middle, _height(widget) / 2, text, size=13, anchor="middle", colour="#687078")


def _label(
    x: float,
    y: float,
    text: str,
    *,
    size: int,
    anchor: str = "start",
    colour: str = "#16191f",
    weight: str = "400",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
    )


def _round_up(value: float) -> float:
    """The next of 2, 5, 10, 20 and so on, with some room above."""
    if value <= 0:
        return 1
    power = math.pow(10, math.floor(math.log10(value)))
    return next(power * step for step in (2, 5, 10, 20) if power * step >= 1.1 * value)


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _width(widget: Widget) -> int:
    return widget.width * UNIT - 8


def _height(widget: Widget) -> int:
    return widget.height * UNIT - 8


def _inner_width(widget: Widget) -> float:
    return _width(widget) - LEFT - 12


def _inner_height(widget: Widget) -> float:
    return _height(widget) - TOP - BOTTOM


def _floor(widget: Widget) -> float:
    return _height(widget) - BOTTOM
