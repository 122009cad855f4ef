"""Checks of email: is SES ready to send, from whom, how fast, and does it report back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.doctor.verdict import Check, Verdict, ok, problem, warning

if TYPE_CHECKING:
    from outbound_client.command.account import Facts

EVENTS = {"DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE"}
REASONS = {"BOUNCE", "COMPLAINT"}
UNLIMITED = -1
MUCH = 0.8
REDEPLOY = "Deploy again: cdk deploy --all -c environment={}"


def production_access(facts: Facts) -> Verdict:
    """In the sandbox SES sends to verified addresses only, 200 a day."""
    if facts["ses.account"]["ProductionAccessEnabled"]:
        return ok("SES is out of its sandbox.")
    review = facts["ses.account"].get("Details", {}).get("ReviewDetails", {}).get("Status")
    if review == "PENDING":
        return problem(
            "SES is in its sandbox; AWS is looking at your request.",
            "Wait for AWS's answer in the support centre.",
            "AWS usually answers within a day",
        )
    return problem(
        "SES is in its sandbox: it sends to verified addresses alone, 200 a day, 1 a second.",
        f"Request production access: {facts.about.console('ses', '#/account')}",
        "AWS usually answers within a day",
    )


def sending(facts: Facts) -> Verdict:
    """An account or a configuration set may be paused."""
    if not facts["ses.account"]["SendingEnabled"]:
        return problem(
            "SES has paused all sending of this account.",
            "See why, and ask for it back: "
            f"{facts.about.console('ses', '#/account')} (reputation metrics, support centre)",
        )
    if not ((facts["ses.set"] or {}).get("SendingOptions") or {}).get("SendingEnabled", True):
        return problem(
            "Sending is paused for the configuration set.",
            "aws sesv2 put-configuration-set-sending-options --sending-enabled "
            f"--configuration-set-name {facts.deployed.settings.email.configuration_set}",
        )
    return ok("Sending is enabled.")


def reputation(facts: Facts) -> Verdict:
    """AWS reviews accounts whose mail bounces or annoys."""
    status = facts["ses.account"].get("EnforcementStatus", "HEALTHY")
    if status == "HEALTHY":
        return ok("The reputation of the account is healthy.")
    look = f"See what AWS wrote, and answer it: {facts.about.console('ses', '#/reputation')}"
    if status == "SHUTDOWN":
        return problem("AWS has shut down sending because of what was sent.", look)
    return warning(f"AWS is reviewing the account because of what was sent ({status}).", look)


def identity(facts: Facts) -> Verdict:
    """SES sends from verified identities only."""
    domain = facts.deployed.settings.email.domain
    create = f"aws sesv2 create-email-identity --email-identity {domain}"
    found = facts["ses.identity"]
    if found is None:
        return problem(
            f"SES knows no identity {domain}, so it refuses to send from it.",
            f"{create}, then publish the DNS records it answers with",
            "up to 72 hours after they are published",
        )
    if not found.get("VerifiedForSendingStatus"):
        error = (found.get("VerificationInfo") or {}).get("ErrorType")
        return problem(
            f"The identity {found['EmailIdentity']} isn't verified"
            f" ({found.get('VerificationStatus', 'PENDING')}{f', {error}' if error else ''}).",
            "Publish its DNS records (or follow the link SES mailed): "
            f"{facts.about.console('ses', '#/identities')}",
            "up to 72 hours after they are published",
        )
    return ok(f"{found['EmailIdentity']} is verified.")


def dkim(facts: Facts) -> Verdict:
    """Without a signature receivers don't know whose mail it is, and most refuse bulk."""
    found = (facts["ses.identity"] or {}).get("DkimAttributes") or {}
    status, domain = found.get("Status", "NOT_STARTED"), facts.deployed.settings.email.domain
    if status == "SUCCESS" and found.get("SigningEnabled"):
        return ok(f"Mail from {domain} is signed.")
    if status == "SUCCESS":
        return problem(
            f"DKIM of {domain} is verified, but signing is switched off.",
            "aws sesv2 put-email-identity-dkim-attributes --signing-enabled "
            f"--email-identity {domain}",
        )
    zone = found.get("SigningHostedZone") or "dkim.amazonses.com"
    records = ", ".join(
        f"{token}._domainkey.{domain} CNAME {token}.{zone}" for token in found.get("Tokens", [])
    )
    easy = f"Set up Easy DKIM: {facts.about.console('ses', '#/identities')}"
    return problem(
        f"DKIM of {domain} is {status}: its mail isn't signed.",
        f"Publish {records}" if records else easy,
        "up to 72 hours after they are published",
    )


