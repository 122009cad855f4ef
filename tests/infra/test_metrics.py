"""What alarms and dashboard look at is what functions write; and what is written is looked at."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from outbound.adapters.signals import NAMESPACE, LoggedSignals
from tests.infra.emitted import DIMENSIONS, Metric, emitted
from tests.infra.template import Template

OF_AWS = {
    "AWS/SQS": {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"},
    "AWS/Lambda": {"Errors", "Invocations", "IteratorAge"},
}
SEARCH = re.compile(r"SEARCH\('\{(\w+),([\w,]+)\} MetricName=\"(\w+)\" service=\"(\w+)\"'")
FOR_A_SEARCHER = {
    # What operators need only when they look for something, in the metrics or in Logs Insights.
    "Answered",
    "Blocked",
    "Cancelled",
    "DayAnchored",
    "Deferred",
    "EventsOfNobody",
    "EventsRefused",
    "EventsTaken",
    "Expired",
    "MirrorDelayed",
    "ReceiptsAhead",
    "ReminderFailed",
    "ScheduleRefused",
    "Scheduled",
    "Sending",
    "Unconfirmed",
    "UnknownKeyword",
    "UnknownNumber",
    "UnknownWords",
    "WebhookFailures",
    "f'Heard{said.kind.capitalize()}'",
}


def _board(service: Template) -> dict[str, Any]:
    """The dashboard, with a word in the place of each value that CloudFormation knows."""
    joined = service.only("AWS::CloudWatch::Dashboard")["DashboardBody"]["Fn::Join"][1]
    body: dict[str, Any] = json.loads("".join(p if isinstance(p, str) else "x" for p in joined))
    return body


def _drawn(service: Template) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Namespace, name and dimensions of what the dashboard draws."""
    for widget in _board(service)["widgets"]:
        for metric in widget["properties"].get("metrics", ()):
            if isinstance(metric[0], str):
                namespace, name, *rest = [each for each in metric if isinstance(each, str)]
                yield namespace, name, dict(zip(rest[::2], rest[1::2], strict=True))
            elif found := SEARCH.match(metric[0]["expression"]):
                space, names, metric_name, of = found.groups()
                yield space, metric_name, {**dict.fromkeys(names.split(","), ""), "service": of}


def _watched(service: Template) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The same of what has an alarm."""
    for alarm in service.of("AWS::CloudWatch::Alarm").values():
        dimensions = {each["Name"]: each["Value"] for each in alarm.get("Dimensions", [])}
        yield alarm["Namespace"], alarm["MetricName"], dimensions


@pytest.fixture
def looked_at(service: Template) -> list[tuple[str, str, dict[str, str]]]:
    return [*_drawn(service), *_watched(service)]


def _of(name: str, dimensions: dict[str, str]) -> Metric:
    return Metric(name, frozenset(dimensions), dimensions["service"])


def test_what_is_looked_at_is_written_by_that_function_with_those_dimensions(
    looked_at: list[tuple[str, str, dict[str, str]]],
) -> None:
    ours = {_of(name, dims) for space, name, dims in looked_at if space == NAMESPACE}

    assert len(ours) > 20
    assert ours - emitted() == set()


def test_what_is_looked_at_of_aws_is_known(
    looked_at: list[tuple[str, str, dict[str, str]]],
) -> None:
    others = [(space, name) for space, name, _ in looked_at if space != NAMESPACE]

    assert [each for each in others if each[1] not in OF_AWS.get(each[0], ())] == []


def test_what_is_written_is_looked_at_or_known_to_be_for_a_searcher(
    looked_at: list[tuple[str, str, dict[str, str]]],
) -> None:
    seen = {name for space, name, _ in looked_at if space == NAMESPACE}
    written = {metric.name for metric in emitted()}

    assert written - seen - FOR_A_SEARCHER == set()
    assert FOR_A_SEARCHER & seen == set()
    assert written >= FOR_A_SEARCHER


def test_in_the_log_a_metric_is_declared_as_it_is_looked_at(
    looked_at: list[tuple[str, str, dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for space, name, dimensions in looked_at:
        if space != NAMESPACE:
            continue
        monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", dimensions["service"])
        said: dict[str, Any] = {each: "sms" for each in DIMENSIONS if each in dimensions}
        LoggedSignals().count(name, **said)
        written = json.loads(capsys.readouterr().out)
        (declared,) = written["_aws"]["CloudWatchMetrics"]
        assert declared["Namespace"] == space
        assert [sorted(each) for each in declared["Dimensions"]] == [sorted(dimensions)]
        assert [each["Name"] for each in declared["Metrics"]] == [name]
        assert written["service"] == dimensions["service"]


def test_the_dashboard_shows_each_stage_and_what_is_in_its_way(service: Template) -> None:
    titles = [each["properties"].get("title") for each in _board(service)["widgets"][1:]]

    assert titles == [
        "Accepted",
        "Handed over",
        "Reported by providers",
        "Oldest message, critical lane, s",
        "Oldest message, express lane, s",
        "Oldest message, bulk lane, s",
        "Held back by the gate, by reason",
        "Errors of providers",
        "Unconfirmed now",
        "Cost today, USD",
        "Errors of functions, dead letters",
        "Events are told late, ms",
    ]


def test_each_widget_has_a_place_of_its_own(service: Template) -> None:
    taken: set[tuple[int, int]] = set()
    for each in _board(service)["widgets"]:
        place = {
            (each["x"] + column, each["y"] + row)
            for column in range(each["width"])
            for row in range(each["height"])
        }
        assert not place & taken
        assert each["x"] + each["width"] <= 24
        taken |= place


def test_each_alarm_says_what_to_do(service: Template) -> None:
    for name, alarm in service.of("AWS::CloudWatch::Alarm").items():
        said = alarm["AlarmDescription"]
        assert len(re.findall(r"[.:,;] ", said)) >= 1, name
        assert 60 <= len(said) <= 1024, name
