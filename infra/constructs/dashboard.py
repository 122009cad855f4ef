"""The dashboard: the way of messages from left to right, and below it what is in their way."""

from collections.abc import Iterable, Mapping

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.config import Config
from infra.constructs.lanes import CHANNELS, LANES, Lanes
from infra.constructs.metric import ours
from outbound.adapters.signals import NAMESPACE

FIVE_MINUTES = cdk.Duration.minutes(5)
DAY = cdk.Duration.days(1)
WIDTH, HEIGHT = 8, 6
"""Three in a row of 24."""
REPORTED = ("Delivered", "Undelivered", "Bounced", "Failed")
LATEST_EXPRESS = 300
"""Seconds after which an alarm tells of a single message."""
GUIDE = (
    "**Outbound, {environment}.** A message is accepted, waits in a lane, is handed over, and its "
    "provider reports what became of it.\nWhat is held back, refused or in doubt stands below. "
    "Days begin at midnight UTC. The description of each alarm says what to do."
)


class Dashboard(Construct):
    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        config: Config,
        lanes: Lanes,
        dead_letters: Mapping[str, sqs.IQueue],
        functions: Mapping[str, lambda_.IFunction],
        events: lambda_.IFunction,
    ) -> None:
        super().__init__(scope, name)
        self.board = cloudwatch.Dashboard(
            self,
            "Board",
            dashboard_name=f"Outbound-{config.environment}",
            default_interval=cdk.Duration.hours(3),
        )
        guide = GUIDE.format(environment=config.environment)
        self.board.add_widgets(
            cloudwatch.TextWidget(markdown=guide, width=3 * WIDTH, height=2),
        )
        self.board.add_widgets(
            _graph("Accepted", _by_channel("Accepted", "feedback"), stacked=True),
            _graph("Handed over", _by_channel("Sent", "deliver"), stacked=True),
            _graph("Reported by providers", _reported()),
        )
        self.board.add_widgets(*(_oldest(lane, lanes) for lane in LANES))
        self.board.add_widgets(
            _graph("Held back by the gate, by reason", [_reasons()], stacked=True),
            _graph("Errors of providers", _by_channel("ProviderErrors", "feedback")),
            _graph("Unconfirmed now", [_in_doubt()]),
        )
        self.board.add_widgets(
            cloudwatch.SingleValueWidget(
                title="Cost today, USD",
                metrics=[each.with_(period=DAY) for each in _by_channel("SpentUsd", "feedback")],
                width=WIDTH,
                height=HEIGHT,
            ),
            _graph("Errors of functions, dead letters", _faults(functions, dead_letters)),
            _graph("Events are told late, ms", [_lateness(events)]),
        )


def _graph(
    title: str, metrics: Iterable[cloudwatch.IMetric], *, stacked: bool = False
) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(
        title=title,
        left=list(metrics),
        stacked=stacked,
        width=WIDTH,
        height=HEIGHT,
        left_y_axis=cloudwatch.YAxisProps(min=0, show_units=False),
    )


def _by_channel(name: str, service: str) -> list[cloudwatch.Metric]:
    return [
        ours(name, channel=channel, service=service).with_(label=channel, period=FIVE_MINUTES)
        for channel in CHANNELS
    ]


def _reported() -> list[cloudwatch.Metric]:
    return [
        ours(name, service="feedback").with_(label=name.lower(), period=FIVE_MINUTES)
        for name in REPORTED
    ]


def _oldest(lane: str, lanes: Lanes) -> cloudwatch.GraphWidget:
    """How long the message that waits longest has waited, in each channel."""
    late = cloudwatch.HorizontalAnnotation(value=LATEST_EXPRESS, label="alarm")
    return cloudwatch.GraphWidget(
        title=f"Oldest message, {lane} lane, s",
        left=[
            lanes.queues[channel, lane].metric_approximate_age_of_oldest_message(
                label=channel, statistic="Maximum", period=FIVE_MINUTES
            )
            for channel in CHANNELS
        ],
        left_annotations=[late] if lane == "express" else [],
        width=WIDTH,
        height=HEIGHT,
        left_y_axis=cloudwatch.YAxisProps(min=0, show_units=False),
    )


def _reasons() -> cloudwatch.MathExpression:
    """All reasons that there were: nobody has to name them here."""
    schema = f"{{{NAMESPACE},reason,service}}"
    return cloudwatch.MathExpression(
        expression=f"SEARCH('{schema} MetricName=\"HeldBack\" service=\"feedback\"', 'Sum', 300)",
        using_metrics={},
        label="",
        period=FIVE_MINUTES,
    )


def _in_doubt() -> cloudwatch.Metric:
    return ours("InDoubt", service="expand").with_(
        label="of four days", statistic="Maximum", period=FIVE_MINUTES
    )


def _faults(
    functions: Mapping[str, lambda_.IFunction], dead_letters: Mapping[str, sqs.IQueue]
) -> list[cloudwatch.IMetric]:
    """Two sums; the alarms tell which function or queue it is."""
    errors = {
        f"e{number}": each.metric_errors(period=FIVE_MINUTES)
        for number, each in enumerate(functions.values())
    }
    dead = {
        f"d{number}": each.metric_approximate_number_of_messages_visible(
            period=FIVE_MINUTES, statistic="Maximum"
        )
        for number, each in enumerate(dead_letters.values())
    }
    return [
        cloudwatch.MathExpression(
            expression=f"SUM([{','.join(metrics)}])",
            using_metrics=metrics,
            label=label,
            period=FIVE_MINUTES,
        )
        for label, metrics in (("errors", errors), ("dead letters", dead))
    ]


def _lateness(events: lambda_.IFunction) -> cloudwatch.Metric:
    return events.metric("IteratorAge", label="late", statistic="Maximum", period=FIVE_MINUTES)
