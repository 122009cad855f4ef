"""Pools of codes."""

from datetime import datetime

from outbound_client.models.answer import Answer


class CouponCounts(Answer):
    """The codes of a pool."""

    added: int
    taken: int
    free: int


class CouponImport(Answer):
    """How far a file of codes is read: `running`, `finished`, or `failed` for a reason."""

    media_id: str
    state: str
    reason: str | None = None
    lines: int
    added: int
    duplicates: int
    invalid: int
    started_at: datetime | None = None


class CouponPool(Answer):
    """A pool of codes."""

    id: str
    created_at: datetime
    expires_at: datetime | None = None
    codes: CouponCounts
    imports: tuple[CouponImport, ...] = ()


class AddedCodes(Answer):
    """What became of codes: new ones, and those that the pool had."""

    added: int
    duplicates: int
