"""Erasures over DynamoDB, in the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.contact_item import tenure_item, tenure_of
from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.erasure import Erasure, ErasureState
from outbound.domain.instant import parse_rfc3339, rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping

UNLISTED = "#unlisted"


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
        """An erasure as it is now, in one request for both of its items."""
        keys = [_key(tenant, erasure_id), _unlisted(tenant, erasure_id)]
        found = {item["sk"]: item for item in self.table.get_many(keys)}
        item = found.get(erasure_id)
        if item is None:
            return None
        kinds = found.get(f"{erasure_id}{UNLISTED}", {}).get("kinds", ())
        return _erasure_of({**item, "kinds": kinds}, tenant)

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

    def note_unlisted(self, tenant: str, erasure_id: str, kind: str) -> None:
        """Add it to an item of its own, which whoever works on the erasure doesn't write."""
        self.table.client.update_item(
            TableName=self.table.name,
            Key=wire(_unlisted(tenant, erasure_id)),
            UpdateExpression="ADD kinds :kind",
            ExpressionAttributeValues=wire({":kind": {kind}}),
        )


def _key(tenant: str, erasure_id: str) -> dict[str, str]:
    return {"pk": f"{tenant}#erasure", "sk": erasure_id}


def _unlisted(tenant: str, erasure_id: str) -> dict[str, str]:
    return _key(tenant, f"{erasure_id}{UNLISTED}")


def _item(erasure: Erasure) -> dict[str, Any]:
    return {
        **_key(erasure.tenant, erasure.id),
        "contact_key": erasure.contact_key,
        "contact_id": erasure.contact_id,
        "requested_at": rfc3339(erasure.requested_at),
        "by": erasure.by,
        "state": erasure.state,
        "cancelled": erasure.cancelled,
        "redacted": erasure.redacted,
        "addresses": [tenure_item(each) for each in erasure.addresses],
        "found_at": rfc3339(erasure.found_at) if erasure.found_at else None,
        "finished_at": rfc3339(erasure.finished_at) if erasure.finished_at else None,
    }


def _erasure_of(item: Mapping[str, Any], tenant: str) -> Erasure:
    finished, found = item.get("finished_at"), item.get("found_at")
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
        addresses=tuple(tenure_of(each) for each in item["addresses"]),
        found_at=parse_rfc3339(found) if found else None,
        unlisted=tuple(sorted(item["kinds"])),
    )
