"""Changes that one transaction can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TOGETHER = 100
"""Writes in a transaction, none of them to the same item:
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""


def together(
    changes: Iterable[list[TransactWriteItemTypeDef]],
) -> Iterator[list[list[TransactWriteItemTypeDef]]]:
    """Changes of several steps each, in their order, in groups that one transaction can write."""
    some: list[list[TransactWriteItemTypeDef]] = []
    items: set[tuple[str, str, str]] = set()
    for change in changes:
        own = {_item(step) for step in change}
        if len(items) + len(own) > TOGETHER or own & items:
            yield some
            some, items = [], set()
        some.append(change)
        items |= own
    if some:
        yield some


def _item(step: Any) -> tuple[str, str, str]:
    [of] = step.values()
    key = of.get("Key") or of["Item"]
    return of["TableName"], key["pk"]["S"], key["sk"]["S"]
