"""In whose name people are answered: as the tenant says, else that of whom its email is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.replies import Speaker
from outbound.domain.suppression import ANY_TENANT

if TYPE_CHECKING:
    from outbound.domain.sender import Senders
    from outbound.ports import Organisations


@dataclass(frozen=True, slots=True)
class SenderSpeakers:
    """The senders of email, by the settings of the deployment, and what tenants are called."""

    senders: Senders
    organisations: Organisations

    def of(self, tenant: str) -> Speaker:
        """The tenant, reached at its usual sender or the deployment's."""
        sender = self.senders.own.get(tenant, (self.senders.default,))[0]
        own = self.organisations.get(tenant).name if tenant != ANY_TENANT else None
        name = own or sender.name or sender.address.rpartition("@")[2]
        return Speaker(name, sender.address)
