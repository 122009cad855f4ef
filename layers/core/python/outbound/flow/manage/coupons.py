"""Coupon pools, kept by their tenant; large files of codes are read in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.coupon import CouponImport, ImportState, Pool, codes_in
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.media import MediaState
from outbound.domain.task import Task, Work
from outbound.flow.settling import settled
from outbound.ports import Added, MediaGone
from outbound.ports.coupons import TOGETHER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from outbound.domain.coupon import Standing
    from outbound.domain.key import ApiKey
    from outbound.domain.media import Media
    from outbound.ports import Clock, CouponPools, MediaCatalog, MediaFiles, Tasks

TYPES = ("text/csv", "text/plain")
LONGEST = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class CouponPorts:
    """What the keeping of coupons works with."""

    clock: Clock
    pools: CouponPools
    media: MediaCatalog
    files: MediaFiles
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class Kept:
    """A pool as it is, and whether it was made just now."""

    standing: Standing
    new: bool


def put(pool_id: str, expires_at: datetime | None, key: ApiKey, ports: CouponPorts) -> Kept:
    """Make a pool, or change when it ends.

    Raises:
        Refusal: it would end in the past, or too late.
    """
    now = ports.clock.now()
    if expires_at is not None and expires_at <= now:
        raise refused_at("/expires_at", "time_in_the_past", "expires_at must lie in the future.")
    if expires_at is not None and expires_at > now + LONGEST:
        raise refused_at("/expires_at", "time_too_far", "expires_at must be within 5 years.")
    new = ports.pools.put(Pool(key.tenant, pool_id, now, expires_at))
    return Kept(find(pool_id, key, ports), new)


def find(pool_id: str, key: ApiKey, ports: CouponPorts) -> Standing:
    """A pool as it is.

    Raises:
        Refusal: the tenant has none with this id.
    """
    standing = ports.pools.get(key.tenant, pool_id)
    if standing is None:
        raise Refusal("unknown_coupon_pool_id", "There is no pool with this id.")
    return standing


def add(pool_id: str, codes: Sequence[str], key: ApiKey, ports: CouponPorts) -> Added:
    """Add codes; those that the pool has or had are left out, so it may be repeated.

    Raises:
        Refusal: the tenant has no pool with this id.
    """
    find(pool_id, key, ports)
    different = list(dict.fromkeys(codes))
    added, duplicates = 0, len(codes) - len(different)
    for start in range(0, len(different), TOGETHER):
        done = ports.pools.add(key.tenant, pool_id, different[start : start + TOGETHER])
        if done is not None:
            added, duplicates = added + done.added, duplicates + done.duplicates
    return Added(added, duplicates)


def begin(pool_id: str, media_id: str, key: ApiKey, ports: CouponPorts) -> CouponImport:
    """Have a file of codes read; the same file again goes on with the same import.

    Raises:
        Refusal: there is no such pool, or the file isn't there, not ready, or of another type.
    """
    find(pool_id, key, ports)
    now = ports.clock.now()
    media = ports.media.get(key.tenant, media_id, now)
    if media is None:
        raise refused_at("/media_id", "media_not_found", "There is no file with this id.")
    if media.type not in TYPES:
        message = f"A file of codes is of one of these types: {', '.join(TYPES)}."
        raise refused_at("/media_id", "wrong_media_type", message)
    if settled(media, ports.media, ports.files).state is not MediaState.READY:
        message = "The file is not uploaded, or was rejected."
        raise refused_at("/media_id", "media_not_ready", message)
    begun = ports.pools.begin(key.tenant, pool_id, CouponImport(media_id, now))
    if begun.state is ImportState.RUNNING:
        ports.tasks.send([_task(key.tenant, pool_id, media_id)])
    return begun


def work(tenant: str, name: str, ports: CouponPorts, *, may_go_on: Callable[[], bool]) -> None:
    """Go on with the import of this name; what is left when time is up is another task.

    Each step is written with the codes that it adds, so one that is repeated adds nothing twice
    and counts nothing twice.
    """
    pool_id, _, media_id = name.partition("/")
    current = ports.pools.found(tenant, pool_id, media_id)
    if current is None or current.state is not ImportState.RUNNING:
        return
    media = ports.media.get(tenant, media_id, ports.clock.now())
    lines = _lines(media, ports) if media is not None else None
    if lines is None:
        failed = replace(current, state=ImportState.FAILED, reason="media_gone")
        ports.pools.add(tenant, pool_id, (), step=(current, failed))
        return
    while current.state is ImportState.RUNNING:
        if not may_go_on():
            ports.tasks.send([_task(tenant, pool_id, media_id)])
            return
        codes, step = _step(current, lines)
        done = ports.pools.add(tenant, pool_id, codes, step=step)
        if done is None:
            # Somebody else is at it.
            return
        current = replace(
            step[1],
            added=current.added + done.added,
            duplicates=step[1].duplicates + done.duplicates,
        )


def _step(
    current: CouponImport, lines: Sequence[str]
) -> tuple[Sequence[str], tuple[CouponImport, CouponImport]]:
    """The codes of the next lines, and the import before and after them."""
    end = current.lines + TOGETHER
    codes, invalid = codes_in(lines[current.lines : end])
    different = list(dict.fromkeys(codes))
    after = replace(
        current,
        lines=min(end, len(lines)),
        duplicates=current.duplicates + len(codes) - len(different),
        invalid=current.invalid + invalid,
        state=ImportState.FINISHED if end >= len(lines) else ImportState.RUNNING,
    )
    return different, (current, after)


def _lines(media: Media, ports: CouponPorts) -> list[str] | None:
    """The lines of a file; None when it is gone. What isn't UTF-8 is no code."""
    try:
        return ports.files.read(media).decode("utf-8-sig", errors="replace").splitlines()
    except MediaGone:
        return None


def _task(tenant: str, pool_id: str, media_id: str) -> Task:
    return Task(Work.COUPONS, f"{pool_id}/{media_id}", tenant)
