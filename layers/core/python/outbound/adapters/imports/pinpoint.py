"""Endpoints of Amazon Pinpoint as contacts, from the columns of its CSV or its lines of JSON.

An endpoint adds to its user's contact: what is there already stays, so the endpoints of a user come
together whatever their order, and a file that is read twice changes nothing. `OptOut` is taken at
its word for everything but what somebody has asked for, also where the rest of its endpoint can't
be taken; its opposite is no consent.

The forms: https://docs.aws.amazon.com/pinpoint/latest/developerguide/audience-data-export.html
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contact_models import ContactModel
from outbound.adapters.api.contact_requests import profile_of, wanted_of
from outbound.adapters.api.reading import canonical, read
from outbound.domain import regions
from outbound.domain.errors import Refusal
from outbound.domain.instant import rfc3339
from outbound.domain.locale import PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from outbound.domain.contact import Contact
    from outbound.domain.wanted import Wanted

FIELDS = {"EMAIL": "email", "SMS": "phone", "VOICE": "phone"}
SILENCED = {"email": ("email",), "phone": ("sms", "voice")}
OPTED_OUT_OF = ("marketing", "informational", "healthcare")
SOURCE = "Amazon Pinpoint"
ACTIVE = "ACTIVE"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@-]{0,63}")
_LISTED = re.compile(r"(Attributes|User\.UserAttributes)\..+")


@dataclass(frozen=True, slots=True)
class Left:
    """What of an endpoint couldn't be carried: its column, its value, and why."""

    column: str
    value: Any
    code: str
    message: str


@dataclass(slots=True)
class Endpoint:
    """An endpoint, read; `left` is what was left out of it."""

    contact_id: str | None
    kind: str | None
    address: str | None
    opted_out_at: datetime | None
    profile: dict[str, Any]
    left: list[Left] = field(default_factory=list)


