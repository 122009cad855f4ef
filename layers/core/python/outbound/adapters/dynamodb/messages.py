"""Messages over DynamoDB: partition tenant and contact key, sorted by time; no index but `due`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb import message_updates as updates
from outbound.adapters.dynamodb.message_item import (
    INLINE,
    body_of,
    body_text,
    message_item,
    message_of,
)
from outbound.adapters.dynamodb.message_keys import body_key, message_key
from outbound.adapters.dynamodb.table import Table, plain, refused, wire
from outbound.domain.due import GRACE, bucket_for
from outbound.domain.ids import MessageRef, contact_key, message_time
from outbound.domain.instant import seconds
from outbound.ports import Claimed, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.content import Body
    from outbound.domain.message import Change, Message
    from outbound.domain.words import Channel, Lane
    from outbound.ports import Clock


@dataclass(frozen=True, slots=True)
class DynamoMessages:
    """Messages in one table; `once` is the same, with a client that repeats nothing."""

    table: Table
    secret: bytes
    retention: timedelta
    clock: Clock
    once: Table | None = None

    def insert(self, message: Message, body: Body, *, due: datetime | None) -> bool:
        """Write the body if it is long, then the message: nobody finds one without the other."""
        item, apart = self._items(message, body, due)
        if apart is not None:
            self.table.put_new(apart)
        return self.table.put_new(item)

    def insert_new(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> None:
        """Write all long bodies, then all messages, many in a request."""
        items = [self._items(*each) for each in messages]
        self.table.put_many([apart for _, apart in items if apart is not None])
        self.table.put_many([item for item, _ in items])

    def insert_together(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> bool:
        """Write all long bodies, then all messages in one transaction."""
        items = [self._items(*each) for each in messages]
        self.table.put_many([apart for _, apart in items if apart is not None])
        return self.table.put_all_new([item for item, _ in items])

    def insert_alone(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> None:
        """Write many in a request, each request once; what of it isn't surely written, one by one.

        A request that is repeated could write over what receipts have brought meanwhile.
        """
        items = [self._items(*each) for each in messages]
        self.table.put_many([apart for _, apart in items if apart is not None])
        for item in (self.once or self.table).put_once([item for item, _ in items]):
            self.table.put_new(item)

    def get(self, ref: MessageRef) -> Message | None:
        """The message as it is now."""
        key = message_key(ref)
        item = self.table.get(key["pk"], key["sk"])
        return message_of(item, ref.tenant) if item and self._kept(item) else None

    def get_many(self, refs: Sequence[MessageRef]) -> Mapping[MessageRef, Message]:
        """Those of the messages that are there, a hundred in a request."""
        tenants = {ref.tenant for ref in refs}
        found = {}
        for tenant in tenants:
            keys = [message_key(ref) for ref in dict.fromkeys(refs) if ref.tenant == tenant]
            for item in self.table.get_many(keys):
                if self._kept(item):
                    found[MessageRef(tenant, item["id"])] = message_of(item, tenant)
        return found

    def newest(self, tenant: str, contact_id: str, *, limit: int, after: str | None) -> Page:
        """A contact's messages, newest first."""
        key = contact_key(self.secret, tenant, contact_id)
        return self.of_contact(tenant, key, limit=limit, after=after)

    def of_contact(self, tenant: str, contact_key: str, *, limit: int, after: str | None) -> Page:
        """The messages of the contact with this key, newest first."""
        pk = f"{tenant}#{contact_key}"
        start: dict[str, Any] = {}
        if after is not None:
            start = {"ExclusiveStartKey": wire({"pk": pk, "sk": after})}
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": pk}),
            ScanIndexForward=False,
            Limit=limit,
            **start,
        )
        items = [plain(item) for item in answer["Items"]]
        messages = tuple(message_of(item, tenant) for item in items if self._kept(item))
        last = answer.get("LastEvaluatedKey")
        return Page(messages, plain(last)["sk"] if last else None)

    def body(self, ref: MessageRef) -> Body | None:
        """What a message says, wherever it lies."""
        key = message_key(ref)
        item = self.table.get(key["pk"], key["sk"])
        return self._body(ref, item, message_of(item, ref.tenant)) if item else None

    def redact(self, ref: MessageRef) -> bool:
        """Remove what is personal, from the item and from a body that lies apart."""
        body = body_key(message_key(ref))
        self.table.client.delete_item(TableName=self.table.name, Key=wire(body))
        return self._update(ref, updates.redact()) is not None

    def claim(self, ref: MessageRef, *, now: datetime, lease: timedelta) -> Claimed | None:
        """Take a waiting message, in one request.

        `due` must not lie before the end of the lease. For a fresh message it usually doesn't,
        and is left alone, which saves two writes of the index.
        """
        item = None
        if now - message_time(ref.id) + lease <= GRACE:
            item = self._update(ref, updates.claim(ref.id, now, lease, keep=True))
        if item is None:
            item = self._update(ref, updates.claim(ref.id, now, lease, keep=False))
        if item is None:
            return None
        message = message_of(item, ref.tenant)
        return Claimed(message, self._body(ref, item, message))

    def put_off(self, ref: MessageRef, due: datetime) -> None:
        """Write the minute at which the sweep looks again."""
        self._update(ref, updates.put_off(ref.id, due))

    def apply(self, ref: MessageRef, change: Change) -> Message | None:
        """Make one step, if the message is where the change expects it."""
        item = self._update(ref, updates.step(ref.id, change))
        return message_of(item, ref.tenant) if item is not None else None

    def reschedule(self, ref: MessageRef, change: Change, *, expires_at: datetime) -> bool:
        """Make the step, once a body that lies apart is kept for as long as its message."""
        assert change.not_before is not None
        ttl = seconds(change.not_before + self.retention)
        update = updates.reschedule(ref.id, change, expires_at, ttl)
        self._keep_body(ref, ttl)
        return self._update(ref, update) is not None

    def mark(self, ref: MessageRef, mark: str) -> bool:
        """Add a mark."""
        return self._update(ref, updates.mark(mark)) is not None

    def pass_on(self, ref: MessageRef) -> bool:
        """Write that another message counts for its recipient, once."""
        return self._update(ref, updates.pass_on()) is not None

    def due(self, minute: datetime) -> Iterator[tuple[Channel, Lane, Sequence[MessageRef]]]:
        """What is due at a full minute, shard by shard, a page at a time."""
        # Only the sweep reads the index; no other function loads what does.
        from outbound.adapters.dynamodb.due_messages import due_at

        return due_at(self.table, minute)

    def parked(
        self, channel: Channel, *, shards: Sequence[int], limit: int
    ) -> Iterator[tuple[Lane, Sequence[MessageRef]]]:
        """What waits for a stopped channel, shard by shard; bulk last in each."""
        from outbound.adapters.dynamodb.due_messages import parked_for

        return parked_for(self.table, channel, shards, limit)

    def _body(self, ref: MessageRef, item: dict[str, Any], message: Message) -> Body:
        if "body" in item:
            return body_of(item["body"], message)
        key = body_key(message_key(ref))
        apart = self.table.get(key["pk"], key["sk"])
        if apart is None:
            raise LookupError("the body of a message is gone")
        return body_of(apart["body"], message)

    def _keep_body(self, ref: MessageRef, ttl: int) -> None:
        """Keep a body that lies apart until then; never less long, for its message may stay."""
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=wire(body_key(message_key(ref))),
                UpdateExpression="SET #ttl = :ttl",
                ConditionExpression="#ttl < :ttl",
                ExpressionAttributeNames={"#ttl": "ttl"},
                ExpressionAttributeValues=wire({":ttl": ttl}),
            )
        except ClientError as error:
            if not refused(error):
                raise

    def _update(self, ref: MessageRef, update: Mapping[str, Any]) -> dict[str, Any] | None:
        try:
            answer = self.table.client.update_item(
                TableName=self.table.name,
                Key=wire(message_key(ref)),
                ReturnValues="ALL_NEW",
                **update,
            )
        except ClientError as error:
            if refused(error):
                return None
            raise
        return plain(answer["Attributes"])

    def _items(
        self, message: Message, body: Body, due: datetime | None
    ) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The item of a message, and the one of its body where that lies apart."""
        key = message_key(MessageRef(message.tenant, message.id))
        ttl = seconds(message.not_before + self.retention)
        text = body_text(body)
        where = {"due": bucket_for(due, message.id)} if due else {}
        item = {**key, **message_item(message), **where, "ttl": ttl}
        if len(text.encode()) > INLINE:
            return item, {**body_key(key), "body": text, "ttl": ttl}
        return {**item, "body": text}, None

    def _kept(self, item: dict[str, Any]) -> bool:
        return int(item["ttl"]) > seconds(self.clock.now())
