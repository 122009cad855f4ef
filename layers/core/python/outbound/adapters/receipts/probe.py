"""The test email of `outbound doctor`: its event is written into the log, where it is looked for.

It belongs to no message and no contact, so the log holds nothing personal: its subject and its two
unsubscribe headers are the command's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.log import logger

if TYPE_CHECKING:
    from collections.abc import Mapping

TAG = "outbound_probe"
HEADERS = ("list-unsubscribe", "list-unsubscribe-post")
LONGEST = 200


def note_probe(event: Mapping[str, Any]) -> None:
    """Log an event of SES if it is that of a test email."""
    mail = event["mail"]
    tagged = mail.get("tags", {}).get(TAG)
    if not tagged:
        return
    headers = {
        header["name"].lower(): header["value"][:LONGEST]
        for header in mail.get("headers", ())
        if header["name"].lower() in HEADERS
    }
    subject = mail.get("commonHeaders", {}).get("subject", "")
    seen = {"event": event["eventType"], "subject": subject[:LONGEST], "headers": headers}
    logger().info("test email", extra={"probe": tagged[0][:LONGEST], **seen})