def nested(headers: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """A row of the CSV as the JSON has it: dots are levels, repeated headers lists."""
    endpoint: dict[str, Any] = {}
    for header, cell in zip(headers, cells, strict=False):
        if not cell.strip():
            continue
        depth = 2 if header.startswith("User.UserAttributes.") else 1
        *path, name = header.split(".", depth)
        holder = endpoint
        for part in path:
            below = holder.setdefault(part, {})
            holder = below if isinstance(below, dict) else {}
        if _LISTED.fullmatch(header):
            holder.setdefault(name, []).append(cell.strip())
        else:
            holder[name] = cell.strip()
    return endpoint


def endpoint_of(value: Mapping[str, Any], now: datetime) -> Endpoint:
    """An endpoint, as far as it can be carried."""
    left: list[Left] = []
    channel, user = str(value.get("ChannelType", "")), _object(value, "User")
    kind = FIELDS.get(channel)
    address = str(value["Address"]).strip() if kind and value.get("Address") else None
    if kind is None:
        message = "Only endpoints of EMAIL, SMS and VOICE have an address that we can write to."
        left.append(Left("ChannelType", channel, "channel_not_carried", message))
    opted_out_at = _opted_out(value, now, left)
    # Without a user, a no would be of nobody if it lost its address.
    spoken_for = user.get("UserId") or opted_out_at is None
    if kind is not None and spoken_for and str(value.get("EndpointStatus") or ACTIVE) != ACTIVE:
        message = "The address of an inactive endpoint is not carried; its opt-out is."
        left.append(Left("EndpointStatus", value["EndpointStatus"], "inactive_endpoint", message))
        address = None
    profile = {
        **_place(_object(value, "Location"), left),
        **_demographic(_object(value, "Demographic"), left),
        "attributes": _fitting(_attributes(value, user), left),
    }
    if kind is not None and address is not None:
        profile[kind] = [address]
    return Endpoint(
        contact_id=_contact_id(user.get("UserId"), None if address else value.get("Id")),
        kind=kind,
        address=address,
        opted_out_at=opted_out_at,
        profile=profile,
        left=left,
    )


def adding(endpoint: Endpoint, now: datetime) -> Callable[[Contact | None], Wanted]:
    """What an endpoint makes of its user's contact.

    The function raises Refusal where that can't be.
    """

    def want(contact: Contact | None) -> Wanted:
        before = profile_of(contact) if contact is not None else {}
        target = {**endpoint.profile, **{name: each for name, each in before.items() if each}}
        for name in ("email", "phone"):
            both = [*before.get(name, []), *endpoint.profile.get(name, [])]
            target[name] = list(dict.fromkeys(both))
        target["attributes"] = {
            **endpoint.profile["attributes"],
            **before.get("attributes", {}),
        }
        target["consents"] = _refusals(endpoint)
        return wanted_of(read(ContactModel, canonical(target)), now)

    return want


def opting_out(endpoint: Endpoint, now: datetime) -> Callable[[Contact | None], Wanted] | None:
    """What it makes of its user's contact by its opt-out alone; None where it has none."""
    if endpoint.opted_out_at is None:
        return None

    def want(contact: Contact | None) -> Wanted:
        before = profile_of(contact) if contact is not None else {}
        target = {**before, "consents": _refusals(endpoint)}
        return wanted_of(read(ContactModel, canonical(target)), now)

    return want


def _refusals(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.opted_out_at is None or endpoint.kind is None:
        return {}
    no = {"status": "revoked", "source": SOURCE, "at": rfc3339(endpoint.opted_out_at)}
    return {
        channel: {purpose: dict(no) for purpose in OPTED_OUT_OF}
        for channel in SILENCED[endpoint.kind]
    }


def _opted_out(value: Mapping[str, Any], now: datetime, left: list[Left]) -> datetime | None:
    """Since when; what we don't know is taken for a no."""
    word = str(value.get("OptOut") or "NONE")
    if word == "NONE":
        return None
    if word != "ALL":
        message = "OptOut is ALL or NONE; anything else is taken for ALL."
        left.append(Left("OptOut", word, "unknown_opt_out", message))
    try:
        at = datetime.fromisoformat(str(value.get("EffectiveDate")))
    except ValueError:
        return now
    return now if at.tzinfo is None or at > now else at


def _contact_id(user: Any, endpoint: Any) -> str | None:
    """The user's id; one that we can't have as it is becomes a digest of it."""
    name = str(user or endpoint or "")
    if not name or _ID.fullmatch(name):
        return name or None
    return f"pinpoint-{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def _attributes(value: Mapping[str, Any], user: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the endpoint, of its user before those of the same name; one value is no list."""
    metrics = {
        name: float(each) if isinstance(each, str) and _number(each) else each
        for name, each in _object(value, "Metrics").items()
    }
    found = {**metrics, **_object(value, "Attributes"), **_object(user, "UserAttributes")}
    for name in ("City", "PostalCode"):
        if place := _object(value, "Location").get(name):
            found.setdefault(name, place)
    return {name: _single(each) for name, each in found.items()}


def _fitting(attributes: dict[str, Any], left: list[Left]) -> dict[str, Any]:
    """The attributes, if a contact may have them: else the address and its opt-out still come."""
    try:
        # What can't be written as JSON can't be read as a contact either.
        read(ContactModel, canonical({"attributes": attributes}))
    except Refusal as refusal:
        message = refusal.faults[0].message if refusal.faults else refusal.detail
        left.append(Left("Attributes", None, "not_carried", message))
        return {}
    return attributes


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text) is not None


def _place(location: Mapping[str, Any], left: list[Left]) -> dict[str, Any]:
    country, state = location.get("Country"), location.get("Region")
    if not country:
        return {}
    for code in (f"{country}-{state}" if state else None, str(country)):
        try:
            if code is not None:
                return {"region": regions.region(code.upper())}
        except ValueError:
            part, value = ("Country", country) if code == str(country) else ("Region", state)
            left.append(Left(f"Location.{part}", value, "not_carried", "It " + regions.REGION_HINT))
    return {}


def _demographic(said: Mapping[str, Any], left: list[Left]) -> dict[str, Any]:
    return {
        **dict(_one("timezone", "Timezone", said, regions.zone, left)),
        **dict(_one("locale", "Locale", said, _locale, left)),
    }


def _one(
    name: str,
    part: str,
    said: Mapping[str, Any],
    check: Callable[[str], str],
    left: list[Left],
) -> Iterator[tuple[str, str]]:
    if not said.get(part):
        return
    try:
        yield name, check(str(said[part]))
    except ValueError as error:
        left.append(Left(f"Demographic.{part}", said[part], "not_carried", f"It {error}."))


def _locale(text: str) -> str:
    language, *more = re.split("[-_]", text)
    parts = [part.title() if len(part) == 4 else part.upper() for part in more]
    locale = "-".join([language.lower(), *parts])
    if not re.fullmatch(PATTERN, locale):
        raise ValueError("must be a language, perhaps with a country, like en or fr-CA")
    return locale


def _object(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}
