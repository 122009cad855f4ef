"""Public links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from outbound.domain.link import Invitation, Link, MediaLink, Use


class Links(Protocol):
    """Links that only we can make, and anybody can follow."""

    def url(self, link: Link) -> str:
        """Where a link leads."""
        ...

    def token(self, link: Link) -> str:
        """The last part of its address."""
        ...

    def invite(self, invitation: Invitation) -> str:
        """Where people sign up."""
        ...

    def read_invitation(self, token: str) -> Invitation | None:
        """The invitation with this token, None where it isn't ours."""
        ...

    def media_url(self, link: MediaLink) -> str:
        """Where the page of a file is."""
        ...

    def media_token(self, link: MediaLink) -> str:
        """The last part of its address."""
        ...

    def read_media(self, token: str) -> MediaLink | None:
        """The link to a file's page with this token, None where it isn't ours."""
        ...

    def read(self, token: str, use: Use) -> Link | None:
        """The link with this token, None where we didn't make it for this use."""
        ...
