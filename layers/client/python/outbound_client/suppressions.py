"""Suppressions: addresses that aren't used, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import SuppressionList, SuppressionPage
from outbound_client.requests import body_of, one_address, query_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound_client.connection import Connection
    from outbound_client.models import Suppression

_PATH = "/v1/suppressions"


class SuppressionCalls:
    """The calls on suppressions."""

    _api: Connection

    def list_suppressions(
        self, limit: int | None = None, cursor: str | None = None
    ) -> SuppressionPage:
        """A page of all suppressed addresses, each by the digest that stands for it."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(SuppressionPage, "GET", _PATH, query=query)

    def find_suppressions(
        self, *, email: str | None = None, phone: str | None = None
    ) -> tuple[Suppression, ...]:
        """All that stands against an address; where nothing does, a Problem says so."""
        query = query_of(**one_address(email, phone))
        return self._api.ask(SuppressionList, "GET", _PATH, query=query).items

    def put_suppression(
        self,
        *,
        email: str | None = None,
        phone: str | None = None,
        reason: str | None = None,
        source: str | None = None,
        purposes: Sequence[str] | None = None,
        expires_at: datetime | str | None = None,
    ) -> tuple[Suppression, ...]:
        """Stop the use of an address at once; all that stands against it then.

        Without `reason` it is manual; without `purposes` it is for all but alerts, and without
        `expires_at` for good.
        """
        body = body_of(
            **one_address(email, phone),
            reason=reason,
            source=source,
            purposes=None if purposes is None else list(purposes),
            expires_at=expires_at,
        )
        return self._api.ask(SuppressionList, "PUT", _PATH, body=body).items

    def lift_suppression(
        self,
        reason: str,
        *,
        email: str | None = None,
        phone: str | None = None,
        proof: str | None = None,
    ) -> tuple[Suppression, ...]:
        """Take back one reason against an address; all that still stands.

        What its owner said (`opted_out`, `complained`) takes a `proof` of how they took it back.
        """
        body = body_of(**one_address(email, phone), reason=reason, proof=proof)
        return self._api.ask(SuppressionList, "DELETE", _PATH, body=body).items
