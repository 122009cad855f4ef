"""The list of all contacts, part by part: who was not reached for long, and how well it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import contact_key
from outbound.domain.list_health import STALE, findings
from outbound.domain.message import Status
from outbound.domain.shards import SHARDS
from outbound.domain.tracking import TRACKED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.message import Message
    from outbound.ports import Clock, Contacts, Messages

QUERIES = 40
"""For one part: a shard has none or many, and what was erased takes a place as well."""
MESSAGES, MOST_PAGES = 25, 4
"""Of a contact who was sent to a hundred times since then and never reached, no more is read."""
REACHED = frozenset({Status.SENT, Status.DELIVERED})


@dataclass(frozen=True, slots=True)
class ContactListPorts:
    """What looking through contacts works with."""

    clock: Clock
    secret: bytes
    contacts: Contacts
    messages: Messages


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which contact of which shard a part begins."""

    shard: int = 0
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """Those of a part who were not reached; `after` is the place behind it, None at the end."""

    contacts: tuple[Contact, ...]
    after: Place | None


@dataclass(frozen=True, slots=True)
class Health:
    """What is to be said of a part, each thing with the number of contacts that it is said of."""

    read: int
    found: Mapping[str, int]
    after: Place | None


def stale(tenant: str, since: datetime, place: Place, limit: int, ports: ContactListPorts) -> Stale:
    """Who of the next `limit` contacts has not been reached since a time."""
    contacts, after = _part(tenant, place, limit, ports.contacts)
    return Stale(tuple(each for each in contacts if not _reached(each, since, ports)), after)


def health(
    tenant: str, since: datetime | None, place: Place, limit: int, ports: ContactListPorts
) -> Health:
    """How well the next `limit` contacts are; with `since`, also who was not reached."""
    now = ports.clock.now()
    contacts, after = _part(tenant, place, limit, ports.contacts)
    known = ports.contacts.look_up(
        tenant,
        addresses={address for each in contacts for address in each.addresses},
        known={each.id: each for each in contacts},
    )
    found: Counter[str] = Counter()
    for each in contacts:
        standing = [one for address in each.addresses for one in known.suppressed.get(address, ())]
        found.update(findings(each, standing, now))
        if since is not None and not _reached(each, since, ports):
            found[STALE] += 1
    return Health(len(contacts), found, after)


def _part(
    tenant: str, place: Place, limit: int, contacts: Contacts
) -> tuple[tuple[Contact, ...], Place | None]:
    found: list[Contact] = []
    behind: Place | None = place
    for _ in range(QUERIES):
        if behind is None or len(found) == limit:
            break
        page = contacts.page(tenant, behind.shard, limit=limit - len(found), after=behind.after)
        found += page.contacts
        behind = _behind(behind.shard, page.after)
    return tuple(found), behind


def _behind(shard: int, after: str | None) -> Place | None:
    if after is not None:
        return Place(shard, after)
    return Place(shard + 1) if shard + 1 < SHARDS else None


def _reached(contact: Contact, since: datetime, ports: ContactListPorts) -> bool:
    """Whether a contact is new, has said something, or had a message that came, since a time."""
    said = [each.at for each in contact.consents]
    if max((contact.created_at or since, *said)) >= since:
        return True
    key, after = contact_key(ports.secret, contact.tenant, contact.id), None
    for _ in range(MOST_PAGES):
        page = ports.messages.of_contact(contact.tenant, key, limit=MESSAGES, after=after)
        if any(_came(each, since) for each in page.messages):
            return True
        after = page.after
        if after is None or any(each.created_at < since for each in page.messages):
            return False
    return False


def _came(message: Message, since: datetime) -> bool:
    if message.marks & TRACKED:
        return message.created_at >= since
    return message.status in REACHED and message.timeline[-1].at >= since
