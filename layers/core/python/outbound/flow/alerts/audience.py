"""Audience: whom an alert is for, page by page; a drill is for testers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.alert import run_of
from outbound.flow import selecting
from outbound.flow.alerts.deciding import Member
from outbound.flow.alerts.making import verified
from outbound.flow.recipient import To, look_up, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outbound.domain.alert import Alert, Wave
    from outbound.domain.contact import Contact
    from outbound.flow.alerts.ports import DecidePorts
    from outbound.flow.selecting import Selection

PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Some of an audience; `last` is how far it was read, `ends` that there are none behind."""

    members: Sequence[Member]
    last: str | None
    ends: bool


def read(
    alert: Alert,
    wave: Wave,
    shard: int,
    after: str | None,
    chosen: Selection | None,
    ports: DecidePorts,
) -> Page:
    """The next of those whom a wave is for. `chosen` is the segment, of an alert that has one."""
    if alert.settings.drill:
        return Page(_testers(alert, wave, ports), after, ends=True)
    contacts, target = ports.gate.contacts, alert.settings.target
    if target.segment is not None:
        if chosen is None:
            return Page((), None, ends=True)
        # As of its begin in all waves, so that they are for the same people.
        began = run_of(alert, alert.waves[0]).at
        some = selecting.read(chosen, shard, after, contacts, now=began, limit=PAGE)
        return Page(_members(wave, some.contacts), some.last, ends=some.ends)
    found = contacts.page(alert.tenant, shard, limit=PAGE, after=after)
    meant = (each for each in found.contacts if not each.erased and target.covers(each.region))
    return Page(_members(wave, meant), found.after or after, ends=found.after is None)


def _members(wave: Wave, contacts: Iterable[Contact]) -> list[Member]:
    return [
        Member(each, channel, each.address_for(channel))
        for each in contacts
        for channel in wave.channels
    ]


def _testers(alert: Alert, wave: Wave, ports: DecidePorts) -> list[Member]:
    """All verified testers, by the address that each has shown to be theirs."""
    testers, gate = verified(alert.tenant, ports.testers), ports.gate
    some = [(To(address=each.address), each.channel) for each in testers]
    known = look_up(some, alert.tenant, gate.contacts, gate.secret)
    members = []
    for tester, (to, channel) in zip(testers, some, strict=True):
        found = resolve(to, alert.tenant, channel, known, gate.secret, ports.clock.now())
        members += [
            Member(found.contact, each, tester.address, tester.id)
            for each in wave.channels
            if tester.address.serves(each)
        ]
    return members
