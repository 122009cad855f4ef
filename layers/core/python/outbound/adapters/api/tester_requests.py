"""Testers, as requests and answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from outbound.adapters.api.addresses import AddressModel, address_of
from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import TesterId
from outbound.adapters.api.reading import Model, read, read_value
from outbound.domain.address import masked
from outbound.domain.instant import rfc3339
from outbound.domain.tester import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.address import Address
    from outbound.domain.tester import Tester


class TesterIdModel(Model):
    """The id in the path."""

    id: TesterId


class TesterModel(AddressModel):
    """Somebody who shall get tests."""


class CodeModel(Model):
    """The code that a tester was sent."""

    code: Annotated[
        str,
        form(
            rf"^[0-9]{{{DIGITS}}}$",
            f"Must be the {DIGITS} digits of the test message, such as {'042137'[:DIGITS]}.",
        ),
    ]


def read_tester_id(value: str) -> str:
    """The id in a path.

    Raises:
        Refusal: it is none.
    """
    return read_value(TesterIdModel, {"id": value}, "").id


def read_tester(text: str) -> Address:
    """The address of somebody who shall get tests.

    Raises:
        Refusal: the body isn't that.
    """
    return address_of(read(TesterModel, text))


def read_code(text: str) -> str:
    """A code.

    Raises:
        Refusal: the body isn't that.
    """
    return read(CodeModel, text).code


def tester_body(tester: Tester) -> dict[str, Any]:
    """A tester; the address is masked."""
    verified = tester.verified_at
    return {
        "id": tester.id,
        "masked": masked(tester.address),
        "verified_at": rfc3339(verified) if verified else None,
        "code_expires_at": None if verified else rfc3339(tester.expires_at),
    }


def testers_body(testers: Iterable[Tester]) -> dict[str, Any]:
    """All testers."""
    return {"items": [tester_body(each) for each in testers], "next_cursor": None}
