"""End User Messaging: what it says of the account, its limits, numbers and keywords."""

from functools import partial
from typing import Any

from infra.local.carrier.account import Account, Limit, Number
from infra.local.carrier.errors import CallRefused
from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.operations.account_numbers import described
from infra.local.carrier.parse import END_USER_MESSAGING, refusal

LIMITS = {
    "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT": "text_limit",
    "MEDIA_MESSAGE_MONTHLY_SPEND_LIMIT": "media_limit",
    "VOICE_MESSAGE_MONTHLY_SPEND_LIMIT": "voice_limit",
}


def account_attributes(_: dict[str, Any], desk: Desk) -> Accepted:
    """Say whether the account is in the sandbox."""
    tier = {"Name": "ACCOUNT_TIER", "Value": desk.ledger.account.phone.tier}
    return Accepted({"AccountAttributes": [tier]})


def spend_limits(_: dict[str, Any], desk: Desk) -> Accepted:
    """Give the monthly spend limits."""
    phone = desk.ledger.account.phone
    limits: list[tuple[str, Limit]] = [(name, getattr(phone, of)) for name, of in LIMITS.items()]
    return Accepted(
        {
            "SpendLimits": [
                {
                    "Name": name,
                    "EnforcedLimit": limit.enforced,
                    "MaxLimit": limit.most,
                    "Overridden": limit.overridden,
                }
                for name, limit in limits
            ]
        }
    )


def set_spend_limit(of: str, parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Set a monthly spend limit, at most what AWS allows."""
    wanted = parameters["MonthlyLimit"]
    if wanted > getattr(desk.ledger.account.phone, of).most:
        message = "MonthlyLimit is above the maximum of the account."
        raise refusal(END_USER_MESSAGING, message, field="MonthlyLimit")

    def changed(account: Account) -> Account:
        now: Limit = getattr(account.phone, of)
        limit = now.model_copy(update={"enforced": wanted, "overridden": True})
        phone = account.phone.model_copy(update={of: limit})
        return account.model_copy(update={"phone": phone})

    desk.ledger.change(changed)
    return Accepted({"MonthlyLimit": wanted})


def keywords(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """List the keywords of a number."""
    number = _number(parameters["OriginationIdentity"], desk)
    listed = [
        {"Keyword": word, "KeywordMessage": "You get no more messages.", "KeywordAction": action}
        for word, action in number.keywords.items()
    ]
    return Accepted({"OriginationIdentity": number.id, "Keywords": listed})


def put_keyword(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Make a number understand a word."""
    number = _number(parameters["OriginationIdentity"], desk)
    action = parameters.get("KeywordAction", "AUTOMATIC_RESPONSE")
    words = {**number.keywords, parameters["Keyword"].upper(): action}

    def changed(account: Account) -> Account:
        numbers = tuple(
            one.model_copy(update={"keywords": words}) if one.id == number.id else one
            for one in account.phone.numbers
        )
        phone = account.phone.model_copy(update={"numbers": numbers})
        return account.model_copy(update={"phone": phone})

    desk.ledger.change(changed)
    given = ("Keyword", "KeywordMessage")
    told = {name: parameters[name] for name in given}
    return Accepted({"OriginationIdentity": number.id, "KeywordAction": action, **told})


def _number(identity: str, desk: Desk) -> Number:
    for number in desk.ledger.account.phone.numbers:
        if identity in (number.id, described(number, desk)["PhoneNumberArn"]):
            return number
    raise CallRefused(
        "ResourceNotFoundException",
        "The origination identity was not found.",
        ResourceType="phone-number",
        ResourceId=identity,
    )


set_text_limit = partial(set_spend_limit, "text_limit")
set_media_limit = partial(set_spend_limit, "media_limit")
set_voice_limit = partial(set_spend_limit, "voice_limit")
