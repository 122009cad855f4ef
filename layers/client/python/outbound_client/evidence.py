"""Evidence of messages, and whether it is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import SignedEvidence, VerifiedEvidence
from outbound_client.requests import path_to

if TYPE_CHECKING:
    from outbound_client.connection import Connection


class EvidenceCalls:
    """The calls on evidence."""

    _api: Connection

    def get_evidence(self, message_id: str) -> SignedEvidence:
        """All that shows why a message was sent and what became of it, signed; keep its `jws`."""
        return self._api.ask(SignedEvidence, "GET", f"{path_to('messages', message_id)}/evidence")

    def verify_evidence(self, jws: str) -> VerifiedEvidence:
        """Whether this deployment has signed it for you, and nothing was changed since."""
        body = {"jws": jws}
        return self._api.ask(VerifiedEvidence, "POST", "/v1/evidence/verify", body=body)
