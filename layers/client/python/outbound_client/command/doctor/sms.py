"""Checks of texts, by SNS or by End User Messaging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.account.spend import known_limit, limit_of, whole_dollars
from outbound_client.command.doctor import phone, text_numbers, two_way
from outbound_client.command.doctor.verdict import Check, Verdict, ok, problem, warning

if TYPE_CHECKING:
    from outbound_client.command.account import Facts

EVENTS = ("DELIVERED", "SUCCESSFUL", "INVALID", "UNREACHABLE", "BLOCKED", "CARRIER_BLOCKED")


def by_sns(facts: Facts) -> bool:
    """Whether texts leave by SNS."""
    return facts.deployed.settings.sms.provider == "sns"


def sandbox(facts: Facts) -> Verdict:
    """In the sandbox only verified numbers get texts."""
    if not by_sns(facts):
        return phone.tier(facts, "texts")
    if not facts["sns.sandbox"]:
        return ok("SNS may send texts to anybody.")
    return problem(
        "SNS is in its SMS sandbox: texts reach up to 10 verified numbers alone.",
        f"Ask to leave it: {facts.about.console('sns/v3', '#/mobile/text-messaging')}; until"
        " then verify the numbers you test with: aws sns create-sms-sandbox-phone-number",
        phone.A_DAY,
    )


def spend_limit(facts: Facts) -> Verdict:
    """The limit at which AWS stops texts."""
    if not by_sns(facts):
        return phone.spend_limit(facts, "sms")
    wanted = whole_dollars(facts.deployed.settings.sms.monthly_limit_usd)
    enforced = facts["sns.attributes"].get("MonthlySpendLimit")
    if enforced is None:
        return _aws_limit(facts, wanted)
    limit = known_limit(facts, "sms")
    most = limit.most if limit else None
    return phone.compared(facts, "texts", wanted, enforced=int(float(enforced)), most=most)


def reports(facts: Facts) -> Verdict:
    """SNS writes what became of a text into logs, with a role, for as many texts as it is told."""
    setup = f"outbound setup --environment {facts.about.environment}"
    ours, told = facts.deployed.text_status_role, facts["sns.attributes"]
    role, rate = told.get("DeliveryStatusIAMRole"), told.get("DeliveryStatusSuccessSamplingRate")
    if not role:
        return problem("SNS doesn't report what became of texts: it has no role for it.", setup)
    if role != ours:
        return warning(
            "SNS reports texts with a role that isn't this deployment's: is it another"
            " environment's, that stays?",
            f"If not: {setup}",
        )
    if rate is None or int(rate) < 100:
        return problem(f"SNS reports {rate or 0} % of the texts that arrive.", setup)
    return ok("SNS reports what became of each text.")


def events(facts: Facts) -> Verdict:
    """End User Messaging publishes what became of a text."""
    return phone.events(facts, "TEXT", EVENTS, "texts")


def protection(facts: Facts) -> Verdict:
    """A protect configuration decides which countries texts may go to."""
    own = (facts["phone.set"] or {}).get("ProtectConfigurationId") and not by_sns(facts)
    if own or any(one["AccountDefault"] for one in facts["phone.protection"]):
        return ok("A protect configuration decides which countries are texted.")
    return warning(
        "Texts may go to any country, also to those of a fraud with expensive numbers.",
        "Allow the countries you serve alone: "
        f"{facts.about.console('sms-voice', '#/protect-configurations')}",
    )


def _aws_limit(facts: Facts, wanted: int) -> Verdict:
    """Where SNS is told no limit, the most that AWS allows is in force."""
    limit = limit_of(facts, "sms")
    if limit is not None:
        return phone.compared(facts, "texts", wanted, enforced=limit.most, most=limit.most)
    return warning(
        "SNS has no spend limit of its own: AWS's is in force, whatever it is.",
        f"outbound setup --environment {facts.about.environment}",
    )


SHARED = (
    Check("sms.sandbox", sandbox),
    Check("sms.spend-limit", spend_limit),
    *text_numbers.CHECKS,
    two_way.CHECK,
    Check("sms.protection", protection),
)
BY_SNS = (*SHARED, Check("sms.reports", reports))
BY_END_USER_MESSAGING = (*SHARED, Check("sms.events", events))
