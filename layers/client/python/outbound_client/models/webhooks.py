"""Where you are told what becomes of messages."""

from datetime import datetime

from outbound_client.models.answer import Answer


class LastTest(Answer):
    """What became of the last test of a webhook; `failure` is None where it was taken."""

    event_id: str
    at: datetime
    failure: str | None = None


class SigningSecret(Answer):
    """A secret that signs, and until when it does beside the newest; None is the newest."""

    ends_at: datetime | None = None


class Webhook(Answer):
    """Where you are told what becomes of messages.

    `state` is active, failing or disabled. `secret` is there only where it is new: keep it.
    """

    id: str
    url: str
    types: tuple[str, ...]
    state: str
    failing_since: datetime | None = None
    failure: str | None = None
    tried_again_at: datetime | None = None
    disabled_at: datetime | None = None
    disabled_reason: str | None = None
    secrets: tuple[SigningSecret, ...] = ()
    tested: LastTest | None = None
    created_at: datetime
    updated_at: datetime
    secret: str | None = None


class WebhookList(Answer):
    """All webhooks."""

    items: tuple[Webhook, ...]


class WebhookTest(Answer):
    """A test that is on its way; `tested` of its webhook says what became of it."""

    event_id: str
