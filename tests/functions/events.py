"""Events as AWS gives them to the functions."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REQUEST_ID = "JKJaXmPLvHcESHA="
INTAKE = {("POST", "/v1/messages"), ("GET", "/v1/messages")}


@dataclass
class Context:
    """The context of an invocation."""

    function_name: str
    remaining: int = 15_000
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:123456789012:function:outbound"
    aws_request_id: str = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining


def function_of(method: str, path: str) -> str:
    """The function that the API calls."""
    one = method == "GET" and path.startswith("/v1/messages/") and path.count("/") == 3
    return "intake" if one or (method, path) in INTAKE else "manage"


def http(
    method: str,
    path: str,
    *,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    encoded: bool = False,
) -> dict[str, Any]:
    """A request as API Gateway's HTTP APIs give it (payload format 2.0)."""
    sent = {"accept": "*/*", "host": "abc.execute-api.us-east-1.amazonaws.com"}
    if body is not None:
        sent["content-type"] = "application/json"
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default" if function_of(method, path) == "manage" else f"{method} {path}",
        "rawPath": path,
        "rawQueryString": urlencode(query or {}),
        "headers": sent | {name.lower(): value for name, value in (headers or {}).items()},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abc",
            "domainName": sent["host"],
            "domainPrefix": "abc",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "curl/8",
            },
            "requestId": REQUEST_ID,
            "routeKey": "$default",
            "stage": "$default",
            "time": "23/Nov/2026:16:40:00 +0000",
            "timeEpoch": 1795452000123,
        },
        "isBase64Encoded": encoded,
    }
    if query:
        event["queryStringParameters"] = dict(query)
    if body is not None:
        event["body"] = body
    return event


def queue(bodies: Iterable[str]) -> dict[str, Any]:
    """Messages of a queue, as an event source mapping gives them."""
    return {
        "Records": [
            {
                "messageId": f"00000000-0000-0000-0000-{number:012}",
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                "body": body,
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": "1795452000123",
                    "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                    "ApproximateFirstReceiveTimestamp": "1795452000124",
                },
                "messageAttributes": {},
                "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:queue",
                "awsRegion": "us-east-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


def logs(lines: Iterable[str], *, kind: str = "DATA_MESSAGE") -> dict[str, Any]:
    """Lines of a log group, as a subscription filter gives them."""
    data = {
        "messageType": kind,
        "owner": "123456789012",
        "logGroup": "sns/us-east-1/123456789012/DirectPublishToPhoneNumber",
        "logStream": "f9d62a5f-a9ad-4b1e-a0ff-7c2b9fdeb5cf",
        "subscriptionFilters": ["DeliveryStatus"],
        "logEvents": [
            {"id": f"{number}", "timestamp": 1795452000123, "message": line}
            for number, line in enumerate(lines)
        ],
    }
    packed = base64.b64encode(gzip.compress(json.dumps(data).encode())).decode()
    return {"awslogs": {"data": packed}}


def clock_tick() -> dict[str, Any]:
    """What EventBridge Scheduler gives to the sweep."""
    return {}
