"""`POST /v1/messages`, as it is read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, AwareDatetime, Field, field_validator, model_validator

from outbound.adapters.api.addresses import Email, Phone
from outbound.adapters.api.contents import read_content
from outbound.adapters.api.identifiers import (
    ContactId,
    IdempotencyKey,
    Locale,
    PoolId,
    TemplateId,
    Topic,
)
from outbound.adapters.api.moments import Moment
from outbound.adapters.api.reading import (
    LARGEST_BODY,
    WHOLE,
    Model,
    canonical,
    digest_of,
    fingerprint_of,
    parsed,
    read,
    read_value,
)
from outbound.adapters.api.route_requests import RouteModel, read_contents
from outbound.domain.address import Address
from outbound.domain.errors import Refusal
from outbound.domain.words import Channel, OnUnconfirmed, Purpose
from outbound.flow.batch import Batch
from outbound.flow.intake import Request, TemplateChoice
from outbound.flow.recipient import To
from outbound.flow.rescheduling import Moved
from outbound.flow.routed import RouteRequest

if TYPE_CHECKING:
    from typing import Self

    from outbound.domain.content import Content

LARGEST_DATA = 32_000
LARGEST_BATCH = 500
LARGEST_BATCH_BODY = 4_000_000
"""Bytes: Lambda takes 6 MB with what API Gateway adds."""
ROUTE, BATCH_ROUTE = "POST /v1/messages", "POST /v1/messages/batch"


def _small(data: dict[str, Any]) -> dict[str, Any]:
    try:
        length = len(json.dumps(data, allow_nan=False))
    except ValueError:
        raise ValueError("must hold only numbers that JSON has") from None
    if length > LARGEST_DATA:
        raise ValueError(f"must have at most {LARGEST_DATA:,} characters as JSON")
    return data


Data = Annotated[dict[str, Any], AfterValidator(_small)]
"""The values of variables."""


class ToModel(Model):
    """Who a message is for: one of the three."""

    contact_id: ContactId | None = None
    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1 or self == ToModel.model_construct():
            raise ValueError("must name exactly one of contact_id, email and phone")
        return self


class TemplateModel(Model):
    """A stored template; the published version when none is named."""

    id: TemplateId
    version: Annotated[int, Field(ge=1, le=99_999_999), WHOLE] | None = None
    locale: Locale | None = None


class MessageModel(Model):
    """One message to send."""

    to: ToModel
    channel: Channel | None = None
    route: RouteModel | None = None
    purpose: Purpose
    topic: Topic | None = None
    content: dict[str, Any] | None = None
    template: TemplateModel | None = None
    data: Data = Field(default_factory=dict)
    send_at: Moment | None = None
    expires_at: AwareDatetime | None = None
    on_unconfirmed: OnUnconfirmed | None = None
    coupon_pool: PoolId | None = None

    @field_validator("purpose")
    @classmethod
    def _no_alert(cls, purpose: Purpose) -> Purpose:
        if purpose is Purpose.EMERGENCY:
            raise ValueError("must not be emergency: that purpose is for alerts alone")
        return purpose

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        if (self.content is None) == (self.template is None):
            raise ValueError("the message must have exactly one of content and template")
        return self

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.channel is None) == (self.route is None):
            raise ValueError("the message must have exactly one of channel and route")
        if self.route is not None and self.coupon_pool is not None:
            raise ValueError("a message with a route has no coupon_pool: it would take two codes")
        return self


class ReschedulingModel(Model):
    """When a message shall leave instead."""

    send_at: Moment
    expires_at: AwareDatetime | None = None


class BatchModel(Model):
    """Many messages."""

    messages: Annotated[list[Any], Field(min_length=1, max_length=LARGEST_BATCH)]


class ItemModel(MessageModel):
    """A message of a batch, with an idempotency key of its own where it has one."""

    client_token: IdempotencyKey | None = None


def read_message(text: str, idempotency_key: str | None) -> Request | RouteRequest:
    """The request for one message.

    Raises:
        Refusal: the body isn't a message.
    """
    model = read(MessageModel, text)
    return _request(model, idempotency_key, fingerprint_of(ROUTE, text))


def read_rescheduling(text: str) -> Moved:
    """When a message shall leave instead.

    Raises:
        Refusal: the body doesn't say it.
    """
    model = read(ReschedulingModel, text)
    return Moved(model.send_at, model.expires_at)


def read_batch(text: str, idempotency_key: str | None) -> Batch:
    """The requests of a batch; an item that isn't a message is there as its refusal.

    Raises:
        Refusal: the body isn't a list of 1 to 500 items.
    """
    value = parsed(text)
    model = read_value(BatchModel, value, "")
    items = [_item(each) for each in model.messages]
    return Batch(items, idempotency_key, digest_of(BATCH_ROUTE, canonical(value)))


def _item(value: object) -> Request | RouteRequest | Refusal:
    try:
        text = canonical(value)
        if len(text) > LARGEST_BODY:
            raise Refusal("body_too_large", f"A message may have {LARGEST_BODY:,} bytes.")
        model = read(ItemModel, text)
        single = value
        if isinstance(value, dict):
            single = {name: each for name, each in value.items() if name != "client_token"}
        return _request(model, model.client_token, digest_of(ROUTE, canonical(single)))
    except Refusal as refusal:
        return refusal


def _request(
    model: MessageModel, idempotency_key: str | None, fingerprint: str
) -> Request | RouteRequest:
    if model.route is None:
        assert model.channel is not None
        content = None
        if model.content is not None:
            content = read_content(model.channel, model.content, "/content")
        return _on(model, model.channel, content, idempotency_key, fingerprint)
    contents = read_contents(model.route, model.content) if model.content is not None else {}
    each = [
        replace(
            _on(model, channel, contents.get(channel), idempotency_key, fingerprint),
            content_at=f"/content/{channel}",
        )
        for channel in model.route.channels
    ]
    return RouteRequest(model.route.mode, model.route.wait, each, idempotency_key, fingerprint)


def _on(
    model: MessageModel,
    channel: Channel,
    content: Content | None,
    idempotency_key: str | None,
    fingerprint: str,
) -> Request:
    """What is asked of one channel."""
    return Request(
        to=_to(model.to),
        channel=channel,
        purpose=model.purpose,
        topic=model.topic,
        content=content,
        template=_template(model.template) if model.template else None,
        data=model.data,
        send_at=model.send_at,
        expires_at=model.expires_at,
        on_unconfirmed=model.on_unconfirmed,
        idempotency_key=idempotency_key,
        fingerprint=fingerprint,
        coupon_pool=model.coupon_pool,
    )


def _template(model: TemplateModel) -> TemplateChoice:
    return TemplateChoice(model.id, model.version, model.locale)


def read_contact_id(value: str) -> str:
    """The id of a contact in a query.

    Raises:
        Refusal: it can't be one.
    """
    contact_id = read_value(ToModel, {"contact_id": value}, "").contact_id
    assert contact_id is not None
    return contact_id


def _to(model: ToModel) -> To:
    if model.contact_id is not None:
        return To(contact_id=model.contact_id)
    if model.email is not None:
        return To(address=Address("email", model.email))
    assert model.phone is not None
    return To(address=Address("phone", model.phone))
