"""What a tenant says of itself, as requests and answers hold it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import AfterValidator

from outbound.adapters.api.addresses import Phone
from outbound.adapters.api.forms import form, line
from outbound.adapters.api.identifiers import Locale
from outbound.adapters.api.reading import Model, read
from outbound.domain import regions
from outbound.domain.organisation import Organisation
from outbound.domain.replies import LONGEST_NAME

HTTPS = r'^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?([/?#][^\s<>"]*)?$'
Website = Annotated[
    str,
    form(
        HTTPS,
        "Must be an address that begins with https://, such as https://www.example.org.",
        max_length=200,
    ),
]


class SettingsModel(Model):
    """A tenant's settings, whole: what isn't given is no longer said."""

    name: Annotated[str, line(LONGEST_NAME)]
    postal_address: Annotated[str, line(300)] | None = None
    phone: Phone | None = None
    website: Website | None = None
    locale: Locale | None = None
    timezone: Annotated[str, AfterValidator(regions.zone)] | None = None


def read_settings(text: str) -> Organisation:
    """What a tenant says of itself.

    Raises:
        Refusal: the body isn't that.
    """
    return Organisation(**read(SettingsModel, text).model_dump())


def settings_body(organisation: Organisation) -> dict[str, Any]:
    """A tenant's settings; null is what it hasn't said."""
    return asdict(organisation)
