"""The content of each channel, as requests hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, model_validator

from outbound.adapters.api.reading import Model, read_value
from outbound.domain.content import Content
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from typing import Self

Text = Annotated[str, Field(min_length=1, max_length=200_000)]


def _one_line(value: str) -> str:
    if len(value.splitlines()) > 1 or value != value.strip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        raise ValueError("must be one line, without line breaks")
    return value


class SmsModel(Model):
    """A text."""

    text: Text


class EmailModel(Model):
    """An email; its text part is always sent, so it is required."""

    subject: Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_one_line)]
    text: Text
    html: Text | None = None


class VoiceModel(Model):
    """What a call says: one of the two."""

    text: Text | None = None
    ssml: Text | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.text is None) == (self.ssml is None):
            raise ValueError("must have exactly one of text and ssml")
        return self


MODELS: dict[Channel, type[Model]] = {
    Channel.SMS: SmsModel,
    Channel.EMAIL: EmailModel,
    Channel.VOICE: VoiceModel,
}


def read_content(channel: Channel, value: object, pointer: str) -> Content:
    """The content for a channel, found at `pointer` of the request.

    Raises:
        Refusal: it isn't what the channel takes.
    """
    model = read_value(MODELS[channel], value, pointer)
    return Content(channel, model.model_dump(exclude_none=True))
