"""The index `due` of the messages, read shard by shard, a page at a time."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from outbound.adapters.dynamodb.message_keys import ref_of
from outbound.adapters.dynamodb.table import plain, wire
from outbound.domain.due import SHARDS, bucket, parked_bucket
from outbound.domain.words import Channel, Lane

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from outbound.adapters.dynamodb.table import Table
    from outbound.domain.ids import MessageRef


def due_at(table: Table, minute: datetime) -> Iterator[tuple[Channel, Lane, Sequence[MessageRef]]]:
    """What is due at a full minute."""
    pages = table.client.get_paginator("query")
    for shard in range(SHARDS):
        for page in pages.paginate(
            TableName=table.name,
            IndexName="due",
            KeyConditionExpression="due = :due",
            ExpressionAttributeValues=wire({":due": bucket(minute, shard)}),
        ):
            keys = [plain(item) for item in page["Items"]]
            for lane, group in groupby(keys, key=itemgetter("lane")):
                channel, _, name = lane.partition(".")
                yield Channel(channel), Lane(name), [ref_of(key) for key in group]


def parked_for(
    table: Table, channel: Channel, shards: Sequence[int], limit: int
) -> Iterator[tuple[Lane, Sequence[MessageRef]]]:
    """What waits for a stopped channel, `limit` at most; bulk last in each shard."""
    pages = table.client.get_paginator("query")
    left = limit
    for shard in shards:
        for page in pages.paginate(
            TableName=table.name,
            IndexName="due",
            KeyConditionExpression="due = :due",
            ExpressionAttributeValues=wire({":due": parked_bucket(channel, shard)}),
            ScanIndexForward=False,
            PaginationConfig={"MaxItems": left, "PageSize": min(left, 1000)},
        ):
            keys = [plain(item) for item in page["Items"]]
            left -= len(keys)
            for lane, group in groupby(keys, key=itemgetter("lane")):
                yield Lane(lane.partition(".")[2]), [ref_of(key) for key in group]
        if left <= 0:
            return
