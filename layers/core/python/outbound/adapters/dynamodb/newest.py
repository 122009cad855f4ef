"""Pages of a partition whose sort keys begin with a time, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.table import plain, wire

if TYPE_CHECKING:
    from outbound.adapters.dynamodb.table import Table


def newest(
    table: Table, pk: str, *, limit: int, after: str | None, consistent: bool = True
) -> tuple[list[dict[str, Any]], str | None]:
    """Some items, and the sort key behind which others may come."""
    start: Any = {"ExclusiveStartKey": wire({"pk": pk, "sk": after})} if after is not None else {}
    answer = table.client.query(
        TableName=table.name,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues=wire({":pk": pk}),
        ScanIndexForward=False,
        ConsistentRead=consistent,
        Limit=limit,
        **start,
    )
    last = answer.get("LastEvaluatedKey")
    return [plain(item) for item in answer["Items"]], plain(last)["sk"] if last else None
