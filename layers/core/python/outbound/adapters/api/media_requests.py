"""`POST /v1/media`, as it is read, and what is answered of a file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from outbound.adapters.api.forms import form, line
from outbound.adapters.api.identifiers import ContactId, Locale, MediaId
from outbound.adapters.api.reading import WHOLE, Model, fingerprint_of, read
from outbound.domain.duration import parse_duration
from outbound.domain.instant import rfc3339
from outbound.domain.media import (
    LARGEST_PLAYED,
    LONGEST_KEPT,
    NOTHING_SAID,
    USUALLY_KEPT,
    OnPage,
    largest,
    name_objection,
)
from outbound.domain.media_types import TYPES
from outbound.flow.media import NewMedia

if TYPE_CHECKING:
    from outbound.domain.media import Media
    from outbound.ports import UploadForm

ROUTE = "POST /v1/media"
SHORTEST_KEPT = timedelta(hours=1)


def known_type(value: str) -> str:
    """A type of `TYPES`.

    Raises:
        ValueError: it is none.
    """
    if value not in TYPES:
        raise ValueError(f"must be one of: {', '.join(TYPES)}")
    return value


class OnPageModel(Model):
    """What the page of a file says beside it."""

    title: Annotated[str, line(150, least=1)] | None = None
    transcript: Annotated[str, Field(min_length=1, max_length=20_000)] | None = None
    captions_id: MediaId | None = None
    poster_id: MediaId | None = None
    language: Locale | None = None


class MediaModel(Model):
    """A file to upload."""

    type: str
    name: str
    size: Annotated[int, Field(ge=1, le=LARGEST_PLAYED), WHOLE]
    sha256: (
        Annotated[
            str,
            form(
                r"^[0-9a-f]{64}$",
                "Must be the SHA-256 of the file, as 64 lowercase hexadecimal digits, such as "
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.",
            ),
        ]
        | None
    ) = None
    expires_in: str | None = None
    contact_id: ContactId | None = None
    page: OnPageModel | None = None

    _type = field_validator("type")(known_type)

    @field_validator("expires_in")
    @classmethod
    def _kept(cls, value: str | None) -> str | None:
        if value is not None and not SHORTEST_KEPT <= parse_duration(value) <= LONGEST_KEPT:
            raise ValueError("must be from PT1H to P366D")
        return value

    @field_validator("size")
    @classmethod
    def _fits(cls, value: int, info: ValidationInfo) -> int:
        limit = largest(info.data.get("type", ""))
        if value > limit:
            raise ValueError(f"must be at most {limit}: a file of this type has {limit:,} bytes")
        return value

    @field_validator("name")
    @classmethod
    def _named(cls, value: str, info: ValidationInfo) -> str:
        objection = name_objection(value, info.data["type"]) if "type" in info.data else None
        if objection is not None:
            raise ValueError(objection)
        return value


def read_media(text: str, idempotency_key: str | None) -> NewMedia:
    """A file that a caller announces.

    Raises:
        Refusal: the body isn't one.
    """
    model = read(MediaModel, text)
    return NewMedia(
        name=model.name,
        type=model.type,
        size=model.size,
        sha256=model.sha256,
        expires_in=parse_duration(model.expires_in) if model.expires_in else USUALLY_KEPT,
        contact_id=model.contact_id,
        page=OnPage(**model.page.model_dump()) if model.page else NOTHING_SAID,
        idempotency_key=idempotency_key,
        fingerprint=fingerprint_of(ROUTE, text),
    )


def media_body(media: Media) -> dict[str, Any]:
    """A file as it is now."""
    return {
        "id": media.id,
        "state": media.state,
        "reason": media.reason,
        "name": media.name,
        "type": media.type,
        "size": media.size,
        "sha256": media.sha256,
        "created_at": rfc3339(media.created_at),
        "expires_at": rfc3339(media.expires_at),
        "page": asdict(media.page) if media.page != NOTHING_SAID else None,
    }


def announced_body(media: Media, form: UploadForm | None) -> dict[str, Any]:
    """A file and the form that takes it."""
    upload = None
    if form is not None:
        fields = dict(form.fields)
        upload = {"url": form.url, "fields": fields, "expires_at": rfc3339(form.expires_at)}
    return {**media_body(media), "upload": upload}
