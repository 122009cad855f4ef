"""Contacts, as they are read from requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.consent_statements import statements_of
from outbound.adapters.api.contact_models import ConsentsModel, ContactIdModel, ContactModel
from outbound.adapters.api.reading import canonical, parsed, read, read_value
from outbound.domain.address import Address
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.phone_details import phone_details
from outbound.domain.wanted import Profile, Wanted
from outbound.flow.manage.contacts import ANYHOW, Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from outbound.domain.contact import Contact

_ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')


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
    return Wanted(_profile(model), tuple(statements_of(model.consents, now)))


def read_consents(text: str, now: datetime) -> Callable[[Contact | None], Wanted]:
    """What is said about the consent of a contact that exists.

    Raises:
        Refusal: the body isn't that.
    """
    statements = tuple(statements_of(read(ConsentsModel, text).consents, now))

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


def _precondition(header: str, message: str) -> Refusal:
    return Refusal("invalid_precondition", message, Fault(header, "invalid_precondition", message))
