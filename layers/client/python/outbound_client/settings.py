"""What you say of yourself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Settings
from outbound_client.requests import body_of

if TYPE_CHECKING:
    from outbound_client.connection import Connection


class SettingsCalls:
    """The calls on settings."""

    _api: Connection

    def put_settings(
        self,
        *,
        name: str,
        postal_address: str | None = None,
        phone: str | None = None,
        website: str | None = None,
        locale: str | None = None,
        timezone: str | None = None,
    ) -> Settings:
        """Say who you are, whole: what isn't given is no longer said."""
        body = body_of(
            name=name,
            postal_address=postal_address,
            phone=phone,
            website=website,
            locale=locale,
            timezone=timezone,
        )
        return self._api.ask(Settings, "PUT", "/v1/settings", body=body)

    def get_settings(self) -> Settings:
        """Who you say you are."""
        return self._api.ask(Settings, "GET", "/v1/settings")
