"""Variants: who gets which, who gets none, and who comes first. A person's lot never changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.content import TemplateRef


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the versions that are compared; a campaign without a comparison has one, unnamed."""

    name: str
    weight: int
    template: TemplateRef


def lot(campaign_id: str, contact_key: str, what: str) -> float:
    """A number from 0 to 1 (not included), drawn from who it is for and what about."""
    digest = hashlib.sha256(f"{campaign_id}\0{what}\0{contact_key}".encode()).digest()
    return int.from_bytes(digest[:7]) / 2**56


def variant_for(
    campaign_id: str, contact_key: str, variants: Sequence[Variant], hold_out: float
) -> Variant | None:
    """The variant of a contact; None for those who are held out, a share of all."""
    if not hold_out and len(variants) == 1:
        return variants[0]
    drawn = lot(campaign_id, contact_key, "variant")
    if drawn < hold_out:
        return None
    place = (drawn - hold_out) / (1 - hold_out) * sum(each.weight for each in variants)
    for variant in variants:
        if place < variant.weight:
            return variant
        place -= variant.weight
    return variants[-1]


def comes_first(campaign_id: str, contact_key: str, share: float) -> bool:
    """Whether a contact is one of the few on whom a campaign is tried."""
    return lot(campaign_id, contact_key, "canary") < share
