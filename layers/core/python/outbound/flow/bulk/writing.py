"""Writing the messages of members."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from outbound.domain.message import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.flow.bulk.members import Member
    from outbound.flow.bulk.ports import Bulk


def write(members: Sequence[Member], ports: Bulk) -> None:
    """Write messages that others may have written too: what is there stays as it is."""
    now = ports.deliver.clock.now()
    for member in members:
        message, body, due = member.written(now)
        if ports.deliver.messages.insert(message, body, due=due):
            _count([member], ports)


def write_alone(members: Sequence[Member], ports: Bulk) -> None:
    """Write messages that are claimed, so that nobody else writes them now."""
    now = ports.deliver.clock.now()
    ports.deliver.messages.insert_alone([member.written(now) for member in members])
    _count(members, ports)


def _count(members: Sequence[Member], ports: Bulk) -> None:
    counts = Counter(member.message.status for member in members)
    for status, count in counts.items():
        if status is not Status.ACCEPTED:
            ports.deliver.signals.count(
                status.capitalize(), channel=ports.deliver.channel, value=count
            )
