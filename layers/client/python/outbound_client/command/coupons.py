"""`outbound coupons`: put, get, add, import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.reading import lines_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import CouponPool


def put(asked: Namespace, around: Surroundings) -> None:
    """Make a pool, or change its end."""
    with client(asked, around) as api:
        _show(api.put_coupon_pool(asked.id, expires_at=asked.expires_at), asked)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show how many codes are free, and how far files are read."""
    with client(asked, around) as api:
        _show(api.get_coupon_pool(asked.id), asked)


def add(asked: Namespace, around: Surroundings) -> None:
    """Add the codes of a file, one in each line."""
    codes = [line for _, line in lines_of(asked.file)]
    with client(asked, around) as api:
        added = api.add_coupons(asked.id, codes)
    if asked.json:
        show.as_json(added)
        return
    show.fields([("added", added.added), ("there already", added.duplicates)])


def import_(asked: Namespace, around: Surroundings) -> None:
    """Have an uploaded file read in the background."""
    with client(asked, around) as api:
        begun = api.import_coupons(asked.id, asked.media)
    if asked.json:
        show.as_json(begun)
        return
    show.fields([("file", begun.media_id), ("state", begun.state)])


def _show(pool: CouponPool, asked: Namespace) -> None:
    if asked.json:
        show.as_json(pool)
        return
    show.fields(
        [
            ("id", pool.id),
            ("expires", show.when(pool.expires_at) if pool.expires_at else "never"),
            ("codes", pool.codes.added),
            ("taken", pool.codes.taken),
            ("free", pool.codes.free),
        ]
    )
    rows = [
        (each.media_id, each.state, str(each.lines), str(each.added), each.reason or "")
        for each in pool.imports
    ]
    if rows:
        show.table(("FILE", "STATE", "LINES", "ADDED", "REASON"), rows)
