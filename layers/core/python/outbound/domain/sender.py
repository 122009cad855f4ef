"""Senders of email: who an email is from, and which senders each tenant has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import refused_at

if TYPE_CHECKING:
    from collections.abc import Mapping

SPECIALS = r'()<>\[\]:;@\\,"'
"""What a name may only have in quotes (RFC 5322, 3.2.3); a full stop is taken without."""
_NAMED = re.compile(rf'(?:"((?:[^"\\]|\\.)*)"\s*|([^{SPECIALS}]*))<([^<>]*)>', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sender:
    """A mailbox (RFC 5322, 3.4): an address, and the name that is shown with it, if any."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        """`Clinic <hello@clinic.org>`, or the address alone; characters beyond ASCII stay."""
        if not self.name:
            return self.address
        if re.search(f"[{SPECIALS}]", self.name):
            escaped = self.name.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}" <{self.address}>'
        return f"{self.name} <{self.address}>"

    def same_address(self, other: Sender) -> bool:
        """Whether both are one address; receivers don't tell upper from lower case."""
        return self.address.lower() == other.address.lower()


def parse(text: str) -> Sender:
    """The sender that a text is; what has no name is an address as a whole. Checks nothing."""
    text = text.strip()
    named = _NAMED.fullmatch(text)
    if named is None:
        return Sender(text)
    quoted, plain, address = named.groups()
    name = plain if quoted is None else _ESCAPED.sub(r"\1", quoted)
    return Sender(address.strip(), name.strip())


@dataclass(frozen=True, slots=True)
class Senders:
    """The senders of tenants that have their own, the usual one first; others have `default`."""

    default: Sender
    own: Mapping[str, tuple[Sender, ...]]

    def choose(self, tenant: str, stated: Sender | None, pointer: str) -> Sender | None:
        """Who an email is from, given what the request states at `pointer`.

        None is the deployment's sender, as `email.from` says when the email leaves. What is stated
        decides on the name, and the setting on how the address is written: SES and the rights of
        the function tell upper from lower case.

        Raises:
            Refusal: what is stated is no sender of this tenant.
        """
        if stated is None:
            return self.own[tenant][0] if tenant in self.own else None
        for sender in self._of(tenant):
            if sender.same_address(stated):
                return Sender(sender.address, stated.name)
        allowed = ", ".join(sender.address for sender in self._of(tenant))
        message = f"from must have one of your own addresses: {allowed}."
        raise refused_at(f"{pointer}/from", "sender_not_allowed", message)

    def allows(self, tenant: str, sender: Sender) -> bool:
        """Whether a sender chosen earlier still is one of this tenant."""
        return any(sender.same_address(each) for each in self._of(tenant))

    def _of(self, tenant: str) -> tuple[Sender, ...]:
        return self.own.get(tenant, (self.default,))
