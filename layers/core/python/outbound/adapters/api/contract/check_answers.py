"""What is answered about checks of addresses."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered, Problem


class CheckedItem(Answered):
    """What became of one look-up."""

    index: Annotated[int, Field(ge=0)]
    """Its place in the request, from 0."""
    contacts: Annotated[int, Field(ge=1)] = ABSENT
    """How many contacts have the number, and keep the look-up."""
    problem: Problem = ABSENT
    """Why nobody does; `errors[].pointer` leads into the request."""


class Checks(Answered):
    """What became of each look-up."""

    items: list[CheckedItem]
    """As many as there were, in their order."""
