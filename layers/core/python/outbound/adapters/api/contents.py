"""The content of each channel, as requests hold it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from outbound.adapters.api.attachments import AttachmentModel
from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import MediaId
from outbound.adapters.api.reading import UNSEEN, WHOLE, Model, read_value
from outbound.domain import address_rules
from outbound.domain.calendar import CANCEL, MOST_CHANGES, PREFIX
from outbound.domain.content import NOTHING, Attachment, Content, Enclosed
from outbound.domain.sender import parse
from outbound.domain.voices import ANY_VOICE, LOCALE, VOICES, VoiceChoice
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from outbound.domain.sender import Sender

NO_BODIES = {
    "media",
    "smart_encoding",
    "attachments",
    "reply_to",
    "calendar",
    "voice",
    "locale",
    "sender",
}
CalendarText = Annotated[str, Field(min_length=1, max_length=4000)]
Sequence = Annotated[
    Annotated[int, Field(ge=0, le=MOST_CHANGES), WHOLE, Tag(f"{UNSEEN}number")]
    | Annotated[CalendarText, Tag(f"{UNSEEN}text")],
    Discriminator(lambda value: f"{UNSEEN}{'text' if isinstance(value, str) else 'number'}"),
]
Text = Annotated[str, Field(min_length=1, max_length=200_000)]


def _one_line(value: str) -> str:
    if len(value.splitlines()) > 1 or value != value.strip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        raise ValueError("must be one line, without line breaks")
    return value


def _voice(value: str) -> str:
    if value not in VOICES:
        raise ValueError(f"must be one of: {', '.join(sorted(VOICES))}")
    return value


def _address(value: str) -> str:
    return address_rules.email(value).value


def _sender(value: str) -> str:
    return str(address_rules.sender(value))


Subject = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_one_line)]
MailAddress = Annotated[str, AfterValidator(_address)]
Mailbox = Annotated[str, AfterValidator(_sender)]


class TextFileModel(Model):
    """The file of a text."""

    media_id: MediaId
    fallback: Literal["page"] | None = None


class SmsModel(Model):
    """A text, with a file where it has one."""

    text: Text
    media: TextFileModel | None = None
    smart_encoding: bool = False


class CalendarModel(Model):
    """An appointment; its texts are templates too."""

    start: CalendarText
    end: CalendarText | None = None
    duration: CalendarText | None = None
    summary: CalendarText
    location: CalendarText | None = None
    description: CalendarText | None = None
    organizer: MailAddress | None = None
    uid: CalendarText | None = None
    method: Literal["PUBLISH", "REQUEST", "CANCEL"] = "PUBLISH"
    sequence: Sequence = 0

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if (self.end is None) == (self.duration is None):
            raise ValueError("must have exactly one of end and duration")
        if self.method != "PUBLISH" and self.organizer is None:
            raise ValueError("must have an organizer where the method is REQUEST or CANCEL")
        if self.uid is None and self.sequence != 0:
            raise ValueError("must have a uid where it has a sequence: that of what is changed")
        if self.method == CANCEL and (self.uid is None or self.sequence == 0):
            raise ValueError("must have uid and a higher sequence where the method is CANCEL")
        return self


class AnyEmailModel(Model):
    """What emails have that are sent once, and those of templates."""

    subject: Subject
    html: Text | None = None
    attachments: Annotated[list[AttachmentModel], Field(max_length=20)] = Field(
        default_factory=list
    )
    calendar: CalendarModel | None = None
    reply_to: Annotated[list[MailAddress], Field(max_length=5)] = Field(default_factory=list)
    sender: Mailbox | None = Field(default=None, alias="from")


class EmailModel(AnyEmailModel):
    """An email; its text part is always sent, so it is required."""

    text: Text


class VoiceModel(Model):
    """What a call says, as text or as SSML, and who says it: a voice, or one for a locale."""

    text: Text | None = None
    ssml: Text | None = None
    voice: Annotated[str, AfterValidator(_voice)] | None = None
    locale: (
        Annotated[str, form(LOCALE, "Must be a language, perhaps with a country, such as en-US.")]
        | None
    ) = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.text is None) == (self.ssml is None):
            raise ValueError("must have exactly one of text and ssml")
        return self


MODELS: Mapping[Channel, type[Model]] = {
    Channel.SMS: SmsModel,
    Channel.EMAIL: EmailModel,
    Channel.VOICE: VoiceModel,
}


def read_content(
    channel: Channel,
    value: object,
    pointer: str,
    models: Mapping[Channel, type[Model]] = MODELS,
) -> Content:
    """The content for a channel, found at `pointer` of the request.

    Raises:
        Refusal: it isn't what the channel takes.
    """
    model = read_value(models[channel], value, pointer)
    bodies = model.model_dump(exclude_none=True, exclude=NO_BODIES)
    if isinstance(model, AnyEmailModel) and model.calendar is not None:
        fields = model.calendar.model_dump(exclude_none=True)
        bodies |= {f"{PREFIX}{name}": str(value) for name, value in fields.items()}
    chosen = VoiceChoice(model.voice, model.locale) if isinstance(model, VoiceModel) else ANY_VOICE
    smart = isinstance(model, SmsModel) and model.smart_encoding
    return Content(channel, bodies, _enclosed(model), chosen, _sender_of(model), smart)


def _sender_of(model: Model) -> Sender | None:
    return parse(model.sender) if isinstance(model, AnyEmailModel) and model.sender else None


def _enclosed(model: Model) -> Enclosed:
    if isinstance(model, SmsModel) and model.media is not None:
        or_page = model.media.fallback is not None
        return Enclosed(media_id=model.media.media_id, or_page=or_page)
    if isinstance(model, AnyEmailModel):
        return Enclosed(
            attachments=tuple(
                Attachment(each.name, each.type, each.media_id, each.data, each.content_id)
                for each in model.attachments
            ),
            reply_to=tuple(model.reply_to),
        )
    return NOTHING


def nested(bodies: Mapping[str, str]) -> dict[str, Any]:
    """Bodies as requests hold them: the fields of an appointment in an object of their own."""
    plain: dict[str, Any] = {
        name: body for name, body in bodies.items() if not name.startswith(PREFIX)
    }
    calendar: dict[str, Any] = {
        name.removeprefix(PREFIX): body for name, body in bodies.items() if name.startswith(PREFIX)
    }
    if calendar:
        sequence = calendar["sequence"]
        counted = sequence.isascii() and sequence.isdigit()
        plain["calendar"] = {**calendar, "sequence": int(sequence) if counted else sequence}
    return plain


def content_body(content: Content) -> dict[str, Any]:
    """A content as requests hold it."""
    enclosed = content.enclosed
    bodies = content.bodies
    if content.written:
        # What was composed is for recipients; authors see again what they wrote.
        bodies = {name: each for name, each in bodies.items() if name not in ("html", "text")}
        bodies |= content.written
    body = nested(bodies)
    choice = {"voice": content.voice.voice, "locale": content.voice.locale}
    body |= {name: value for name, value in choice.items() if value is not None}
    if enclosed.media_id is not None:
        fallback = {"fallback": "page"} if enclosed.or_page else {}
        body["media"] = {"media_id": enclosed.media_id, **fallback}
    if content.smart_encoding:
        body["smart_encoding"] = True
    if content.sender is not None:
        body["from"] = str(content.sender)
    if enclosed.reply_to:
        body["reply_to"] = list(enclosed.reply_to)
    if enclosed.attachments:
        body["attachments"] = [
            {name: value for name, value in asdict(attachment).items() if value is not None}
            | {"disposition": "inline" if attachment.content_id else "attachment"}
            for attachment in enclosed.attachments
        ]
    return body
