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
        {
            "Keyword": word,
            "KeywordMessage": answer_to(number, word),
            "KeywordAction": action,
        }
        for word, action in number.keywords.items()
    ]
    return Accepted({"OriginationIdentity": number.id, "Keywords": listed})


def answer_to(number: Number, word: str) -> str:
    """What is answered to a keyword."""
    usual = "For help see our website." if word == "HELP" else "You get no more messages."
    return number.answers.get(word, usual)


def put_keyword(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Make a number understand a word."""
    number = _number(parameters["OriginationIdentity"], desk)
    action = parameters.get("KeywordAction", "AUTOMATIC_RESPONSE")
    word = parameters["Keyword"].upper()
    _change(
        number,
        {
            "keywords": number.keywords | {word: action},
            "answers": number.answers | {word: parameters["KeywordMessage"]},
        },
        desk,
    )
    given = ("Keyword", "KeywordMessage")
    told = {name: parameters[name] for name in given}
    return Accepted({"OriginationIdentity": number.id, "KeywordAction": action, **told})


def update_phone_number(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Set what a number does with texts to it. Opt-outs of one's own take two-way messages."""
    number = _number(parameters["PhoneNumberId"], desk)
    names = {
        "TwoWayEnabled": "two_way",
        "TwoWayChannelArn": "two_way_topic",
        "SelfManagedOptOutsEnabled": "own_opt_outs",
        "OptOutListName": "opt_out_list",
    }
    update = {names[name]: value for name, value in parameters.items() if name in names}
    new = number.model_copy(update=update)
    if new.own_opt_outs and not (new.two_way and new.two_way_topic):
        message = "Self-managed opt-outs need two-way messages."
        raise refusal(END_USER_MESSAGING, message, field="SelfManagedOptOutsEnabled")
    if new.opt_out_list not in desk.ledger.account.phone.opt_out_lists:
        raise CallRefused(
            "ResourceNotFoundException",
            "The opt-out list was not found.",
            ResourceType="opt-out-list",
            ResourceId=new.opt_out_list,
        )
    _change(number, update, desk)
    told = described(new, desk)
    return Accepted(
        {name: told[name] for name in told if name not in ("PoolId", "MessagingLimits")}
    )


def _change(number: Number, update: dict[str, Any], desk: Desk) -> None:
    def changed(account: Account) -> Account:
        numbers = tuple(
            one.model_copy(update=update) if one.id == number.id else one
            for one in account.phone.numbers
        )
        phone = account.phone.model_copy(update={"numbers": numbers})
        return account.model_copy(update={"phone": phone})

    desk.ledger.change(changed)


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