def rate(facts: Facts) -> Verdict:
    """More than SES accepts a second is throttled and tried again, late."""
    wanted = facts.deployed.settings.email.rate_per_second
    granted = facts["ses.account"]["SendQuota"]["MaxSendRate"]
    if granted == UNLIMITED or wanted <= granted:
        return ok(f"SES accepts {_shown(granted)} a second, {wanted:g} are configured.")
    return problem(
        f"{wanted:g} emails a second are configured and SES accepts {granted:g}.",
        f"Set email.rate_per_second to {granted:g} in cdk.json and deploy, or ask for more: "
        "https://console.aws.amazon.com/servicequotas/home/services/ses/quotas",
        "AWS usually answers within a day",
    )


def quota(facts: Facts) -> Verdict:
    """The day's quota stops the channel until it frees."""
    told = facts["ses.account"]["SendQuota"]
    most, sent = told["Max24HourSend"], told["SentLast24Hours"]
    if most == UNLIMITED or sent < MUCH * most:
        return ok(f"{sent:g} of {_shown(most)} emails were sent in 24 hours.")
    say = problem if sent >= most else warning
    return say(
        f"{sent:g} of {most:g} emails were sent in 24 hours; at the end of it email waits.",
        "Ask for more: https://console.aws.amazon.com/servicequotas/home/services/ses/quotas",
        "AWS usually answers within a day",
    )


def events(facts: Facts) -> Verdict:
    """The configuration set brings receipts back, and the product counts on all of them."""
    redeploy = REDEPLOY.format(facts.about.environment)
    if facts["ses.set"] is None or facts["ses.destinations"] is None:
        return problem("The configuration set of email is gone: SES refuses to send.", redeploy)
    topic = facts.deployed.email_receipts_topic
    published = {
        event
        for destination in facts["ses.destinations"].get("EventDestinations", [])
        if destination.get("Enabled")
        and (destination.get("SnsDestination") or {}).get("TopicArn") == topic
        for event in destination["MatchingEventTypes"]
    }
    if published >= EVENTS:
        return ok("SES reports deliveries, bounces and complaints.")
    missing = ", ".join(sorted(EVENTS - published))
    return problem(f"SES doesn't report what became of mail (missing: {missing}).", redeploy)


def suppression(facts: Facts) -> Verdict:
    """SES's own list keeps mail from addresses that bounced or complained."""
    override = (facts["ses.set"] or {}).get("SuppressionOptions")
    account = facts["ses.account"].get("SuppressionAttributes") or {}
    reasons = set((override or account).get("SuppressedReasons", []))
    if reasons >= REASONS:
        return ok("SES suppresses addresses that bounced or complained.")
    missing = " and ".join(sorted(REASONS - reasons)).lower()
    return warning(
        f"SES doesn't suppress addresses after a {missing}.",
        f"outbound setup --environment {facts.about.environment}",
    )


def _shown(most: float) -> str:
    return "any number" if most == UNLIMITED else f"{most:g}"


OF_A_DOMAIN = (Check("email.identity", identity), Check("email.dkim", dkim))
CHECKS = (
    Check("email.production-access", production_access),
    Check("email.sending", sending),
    Check("email.reputation", reputation),
    *OF_A_DOMAIN,
    Check("email.rate", rate),
    Check("email.quota", quota),
    Check("email.events", events),
    Check("email.suppression", suppression),
)
