"""Metrics in CloudWatch's embedded format: a line of log each, no call to AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import MetricUnit, single_metric

from outbound.adapters.log import logger

if TYPE_CHECKING:
    from outbound.domain.words import Channel

NAMESPACE = "Outbound"


class LoggedSignals:
    """Counts, written to standard output."""

    def count(
        self,
        name: str,
        *,
        channel: Channel | None = None,
        reason: str | None = None,
        value: float = 1,
    ) -> None:
        """Add to a metric, of a channel and for a reason where there are some."""
        with single_metric(
            name=name, unit=MetricUnit.Count, value=value, namespace=NAMESPACE
        ) as metric:
            if channel is not None:
                metric.add_dimension(name="channel", value=channel)
            if reason is not None:
                metric.add_dimension(name="reason", value=reason)

    def note(self, event: str, *, channel: Channel, code: str) -> None:
        """A line of log."""
        logger().warning(event, channel=channel, provider_code=code)
