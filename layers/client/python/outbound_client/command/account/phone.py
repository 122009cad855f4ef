"""What End User Messaging says of numbers, registrations, limits and configuration sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command.account.collect import Question
from outbound_client.command.account.reasons import code_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from outbound_client.command.deployed import Deployed, Sms
    from outbound_client.command.place import Place

SERVICE = "pinpoint-sms-voice-v2"
LISTS = {
    "phone.attributes": ("DescribeAccountAttributes", "AccountAttributes"),
    "phone.limits": ("DescribeSpendLimits", "SpendLimits"),
    "phone.numbers": ("DescribePhoneNumbers", "PhoneNumbers"),
    "phone.pools": ("DescribePools", "Pools"),
    "phone.registrations": ("DescribeRegistrations", "Registrations"),
    "phone.protection": ("DescribeProtectConfigurations", "ProtectConfigurations"),
    "phone.opt-out-lists": ("DescribeOptOutLists", "OptOutLists"),
}
MOST_KEYWORD_QUESTIONS = 5
"""AWS answers one a second: https://docs.aws.amazon.com/sms-voice/latest/userguide/quotas.html"""


def questions(place: Place, deployed: Deployed | None) -> dict[str, Question]:
    """The questions to End User Messaging that need no other answer."""
    client = place.client(SERVICE)
    asked = {
        name: Question(f"sms-voice:{operation}", _lister(client, operation, member))
        for name, (operation, member) in LISTS.items()
    }
    if deployed is None:
        return asked
    name = deployed.settings.voice.configuration_set
    right = "sms-voice:DescribeConfigurationSets"
    return asked | {"phone.set": Question(right, lambda: _configuration_set(client, name))}


def keyword_questions(place: Place, sms: Sms, numbers: list[dict[str, Any]]) -> dict[str, Question]:
    """The question for the keywords of whatever texts leave from."""
    client = place.client(SERVICE)
    wanted = text_origins(sms, numbers)[:MOST_KEYWORD_QUESTIONS]
    return {
        "phone.keywords": Question(
            "sms-voice:DescribeKeywords",
            lambda: {
                origin: _lister(
                    client, "DescribeKeywords", "Keywords", OriginationIdentity=origin
                )()
                for origin in wanted
            },
        )
    }


def text_origins(sms: Sms, numbers: list[dict[str, Any]]) -> list[str]:
    """The ids of numbers and pools whose keywords Outbound's recipients may use.

    The keywords of a toll-free number are the carrier's, those of a simulator nobody's:
    https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
    """
    if sms.origination and "pool-" in sms.origination:
        return [sms.origination]
    own = [
        number
        for number in numbers
        if "SMS" in number["NumberCapabilities"]
        and number["Status"] == "ACTIVE"
        and number["NumberType"] not in ("TOLL_FREE", "SIMULATOR")
        and (sms.origination is None or is_origin(number, sms.origination))
    ]
    return [number.get("PhoneNumberId") or number["PhoneNumberArn"] for number in own]


def is_origin(number: dict[str, Any], origination: str) -> bool:
    """Tell whether a setting means this number: by its digits, its id or its ARN."""
    names = (number["PhoneNumber"], number.get("PhoneNumberId"), number["PhoneNumberArn"])
    return origination in names


def ids_of(numbers: list[dict[str, Any]], values: Collection[str]) -> set[str]:
    """The ids of the numbers with these digits."""
    return {
        number.get("PhoneNumberId") or number["PhoneNumberArn"]
        for number in numbers
        if number["PhoneNumber"] in values
    }


def _lister(client: Any, operation: str, member: str, **parameters: Any) -> Any:
    from botocore import xform_name

    pages = client.get_paginator(xform_name(operation))
    return lambda: pages.paginate(**parameters).build_full_result().get(member, [])


def _configuration_set(client: Any, name: str) -> dict[str, Any] | None:
    from botocore.exceptions import ClientError

    try:
        found = client.describe_configuration_sets(ConfigurationSetNames=[name])
    except ClientError as error:
        if code_of(error) == "ResourceNotFoundException":
            return None
        raise
    return next(iter(found.get("ConfigurationSets", [])), None)
