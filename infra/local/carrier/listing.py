"""The outbox as JSON, for tools and tests."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from infra.local.carrier.outbox import Item, Outbox, Played, Reply


def instant(moment: datetime) -> str:
    """Write an instant as RFC 3339 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def listing(outbox: Outbox, search: str = "") -> dict[str, Any]:
    """Describe every message that matches the search, newest first."""
    found = [item for item in outbox.items() if matches(item, search)]
    return {
        "items": [
            describe(item, outbox.receipts(item.provider_id), outbox.replies(item.provider_id))
            for item in found
        ]
    }


def matches(item: Item, search: str) -> bool:
    """Tell whether any text that a reader would look for contains the search."""
    looked_at = (
        item.channel, item.provider_id, item.message_id, item.sender, item.subject, item.text,
        *item.recipients,
    )  # fmt: skip
    return any(search.casefold() in text.casefold() for text in looked_at if text)


def described_reply(reply: Reply) -> dict[str, Any]:
    """Describe what a person answered."""
    return {**asdict(reply), "at": instant(reply.at)}


def describe(
    item: Item, receipts: tuple[Played, ...], replies: tuple[Reply, ...] = ()
) -> dict[str, Any]:
    """Describe one message."""
    return {
        "channel": item.channel,
        "to": ", ".join(item.to),
        "cc": list(item.cc),
        "bcc": list(item.bcc),
        "from": item.sender,
        "subject": item.subject,
        "text": item.text,
        "html": item.html,
        "headers": [{"name": name, "value": value} for name, value in item.headers],
        "attachments": [
            {name: value for name, value in asdict(attachment).items() if name != "content"}
            for attachment in item.attachments
        ],
        "media": list(item.media),
        "voice": asdict(item.voice) if item.voice else None,
        "message_id": item.message_id,
        "provider_id": item.provider_id,
        "operation": item.operation,
        "configuration_set": item.configuration_set,
        "tags": dict(item.tags),
        "at": instant(item.at),
        "receipts": [
            {
                "outcome": played.outcome,
                "at": instant(played.at),
                "problem": played.problem,
                "body": dict(played.body),
            }
            for played in receipts
        ],
        "replies": [described_reply(reply) for reply in replies],
    }
