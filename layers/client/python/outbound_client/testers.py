"""Testers: who is sent tests of templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Tester, TesterList
from outbound_client.requests import body_of, path_to

if TYPE_CHECKING:
    from outbound_client.connection import Connection


class TesterCalls:
    """The calls on testers."""

    _api: Connection

    def put_tester(
        self, tester_id: str, *, email: str | None = None, phone: str | None = None
    ) -> Tester:
        """Invite a tester, by an email address or a phone number: it is sent a code."""
        body = body_of(email=email, phone=phone)
        return self._api.ask(Tester, "PUT", path_to("testers", tester_id), body=body)

    def verify_tester(self, tester_id: str, code: str) -> Tester:
        """Take the code that a tester was sent; a wrong one is a Problem `wrong_code`."""
        path = f"{path_to('testers', tester_id)}/verify"
        return self._api.ask(Tester, "POST", path, body={"code": code})

    def list_testers(self) -> tuple[Tester, ...]:
        """All testers."""
        return self._api.ask(TesterList, "GET", "/v1/testers").items

    def remove_tester(self, tester_id: str) -> Tester:
        """Remove a tester; their address is forgotten."""
        return self._api.ask(Tester, "DELETE", path_to("testers", tester_id))
