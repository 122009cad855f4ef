"""What the bodies of a message may use: its data, its contact, the tenant, its links, itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.errors import Fault, Refusal
from outbound.flow.organisation import ORGANISATION
from outbound.ports.rendering import LINKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from outbound.domain.contact import Contact
    from outbound.domain.words import Channel, Purpose
    from outbound.flow.shortening import Shortening
    from outbound.ports import Path

CONTACT, LINKS, MESSAGE = "contact", "links", "message"
OURS = {
    CONTACT: "bodies find there what is known of the recipient",
    LINKS: "bodies find the message's own links there",
    MESSAGE: "bodies find there what is known of the message",
    ORGANISATION: "bodies find there what your settings say of you",
}
SOME_ID = "msg_".ljust(40, "x")
"""Stands for the id of a message that has none yet, in its usual length."""


def scope_of(
    data: Mapping[str, Any],
    *,
    contact: Mapping[str, Any],
    message: Mapping[str, str],
    links: Mapping[str, str],
    organisation: Mapping[str, Any] | None = None,
    shortening: Shortening | None = None,
) -> Mapping[str, Any]:
    """All that bodies find: `links` in emails alone; `organisation` may stand in `data`, kept."""
    scope: dict[str, Any] = {**data, CONTACT: contact, MESSAGE: message}
    if shortening is not None:
        scope[LINKING] = shortening
    if links:
        scope[LINKS] = links
    if organisation is not None:
        scope[ORGANISATION] = organisation
    return scope


def contact_view(contact: Contact) -> Mapping[str, Any]:
    """What bodies may say of a contact; what isn't known of it is missing.

    No consents, for they are the gate's; no addresses, for whom a message goes to is decided
    without its content, and forwarded it would tell them.
    """
    known = {
        "id": contact.id,
        "locale": contact.locale,
        "timezone": contact.timezone,
        "region": contact.region,
    }
    view: dict[str, Any] = {name: value for name, value in known.items() if value is not None}
    return {**view, "attributes": dict(contact.attributes)}


def message_view(message_id: str, channel: Channel, purpose: Purpose) -> Mapping[str, str]:
    """What bodies may say of their message."""
    return {"id": message_id, "channel": str(channel), "purpose": str(purpose)}


def used_of(view: Mapping[str, Any], uses: Iterable[Iterable[Path]]) -> Mapping[str, Any]:
    """The part of a contact that bodies ask for: nothing else of it is kept with a message."""
    asked = {path[1:] for paths in uses for path in paths if path[0] == CONTACT}
    if () in asked:
        return view
    used: dict[str, Any] = {}
    for path in sorted(asked, key=len, reverse=True):
        _pick(view, used, path)
    return used


def _pick(source: Any, target: dict[str, Any], path: Path) -> None:
    step, rest = path[0], path[1:]
    if step not in source:
        return
    value = source[step]
    if not rest or not isinstance(value, dict):
        target[step] = value
    elif isinstance(value, dict):
        _pick(value, target.setdefault(step, {}), rest)


def check_data(data: Mapping[str, Any]) -> None:
    """Raises Refusal when data has a name of ours."""
    faults = [
        Fault(f"/data/{name}", "reserved_name", f"data must not have {name}: {what}.")
        for name, what in OURS.items()
        if name in data
    ]
    if faults:
        raise Refusal("reserved_name", faults[0].message, *faults)
