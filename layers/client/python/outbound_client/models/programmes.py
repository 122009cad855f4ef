"""What people sign up for."""

from collections.abc import Mapping
from datetime import datetime

from outbound_client.models.answer import Answer


class Programme(Answer):
    """What people sign up for; `wording` is what they agree to, by language."""

    id: str
    name: str
    purpose: str
    topic: str | None = None
    channels: tuple[str, ...]
    level: str
    wording: Mapping[str, str]
    keyword: str | None = None
    brand: str | None = None
    continue_to: str | None = None
    created_at: datetime
    updated_at: datetime


class SignUpForm(Answer):
    """Where people sign up for a programme: a page, and a form for a page of yours."""

    url: str
    language: str
    html: str


class ProgrammePage(Answer):
    """Some programmes, by id."""

    items: tuple[Programme, ...]
    next_cursor: str | None = None
