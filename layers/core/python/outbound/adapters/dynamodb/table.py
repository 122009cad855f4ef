"""A DynamoDB table: its client, its name, and the wire format of its values."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from decimal import Decimal
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import BotoCoreError, ClientError

from outbound.adapters.ready_json import answer_plainly, ready, take_ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mypy_boto3_dynamodb import DynamoDBClient

READS, WRITES = 100, 25
"""Items in a batch: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"""
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds before what DynamoDB left out is asked for again."""
TRIES = 5
"""Of a transaction that meets others."""
_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize


def wire(values: Mapping[str, Any]) -> dict[str, Any]:
    """Python values as DynamoDB's attribute values; None is left out."""
    return {name: _wired(value) for name, value in values.items() if value is not None}


def _wired(value: Any) -> Any:
    # Nearly all is text, which boto3 would recognise last.
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, list):
        return {"L": [_wired(each) for each in value]}
    if isinstance(value, dict):
        return {"M": {name: _wired(each) for name, each in value.items()}}
    return _serialize(value)


def wire_text(values: Mapping[str, Any]) -> str:
    """What `wire` gives, as JSON: a sixth of the time that it takes to write down the other.

    The names are those of our attributes, which nobody has to quote.
    """
    some = [
        f'"{name}":{{"S":{quoted(value)}}}'
        if isinstance(value, str)
        else f'"{name}":{_text(value)}'
        for name, value in values.items()
        if value is not None
    ]
    return f"{{{','.join(some)}}}"


def _text(value: Any) -> str:
    if isinstance(value, list):
        some = [
            f'{{"S":{quoted(each)}}}' if isinstance(each, str) else _text(each) for each in value
        ]
        return f'{{"L":[{",".join(some)}]}}'
    if isinstance(value, dict):
        some = [
            f'{quoted(name)}:{{"S":{quoted(each)}}}'
            if isinstance(each, str)
            else f"{quoted(name)}:{_text(each)}"
            for name, each in value.items()
        ]
        return f'{{"M":{{{",".join(some)}}}}}'
    if type(value) is int:
        return f'{{"N":"{value}"}}'
    return json.dumps(_serialize(value))


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """DynamoDB's attribute values as Python values."""
    return {name: value["S"] if "S" in value else _plain(value) for name, value in item.items()}


def _plain(value: Any) -> Any:
    if "SS" in value:
        return set(value["SS"])
    if "N" in value:
        return Decimal(value["N"])
    return _deserialize(value)


class Throttled(Exception):
    """DynamoDB has taken less than all of a batch, several times."""


def refused(error: ClientError) -> bool:
    """Whether a condition didn't hold, alone or in a transaction."""
    alone = error.response["Error"]["Code"] == "ConditionalCheckFailedException"
    return alone or "ConditionalCheckFailed" in _reasons(error)


def conflicted(error: ClientError) -> bool:
    """Whether another transaction was writing the same items; a repetition finds its result."""
    return "TransactionConflict" in _reasons(error)


def _asking(items: str) -> Any:
    return {"RequestItems": {}, **ready(f'{{"RequestItems":{items}}}')}


