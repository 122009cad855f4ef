"""Finishing: what becomes of rendered bodies before anybody measures or sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.smart_encoding import smart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.content import Content


def finished(content: Content, bodies: Mapping[str, str]) -> Mapping[str, str]:
    """The bodies as they leave."""
    if content.smart_encoding:
        return {name: smart(body) for name, body in bodies.items()}
    return bodies
