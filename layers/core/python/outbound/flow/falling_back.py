"""Falling back: a text that can't take its file along links to the file's page instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.address_rules import country
from outbound.domain.media import goes_as_mms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.address import Address
    from outbound.domain.content import Enclosed
    from outbound.domain.media import Media


def falls_back(
    enclosed: Enclosed, found: Mapping[str, Media], address: Address, *, mms: bool
) -> bool:
    """Whether the file of a text is shown on its page."""
    if not enclosed.or_page or enclosed.media_id is None:
        return False
    return not goes_as_mms(found[enclosed.media_id], country(address), mms=mms)


def with_link(bodies: Mapping[str, str], link: str) -> Mapping[str, str]:
    """The text, with the link in a line of its own, unless it stands there already."""
    text = bodies["text"]
    return bodies if link in text else {**bodies, "text": f"{text.rstrip()}\n{link}"}


def without_file(enclosed: Enclosed) -> Enclosed:
    """What still goes along."""
    return replace(enclosed, media_id=None, or_page=False)
