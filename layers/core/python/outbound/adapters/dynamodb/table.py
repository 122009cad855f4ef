"""A DynamoDB table: its client, its name, and the wire format of its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

_to_wire = TypeSerializer().serialize
_from_wire = TypeDeserializer().deserialize


def wire(values: Mapping[str, Any]) -> dict[str, Any]:
    """Python values as DynamoDB's attribute values; None is left out."""
    return {name: _to_wire(value) for name, value in values.items() if value is not None}


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """DynamoDB's attribute values as Python values."""
    return {name: _from_wire(value) for name, value in item.items()}


def refused(error: ClientError) -> bool:
    """Whether a condition didn't hold, alone or in a transaction."""
    alone = error.response["Error"]["Code"] == "ConditionalCheckFailedException"
    return alone or "ConditionalCheckFailed" in _reasons(error)


def conflicted(error: ClientError) -> bool:
    """Whether another transaction was writing the same items; a repetition finds its result."""
    return "TransactionConflict" in _reasons(error)


def _reasons(error: ClientError) -> list[str]:
    reasons: Any = error.response.get("CancellationReasons", [])
    return [reason.get("Code", "") for reason in reasons]


@dataclass(frozen=True, slots=True)
class Table:
    """One table with keys `pk` and `sk`, both text."""

    client: DynamoDBClient
    name: str

    def get(self, pk: str, sk: str, *, consistent: bool = True) -> dict[str, Any] | None:
        """An item, or None."""
        answer = self.client.get_item(
            TableName=self.name, Key=wire({"pk": pk, "sk": sk}), ConsistentRead=consistent
        )
        return plain(answer["Item"]) if "Item" in answer else None

    def put_new(self, item: Mapping[str, Any]) -> bool:
        """Write an item unless one with its key is there; whether it was written."""
        try:
            self.client.put_item(
                TableName=self.name,
                Item=wire(item),
                ConditionExpression="attribute_not_exists(pk)",
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def put(self, item: Mapping[str, Any]) -> None:
        """Write an item, over whatever was there."""
        self.client.put_item(TableName=self.name, Item=wire(item))
