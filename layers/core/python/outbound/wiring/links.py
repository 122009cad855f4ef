"""Public links, and the keys that sign them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process

if TYPE_CHECKING:
    from outbound.adapters.link_keys import LinkKeys
    from outbound.adapters.links import SignedLinks


@cache
def signed() -> SignedLinks:
    """Public links."""
    from outbound.adapters.links import SignedLinks

    return SignedLinks(keys(), process.settings().optional("PAGES_URL") or "")


@cache
def keys() -> LinkKeys:
    """The keys that sign public links."""
    from outbound.adapters.link_keys import LinkKeys

    return LinkKeys(
        process.client("secretsmanager"), process.settings().text("LINKS_SECRET_ARN"), process.clock
    )
