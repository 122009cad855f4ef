"""Faults of calls."""

from __future__ import annotations

from tests.unit.client.command.account import ARN, destination, limits, settings
from tests.unit.client.command.doctor.faults.fault import calling, problem

VOICE = [
    problem(
        "voice.sandbox",
        "calls reach up to 10 verified numbers",
        "create-verified-destination-number",
        {"phone.attributes": [{"Name": "ACCOUNT_TIER", "Value": "SANDBOX"}]},
    ),
    problem(
        "voice.spend-limit",
        "stops calls at 1 USD a month, before the 50",
        "outbound setup",
        {"phone.limits": limits(voice=1)},
    ),
    problem("voice.number", "DISASSOCIATING", "registration", calling(Status="DISASSOCIATING")),
    problem(
        "voice.number",
        "can't be used for calls (only SMS)",
        "Request a number with VOICE",
        calling(NumberCapabilities=["SMS"], NumberType="SIMULATOR"),
    ),
    problem(
        "voice.number",
        "voice.origination is +19995550100",
        "Request one",
        {},
        settings(voice={"origination": "+19995550100"}),
    ),
    problem(
        "voice.rate",
        "1 calls a second are configured, and the number takes 0",
        "voice.rate_per_second",
        calling(MessagingLimits={"RateLimits": {"VOICE": 0}}),
    ),
    problem("voice.events", "is gone", "cdk deploy", {"phone.set": None}),
    problem(
        "voice.events",
        "VOICE_BUSY, VOICE_COMPLETED",
        "cdk deploy",
        {"phone.set": {"EventDestinations": [destination(f"{ARN}:phone", "TEXT_ALL")]}},
    ),
]
