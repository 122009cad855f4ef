"""What stands in for a provider under a test key: everything happens but the sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome

if TYPE_CHECKING:
    from outbound.ports import Outgoing

# AWS's own simulators: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
# and https://docs.aws.amazon.com/sms-voice/latest/userguide/test-phone-numbers.html
UNREACHABLE = frozenset(
    {
        "+14254147167",
        "+447860019067",
        "+33755512502",
        "+61455944039",
        "+43676800442032",
        "+32460213923",
    }
)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Delivers at once, but to AWS's simulator addresses, which end as they do at AWS."""

    name: str = "rehearsal"
    tags_come_back: bool = True

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        """Say what would become of the message."""
        value = outgoing.address.value
        receipt = Status.DELIVERED
        if value.startswith("bounce") and value.endswith("@simulator.amazonses.com"):
            receipt = Status.BOUNCED
        if value in UNREACHABLE:
            receipt = Status.UNDELIVERED
        return Outcome(Kind.SENT, provider_id=f"rehearsal-{outgoing.ref.id}", receipt=receipt)
