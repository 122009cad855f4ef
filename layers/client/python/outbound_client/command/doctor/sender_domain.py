"""Checks of the sender's domain: what its DNS lets receivers believe of its mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.doctor.verdict import Check, Verdict, ok, problem, warning

if TYPE_CHECKING:
    from outbound_client.command.account import Facts

SES_SPF = "include:amazonses.com"
POLICIES = ("none", "quarantine", "reject")


def mail_from(facts: Facts) -> Verdict:
    """A MAIL FROM domain of one's own lets SPF count for one's own domain."""
    found = (facts["ses.identity"] or {}).get("MailFromAttributes") or {}
    domain = facts.deployed.settings.email.domain
    if not found.get("MailFromDomain"):
        return warning(
            f"Bounces return to amazonses.com, so SPF says nothing of {domain} and DMARC rests on"
            " DKIM alone.",
            "aws sesv2 put-email-identity-mail-from-attributes"
            f" --email-identity {domain} --mail-from-domain bounce.{domain},"
            " then publish the MX and TXT records",
            "up to 72 hours after they are published",
        )
    if found.get("MailFromDomainStatus") == "SUCCESS":
        return ok(f"Bounces return to {found['MailFromDomain']}.")
    region = facts.about.region
    return problem(
        f"The MX record of {found['MailFromDomain']} is"
        f" {found.get('MailFromDomainStatus', 'PENDING')}.",
        f"Publish: {found['MailFromDomain']} MX 10 feedback-smtp.{region}.amazonses.com",
        "up to 72 hours after it is published",
    )


def spf(facts: Facts) -> Verdict:
    """The SPF policy of the domain bounces return to (RFC 7208)."""
    found = (facts["ses.identity"] or {}).get("MailFromAttributes") or {}
    domain = found.get("MailFromDomain")
    if not domain:
        return ok("amazonses.com, where bounces return to, has its own SPF policy.")
    records = [text for text in facts["dns.spf"] if text.lower().split(" ")[0] == "v=spf1"]
    publish = f'Publish one: {domain} TXT "v=spf1 {SES_SPF} ~all"'
    if not records:
        return problem(f"{domain} has no SPF policy.", publish, "minutes to hours, by its TTL")
    if len(records) > 1:
        return problem(f"{domain} has {len(records)} SPF policies; then none counts.", publish)
    terms = records[0].lower().split()
    if SES_SPF not in terms:
        return problem(f"The SPF policy of {domain} doesn't include SES.", publish)
    if "+all" in terms or "all" in terms:
        return problem(f"The SPF policy of {domain} lets anybody send.", publish)
    return ok(f"The SPF policy of {domain} includes SES.")


def dmarc(facts: Facts) -> Verdict:
    """What receivers shall do with mail that only claims to be the domain's (RFC 9989)."""
    domain = facts.deployed.settings.email.domain
    publish = (
        f'Publish one: _dmarc.{domain} TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@{domain}"'
    )
    if not facts["dns.dmarc"]:
        return problem(
            f"{domain} has no DMARC policy; Gmail, Yahoo and Outlook refuse bulk mail then.",
            publish,
            "minutes to hours, by its TTL",
        )
    ((where, records),) = facts["dns.dmarc"].items()
    if len(records) > 1:
        return problem(f"{where} has {len(records)} DMARC policies; then none counts.", publish)
    tags = _tags(records[0])
    policy = tags.get("p", "none") if where == domain else tags.get("sp", tags.get("p", "none"))
    if policy not in POLICIES:
        return problem(f"The DMARC policy of {where} is none that receivers know.", publish)
    inherited = "" if where == domain else f", inherited from {where}"
    if policy == "none":
        return warning(
            f"The DMARC policy of {domain} is none{inherited}: others may send in its name.",
            "Read the reports a few weeks; when all of your mail passes, make it p=quarantine.",
        )
    if tags.get("t") == "y":
        return warning(
            f"The DMARC policy of {domain} is only tested (t=y){inherited}.",
            "Take t=y out when all of your mail passes.",
        )
    return ok(f"The DMARC policy of {domain} is {policy}{inherited}.")


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}


CHECKS = (
    Check("email.mail-from", mail_from),
    Check("email.spf", spf),
    Check("email.dmarc", dmarc),
)
