"""In whose name people are answered: that of whom their tenant's email is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.replies import Speaker

if TYPE_CHECKING:
    from outbound.domain.sender import Senders


@dataclass(frozen=True, slots=True)
class SenderSpeakers:
    """The senders of email, by the settings of the deployment."""

    senders: Senders

    def of(self, tenant: str) -> Speaker:
        """The tenant's usual sender, or the deployment's."""
        sender = self.senders.own.get(tenant, (self.senders.default,))[0]
        return Speaker(sender.name or sender.address.rpartition("@")[2], sender.address)
