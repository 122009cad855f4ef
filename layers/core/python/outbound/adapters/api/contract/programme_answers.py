"""What answers hold of programmes."""

from __future__ import annotations

from typing import Literal

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.pattern import Instant
from outbound.adapters.api.identifiers import ProgrammeId
from outbound.domain.words import Channel, Purpose


class Programme(Answered):
    """What people sign up for."""

    id: ProgrammeId
    """As you have chosen it."""
    name: str
    """What it is called, to whom it is offered."""
    purpose: Purpose
    """What they allow."""
    topic: str | None
    """About what; null is about everything."""
    channels: list[Channel]
    """How they can get it."""
    level: Literal["express", "express_written"]
    """How firm their yes is."""
    wording: dict[Literal["en", "es", "fr", "de"], str]
    """What they agree to, by language."""
    keyword: str | None
    """What they text behind JOIN, in lower case."""
    brand: str | None
    """In whose name it asks; null is yours."""
    continue_to: str | None
    """Where they may go on to."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it was changed last."""


class SignUpForm(Answered):
    """Where people sign up for a programme."""

    url: str
    """The page, for links; open to everybody."""
    language: Literal["en", "es", "fr", "de"]
    """What the form is written in: one that the programme has a wording in."""
    html: str
    """A form without styles and scripts that sends to the page, to put into a page of yours."""


class ProgrammeList(Answered):
    """A page of programmes, by id."""

    items: list[Programme]
    """The programmes."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""
