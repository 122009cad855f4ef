"""Many reminders in one request: each is made or refused for itself, in few requests to AWS."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.flow.once import check_left_by_crash, reserve
from outbound.flow.pinning import Remembered
from outbound.flow.reminders.keeping import Made, drafted, id_for, known_of
from outbound.flow.reminders.ports import task_of
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.key import ApiKey
    from outbound.domain.reminder import Reminder
    from outbound.flow.reminders.keeping import NewReminder
    from outbound.flow.reminders.ports import ReminderPorts

RESOURCE = "reminders"


@dataclass(frozen=True, slots=True)
class ReminderBatch:
    """Reminders in their order, or why one can't be read."""

    items: Sequence[NewReminder | Refusal]
    idempotency_key: str | None
    fingerprint: str


def create_batch(batch: ReminderBatch, key: ApiKey, ports: ReminderPorts) -> list[Made | Refusal]:
    """Make the reminders that can be made; one that is refused keeps no other from it.

    Their ids follow from the batch's key and their places, so a batch that is repeated makes what
    was left out, and finds the rest.

    Raises:
        Refusal: the idempotency key was used with another batch, or this one is at work.
    """
    intake, now = ports.intake, ports.intake.clock.now()
    mine = Claim(batch.fingerprint, RESOURCE, now)
    claim, repeated = reserve(intake.idempotency, key.tenant, key.mode, batch.idempotency_key, mine)
    if repeated:
        check_left_by_crash(claim, now)
    ports = replace(ports, intake=replace(intake, templates=Remembered(intake.templates)))
    known = known_of([each for each in batch.items if not isinstance(each, Refusal)], key, ports)
    results: list[Made | Refusal] = []
    new: list[Reminder] = []
    for index, item in enumerate(batch.items):
        if isinstance(item, Refusal):
            results.append(item)
            continue
        cause = f"{batch.idempotency_key or intake.tokens.token()}#{index}"
        reminder_id = id_for(item, claim.at, cause, key, ports)
        standing = ports.reminders.get(key.tenant, reminder_id) if repeated else None
        if standing is not None:
            results.append(Made(standing, replayed=True))
            continue
        try:
            draft = drafted(item, key, known, now, ports)
        except Refusal as refusal:
            results.append(refusal)
            continue
        new.append(replace(draft, id=reminder_id))
        results.append(Made(new[-1], replayed=False))
    if repeated:
        for each in new:
            ports.reminders.insert(each)
    else:
        ports.reminders.insert_new(new)
    ports.tasks.send([task_of(each) for each in new])
    return results
