"""Write units of DynamoDB, by the sizes of what is written and by what changes in the index `due`.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
"""

from __future__ import annotations

import json
from typing import Any

KILOBYTE = 1024


def written(operation: str, request: Any, answer: Any) -> int:
    """The units of one request."""
    # Services that are asked by a form have a dict.
    asked = request.get("body")
    body = json.loads(asked) if isinstance(asked, bytes) and asked[:1] == b"{" else {}
    if operation == "PutItem":
        return _item(body["Item"])
    if operation == "UpdateItem":
        changed = answer.get("Attributes", {})
        return max(1, _size(_wire(changed))) + _moved(body.get("UpdateExpression", ""))
    if operation == "BatchWriteItem":
        puts = [each for table in body["RequestItems"].values() for each in table]
        return sum(_item(each["PutRequest"]["Item"]) for each in puts)
    if operation == "TransactWriteItems":
        return sum(2 * _step(each) for each in body["TransactItems"])
    return 0


def _step(step: dict[str, Any]) -> int:
    return _item(step["Put"]["Item"]) if "Put" in step else 1


def _item(item: dict[str, Any]) -> int:
    return _size(item) + ("due" in item)


def _moved(update: str) -> int:
    """An entry of the index is put anew (two units), or removed (one)."""
    sets, _, removes = update.partition(" REMOVE ")
    if "due = :" in sets:
        return 2
    return 1 if "due" in removes.split(", ") else 0


def _wire(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value is not None}


def _size(item: dict[str, Any]) -> int:
    text = sum(len(name) + _length(value) for name, value in item.items())
    return -(-text // KILOBYTE)


def _length(value: Any) -> int:
    if isinstance(value, dict):
        return sum(_length(each) for each in value.values()) + 1
    if isinstance(value, list | set | tuple):
        return sum(_length(each) for each in value) + 3
    return len(str(value))
