"""The stream of the table of messages, as Lambda brings it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import boto3

from tests.aws import items

WRITTEN_AT = 1_795_000_000.123


@dataclass
class Stream:
    """What has changed since it was last read."""

    seen: dict[str, Any] = field(default_factory=dict)
    events: int = 0

    def read(self) -> dict[str, Any]:
        records: list[dict[str, Any]] = []
        for item in items(boto3.client("dynamodb"), "messages"):
            place = item["pk"]["S"] + item["sk"]["S"]
            old = self.seen.get(place)
            if old != item:
                images = {"NewImage": item, **({"OldImage": old} if old else {})}
                change = {**images, "ApproximateCreationDateTime": WRITTEN_AT}
                self.events += 1
                records.append({"eventID": f"{self.events}", "dynamodb": change})
            self.seen[place] = item
        return {"Records": records}
