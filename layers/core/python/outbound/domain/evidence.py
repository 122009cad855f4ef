"""Evidence: signed with a key of the deployment's, as a JSON Web Signature (RFC 7515, HS256)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

HEADER = '{"alg":"HS256","typ":"outbound-evidence+json"}'


def signed(document: str, secret: bytes) -> str:
    """A document with its signature, in the compact form."""
    signing = f"{_encoded(HEADER.encode())}.{_encoded(document.encode())}"
    return f"{signing}.{_encoded(_signature(signing, secret))}"


def verified(jws: str, secret: bytes) -> str | None:
    """The document that was signed; None where it isn't as we have signed it."""
    signing, _, signature = jws.rpartition(".")
    header, _, document = signing.partition(".")
    if header != _encoded(HEADER.encode()) or not jws.isascii():
        return None
    expected = _encoded(_signature(signing, secret))
    if not hmac.compare_digest(expected, signature):
        return None
    return _decoded(document)


def _signature(signing: str, secret: bytes) -> bytes:
    """By a key for evidence alone, which follows from the secret of all."""
    key = hmac.digest(secret, b"evidence", hashlib.sha256)
    return hmac.digest(key, signing.encode(), hashlib.sha256)


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decoded(text: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
