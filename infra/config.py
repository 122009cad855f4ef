"""The settings of one environment, read from `environments.<name>` in cdk.json and checked."""

import json
from collections.abc import Mapping
from decimal import Decimal
from email.utils import parseaddr
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from infra import two_way
from infra.config_error import ConfigError, choices, explain
from infra.permission import Permission
from infra.room import check_room
from infra.rule_sources import Rules
from infra.senders import Mailbox, Tenants, address_of
from infra.two_way import TwoWay
from outbound.domain.voices import VOICES

ENVIRONMENTS = ("local", "dev", "prod")
CHANNELS = ("email", "sms", "voice")
LOG_RETENTION_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827)
MOST_PRICES = 40
"""A Lambda function has 4 KB of environment, which the queues share."""
PHONE_NUMBER = r"^\+[1-9][0-9]{6,14}$"
PHONE_IDENTITY = r"^[A-Za-z0-9_:/+-]{1,256}$"


def _mail_address(value: str) -> str:
    name, _, domain = parseaddr(value)[1].rpartition("@")
    if not name or "." not in domain or any(character in value for character in "\r\n"):
        raise ValueError("it must be a mail address such as Clinic <hello@clinic.org>")
    return value


def _voice(value: str) -> str:
    if value not in VOICES:
        raise ValueError(choices(sorted(VOICES)))
    return value


def _log_retention(value: int) -> int:
    if value not in LOG_RETENTION_DAYS:
        raise ValueError(choices(LOG_RETENTION_DAYS))
    return value


def _checked_numbers(value: TwoWay) -> TwoWay:
    two_way.check(value)
    return value


