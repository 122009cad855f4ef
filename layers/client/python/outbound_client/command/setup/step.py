"""One thing that setup sees to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What became of a step."""

    ALREADY = "already so"
    DONE = "done"
    WOULD = "would do"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Call:
    """A call of AWS: its service by boto3's name, its operation, the IAM action that it takes."""

    service: str
    operation: str
    right: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is so and what shall be; without a call there is nothing to do.

    `note` is for the reader. `unknown` says why nobody knows what is so: then nothing is done.
    """

    name: str
    what: str
    before: Any = None
    after: Any = None
    call: Call | None = None
    note: str | None = None
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A step, what became of it, and why if it failed."""

    step: Step
    state: State
    why: str | None = None


def step(
    name: str, what: str, before: Any, after: Any, call: Call, note: str | None = None
) -> Step:
    """What is so and what shall be; nothing to do where both are the same."""
    needed = None if before == after else call
    return Step(name=name, what=what, before=before, after=after, call=needed, note=note)
