"""The catalog over DynamoDB: idempotency keys and the sweep's cursor."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, plain, refused, wire
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.words import Mode

IDEMPOTENCY_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DynamoIdempotency:
    """Idempotency keys; stored as a digest, for callers put names and numbers into them."""

    table: Table

    def reserve(self, tenant: str, mode: Mode, key: str, claim: Claim) -> Claim | None:
        """Use a key, in one request whether it is new or not."""
        item = {
            "pk": _idempotency_pk(tenant, mode, key),
            "sk": "claim",
            "fingerprint": claim.fingerprint,
            "resource": claim.resource,
            "at": rfc3339(claim.at),
            "ttl": seconds(claim.at + IDEMPOTENCY_KEPT),
        }
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=wire(item),
                ConditionExpression="attribute_not_exists(pk) OR #ttl <= :now",
                ExpressionAttributeNames={"#ttl": "ttl"},
                ExpressionAttributeValues=wire({":now": seconds(claim.at)}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if not refused(error):
                raise
            return _claim_of(plain(error.response["Item"]))  # type: ignore[typeddict-item]
        return None

    def find(self, tenant: str, mode: Mode, key: str, now: datetime) -> Claim | None:
        """The claim of who used a key first, if anybody did."""
        item = self.table.get(_idempotency_pk(tenant, mode, key), "claim")
        return _claim_of(item) if item and item["ttl"] > seconds(now) else None


def _idempotency_pk(tenant: str, mode: Mode, key: str) -> str:
    return f"{tenant}#idempotency#{mode}#{hashlib.sha256(key.encode()).hexdigest()}"


def _claim_of(item: Mapping[str, Any]) -> Claim:
    return Claim(item["fingerprint"], item["resource"], parse_rfc3339(item["at"]))


@dataclass(frozen=True, slots=True)
class DynamoCursor:
    """How far the sweep has come."""

    table: Table

    def read(self) -> datetime | None:
        """The last minute whose work is queued."""
        item = self.table.get("sweep", "cursor")
        return parse_rfc3339(item["minute"]) if item else None

    def write(self, minute: datetime) -> None:
        """All that was due up to this minute is queued."""
        self.table.put({"pk": "sweep", "sk": "cursor", "minute": rfc3339(minute)})
