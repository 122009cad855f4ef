"""Faults to plant in the account of a local run, and how `outbound doctor` is to name them."""

from dataclasses import dataclass
from typing import Any

from infra.local.carrier.account import TEXTER

DMARC, SPF = "_dmarc.example.com", "bounce.example.com"
TENANT = "clinic.example.org"
POLICIES = {
    **{key: ["v=DMARC1; p=quarantine"] for key in (DMARC, f"_dmarc.{TENANT}")},
    **{key: ["v=spf1 include:amazonses.com ~all"] for key in (SPF, f"bounce.{TENANT}")},
}
SET_UP = "outbound setup --environment local"


@dataclass(frozen=True)
class Fault:
    """`changes` are of the carrier's account."""

    planted: str
    check: str
    state: str
    remedy: str
    changes: dict[str, Any]

    @property
    def channel(self) -> str:
        return self.check.partition(".")[0]


def email(planted: str, check: str, state: str, remedy: str, **changes: Any) -> Fault:
    return Fault(planted, f"email.{check}", state, remedy, {"email": changes})


def phone(planted: str, check: str, state: str, remedy: str, **changes: Any) -> Fault:
    return Fault(planted, check, state, remedy, {"phone": changes})


def texts(planted: str, check: str, state: str, remedy: str, **attributes: str) -> Fault:
    return Fault(planted, f"sms.{check}", state, remedy, {"texts": {"attributes": attributes}})


def names(planted: str, check: str, state: str, remedy: str, **records: list[str]) -> Fault:
    by_kind = {"dmarc": DMARC, "spf": SPF, "tenant": f"_dmarc.{TENANT}"}
    changed = {**POLICIES, **{by_kind[kind]: texts for kind, texts in records.items()}}
    return Fault(planted, f"email.{check}", state, remedy, {"texts_of": changed})


def with_numbers(caller: dict[str, Any] | None = None, texter: dict[str, Any] | None = None) -> Any:
    """Changes of the two numbers there are."""
    return [caller or {}, texter or {}]


