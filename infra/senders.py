"""The senders of email that tenants have of their own: `email.tenants` in cdk.json."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from outbound.adapters.api.identifiers import Tenant
from outbound.domain import address_rules
from outbound.domain.sender import parse


def mailbox(value: str) -> str:
    """A sender as SES is given it."""
    try:
        return str(address_rules.sender(value))
    except ValueError:
        raise ValueError(
            "it must be a mail address such as Clinic <hello@clinic.org>, a name with any of "
            '()[]:;@, in quotes: \\"Clinic, Ward 3\\" <hello@clinic.org>'
        ) from None


def _address(value: str) -> str:
    try:
        return address_rules.email(value).value
    except ValueError:
        message = "it must be a mail address without a name, such as news@clinic.org"
        raise ValueError(message) from None


Mailbox = Annotated[str, AfterValidator(mailbox)]
Address = Annotated[str, AfterValidator(_address)]


class TenantSenders(BaseModel):
    """The usual sender of a tenant, and further addresses that its messages may name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sender: Mailbox = Field(alias="from")
    also: tuple[Address, ...] = ()

    @property
    def stated(self) -> tuple[str, ...]:
        """The usual sender first."""
        return (self.sender, *self.also)


Tenants = dict[Tenant, TenantSenders]


def address_of(sender: str) -> str:
    """The bare address of a sender."""
    return parse(sender).address


def domain_of(sender: str) -> str:
    """The domain of a sender."""
    return address_of(sender).rpartition("@")[2]


def stated(tenants: Mapping[str, TenantSenders]) -> str:
    """As the functions read it, for their environment (`settings.py`)."""
    return json.dumps(
        {tenant: senders.stated for tenant, senders in tenants.items()},
        separators=(",", ":"),
        ensure_ascii=False,
    )


def identities(senders: Iterable[str]) -> list[str]:
    """The SES identities that one may send from these with: each address, and its domain.

    SES takes the address where both are verified:
    https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
    """
    found = (name for sender in senders for name in (domain_of(sender), address_of(sender)))
    return list(dict.fromkeys(found))
