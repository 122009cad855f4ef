"""Events of other systems, as EventBridge brings them, and what lies at a path in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

PATH = r"^\$(\.[A-Za-z0-9_-]{1,64}|\[[0-9]{1,3}\]){1,10}$"
_STEP = re.compile(r"\.([A-Za-z0-9_-]+)|\[([0-9]+)\]")


class NotThere(LookupError):
    """An event has nothing at a path."""


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """An event with its envelope: `body` is all of it, `detail` included."""

    id: str
    source: str
    kind: str
    at: datetime
    body: Mapping[str, Any]


def value_at(path: str, body: Mapping[str, Any]) -> Any:
    """What lies at a path, `$.detail.customer.id` or `$.detail.items[0].sku`.

    Raises:
        NotThere: nothing does, or null.
    """
    value: Any = body
    for name, index in _STEP.findall(path):
        try:
            value = value[name] if name else value[int(index)]
        except (LookupError, TypeError):
            raise NotThere(path) from None
    if value is None:
        raise NotThere(path)
    return value
