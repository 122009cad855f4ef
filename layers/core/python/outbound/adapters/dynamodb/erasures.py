"""Erasures over DynamoDB, in the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.erasure import Erasure, ErasureState
from outbound.domain.instant import parse_rfc3339, rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class DynamoErasures:
    """One item each, for good: it says when a contact was erased, and names nobody."""

    table: Table

    def open(self, erasure: Erasure) -> Erasure:
        """Write it down once."""
        if self.table.put_new(_item(erasure)):
            return erasure
        return self.get(erasure.tenant, erasure.id) or erasure

    def get(self, tenant: str, erasure_id: str) -> Erasure | None:
        """An erasure as it is now."""
        item = self.table.get(f"{tenant}#erasure", erasure_id)
        return _erasure_of(item, tenant) if item else None

    def update(self, erasure: Erasure) -> None:
        """Write how far it is."""
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=wire(_item(erasure)),
                ConditionExpression="#state = :running",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues=wire({":running": ErasureState.RUNNING}),
            )
        except ClientError as error:
            if not refused(error):
                raise


def _item(erasure: Erasure) -> dict[str, Any]:
    return {
        "pk": f"{erasure.tenant}#erasure",
        "sk": erasure.id,
        "contact_key": erasure.contact_key,
        "contact_id": erasure.contact_id,
        "requested_at": rfc3339(erasure.requested_at),
        "by": erasure.by,
        "state": erasure.state,
        "cancelled": erasure.cancelled,
        "redacted": erasure.redacted,
        "address_keys": list(erasure.address_keys),
        "finished_at": rfc3339(erasure.finished_at) if erasure.finished_at else None,
    }


def _erasure_of(item: Mapping[str, Any], tenant: str) -> Erasure:
    finished = item.get("finished_at")
    return Erasure(
        id=item["sk"],
        tenant=tenant,
        contact_key=item["contact_key"],
        contact_id=item.get("contact_id"),
        requested_at=parse_rfc3339(item["requested_at"]),
        by=item["by"],
        state=ErasureState(item["state"]),
        cancelled=int(item["cancelled"]),
        redacted=int(item["redacted"]),
        finished_at=parse_rfc3339(finished) if finished else None,
        address_keys=tuple(item.get("address_keys", ())),
    )
