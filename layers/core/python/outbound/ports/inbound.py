"""What the answers to people's texts need: what they said last, and who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.inbound import InboundText, LastWord
    from outbound.domain.keywords import Kind
    from outbound.domain.replies import Speaker


class LastWords(Protocol):
    """What people said last: stop, or start. Remembered as long as texts may come twice."""

    def hear(self, tenant: str, kind: Kind, text: InboundText) -> LastWord:
        """Take a stop or a start in; what stands now (`inbound.heard`)."""
        ...


class Speakers(Protocol):
    """In whose name people are answered."""

    def of(self, tenant: str) -> Speaker:
        """The organisation that a tenant is; the deployment's, where nothing else is known."""
        ...


class Tenants(Protocol):
    """Who has ever had a key, and so may have contacts."""

    def tenants(self) -> Sequence[str]:
        """All of them, sorted."""
        ...
