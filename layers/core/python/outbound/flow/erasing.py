"""Erasure: stop, then remove, then look again until nothing is left.

The contact goes first, in one step with the ledger's entry, so from then on the gate stops whatever
is still on its way. Each step may be repeated, so whoever finds the work half done goes on with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.contact import Contact
from outbound.domain.erasure import SETTLING, Erasure, ErasureState, erasure_id
from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, contact_key
from outbound.domain.ledger import Happening
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.short_link import token_of
from outbound.domain.task import Task, Work
from outbound.domain.words import Purpose
from outbound.flow import traces
from outbound.flow.forgetting import Person, forget
from outbound.flow.manage.contacts import find, write
from outbound.flow.reminders.ports import task_of
from outbound.flow.run_exports.withdrawing import withdraw
from outbound.flow.unlisting import unlist

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.flow.forgetting import UnderWay
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.flow.run_exports.withdrawing import Exported
    from outbound.flow.traces import Traces
    from outbound.flow.unlisting import Lists
    from outbound.ports import (
        Alerts,
        Erasures,
        Ledger,
        MediaCatalog,
        MediaFiles,
        Messages,
        Reminders,
        Schedules,
        ShortLinks,
        Tasks,
    )

PAGE = 100
TRIES = 5


@dataclass(frozen=True, slots=True)
class ErasurePorts:
    """What an erasure works with; `schedules` is asked for where there are any."""

    people: ContactPorts
    messages: Messages
    ledger: Ledger
    media: MediaCatalog
    files: MediaFiles
    erasures: Erasures
    tasks: Tasks
    short_links: ShortLinks
    reminders: Reminders
    alerts: Alerts
    traces: Traces
    lists: Lists
    under_way: UnderWay
    exported: Exported
    schedules: Callable[[], Schedules]


def request(contact_id: str, key: ApiKey, ports: ErasurePorts) -> Erasure:
    """Begin the erasure of a contact, or find the one that has begun.

    Raises:
        Refusal: there is no such contact.
    """
    contact = find(contact_id, key.tenant, ports.people)
    assert contact.created_at is not None
    chain = contact_key(ports.people.secret, key.tenant, contact_id)
    erasure = ports.erasures.open(
        Erasure(
            id=erasure_id(chain, contact.created_at),
            tenant=key.tenant,
            contact_key=chain,
            contact_id=contact_id,
            requested_at=ports.people.clock.now(),
            by=key.id,
            # Whoever finds the contact down no longer knows its addresses.
            addresses=traces.tenures_of(contact, ports.people.secret),
        )
    )
    ports.tasks.send([_task(erasure)])
    _take_down(erasure, contact, ports)
    return erasure


def look(erasure_id: str, key: ApiKey, ports: ErasurePorts) -> Erasure:
    """How far an erasure is.

    Raises:
        Refusal: there is none with this id.
    """
    erasure = ports.erasures.get(key.tenant, erasure_id)
    if erasure is None:
        raise Refusal("unknown_erasure", "There is no erasure with this id.")
    return erasure


def work(tenant: str, erasure_id: str, ports: ErasurePorts) -> Erasure | None:
    """Do what can be done now, and have the rest done later; None if there is no such erasure."""
    erasure = ports.erasures.get(tenant, erasure_id)
    if erasure is None or erasure.state is ErasureState.FINISHED:
        return erasure
    now = ports.people.clock.now()
    contact = _contact(erasure, ports)
    if contact is not None and not _is_down(contact, erasure):
        erasure = _take_down(erasure, contact, ports)
    _remove_proofs(erasure, now, ports)
    traces.remove(erasure, now, ports.traces)
    _remove_files(erasure, ports)
    _remove_reminders(erasure, ports)
    cancelled, redacted, left = _messages(erasure, now, ports)
    named = _forget_in_runs(erasure, now, ports)
    erasure = replace(
        erasure,
        cancelled=erasure.cancelled + cancelled,
        redacted=erasure.redacted + redacted,
        found_at=now if left or redacted or named else erasure.found_at,
    )
    # An export that begins now finds nobody who is gone by now.
    withdraw(erasure.tenant, erasure.found_at or erasure.requested_at, now, ports.exported)
    if erasure.found_at == now or now < erasure.requested_at + SETTLING:
        ports.erasures.update(erasure)
        ports.tasks.send([_task(erasure)], delay=SETTLING)
        return erasure
    if erasure.contact_id is not None:
        unlist(erasure.tenant, erasure.contact_id, ports.lists)
    if contact is not None and contact.erased:
        ports.people.contacts.forget(contact)
    erasure = replace(
        erasure,
        contact_id=None,
        addresses=(),
        state=ErasureState.FINISHED,
        finished_at=now,
    )
    ports.erasures.update(erasure)
    return erasure


def _task(erasure: Erasure) -> Task:
    return Task(Work.ERASE, erasure.id, erasure.tenant)


def _contact(erasure: Erasure, ports: ErasurePorts) -> Contact | None:
    if erasure.contact_id is None:
        return None
    known = ports.people.contacts.look_up(erasure.tenant, contact_ids=[erasure.contact_id])
    return known.contacts.get(erasure.contact_id)


def _is_down(contact: Contact, erasure: Erasure) -> bool:
    return contact.erased_at is not None and contact.erased_at >= erasure.requested_at


def _take_down(erasure: Erasure, contact: Contact, ports: ErasurePorts) -> Erasure:
    """Have nothing left of a contact; the erasure, with all addresses it had."""
    happening = Happening(
        "contact.erased", erasure.requested_at, erasure.by, {"erasure": erasure.id}
    )
    for _ in range(TRIES):
        empty = Contact(
            id=contact.id,
            tenant=contact.tenant,
            erased_at=erasure.requested_at,
            version=contact.version + 1,
            chain=contact.chain,
        )
        if write(empty, contact, [happening], ports.people):
            return erasure
        current = _contact(erasure, ports)
        if current is None or _is_down(current, erasure):
            return erasure
        contact = current
        known = {*erasure.addresses, *traces.tenures_of(contact, ports.people.secret)}
        erasure = replace(erasure, addresses=tuple(known))
        ports.erasures.update(erasure)
    raise Refusal("contact_busy", "Others keep changing this contact. Try again.", retry_after=1)


def _remove_proofs(erasure: Erasure, now: datetime, ports: ErasurePorts) -> None:
    """Those up to the entry of this erasure: later ones are of whoever was made again."""
    for each in ports.ledger.entries(erasure.tenant, erasure.contact_key):
        if each.entry.facts.get("erasure") == erasure.id:
            number = each.entry.number
            ports.ledger.erase_proofs(erasure.tenant, erasure.contact_key, now, up_to=number)


def _remove_files(erasure: Erasure, ports: ErasurePorts) -> None:
    for media in ports.media.of_contact(erasure.tenant, erasure.contact_key):
        ports.files.delete(media)
        ports.media.delete(media)


def _remove_reminders(erasure: Erasure, ports: ErasurePorts) -> None:
    """Those of before, and first their schedules: without it nobody knows the names of these."""
    after: str | None = None
    while True:
        page = ports.reminders.of_contact(
            erasure.tenant, erasure.contact_key, limit=PAGE, after=after
        )
        for reminder in page.reminders:
            if reminder.created_at <= erasure.requested_at:
                if reminder.scheduled is not None:
                    ports.schedules().call_off(task_of(reminder), reminder.scheduled)
                ports.reminders.forget(reminder)
        if page.after is None:
            return
        after = page.after


def _forget_in_runs(erasure: Erasure, now: datetime, ports: ErasurePorts) -> int:
    """How often runs under way still named it."""
    if erasure.contact_id is None:
        return 0
    person = Person(erasure.tenant, erasure.contact_id, erasure.contact_key)
    return forget(person, now, ports.under_way)


def _messages(erasure: Erasure, now: datetime, ports: ErasurePorts) -> tuple[int, int, int]:
    """Cancel and redact; how many of each, and how many are being handed over right now."""
    cancelled = redacted = left = 0
    after: str | None = None
    while True:
        page = ports.messages.of_contact(
            erasure.tenant, erasure.contact_key, limit=PAGE, after=after
        )
        for message in page.messages:
            # What is newer is for whoever was made again under this id.
            if message.redacted or message.created_at > erasure.requested_at:
                continue
            cancelled += _cancel(message, now, ports)
            ref = MessageRef(message.tenant, message.id)
            # Before it counts as redacted, and so isn't looked at again.
            ports.short_links.forget(token_of(ports.people.secret, ref))
            _forget_acknowledgement(message, erasure, ports)
            done = ports.messages.redact(ref)
            redacted += done
            left += not done
        if page.after is None:
            return cancelled, redacted, left
        after = page.after


def _forget_acknowledgement(message: Message, erasure: Erasure, ports: ErasurePorts) -> None:
    if message.purpose is Purpose.EMERGENCY and message.campaign is not None:
        ports.alerts.forget_acknowledgement(
            message.tenant, message.campaign.id, erasure.contact_key
        )


def _cancel(message: Message, now: datetime, ports: ErasurePorts) -> bool:
    if message.status not in WAITING:
        return False
    entry = Entry(Status.CANCELLED, now, "erased", "contact.erased")
    change = Change(Status.CANCELLED, entry, WAITING)
    return ports.messages.apply(MessageRef(message.tenant, message.id), change) is not None
