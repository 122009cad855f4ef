"""Messages over DynamoDB: partition tenant and contact key, sorted by time; no index but `due`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.message_item import (
    INLINE,
    NO_BODY,
    body_of,
    body_text,
    decision_item,
    entry_item,
    message_item,
    message_of,
    price_item,
    provider_item,
)
from outbound.adapters.dynamodb.table import Table, plain, refused, wire
from outbound.domain import due as due_index
from outbound.domain.ids import MessageRef, contact_key, message_time, split_message_id
from outbound.domain.instant import rfc3339, seconds
from outbound.domain.message import WAITING, Status
from outbound.domain.words import Channel, Lane, OnUnconfirmed
from outbound.ports import Claimed, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.content import Body
    from outbound.domain.message import Change, Message
    from outbound.ports import Clock

_SETTABLE = ("due", "not_before", "provider", "decision", "price")
NO_NAMES: Mapping[str, str] = MappingProxyType({})
_IN_DOUBT = (Status.UNCONFIRMED,)
_WAITING = ", ".join(f":{status}" for status in sorted(WAITING))
CLAIMABLE = (
    f"(#status IN ({_WAITING}) AND not_before <= :now) OR (#status = :unconfirmed"
    " AND lease_until <= :now AND expires_at > :now AND on_unconfirmed = :resend)"
)


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
        key = _key(ref)
        item = self.table.get(key["pk"], key["sk"])
        return message_of(item, ref.tenant) if item and self._kept(item) else None

    def get_many(self, refs: Sequence[MessageRef]) -> Mapping[MessageRef, Message]:
        """Those of the messages that are there, a hundred in a request."""
        tenants = {ref.tenant for ref in refs}
        found = {}
        for tenant in tenants:
            keys = [_key(ref) for ref in dict.fromkeys(refs) if ref.tenant == tenant]
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
        key = _key(ref)
        item = self.table.get(key["pk"], key["sk"])
        return self._body(ref, item, message_of(item, ref.tenant)) if item else None

    def redact(self, ref: MessageRef) -> bool:
        """Remove what is personal, from the item and from a body that lies apart."""
        body = _body_key(_key(ref))
        self.table.client.delete_item(TableName=self.table.name, Key=wire(body))
        update = "SET address[1] = :nothing, contact_id = :nothing, body = :body"
        values = {":nothing": "", ":body": NO_BODY, ":sending": Status.SENDING}
        return self._update(ref, update, "#status <> :sending", values) is not None

    def claim(self, ref: MessageRef, *, now: datetime, lease: timedelta) -> Claimed | None:
        """Take a waiting message, in one request.

        `due` must not lie before the end of the lease. For a fresh message it usually doesn't,
        and is left alone, which saves two writes of the index.
        """
        bucket = due_index.bucket_for(now + lease, ref.id)
        item = None
        if now - message_time(ref.id) + lease <= due_index.GRACE:
            item = self._claim(ref, now, lease, bucket, keep=True)
        if item is None:
            item = self._claim(ref, now, lease, bucket, keep=False)
        if item is None:
            return None
        message = message_of(item, ref.tenant)
        return Claimed(message, self._body(ref, item, message))

    def put_off(self, ref: MessageRef, due: datetime) -> None:
        """Write the minute at which the sweep looks again."""
        waiting = {f":{status}": status for status in WAITING}
        bucket = {":due": due_index.bucket_for(due, ref.id)}
        self._update(ref, "SET due = :due", f"#status IN ({_WAITING})", {**waiting, **bucket})

    def apply(self, ref: MessageRef, change: Change) -> Message | None:
        """Make one step, if the message is where the change expects it."""
        sets = ["#status = :to", "timeline = list_append(timeline, :entry)"]
        removes = ["lease_until"] if change.to not in _IN_DOUBT else []
        expected = {f":e{index}": status for index, status in enumerate(sorted(change.expected))}
        condition = f"#status IN ({', '.join(expected)})"
        values: dict[str, Any] = {
            ":to": change.to,
            ":entry": [entry_item(change.entry)],
            **expected,
        }
        if change.attempt is not None:
            condition += " AND attempt = :attempt"
            values[":attempt"] = change.attempt
        if change.parked is not None:
            shard = due_index.shard_of(ref.id)
            values[":due"] = due_index.parked_bucket(change.parked, shard)
        elif change.due is not None:
            values[":due"] = due_index.bucket_for(change.due, ref.id)
        else:
            removes.append("due")
        if change.not_before is not None:
            values[":not_before"] = rfc3339(change.not_before)
        if change.provider is not None:
            values[":provider"] = provider_item(change.provider)
        if change.decision is not None:
            values[":decision"] = decision_item(change.decision)
        if change.price is not None:
            values[":price"] = price_item(change.price)
        sets += [f"{name} = :{name}" for name in _SETTABLE if f":{name}" in values]
        update = f"SET {', '.join(sets)}" + (f" REMOVE {', '.join(removes)}" if removes else "")
        item = self._update(ref, update, condition, values)
        return message_of(item, ref.tenant) if item is not None else None

    def reschedule(self, ref: MessageRef, change: Change, *, expires_at: datetime) -> bool:
        """Make the step, once a body that lies apart is kept for as long as its message."""
        assert change.not_before is not None
        assert change.due is not None
        assert change.decision is not None
        ttl = seconds(change.not_before + self.retention)
        self._keep_body(ref, ttl)
        waiting = {f":{status}": status for status in WAITING}
        update = (
            "SET #status = :to, timeline = list_append(timeline, :entry), due = :due,"
            " not_before = :not_before, decision = :decision, expires_at = :expires_at, #ttl = :ttl"
        )
        values = {
            ":to": change.to,
            ":entry": [entry_item(change.entry)],
            ":due": due_index.bucket_for(change.due, ref.id),
            ":not_before": rfc3339(change.not_before),
            ":decision": decision_item(change.decision),
            ":expires_at": rfc3339(expires_at),
            ":ttl": ttl,
        }
        names = {"#ttl": "ttl"}
        condition = f"#status IN ({_WAITING})"
        return self._update(ref, update, condition, {**waiting, **values}, names) is not None

    def mark(self, ref: MessageRef, mark: str) -> bool:
        """Add a mark."""
        marks = {":marks": {mark}}
        return self._update(ref, "ADD marks :marks", "attribute_exists(#status)", marks) is not None

    def pass_on(self, ref: MessageRef) -> bool:
        """Write that another message counts for its recipient, once."""
        update, condition = (
            "SET passed = :yes",
            "attribute_exists(#status) AND attribute_not_exists(passed)",
        )
        return self._update(ref, update, condition, {":yes": True}) is not None

    def due(self, minute: datetime) -> Iterator[tuple[Channel, Lane, Sequence[MessageRef]]]:
        """What is due at a full minute, shard by shard, a page at a time."""
        pages = self.table.client.get_paginator("query")
        for shard in range(due_index.SHARDS):
            for page in pages.paginate(
                TableName=self.table.name,
                IndexName="due",
                KeyConditionExpression="due = :due",
                ExpressionAttributeValues=wire({":due": due_index.bucket(minute, shard)}),
            ):
                keys = [plain(item) for item in page["Items"]]
                for lane, group in groupby(keys, key=itemgetter("lane")):
                    channel, _, name = lane.partition(".")
                    yield Channel(channel), Lane(name), [_ref(key) for key in group]

    def parked(
        self, channel: Channel, *, shards: Sequence[int], limit: int
    ) -> Iterator[tuple[Lane, Sequence[MessageRef]]]:
        """What waits for a stopped channel, shard by shard; bulk last in each."""
        pages = self.table.client.get_paginator("query")
        left = limit
        for shard in shards:
            for page in pages.paginate(
                TableName=self.table.name,
                IndexName="due",
                KeyConditionExpression="due = :due",
                ExpressionAttributeValues=wire({":due": due_index.parked_bucket(channel, shard)}),
                ScanIndexForward=False,
                PaginationConfig={"MaxItems": left, "PageSize": min(left, 1000)},
            ):
                keys = [plain(item) for item in page["Items"]]
                left -= len(keys)
                for lane, group in groupby(keys, key=itemgetter("lane")):
                    yield Lane(lane.partition(".")[2]), [_ref(key) for key in group]
            if left <= 0:
                return

    def _claim(
        self, ref: MessageRef, now: datetime, lease: timedelta, bucket: str, *, keep: bool
    ) -> dict[str, Any] | None:
        update = (
            "SET #status = :sending, attempt = attempt + :one, lease_until = :until,"
            " timeline = list_append(timeline, :entry)"
        )
        values = {
            ":sending": Status.SENDING,
            ":one": 1,
            ":until": rfc3339(now + lease),
            ":entry": [{"status": Status.SENDING, "at": rfc3339(now)}],
            ":now": rfc3339(now),
            ":unconfirmed": Status.UNCONFIRMED,
            ":resend": OnUnconfirmed.RESEND,
            ":bucket": bucket,
            **{f":{status}": status for status in WAITING},
        }
        if keep:
            return self._update(ref, update, f"({CLAIMABLE}) AND due >= :bucket", values)
        return self._update(ref, update + ", due = :bucket", CLAIMABLE, values)

    def _body(self, ref: MessageRef, item: dict[str, Any], message: Message) -> Body:
        if "body" in item:
            return body_of(item["body"], message)
        key = _body_key(_key(ref))
        apart = self.table.get(key["pk"], key["sk"])
        if apart is None:
            raise LookupError("the body of a message is gone")
        return body_of(apart["body"], message)

    def _keep_body(self, ref: MessageRef, ttl: int) -> None:
        """Keep a body that lies apart until then; never less long, for its message may stay."""
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=wire(_body_key(_key(ref))),
                UpdateExpression="SET #ttl = :ttl",
                ConditionExpression="#ttl < :ttl",
                ExpressionAttributeNames={"#ttl": "ttl"},
                ExpressionAttributeValues=wire({":ttl": ttl}),
            )
        except ClientError as error:
            if not refused(error):
                raise

    def _update(
        self,
        ref: MessageRef,
        update: str,
        condition: str,
        values: dict[str, Any],
        names: Mapping[str, str] = NO_NAMES,
    ) -> dict[str, Any] | None:
        try:
            answer = self.table.client.update_item(
                TableName=self.table.name,
                Key=wire(_key(ref)),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#status": "status", **names},
                ExpressionAttributeValues=wire(values),
                ReturnValues="ALL_NEW",
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
        key = _key(MessageRef(message.tenant, message.id))
        ttl = seconds(message.not_before + self.retention)
        text = body_text(body)
        where = {"due": due_index.bucket_for(due, message.id)} if due else {}
        item = {**key, **message_item(message), **where, "ttl": ttl}
        if len(text.encode()) > INLINE:
            return item, {**_body_key(key), "body": text, "ttl": ttl}
        return {**item, "body": text}, None

    def _kept(self, item: dict[str, Any]) -> bool:
        return int(item["ttl"]) > seconds(self.clock.now())


def _key(ref: MessageRef) -> dict[str, str]:
    parts = split_message_id(ref.id)
    if parts is None:
        raise ValueError("not a message id")
    return {"pk": f"{ref.tenant}#{parts[0]}", "sk": parts[1]}


def _body_key(key: dict[str, str]) -> dict[str, str]:
    return {"pk": f"{key['pk']}#body", "sk": key["sk"]}


def _ref(key: dict[str, Any]) -> MessageRef:
    tenant, _, contact = key["pk"].partition("#")
    return MessageRef(tenant, f"msg_{contact}{key['sk']}")
