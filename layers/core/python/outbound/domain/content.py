"""Content: the bodies of one channel, each of them a template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound.domain.light import light
from outbound.domain.voices import ANY_VOICE, VoiceChoice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.locale import Formatting
    from outbound.domain.sender import Sender
    from outbound.domain.words import Channel


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an email: uploaded media, or `data` (base64) in the request itself.

    `name` and `type` are those of the media where they are None. What has a `content_id` is shown
    where the html refers to it (`cid:…`).
    """

    name: str | None
    type: str | None
    media_id: str | None = None
    data: str | None = None
    content_id: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes with the bodies and isn't rendered; `media_id` is the file of a text.

    `or_page`: where the text can't take it along, it has a link to the file's page instead.
    """

    attachments: tuple[Attachment, ...] = ()
    reply_to: tuple[str, ...] = ()
    media_id: str | None = None
    or_page: bool = False

    @property
    def media_ids(self) -> tuple[str, ...]:
        """The media that are needed, each once."""
        if self.media_id is None and not self.attachments:
            return ()
        of_attachments = (each.media_id for each in self.attachments)
        return tuple(dict.fromkeys(each for each in (self.media_id, *of_attachments) if each))


NOTHING = Enclosed()


@dataclass(frozen=True, slots=True)
class Content:
    """The bodies: sms `text`; email `subject`, `text`, `html`; voice `text` or `ssml`.

    `voice` is for calls alone, `sender` for emails: it isn't rendered. `smart_encoding` is for
    texts: typographic signs give way to those of GSM-7 where that saves (`smart_encoding.smart`).
    `parts` are the templates that its bodies extend or include: {id: {body: source}}. `written` is
    what the author wrote of an email in a template (`mjml`, `html`, `preheader`, `text`), where the
    bodies were composed from it: it is shown again, and never sent.
    """

    channel: Channel
    bodies: Mapping[str, str]
    enclosed: Enclosed = NOTHING
    voice: VoiceChoice = ANY_VOICE
    sender: Sender | None = None
    smart_encoding: bool = False
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """The version that a message is pinned to, and the locale where it isn't the template's."""

    id: str
    version: int
    locale: str | None = None


@light
@dataclass(frozen=True, slots=True)
class Body:
    """What a message says before it is rendered: its own content, or the template it is pinned to.

    Exactly one of `content` and `template` is set. What bodies say of the contact, and in whose
    locale and zone they say it, is kept where they do: a message says at hand-over what it said
    when it was accepted, whatever became of the contact since. `coupon_pool`
    is where its code comes from.
    """

    content: Content | None
    template: TemplateRef | None
    data: Mapping[str, Any]
    coupon_pool: str | None = None
    contact: Mapping[str, Any] = field(default_factory=dict)
    formatting: Formatting | None = None
