"""What a deployment says of itself: its settings and addresses, from the outputs of its stack."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Json, ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Told(BaseModel):
    # A later deployment may say more than this command knows.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Channel(_Told):
    """What each channel has: hand-overs a second, US dollars a month, where events come from."""

    rate_per_second: float
    monthly_limit_usd: Decimal
    configuration_set: str


class Email(Channel):
    """The settings of email."""

    sender: str = Field(alias="from")

    @property
    def address(self) -> str:
        """The bare address mail is sent from."""
        return self.sender.rpartition("<")[2].rstrip("> ")

    @property
    def domain(self) -> str:
        """The domain mail is sent from."""
        return self.address.rpartition("@")[2].lower()


class Sms(Channel):
    """The settings of texts."""

    provider: Literal["sns", "end_user_messaging"]
    origination: str | None = None


class Voice(Channel):
    """The settings of calls."""

    origination: str


class Settings(_Told):
    """The settings by channel; `workers` is how many functions may run at once."""

    email: Email
    sms: Sms
    voice: Voice
    workers: int


class TwoWayNumber(_Told):
    """A number that people text to; `self_managed`: Outbound answers opt-outs instead of AWS."""

    number: str
    type: str
    self_managed: bool
    opt_out_list: str

    @property
    def by_aws(self) -> bool:
        """Whether AWS answers opt-outs: neither Outbound nor the carriers of toll-free numbers."""
        return not self.self_managed and self.type != "toll_free"


class Deployed(_Told):
    """The outputs of a service stack that setup and doctor need.

    `senders` are the addresses of tenants, besides the one that all others send from.
    """

    settings: Json[Settings] = Field(alias="Settings")
    text_status_role: str = Field(alias="TextStatusRole")
    email_receipts_topic: str = Field(alias="EmailReceiptsTopic")
    phone_receipts_topic: str = Field(alias="PhoneReceiptsTopic")
    inbound_topic: str = Field(alias="InboundTopic")
    senders: tuple[str, ...] = ()
    two_way: tuple[TwoWayNumber, ...] = ()
    alarms_topic: str = Field(alias="AlarmsTopic")
    feedback_logs: str = Field(alias="FeedbackLogs")
    upkeep_function: str = Field(alias="UpkeepFunction")
    dead_letter_queues: dict[str, str]

    @property
    def answered_by_us(self) -> set[str]:
        """The numbers whose words Outbound answers, and AWS doesn't."""
        return {one.number for one in self.two_way if one.self_managed}

    @property
    def domains(self) -> dict[str, list[str]]:
        """The addresses of tenants by domain, but for the domain that all others send from."""
        found: dict[str, list[str]] = {}
        for address in self.senders:
            domain = address.rpartition("@")[2].lower()
            if domain != self.settings.email.domain:
                found.setdefault(domain, []).append(address)
        return found

    def sending_from(self, address: str) -> Deployed:
        """What it would say if all email were from this address."""
        email = self.settings.email.model_copy(update={"sender": address})
        return self.model_copy(
            update={"settings": self.settings.model_copy(update={"email": email})}
        )


def _senders(told: Mapping[str, str]) -> list[str]:
    return " ".join(_parts(told, "EmailSenders")).split()


def _queues(told: Mapping[str, str]) -> dict[str, Any]:
    queues: dict[str, Any] = {}
    for text in _parts(told, "DeadLetterQueues"):
        queues |= json.loads(text)
    return queues


def _two_way(told: Mapping[str, str]) -> list[Any]:
    return [number for text in _parts(told, "TwoWayNumbers") for number in json.loads(text)]


def _parts(told: Mapping[str, str], name: str) -> list[str]:
    """What takes as many outputs as it is long."""
    return [value for each, value in sorted(told.items()) if each.startswith(name)]


def read_outputs(stack: Mapping[str, Any]) -> Deployed | None:
    """Read a stack as CloudFormation describes it; None if it says too little.

    A stack says too little when it was deployed before this command was written, or when it is
    none of Outbound's.
    """
    told = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
    try:
        return Deployed.model_validate(
            {
                **told,
                "senders": _senders(told),
                "two_way": _two_way(told),
                "dead_letter_queues": _queues(told) or None,
            }
        )
    except ValidationError:
        return None
