"""Numbers that people text to: whose they are, and who answers a word that was sent to one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.keywords import Kind
from outbound.domain.suppression import ANY_TENANT

if TYPE_CHECKING:
    from collections.abc import Mapping


class NumberType(StrEnum):
    """Types of numbers, by which it differs who answers."""

    TOLL_FREE = "toll_free"
    TEN_DLC = "ten_dlc"
    LONG_CODE = "long_code"
    SHORT_CODE = "short_code"


class Answerer(StrEnum):
    """Who tells a person that their word was heard."""

    CARRIER = "carrier"
    AWS = "aws"
    OURSELVES = "ourselves"


@dataclass(frozen=True, slots=True)
class TwoWayNumber:
    """`tenant` is None where several share it; alerts come from a number that is `emergency`.

    `self_managed`: AWS is told to leave opt-outs to us (`SelfManagedOptOutsEnabled`).
    """

    value: str
    tenant: str | None
    type: NumberType
    self_managed: bool
    emergency: bool = False

    @property
    def party(self) -> str:
        """Whom a no to this number is said to."""
        return self.tenant or ANY_TENANT


@dataclass(frozen=True, slots=True)
class TwoWayNumbers:
    """The numbers of a deployment, by their digits."""

    known: Mapping[str, TwoWayNumber] = field(default_factory=dict)

    def number(self, value: str) -> TwoWayNumber:
        """A number; one that nobody has set is shared by all, and as AWS makes them."""
        unset = TwoWayNumber(value, None, NumberType.LONG_CODE, self_managed=False)
        return self.known.get(value, unset)

    def of(self, tenant: str, *, emergency: bool = False) -> TwoWayNumber | None:
        """A number that a tenant's texts can be answered to: its own, else one that is shared.

        Alerts have numbers of their own, and no others have these.
        """
        for owner in (tenant, None):
            for number in self.known.values():
                if number.tenant == owner and number.emergency is emergency:
                    return number
        return None


# https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html, and what
# `outbound setup` adds to it: the words of 47 CFR 64.1200(a)(10) that it lacks.
AWS_STOPS = (
    "ARRET", "CANCEL", "END", "OPT-OUT", "OPTOUT", "QUIT", "REMOVE", "STOP", "TD", "UNSUBSCRIBE",
    "REVOKE", "OPT OUT",
)  # fmt: skip
AWS_STARTS = ("START", "UNSTOP")
"""`outbound setup` makes them opt in, so that AWS's list and ours say the same."""
CARRIER_WORDS = frozenset({"STOP", "START", "UNSTOP"})
"""Of a US toll-free number: the only ones that its carriers hear, and they answer them."""


def who_answers(number: TwoWayNumber, kind: Kind, body: str) -> Answerer:
    """Who answers a text: exactly one does.

    AWS answers what begins with one of its words, in any case, and only where it manages opt-outs:
    https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords.html
    https://docs.aws.amazon.com/sms-voice/latest/userguide/opt-out-list-self-managed.html
    """
    said = body.strip().upper()
    if number.type is NumberType.TOLL_FREE and kind in (Kind.STOP, Kind.START):
        return Answerer.CARRIER if said in CARRIER_WORDS else Answerer.OURSELVES
    by_aws = {Kind.STOP: AWS_STOPS, Kind.START: AWS_STARTS, Kind.HELP: ("HELP",)}.get(kind, ())
    if not number.self_managed and said.startswith(by_aws):
        return Answerer.AWS
    return Answerer.OURSELVES
