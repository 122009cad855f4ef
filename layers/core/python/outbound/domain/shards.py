"""Shards: the parts of a tenant's contacts, by which all of them are read at the same time."""

from __future__ import annotations

import hashlib
from functools import lru_cache

SHARDS = 32
"""Changing it means moving every contact."""


REMEMBERED = 1024
"""A contact's shard is asked for several times while a message is made."""


@lru_cache(REMEMBERED)
def shard_of(contact_id: str) -> int:
    """The number of a contact's shard, from 0."""
    return hashlib.sha256(contact_id.encode()).digest()[0] % SHARDS
