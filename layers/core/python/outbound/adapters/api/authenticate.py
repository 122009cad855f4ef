"""Who is calling: the API key in the Authorization header, looked up and kept for 30 seconds."""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.adapters.log import logger, place_of
from outbound.domain.errors import Refusal
from outbound.domain.key import check_address, check_usable, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.ports import Clock, Keys

KEPT_FOR = timedelta(seconds=30)
KEPT = 1000
_BEARER = re.compile(r"Bearer +(ob_(?:live|test)_[0-9A-Za-z]{43})", re.IGNORECASE)


class Authenticator:
    """Denies by default. What it keeps bounds how long a revoked key still works: 30 seconds."""

    def __init__(self, keys: Keys, clock: Clock):
        self._keys = keys
        self._clock = clock
        self._noted: OrderedDict[str, datetime] = OrderedDict()
        self._known: OrderedDict[str, tuple[datetime, ApiKey]] = OrderedDict()

    def caller(self, headers: Mapping[str, str], source: str) -> ApiKey:
        """The key of a request that comes from the network address `source`.

        Raises:
            Refusal: there is none, or it is unknown, revoked, expired or not for this address.
        """
        header = headers.get("authorization")
        if not header:
            detail = "Send the API key in the header Authorization: Bearer ob_live_…"
            raise Refusal("missing_key", detail)
        match = _BEARER.fullmatch(header.strip())
        key = self._find(digest_of(match[1])) if match else None
        if key is None:
            raise Refusal("invalid_key", "This is not an API key of ours.")
        check_usable(key, self._clock.now())
        check_address(key, source)
        self._note(key)
        return key

    def _note(self, key: ApiKey) -> None:
        """Remember the hour of a key's last use: one write for each key, hour and process."""
        hour = self._clock.now().replace(minute=0, second=0, microsecond=0)
        if self._noted.get(key.id) == hour:
            return
        self._noted[key.id] = hour
        self._noted.move_to_end(key.id)
        if len(self._noted) > KEPT:
            self._noted.popitem(last=False)
        if key.last_used_at == hour:
            return
        try:
            self._keys.used(key.tenant, key.id, hour)
        except Exception as error:
            # Nobody's message waits for this.
            logger().warning("use of a key not noted", extra=place_of(error))

    def _find(self, digest: str) -> ApiKey | None:
        now = self._clock.now()
        read_at, key = self._known.get(digest, (None, None))
        if read_at is not None and now - read_at < KEPT_FOR:
            return key
        fresh = self._keys.by_digest(digest)
        if fresh is None:
            self._known.pop(digest, None)
            return None
        self._known[digest] = (now, fresh)
        self._known.move_to_end(digest)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return fresh
