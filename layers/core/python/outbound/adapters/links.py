"""Links signed with HMAC-SHA256 by itsdangerous: https://itsdangerous.palletsprojects.com

The newest key signs and all verify, so a key can be replaced while links made with the old one are
in people's mailboxes. The use is the salt: a link for one page opens no other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, Signer

from outbound.domain.link import Invitation, MediaLink, Use, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.link import Link

LONGEST = 400


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """`keys` are secrets, newest first; `base_url` is where the public pages are."""

    keys: Sequence[str]
    base_url: str

    def url(self, link: Link) -> str:
        """Where a link leads."""
        return self._url(link.use, self.token(link))

    def token(self, link: Link) -> str:
        """What is signed, and its signature; about 200 characters."""
        return self._signed(packed(link), link.use)

    def read(self, token: str, use: Use) -> Link | None:
        """The link, None where it isn't ours or is for another use."""
        text = self._text(token, use)
        try:
            return unpacked(text, use) if text is not None else None
        except (ValueError, OverflowError):
            return None

    def invite(self, invitation: Invitation) -> str:
        """Where people sign up; about 80 characters behind the address of the pages."""
        text = f"{invitation.tenant} {invitation.programme}"
        return self._url(Use.SIGN_UP, self._signed(text, Use.SIGN_UP))

    def read_invitation(self, token: str) -> Invitation | None:
        """The invitation, None where it isn't ours."""
        text = self._text(token, Use.SIGN_UP)
        return Invitation(*text.split(" ")) if text is not None else None

    def media_url(self, link: MediaLink) -> str:
        """Where the page of a file is."""
        return self._url(Use.MEDIA, self.media_token(link))

    def media_token(self, link: MediaLink) -> str:
        """The last part of its address, about 90 characters."""
        return self._signed(f"{link.tenant} {link.media_id}", Use.MEDIA)

    def read_media(self, token: str) -> MediaLink | None:
        """The link to a file's page, None where it isn't ours."""
        text = self._text(token, Use.MEDIA)
        return MediaLink(*text.split(" ")) if text is not None else None

    def _url(self, use: Use, token: str) -> str:
        return f"{self.base_url.rstrip('/')}/{use}/{token}"

    def _signed(self, text: str, use: Use) -> str:
        value = base64.urlsafe_b64encode(text.encode()).rstrip(b"=")
        return _signer(tuple(self.keys), use).sign(value).decode()

    def _text(self, token: str, use: Use) -> str | None:
        if len(token) > LONGEST:
            return None
        try:
            value = _signer(tuple(self.keys), use).unsign(token.encode())
            return base64.urlsafe_b64decode(value + b"==").decode()
        except (BadSignature, binascii.Error, ValueError):
            return None


@cache
def _signer(keys: tuple[str, ...], use: Use) -> Signer:
    # itsdangerous signs with the last of its keys.
    return Signer(
        list(reversed(keys)),
        salt=f"outbound.{use}",
        digest_method=hashlib.sha256,
        key_derivation="hmac",
    )
