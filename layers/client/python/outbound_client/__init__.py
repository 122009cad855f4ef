"""A typed client of Outbound's HTTP API."""

from outbound_client.client import OutboundClient
from outbound_client.errors import NotReached, OutboundError, Problem, Unreachable, UnreadableAnswer
from outbound_client.models import (
    CreatedKey,
    Decision,
    FieldError,
    Key,
    Message,
    MessagePage,
    Price,
    Provider,
    Recipient,
    SmsParts,
    Template,
    TemplateUsed,
    TimelineEntry,
)
from outbound_client.requests import Content, TemplateChoice, To

__all__ = [
    "Content",
    "CreatedKey",
    "Decision",
    "FieldError",
    "Key",
    "Message",
    "MessagePage",
    "NotReached",
    "OutboundClient",
    "OutboundError",
    "Price",
    "Problem",
    "Provider",
    "Recipient",
    "SmsParts",
    "Template",
    "TemplateChoice",
    "TemplateUsed",
    "TimelineEntry",
    "To",
    "Unreachable",
    "UnreadableAnswer",
]
