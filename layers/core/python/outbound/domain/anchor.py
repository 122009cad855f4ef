"""Anchors: the heads of the chains that grew on a day, as a file that nobody can change later.

A file is of one tenant: a line that says what it is, with the digest over all that follows, then a
line for each chain, in their order. Its name holds the digest, so the same heads make the same
file, and other heads another one, however often a day is gone through.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTLED = timedelta(hours=1)
"""How long after a day its heads are written: whoever began before midnight has ended by then."""
LOOK_BACK = 35
"""Days that are gone through again until they are finished."""
MOST = 20_000
"""Heads in a file: about 4 MB."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry that a chain had."""

    tenant: str
    chain: str
    number: int
    digest: str

    @property
    def place(self) -> str:
        """What heads are sorted by: those of a tenant stand together."""
        return f"{self.tenant}#{self.chain}"


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """A file with the heads of one tenant."""

    name: str
    content: bytes


class DamagedAnchor(Exception):
    """What was read isn't what was written under this name."""


def file_of(day: date, heads: Sequence[Head]) -> AnchorFile:
    """The file with these heads, which are of one tenant and in their order."""
    lines = b"".join(_line(_values(head)) for head in heads)
    digest = hashlib.sha256(lines).hexdigest()
    tenant = heads[0].tenant
    about = {"tenant": tenant, "day": day.isoformat(), "heads": len(heads), "sha256": digest}
    return AnchorFile(_name(tenant, day, digest), _line(about) + lines)


def read(name: str, content: bytes) -> tuple[date, list[Head]]:
    """The day and the heads of a file.

    Raises:
        DamagedAnchor: it isn't as it was written.
    """
    first, _, lines = content.partition(b"\n")
    try:
        about = json.loads(first)
        heads = [Head(tenant=about["tenant"], **json.loads(line)) for line in lines.splitlines()]
        day = date.fromisoformat(about["day"])
    except (ValueError, LookupError, TypeError):
        raise DamagedAnchor(name) from None
    if not heads or file_of(day, heads) != AnchorFile(name, content):
        raise DamagedAnchor(name)
    return day, heads


def _name(tenant: str, day: date, digest: str) -> str:
    return f"{tenant}/{day.isoformat()}-{digest[:16]}.jsonl"


def _values(head: Head) -> dict[str, Any]:
    values = asdict(head)
    del values["tenant"]
    return values


def _line(values: dict[str, Any]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"
