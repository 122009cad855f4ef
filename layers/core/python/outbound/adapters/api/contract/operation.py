"""What is said of an operation: one entry for each route of the functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from outbound.domain.words import Scope

JSON = "application/json"
AUTHENTICATION = (
    "missing_key",
    "invalid_key",
    "revoked_key",
    "expired_key",
    "missing_scope",
    "address_not_allowed",
    "rate_limited",
)
BODY = ("malformed_json", "body_too_large", "unsupported_media_type", "invalid_request")
ONCE = ("invalid_idempotency_key", "idempotency_key_reused", "request_in_flight")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the path, the query or a header.

    `schema` is that of the value; the items of a list are sent with commas between them.
    """

    name: str
    place: str
    description: str
    schema: Mapping[str, Any]
    example: str | int | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON body. Every example is accepted as it stands; a test sends each.

    `also` are examples of what may be sent in its place, by media type.
    """

    model: type[BaseModel]
    examples: Mapping[str, Any]
    required: bool = True
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that isn't a problem.

    `model` is None for what isn't JSON. `headers` are those that may be there, by name, with what
    they say. `links` lead to operations: {operation id: {parameter: runtime expression}}.
    """

    status: int
    description: str
    model: type[BaseModel] | None = None
    examples: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    media_type: str = JSON


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path.

    `scope` None is open to everybody. `problems` are the codes that are this operation's own:
    those of authentication, of reading a body, of an Idempotency-Key, and of a path that can't be
    read, are added.
    """

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    answers: tuple[Answer, ...]
    scope: Scope | None = None
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    problems: tuple[str, ...] = ()

    @property
    def all_problems(self) -> tuple[str, ...]:
        """Every code that the operation may answer with."""
        reads_key = any(parameter.name == "Idempotency-Key" for parameter in self.parameters)
        codes = (
            *(AUTHENTICATION if self.scope else ()),
            *(BODY if self.body else ()),
            *(ONCE if reads_key else ()),
            *self.problems,
            *(("unknown_route",) if "{" in self.path else ()),
            "internal_error",
        )
        return tuple(dict.fromkeys(codes))
