"""A request and an answer as plain values, so that the carrier needs no socket."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP answer, and what the line does to it: silence first, half of it, or none at all."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    silence_seconds: float = 0
    lost: bool = False
    half: bool = False
