"""Coupon pools in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.domain.coupon import EMPTY, GONE, OVER, CouponImport, NoCoupon, Pool, Standing
from outbound.ports import Added

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Place = tuple[str, str]


@dataclass
class MemoryCouponPools:
    """Pools by (tenant, id); the codes of each in their order, and how many are taken."""

    pools: dict[Place, Pool] = field(default_factory=dict)
    codes: dict[Place, list[str]] = field(default_factory=dict)
    taken: dict[Place, int] = field(default_factory=dict)
    claims: dict[tuple[str, str, str], str] = field(default_factory=dict)
    imports: dict[tuple[str, str, str], CouponImport] = field(default_factory=dict)

    def put(self, pool: Pool) -> bool:
        place = pool.tenant, pool.id
        known = self.pools.get(place)
        self.pools[place] = replace(known, expires_at=pool.expires_at) if known else pool
        return known is None

    def get(self, tenant: str, pool_id: str) -> Standing | None:
        place = tenant, pool_id
        if place not in self.pools:
            return None
        codes = self.codes.get(place, [])
        imports = [found for (*of, _), found in self.imports.items() if tuple(of) == place]
        return Standing(
            self.pools[place],
            added=len(codes),
            taken=self.taken.get(place, 0),
            longest=max(map(len, codes), default=0),
            imports=tuple(sorted(imports, key=lambda each: each.started_at, reverse=True)),
        )

    def seen(self, tenant: str, pool_id: str) -> Standing | None:
        return self.get(tenant, pool_id)

    def add(
        self,
        tenant: str,
        pool_id: str,
        codes: Sequence[str],
        *,
        step: tuple[CouponImport, CouponImport] | None = None,
    ) -> Added | None:
        known = self.codes.setdefault((tenant, pool_id), [])
        new = [code for code in codes if code not in known]
        done = Added(len(new), len(codes) - len(new))
        if step is not None:
            before, after = step
            place = tenant, pool_id, before.media_id
            now = self.imports[place]
            if (now.lines, now.state) != (before.lines, before.state):
                return None
            self.imports[place] = replace(
                after,
                added=before.added + done.added,
                duplicates=after.duplicates + done.duplicates,
            )
        known += new
        return done

    def begin(self, tenant: str, pool_id: str, wanted: CouponImport) -> CouponImport:
        return self.imports.setdefault((tenant, pool_id, wanted.media_id), wanted)

    def found(self, tenant: str, pool_id: str, media_id: str) -> CouponImport | None:
        return self.imports.get((tenant, pool_id, media_id))

    def take(self, tenant: str, pool_id: str, message_id: str, now: datetime) -> str:
        place = tenant, pool_id
        if place not in self.pools:
            raise NoCoupon(GONE)
        if self.pools[place].over(now):
            raise NoCoupon(OVER)
        claim = tenant, pool_id, message_id
        if claim not in self.claims:
            number = self.taken.get(place, 0)
            if number == len(self.codes.get(place, [])):
                raise NoCoupon(EMPTY)
            self.taken[place] = number + 1
            self.claims[claim] = self.codes[place][number]
        return self.claims[claim]
