"""A contact as an item of DynamoDB, and back.

All but what is asked for alone lies in one text: DynamoDB's own form of lists and maps takes the
SDK several times as long to read, which counts where a segment is read as where a message leaves.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from outbound.domain.address import Address
from outbound.domain.check import Check, CheckAnswer, CheckKind
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.contact import ChainHead, Contact, Correction, Phone
from outbound.domain.instant import parse_rfc3339, rfc3339, rfc3339_or_none
from outbound.domain.line import Line, LineType
from outbound.domain.tenure import Tenure
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

T = TypeVar("T")


def contact_item(contact: Contact) -> dict[str, Any]:
    """All but the keys; what is empty is left out."""
    profile: dict[str, Any] = {
        "email": list(contact.emails),
        "phone": [_phone_item(phone) for phone in contact.phones],
        "locale": contact.locale,
        "timezone": contact.timezone,
        "region": contact.region,
        "attributes": contact.attributes or None,
        "preferred": list(contact.preferred),
        "forbidden": sorted(contact.forbidden),
        "consents": [_consent_item(consent) for consent in contact.consents],
        "corrections": [_correction_item(each) for each in contact.corrections],
        "tenures": [tenure_item(each) for each in contact.tenures],
        "paused_until": rfc3339_or_none(contact.paused_until),
        "created_at": rfc3339_or_none(contact.created_at),
        "updated_at": rfc3339_or_none(contact.updated_at),
        "erased_at": rfc3339_or_none(contact.erased_at),
    }
    told = {name: value for name, value in profile.items() if value not in (None, [])}
    item: dict[str, Any] = {
        "profile": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "version": contact.version,
    }
    if contact.chain.number:
        item["chain"] = [contact.chain.number, contact.chain.digest]
    return item


def contact_of(item: Mapping[str, Any], tenant: str) -> Contact:
    """The contact that `contact_item` wrote under its id."""
    number, digest = item.get("chain", (0, ""))
    profile = json.loads(item["profile"])
    return Contact(
        id=item["sk"],
        tenant=tenant,
        emails=tuple(profile.get("email", ())),
        phones=_each(_phone_of, profile.get("phone")),
        locale=profile.get("locale"),
        timezone=profile.get("timezone"),
        region=profile.get("region"),
        attributes=profile.get("attributes", {}),
        preferred=_each(Channel, profile.get("preferred")),
        forbidden=frozenset(_each(Channel, profile.get("forbidden"))),
        consents=_each(_consent_of, profile.get("consents")),
        corrections=_each(_correction_of, profile.get("corrections")),
        tenures=_each(tenure_of, profile.get("tenures")),
        paused_until=_read(profile.get("paused_until")),
        created_at=_read(profile.get("created_at")),
        updated_at=_read(profile.get("updated_at")),
        erased_at=_read(profile.get("erased_at")),
        version=int(item["version"]),
        chain=ChainHead(int(number), digest),
    )


def _each(read: Callable[[Any], T], values: Sequence[Any] | None) -> tuple[T, ...]:
    return tuple(map(read, values)) if values else ()


def _phone_item(phone: Phone) -> dict[str, Any]:
    item = {
        "value": phone.value,
        "zones": list(phone.zones),
        "kind": phone.kind,
        "country": phone.country,
        "checks": [_check_item(check) for check in phone.checks] or None,
        "line": _line_item(phone.line) if phone.line else None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _phone_of(item: Mapping[str, Any]) -> Phone:
    return Phone(
        value=item["value"],
        country=item.get("country"),
        zones=tuple(item["zones"]),
        kind=item["kind"],
        checks=tuple(_check_of(check) for check in item.get("checks", ())),
        line=_line_of(item["line"]) if "line" in item else None,
    )


def _line_item(line: Line) -> dict[str, Any]:
    item = {"type": line.type, "at": rfc3339(line.at)}
    told = {"carrier": line.carrier, "country": line.country}
    return {**item, **{name: value for name, value in told.items() if value}}


def _line_of(item: Mapping[str, Any]) -> Line:
    return Line(
        LineType(item["type"]),
        parse_rfc3339(item["at"]),
        item.get("carrier"),
        item.get("country"),
    )


def _check_item(check: Check) -> dict[str, Any]:
    item = {
        "kind": check.kind,
        "answer": check.answer,
        "at": rfc3339(check.at),
        "source": check.source,
    }
    return {**item, "since": check.since.isoformat()} if check.since else item


def _check_of(item: Mapping[str, Any]) -> Check:
    return Check(
        kind=CheckKind(item["kind"]),
        answer=CheckAnswer(item["answer"]),
        at=parse_rfc3339(item["at"]),
        source=item["source"],
        since=date.fromisoformat(item["since"]) if "since" in item else None,
    )


def _consent_item(consent: Consent) -> dict[str, Any]:
    item = {
        "channel": consent.channel,
        "purpose": consent.purpose,
        "topic": consent.topic,
        "status": consent.status,
        "level": int(consent.level),
        "source": consent.source,
        "at": rfc3339(consent.at),
        "expires_at": rfc3339_or_none(consent.expires_at),
        "covers": sorted(consent.covers),
    }
    return {name: value for name, value in item.items() if value not in (None, [])}


def _consent_of(item: Mapping[str, Any]) -> Consent:
    return Consent(
        channel=Channel(item["channel"]),
        purpose=Purpose(item["purpose"]),
        topic=item.get("topic"),
        status=ConsentStatus(item["status"]),
        level=Level(int(item["level"])),
        source=item["source"],
        at=parse_rfc3339(item["at"]),
        expires_at=_read(item.get("expires_at")),
        covers=frozenset(item.get("covers", ())),
    )


def _correction_item(correction: Correction) -> dict[str, Any]:
    address = correction.address
    return {"kind": address.kind, "value": address.value, "at": rfc3339(correction.at)}


def _correction_of(item: Mapping[str, Any]) -> Correction:
    return Correction(Address(item["kind"], item["value"]), parse_rfc3339(item["at"]))


def tenure_item(tenure: Tenure) -> list[str | None]:
    """A tenure as a list."""
    return [
        tenure.key,
        tenure.shared_key,
        rfc3339_or_none(tenure.since),
        rfc3339_or_none(tenure.until),
    ]


def tenure_of(item: Sequence[str | None]) -> Tenure:
    """The tenure that `tenure_item` wrote."""
    key, shared_key, since, until = item
    return Tenure(key or "", shared_key or "", _read(since), _read(until))


def _read(text: str | None) -> datetime | None:
    return parse_rfc3339(text) if text else None
