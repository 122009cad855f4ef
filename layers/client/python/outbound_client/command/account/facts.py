"""Facts: what AWS and the DNS answered, by name; or why there is no answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound_client.command.deployed import Deployed


OF_A_DOMAIN = ("ses.identity", "dns.dmarc", "dns.spf")
"""Facts of the domain that all send from; those of a tenant's domain have its name behind."""
UNASKED = "what it hangs on isn't known"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that could not be had, and why: "needs ses:GetAccount"."""

    why: str


class NotKnown(Exception):
    """Someone asked for a fact that could not be had; the text says why."""


@dataclass(frozen=True, slots=True)
class About:
    """What the facts are of."""

    environment: str
    account: str
    region: str

    def console(self, service: str, page: str = "") -> str:
        """The address of a page of AWS's console in this region."""
        return f"https://console.aws.amazon.com/{service}/home?region={self.region}{page}"


class Facts:
    """Facts by name, each as the service answers it."""

    def __init__(
        self, about: About, known: Mapping[str, Any], deployed: Deployed | Unknown
    ) -> None:
        self.about = about
        self._known = known
        self._deployed = deployed

    @property
    def deployed(self) -> Deployed:
        """What the deployment says of itself.

        Raises:
            NotKnown: it says nothing, or isn't there.
        """
        if isinstance(self._deployed, Unknown):
            raise NotKnown(self._deployed.why)
        return self._deployed

    def __getitem__(self, name: str) -> Any:
        """The fact.

        Raises:
            NotKnown: it could not be had.
        """
        # What nobody asked for hangs on what the deployment would have said, or on another fact.
        unasked = self._deployed if isinstance(self._deployed, Unknown) else Unknown(UNASKED)
        found = self._known.get(name, unasked)
        if isinstance(found, Unknown):
            raise NotKnown(found.why)
        return found

    def of_domain(self, domain: str) -> Facts:
        """The facts as they would be if all email were from this domain of a tenant.

        Raises:
            NotKnown: the deployment says nothing, or isn't there.
        """
        unasked = Unknown(UNASKED)
        own = {name: self._known.get(f"{name}.{domain}", unasked) for name in OF_A_DOMAIN}
        address = self.deployed.domains[domain][0]
        return Facts(self.about, {**self._known, **own}, self.deployed.sending_from(address))

    def and_(self, more: Mapping[str, Any]) -> Facts:
        """These facts and more."""
        return Facts(self.about, {**self._known, **more}, self._deployed)
