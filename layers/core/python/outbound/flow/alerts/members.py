"""Members: whom a wave is for or not; their messages are written and queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.content import Body
from outbound.domain.ids import MessageRef
from outbound.domain.message import Status
from outbound.domain.words import Channel, Lane
from outbound.flow.alerts.deciding import Deciding
from outbound.flow.preparing import due_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.alert import Alert, Wave
    from outbound.flow.alerts.deciding import Member
    from outbound.flow.alerts.ports import SendPorts


class Members:
    """Those whom a wave is for."""

    def __init__(self, alert: Alert, wave: Wave, ports: SendPorts):
        self._alert, self._wave, self._ports = alert, wave, ports
        self._deciding = Deciding(alert, wave, ports)

    def write(self, members: Sequence[Member]) -> int:
        """Write and queue the messages of those whom the wave is for; how many there are."""
        some = self._meant(list(members))
        if not some:
            return 0
        messages = self._deciding.decided(some)
        now = self._ports.clock.now()
        for message in messages:
            body = Body(None, message.template, {})
            self._ports.messages.insert(message, body, due=due_of(message, now))
        # Also those that were there: whoever wrote them may have died before they were queued.
        for channel in self._wave.channels:
            refs = [
                MessageRef(each.tenant, each.id)
                for each in messages
                if each.channel is channel and each.status is Status.ACCEPTED
            ]
            if refs:
                self._ports.queue.send(channel, Lane.CRITICAL, refs)
        return len(messages)

    def _meant(self, members: list[Member]) -> list[Member]:
        """Of a later wave, without who has read the alert, or was reached."""
        alert, alerts = self._alert, self._ports.alerts
        if not self._wave.number or not members:
            return members
        read = alerts.acknowledged(
            alert.tenant, alert.id, sorted({self._deciding.key(each) for each in members})
        )
        left = [each for each in members if self._deciding.key(each) not in read]
        return self._unreached(left) if self._wave.missed else left

    def _unreached(self, members: list[Member]) -> list[Member]:
        """Those whose last call came to nothing: busy, no answer, no connection."""
        earlier = [
            each
            for each in self._alert.waves
            if each.number < self._wave.number and Channel.VOICE in each.channels
        ]
        calls = [[self._deciding.ref(member, wave) for wave in earlier] for member in members]
        found = self._ports.messages.get_many([ref for refs in calls for ref in refs])
        left = []
        for member, refs in zip(members, calls, strict=True):
            made = [found[ref] for ref in refs if ref in found]
            if made and made[-1].status is Status.UNDELIVERED:
                left.append(member)
        return left
