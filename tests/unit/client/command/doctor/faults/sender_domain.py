"""Faults of the sender's domain, and of what came of a test email."""

from __future__ import annotations

from typing import Any

from tests.unit.client.command.account import within
from tests.unit.client.command.doctor.faults.fault import problem, warning


def seen(**changes: Any) -> dict[str, Any]:
    return within("probe.seen", **changes)


DOMAIN = [
    warning(
        "email.mail-from",
        "DMARC rests on DKIM alone",
        "--mail-from-domain bounce.mail.example.com",
        within("ses.identity", MailFromAttributes=None),
    ),
    problem(
        "email.mail-from",
        "FAILED",
        "MX 10 feedback-smtp.us-east-1.amazonses.com",
        within("ses.identity", "MailFromAttributes", MailFromDomainStatus="FAILED"),
    ),
    problem("email.spf", "has no SPF policy", "include:amazonses.com", {"dns.spf": ["other"]}),
    problem(
        "email.spf", "doesn't include SES", "include:amazonses.com", {"dns.spf": ["v=spf1 mx -all"]}
    ),
    problem(
        "email.spf",
        "2 SPF policies; then none counts",
        "Publish one",
        {"dns.spf": ["v=spf1 include:amazonses.com -all", "v=spf1 -all"]},
    ),
    problem(
        "email.spf",
        "lets anybody send",
        "~all",
        {"dns.spf": ["v=spf1 include:amazonses.com +all"]},
    ),
    problem("email.dmarc", "has no DMARC policy", "p=quarantine", {"dns.dmarc": {}}),
    warning(
        "email.dmarc",
        "is none: others may",
        "p=quarantine",
        {"dns.dmarc": {"mail.example.com": ["v=DMARC1; p=none"]}},
    ),
    warning(
        "email.dmarc",
        "is none, inherited from example.com",
        "p=quarantine",
        {"dns.dmarc": {"example.com": ["v=DMARC1; p=reject; sp=none"]}},
    ),
    warning(
        "email.dmarc",
        "only tested",
        "t=y",
        {"dns.dmarc": {"mail.example.com": ["v=DMARC1; p=reject; t=y"]}},
    ),
    problem(
        "email.dmarc",
        "2 DMARC policies",
        "Publish one",
        {"dns.dmarc": {"mail.example.com": ["v=DMARC1; p=reject", "v=DMARC1; p=none"]}},
    ),
    problem(
        "email.dmarc",
        "none that receivers know",
        "Publish one",
        {"dns.dmarc": {"mail.example.com": ["v=DMARC1; p=block"]}},
    ),
]

BULK = [
    problem(
        "email.bulk",
        "SES refused a bulk email to its own simulator: MAIL_FROM_DOMAIN_NOT_VERIFIED",
        "Mend",
        {"probe.answer": {"Status": "MAIL_FROM_DOMAIN_NOT_VERIFIED"}},
    ),
    problem("email.bulk", "within 60 seconds", "/feedback", {"probe.seen": None}),
    problem("email.bulk", "its event is Bounce", "bulk email off", seen(event="Bounce")),
    problem(
        "email.bulk", "its subject isn't", "bulk email off", seen(subject="Test &amp; trial prb-1")
    ),
    problem("email.bulk", "lacks the header List-Unsubscribe", "bulk email off", seen(headers={})),
    problem(
        "email.bulk",
        "lacks the header List-Unsubscribe-Post",
        "bulk email off",
        seen(headers={"list-unsubscribe": "<https://example.com/unsubscribe>"}),
    ),
]
