"""Whom a row is of, where it doesn't say by an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.addresses import AddressModel, address_of
from outbound.adapters.api.reading import read_value
from outbound.domain.errors import refused_at

if TYPE_CHECKING:
    from outbound.domain.address import Address


def named_by(email: Any, phone: Any) -> Address:
    """Whoever has the email address, else the number.

    Raises:
        Refusal: there is neither, or what is there is none.
    """
    if not email and not phone:
        message = "Say who it is: by an id, an email address or a phone number."
        raise refused_at("", "unnamed", message)
    value = {"email": email} if email else {"phone": phone}
    return address_of(read_value(AddressModel, value, ""))
