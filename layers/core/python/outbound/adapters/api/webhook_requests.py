"""Webhooks, as requests and answers hold them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field

from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import WebhookId
from outbound.adapters.api.reading import ONCE, Model, read, read_value
from outbound.domain.duration import parse_duration
from outbound.domain.errors import refused_at
from outbound.domain.event import EventType
from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.webhook import Webhook
    from outbound.flow.manage.webhooks import Kept

_HOST = r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?"
_PORT = "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
URL = rf"^https?://{_HOST}(:{_PORT})?(/[!-\"$-~]*)?$"
"""A name, no address; no user, no fragment."""
MOST_OVERLAP = timedelta(days=7)


def _overlap(value: str) -> str:
    if parse_duration(value) > MOST_OVERLAP:
        raise ValueError("must be at most P7D")
    return value


class WebhookModel(Model):
    """Where somebody is told, and of what."""

    url: Annotated[
        str,
        form(
            URL,
            "Must be an address with https and a host that has a name, and no user or fragment, "
            "such as https://example.org/outbound.",
            max_length=500,
        ),
    ]
    types: Annotated[list[EventType], ONCE, Field(min_length=1)] | None = None


class WebhookRotationModel(Model):
    """How long the secrets before sign as well."""

    overlap: Annotated[str, AfterValidator(_overlap)] = "P1D"


class WebhookIdModel(Model):
    """The id in the path."""

    id: WebhookId


def read_webhook_id(value: str) -> str:
    """The id of a webhook in a path.

    Raises:
        Refusal: it can't be one.
    """
    return read_value(WebhookIdModel, {"id": value}, "").id


def read_webhook(text: str, *, locally: bool) -> tuple[str, tuple[str, ...]]:
    """Where a webhook is, and the types that it is told of.

    Raises:
        Refusal: the body isn't one, or it has no TLS, which only a local run allows.
    """
    model = read(WebhookModel, text)
    if not locally and not model.url.startswith("https:"):
        message = "url must begin with https://; only a local run takes others."
        raise refused_at("/url", "invalid_request", message)
    return model.url, tuple(model.types or EventType)


def read_webhook_rotation(text: str) -> timedelta:
    """The overlap of a rotation; the body may be empty.

    Raises:
        Refusal: it isn't one.
    """
    return parse_duration(read(WebhookRotationModel, text or "{}").overlap)


def webhook_body(webhook: Webhook, now: datetime) -> dict[str, Any]:
    """A webhook without its secrets."""
    tested = webhook.tested
    return {
        "id": webhook.id,
        "url": webhook.url,
        "types": list(webhook.types),
        "state": _state(webhook),
        "failing_since": _optional(webhook.failing_since),
        "failure": webhook.failure,
        "tried_again_at": _optional(webhook.blocked_until) if webhook.ended is None else None,
        "disabled_at": _optional(webhook.ended_at),
        "disabled_reason": webhook.ended,
        "secrets": [
            {"ends_at": _optional(each.until)}
            for each in webhook.secrets
            if each.until is None or each.until > now
        ],
        "tested": {
            "event_id": tested.event_id,
            "at": rfc3339(tested.at),
            "failure": tested.failure,
        }
        if tested
        else None,
        "created_at": rfc3339(webhook.created_at),
        "updated_at": rfc3339(webhook.updated_at),
    }


def kept_body(kept: Kept, now: datetime) -> dict[str, Any]:
    """A webhook that was made or rotated just now: with its new secret."""
    return {"secret": kept.secret, **webhook_body(kept.webhook, now)}


def _state(webhook: Webhook) -> str:
    if webhook.ended is not None:
        return "disabled"
    return "failing" if webhook.failing_since is not None else "active"


def _optional(instant: datetime | None) -> str | None:
    return rfc3339(instant) if instant else None
