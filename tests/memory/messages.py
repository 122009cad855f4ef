"""Messages in memory. Each step is checked against the table of what may follow what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.content import Body
from outbound.domain.due import next_minute, shard_of
from outbound.domain.ids import MessageRef, contact_key
from outbound.domain.message import FOLLOWS, WAITING, Entry, Message, Status
from outbound.domain.words import OnUnconfirmed
from outbound.ports import Claimed, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outbound.domain.message import Change
    from outbound.domain.words import Channel, Lane
    from outbound.ports import Clock


@dataclass
class MemoryMessages:
    """`kept` holds messages, `bodies` what they say, `due_at` the minute each is due."""

    clock: Clock = field(compare=False)
    secret: bytes = field(default=b"", compare=False)
    retention: timedelta = timedelta(days=400)
    kept: dict[MessageRef, Message] = field(default_factory=dict)
    bodies: dict[MessageRef, Body] = field(default_factory=dict)
    due_at: dict[MessageRef, datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def __len__(self) -> int:
        return len(self.kept)

    def __contains__(self, ref: MessageRef) -> bool:
        return self.get(ref) is not None

    def __iter__(self) -> Iterator[Message]:
        return iter(self.kept.values())

    def insert(self, message: Message, body: Body, *, due: datetime | None) -> bool:
        ref = MessageRef(message.tenant, message.id)
        with self._lock:
            if ref in self.kept:
                return False
            self.kept[ref], self.bodies[ref] = message, body
            self._look_again(ref, due)
            return True

    def insert_new(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> None:
        for message, body, due in messages:
            assert self.insert(message, body, due=due), "somebody else has written it"

    def insert_together(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> bool:
        assert len(messages) <= 100
        if any(MessageRef(message.tenant, message.id) in self.kept for message, _, _ in messages):
            return False
        self.insert_new(messages)
        return True

    def get_many(self, refs: Sequence[MessageRef]) -> Mapping[MessageRef, Message]:
        found = {ref: self.get(ref) for ref in refs}
        return {ref: message for ref, message in found.items() if message is not None}

    def get(self, ref: MessageRef) -> Message | None:
        message = self.kept.get(ref)
        gone = message is None or message.not_before + self.retention <= self.clock.now()
        return None if gone else message

    def newest(self, tenant: str, contact_id: str, *, limit: int, after: str | None) -> Page:
        key = contact_key(self.secret, tenant, contact_id)
        return self.of_contact(tenant, key, limit=limit, after=after)

    def of_contact(self, tenant: str, contact_key: str, *, limit: int, after: str | None) -> Page:
        mine = [
            message
            for ref, message in self.kept.items()
            if ref.tenant == tenant
            and ref.id.startswith(f"msg_{contact_key}")
            and (after is None or ref.id < after)
        ]
        mine.sort(key=lambda message: message.id, reverse=True)
        page = mine[:limit]
        shown = tuple(each for each in page if MessageRef(tenant, each.id) in self)
        return Page(shown, page[-1].id if len(mine) > limit else None)

    def claim(self, ref: MessageRef, *, now: datetime, lease: timedelta) -> Claimed | None:
        with self._lock:
            message = self.kept.get(ref)
            if message is None or not _to_be_had(message, now):
                return None
            taken = self._step(ref, Entry(Status.SENDING, now))
            taken = replace(taken, attempt=taken.attempt + 1, lease_until=now + lease, parked=False)
            self.kept[ref] = taken
            due = self.due_at.get(ref)
            if due is None or due < now + lease:
                self._look_again(ref, now + lease)
            return Claimed(taken, self.bodies[ref])

    def put_off(self, ref: MessageRef, due: datetime) -> None:
        with self._lock:
            if ref in self.kept and self.kept[ref].status in WAITING:
                self.kept[ref] = replace(self.kept[ref], parked=False)
                self._look_again(ref, due)

    def apply(self, ref: MessageRef, change: Change) -> Message | None:
        with self._lock:
            message = self.kept.get(ref)
            if message is None or message.status not in change.expected:
                return None
            if change.attempt not in (None, message.attempt):
                return None
            assert change.to is change.entry.status
            moved = self._step(ref, change.entry)
            in_doubt = change.to is Status.UNCONFIRMED
            self.kept[ref] = replace(
                moved,
                lease_until=moved.lease_until if in_doubt else None,
                not_before=change.not_before or moved.not_before,
                provider=change.provider or moved.provider,
                decision=change.decision or moved.decision,
                price=change.price or moved.price,
                parked=change.parked is not None,
            )
            self._look_again(ref, change.due)
            return self.kept[ref]

    def reschedule(self, ref: MessageRef, change: Change, *, expires_at: datetime) -> bool:
        with self._lock:
            message = self.kept.get(ref)
            if message is None or message.status not in WAITING:
                return False
            moved = self._step(ref, change.entry)
            assert change.not_before is not None
            assert change.decision is not None
            self.kept[ref] = replace(
                moved,
                not_before=change.not_before,
                expires_at=expires_at,
                decision=change.decision,
                parked=False,
            )
            self._look_again(ref, change.due)
            return True

    def body(self, ref: MessageRef) -> Body | None:
        return self.bodies.get(ref)

    def redact(self, ref: MessageRef) -> bool:
        with self._lock:
            message = self.kept.get(ref)
            if message is None or message.status is Status.SENDING:
                return False
            nowhere = replace(message.address, value="")
            self.kept[ref] = replace(message, address=nowhere, contact_id="")
            self.bodies[ref] = Body(None, message.template, {})
            return True

    def insert_alone(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> None:
        for message, body, due in messages:
            self.insert(message, body, due=due)

    def mark(self, ref: MessageRef, mark: str) -> bool:
        with self._lock:
            if ref not in self.kept:
                return False
            message = self.kept[ref]
            self.kept[ref] = replace(message, marks=message.marks | {mark})
            return True

    def pass_on(self, ref: MessageRef) -> bool:
        with self._lock:
            message = self.kept.get(ref)
            if message is None or message.campaign is None or message.campaign.passed:
                return False
            self.kept[ref] = replace(message, campaign=replace(message.campaign, passed=True))
            return True

    def due(self, minute: datetime) -> Iterator[tuple[Channel, Lane, Sequence[MessageRef]]]:
        groups: defaultdict[tuple[Channel, Lane], list[MessageRef]] = defaultdict(list)
        for ref, at in self.due_at.items():
            if at == minute:
                groups[self.kept[ref].channel, self.kept[ref].lane].append(ref)
        for (channel, lane), refs in groups.items():
            yield channel, lane, refs

    def parked(
        self, channel: Channel, *, shards: Sequence[int], limit: int
    ) -> Iterator[tuple[Lane, Sequence[MessageRef]]]:
        waiting = [
            ref
            for ref, message in self.kept.items()
            if message.parked and message.channel is channel and shard_of(ref.id) in shards
        ]
        waiting.sort(key=lambda ref: self.kept[ref].lane, reverse=True)
        for lane, refs in groupby(waiting[:limit], key=lambda ref: self.kept[ref].lane):
            yield lane, list(refs)

    def _step(self, ref: MessageRef, entry: Entry) -> Message:
        message = self.kept[ref]
        assert entry.status in FOLLOWS[message.status], f"{message.status} to {entry.status}"
        return replace(message, status=entry.status, timeline=(*message.timeline, entry))

    def _look_again(self, ref: MessageRef, due: datetime | None) -> None:
        self.due_at.pop(ref, None)
        if due is not None:
            self.due_at[ref] = next_minute(due)


def _to_be_had(message: Message, now: datetime) -> bool:
    if message.status in WAITING:
        return message.not_before <= now
    return (
        message.status is Status.UNCONFIRMED
        and message.on_unconfirmed is OnUnconfirmed.RESEND
        and message.lease_until is not None
        and message.lease_until <= now < message.expires_at
    )
