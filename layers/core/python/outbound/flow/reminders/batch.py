"""Many reminders in one request: each is made or refused for itself, in few requests to AWS."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.flow.once import IN_FLIGHT, check_left_by_crash, reserve, tokens_once
from outbound.flow.pinning import Remembered
from outbound.flow.reminders.keeping import (
    Made,
    drafted,
    id_for,
    known_of,
    made_before,
    prepared,
)
from outbound.flow.reminders.ports import task_of
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.key import ApiKey
    from outbound.flow.reminders.keeping import NewReminder
    from outbound.flow.reminders.ports import ReminderPorts
    from outbound.ports import Known

RESOURCE = "reminders"


@dataclass(frozen=True, slots=True)
class ReminderBatch:
    """Reminders in their order, or why one can't be read; an item's own token is its key."""

    items: Sequence[NewReminder | Refusal]
    idempotency_key: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Making:
    """What the items of a batch have in common; `claim` is the batch's own.

    `at_work`: whoever made that claim may still be at work, and nothing is made beside them.
    """

    batch: ReminderBatch
    key: ApiKey
    claim: Claim
    repeated: bool
    at_work: bool
    known: Known
    ports: ReminderPorts


def create_batch(batch: ReminderBatch, key: ApiKey, ports: ReminderPorts) -> list[Made | Refusal]:
    """Make the reminders that can be made; one that is refused keeps no other from it.

    Their ids follow from the batch's key and their places, or from a token of their own, so a
    batch that is repeated makes what was left out, and finds the rest.

    Raises:
        Refusal: the idempotency key was used with another batch, or this one is at work.
    """
    intake, now = ports.intake, ports.intake.clock.now()
    mine = Claim(batch.fingerprint, RESOURCE, now)
    claim, repeated = reserve(intake.idempotency, key.tenant, key.mode, batch.idempotency_key, mine)
    ports = replace(ports, intake=replace(intake, templates=Remembered(intake.templates)))
    items = tokens_once(batch.items)
    known = known_of([each for each in items if not isinstance(each, Refusal)], key, ports)
    at_work = repeated and now - claim.at < IN_FLIGHT
    making = _Making(batch, key, claim, repeated, at_work, known, ports)
    results = [
        item if isinstance(item, Refusal) else _made(item, index, making)
        for index, item in enumerate(items)
    ]
    new = {
        index: each.reminder
        for index, each in enumerate(results)
        if isinstance(each, Made) and not each.replayed
    }
    if repeated and new:
        check_left_by_crash(claim, now)
    shared = {index for index in new if repeated or _token(items[index]) is not None}
    for index in sorted(shared):
        ports.reminders.insert(new[index])
    ports.reminders.insert_new([each for index, each in new.items() if index not in shared])
    ports.tasks.send([task_of(each) for each in new.values()])
    return results


def _token(item: NewReminder | Refusal) -> str | None:
    return None if isinstance(item, Refusal) else item.idempotency_key


def _made(item: NewReminder, index: int, making: _Making) -> Made | Refusal:
    """A reminder that is there, is still to be written, or is refused."""
    key, ports = making.key, making.ports
    token, now = item.idempotency_key, ports.intake.clock.now()
    try:
        if token is not None and not making.at_work:
            return prepared(item, making.known, key, ports)
        cause = f"{making.batch.idempotency_key or ports.intake.tokens.token()}#{index}"
        reminder_id = id_for(item, making.claim.at, cause, key, ports)
        standing = None
        if token is not None:
            standing = made_before(item, key, ports)
        elif making.repeated:
            standing = ports.reminders.get(key.tenant, reminder_id)
        if standing is not None:
            return Made(standing, replayed=True)
        draft = drafted(item, key, making.known, now, ports)
        return Made(replace(draft, id=reminder_id), replayed=False)
    except Refusal as refusal:
        return refusal
