"""What the carrier's account is like: granted, with numbers, and not yet set up.

Another one can be put in its place (`PUT /_carrier/account`), whole or in part, to see what becomes
of an account that isn't as it should be.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from infra.local.carrier.settings import Settings

TEXT_WORDS = (
    "ARRET", "CANCEL", "END", "OPT-OUT", "OPTOUT", "QUIT", "REMOVE", "STOP", "TD", "UNSUBSCRIBE",
)  # fmt: skip
KEYWORDS = dict.fromkeys(TEXT_WORDS, "OPT_OUT") | {"HELP": "AUTOMATIC_RESPONSE"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Suppressed(_Part):
    """An address on SES's suppression list."""

    reason: Literal["BOUNCE", "COMPLAINT"]
    at: datetime


class OptedOut(_Part):
    """A number on an opt-out list."""

    at: datetime
    by_its_owner: bool = False


class Email(_Part):
    """SES: the account, the sender's identity and the configuration set."""

    production_access: bool = True
    sending: bool = True
    enforcement: str = "HEALTHY"
    review: Literal["PENDING", "DENIED"] | None = None
    sends_per_second: float = 100
    sends_per_day: float = 50_000
    sent: float = 0
    suppressed: tuple[str, ...] = ("BOUNCE", "COMPLAINT")
    addresses: dict[str, Suppressed] = {}
    identity: Literal["verified", "pending", "absent"] = "verified"
    dkim: str = "SUCCESS"
    signing: bool = True
    mail_from: str | None = "SUCCESS"
    set_sending: bool = True
    events: tuple[str, ...] | None = (
        "BOUNCE", "COMPLAINT", "DELIVERY", "REJECT", "RENDERING_FAILURE",
    )  # fmt: skip


class Texts(_Part):
    """SNS: its text messages."""

    sandbox: bool = False
    attributes: dict[str, str] = {}


class Limit(_Part):
    """A monthly spend limit, in US dollars: enforced, and the most it can be set to."""

    enforced: int = 100
    most: int = 100
    overridden: bool = False


class Number(_Part):
    """A phone number of the account; `rates` are by capability, a second.

    AWS's documentation says that it keeps the words it answers itself to itself; where it doesn't,
    they are `passed_on`. `answers` are those that differ from the usual, by keyword.
    """

    id: str
    number: str
    kind: str
    capabilities: tuple[str, ...]
    country: str = "US"
    status: str = "ACTIVE"
    two_way: bool = False
    two_way_topic: str | None = None
    passed_on: bool = False
    own_opt_outs: bool = False
    opt_out_list: str = "Default"
    pool: str | None = None
    registration: str | None = None
    rates: dict[str, int] = {}
    keywords: dict[str, str] = KEYWORDS
    answers: dict[str, str] = {}


CALLER = Number(
    id="phone-00000000000000000000000000000142",
    number="+12065550142",
    kind="LONG_CODE",
    capabilities=("VOICE",),
    rates={"VOICE": 5},
)
TEXTER = Number(
    id="phone-00000000000000000000000000000143",
    number="+12065550143",
    kind="TEN_DLC",
    capabilities=("SMS", "MMS"),
    registration="registration-00000000000000000000000000000143",
    rates={"SMS": 25, "MMS": 25},
)


class Phone(_Part):
    """End User Messaging; `events` are what the configuration set publishes, None if it is gone.

    `opted_out` are the numbers of each list, `opted_in` when one was last taken off, by
    list and number.
    """

    tier: Literal["PRODUCTION", "SANDBOX"] = "PRODUCTION"
    text_limit: Limit = Limit()
    media_limit: Limit = Limit()
    voice_limit: Limit = Limit()
    numbers: tuple[Number, ...] = (CALLER, TEXTER)
    pools: dict[str, str] = {}
    registrations: dict[str, str] = {TEXTER.registration or "": "COMPLETE"}
    opt_out_lists: tuple[str, ...] = ("Default",)
    opted_out: dict[str, dict[str, OptedOut]] = {}
    opted_in: dict[str, datetime] = {}
    protected: bool = True
    events: tuple[str, ...] | None = ("ALL",)

    @property
    def unwanted(self) -> frozenset[str]:
        """The numbers on any opt-out list."""
        return frozenset(number for numbers in self.opted_out.values() for number in numbers)


class Platform(_Part):
    """What isn't a carrier's: how many functions run at once, who hears of alarms."""

    concurrency: int = 1000
    alarms: Literal["confirmed", "pending", "nobody"] = "confirmed"


class Account(_Part):
    """The account; `texts_of` are the TXT records of the DNS by name, or those that are right."""

    email: Email = Email()
    texts: Texts = Texts()
    phone: Phone = Phone()
    platform: Platform = Platform()
    texts_of: dict[str, tuple[str, ...]] | None = None


def mail_from_of(domain: str) -> str:
    """The domain that bounces of a domain's mail return to."""
    return f"bounce.{domain}"


def txt_records(account: Account, settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """The TXT records of the DNS by name."""
    if account.texts_of is not None:
        return account.texts_of
    domains = [identity.lower() for identity in settings.identities if "@" not in identity]
    policies = {f"_dmarc.{domain}": ("v=DMARC1; p=quarantine",) for domain in domains}
    senders = {mail_from_of(domain): ("v=spf1 include:amazonses.com ~all",) for domain in domains}
    return policies | senders


class Ledger:
    """The account as it is now; calls read and change it from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._account = Account()

    @property
    def account(self) -> Account:
        """As it is now."""
        return self._account

    def change(self, changed: Callable[[Account], Account]) -> None:
        """Make it another."""
        with self._lock:
            self._account = changed(self._account)
