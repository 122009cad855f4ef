"""Addresses, as requests hold them: normalised as they are read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from outbound.domain import address_rules


def _phone(value: str) -> str:
    return address_rules.phone(value).value


def _email(value: str) -> str:
    return address_rules.email(value).value


Email = Annotated[str, AfterValidator(_email)]
Phone = Annotated[str, AfterValidator(_phone)]
