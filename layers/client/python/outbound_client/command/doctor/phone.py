"""What checks of texts and calls share: numbers, sandbox, spend limits, events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command.account.phone import is_origin
from outbound_client.command.account.spend import limit_of, whole_dollars
from outbound_client.command.doctor.email import REDEPLOY
from outbound_client.command.doctor.verdict import Verdict, ok, problem, warning

if TYPE_CHECKING:
    from collections.abc import Collection

    from outbound_client.command.account import Facts
    from outbound_client.command.deployed import Sms, Voice

SUPPORT = (
    "https://console.aws.amazon.com/support/home#/case/create?issueType=service-limit-increase"
)
A_DAY = "AWS usually answers within a day"
WORDS = {"sms": "texts", "mms": "media messages", "voice": "calls"}


def tier(facts: Facts, what: str) -> Verdict:
    """In the sandbox only verified numbers are reached, for a dollar a month."""
    tiers = [one["Value"] for one in facts["phone.attributes"] if one["Name"] == "ACCOUNT_TIER"]
    if tiers != ["SANDBOX"]:
        return ok(f"The account may send {what} to anybody.")
    return problem(
        f"End User Messaging is in its sandbox: {what} reach up to 10 verified numbers alone.",
        f"Ask for production access: {SUPPORT}; until then verify the numbers you test with: "
        "aws pinpoint-sms-voice-v2 create-verified-destination-number",
        A_DAY,
    )


def spend_limit(facts: Facts, kind: str) -> Verdict:
    """AWS's limit stops a channel; it should do so where the settings say, not before or after."""
    settings = facts.deployed.settings
    channel: Sms | Voice = settings.voice if kind == "voice" else settings.sms
    wanted = whole_dollars(channel.monthly_limit_usd)
    limit = limit_of(facts, kind)
    if limit is None:
        return ok(f"AWS names no spend limit of {WORDS[kind]}.")
    return compared(facts, WORDS[kind], wanted, enforced=limit.enforced, most=limit.most)


def compared(facts: Facts, what: str, wanted: int, *, enforced: int, most: int | None) -> Verdict:
    """An enforced limit against the wanted one; `most` is what AWS allows, if it says."""
    setup = f"outbound setup --environment {facts.about.environment}"
    if enforced == wanted:
        return ok(f"AWS stops {what} at {wanted} USD a month, as configured.")
    if enforced > wanted:
        return warning(
            f"AWS stops {what} only at {enforced} USD a month, and {wanted} are configured.", setup
        )
    told = f"AWS stops {what} at {enforced} USD a month, before the {wanted} that are configured."
    if most is not None and most < wanted:
        return problem(
            told,
            f"AWS allows {most} USD: lower monthly_limit_usd in cdk.json, or ask for more: "
            f"{SUPPORT}; then {setup}",
            A_DAY,
        )
    return problem(told, setup)


def usable(facts: Facts, number: dict[str, Any], capability: str) -> Verdict:
    """A number must be active and able."""
    name, page = number["PhoneNumber"], facts.about.console("sms-voice", "#/phone-numbers")
    if number["Status"] != "ACTIVE":
        return problem(
            f"{name} is {number['Status']}, not ACTIVE.",
            f"Finish its registration: {page}",
            "up to 15 working days for a toll-free number, weeks for 10DLC",
        )
    if capability not in number["NumberCapabilities"]:
        return problem(
            f"{name} can't be used for {WORDS[capability.lower()]}"
            f" (only {', '.join(number['NumberCapabilities'])}).",
            f"Request a number with {capability}: {page}, and set it in cdk.json",
        )
    return ok(f"{name} is active, for {', '.join(number['NumberCapabilities'])}.")


def number_named(facts: Facts, origination: str) -> dict[str, Any] | None:
    """The number that a setting means, if the account has it."""
    return next((one for one in facts["phone.numbers"] if is_origin(one, origination)), None)


def missing(facts: Facts, origination: str, channel: str) -> Verdict:
    """What the settings name isn't there."""
    return problem(
        f"{channel}.origination is {origination}, and this account has no such number here.",
        f"Request one ({facts.about.console('sms-voice', '#/phone-numbers')}) or correct it in"
        " cdk.json, and deploy",
        "minutes; registration in the US takes days to weeks",
    )


def fast_enough(
    facts: Facts, numbers: list[dict[str, Any]], capability: str, wanted: float, channel: str
) -> Verdict:
    """Numbers have a rate of their own; what is beyond it is throttled and tried again, late."""
    rates = [
        ((number.get("MessagingLimits") or {}).get("RateLimits") or {}).get(capability)
        for number in numbers
    ]
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(rates) or not known:
        return ok("AWS doesn't say how many a second the number takes.")
    if sum(known) >= wanted:
        return ok(f"{sum(known):g} a second are possible, {wanted:g} are configured.")
    return problem(
        f"{wanted:g} {WORDS[capability.lower()]} a second are configured, and the number takes"
        f" {sum(known):g}.",
        f"Set {channel}.rate_per_second to {sum(known):g} in cdk.json and deploy, or ask for"
        f" more: {SUPPORT}",
        A_DAY,
    )


def events(facts: Facts, prefix: str, needed: Collection[str], what: str) -> Verdict:
    """The configuration set brings receipts back."""
    redeploy = REDEPLOY.format(facts.about.environment)
    found = facts["phone.set"]
    if found is None:
        return problem(f"The configuration set of {what} is gone: AWS refuses them.", redeploy)
    topic = facts.deployed.phone_receipts_topic
    published = {
        event
        for destination in found["EventDestinations"]
        if destination["Enabled"]
        and (destination.get("SnsDestination") or {}).get("TopicArn") == topic
        for event in destination["MatchingEventTypes"]
    }
    lacking = sorted({f"{prefix}_{event}" for event in needed} - published)
    if not lacking or published & {"ALL", f"{prefix}_ALL"}:
        return ok(f"AWS reports what became of {what}.")
    return problem(
        f"AWS doesn't report what became of {what} (missing: {', '.join(lacking)}).", redeploy
    )
