"""Checks of the numbers that texts leave from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command.account.phone import ids_of, is_origin
from outbound_client.command.doctor import phone
from outbound_client.command.doctor.verdict import Check, Verdict, ok, problem, warning

if TYPE_CHECKING:
    from outbound_client.command.account import Facts

OPT_OUT_WORDS = {"REVOKE", "OPT OUT"}
REGISTERED = {
    # https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-tfn.html
    "TOLL_FREE": ("toll-free", "up to 15 working days after it is submitted"),
    "TEN_DLC": ("10DLC brand and campaign", "weeks after it is submitted"),
    "SHORT_CODE": ("short code", "weeks after it is submitted"),
}
UNSUBMITTED = ("CREATED", "REQUIRES_UPDATES", "REQUIRES_AUTHENTICATION", "CLOSED")


def number(facts: Facts) -> Verdict:
    """What texts leave from."""
    origination = facts.deployed.settings.sms.origination
    if origination is None:
        return _any_number(facts)
    if "pool-" in origination:
        return _pool(facts, origination)
    found = phone.number_named(facts, origination)
    if found is not None:
        return phone.usable(facts, found, "SMS")
    if origination.startswith(("+", "phone-", "arn:")):
        return phone.missing(facts, origination, "sms")
    return ok(f"Texts leave from the sender id {origination}; the US and Canada know none.")


def rate(facts: Facts) -> Verdict:
    """How many texts a second the numbers take."""
    settings = facts.deployed.settings.sms
    return phone.fast_enough(facts, _numbers(facts), "SMS", settings.rate_per_second, "sms")


def registration(facts: Facts) -> Verdict:
    """In the US a number must be registered before carriers take its texts."""
    found = {one["RegistrationId"]: one for one in facts["phone.registrations"]}
    page = facts.about.console("sms-voice", "#/registrations")
    bound = [
        one
        for one in _numbers(facts)
        if one["IsoCountryCode"] == "US" and one["NumberType"] in REGISTERED
    ]
    for one in bound:
        kind, wait = REGISTERED[one["NumberType"]]
        status = found.get(one.get("RegistrationId", ""), {}).get("RegistrationStatus")
        if status is None:
            return problem(
                f"{one['PhoneNumber']} isn't registered ({kind}): carriers refuse its texts.",
                f"Register it: {page}",
                wait,
            )
        if status != "COMPLETE":
            todo = "Correct and submit it" if status in UNSUBMITTED else "Wait for the reviewers"
            return problem(
                f"The registration of {one['PhoneNumber']} ({kind}) is {status}.",
                f"{todo}: {page}",
                wait,
            )
    return ok("Every number in use that must be registered is.")


def opt_out(facts: Facts) -> Verdict:
    """Somebody must hear a STOP."""
    lists = {one["OptOutListName"] for one in facts["phone.opt-out-lists"]}
    for one in _numbers(facts):
        if one["SelfManagedOptOutsEnabled"] and not one["TwoWayEnabled"]:
            return problem(
                f"Nobody hears a STOP to {one['PhoneNumber']}: AWS is told that you answer it, and"
                " answers aren't passed on.",
                "aws pinpoint-sms-voice-v2 update-phone-number --no-self-managed-opt-outs-enabled"
                f" --phone-number-id {one.get('PhoneNumberId', one['PhoneNumberArn'])}",
            )
        if one["OptOutListName"] not in lists:
            return problem(
                f"The opt-out list of {one['PhoneNumber']} is gone.",
                "aws pinpoint-sms-voice-v2 update-phone-number --opt-out-list-name Default"
                f" --phone-number-id {one.get('PhoneNumberId', one['PhoneNumberArn'])}",
            )
    return ok("A STOP is heard, and remembered by AWS.")


def keywords(facts: Facts) -> Verdict:
    """The words of 47 CFR 64.1200(a)(10) that AWS's own list lacks."""
    answered_by_us = ids_of(facts["phone.numbers"], facts.deployed.answered_by_us)
    silent = [
        origin
        for origin, known in facts["phone.keywords"].items()
        if origin not in answered_by_us
        and not {one["Keyword"].upper() for one in known if one["KeywordAction"] == "OPT_OUT"}
        >= OPT_OUT_WORDS
    ]
    if not silent:
        return ok("REVOKE and OPT OUT are understood as STOP.")
    return warning(
        f"{', '.join(silent)} doesn't understand REVOKE and OPT OUT, which the FCC names beside"
        " STOP.",
        f"outbound setup --environment {facts.about.environment}",
    )


def _numbers(facts: Facts) -> list[dict[str, Any]]:
    """The numbers that texts may leave from."""
    origination = facts.deployed.settings.sms.origination
    able = [
        one
        for one in facts["phone.numbers"]
        if "SMS" in one["NumberCapabilities"] and one["NumberType"] != "SIMULATOR"
    ]
    if origination is None:
        return [one for one in able if one["Status"] == "ACTIVE"]
    return [one for one in able if is_origin(one, origination) or one.get("PoolId") == origination]


def _any_number(facts: Facts) -> Verdict:
    if _numbers(facts):
        return ok(f"AWS chooses among {len(_numbers(facts))} active number(s) of this account.")
    return warning(
        "This account has no number for texts: none reach the US, Canada and others that need one.",
        f"Request one: {facts.about.console('sms-voice', '#/phone-numbers')}",
        "minutes; registration in the US takes days to weeks",
    )


def _pool(facts: Facts, origination: str) -> Verdict:
    found = [one for one in facts["phone.pools"] if origination in (one["PoolId"], one["PoolArn"])]
    if not found:
        return phone.missing(facts, origination, "sms")
    if found[0]["Status"] != "ACTIVE":
        return problem(
            f"The pool {origination} is {found[0]['Status']}, not ACTIVE.",
            f"See why: {facts.about.console('sms-voice', '#/pools')}",
        )
    return ok(f"Texts leave from the pool {origination}.")


CHECKS = (
    Check("sms.number", number),
    Check("sms.rate", rate),
    Check("sms.registration", registration),
    Check("sms.opt-out", opt_out),
    Check("sms.keywords", keywords),
)
