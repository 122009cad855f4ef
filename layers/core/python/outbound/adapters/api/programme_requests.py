"""Programmes, as requests and answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.forms import form, line
from outbound.adapters.api.identifiers import ProgrammeId, Topic
from outbound.adapters.api.paging import cursor_of
from outbound.adapters.api.reading import ONCE, Model, read, read_value
from outbound.adapters.api.settings_requests import Website
from outbound.domain.consent import Level
from outbound.domain.errors import Fault, Refusal
from outbound.domain.instant import rfc3339
from outbound.domain.link import Invitation
from outbound.domain.programme import Programme
from outbound.domain.replies import DEFAULT_LANGUAGE, LANGUAGES, LONGEST_NAME
from outbound.domain.words import Channel, Purpose
from outbound.flow.signing_up import offered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.two_way import TwoWayNumbers
    from outbound.ports import Links, ProgrammePage

LONGEST_WORDING = 500
"""Characters: a text that asks for a YES holds it whole."""
KEYWORD = r"^[A-Za-z0-9]{1,30}$"
LEVELS = {"express": Level.EXPRESS, "express_written": Level.EXPRESS_WRITTEN}
Line = Annotated[str, line(LONGEST_NAME)]
Wording = Annotated[str, line(LONGEST_WORDING)]


class ProgrammeModel(Model):
    """What people sign up for, whole."""

    name: Line
    purpose: Literal[
        Purpose.TRANSACTIONAL, Purpose.INFORMATIONAL, Purpose.HEALTHCARE, Purpose.MARKETING
    ]
    topic: Topic | None = None
    channels: Annotated[list[Literal[Channel.EMAIL, Channel.SMS]], ONCE, Field(min_length=1)]
    level: Literal["express", "express_written"]
    wording: Annotated[dict[Literal["en", "es", "fr", "de"], Wording], Field(min_length=1)]
    keyword: (
        Annotated[
            str, form(KEYWORD, "Must be one word of 1 to 30 letters and digits, such as JOIN.")
        ]
        | None
    ) = None
    brand: Line | None = None
    continue_to: Website | None = None


class ProgrammeIdModel(Model):
    """The id in the path."""

    id: ProgrammeId


def read_programme_id(value: str) -> str:
    """The id of a programme in a path.

    Raises:
        Refusal: it can't be one.
    """
    return read_value(ProgrammeIdModel, {"id": value}, "").id


def read_programme(programme_id: str, text: str, tenant: str, now: datetime) -> Programme:
    """A programme as it shall be.

    Raises:
        Refusal: the body isn't one.
    """
    model = read(ProgrammeModel, text)
    return Programme(
        tenant=tenant,
        id=programme_id,
        name=model.name,
        purpose=model.purpose,
        topic=model.topic,
        channels=frozenset(model.channels),
        level=LEVELS[model.level],
        wording={str(language): text for language, text in model.wording.items()},
        created_at=now,
        updated_at=now,
        keyword=model.keyword.lower() if model.keyword else None,
        brand=model.brand,
        continue_to=model.continue_to,
    )


def programme_body(programme: Programme) -> dict[str, Any]:
    """A programme as it is now."""
    return {
        "id": programme.id,
        "name": programme.name,
        "purpose": programme.purpose,
        "topic": programme.topic,
        "channels": sorted(programme.channels),
        "level": programme.level.name.lower(),
        "wording": dict(programme.wording),
        "keyword": programme.keyword,
        "brand": programme.brand,
        "continue_to": programme.continue_to,
        "created_at": rfc3339(programme.created_at),
        "updated_at": rfc3339(programme.updated_at),
    }


def read_language(parameters: Mapping[str, str]) -> str:
    """The `language` of a form, English by default.

    Raises:
        Refusal: it is none of ours.
    """
    wanted = parameters.get("language", DEFAULT_LANGUAGE)
    if wanted not in LANGUAGES:
        message = f"language must be one of: {', '.join(LANGUAGES)}."
        fault = Fault("language", "invalid_parameter", message)
        raise Refusal("invalid_parameter", message, fault)
    return wanted


def form_body(
    programme: Programme, wanted: str, links: Links, numbers: TwoWayNumbers
) -> dict[str, Any]:
    """Where people sign up, and a form that sends there."""
    from outbound.adapters.pages.sign_up import embeddable

    language = programme.language(wanted)
    url = links.invite(Invitation(programme.tenant, programme.id))
    html = embeddable(programme, language, url, offered(programme, numbers))
    return {"url": url, "language": language, "html": html}


def programme_page_body(page: ProgrammePage) -> dict[str, Any]:
    """A page of programmes."""
    items = [programme_body(each) for each in page.programmes]
    return {"items": items, "next_cursor": cursor_of(page.after)}
