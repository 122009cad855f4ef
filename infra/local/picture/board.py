"""A dashboard as CloudWatch holds it: widgets, and the metrics that each draws.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.local.picture.measured import Measured, Metric

SEARCH = re.compile(r"SEARCH\('\{(\w+),([\w,]+)\} MetricName=\"(\w+)\" service=\"(\w+)\"'")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a graph shows, over time; None where a local run doesn't measure it."""

    label: str
    points: list[tuple[float, float]] | None
    statistic: str


@dataclass(frozen=True, slots=True)
class Widget:
    """A part of the dashboard, and where it stands on its grid."""

    kind: str
    title: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...] = ()
    text: str = ""
    stacked: bool = False


def widgets_of(body: Mapping[str, Any], measured: Measured) -> list[Widget]:
    """The widgets with what was measured."""
    return [_widget(each, measured) for each in body["widgets"]]


def _widget(said: Mapping[str, Any], measured: Measured) -> Widget:
    has = said["properties"]
    kind = "text" if said["type"] == "text" else has.get("view", "timeSeries")
    place = said["x"], said["y"], said["width"], said["height"]
    if kind == "text":
        return Widget(kind, "", *place, text=has["markdown"])
    statistic = has.get("stat", "Average")
    lines = tuple(line for metric in has["metrics"] for line in _lines(metric, statistic, measured))
    return Widget(kind, has["title"], *place, lines=lines, stacked=has.get("stacked", False))


def _lines(said: list[Any], usual: str, measured: Measured) -> Iterator[Line]:
    options = said[-1] if isinstance(said[-1], dict) else {}
    if options.get("visible") is False:
        return
    statistic = options.get("stat", usual)
    if "expression" in options:
        yield from _found(options, measured)
        return
    namespace, name, *rest = [each for each in said if isinstance(each, str)]
    metric = Metric(namespace, name, frozenset(zip(rest[::2], rest[1::2], strict=True)))
    points = None if namespace.startswith("AWS/") else list(measured.get(metric, []))
    yield Line(options.get("label", name), points, statistic)


def _found(options: Mapping[str, Any], measured: Measured) -> Iterator[Line]:
    """The lines of a search; sums of what AWS alone measures are no lines of ours."""
    search = SEARCH.match(options["expression"])
    if search is None:
        yield Line(options["label"], None, "Sum")
        return
    namespace, names, name, service = search.groups()
    for metric, points in sorted(measured.items(), key=lambda each: sorted(each[0].dimensions)):
        dimensions = dict(metric.dimensions)
        right = (metric.namespace, metric.name, dimensions.get("service"))
        if right == (namespace, name, service) and set(dimensions) == set(names.split(",")):
            yield Line(dimensions["reason"], points, "Sum")
