"""The dashboard of a local run: what was logged is drawn where the dashboard has it."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from infra.local.picture.board import widgets_of
from infra.local.picture.measured import Metric, read
from infra.local.picture.page import page
from outbound.adapters.signals import LoggedSignals
from outbound.domain.words import Channel

PLACE = {"type": "metric", "x": 0, "y": 0, "width": 8, "height": 6}
SENT = ["Outbound", "Accepted", "channel", "sms", "service", "feedback"]
SCHEMA = "{Outbound,reason,service}"
REASONS = f"SEARCH('{SCHEMA} MetricName=\"HeldBack\" service=\"feedback\"', 'Sum', 300)"


@pytest.fixture
def measured(monkeypatch, capsys):
    """What functions have logged, with lines that are no metrics."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "feedback")
    signals = LoggedSignals()
    signals.count("Accepted", channel=Channel.SMS, value=2)
    signals.count("Accepted", channel=Channel.SMS)
    signals.count("HeldBack", reason="outside_hours")
    signals.count("SpentUsd", channel=Channel.SMS, value=0.0145)
    lines = capsys.readouterr().out.splitlines()
    return read(["START RequestId", '{"message": "batch"}', *lines])


def widget(*metrics: Any, **changes: Any):
    properties = {"title": "Widget", "metrics": list(metrics), "stat": "Sum", **changes}
    return {"widgets": [{**PLACE, "properties": properties}]}


def lines_of(board, measured):
    (found,) = widgets_of(board, measured)
    return {line.label: line.points for line in found.lines}


def texts(board, measured):
    """All that stands in the picture, which must be XML."""
    html = page(widgets_of(board, measured), measured)
    picture = html[html.index("<svg") : html.index("</svg>") + 6]
    return [each.text for each in ElementTree.fromstring(picture).iter() if each.text]


def test_metrics_are_read_with_their_dimensions(measured):
    dimensions = frozenset({("service", "feedback"), ("channel", "sms")})
    points = measured[Metric("Outbound", "Accepted", dimensions)]

    assert [value for _, value in points] == [2, 1]


def test_a_line_has_the_points_of_its_metric_alone(measured):
    board = widget([*SENT, {"label": "sms"}], [*SENT[:3], "email", *SENT[4:], {"label": "email"}])

    found = lines_of(board, measured)

    assert [value for _, value in found["sms"]] == [2, 1]
    assert found["email"] == []


def test_a_search_finds_the_reasons_that_there_were(measured):
    assert list(lines_of(widget([{"expression": REASONS}]), measured)) == ["outside_hours"]


def test_what_aws_measures_is_said_to_be_missing(measured):
    board = widget(["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "q"])

    assert "AWS measures this; a local run has none of it" in texts(board, measured)


@pytest.mark.parametrize("stacked", [True, False])
def test_a_graph_has_a_title_an_axis_and_a_legend(measured, stacked):
    board = widget([*SENT, {"label": "sms"}], stacked=stacked, title="Accepted <today>")

    found = texts(board, measured)

    assert {"Accepted <today>", "sms", "0"} <= set(found)


def test_a_value_is_a_sum(measured):
    spent = ["Outbound", "SpentUsd", *SENT[2:], {"label": "sms"}]

    assert "0.0145" in texts(widget(spent, view="singleValue"), measured)


def test_where_nothing_happened_it_says_so():
    assert "Nothing happened" in texts(widget(SENT), read([]))


def test_a_text_is_shown(measured):
    board = {"widgets": [{**PLACE, "type": "text", "properties": {"markdown": "**Outbound.** Hi"}}]}

    assert "Outbound. Hi" in texts(json.loads(json.dumps(board)), measured)
