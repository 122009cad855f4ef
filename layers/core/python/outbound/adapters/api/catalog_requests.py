"""`PUT /v1/templates/{id}` and `POST /v1/keys`, as they are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AwareDatetime, Field

from outbound.adapters.api.contents import read_content
from outbound.adapters.api.identifiers import TemplateId, Tenant
from outbound.adapters.api.reading import Model, fingerprint_of, read, read_value
from outbound.domain.errors import Fault, Refusal
from outbound.domain.words import Channel, Mode, Purpose, Scope
from outbound.flow.manage.keys import NewKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.content import Content


class TemplateIdModel(Model):
    """The id in the path."""

    id: TemplateId


class TemplateBodyModel(Model):
    """A version of a template."""

    purpose: Purpose
    channels: Annotated[dict[Channel, dict[str, Any]], Field(min_length=1)]


class KeyModel(Model):
    """A key to make."""

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]
    mode: Mode
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=50)]
    purposes: Annotated[list[Purpose], Field(max_length=50)]
    expires_at: AwareDatetime | None = None


class OperatorKeyModel(KeyModel):
    """A key that an operator makes, for a tenant."""

    tenant: Tenant


class OperatorRevokeModel(Model):
    """A key that an operator revokes."""

    tenant: Tenant
    id: Annotated[str, Field(min_length=1, max_length=80)]


def read_template_id(value: str) -> str:
    """The id of a template in a path.

    Raises:
        Refusal: it isn't one.
    """
    return read_value(TemplateIdModel, {"id": value}, "").id


def read_template(text: str) -> tuple[Purpose, Mapping[Channel, Content]]:
    """Purpose and contents of a template version.

    Raises:
        Refusal: the body isn't a template.
    """
    model = read(TemplateBodyModel, text)
    faults: list[Fault] = []
    contents: dict[Channel, Content] = {}
    for channel, value in model.channels.items():
        try:
            contents[channel] = read_content(channel, value, f"/channels/{channel}")
        except Refusal as refusal:
            faults.extend(refusal.faults)
    if faults:
        raise Refusal("invalid_request", faults[0].message, *faults)
    return model.purpose, contents


def read_key(text: str, tenant: str, route: str, idempotency_key: str | None) -> NewKey:
    """A key that a caller asks for, in the caller's tenant.

    Raises:
        Refusal: the body isn't a key.
    """
    model = read(KeyModel, text)
    return _new_key(model, tenant, idempotency_key, fingerprint_of(route, text))


def read_operator_key(value: Mapping[str, Any]) -> NewKey:
    """A key that an operator with AWS rights asks for.

    Raises:
        Refusal: it isn't one.
    """
    model = read(OperatorKeyModel, json.dumps(value))
    return _new_key(model, model.tenant, None, "")


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
        idempotency_key=idempotency_key,
        fingerprint=fingerprint,
    )
