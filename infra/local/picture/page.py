"""The page with the whole dashboard."""

from collections.abc import Iterable

from infra.local.picture.board import Widget
from infra.local.picture.drawing import UNIT, drawn
from infra.local.picture.measured import Measured


def page(widgets: list[Widget], measured: Measured) -> str:
    """HTML with one picture."""
    span = _span(at for points in measured.values() for at, _ in points)
    width = max(each.x + each.width for each in widgets) * UNIT + 8
    height = max(each.y + each.height for each in widgets) * UNIT + 8
    inside = "".join(drawn(each, span) for each in widgets)
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Dashboard of the local run</title>
<body style="margin:0;background:#f2f3f3">
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"
 font-family="system-ui, sans-serif" role="img" aria-label="Dashboard">{inside}</svg>
</body></html>
"""


def _span(times: Iterable[float]) -> tuple[float, float]:
    """From the first to the last second in which something was measured."""
    found = sorted(times)
    return (found[0], max(found[-1], found[0] + 1)) if found else (0, 1)
