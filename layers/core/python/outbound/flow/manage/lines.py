"""Numbers looked up on request: what kind of line it is. What isn't one is not used any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.address import Address
from outbound.domain.errors import Refusal
from outbound.domain.line import FRESH, LineType
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.words import Mode
from outbound.flow.manage.contacts import TRIES, find, write
from outbound.ports import LookUpFailed

if TYPE_CHECKING:
    from outbound.domain.contact import Contact
    from outbound.domain.key import ApiKey
    from outbound.domain.line import Line
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.ports import NumberLookUp, Suppressions

SOURCE = "end_user_messaging CarrierLookup"


@dataclass(frozen=True, slots=True)
class LinePorts:
    """What looking up of numbers works with."""

    people: ContactPorts
    lookup: NumberLookUp
    suppressions: Suppressions


def look_up(contact_id: str, key: ApiKey, ports: LinePorts) -> Contact:
    """The contact, with what its carrier says of the number that messages go to.

    Nothing is asked for a test key, nor again within a day.

    Raises:
        Refusal: there is no such contact, it has no number, or nobody can tell now.
    """
    contact = find(contact_id, key.tenant, ports.people)
    if not contact.phones:
        raise Refusal("no_number", "This contact has no number.")
    phone, now = contact.phones[0], ports.people.clock.now()
    known = phone.line is not None and now - phone.line.at < FRESH
    if known or key.mode is Mode.TEST:
        return contact
    try:
        line = ports.lookup.look_up(phone.value, now)
    except LookUpFailed:
        detail = "AWS can't tell now. Nothing has changed."
        raise Refusal("lookup_failed", detail) from None
    if line.type is LineType.INVALID:
        suppression = Suppression(Reason.INVALID, now, SOURCE)
        ports.suppressions.suppress(key.tenant, Address("phone", phone.value), suppression)
    return _kept(contact, phone.value, line, ports.people)


def _kept(contact: Contact, value: str, line: Line, people: ContactPorts) -> Contact:
    for _ in range(TRIES):
        phones = tuple(
            replace(each, line=line) if each.value == value else each for each in contact.phones
        )
        changed = replace(contact, phones=phones, version=contact.version + 1, updated_at=line.at)
        if write(changed, contact, (), people):
            return changed
        contact = find(contact.id, contact.tenant, people)
    raise Refusal("contact_busy", "Others keep changing this contact. Try again.", retry_after=1)
