"""A campaign with a route over the ports in memory: a worker for each channel, and receipts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain.address import Address
from outbound.domain.campaign import Audience, Route
from outbound.domain.content import Content
from outbound.domain.fallback import channel_of, on_channel
from outbound.domain.ids import MessageRef, contact_key
from outbound.domain.message import Status
from outbound.domain.receipt import Receipt
from outbound.domain.run import id_of, run_ref
from outbound.domain.template import Template
from outbound.domain.words import Channel, OnUnconfirmed, Purpose
from outbound.flow.bulk.chunks import bring
from outbound.flow.bulk.ports import Bulk, Worker
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from tests.builders import TENANT, make_contact
from tests.memory.clock import START
from tests.memory.world import SECRET
from tests.unit.flow.campaigning import LINKS, OFFER, Campaigning, Killed

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import ChunkRef

AFTER = timedelta(minutes=5)
SMS_THEN_VOICE = Route((Channel.SMS, Channel.VOICE), AFTER)
SAID = {**OFFER, Channel.VOICE: {"text": "Hello {{ contact.attributes.name }}"}}


@dataclass
class RoutedCampaign(Campaigning):
    """A world in which each channel has its worker."""

    route: Route = SMS_THEN_VOICE

    def offer(self) -> None:
        contents = {channel: Content(channel, said) for channel, said in SAID.items()}
        draft = Template(TENANT, "offer", 0, Purpose.TRANSACTIONAL, contents, START)
        self.templates.put(draft, publish=True)

    def fill(self, count: int, **changes: Any) -> Audience:
        """So many contacts with an email address and a number; their ids."""
        ids = [f"con_{number:05d}" for number in range(count)]
        for number, contact_id in enumerate(ids):
            contact = make_contact(
                contact_id,
                Address("phone", f"+3361{number:07d}"),
                Address("email", f"p{number}@example.com"),
                **{"region": "FR", "attributes": {"name": f"Person {number}"}} | changes,
            )
            self.contacts.contacts[TENANT, contact_id] = contact
        return Audience(contact_ids=tuple(ids))

    def begin(self, audience: Audience, **changes: Any) -> Campaign:
        """A campaign with the route, launched now."""
        values = {"purpose": Purpose.TRANSACTIONAL, "topic": None, "route": self.route}
        channel = self.route.channels[0]
        self.channel = channel
        return self.launch(audience=audience, **values | changes)

    def ref(self, campaign: Campaign, contact_id: str, channel: Channel) -> MessageRef:
        current = self.campaigns.kept[TENANT, campaign.id]
        assert current.run_at is not None
        key = contact_key(SECRET, TENANT, contact_id)
        ref = run_ref(current, current.run_at)
        return MessageRef(TENANT, id_of(key, on_channel(campaign, channel), ref))

    def receipt(
        self,
        campaign: Campaign,
        contact_id: str,
        channel: Channel,
        status: Status,
        at: datetime | None = None,
    ) -> None:
        """What the provider says of a message, again where somebody dies over it."""
        ref = self.ref(campaign, contact_id, channel)
        told = Receipt("sns", "p", at or self.clock.now(), status, message=ref)
        ports = replace(self.feedback, messages=self._killable(self.messages))
        for _ in range(5):
            try:
                receive(told, ports)
            except Killed:
                continue
            return

    def left(self) -> Counter[Channel]:
        """How many were handed over, by channel; nobody twice, but where that was in doubt."""
        handed = Counter(outgoing.ref for outgoing in self.carrier.sent)
        messages = {ref: self.messages.kept[ref] for ref in handed}
        for ref, message in messages.items():
            in_doubt = any(each.status is Status.UNCONFIRMED for each in message.timeline)
            again = in_doubt and message.on_unconfirmed is OnUnconfirmed.RESEND
            assert handed[ref] == 1 or again
        return Counter(message.channel for message in messages.values())

    def catch_up(self) -> None:
        """Have the stream bring what it hasn't yet."""
        self._count()

    def _chunk(self, ref: ChunkRef) -> None:
        chunk = self.runs.chunk(ref)
        if chunk is None:
            return
        campaign = self.campaigns.kept[ref.run.tenant, ref.run.campaign]
        ports = self.bulk_on(channel_of(chunk, campaign))
        bring(ref, ports, Worker(lambda: True, lambda work: _called(work)))

    def _message(self, ref: MessageRef) -> None:
        message = self.messages.kept[ref]
        deliver(ref, self.bulk_on(message.channel).deliver)

    def bulk_on(self, channel: Channel) -> Bulk:
        """What the worker of a channel works with."""
        self.channel = channel
        ports = self.bulk_ports
        links = LINKS if channel is Channel.EMAIL else None
        return replace(ports, deliver=replace(ports.deliver, links=links))


def _called(work: Any) -> None:
    work()
