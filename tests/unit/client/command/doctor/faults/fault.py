"""A fault of an account, and how it is to be named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound_client.command.doctor.verdict import State
from tests.unit.client.command.account import (
    SETTINGS,
    caller,
    number,
    settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

EUM = settings(sms={"provider": "end_user_messaging", "origination": "phone-2"})
POOL = settings(sms={"provider": "end_user_messaging", "origination": "pool-1"})


@dataclass
class Fault:
    """`changes` are of the facts; the deployment says `told` and further `outputs` of itself."""

    check: str
    state: str
    what: str
    remedy: str
    changes: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=lambda: SETTINGS)
    outputs: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.check}: {self.what}"


def problem(check: str, what: str, remedy: str, changes: Any, told: Any = SETTINGS) -> Fault:
    return Fault(check, State.PROBLEM, what, remedy, changes, told)


def warning(check: str, what: str, remedy: str, changes: Any, told: Any = SETTINGS) -> Fault:
    return Fault(check, State.WARNING, what, remedy, changes, told)


def texter(**changes: Any) -> dict[str, Any]:
    return {"phone.numbers": [caller(), number(**changes)]}


def calling(**changes: Any) -> dict[str, Any]:
    return {"phone.numbers": [caller(**changes), number()]}
