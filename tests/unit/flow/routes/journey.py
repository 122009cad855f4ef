"""A route on its way through the product in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain.due import MINUTE, minute_of
from outbound.domain.ids import MessageRef
from outbound.domain.words import Channel, RouteMode
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from outbound.flow.recipient import To
from outbound.flow.routed import RouteRequest
from outbound.flow.routes import find_route
from outbound.flow.routing import accept_route
from outbound.flow.schedule import sweep
from tests.builders import make_key, make_receipt, make_request
from tests.memory.carrier import MemoryCarrier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message, Status
    from outbound.domain.outcome import Outcome
    from tests.memory.world import World

AFTER = timedelta(minutes=5)
TEXT_THEN_CALL = (Channel.SMS, Channel.VOICE)


def make_route(channels: Sequence[Channel] = TEXT_THEN_CALL, **changes: Any) -> RouteRequest:
    """A text, and a call where it isn't delivered in five minutes."""
    own = {
        "mode": changes.pop("mode", RouteMode.FIRST),
        "after": changes.pop("after", AFTER),
        "idempotency_key": changes.get("idempotency_key"),
        "fingerprint": "fingerprint",
    }
    each = [
        make_request(channel=channel, **{"to": To(contact_id="con_ada"), **changes})
        for channel in channels
    ]
    return RouteRequest(each=each, **own)


@dataclass
class Journey:
    """A route in a world: what is handed over by which channel, minute by minute."""

    world: World
    carriers: dict[Channel, MemoryCarrier] = field(default_factory=dict)
    id: str = ""

    def __post_init__(self) -> None:
        for channel in Channel:
            self.carriers[channel] = MemoryCarrier(str(channel), tags_come_back=True)

    def accept(
        self, request: RouteRequest | None = None, key: ApiKey | None = None
    ) -> tuple[Message, ...]:
        accepted = accept_route(request or make_route(), key or make_key(), self.world.intake)
        assert accepted.messages[0].route is not None
        self.id = accepted.messages[0].route.id
        return accepted.messages

    def answer(self, channel: Channel, *outcomes: Outcome) -> None:
        self.carriers[channel].answer(*outcomes)

    def work_off(self) -> None:
        """Deliver all that is queued."""
        for channel, _, ref in list(self.world.queue.queued):
            self.deliver(channel, ref)
        self.world.queue.queued.clear()

    def deliver(self, channel: Channel, ref: MessageRef) -> None:
        ports = replace(self.world.deliver, channel=channel, carrier=self.carriers[channel])
        deliver(ref, ports)

    def let_pass(self, time: timedelta) -> None:
        """Each minute the sweep, and what it queues is worked off."""
        end = self.world.clock.now() + time
        while (minute := minute_of(self.world.clock.now()) + MINUTE) <= end:
            self.world.clock.advance_to(minute)
            sweep(self.world.schedule)
            self.work_off()
        self.world.clock.advance_to(end)

    def receipt(self, channel: Channel, status: Status) -> None:
        message = self.on(channel)
        receive(
            make_receipt(
                message=MessageRef(message.tenant, message.id),
                status=status,
                at=self.world.clock.now(),
                provider=str(channel),
            ),
            self.world.feedback,
        )

    @property
    def messages(self) -> tuple[Message, ...]:
        return find_route(self.id, make_key(), self.world.messages)

    def on(self, channel: Channel) -> Message:
        return next(each for each in self.messages if each.channel is channel)

    @property
    def statuses(self) -> list[str]:
        return [message.status for message in self.messages]

    @property
    def sent(self) -> dict[str, int]:
        """How many messages each channel was given."""
        return {
            str(channel): carrier.calls
            for channel, carrier in self.carriers.items()
            if carrier.calls
        }
