"""Lets boto3 clients of the same process talk to a carrier without a socket."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlsplit

import boto3
import botocore.handlers
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from infra.local.carrier.core import Carrier
from infra.local.carrier.parse import form
from infra.local.carrier.transport import Request, Response

EVENTS = (
    "before-send.sesv2",
    "before-send.pinpoint-sms-voice-v2",
    "before-send.sns.Publish",
)


class Events(Protocol):
    """The events of a botocore client or session."""

    def register(self, event_name: str, handler: Any) -> None:
        """Call the handler at the event."""
        ...

    def unregister(self, event_name: str, handler: Any) -> None:
        """Call it no more."""
        ...


class _Body(BytesIO):
    def stream(self, **_: Any) -> Iterator[bytes]:
        while chunk := self.read(65_536):
            yield chunk


class Hook:
    """Answers the requests that the carrier knows; others go on to whoever is next."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def __call__(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        """Answer one prepared request of botocore."""
        received = _received(request)
        if form(received).get("Action") == "Publish" and "PhoneNumber" not in form(received):
            return None
        return _sent(request, self._carrier.handle(received))


def attach(carrier: Carrier, events: Events) -> Callable[[], None]:
    """Connect one client (`client.meta.events`) with the carrier; what returns undoes it."""
    hook = Hook(carrier)
    for event in EVENTS:
        events.register(event, hook)

    def detach() -> None:
        for event in EVENTS:
            events.unregister(event, hook)

    return detach


@contextmanager
def installed(carrier: Carrier) -> Iterator[Carrier]:
    """Connect every client made meanwhile of a new session or of boto3's default session."""
    hook = Hook(carrier)
    added = [(event, hook) for event in EVENTS]
    botocore.handlers.BUILTIN_HANDLERS.extend(added)
    default: Events | None = getattr(boto3.DEFAULT_SESSION, "events", None)
    if default is not None:
        for event in EVENTS:
            default.register(event, hook)
    try:
        yield carrier
    finally:
        for handler in added:
            botocore.handlers.BUILTIN_HANDLERS.remove(handler)
        default = getattr(boto3.DEFAULT_SESSION, "events", None)
        if default is not None:
            for event in EVENTS:
                default.unregister(event, hook)


def _received(request: AWSPreparedRequest) -> Request:
    body = request.body or b""
    return Request(
        method=request.method,
        path=urlsplit(request.url).path,
        query=urlsplit(request.url).query,
        headers={name.lower(): _text(value) for name, value in request.headers.items()},
        body=body.encode() if isinstance(body, str) else bytes(body),  # type: ignore[arg-type]
    )


def _sent(request: AWSPreparedRequest, response: Response) -> AWSResponse:
    if response.lost or response.half:
        raise ConnectionClosedError(endpoint_url=request.url)
    if response.silence_seconds:
        raise ReadTimeoutError(endpoint_url=request.url)
    body = _Body(response.body)
    return AWSResponse(request.url, response.status, HTTPHeaders.from_dict(response.headers), body)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
