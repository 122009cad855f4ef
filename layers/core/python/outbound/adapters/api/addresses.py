"""Addresses, as requests hold them: normalised as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, model_validator

from outbound.adapters.api.reading import Model
from outbound.domain import address_rules
from outbound.domain.address import Address

if TYPE_CHECKING:
    from typing import Self


def _phone(value: str) -> str:
    return address_rules.phone(value).value


def _email(value: str) -> str:
    return address_rules.email(value).value


Email = Annotated[str, AfterValidator(_email)]
Phone = Annotated[str, AfterValidator(_phone)]


class AddressModel(Model):
    """An address: one of the two."""

    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.email is None) == (self.phone is None):
            raise ValueError("must name exactly one of email and phone")
        return self


def address_of(model: AddressModel) -> Address:
    """The address that a body names."""
    if model.email is not None:
        return Address("email", model.email)
    assert model.phone is not None
    return Address("phone", model.phone)
