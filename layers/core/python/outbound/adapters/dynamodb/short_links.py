"""Short links over DynamoDB: an item for each message that has some, beside the messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.table import Table, wire
from outbound.domain.ids import MessageRef
from outbound.domain.instant import from_milliseconds, seconds
from outbound.domain.short_link import Linked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.ports import Clock

PARTITIONS = "link#*"


@dataclass(frozen=True, slots=True)
class DynamoShortLinks:
    """Targets in the table of messages, found by the token alone: who follows names no tenant."""

    table: Table
    clock: Clock

    def put(self, linked: Sequence[Linked]) -> None:
        """One write a message; many go together."""
        items = [_item(each) for each in linked]
        if len(items) == 1:
            self.table.put(items[0])
        elif items:
            self.table.put_many(items)

    def get(self, token: str) -> Linked | None:
        """What was written, if it is not over."""
        item = self.table.get(*_key(token).values(), consistent=False)
        if item is None or item["ttl"] <= seconds(self.clock.now()):
            return None
        until = from_milliseconds(int(item["ttl"]) * 1000)
        return Linked(MessageRef(item["tenant"], item["id"]), token, tuple(item["targets"]), until)

    def forget(self, token: str) -> None:
        """Remove the item."""
        self.table.client.delete_item(TableName=self.table.name, Key=wire(_key(token)))


def _item(linked: Linked) -> dict[str, Any]:
    return {
        **_key(linked.token),
        "tenant": linked.ref.tenant,
        "id": linked.ref.id,
        "targets": list(linked.targets),
        "ttl": seconds(linked.until),
    }


def _key(token: str) -> dict[str, str]:
    return {"pk": f"link#{token}", "sk": "links"}
