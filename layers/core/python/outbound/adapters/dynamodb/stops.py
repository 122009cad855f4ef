"""Stopped channels over DynamoDB: an item each, and what this process has read of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import refused, wire
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.stop import Stop, probed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.adapters.dynamodb.table import Table
    from outbound.domain.words import Channel
    from outbound.ports import Clock

KEPT_FOR = timedelta(seconds=5)
PARTITION = "stop"
"""The partition of the table that functions may write to for this."""


class DynamoStops:
    """Reads a channel's item at most once in 5 seconds."""

    def __init__(self, table: Table, clock: Clock):
        self._table = table
        self._clock = clock
        self._known: dict[Channel, tuple[datetime, Stop | None]] = {}

    def current(self, channel: Channel) -> Stop | None:
        """The stop of a channel, as it was at most 5 seconds ago."""
        now = self._clock.now()
        read_at, stop = self._known.get(channel, (None, None))
        if read_at is None or now - read_at >= KEPT_FOR:
            item = self._table.get(PARTITION, channel, consistent=False)
            stop = _stop_of(item, channel) if item else None
            self._known[channel] = (now, stop)
        return stop

    def begin(self, stop: Stop) -> bool:
        """Stop a channel, unless it is stopped already."""
        self._known.pop(stop.channel, None)
        return self._table.put_new(_item(stop))

    def probe(self, stop: Stop, now: datetime) -> bool:
        """Take the right to try one message: whoever first moves `probe_at` has it."""
        if stop.probe_at > now:
            return False
        self._known.pop(stop.channel, None)
        return self._write(
            "put_item",
            Item=wire(_item(probed(stop, now))),
            ConditionExpression="stopped_at = :stopped_at AND probe_at = :probe_at",
            ExpressionAttributeValues=wire(
                {":stopped_at": rfc3339(stop.at), ":probe_at": rfc3339(stop.probe_at)}
            ),
        )

    def end(self, stop: Stop) -> None:
        """Let the channel go on; a stop that has begun since stays."""
        self._known.pop(stop.channel, None)
        self._write(
            "delete_item",
            Key=wire({"pk": PARTITION, "sk": stop.channel}),
            ConditionExpression="stopped_at = :stopped_at",
            ExpressionAttributeValues=wire({":stopped_at": rfc3339(stop.at)}),
        )

    def _write(self, operation: str, **request: Any) -> bool:
        try:
            getattr(self._table.client, operation)(TableName=self._table.name, **request)
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True


def _item(stop: Stop) -> dict[str, Any]:
    return {
        "pk": PARTITION,
        "sk": stop.channel,
        "stopped_at": rfc3339(stop.at),
        "code": stop.code,
        "probe_at": rfc3339(stop.probe_at),
        "probes": stop.probes,
    }


def _stop_of(item: Mapping[str, Any], channel: Channel) -> Stop:
    return Stop(
        channel,
        parse_rfc3339(item["stopped_at"]),
        item["code"],
        parse_rfc3339(item["probe_at"]),
        int(item["probes"]),
    )
