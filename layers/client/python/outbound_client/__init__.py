"""A typed client of Outbound's HTTP API."""

from outbound_client.client import OutboundClient
from outbound_client.errors import NotReached, OutboundError, Problem, Unreachable, UnreadableAnswer
from outbound_client.models import (
    BatchItem,
    CreatedKey,
    Decision,
    DryRun,
    FieldError,
    ItemProblem,
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
from outbound_client.requests import Content, ItemFields, MessageFields, TemplateChoice, To

__all__ = [
    "BatchItem",
    "Content",
    "CreatedKey",
    "Decision",
    "DryRun",
    "FieldError",
    "ItemFields",
    "ItemProblem",
    "Key",
    "Message",
    "MessageFields",
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
