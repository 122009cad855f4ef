"""Files, which messages name."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from outbound_client.models import Media
from outbound_client.requests import body_of, path_to

if TYPE_CHECKING:
    from outbound_client.connection import Connection
    from outbound_client.requests import OnPage


class MediaCalls:
    """The calls on files."""

    _api: Connection

    def upload_media(
        self,
        name: str,
        content: bytes,
        *,
        type: str,
        expires_in: str | None = None,
        contact_id: str | None = None,
        page: OnPage | None = None,
        idempotency_key: str | None = None,
    ) -> Media:
        """Upload a file, which messages name by its id; look at `state`, it may be `rejected`.

        `expires_in` is how long it is kept, in ISO 8601: `P30D`. One that is about a contact,
        `contact_id`, is erased with them. `page` is what the page to which
        `{{ "med_…"|media_page }}` leads says beside it.
        """
        digest = hashlib.sha256(content).hexdigest()
        body = body_of(
            name=name,
            type=type,
            size=len(content),
            sha256=digest,
            expires_in=expires_in,
            contact_id=contact_id,
            page=page,
        )
        media = self._api.post(Media, "/v1/media", body, idempotency_key)
        if media.upload is not None:
            self._api.upload(media.upload, content)
        return self.get_media(media.id)

    def get_media(self, media_id: str) -> Media:
        """A file, as it stands."""
        return self._api.ask(Media, "GET", path_to("media", media_id))

    def delete_media(self, media_id: str) -> Media:
        """Remove a file; messages that still need it will fail."""
        return self._api.ask(Media, "DELETE", path_to("media", media_id))
