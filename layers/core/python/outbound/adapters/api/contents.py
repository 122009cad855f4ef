"""The content of each channel, as requests hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, model_validator

from outbound.adapters.api.reading import Model, read_value
from outbound.domain.content import content_of
from outbound.domain.voices import LOCALE, VOICES
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from typing import Self

    from outbound.domain.content import Content

Text = Annotated[str, Field(min_length=1, max_length=200_000)]


def _one_line(value: str) -> str:
    if len(value.splitlines()) > 1 or value != value.strip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        raise ValueError("must be one line, without line breaks")
    return value


def _voice(value: str) -> str:
    if value not in VOICES:
        raise ValueError(f"must be one of: {', '.join(sorted(VOICES))}")
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
    """What a call says, as text or as SSML, and who says it: a voice, or one for a locale."""

    text: Text | None = None
    ssml: Text | None = None
    voice: Annotated[str, AfterValidator(_voice)] | None = None
    locale: Annotated[str, Field(pattern=LOCALE)] | None = None

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
    return content_of(channel, model.model_dump(exclude_none=True))
