"""`outbound send`, and `outbound messages get`, `list`, `move` and `cancel`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.requests import (
        Content,
        MessageFields,
        RouteChoice,
        RouteFields,
        TemplateChoice,
        To,
    )

ROUTE = "rte_"


def send(asked: Namespace, around: Surroundings) -> None:
    """Send one message, or show what would be sent."""
    if bool(asked.channel) == bool(asked.route):
        raise Failure("Say how to send it: --channel, or --route.")
    if asked.route:
        _send_route(asked, around)
        return
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


def _send_route(asked: Namespace, around: Surroundings) -> None:
    channels = asked.route.split(",")
    content, template = _content(asked), _template(asked.template)
    if bool(content) == bool(template):
        raise Failure("Say what to send: --text (or --ssml), or --template.")
    route: RouteChoice = {"mode": "all" if asked.all else "first", "channels": channels}
    if asked.after:
        route["after"] = asked.after
    fields: RouteFields = {
        "to": _to(asked.to),
        "route": route,
        "purpose": asked.purpose,
        "content": {each: _said_on(each, content) for each in channels} if content else None,
        "template": template,
        "data": read_data(asked.data) or None,
        "topic": asked.topic,
        "send_at": asked.send_at,
        "expires_at": asked.expires_at,
    }
    with client(asked, around) as api:
        if asked.dry_run:
            tried = api.try_route(**fields)
            show.as_json(tried) if asked.json else show.route_dry_run(tried)
            return
        sent = api.send_route(**fields, idempotency_key=asked.idempotency_key)
    show.as_json(sent) if asked.json else show.route(sent)


def cancel(asked: Namespace, around: Surroundings) -> None:
    """Cancel a message, or what is left of a route, that has not left."""
    with client(asked, around) as api:
        if asked.id.startswith(ROUTE):
            cancelled = api.cancel_route(asked.id)
            show.as_json(cancelled) if asked.json else show.route(cancelled)
            return
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
    """Show one message, or a route with all of its."""
    with client(asked, around) as api:
        if asked.id.startswith(ROUTE):
            found = api.get_route(asked.id)
            show.as_json(found) if asked.json else show.route(found)
            return
        message = api.get_message(asked.id)
    show.as_json(message) if asked.json else show.message(message)


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of a contact's messages, or of a campaign's."""
    with client(asked, around) as api:
        listed = api.list_campaign_messages if asked.campaign else api.list_messages
        page = listed(asked.campaign or asked.contact, asked.limit, asked.cursor, asked.status)
    if asked.json:
        show.as_json(page)
        return
    rows = [(m.id, show.when(m.created_at), m.channel, m.purpose, m.status) for m in page.items]
    show.table(("ID", "CREATED", "CHANNEL", "PURPOSE", "STATUS"), rows)
    show.more(page.next_cursor)


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


def _said_on(channel: str, content: Content) -> Content:
    """What of a content a channel can say."""
    said: Content = {}
    if channel == "email":
        said = {"subject": content.get("subject", ""), "text": content.get("text", "")}
        if "from" in content:
            said["from"] = content["from"]
        return said
    if channel == "voice":
        for name in ("voice", "locale"):
            if name in content:
                said[name] = content[name]
        if "ssml" in content:
            said["ssml"] = content["ssml"]
            return said
    said["text"] = content.get("text", "")
    return said


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
