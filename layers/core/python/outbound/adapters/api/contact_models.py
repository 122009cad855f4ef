"""The models of contacts, and of what is said about consent, in requests."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    field_validator,
)

from outbound.adapters.api.addresses import Email, Phone
from outbound.adapters.api.forms import form, not_blank
from outbound.adapters.api.identifiers import ContactId, Locale, Topic
from outbound.adapters.api.reading import ONCE, UNSEEN, Model
from outbound.domain import regions
from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.words import Channel, Purpose

LARGEST_ATTRIBUTES = 16_000
"""Characters as JSON: every message of the contact reads them."""
MOST_ADDRESSES, MOST_CONSENTS = 5, 40
ONE, MANY = f"{UNSEEN}one", f"{UNSEEN}many"
LEVELS = {each.name.lower(): each for each in Level if each is not Level.NONE}


def _listed(value: object) -> object:
    return [] if value is None else value if isinstance(value, list) else [value]


SEVERAL = (BeforeValidator(_listed), ONCE)
Text = Annotated[str, not_blank(2000)]
Source = Annotated[
    str,
    form(
        r"^[A-Za-z0-9][A-Za-z0-9 ._:/-]{0,79}$",
        "Must be 1 to 80 letters, digits, spaces or any of . _ : / -, beginning with a letter or "
        "digit, such as web form.",
    ),
]


class ConsentModel(Model):
    """What a person has said, or what was said for them."""

    status: ConsentStatus
    level: str | None = None
    topic: Topic | None = None
    source: Source | None = None
    at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    wording: Text | None = None
    proof: Text | None = None

    @field_validator("status")
    @classmethod
    def _said(cls, status: ConsentStatus) -> ConsentStatus:
        if status is ConsentStatus.PENDING:
            raise ValueError("must be granted or revoked: pending is what we make of a sign-up")
        return status

    @field_validator("level")
    @classmethod
    def _level(cls, level: str | None) -> str | None:
        if level is not None and level not in LEVELS:
            raise ValueError(f"must be one of: {', '.join(LEVELS)}")
        return level


def _many(value: object) -> str:
    return MANY if isinstance(value, list) else ONE


def _few(consents: dict[Any, dict[Any, Any]]) -> dict[Any, dict[Any, Any]]:
    count = sum(
        len(each) if isinstance(each, list) else 1
        for purposes in consents.values()
        for each in purposes.values()
    )
    if count > MOST_CONSENTS:
        raise ValueError(f"must hold at most {MOST_CONSENTS} statements")
    return consents


Consents = Annotated[
    dict[
        Channel,
        dict[
            Purpose,
            Annotated[
                Annotated[ConsentModel, Tag(ONE)]
                | Annotated[list[ConsentModel], Tag(MANY), Field(min_length=1)],
                Discriminator(_many),
            ],
        ],
    ],
    AfterValidator(_few),
]


class ContactModel(Model):
    """A contact, whole."""

    email: Annotated[list[Email], *SEVERAL, Field(max_length=MOST_ADDRESSES)] = Field(
        default_factory=list
    )
    phone: Annotated[list[Phone], *SEVERAL, Field(max_length=MOST_ADDRESSES)] = Field(
        default_factory=list
    )
    locale: Locale | None = None
    timezone: Annotated[str, AfterValidator(regions.zone)] | None = None
    region: Annotated[str, AfterValidator(regions.region)] | None = None
    attributes: dict[str, Any] = Field(default_factory=dict)
    preferred: Annotated[list[Channel], ONCE] = Field(default_factory=list)
    forbidden: Annotated[list[Channel], ONCE] = Field(default_factory=list)
    consents: Consents = Field(default_factory=dict)

    @field_validator("attributes")
    @classmethod
    def _small(cls, attributes: dict[str, Any]) -> dict[str, Any]:
        try:
            length = len(json.dumps(attributes, allow_nan=False))
        except ValueError:
            raise ValueError("must hold only numbers that JSON has") from None
        if length > LARGEST_ATTRIBUTES:
            raise ValueError(f"must have at most {LARGEST_ATTRIBUTES:,} characters as JSON")
        return attributes


class ContactIdModel(Model):
    """The id in the path."""

    id: ContactId


class ConsentsModel(Model):
    """What is said about consent, and nothing else."""

    consents: Annotated[Consents, Field(min_length=1)]
