"""How the domain refuses: a stable code, a sentence, and the places that are wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request.

    `pointer` is an RFC 6901 JSON pointer into the request body, or the name of a query
    parameter or header. `message` says what would be right and never repeats the value.
    """

    pointer: str
    code: str
    message: str


class Refusal(Exception):
    """A request that can't be served as it is; the caller can put it right.

    `code` is one of the keys of `outbound.adapters.api.problems.PROBLEMS`.
    """

    def __init__(self, code: str, detail: str, *faults: Fault, retry_after: int | None = None):
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.faults = faults
        self.retry_after = retry_after


def refused_at(pointer: str, code: str, message: str) -> Refusal:
    """A refusal with a single fault whose code is the refusal's own."""
    return Refusal(code, message, Fault(pointer, code, message))
