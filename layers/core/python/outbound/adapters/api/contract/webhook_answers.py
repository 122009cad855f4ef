"""What answers hold of webhooks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.pattern import EventId, Instant
from outbound.adapters.api.identifiers import WebhookId
from outbound.domain.event import EventType
from outbound.domain.webhook import Ended


class SigningSecret(Answered):
    """A secret that signs, without what it is."""

    ends_at: Instant | None
    """Until when it signs beside the newest; null for the newest."""


class WebhookTested(Answered):
    """What became of the last test."""

    event_id: EventId
    """The id that the request for it was answered with."""
    at: Instant
    """When it was sent."""
    failure: str | None
    """Why it wasn't taken; null where it was."""


class Webhook(Answered):
    """Where you are told what becomes of messages."""

    id: WebhookId
    """As you have chosen it."""
    url: str
    """Where events are sent."""
    types: list[EventType]
    """Of what."""
    state: Literal["active", "failing", "disabled"]
    """Whether it takes events. One that is disabled is told nothing until it is PUT again."""
    failing_since: Instant | None
    """When it first didn't take an event since it last took one."""
    failure: str | None
    """What it answered last: `status_500`, `redirect`, `timeout`, `tls`, `connection`,
    `unknown_host`, `not_public`."""
    tried_again_at: Instant | None
    """Until when nothing is sent to it, for it has failed for a while."""
    disabled_at: Instant | None
    """When it was disabled."""
    disabled_reason: Ended | None
    """Why: it took nothing for three days, or answered 410."""
    secrets: list[SigningSecret]
    """Those that sign, newest first."""
    tested: WebhookTested | None
    """What became of the last test."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it was changed last."""


class KeptWebhook(Webhook):
    """A webhook that was made, changed or rotated just now."""

    secret: Annotated[str, Field(pattern=r"^whsec_[A-Za-z0-9+/]{43,88}=*$")] | None
    """What its requests are signed with. Shown this once, where it is new; else null."""


class WebhookList(Answered):
    """All webhooks, by id."""

    items: list[Webhook]
    """The webhooks."""
    next_cursor: None
    """There is one page only."""


class WebhookTest(Answered):
    """A test that is on its way."""

    event_id: EventId
    """`tested` of the webhook says what became of it."""