MailAddress = Annotated[str, AfterValidator(_mail_address)]
Rate = Annotated[float, Field(gt=0, le=10_000)]
ChannelRate = Annotated[float, Field(ge=0.33, le=10_000)]
"""Slower, a worker would have to wait for longer than it runs; AWS calls 20 numbers a minute."""
MonthlyLimit = Annotated[Decimal, Field(gt=0, decimal_places=2)]
MaximumPrice = Annotated[Decimal, Field(gt=0, lt=100, decimal_places=5)]
OwnAmount = Annotated[Decimal, Field(ge=0, lt=1000, decimal_places=6)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
HttpsUrl = Annotated[str, Field(pattern=r"^https://\S+$")]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Email(_Settings):
    sender: Mailbox = Field(alias="from")
    tenants: Tenants = {}
    bulk: bool = False
    rate_per_second: ChannelRate
    monthly_limit_usd: MonthlyLimit

    @property
    def address(self) -> str:
        return address_of(self.sender)

    @property
    def senders(self) -> tuple[str, ...]:
        """The deployment's sender, and those of all tenants."""
        return (self.sender, *(each for own in self.tenants.values() for each in own.stated))


class Sms(_Settings):
    provider: Literal["sns", "end_user_messaging"]
    origination: Annotated[str, Field(pattern=PHONE_IDENTITY)] | None = None
    rate_per_second: ChannelRate
    monthly_limit_usd: MonthlyLimit
    max_price_usd: MaximumPrice
    stop_scope: Literal["all", "subscribed"] = "all"
    two_way: Annotated[TwoWay, AfterValidator(_checked_numbers)] = {}

    @property
    def sends_media(self) -> bool:
        """Whether texts can have files; whether the origination is able to, only AWS knows."""
        return self.provider == "end_user_messaging" and self.origination is not None


class Voice(_Settings):
    origination: Annotated[str, Field(pattern=PHONE_IDENTITY)]
    voice_id: Annotated[str, AfterValidator(_voice)]
    rate_per_second: ChannelRate
    monthly_limit_usd: MonthlyLimit
    max_price_per_minute_usd: MaximumPrice


class Retention(_Settings):
    messages_days: Annotated[int, Field(ge=1, le=3650)]
    logs_days: Annotated[int, AfterValidator(_log_retention)]
    anchors_years: Annotated[int, Field(ge=1, le=30)] = 5


class Api(_Settings):
    rate_per_second: Rate
    burst: Annotated[int, Field(ge=1, le=5_000)]
    key_limit_per_minute: Annotated[int, Field(ge=1, le=100_000)]


class Events(_Settings):
    bus: bool = True


class OwnPrice(_Settings):
    """A price that AWS agreed to, or that this project doesn't know, in US dollars."""

    amount: OwnAmount
    carrier_fee: OwnAmount | None = None

    @property
    def stated(self) -> dict[str, str]:
        """As the functions read it."""
        return {name: str(value) for name, value in self.model_dump(exclude_none=True).items()}


class Prices(_Settings):
    email_1000_usd: OwnAmount | None = None
    email_attachments_gb_usd: OwnAmount | None = None
    sms_part_usd: dict[Country, OwnPrice] = {}
    mms_usd: dict[Country, OwnPrice] = {}
    voice_minute_usd: dict[Country, OwnPrice] = {}

    @property
    def stated(self) -> dict[str, dict[str, dict[str, str]]]:
        """As the functions read them, by unit and country (`adapters/prices.py`)."""
        everywhere = {
            "1000_emails": self.email_1000_usd,
            "attachments_gb": self.email_attachments_gb_usd,
        }
        by_country = {
            "sms_part": self.sms_part_usd,
            "mms": self.mms_usd,
            "voice_minute": self.voice_minute_usd,
        }
        return {
            unit: {"all": {"amount": str(amount)}}
            for unit, amount in everywhere.items()
            if amount is not None
        } | {
            unit: {country: own.stated for country, own in prices.items()}
            for unit, prices in by_country.items()
            if prices
        }

    @property
    def text(self) -> str:
        """As the functions' environment holds them; empty without prices."""
        return json.dumps(self.stated, separators=(",", ":")) if self.stated else ""

    @model_validator(mode="after")
    def _small(self) -> Self:
        count = len(self.sms_part_usd) + len(self.mms_usd) + len(self.voice_minute_usd)
        if count > MOST_PRICES:
            raise ValueError(f"it may have {MOST_PRICES} prices, for they go into one variable")
        return self


class Config(_Settings):
    environment: Literal["local", "dev", "prod"]
    email: Email
    sms: Sms
    voice: Voice
    events: Events = Events()
    prices: Prices = Prices()
    permission: Permission = Permission()
    rules: Rules = Rules()
    retention: Retention
    alarm_address: MailAddress
    cors_origins: tuple[Annotated[str, Field(pattern=r"^https?://[^/\s*]+$")], ...]
    api: Api
    reserve_workers: bool = False
    sns_delivery_logs: Literal["create", "existing"]
    pages_url: HttpsUrl | None = None
    carrier_url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    emulator_url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None

    @property
    def rates(self) -> dict[str, float]:
        """The messages per second of each channel."""
        return {
            "email": self.email.rate_per_second,
            "sms": self.sms.rate_per_second,
            "voice": self.voice.rate_per_second,
        }

    @property
    def is_local(self) -> bool:
        return self.environment == "local"

    @property
    def is_prod(self) -> bool:
        return self.environment == "prod"

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The paths of addresses that are still the ones this project is delivered with."""
        addresses = {"email.from": self.email.sender, "alarm_address": self.alarm_address}
        return tuple(
            f"environments.{self.environment}.{path}"
            for path, value in addresses.items()
            if parseaddr(value)[1].rpartition("@")[2].endswith("example.com")
        )


def load(
    environment: str,
    environments: object,
    *,
    carrier_url: str | None = None,
    emulator_url: str | None = None,
    sms_provider: str | None = None,
    rate_per_second: str | None = None,
) -> Config:
    """Check the settings of an environment; raise a ConfigError that says what to set where."""
    if environment not in ENVIRONMENTS:
        raise ConfigError(
            f'environment "{environment}" is unknown: {choices(ENVIRONMENTS)} '
            "with -c environment=<name>"
        )
    settings = environments.get(environment) if isinstance(environments, Mapping) else None
    path = f"environments.{environment}"
    if not isinstance(settings, Mapping):
        raise ConfigError(f"{path} is missing: set it in cdk.json, as infra/README.md shows")
    local = {"carrier_url": carrier_url, "emulator_url": emulator_url}
    complete = _local_only(path, environment, settings, local)
    config = _checked(path, _chosen(path, complete, sms_provider, rate_per_second))
    check_room(path, config)
    return config


def _local_only(
    path: str,
    environment: str,
    settings: Mapping[str, Any],
    local: Mapping[str, str | None],
) -> dict[str, Any]:
    if "environment" in settings:
        raise ConfigError(f"{path}.environment is not a setting: remove it from cdk.json")
    urls = {name: url for name, url in local.items() if url is not None}
    complete = {**settings, **urls, "environment": environment}
    if environment == "local" and not complete.get("carrier_url"):
        raise ConfigError(f"{path}.carrier_url is missing: set it in cdk.json")
    for name in local:
        if environment != "local" and name in complete:
            raise ConfigError(
                f"{path}.{name} is only for environments.local: remove it, "
                "or no message would reach a carrier"
            )
    return complete


def _chosen(
    path: str, settings: dict[str, Any], sms_provider: str | None, rate_per_second: str | None
) -> dict[str, Any]:
    """The settings, with what whoever starts a local run has chosen instead."""
    complete = dict(settings)
    if sms_provider is not None:
        _refuse_elsewhere(settings, "sms_provider", f"{path}.sms.provider")
        # Texts are from the number that calls are from.
        number = {"origination": settings.get("voice", {}).get("origination")}
        complete["sms"] = {**number, **settings.get("sms", {}), "provider": sms_provider}
    if rate_per_second is not None:
        _refuse_elsewhere(settings, "rate_per_second", f"{path}.<channel>.rate_per_second")
        for channel in CHANNELS:
            own = complete.get(channel, {})
            complete[channel] = {**own, "rate_per_second": rate_per_second}
    return complete


def _refuse_elsewhere(settings: Mapping[str, Any], name: str, instead: str) -> None:
    if settings["environment"] != "local":
        raise ConfigError(f"-c {name} is only for local: set {instead}")


def _checked(path: str, settings: dict[str, Any]) -> Config:
    try:
        return Config.model_validate(settings)
    except ValidationError as error:
        raise ConfigError(explain(path, error, Config)) from None
