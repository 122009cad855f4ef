"""What became of the items of a batch, or would."""

from typing import Any

from pydantic import model_validator

from outbound_client.models.answer import Answer
from outbound_client.models.messages import DryRun, Message
from outbound_client.models.problems import ItemProblem
from outbound_client.models.routes import Route, RouteDryRun


class _Item(Answer):
    index: int
    problem: ItemProblem | None = None

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, item: Any) -> Any:
        if not isinstance(item, dict) or "problem" in item:
            return item
        kind = "route" if "messages" in item else "message"
        return {"index": item.get("index"), kind: item}


class BatchItem(_Item):
    """What became of the item at `index`: its message or route, or why there is none."""

    message: Message | None = None
    route: Route | None = None


class TriedItem(_Item):
    """What would become of the item at `index`: its message or route, or why there is none."""

    message: DryRun | None = None
    route: RouteDryRun | None = None


class BatchAnswer(Answer):
    """The answer to a batch, in the order of its request."""

    items: tuple[BatchItem, ...]


class TriedBatch(Answer):
    """The answer to a batch that is tried, in the order of its request."""

    items: tuple[TriedItem, ...]
