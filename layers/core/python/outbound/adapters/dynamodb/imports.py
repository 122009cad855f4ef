"""Which lists were read in, over DynamoDB: an item each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.instant import parse_rfc3339, rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.adapters.dynamodb.table import Table

PARTITION = "imported"


@dataclass(frozen=True, slots=True)
class DynamoImports:
    """Lists by their names, in the table of the contacts."""

    table: Table

    def finish(self, source: str, now: datetime) -> None:
        """Remember a list, over the last time."""
        self.table.put({"pk": PARTITION, "sk": source, "at": rfc3339(now)})

    def finished(self) -> Mapping[str, datetime]:
        """All of them."""
        return {item["sk"]: parse_rfc3339(item["at"]) for item in self.table.query(PARTITION)}
