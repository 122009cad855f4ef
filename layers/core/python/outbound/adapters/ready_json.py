"""Requests and answers as JSON, past the SDK's own spelling of them.

Botocore goes through each value of a request and of an answer by the service's model. For fifty
items that takes longer than all that is done with them; so where many go in one request, its body
is handed to the client as it is to be sent. The client still signs, sends, times out and tries
again. Only its documented events are used:
https://docs.aws.amazon.com/boto3/latest/guide/events.html
"""

from __future__ import annotations

import json
from typing import Any

READY = "OutboundReadyJson"
"""The parameter that isn't one of the operation's: the body, taken out before it is looked at."""


def ready(body: str) -> Any:
    """What to give an operation, beside empty values for what it can't be called without."""
    return {READY: body}


def take_ready(client: Any, operation: str) -> None:
    """Let a client's operation be asked with `ready`; to say so twice changes nothing."""
    _register(client, "provide-client-params", operation, _keep)
    _register(client, "before-call", operation, _replace)


def answer_plainly(client: Any, operation: str) -> None:
    """Let an operation answer with what its JSON says; what isn't one is botocore's to judge."""
    _register(client, "before-parse", operation, _read)


def _register(client: Any, event: str, operation: str, handler: Any) -> None:
    name = f"{event}.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register(name, handler, unique_id=name)


def _keep(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    if READY in params:
        context[READY] = params.pop(READY).encode()


def _replace(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    if READY in context:
        params["body"] = context[READY]


def _read(
    response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any
) -> None:
    if response_dict["status_code"] != 200:
        return
    try:
        answer = json.loads(response_dict["body"])
    except ValueError:
        return
    if isinstance(answer, dict):
        customized_response_dict.update(answer)
        response_dict["body"] = b""
