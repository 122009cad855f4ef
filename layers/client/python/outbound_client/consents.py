"""Consents: what contacts have said, and what the ledger has of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Required, TypedDict

from outbound_client.models import ConsentHistory, Contact
from outbound_client.requests import as_seen, body_of, path_to

if TYPE_CHECKING:
    from datetime import datetime

    from outbound_client.connection import Connection


class ConsentFields(TypedDict, total=False):
    """A yes or a no: `status` is granted or revoked.

    A yes has a `level` (implied, express, express_written) and a `source`; an implied one ends
    with `expires_at`. Without `topic` it is about everything, without `at` it was said now.
    """

    status: Required[str]
    level: str | None
    topic: str | None
    source: str | None
    at: datetime | str | None
    expires_at: datetime | str | None
    wording: str | None
    proof: str | None


Consents = Mapping[str, Mapping[str, ConsentFields | Sequence[ConsentFields]]]
"""By channel and purpose: `{"sms": {"marketing": {"status": "granted", …}}}`."""


class ConsentCalls:
    """The calls on what contacts have said."""

    _api: Connection

    def put_consents(
        self, contact_id: str, consents: Consents, *, if_match: str | None = None
    ) -> Contact:
        """Add to what a contact has said; the newest about a matter counts."""
        path = f"{path_to('contacts', contact_id)}/consents"
        body = body_of(consents=consents)
        return self._api.ask(Contact, "PUT", path, body=body, headers=as_seen(if_match))

    def revoke_consents(
        self,
        contact_id: str,
        *,
        source: str,
        channels: Sequence[str] | None = None,
        purposes: Sequence[str] | None = None,
        topic: str | None = None,
        at: datetime | str | None = None,
        proof: str | None = None,
    ) -> Contact:
        """Pass on a no that came by phone, by letter or in person; what waits heeds it too.

        One that names nothing is meant for all channels, and for all that a STOP means.
        """
        body = body_of(
            channels=None if channels is None else list(channels),
            purposes=None if purposes is None else list(purposes),
            topic=topic,
            source=source,
            at=at,
            proof=proof,
        )
        path = f"{path_to('contacts', contact_id)}/revocations"
        return self._api.ask(Contact, "POST", path, body=body)

    def get_consent_history(self, contact_id: str) -> ConsentHistory:
        """All that the ledger has of a contact."""
        return self._api.ask(ConsentHistory, "GET", f"{path_to('contacts', contact_id)}/consents")
