"""The attachments of an email, as requests hold them."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, field_validator, model_validator

from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import MediaId
from outbound.adapters.api.media_requests import known_type
from outbound.adapters.api.reading import Model
from outbound.domain.media import name_objection
from outbound.domain.media_types import HEAD, looks_like

if TYPE_CHECKING:
    from typing import Self

ContentId = Annotated[
    str,
    form(
        r"^[A-Za-z0-9][A-Za-z0-9._@+-]{0,77}$",
        "Must be 1 to 78 letters, digits or any of . _ @ + -, beginning with a letter or digit, "
        "such as logo.",
    ),
]


class AttachmentModel(Model):
    """A file: uploaded media, which has its own name and type, or data with both."""

    type: str | None = None
    name: str | None = None
    media_id: MediaId | None = None
    data: Annotated[str, Field(min_length=1, max_length=140_000)] | None = None
    disposition: Literal["attachment", "inline"] = "attachment"
    content_id: ContentId | None = None

    @field_validator("type")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        return None if value is None else known_type(value)

    @field_validator("data")
    @classmethod
    def _base64(cls, value: str | None) -> str | None:
        try:
            base64.b64decode(value or "", validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("must be base64") from None
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.media_id is None) == (self.data is None):
            raise ValueError("must have exactly one of media_id and data")
        if (self.disposition == "inline") != (self.content_id is not None):
            raise ValueError("must have a content_id if, and only if, disposition is inline")
        if self.media_id is not None:
            if self.type is not None or self.name is not None:
                raise ValueError("must have no name and type beside media_id: the media has them")
            return self
        if self.type is None or self.name is None:
            raise ValueError("must have name and type beside data")
        objection = name_objection(self.name, self.type)
        if objection is not None:
            raise ValueError(f"name {objection}")
        if not looks_like(self.type, base64.b64decode(self.data or "")[:HEAD]):
            raise ValueError("data must be a file of its type")
        return self
