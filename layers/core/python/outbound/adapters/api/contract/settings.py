"""The operations on settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.operation import Answer, Body, Operation
from outbound.adapters.api.contract.schemas import shape
from outbound.adapters.api.settings_requests import SettingsModel
from outbound.domain.address_rules import E164
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Settings"
CLINIC = {
    "name": "Green Street Clinic",
    "postal_address": "12 Green Street, Portland, OR 97201",
    "phone": "+15035550142",
    "website": "https://clinic.example.org",
    "locale": "en-US",
    "timezone": "America/Los_Angeles",
}
SAID = {
    "name": "What you call yourself; every call says it first.",
    "postal_address": "Where mail reaches you, in one line; marketing email must show it.",
    "phone": "The number, in E.164 form, at which people reach you; calls must say it.",
    "website": "Where people read about you.",
    "locale": "Of recipients of whom none is known: BCP 47, like en or fr-CA.",
    "timezone": "Of recipients of whom none is known: IANA.",
}
WORDS = {"SettingsRequest": SAID}


class Settings(Answered):
    """What you say of yourself; null is what you haven't said."""

    name: str | None
    """What you call yourself."""
    postal_address: str | None
    """Where mail reaches you."""
    phone: str | None
    """At which number."""
    website: str | None
    """Where people read about you."""
    locale: str | None
    """Of recipients of whom none is known."""
    timezone: str | None
    """Of recipients of whom none is known."""


OPERATIONS = (
    Operation(
        id="putSettings",
        method="PUT",
        path="/v1/settings",
        tag=TAG,
        summary="Say who you are",
        description="Bodies find it as `organisation`: `{{ organisation.postal_address }}`. What "
        "isn't given is emptied. A message keeps what it was accepted with; a change reaches all "
        "that takes messages in within a minute.",
        scope=Scope.SETTINGS_WRITE,
        body=Body(SettingsModel, {"A clinic": CLINIC}),
        answers=(Answer(200, "The settings.", Settings, {"A clinic": CLINIC}),),
    ),
    Operation(
        id="getSettings",
        method="GET",
        path="/v1/settings",
        tag=TAG,
        summary="Look at who you say you are",
        description="As it is now.",
        scope=Scope.SETTINGS_READ,
        answers=(Answer(200, "The settings.", Settings, {"A clinic": CLINIC}),),
    ),
)


def refine_settings(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A number; and a zone, though no schema can say that there is such a one."""
    shape(schema, "phone", pattern=f"^{E164.pattern}$", format="phone")
    shape(schema, "timezone", pattern=r"^[A-Z][A-Za-z0-9+_/-]*$", format="timezone")
    return schema


REFINEMENTS: Mapping[str, Refine] = {"SettingsRequest": refine_settings}
