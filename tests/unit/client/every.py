"""What each call of the client asks, found by making it."""

from __future__ import annotations

import inspect
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

import outbound.adapters.api
from outbound_client import OutboundClient, Problem

DOCUMENT = Path(outbound.adapters.api.__file__).with_name("openapi.json")
NO_CALL = {
    "getOpenapi": "is read by generators of clients",
    "getDocs": "is a page for people",
    "getProblem": "is a page for people; Problem has what it says of a case",
}
# What their signatures don't say.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "find_contacts": {"email": "x"},
    "find_suppressions": {"email": "x"},
    "put_suppression": {"email": "x"},
    "lift_suppression": {"email": "x"},
    "add_coupons": {"codes": ["x"]},
}
ASK_NOTHING = {"close", "download_campaign_export"}  # of the API


@cache
def operations() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Method and path of each operation, by its id."""
    paths = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
    return {
        operation["operationId"]: (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)))
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def calls() -> list[str]:
    return [
        name
        for name, _ in inspect.getmembers(OutboundClient, inspect.isfunction)
        if not name.startswith("_") and name not in ASK_NOTHING
    ]


@cache
def first_requests() -> dict[str, tuple[str, str]]:
    """What each call asks first; it is refused whatever that is."""
    asked: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(404, json={"code": "not_found"})

    found = {}
    transport = httpx.MockTransport(refuse)
    with OutboundClient("https://api.example.com", "key", transport=transport) as client:
        for name in calls():
            asked.clear()
            with pytest.raises(Problem):
                # A generator asks when it is read.
                list(getattr(client, name)(**arguments_of(name)))
            found[name] = (asked[0].method, asked[0].url.path)
    return found


def arguments_of(name: str) -> dict[str, Any]:
    """Something for each argument that a call must have."""
    parameters = inspect.signature(getattr(OutboundClient, name)).parameters
    needed = {
        name: _value(str(parameter.annotation))
        for name, parameter in parameters.items()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    }
    del needed["self"]
    return needed | ARGUMENTS.get(name, {})


def _value(annotation: str) -> Any:
    if annotation.startswith("bytes"):
        return b"x"
    if annotation.startswith("Mapping"):
        return {}
    return [] if annotation.startswith(("Sequence", "Collection")) else "x"


def is_asked(identifier: str, request: tuple[str, str]) -> bool:
    method, path = operations()[identifier]
    return method == request[0] and path.fullmatch(request[1]) is not None
