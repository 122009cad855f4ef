"""Addresses: normalised, and masked for whoever only needs to recognise them."""

from __future__ import annotations

from dataclasses import dataclass

from outbound.domain.light import light
from outbound.domain.words import Channel


@light
@dataclass(frozen=True, slots=True)
class Address:
    """A normalised address: an email address, or a phone number in E.164 form."""

    kind: str
    value: str

    def __hash__(self) -> int:
        # Whatever is known of addresses is looked up by them.
        return hash(self.value)

    def serves(self, channel: Channel) -> bool:
        """Whether a message on `channel` can go to this address."""
        return (self.kind == "email") == (channel is Channel.EMAIL)


def masked(address: Address) -> str:
    """`+1415•••0123`, `j•••@example.com`: enough to recognise, too little to use."""
    if not address.value:
        return "•••"
    if address.kind == "email":
        local, _, domain = address.value.rpartition("@")
        return f"{local[:1]}•••@{domain}"
    shown = max(0, min(4, len(address.value) - 8))
    return f"{address.value[:5]}•••{address.value[len(address.value) - shown :]}"
