"""What answers are made of, and problems.

No function imports models of answers: their tests hold every real answer to them.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

ABSENT: Any = None
"""The value of a field that may be missing, though it is never null."""


class Answered(BaseModel):
    """All that an answer holds, and nothing else."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Fault(Answered):
    """One thing that is wrong."""

    pointer: str
    """An RFC 6901 pointer into the body, or the name of a parameter or header."""
    code: str
    """What is wrong, as a stable word."""
    message: str
    """What would be right."""


class Problem(Answered):
    """Why a request was refused (RFC 9457)."""

    type: Annotated[str, Field(pattern=r"^/problems/[a-z_]+$")]
    """Where the problem is explained."""
    title: str
    """The problem in a few words; the same each time."""
    status: Annotated[int, Field(ge=400, le=599)]
    """The status of the answer."""
    code: str
    """The problem as a stable word: what a program should look at."""
    detail: str
    """What is wrong with this request, and what would be right."""
    request_id: str
    """Name it when you ask us."""
    errors: list[Fault]
    """Each place that is wrong."""
