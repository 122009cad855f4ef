"""Commands of an operator, who has the right in IAM to invoke a function directly.

API Gateway's events always have a `requestContext`; an operator's never do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.problems import document
from outbound.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Command = Callable[[dict[str, Any]], dict[str, Any]]


def answer(
    event: Mapping[str, Any], commands: Mapping[str, Command], request_id: str
) -> dict[str, Any]:
    """Do what the operator asks: {"ok": true, …} or {"ok": false, "problem": …}."""
    arguments = {name: value for name, value in event.items() if name != "command"}
    command = commands.get(str(event.get("command")))
    try:
        if command is None:
            known = ", ".join(commands)
            raise Refusal("invalid_request", f"command must be one of: {known}.")
        return {"ok": True, **command(arguments)}
    except Refusal as refusal:
        return {"ok": False, "problem": document(refusal, request_id)}
