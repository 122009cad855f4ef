"""Messages to a person over several channels."""

from datetime import datetime

from outbound_client.models.answer import Answer
from outbound_client.models.messages import DryRun, Message, TimelineEntry


class RouteEntry(TimelineEntry):
    """One step of a message of a route."""

    channel: str
    message_id: str


class Route(Answer):
    """One message to a person over several channels: `messages` in the order they are tried.

    `status` is the best that one of them has come to. `without_address` are channels that the
    contact has no address for.
    """

    id: str
    status: str
    mode: str
    channels: tuple[str, ...]
    after: str | None = None
    without_address: tuple[str, ...] = ()
    purpose: str
    topic: str | None = None
    contact_id: str | None = None
    send_at: datetime | None = None
    expires_at: datetime | None = None
    created_at: datetime
    messages: tuple[Message, ...]
    timeline: tuple[RouteEntry, ...] = ()


class RouteDryRun(Answer):
    """What would become of the messages of a route, and what each would say."""

    mode: str
    channels: tuple[str, ...]
    after: str | None = None
    without_address: tuple[str, ...] = ()
    purpose: str
    topic: str | None = None
    contact_id: str | None = None
    send_at: datetime | None = None
    expires_at: datetime | None = None
    messages: tuple[DryRun, ...]
