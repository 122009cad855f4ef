"""`outbound send`, and `outbound messages get`, `list`, `move` and `cancel`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.requests import Content, MessageFields, TemplateChoice, To


def send(asked: Namespace, around: Surroundings) -> None:
    """Send one message, or show what would be sent."""
    content, template = _content(asked), _template(asked.template)
    if bool(content) == bool(template):
        raise Failure("Say what to send: --text (or --ssml), or --template.")
    fields: MessageFields = {
        "to": _to(asked.to),
        "channel": asked.channel,
        "purpose": asked.purpose,
        "content": content or None,
        "template": template,
        "data": read_data(asked.data) or None,
        "topic": asked.topic,
        "send_at": asked.send_at,
        "expires_at": asked.expires_at,
    }
    with client(asked, around) as api:
        if asked.dry_run:
            tried = api.try_message(**fields)
            show.as_json(tried) if asked.json else show.dry_run(tried)
            return
        message = api.send_message(**fields, idempotency_key=asked.idempotency_key)
    show.as_json(message) if asked.json else show.message(message)


def cancel(asked: Namespace, around: Surroundings) -> None:
    """Cancel a message that has not left."""
    with client(asked, around) as api:
        message = api.cancel_message(asked.id)
    show.as_json(message) if asked.json else show.message(message)


def move(asked: Namespace, around: Surroundings) -> None:
    """Let a message that has not left leave at another time."""
    with client(asked, around) as api:
        message = api.reschedule_message(
            asked.id, send_at=asked.send_at, expires_at=asked.expires_at
        )
    show.as_json(message) if asked.json else show.message(message)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show one message."""
    with client(asked, around) as api:
        message = api.get_message(asked.id)
    show.as_json(message) if asked.json else show.message(message)


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of a contact's messages."""
    with client(asked, around) as api:
        page = api.list_messages(asked.contact, asked.limit, asked.cursor, asked.status)
    if asked.json:
        show.as_json(page)
        return
    rows = [(m.id, show.when(m.created_at), m.channel, m.purpose, m.status) for m in page.items]
    show.table(("ID", "CREATED", "CHANNEL", "PURPOSE", "STATUS"), rows)
    if page.next_cursor:
        print(f"outbound: there are more: --cursor {page.next_cursor}", file=sys.stderr)


def _to(text: str) -> To:
    if "@" in text:
        return {"email": text}
    return {"phone": text} if text.startswith("+") else {"contact_id": text}


def _content(asked: Namespace) -> Content:
    content: Content = {}
    if asked.text is not None:
        content["text"] = asked.text
    if asked.ssml is not None:
        content["ssml"] = asked.ssml
    if asked.voice is not None:
        content["voice"] = asked.voice
    if asked.locale is not None:
        content["locale"] = asked.locale
    if asked.subject is not None:
        content["subject"] = asked.subject
    if asked.sender is not None:
        content["from"] = asked.sender
    return content


def _template(text: str | None) -> TemplateChoice | None:
    if text is None:
        return None
    identifier, at, version = text.partition("@")
    if not at:
        return {"id": identifier}
    if not (version.isascii() and version.isdigit()):
        raise Failure("--template is an id, or an id and a version: order-shipped@3.")
    return {"id": identifier, "version": int(version)}


def read_data(pairs: list[str]) -> dict[str, Any]:
    """The variables of `--data NAME=VALUE`."""
    data: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise Failure("--data is NAME=VALUE; a VALUE that is JSON is read as JSON.")
        data[name] = _json_or_text(value)
    return data


def _json_or_text(value: str) -> Any:
    # A number may be a reference with leading zeros or a long one, so it stays text.
    if not value.startswith(("{", "[", '"')):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
