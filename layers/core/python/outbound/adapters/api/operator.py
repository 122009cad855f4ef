"""Commands of an operator, who has the right in IAM to invoke the function of `manage`.

API Gateway's events always have a `requestContext`; an operator's never do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.answers import key_body
from outbound.adapters.api.catalog_requests import read_operator_key, read_operator_revocation
from outbound.adapters.api.problems import document
from outbound.domain.errors import Refusal
from outbound.flow.manage import keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.flow.manage.keys import KeyPorts


def serve(event: Mapping[str, Any], ports: KeyPorts, request_id: str) -> dict[str, Any]:
    """Do what the operator asks: {"ok": true, "key": …} or {"ok": false, "problem": …}."""
    arguments = {name: value for name, value in event.items() if name != "command"}
    try:
        return {"ok": True, "key": _serve(event.get("command"), arguments, ports)}
    except Refusal as refusal:
        return {"ok": False, "problem": document(refusal, request_id)}


def _serve(command: object, arguments: dict[str, Any], ports: KeyPorts) -> dict[str, Any]:
    if command == "create_key":
        made = keys.create(read_operator_key(arguments), None, ports)
        return key_body(made.key, made.secret)
    if command == "revoke_key":
        return key_body(keys.revoke(*read_operator_revocation(arguments), ports), None)
    raise Refusal("invalid_request", "command must be create_key or revoke_key.")
