"""SES v2: what it says of the account, an identity and a configuration set."""

from typing import Any

from infra.local.carrier.account import Account, mail_from_of
from infra.local.carrier.errors import CallRefused
from infra.local.carrier.operations.accepted import Accepted, Desk


def get_account(_: dict[str, Any], desk: Desk) -> Accepted:
    """Say what the account may do."""
    email = desk.ledger.account.email
    details = {"Details": {"ReviewDetails": {"Status": email.review}}} if email.review else {}
    return Accepted(
        {
            "ProductionAccessEnabled": email.production_access,
            "SendingEnabled": email.sending,
            "EnforcementStatus": email.enforcement,
            "SendQuota": {
                "Max24HourSend": email.sends_per_day,
                "MaxSendRate": email.sends_per_second,
                "SentLast24Hours": email.sent,
            },
            "SuppressionAttributes": {"SuppressedReasons": list(email.suppressed)},
            **details,
        }
    )


def get_email_identity(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Say how far an identity is."""
    name, email = parameters["EmailIdentity"].lower(), desk.ledger.account.email
    known = {identity.lower() for identity in desk.settings.identities}
    if name not in known or email.identity == "absent":
        raise CallRefused("NotFoundException", f"Email identity <{name}> does not exist.")
    verified = email.identity == "verified"
    mail_from = {
        "MailFromDomain": mail_from_of(name),
        "MailFromDomainStatus": email.mail_from,
        "BehaviorOnMxFailure": "USE_DEFAULT_VALUE",
    }
    return Accepted(
        {
            "IdentityType": "EMAIL_ADDRESS" if "@" in name else "DOMAIN",
            "VerifiedForSendingStatus": verified,
            "VerificationStatus": "SUCCESS" if verified else "PENDING",
            "DkimAttributes": {
                "SigningEnabled": email.signing,
                "Status": email.dkim,
                "Tokens": ["token1", "token2", "token3"],
            },
            **({"MailFromAttributes": mail_from} if email.mail_from else {}),
        }
    )


def get_configuration_set(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Describe a configuration set."""
    name = _existing(parameters, desk)
    enabled = desk.ledger.account.email.set_sending
    return Accepted({"ConfigurationSetName": name, "SendingOptions": {"SendingEnabled": enabled}})


def get_event_destinations(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Say where the events of a configuration set go."""
    _existing(parameters, desk)
    events, topic = desk.ledger.account.email.events, desk.settings.topics.email
    destination = {
        "Name": "receipts",
        "Enabled": True,
        "MatchingEventTypes": list(events or ()),
        "SnsDestination": {"TopicArn": topic},
    }
    return Accepted({"EventDestinations": [destination] if topic else []})


def put_suppression(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Set for which reasons addresses are suppressed."""
    reasons = tuple(parameters.get("SuppressedReasons", ()))

    def changed(account: Account) -> Account:
        email = account.email.model_copy(update={"suppressed": reasons})
        return account.model_copy(update={"email": email})

    desk.ledger.change(changed)
    return Accepted({})


def _existing(parameters: dict[str, Any], desk: Desk) -> str:
    name = str(parameters["ConfigurationSetName"])
    gone = desk.ledger.account.email.events is None
    if gone or name not in desk.settings.configuration_sets:
        raise CallRefused("NotFoundException", f"Configuration set <{name}> does not exist.")
    return name
