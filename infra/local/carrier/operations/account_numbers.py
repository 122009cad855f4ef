"""End User Messaging: its resources, described."""

from datetime import UTC, datetime
from typing import Any

from infra.local.carrier.account import Number
from infra.local.carrier.operations.accepted import Accepted, Desk

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def numbers(_: dict[str, Any], desk: Desk) -> Accepted:
    """Describe the numbers."""
    found = desk.ledger.account.phone.numbers
    return Accepted({"PhoneNumbers": [described(number, desk) for number in found]})


def described(number: Number, desk: Desk) -> dict[str, Any]:
    """Describe one number."""
    settings = desk.settings
    optional = {
        "PoolId": number.pool,
        "RegistrationId": number.registration,
        "TwoWayChannelArn": number.two_way_topic,
    }
    return {
        "PhoneNumberArn": _arn(desk, f"phone-number/{number.id}"),
        "PhoneNumberId": number.id,
        "PhoneNumber": number.number,
        "Status": number.status,
        "IsoCountryCode": number.country,
        "MessageType": "TRANSACTIONAL",
        "NumberCapabilities": list(number.capabilities),
        "NumberType": number.kind,
        "MonthlyLeasingPrice": "1.00",
        "TwoWayEnabled": number.two_way,
        "SelfManagedOptOutsEnabled": number.own_opt_outs,
        "OptOutListName": number.opt_out_list,
        "InternationalSendingEnabled": settings.region != "us-east-1",
        "DeletionProtectionEnabled": True,
        "MessagingLimits": {"RateLimits": number.rates},
        "CreatedTimestamp": MADE,
        **{name: value for name, value in optional.items() if value},
    }


def pools(_: dict[str, Any], desk: Desk) -> Accepted:
    """Describe the pools."""
    described = [
        {
            "PoolArn": _arn(desk, f"pool/{name}"),
            "PoolId": name,
            "Status": status,
            "MessageType": "TRANSACTIONAL",
            "TwoWayEnabled": False,
            "SelfManagedOptOutsEnabled": False,
            "OptOutListName": "Default",
            "SharedRoutesEnabled": False,
            "DeletionProtectionEnabled": True,
            "CreatedTimestamp": MADE,
        }
        for name, status in desk.ledger.account.phone.pools.items()
    ]
    return Accepted({"Pools": described})


def registrations(_: dict[str, Any], desk: Desk) -> Accepted:
    """Describe the registrations."""
    described = [
        {
            "RegistrationArn": _arn(desk, f"registration/{name}"),
            "RegistrationId": name,
            "RegistrationType": "US_TEN_DLC_CAMPAIGN_REGISTRATION",
            "RegistrationStatus": status,
            "CurrentVersionNumber": 1,
            "CreatedTimestamp": MADE,
        }
        for name, status in desk.ledger.account.phone.registrations.items()
    ]
    return Accepted({"Registrations": described})


def opt_out_lists(_: dict[str, Any], desk: Desk) -> Accepted:
    """Describe the opt-out lists."""
    described = [
        {
            "OptOutListArn": _arn(desk, f"opt-out-list/{name}"),
            "OptOutListName": name,
            "CreatedTimestamp": MADE,
        }
        for name in desk.ledger.account.phone.opt_out_lists
    ]
    return Accepted({"OptOutLists": described})


def protection(_: dict[str, Any], desk: Desk) -> Accepted:
    """Describe the protect configuration, if there is one."""
    name = "protect-00000000000000000000000000000001"
    described = {
        "ProtectConfigurationArn": _arn(desk, f"protect-configuration/{name}"),
        "ProtectConfigurationId": name,
        "CreatedTimestamp": MADE,
        "AccountDefault": True,
        "DeletionProtectionEnabled": True,
    }
    there = desk.ledger.account.phone.protected
    # The service model knows no empty list of them.
    return Accepted({"ProtectConfigurations": [described]} if there else {})


def configuration_sets(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Describe the configuration sets that are asked for."""
    events, topic = desk.ledger.account.phone.events, desk.settings.topics.phone
    destination = {
        "EventDestinationName": "receipts",
        "Enabled": True,
        "MatchingEventTypes": list(events or ()),
        "SnsDestination": {"TopicArn": topic},
    }
    described = [
        {
            "ConfigurationSetArn": _arn(desk, f"configuration-set/{name}"),
            "ConfigurationSetName": name,
            "EventDestinations": [destination] if topic else [],
            "CreatedTimestamp": MADE,
        }
        for name in parameters.get("ConfigurationSetNames", ())
        if events is not None and name in desk.settings.configuration_sets
    ]
    return Accepted({"ConfigurationSets": described})


def _arn(desk: Desk, resource: str) -> str:
    settings = desk.settings
    return f"arn:aws:sms-voice:{settings.region}:{settings.account}:{resource}"
