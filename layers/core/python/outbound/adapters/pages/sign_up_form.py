"""What people type to sign up, and what is wrong with it, each beside its field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain import address_rules
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.address import Address

TRAP = "website"
"""A field that nobody sees: programs fill it in."""
LONGEST = 254
_BETWEEN = re.compile(r"[\s().\-/\u2010-\u2015\u00a0]")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in; `wrong` says by field what would be right."""

    email: str = ""
    phone: str = ""
    agreed: bool = False
    addresses: tuple[Address, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    is_trap: bool = False


def filled(
    fields: Mapping[str, Sequence[str]], channels: Sequence[Channel], texts: Mapping[str, str]
) -> Filled:
    """What was typed into the fields of these channels."""
    email = typed(fields, "email") if Channel.EMAIL in channels else ""
    phone = typed(fields, "phone") if Channel.SMS in channels else ""
    agreed = "agree" in fields
    wrong: dict[str, str] = {}
    addresses = []
    if not email and not phone:
        first = "email" if Channel.EMAIL in channels else "phone"
        wrong[first] = texts["one_needed" if len(channels) > 1 else f"{first}_wrong"]
    for name, given, read in (
        ("email", email, address_rules.email),
        ("phone", dialled(phone), address_rules.phone),
    ):
        if given:
            try:
                addresses.append(read(given))
            except ValueError:
                wrong[name] = texts[f"{name}_wrong"]
    if not agreed:
        wrong["agree"] = texts["agree_wrong"]
    return Filled(email, phone, agreed, tuple(addresses), wrong, is_trap=bool(typed(fields, TRAP)))


def typed(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """What stands in a field."""
    return fields.get(name, [""])[0].strip()[:LONGEST]


def dialled(phone: str) -> str:
    """`+1 (415) 555-0123` and `001 415 555 0123` as `+14155550123`."""
    digits = _BETWEEN.sub("", phone)
    return f"+{digits[2:]}" if digits.startswith("00") else digits
