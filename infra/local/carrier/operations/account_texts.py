"""SNS and Lambda: what they say of text messages, of subscriptions, and of the account."""

from typing import Any

from infra.local.carrier.account import Account
from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.parse import SNS, refusal

ATTRIBUTES = {
    "MonthlySpendLimit",
    "DeliveryStatusIAMRole",
    "DeliveryStatusSuccessSamplingRate",
    "DefaultSenderID",
    "DefaultSMSType",
    "UsageReportS3Bucket",
}
ALARM_ADDRESS = "alarms@example.com"


def get_sandbox(_: dict[str, Any], desk: Desk) -> Accepted:
    """Say whether texts go to verified numbers alone."""
    return Accepted({"IsInSandbox": desk.ledger.account.texts.sandbox})


def get_attributes(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Give the attributes, or those that are asked for."""
    wanted = parameters.get("attributes") or ATTRIBUTES
    known = desk.ledger.account.texts.attributes
    return Accepted({"attributes": {name: known[name] for name in known if name in wanted}})


def set_attributes(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Set attributes; a spend limit above what End User Messaging allows is refused."""
    given = parameters["attributes"]
    if unknown := set(given) - ATTRIBUTES:
        raise refusal(SNS, f"Unknown attribute {sorted(unknown)[0]}")
    limit = given.get("MonthlySpendLimit", "0")
    if not limit.isdecimal() or int(limit) > desk.ledger.account.phone.text_limit.most:
        raise refusal(SNS, "MonthlySpendLimit Reason: above the limit of the account")

    def changed(account: Account) -> Account:
        texts = account.texts.model_copy(update={"attributes": account.texts.attributes | given})
        return account.model_copy(update={"texts": texts})

    desk.ledger.change(changed)
    return Accepted({})


def list_subscriptions(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """List the one subscription there is: that of the address of alarms."""
    state, topic = desk.ledger.account.platform.alarms, parameters["TopicArn"]
    subscription = {
        "SubscriptionArn": f"{topic}:1" if state == "confirmed" else "PendingConfirmation",
        "Owner": desk.settings.account,
        "Protocol": "email",
        "Endpoint": ALARM_ADDRESS,
        "TopicArn": topic,
    }
    return Accepted({"Subscriptions": [] if state == "nobody" else [subscription]})


def get_account_settings(_: dict[str, Any], desk: Desk) -> Accepted:
    """Say how many functions may run at once."""
    most = desk.ledger.account.platform.concurrency
    return Accepted(
        {"AccountLimit": {"ConcurrentExecutions": most, "UnreservedConcurrentExecutions": most}}
    )
