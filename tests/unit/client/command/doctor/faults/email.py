"""Faults of email."""

from __future__ import annotations

from tests.unit.client.command.account import ARN, MAIL_EVENTS, destination, within
from tests.unit.client.command.doctor.faults.fault import problem, warning

EMAIL = [
    problem(
        "email.production-access",
        "sandbox",
        "Request production access",
        within("ses.account", ProductionAccessEnabled=False),
    ),
    problem(
        "email.production-access",
        "AWS is looking",
        "Wait",
        within(
            "ses.account",
            ProductionAccessEnabled=False,
            Details={"ReviewDetails": {"Status": "PENDING"}},
        ),
    ),
    problem(
        "email.sending", "paused all", "reputation", within("ses.account", SendingEnabled=False)
    ),
    problem(
        "email.sending",
        "configuration set",
        "put-configuration-set-sending-options --sending-enabled --configuration-set-name mails",
        within("ses.set", "SendingOptions", SendingEnabled=False),
    ),
    problem(
        "email.reputation",
        "shut down",
        "answer",
        within("ses.account", EnforcementStatus="SHUTDOWN"),
    ),
    warning(
        "email.reputation",
        "PROBATION",
        "answer",
        within("ses.account", EnforcementStatus="PROBATION"),
    ),
    problem(
        "email.identity",
        "isn't verified (FAILED, HOST_NOT_FOUND)",
        "DNS records",
        within(
            "ses.identity",
            VerifiedForSendingStatus=False,
            VerificationStatus="FAILED",
            VerificationInfo={"ErrorType": "HOST_NOT_FOUND"},
        ),
    ),
    problem(
        "email.dkim",
        "PENDING",
        "Publish a._domainkey.mail.example.com CNAME a.dkim.amazonses.com, b._domainkey",
        within("ses.identity", "DkimAttributes", Status="PENDING"),
    ),
    problem(
        "email.dkim",
        "NOT_STARTED",
        "Easy DKIM",
        within("ses.identity", "DkimAttributes", Status="NOT_STARTED", Tokens=[]),
    ),
    problem(
        "email.dkim",
        "switched off",
        "put-email-identity-dkim-attributes --signing-enabled",
        within("ses.identity", "DkimAttributes", SigningEnabled=False),
    ),
    problem(
        "email.rate",
        "14 emails a second are configured and SES accepts 1",
        "email.rate_per_second to 1",
        within("ses.account", "SendQuota", MaxSendRate=1.0),
    ),
    warning(
        "email.quota",
        "45000 of 50000",
        "servicequotas",
        within("ses.account", "SendQuota", SentLast24Hours=45000.0),
    ),
    problem(
        "email.quota",
        "200 of 200",
        "servicequotas",
        within("ses.account", "SendQuota", SentLast24Hours=200.0, Max24HourSend=200.0),
    ),
    problem("email.events", "is gone", "cdk deploy", {"ses.set": None}),
    problem(
        "email.events",
        "missing: BOUNCE",
        "cdk deploy",
        {
            "ses.destinations": {
                "EventDestinations": [destination(f"{ARN}:email", *(set(MAIL_EVENTS) - {"BOUNCE"}))]
            }
        },
    ),
    problem(
        "email.events",
        "doesn't report",
        "cdk deploy",
        {"ses.destinations": {"EventDestinations": [destination(f"{ARN}:other", *MAIL_EVENTS)]}},
    ),
    problem(
        "email.events",
        "doesn't report",
        "cdk deploy",
        {
            "ses.destinations": {
                "EventDestinations": [
                    destination(f"{ARN}:email", *MAIL_EVENTS) | {"Enabled": False}
                ]
            }
        },
    ),
    warning(
        "email.suppression",
        "after a complaint",
        "outbound setup --environment dev",
        within("ses.account", "SuppressionAttributes", SuppressedReasons=["BOUNCE"]),
    ),
    warning(
        "email.suppression",
        "after a bounce and complaint",
        "outbound setup",
        within("ses.set", SuppressionOptions={"SuppressedReasons": []}),
    ),
]
