"""Links signed with HMAC-SHA256 by itsdangerous: https://itsdangerous.palletsprojects.com

The newest key signs and all verify, so a key can be replaced while links made with the old one are
in people's mailboxes. The use is the salt: a link for one page opens no other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, Signer

from outbound.domain.link import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.link import Link, Use

LONGEST = 400


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """`keys` are secrets, newest first; `base_url` is where the public pages are."""

    keys: Sequence[str]
    base_url: str

    def url(self, link: Link) -> str:
        """Where a link leads."""
        return f"{self.base_url.rstrip('/')}/{link.use}/{self.token(link)}"

    def token(self, link: Link) -> str:
        """What is signed, and its signature; about 200 characters."""
        value = base64.urlsafe_b64encode(packed(link).encode()).rstrip(b"=")
        return self._signer(link.use).sign(value).decode()

    def read(self, token: str, use: Use) -> Link | None:
        """The link, None where it isn't ours or is for another use."""
        if len(token) > LONGEST:
            return None
        try:
            value = self._signer(use).unsign(token.encode())
            return unpacked(base64.urlsafe_b64decode(value + b"==").decode(), use)
        except (BadSignature, binascii.Error, ValueError):
            return None

    def _signer(self, use: Use) -> Signer:
        # itsdangerous signs with the last of its keys.
        return Signer(
            list(reversed(self.keys)),
            salt=f"outbound.{use}",
            digest_method=hashlib.sha256,
            key_derivation="hmac",
        )


def keys_of(secret: str) -> Sequence[str]:
    """The keys in a secret, newest first: {"newest": "…", "older": [{"key": "…"}, …]}."""
    values = json.loads(secret)
    return [values["newest"], *(each["key"] for each in values.get("older", ()))]