def _batches(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def _reasons(error: ClientError) -> list[str]:
    reasons: Any = error.response.get("CancellationReasons", [])
    return [reason.get("Code", "") for reason in reasons]


@dataclass(frozen=True, slots=True)
class Table:
    """One table with keys `pk` and `sk`, both text."""

    client: DynamoDBClient
    name: str

    def __post_init__(self) -> None:
        for operation in ("PutItem", "BatchGetItem", "BatchWriteItem"):
            take_ready(self.client, operation)
        for operation in ("GetItem", "BatchGetItem", "BatchWriteItem"):
            answer_plainly(self.client, operation)

    def get(self, pk: str, sk: str, *, consistent: bool = True) -> dict[str, Any] | None:
        """An item, or None."""
        answer = self.client.get_item(
            TableName=self.name, Key=wire({"pk": pk, "sk": sk}), ConsistentRead=consistent
        )
        return plain(answer["Item"]) if "Item" in answer else None

    def query(
        self,
        pk: str,
        *,
        after: str | None = None,
        size: int | None = None,
        backwards: bool = False,
        only: Sequence[str] = (),
    ) -> Iterator[dict[str, Any]]:
        """A partition in the order of `sk`, behind `after` (consistent reads), page by page.

        `size` is how many items a request reads; `only` are the attributes that are wanted.
        """
        names = {f"#{name}": name for name in only}
        wanted: Any = {
            "ProjectionExpression": ", ".join(names),
            "ExpressionAttributeNames": names,
        }
        pages = self.client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND sk > :after" if after else "pk = :pk",
            ExpressionAttributeValues=wire({":pk": pk, ":after": after}),
            ScanIndexForward=not backwards,
            ConsistentRead=True,
            PaginationConfig={"PageSize": size} if size else {},
            **(wanted if only else {}),
        )
        return (plain(item) for page in pages for item in page["Items"])

    def put_new(self, item: Mapping[str, Any]) -> bool:
        """Write an item unless one with its key is there; whether it was written."""
        try:
            self._put(item, ConditionExpression="attribute_not_exists(pk)")
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def put_all_new(self, items: Sequence[Mapping[str, Any]]) -> bool:
        """Write at most 100 items unless one of them is there; whether they were written."""
        puts: Any = [
            {
                "Put": {
                    "TableName": self.name,
                    "Item": wire(item),
                    "ConditionExpression": "attribute_not_exists(pk)",
                }
            }
            for item in items
        ]
        try:
            self.client.transact_write_items(TransactItems=puts)
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def update_once(
        self, mark: Mapping[str, Any], updates: Sequence[Any], *, tries: int = TRIES
    ) -> bool:
        """Make updates in a transaction with an item that marks them; False if it was there.

        Raises:
            Throttled: others write the same items all the time.
        """
        put = {
            "TableName": self.name,
            "Item": wire(mark),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        writes: Any = [{"Put": put}, *({"Update": update} for update in updates)]
        for _ in range(tries):
            try:
                self.client.transact_write_items(TransactItems=writes)
            except ClientError as error:
                if refused(error):
                    return False
                if not conflicted(error):
                    raise
            else:
                return True
        raise Throttled("others write the same items all the time")

    def put_next(self, item: Mapping[str, Any]) -> bool:
        """Write an item over the one whose `version` is one less; whether that was there."""
        try:
            self._put(
                item,
                ConditionExpression="version = :before",
                ExpressionAttributeValues=wire({":before": item["version"] - 1}),
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def get_many(self, keys: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
        """Those of the items that are there (consistent reads), a hundred in a request.

        Raises:
            Throttled: DynamoDB keeps leaving some out.
        """
        found: list[dict[str, Any]] = []
        wanted = [
            f'{{"pk":{{"S":{quoted(key["pk"])}}},"sk":{{"S":{quoted(key["sk"])}}}}}' for key in keys
        ]
        for some in _batches(wanted, READS):
            left = f'{{{quoted(self.name)}:{{"Keys":[{",".join(some)}],"ConsistentRead":true}}}}'
            for pause in PAUSES:
                answer: Any = self.client.batch_get_item(**_asking(left))
                found += [plain(item) for item in answer["Responses"].get(self.name, [])]
                if not answer.get("UnprocessedKeys"):
                    break
                left = json.dumps(answer["UnprocessedKeys"])
                time.sleep(pause)
            else:
                raise Throttled("DynamoDB did not read all items")
        return found

    def put_many(self, items: Sequence[Mapping[str, Any]]) -> None:
        """Write items, over whatever was there, 25 in a request.

        Raises:
            Throttled: DynamoDB keeps leaving some out; the others are written.
        """
        for some in _batches(items, WRITES):
            left = self._puts(some)
            for pause in PAUSES:
                answer: Any = self.client.batch_write_item(**_asking(left))
                if not answer.get("UnprocessedItems"):
                    break
                left = json.dumps(answer["UnprocessedItems"])
                time.sleep(pause)
            else:
                raise Throttled("DynamoDB did not write all items")

    def put_once(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Write items, 25 in a request, none of them repeated; those that may not be written."""
        left: list[Mapping[str, Any]] = []
        for some in _batches(items, WRITES):
            try:
                asking = _asking(self._puts(some))
                answer: Any = self.client.batch_write_item(**asking)
            except (BotoCoreError, ClientError):
                left += some
                continue
            unprocessed = answer.get("UnprocessedItems", {}).get(self.name, [])
            left += [plain(request["PutRequest"]["Item"]) for request in unprocessed]
        return left

    def _puts(self, items: Sequence[Mapping[str, Any]]) -> str:
        puts = [f'{{"PutRequest":{{"Item":{wire_text(item)}}}}}' for item in items]
        return f"{{{quoted(self.name)}:[{','.join(puts)}]}}"

    def put(self, item: Mapping[str, Any]) -> None:
        """Write an item, over whatever was there."""
        self._put(item)

    def _put(self, item: Mapping[str, Any], **condition: Any) -> None:
        asked = json.dumps({"TableName": self.name, **condition})
        body = f'{asked[:-1]},"Item":{wire_text(item)}}}'
        self.client.put_item(TableName=self.name, Item={}, **ready(body))
