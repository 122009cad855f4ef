"""Keys, as requests hold them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, AwareDatetime, Field

from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import KeyId, Tenant
from outbound.adapters.api.reading import WHOLE, Model, fingerprint_of, read
from outbound.domain.words import Mode, Purpose, Scope
from outbound.flow.manage.keys import NewKey, Rotation

if TYPE_CHECKING:
    from collections.abc import Mapping


_DURATION = re.compile(r"P(?:([0-9]{1,4})D)?(?:T(?=[0-9])(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?)?")
LONGEST_OVERLAP = timedelta(days=30)
_PERSON = form(
    r"^[A-Za-z0-9._@-]+$",
    "Must be letters, digits or any of . _ @ -, such as jane.doe.",
    min_length=1,
    max_length=80,
)
_NAME = form(
    r"^[^\x00-\x1f\x7f]+$", "Must be one line of text, such as Shop.", min_length=1, max_length=80
)
KeyName = Annotated[str, _NAME]
Person = Annotated[str, _PERSON]


def _network(value: str) -> str:
    try:
        return str(ip_network(value))
    except ValueError:
        raise ValueError("must be an IP address or a network, like 192.0.2.0/24") from None


def _overlap(value: str) -> str:
    if _duration(value) > LONGEST_OVERLAP:
        raise ValueError("must be at most P30D")
    return value


def _duration(value: str) -> timedelta:
    match = _DURATION.fullmatch(value)
    if match is None or value == "P":
        raise ValueError("must be an ISO 8601 duration in days, hours and minutes, like PT24H")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


class KeyModel(Model):
    """A key to make."""

    name: KeyName
    mode: Mode
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=50)]
    purposes: Annotated[list[Purpose], Field(max_length=50)]
    expires_at: AwareDatetime | None = None
    allowed_addresses: Annotated[
        list[Annotated[str, AfterValidator(_network)]], Field(max_length=20, default_factory=list)
    ]
    limit_per_minute: Annotated[int, Field(ge=1, le=100_000), WHOLE] | None = None


class RotationModel(Model):
    """How long the old key goes on beside the new one."""

    overlap: Annotated[str, AfterValidator(_overlap)] = "PT24H"


class OperatorRotationModel(RotationModel):
    """A key that an operator replaces."""

    tenant: Tenant
    id: KeyId


class OperatorListModel(Model):
    """A tenant's keys, as an operator asks for them."""

    tenant: Tenant
    cursor: str | None = None


class OperatorKeyModel(KeyModel):
    """A key that an operator makes, for a tenant."""

    tenant: Tenant
    person: Person | None = None


class OperatorRevokeModel(Model):
    """A key that an operator revokes."""

    tenant: Tenant
    id: KeyId


def read_key(text: str, tenant: str, route: str, idempotency_key: str | None) -> NewKey:
    """A key that a caller asks for, in the caller's tenant.

    Raises:
        Refusal: the body isn't a key.
    """
    model = read(KeyModel, text)
    return _new_key(model, tenant, idempotency_key, fingerprint_of(route, text))


def read_rotation(
    text: str, tenant: str, key_id: str, route: str, idempotency_key: str | None
) -> Rotation:
    """A key that a caller replaces; the body may be empty.

    Raises:
        Refusal: the body isn't a rotation.
    """
    model = read(RotationModel, text or "{}")
    fingerprint = fingerprint_of(f"{route} {key_id}", text or "{}")
    return Rotation(tenant, key_id, _duration(model.overlap), idempotency_key, fingerprint)


def read_operator_rotation(value: Mapping[str, Any]) -> Rotation:
    """A key that an operator replaces.

    Raises:
        Refusal: it isn't named, or the overlap isn't one.
    """
    model = read(OperatorRotationModel, json.dumps(value))
    return Rotation(model.tenant, model.id, _duration(model.overlap))


def read_operator_list(value: Mapping[str, Any]) -> tuple[str, str | None]:
    """Whose keys an operator lists, and behind which cursor.

    Raises:
        Refusal: no tenant is named.
    """
    model = read(OperatorListModel, json.dumps(value))
    return model.tenant, model.cursor


def read_operator_key(value: Mapping[str, Any]) -> NewKey:
    """A key that an operator with AWS rights asks for.

    Raises:
        Refusal: it isn't one.
    """
    model = read(OperatorKeyModel, json.dumps(value))
    return replace(_new_key(model, model.tenant, None, ""), person=model.person)


def read_operator_revocation(value: Mapping[str, Any]) -> tuple[str, str]:
    """Tenant and id of the key that an operator revokes.

    Raises:
        Refusal: they aren't named.
    """
    model = read(OperatorRevokeModel, json.dumps(value))
    return model.tenant, model.id


def _new_key(model: KeyModel, tenant: str, idempotency_key: str | None, fingerprint: str) -> NewKey:
    return NewKey(
        tenant=tenant,
        name=model.name,
        mode=model.mode,
        scopes=frozenset(model.scopes),
        purposes=frozenset(model.purposes),
        expires_at=model.expires_at,
        allowed_addresses=tuple(dict.fromkeys(model.allowed_addresses)),
        limit_per_minute=model.limit_per_minute,
        idempotency_key=idempotency_key,
        fingerprint=fingerprint,
    )
