"""The keys that sign links, kept in a secret.

A new key signs two hours after it was made. By then each process has read it, for it reads the
secret once an hour: no link is ever met by somebody who doesn't know its key.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, overload

from botocore.exceptions import BotoCoreError, ClientError

from outbound.domain.instant import parse_rfc3339, rfc3339, to_milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from outbound.ports import Clock

READ_AGAIN = timedelta(hours=1)
SIGNS_AFTER = timedelta(hours=2)
KEPT = timedelta(days=400)
"""How long a link works whose key was replaced; CASL (S.C. 2010 c. 23) asks for 60 days."""


class LinkKeys(Sequence[str]):
    """The keys as they are now, the one that signs first."""

    def __init__(self, client: Any, name: str, clock: Clock):
        self._client = client
        self._name = name
        self._clock = clock
        self._read_at: datetime | None = None
        self._changes_at: datetime | None = None
        self._secret = ""
        self._kept: list[str] = []

    def __len__(self) -> int:
        return len(self._keys())

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys())

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self._keys()[place]

    def rotate(self) -> datetime:
        """Put a new key into the secret; from when on it signs.

        While a new one waits to sign there is none after it.
        """
        now = to_milliseconds(self._clock.now())
        secret = self._read()
        waits = _signs_from(secret)
        if waits is not None and waits > now:
            return waits
        new = rotated(secret, secrets.token_urlsafe(48), now)
        self._client.put_secret_value(SecretId=self._name, SecretString=new)
        self._read_at = None
        return now + SIGNS_AFTER

    def _keys(self) -> list[str]:
        now = self._clock.now()
        if self._read_at is None or now - self._read_at >= READ_AGAIN:
            try:
                self._secret, self._read_at = self._read(), now
            except (BotoCoreError, ClientError):
                if self._read_at is None:
                    raise
            self._take(now)
        elif self._changes_at is not None and self._changes_at <= now:
            self._take(now)
        return self._kept

    def _take(self, now: datetime) -> None:
        """Spell the secret out: once, and not for each link."""
        waits = _signs_from(self._secret)
        self._kept = keys_of(self._secret, now)
        self._changes_at = waits if waits is not None and waits > now else None

    def _read(self) -> str:
        return str(self._client.get_secret_value(SecretId=self._name)["SecretString"])


def keys_of(secret: str, now: datetime) -> list[str]:
    """The keys in a secret: {"newest": "…", "signs_from": "…Z", "older": [{"key": "…"}, …]}."""
    values, waits = json.loads(secret), _signs_from(secret)
    older = [each["key"] for each in values.get("older", ())]
    if waits is not None and waits > now:
        return [older[0], values["newest"], *older[1:]]
    return [values["newest"], *older]


def rotated(secret: str, key: str, now: datetime) -> str:
    """The secret with a new key; keys that were replaced long ago are gone."""
    values, signs_from = json.loads(secret), now + SIGNS_AFTER
    replaced = {"key": values["newest"], "replaced_at": rfc3339(signs_from)}
    older = [
        each
        for each in values.get("older", ())
        if "replaced_at" not in each or parse_rfc3339(each["replaced_at"]) > now - KEPT
    ]
    new = {"newest": key, "signs_from": rfc3339(signs_from), "older": [replaced, *older]}
    return json.dumps(new)


def _signs_from(secret: str) -> datetime | None:
    text = json.loads(secret).get("signs_from")
    return parse_rfc3339(text) if text else None
