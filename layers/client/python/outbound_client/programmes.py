"""Programmes: what people sign up for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Programme, ProgrammePage, SignUpForm
from outbound_client.requests import body_of, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound_client.connection import Connection


class ProgrammeCalls:
    """The calls on programmes."""

    _api: Connection

    def put_programme(
        self,
        programme_id: str,
        *,
        name: str,
        purpose: str,
        channels: Sequence[str],
        level: str,
        wording: Mapping[str, str],
        topic: str | None = None,
        keyword: str | None = None,
        brand: str | None = None,
        continue_to: str | None = None,
    ) -> Programme:
        """Make or replace what people sign up for; `wording` is by language: `{"en": "…"}`.

        `keyword` is what they text behind JOIN, `continue_to` where they may go on to.
        """
        body = body_of(
            name=name,
            purpose=purpose,
            channels=channels,
            level=level,
            wording=wording,
            topic=topic,
            keyword=keyword,
            brand=brand,
            continue_to=continue_to,
        )
        return self._api.ask(Programme, "PUT", path_to("programmes", programme_id), body=body)

    def get_programme(self, programme_id: str) -> Programme:
        """A programme, as it is now."""
        return self._api.ask(Programme, "GET", path_to("programmes", programme_id))

    def get_sign_up_form(self, programme_id: str, language: str | None = None) -> SignUpForm:
        """The page to sign up with, and a form for a page of yours, in a language."""
        path = f"{path_to('programmes', programme_id)}/form"
        return self._api.ask(SignUpForm, "GET", path, query=query_of(language=language))

    def list_programmes(self, limit: int | None = None, cursor: str | None = None) -> ProgrammePage:
        """A page of the tenant's programmes, by id; the next begins at its `next_cursor`."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(ProgrammePage, "GET", "/v1/programmes", query=query)

    def delete_programme(self, programme_id: str) -> Programme:
        """Remove a programme; what people have said for it stays said."""
        return self._api.ask(Programme, "DELETE", path_to("programmes", programme_id))