SANDBOX = {"production_access": False}
FAULTS = (
    email("SES in its sandbox", "production-access", "problem", "Request production", **SANDBOX),
    email(
        "SES in its sandbox, asked for production",
        "production-access",
        "problem",
        "Wait for AWS's answer",
        **SANDBOX,
        review="PENDING",
    ),
    email("SES has paused the account", "sending", "problem", "ask for it back", sending=False),
    email(
        "configuration set paused", "sending", "problem", "--sending-enabled", set_sending=False
    ),
    email("account under review", "reputation", "warning", "answer it", enforcement="PROBATION"),
    email("account shut down", "reputation", "problem", "answer it", enforcement="SHUTDOWN"),
    email("no identity", "identity", "problem", "create-email-identity", identity="absent"),
    email("identity not verified", "identity", "problem", "DNS records", identity="pending"),
    email("DKIM pending", "dkim", "problem", "token1._domainkey.example.com", dkim="PENDING"),
    email("DKIM off", "dkim", "problem", "--signing-enabled", signing=False),
    email("no MAIL FROM domain", "mail-from", "warning", "bounce.example.com", mail_from=None),
    email("MAIL FROM without MX", "mail-from", "problem", "MX 10", mail_from="FAILED"),
    names("no SPF", "spf", "problem", "include:amazonses.com", spf=["other"]),
    names("SPF without SES", "spf", "problem", "include:amazonses.com", spf=["v=spf1 -all"]),
    names("no DMARC", "dmarc", "problem", "p=quarantine", dmarc=["other"]),
    names(
        "a tenant without DMARC",
        f"dmarc.{TENANT}",
        "problem",
        f"_dmarc.{TENANT}",
        tenant=["other"],
    ),
    names("DMARC none", "dmarc", "warning", "p=quarantine", dmarc=["v=DMARC1; p=none"]),
    names(
        "two DMARC",
        "dmarc",
        "problem",
        "Publish one",
        dmarc=["v=DMARC1; p=none", "v=DMARC1; p=reject"],
    ),
    email("1 mail a second granted", "rate", "problem", "ask for more", sends_per_second=1),
    email("90 % of the day's quota", "quota", "warning", "Ask for more", sent=45_000),
    email("configuration set gone", "events", "problem", "cdk deploy", events=None),
    email("no bounce events", "events", "problem", "cdk deploy", events=["DELIVERY"]),
    email("no suppression", "suppression", "warning", SET_UP, suppressed=[]),
    Fault(
        "SNS in its sandbox",
        "sms.sandbox",
        "problem",
        "create-sms-sandbox-phone-number",
        {"texts": {"sandbox": True}},
    ),
    texts("texts stop at 1 USD", "spend-limit", "problem", SET_UP, MonthlySpendLimit="1"),
    texts("texts stop at 90 USD", "spend-limit", "warning", SET_UP, MonthlySpendLimit="90"),
    texts("no delivery reports", "reports", "problem", SET_UP, DeliveryStatusIAMRole=""),
    texts(
        "reports of 10 %", "reports", "problem", SET_UP, DeliveryStatusSuccessSamplingRate="10"
    ),
    texts(
        "another's delivery reports", "reports", "warning", SET_UP, DeliveryStatusIAMRole="arn:x"
    ),
    phone("no number for texts", "sms.number", "warning", "Request one",
          numbers=with_numbers(texter={"status": "PENDING"})),
    phone("number too slow", "sms.rate", "problem", "sms.rate_per_second",
          numbers=with_numbers(texter={"rates": {"SMS": 1}})),
    phone("number not registered", "sms.registration", "problem", "Register it",
          numbers=with_numbers(texter={"registration": None})),
    phone("registration denied", "sms.registration", "problem", "Correct and submit",
          registrations={TEXTER.registration: "REQUIRES_UPDATES"}),
    phone("registration reviewed", "sms.registration", "problem", "Wait for the reviewers",
          registrations={TEXTER.registration: "REVIEWING"}),
    phone("nobody hears STOP", "sms.opt-out", "problem", "--no-self-managed-opt-outs-enabled",
          numbers=with_numbers(texter={"own_opt_outs": True, "two_way": False})),
    phone("opt-out list gone", "sms.opt-out", "problem", "Default", opt_out_lists=[]),
    phone("nobody hears texts", "sms.two-way", "problem", SET_UP,
          numbers=with_numbers(texter={"two_way": False, "own_opt_outs": False})),
    phone("texts go elsewhere", "sms.two-way", "problem", SET_UP,
          numbers=with_numbers(texter={"two_way_topic": "arn:aws:sns:us-east-1:0:other"})),
    phone("AWS answers STOP too", "sms.two-way", "problem", SET_UP,
          numbers=with_numbers(texter={"own_opt_outs": False})),
    phone("no protect configuration", "sms.protection", "warning", "Allow", protected=False),
    phone("voice in the sandbox", "voice.sandbox", "problem", "production access", tier="SANDBOX"),
    phone("calls stop at 1 USD", "voice.spend-limit", "problem", SET_UP,
          voice_limit={"enforced": 1}),
    phone("AWS allows calls 5 USD", "voice.spend-limit", "problem", "AWS allows 5 USD",
          voice_limit={"enforced": 1, "most": 5}),
    phone("no such number", "voice.number", "problem", "Request one",
          numbers=with_numbers(caller={"number": "+12065550199"})),
    phone("number pending", "voice.number", "problem", "registration",
          numbers=with_numbers(caller={"status": "PENDING"})),
    phone("number without voice", "voice.number", "problem", "with VOICE",
          numbers=with_numbers(caller={"capabilities": ["MMS"]})),
    phone("number calls too slowly", "voice.rate", "problem", "voice.rate_per_second",
          numbers=with_numbers(caller={"rates": {"VOICE": 1}})),
    phone("no events of calls", "voice.events", "problem", "cdk deploy", events=["TEXT_ALL"]),
    phone("configuration set gone", "voice.events", "problem", "cdk deploy", events=None),
    Fault("10 functions at once", "platform.concurrency", "problem", "L-B99A9384",
          {"platform": {"concurrency": 10}}),
    Fault("alarms not confirmed", "platform.alarms", "problem", "Follow the link",
          {"platform": {"alarms": "pending"}}),
    Fault("nobody hears alarms", "platform.alarms", "warning", "aws sns subscribe",
          {"platform": {"alarms": "nobody"}}),
)  # fmt: skip
