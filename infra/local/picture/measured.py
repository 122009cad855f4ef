"""Metrics from lines of log, in CloudWatch's embedded format.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Metric:
    """A name in a namespace, with the values of its dimensions."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]


Measured = Mapping[Metric, list[tuple[float, float]]]
"""For each metric the seconds and values of what was written."""


def read(lines: Iterable[str]) -> Measured:
    """The metrics in lines of log; other lines are left out."""
    found: defaultdict[Metric, list[tuple[float, float]]] = defaultdict(list)
    for line in lines:
        if "CloudWatchMetrics" not in line:
            continue
        written: dict[str, Any] = json.loads(line)
        at = written["_aws"]["Timestamp"] / 1000
        for declared in written["_aws"]["CloudWatchMetrics"]:
            for names in declared["Dimensions"]:
                dimensions = frozenset((name, str(written[name])) for name in names)
                for each in declared["Metrics"]:
                    metric = Metric(declared["Namespace"], each["Name"], dimensions)
                    found[metric] += [(at, float(value)) for value in written[each["Name"]]]
    return found
