"""Contacts: kept, found, asked about, exported, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from outbound_client.models import Contact, ContactExport, ContactPage, Erasure
from outbound_client.requests import as_seen, body_of, one_address, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outbound_client.connection import Connection
    from outbound_client.consents import Consents


class ContactFields(TypedDict, total=False):
    """What is known of a contact; of several addresses, messages go to the first."""

    email: str | Sequence[str]
    phone: str | Sequence[str]
    locale: str
    timezone: str
    region: str
    attributes: Mapping[str, Any]
    preferred: Sequence[str]
    forbidden: Sequence[str]
    consents: Consents


class ContactCalls:
    """The calls on contacts.

    A change with `if_match`, the `etag` of an earlier answer, is made only if the contact still
    is as it was then, else a Problem says `contact_changed`: look at it, and change it anew.
    """

    _api: Connection

    def put_contact(
        self,
        contact_id: str,
        *,
        if_match: str | None = None,
        only_new: bool = False,
        **fields: Unpack[ContactFields],
    ) -> Contact:
        """Make or replace a contact: what isn't given is no longer known, but consents stand.

        With `only_new`, none that is there is replaced.
        """
        path = path_to("contacts", contact_id)
        seen = {"If-None-Match": "*"} if only_new else as_seen(if_match)
        return self._api.ask(Contact, "PUT", path, body=body_of(**fields), headers=seen)

    def update_contact(
        self, contact_id: str, changes: Mapping[str, Any], *, if_match: str | None = None
    ) -> Contact:
        """Change some of a contact: a JSON merge patch, in which None removes."""
        path = path_to("contacts", contact_id)
        return self._api.ask(Contact, "PATCH", path, body=changes, headers=as_seen(if_match))

    def get_contact(self, contact_id: str) -> Contact:
        """A contact, as it is now."""
        return self._api.ask(Contact, "GET", path_to("contacts", contact_id))

    def find_contacts(self, *, email: str | None = None, phone: str | None = None) -> ContactPage:
        """All contacts that have an address: an email or a number, exactly one of the two."""
        query = query_of(**one_address(email, phone))
        return self._api.ask(ContactPage, "GET", "/v1/contacts", query=query)

    def list_stale_contacts(
        self, stale: str, limit: int | None = None, cursor: str | None = None
    ) -> ContactPage:
        """A page of those who were not reached for so long (`P1Y`); pages may be short."""
        query = query_of(stale=stale, limit=limit, cursor=cursor)
        return self._api.ask(ContactPage, "GET", "/v1/contacts", query=query)

    def look_up_number(self, contact_id: str) -> Contact:
        """Ask the carrier of a contact's number what it is, at a price; `phones` then say it."""
        return self._api.ask(Contact, "POST", f"{path_to('contacts', contact_id)}/lookup")

    def export_contact(self, contact_id: str) -> Iterator[ContactExport]:
        """All that is held of a contact, part by part; messages come in all of them."""
        path, cursor = f"{path_to('contacts', contact_id)}/export", None
        while True:
            part = self._api.ask(ContactExport, "GET", path, query=query_of(cursor=cursor))
            yield part
            cursor = part.next_cursor
            if cursor is None:
                return

    def erase_contact(self, contact_id: str) -> Erasure:
        """Erase a contact: nothing more is sent from now on. `get_erasure` until it is finished."""
        return self._api.ask(Erasure, "DELETE", path_to("contacts", contact_id))

    def get_erasure(self, erasure_id: str) -> Erasure:
        """How far an erasure is."""
        return self._api.ask(Erasure, "GET", path_to("erasures", erasure_id))
