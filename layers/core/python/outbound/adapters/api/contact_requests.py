"""Contacts and what is said about consent, as requests hold them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

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
from outbound.adapters.api.reading import ONCE, UNSEEN, Model, canonical, parsed, read, read_value
from outbound.domain import regions
from outbound.domain.address import Address
from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.instant import to_milliseconds
from outbound.domain.phone_details import phone_details
from outbound.domain.stating import Statement
from outbound.domain.wanted import Profile, Wanted
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.contacts import ANYHOW, Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from outbound.domain.contact import Contact

LARGEST_ATTRIBUTES = 16_000
"""Characters as JSON: every message of the contact reads them."""
MOST_ADDRESSES, MOST_CONSENTS = 5, 40
ONE, MANY = f"{UNSEEN}one", f"{UNSEEN}many"
SKEW = timedelta(minutes=5)
"""How far the caller's clock may be ahead of ours."""
_ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')
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


def read_contact_id(value: str) -> str:
    """The id of a contact in a path.

    Raises:
        Refusal: it can't be one.
    """
    return read_value(ContactIdModel, {"id": value}, "").id


def read_condition(headers: Mapping[str, str]) -> Condition:
    """What the caller has seen of the contact, by If-Match and If-None-Match (RFC 9110, 13.1).

    Raises:
        Refusal: they are not what this API gave out.
    """
    seen, absent = headers.get("if-match"), headers.get("if-none-match")
    if absent is not None:
        if absent.strip() != "*" or seen is not None:
            raise _precondition("If-None-Match", "If-None-Match must be *, without If-Match.")
        return Condition(absent=True)
    if seen is None:
        return ANYHOW
    if seen.strip() == "*":
        return Condition(frozenset())
    versions = [_ETAG.fullmatch(each.strip()) for each in seen.split(",")]
    if not all(versions):
        raise _precondition("If-Match", "If-Match must be the ETag of an earlier answer, or *.")
    return Condition(frozenset(int(each[1]) for each in versions if each))


def read_contact(text: str, now: datetime) -> Callable[[Contact | None], Wanted]:
    """A contact as a whole: what isn't given is emptied, but no consent is taken away.

    Raises:
        Refusal: the body isn't a contact.
    """
    wanted = wanted_of(read(ContactModel, text), now)
    return lambda _: wanted


def read_patch(text: str, now: datetime) -> Callable[[Contact | None], Wanted]:
    """Changes to a contact, as RFC 7396 merges them; consents are added to those that stand.

    Raises:
        Refusal: the body isn't an object. What comes of the merge is checked when it is made.
    """
    patch = parsed(text)
    if not isinstance(patch, dict):
        raise refused_at("", "invalid_request", "The body must be an object.")

    def want(contact: Contact | None) -> Wanted:
        if contact is None:
            raise Refusal("unknown_contact_id", "There is no contact with this id.")
        return wanted_of(read(ContactModel, canonical(merged(profile_of(contact), patch))), now)

    return want


def wanted_of(model: ContactModel, now: datetime) -> Wanted:
    """What a contact shall be, as it is read.

    Raises:
        Refusal: a statement about consent lacks what it needs.
    """
    return Wanted(_profile(model), tuple(_statements(model.consents, now)))


def read_consents(text: str, now: datetime) -> Callable[[Contact | None], Wanted]:
    """What is said about the consent of a contact that exists.

    Raises:
        Refusal: the body isn't that.
    """
    statements = tuple(_statements(read(ConsentsModel, text).consents, now))

    def want(contact: Contact | None) -> Wanted:
        if contact is None:
            raise Refusal("unknown_contact_id", "There is no contact with this id.")
        return Wanted(None, statements)

    return want


def profile_of(contact: Contact) -> dict[str, Any]:
    """A contact's profile, as a request would hold it."""
    profile: dict[str, Any] = {
        "email": list(contact.emails),
        "phone": [phone.value for phone in contact.phones],
        "locale": contact.locale,
        "timezone": contact.timezone,
        "region": contact.region,
        "attributes": dict(contact.attributes),
        "preferred": list(contact.preferred),
        "forbidden": sorted(contact.forbidden),
    }
    return {name: value for name, value in profile.items() if value is not None}


def merged(target: Any, patch: Any) -> Any:
    """A merge patch (RFC 7396): null removes, objects are merged, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _profile(model: ContactModel) -> Profile:
    return Profile(
        emails=tuple(model.email),
        phones=tuple(phone_details(Address("phone", value)) for value in model.phone),
        locale=model.locale,
        timezone=model.timezone,
        region=model.region,
        attributes=model.attributes,
        preferred=tuple(model.preferred),
        forbidden=frozenset(model.forbidden),
    )


def _statements(consents: Consents, now: datetime) -> Iterator[Statement]:
    for channel, purposes in consents.items():
        for purpose, models in purposes.items():
            place = f"/consents/{channel}/{purpose}"
            if isinstance(models, ConsentModel):
                yield _statement(channel, purpose, models, place, now)
                continue
            for index, model in enumerate(models):
                yield _statement(channel, purpose, model, f"{place}/{index}", now)


def _statement(
    channel: Channel, purpose: Purpose, model: ConsentModel, place: str, now: datetime
) -> Statement:
    at = past(model.at, now, f"{place}/at")
    granted = model.status is ConsentStatus.GRANTED
    level = LEVELS[model.level] if granted and model.level else Level.NONE
    faults = _faults(model, granted=granted, level=level, place=place)
    if faults:
        raise Refusal("invalid_request", f"{faults[0].pointer}: {faults[0].message}", *faults)
    evidence = {"wording": model.wording, "proof": model.proof}
    return Statement(
        channel=channel,
        purpose=purpose,
        topic=model.topic,
        status=model.status,
        level=level,
        source=model.source or "api",
        at=at,
        expires_at=to_milliseconds(model.expires_at) if model.expires_at else None,
        proof={name: value for name, value in evidence.items() if value is not None},
    )


def past(at: datetime | None, now: datetime, place: str) -> datetime:
    """When something was said; now, where that isn't given.

    Raises:
        Refusal: it lies ahead, by more than clocks differ.
    """
    if at is None:
        return now
    if at > now + SKEW:
        raise refused_at(place, "time_in_the_future", "at must not lie in the future.")
    return min(to_milliseconds(at), now)


def _faults(model: ConsentModel, *, granted: bool, level: Level, place: str) -> list[Fault]:
    """A yes says how firm it is and where it is from; the firmer, the more must show it."""
    needed = {
        "level": granted and model.level is None,
        "source": granted and model.source is None,
        "expires_at": level is Level.IMPLIED and model.expires_at is None,
        "wording": level is Level.EXPRESS_WRITTEN and model.wording is None,
        "proof": level is Level.EXPRESS_WRITTEN and model.proof is None,
    }
    why = {
        "level": f"A yes needs its level: {', '.join(LEVELS)}.",
        "source": "A yes needs its source: where it was given.",
        "expires_at": "An implied yes ends with the relation it follows from: say when.",
        "wording": "A written yes needs the wording that was agreed to.",
        "proof": "A written yes needs a proof: where the agreement can be found.",
    }
    return [
        Fault(f"{place}/{name}", "required", why[name]) for name, lacks in needed.items() if lacks
    ]


def _precondition(header: str, message: str) -> Refusal:
    return Refusal("invalid_precondition", message, Fault(header, "invalid_precondition", message))
