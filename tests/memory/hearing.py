"""What people say to us and are answered, over the ports in memory."""

from __future__ import annotations

from outbound.adapters.speakers import SenderSpeakers
from outbound.flow.inbound import Inbound
from outbound.flow.notices import NoticePorts
from outbound.flow.signing_up import SignUpPorts
from outbound.flow.talking import Talking
from outbound.flow.unsubscribing import PagePorts
from tests.memory.keeping import Keeping
from tests.memory.settled import LINKS, SECRET


class Hearing(Keeping):
    """The stages that hear of people."""

    @property
    def notices(self) -> NoticePorts:
        return NoticePorts(self.clock, SECRET, self.messages, self.queue)

    @property
    def speakers(self) -> SenderSpeakers:
        return SenderSpeakers(self.senders, self.organisations)

    @property
    def sign_up(self) -> SignUpPorts:
        return SignUpPorts(
            people=self.people,
            programmes=self.programmes,
            attempts=self.attempts,
            notices=self.notices,
            speakers=self.speakers,
            senders=self.senders,
            numbers=self.numbers,
            corrections=self.corrections,
        )

    @property
    def pages(self) -> PagePorts:
        return PagePorts(self.people, self.suppressions, LINKS)

    @property
    def talking(self) -> Talking:
        return Talking(
            clock=self.clock,
            people=self.people,
            suppressions=self.suppressions,
            last_words=self.last_words,
            tenants=self.keys,
            programmes=self.programmes,
            corrections=self.corrections,
            speakers=self.speakers,
            answers=self.notices,
            signals=self.signals,
            numbers=self.numbers,
            stop_scope=self.stop_scope,
        )

    @property
    def inbound(self) -> Inbound:
        return Inbound(self.talking, self.idempotency)
