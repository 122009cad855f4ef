"""Writing the messages of members."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.message import Status
from outbound.domain.route import refs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.message import Message
    from outbound.flow.bulk.member import Member
    from outbound.flow.bulk.ports import Bulk


def write(members: Sequence[Member], ports: Bulk) -> Decimal:
    """Write messages that others may have written too: what is there stays as it is.

    Returns how much of the campaign's budget is theirs, as they are now.
    """
    now = ports.deliver.clock.now()
    theirs = Decimal(0)
    for member in members:
        _pass_on(member, ports)
        message, body, due = member.written(now)
        if ports.deliver.messages.insert(message, body, due=due):
            _count([member], ports)
            theirs += _reserved(message)
        elif member.budgeted:
            theirs += _reserved(ports.deliver.messages.get(member.ref))
    return theirs


def write_alone(members: Sequence[Member], ports: Bulk) -> None:
    """Write messages that are claimed, so that nobody else writes them now."""
    now = ports.deliver.clock.now()
    for member in members:
        _pass_on(member, ports)
    ports.deliver.messages.insert_alone([member.written(now) for member in members])
    _count(members, ports)


def _pass_on(member: Member, ports: Bulk) -> None:
    """Say of the message before, before this one is written, that it counts for nobody any more."""
    route, channel = member.message.route, member.message.channel
    if route is not None and (place := route.channels.index(channel)):
        ports.deliver.messages.pass_on(refs_of(member.message.tenant, route)[place - 1])


def _reserved(message: Message | None) -> Decimal:
    if message is None or message.price is None or message.campaign is None:
        return Decimal(0)
    return message.price.amount if message.campaign.reserved else Decimal(0)


def _count(members: Sequence[Member], ports: Bulk) -> None:
    counts = Counter(member.message.status for member in members)
    for status, count in counts.items():
        if status is not Status.ACCEPTED:
            ports.deliver.signals.count(
                status.capitalize(), channel=ports.deliver.channel, value=count
            )
