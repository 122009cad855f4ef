"""Testers over DynamoDB: few, so a tenant's are one item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.address import Address
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.tester import Tester
from outbound.ports import TesterList

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class DynamoTesters:
    """Testers in the catalog."""

    table: Table

    def all(self, tenant: str) -> TesterList:
        """A tenant's testers, as they are now."""
        item = self.table.get(*_key(tenant))
        if item is None:
            return TesterList()
        return TesterList(tuple(map(_tester_of, item["testers"])), int(item["version"]))

    def write(self, tenant: str, testers: tuple[Tester, ...], seen: int) -> bool:
        """Replace the list, if nobody else has meanwhile."""
        pk, sk = _key(tenant)
        item = {"pk": pk, "sk": sk, "version": seen + 1, "testers": list(map(_item_of, testers))}
        if not seen:
            return self.table.put_new(item)
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=wire(item),
                ConditionExpression="version = :seen",
                ExpressionAttributeValues=wire({":seen": seen}),
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True


def _key(tenant: str) -> tuple[str, str]:
    return f"{tenant}#settings", "testers"


def _item_of(tester: Tester) -> dict[str, Any]:
    return {
        "id": tester.id,
        "kind": tester.address.kind,
        "address": tester.address.value,
        "asked_at": rfc3339(tester.asked_at),
        "tries": tester.tries,
        "verified_at": rfc3339(tester.verified_at) if tester.verified_at else None,
    }


def _tester_of(item: Mapping[str, Any]) -> Tester:
    verified = item["verified_at"]
    return Tester(
        id=item["id"],
        address=Address(item["kind"], item["address"]),
        asked_at=parse_rfc3339(item["asked_at"]),
        tries=int(item["tries"]),
        verified_at=parse_rfc3339(verified) if verified else None,
    )
