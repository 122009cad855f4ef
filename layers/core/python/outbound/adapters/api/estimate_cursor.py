"""Where an estimate of a campaign goes on, as a cursor: its sums are in it, and it is signed."""

from __future__ import annotations

import base64
import hmac
import json
import zlib
from collections import Counter
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.domain.errors import refused_at
from outbound.domain.ids import keyed
from outbound.domain.instant import parse_rfc3339, rfc3339, rfc3339_or_none
from outbound.domain.message import Decision
from outbound.domain.run import Phase, Point
from outbound.domain.words import Channel
from outbound.flow.estimated import Looked, Sum

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNATURE = 26


def estimate_cursor(
    looked: Looked | None, tenant: str, campaign_id: str, secret: bytes
) -> str | None:
    """What goes on with the estimate of this campaign; None where nothing is left."""
    if looked is None:
        return None
    text = json.dumps(_written(looked), separators=(",", ":"))
    told = base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")
    return _signature(told, tenant, campaign_id, secret) + told


def read_estimate_cursor(
    parameters: Mapping[str, str], tenant: str, campaign_id: str, secret: bytes
) -> Looked | None:
    """Where an estimate goes on, None where it begins.

    Raises:
        Refusal: we didn't make it for this campaign.
    """
    text = parameters.get("cursor")
    if text is None:
        return None
    signature, told = text[:SIGNATURE], text[SIGNATURE:]
    expected = _signature(told, tenant, campaign_id, secret)
    if not hmac.compare_digest(signature.encode(errors="replace"), expected.encode()):
        detail = "cursor must be the next_cursor of an earlier estimate of this campaign."
        raise refused_at("cursor", "invalid_cursor", detail)
    padded = told + "=" * (-len(told) % 4)
    return _read(json.loads(zlib.decompress(base64.urlsafe_b64decode(padded))))


def _signature(told: str, tenant: str, campaign_id: str, secret: bytes) -> str:
    return keyed(secret, SIGNATURE, "estimate", tenant, campaign_id, told)


def _written(looked: Looked) -> dict[str, Any]:
    total = looked.total
    return {
        "changed_at": rfc3339(looked.changed_at),
        "at": rfc3339(looked.at),
        "begins": rfc3339_or_none(looked.begins),
        "point": asdict(looked.point),
        "within": looked.within,
        "left": str(total.left) if total.left is not None else None,
        "last": rfc3339_or_none(total.last),
        "decisions": [
            [verdict, each.verdict, each.rule, each.source, each.reason, count]
            for (verdict, each), count in total.decisions.items()
        ],
        "deferred": [[rfc3339(hour), count] for hour, count in total.deferred.items()],
        "channels": dict(total.channels),
        "parts": total.parts,
        "price": str(total.price),
        "others": str(total.others),
        "unpriced": total.unpriced,
    }


def _read(value: Mapping[str, Any]) -> Looked:
    total = Sum(
        left=Decimal(value["left"]) if value["left"] is not None else None,
        last=parse_rfc3339(value["last"]) if value["last"] else None,
        decisions=Counter(
            {(verdict, Decision(*each)): count for verdict, *each, count in value["decisions"]}
        ),
        deferred=Counter({parse_rfc3339(hour): count for hour, count in value["deferred"]}),
        channels=Counter({Channel(name): count for name, count in value["channels"].items()}),
        parts=value["parts"],
        price=Decimal(value["price"]),
        others=Decimal(value["others"]),
        unpriced=value["unpriced"],
    )
    point = Point(**{**value["point"], "phase": Phase(value["point"]["phase"])})
    begins = parse_rfc3339(value["begins"]) if value["begins"] else None
    return Looked(
        parse_rfc3339(value["changed_at"]),
        parse_rfc3339(value["at"]),
        begins,
        point,
        value["within"],
        total,
    )
