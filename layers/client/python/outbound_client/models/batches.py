"""What became of the items of a batch."""

from typing import Any

from pydantic import model_validator

from outbound_client.models.answer import Answer
from outbound_client.models.messages import Message
from outbound_client.models.problems import ItemProblem
from outbound_client.models.routes import Route


class BatchItem(Answer):
    """What became of the item at `index`: one of the three is set."""

    index: int
    message: Message | None = None
    route: Route | None = None
    problem: ItemProblem | None = None

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, item: Any) -> Any:
        if not isinstance(item, dict) or "problem" in item:
            return item
        kind = "route" if "messages" in item else "message"
        return {"index": item.get("index"), kind: item}


class BatchAnswer(Answer):
    """The answer to a batch, in the order of its request."""

    items: tuple[BatchItem, ...]
