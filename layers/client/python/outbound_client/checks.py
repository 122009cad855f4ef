"""Checks: what registers answered of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from outbound_client.models import Checks, Contact
from outbound_client.requests import as_seen, body_of, path_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from outbound_client.connection import Connection
    from outbound_client.models import CheckedNumber


class CheckFields(TypedDict, total=False):
    """A look-up of a number in a register, `do_not_call` or `reassigned`.

    `answer` is yes, which speaks against the number, no or no_data; a register of reassigned
    numbers is asked `since` a day. Without `at` it was asked now.
    """

    phone: Required[str]
    kind: Required[str]
    answer: Required[str]
    source: Required[str]
    since: date | str | None
    at: datetime | str | None
    proof: str | None


class CheckCalls:
    """The calls on look-ups that somebody else made."""

    _api: Connection

    def put_contact_checks(
        self, contact_id: str, checks: Sequence[CheckFields], *, if_match: str | None = None
    ) -> Contact:
        """Record up to 20 look-ups of a contact's numbers; `phones` then say them."""
        path = f"{path_to('contacts', contact_id)}/checks"
        body = body_of(checks=checks)
        return self._api.ask(Contact, "PUT", path, body=body, headers=as_seen(if_match))

    def put_checks(self, checks: Sequence[CheckFields]) -> tuple[CheckedNumber, ...]:
        """Record up to 500 look-ups, each with all contacts that have its number.

        Each item has how many they are, or the problem that kept it.
        """
        return self._api.ask(Checks, "PUT", "/v1/checks", body=body_of(checks=checks)).items
