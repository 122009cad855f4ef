"""Faults of texts."""

from __future__ import annotations

from tests.unit.client.command.account import (
    ARN,
    ROLE,
    caller,
    destination,
    keywords,
    limits,
    settings,
    within,
)
from tests.unit.client.command.doctor.faults.fault import EUM, POOL, problem, texter, warning

SMS = [
    problem(
        "sms.sandbox", "SNS is in its SMS sandbox", "create-sms-sandbox", {"sns.sandbox": True}
    ),
    problem(
        "sms.spend-limit",
        "stops texts at 1 USD a month, before the 100",
        "outbound setup --environment dev",
        within("sns.attributes", MonthlySpendLimit="1"),
    ),
    problem(
        "sms.spend-limit",
        "stops texts at 1 USD",
        "AWS allows 10 USD",
        {
            **within("sns.attributes", MonthlySpendLimit="1"),
            "phone.limits": [*limits()[1:], limits(most=10)[0]],
        },
    ),
    warning(
        "sms.spend-limit",
        "only at 900 USD a month, and 100",
        "outbound setup",
        within("sns.attributes", MonthlySpendLimit="900"),
    ),
    warning(
        "sms.spend-limit",
        "has no spend limit",
        "outbound setup",
        {
            "sns.attributes": {
                "DeliveryStatusIAMRole": ROLE,
                "DeliveryStatusSuccessSamplingRate": "100",
            },
            "phone.limits": limits()[1:],
        },
    ),
    problem(
        "sms.reports",
        "has no role",
        "outbound setup",
        within("sns.attributes", DeliveryStatusIAMRole=""),
    ),
    warning(
        "sms.reports",
        "isn't this deployment's",
        "outbound setup",
        within("sns.attributes", DeliveryStatusIAMRole="arn:other"),
    ),
    problem(
        "sms.reports",
        "reports 10 % of the texts",
        "outbound setup",
        within("sns.attributes", DeliveryStatusSuccessSamplingRate="10"),
    ),
    warning(
        "sms.number",
        "no number for texts",
        "Request one",
        {"phone.numbers": [caller()], "phone.keywords": {}},
    ),
    problem("sms.number", "PENDING, not ACTIVE", "registration", texter(Status="PENDING"), EUM),
    problem(
        "sms.number",
        "+12065550143 can't be used for texts (only MMS)",
        "cdk.json",
        texter(NumberCapabilities=["MMS"]),
        EUM,
    ),
    problem(
        "sms.number",
        "sms.origination is phone-9",
        "Request one",
        {},
        settings(sms={"provider": "end_user_messaging", "origination": "phone-9"}),
    ),
    problem("sms.number", "sms.origination is pool-1", "Request one", {}, POOL),
    problem(
        "sms.number",
        "pool-1 is CREATING",
        "See why",
        {"phone.pools": [{"PoolId": "pool-1", "PoolArn": "arn:pool-1", "Status": "CREATING"}]},
        POOL,
    ),
    problem(
        "sms.rate",
        "10 texts a second are configured, and the number takes 3",
        "sms.rate_per_second to 3",
        texter(MessagingLimits={"RateLimits": {"SMS": 3}}),
    ),
    problem(
        "sms.registration",
        "isn't registered (10DLC brand and campaign)",
        "Register it",
        texter(RegistrationId=None),
    ),
    problem(
        "sms.registration",
        "(toll-free) is REQUIRES_UPDATES",
        "Correct and submit it",
        {
            **texter(NumberType="TOLL_FREE"),
            "phone.registrations": [
                {"RegistrationId": "registration-2", "RegistrationStatus": "REQUIRES_UPDATES"}
            ],
        },
    ),
    problem(
        "sms.registration",
        "is REVIEWING",
        "Wait for the reviewers",
        {
            "phone.registrations": [
                {"RegistrationId": "registration-2", "RegistrationStatus": "REVIEWING"}
            ]
        },
    ),
    problem(
        "sms.opt-out",
        "Nobody hears a STOP",
        "--no-self-managed-opt-outs-enabled --phone-number-id phone-2",
        texter(SelfManagedOptOutsEnabled=True),
    ),
    problem(
        "sms.opt-out", "list of +12065550143 is gone", "Default", texter(OptOutListName="Gone")
    ),
    warning(
        "sms.keywords", "REVOKE and OPT OUT", "outbound setup", {"phone.keywords": keywords("STOP")}
    ),
    warning("sms.protection", "any country", "protect-configurations", {"phone.protection": []}),
    problem(
        "sms.events",
        "missing: TEXT_BLOCKED",
        "cdk deploy",
        {
            "phone.set": {
                "EventDestinations": [
                    destination(f"{ARN}:phone", "VOICE_ALL"),
                    destination(
                        f"{ARN}:phone",
                        *(f"TEXT_{event}" for event in ("DELIVERED", "SUCCESSFUL", "INVALID")),
                        *(f"TEXT_{event}" for event in ("UNREACHABLE", "CARRIER_BLOCKED")),
                    ),
                ]
            }
        },
        EUM,
    ),
    problem(
        "sms.spend-limit",
        "stops texts at 1 USD",
        "outbound setup",
        {"phone.limits": limits(text=1)},
        EUM,
    ),
]
