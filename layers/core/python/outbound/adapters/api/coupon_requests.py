"""Coupon pools, as requests and answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AwareDatetime, Field

from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import MediaId, PoolId
from outbound.adapters.api.reading import Model, read, read_value
from outbound.domain.coupon import CODE
from outbound.domain.instant import rfc3339, to_milliseconds

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.coupon import CouponImport, Standing
    from outbound.ports import Added

MOST = 500
Code = Annotated[
    str, form(rf"^{CODE}$", "Must be 1 to 64 letters, digits or any of . _ -, such as SPRING-A1B2.")
]


class CouponPoolModel(Model):
    """A pool."""

    expires_at: AwareDatetime | None = None


class CodesModel(Model):
    """Codes to add to a pool."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=MOST)]


class CouponImportModel(Model):
    """A file of codes."""

    media_id: MediaId


class PoolIdModel(Model):
    """The id in a path."""

    id: PoolId


def read_pool_id(value: str) -> str:
    """The id of a pool in a path.

    Raises:
        Refusal: it isn't one.
    """
    return read_value(PoolIdModel, {"id": value}, "").id


def read_pool(text: str) -> datetime | None:
    """When a pool ends.

    Raises:
        Refusal: the body isn't a pool.
    """
    expires_at = read(CouponPoolModel, text).expires_at
    return to_milliseconds(expires_at) if expires_at else None


def read_codes(text: str) -> list[str]:
    """Codes to add.

    Raises:
        Refusal: the body has none, or something that is none.
    """
    return read(CodesModel, text).codes


def read_import(text: str) -> str:
    """The id of a file of codes.

    Raises:
        Refusal: the body names none.
    """
    return read(CouponImportModel, text).media_id


def pool_body(standing: Standing) -> dict[str, Any]:
    """A pool as it is."""
    pool = standing.pool
    return {
        "id": pool.id,
        "created_at": rfc3339(pool.created_at),
        "expires_at": rfc3339(pool.expires_at) if pool.expires_at else None,
        "codes": {"added": standing.added, "taken": standing.taken, "free": standing.free},
        "imports": [import_body(each) for each in standing.imports],
    }


def added_body(done: Added) -> dict[str, int]:
    """What became of the codes of a request."""
    return {"added": done.added, "duplicates": done.duplicates}


def import_body(found: CouponImport) -> dict[str, Any]:
    """How far a file is read."""
    return {
        "media_id": found.media_id,
        "state": found.state,
        "reason": found.reason,
        "lines": found.lines,
        "added": found.added,
        "duplicates": found.duplicates,
        "invalid": found.invalid,
        "started_at": rfc3339(found.started_at),
    }
