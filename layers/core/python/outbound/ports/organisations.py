"""What tenants say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from outbound.domain.organisation import Organisation


class Organisations(Protocol):
    """The settings of tenants."""

    def get(self, tenant: str) -> Organisation:
        """What a tenant has said; nothing, if it never did. It may be a minute old."""
        ...

    def put(self, tenant: str, organisation: Organisation) -> None:
        """Replace what a tenant has said."""
        ...
