"""The contact: a person, how they can be reached, and what they have said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound.domain.address import Address
from outbound.domain.light import light
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.check import Check
    from outbound.domain.consent import Consent
    from outbound.domain.line import Line
    from outbound.domain.tenure import Tenure


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164 form, with what the numbering plan and registers say of it.

    `country` is an ISO 3166-1 code, None where the number belongs to none (+800, satellites).
    `zones` are all IANA zones that its area may lie in; a mobile may be anywhere. `kind` is
    `mobile`, `fixed_line`, `fixed_line_or_mobile`, `toll_free`, `voip` or `unknown`. `checks` are
    the last look-ups of it, one of each kind; `line` is what its carrier was last asked for.
    """

    value: str
    country: str | None = None
    zones: tuple[str, ...] = ()
    kind: str = "unknown"
    checks: tuple[Check, ...] = ()
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """An address that a contact wants to be reached at; since when its yes is waited for."""

    address: Address
    at: datetime


@light
@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last entry of a contact's chain in the ledger: its number, 0 before the first."""

    number: int = 0
    digest: str = ""


@light
@dataclass(frozen=True, slots=True)
class Contact:
    """A person. `id` is of the caller's choosing; `region` is ISO 3166 (`US-FL`, `FR`).

    The first address of a kind is the one that is used. `version` counts the writes. All that
    was up to `erased_at` is erased; until it is made again, such a contact has nothing else but
    its id, its version and its chain. `tenures` are of addresses that came or went since it was
    made.
    """

    id: str
    tenant: str
    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    locale: str | None = None
    timezone: str | None = None
    region: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    preferred: tuple[Channel, ...] = ()
    forbidden: frozenset[Channel] = frozenset()
    consents: tuple[Consent, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    paused_until: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 0
    chain: ChainHead = ChainHead()

    @property
    def erased(self) -> bool:
        """Whether nothing of it is left."""
        return self.erased_at is not None and self.created_at is None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All addresses, emails first."""
        return (
            *(Address("email", email) for email in self.emails),
            *(Address("phone", phone.value) for phone in self.phones),
        )

    def address_for(self, channel: Channel) -> Address | None:
        """The address that a message on `channel` goes to."""
        if channel is Channel.EMAIL:
            return Address("email", self.emails[0]) if self.emails else None
        return Address("phone", self.phones[0].value) if self.phones else None

    def phone(self, value: str) -> Phone | None:
        """What is known of one of the contact's numbers."""
        return next((each for each in self.phones if each.value == value), None)
