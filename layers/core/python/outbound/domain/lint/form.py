"""The form of a message: what programs make of it, and how much of it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain import sms_text, speech, ssml
from outbound.domain.lint.reading import page, spoken
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.lint.finding import Draft, Finding

LONGEST_SUBJECT = 60
"""Characters: about what a mail program shows of it in a list."""
MOST_PARTS = 3
LONGEST_CALL = 60
"""Seconds: a call is billed by the minute, and few listen for longer."""
CLIPPED = 102 * 1024
"""Bytes of HTML behind which Gmail cuts a message off, with its links to opt out."""


def text_part(draft: Draft) -> Iterator[Finding]:
    """Programs that show no HTML, screen readers and filters read the text."""
    if draft.channel is Channel.EMAIL and not draft.bodies.get("text", "").strip():
        message = "The email has no text; not everybody sees its html."
        yield draft.warning("email.text-part", "text", message)


def size(draft: Draft) -> Iterator[Finding]:
    """Gmail cuts off what is too long."""
    length = len(draft.bodies.get("html", "").encode(errors="surrogatepass"))
    if length > CLIPPED:
        message = f"The html has {length:,} bytes; Gmail cuts it off behind {CLIPPED:,}."
        yield draft.warning("email.size", "html", message)


def picture_text(draft: Draft) -> Iterator[Finding]:
    """Who doesn't see a picture reads what it shows; `alt=""` is for mere decoration."""
    if "html" not in draft.bodies:
        return
    missing = page(draft.bodies["html"]).pictures.count(None)
    if missing:
        which = "A picture has" if missing == 1 else f"{missing} pictures have"
        yield draft.warning("email.picture-text", "html", f"{which} no text instead (alt).")


def glance(draft: Draft) -> Iterator[Finding]:
    """What matters is seen or heard at once."""
    subject = draft.bodies.get("subject", "")
    if len(subject) > LONGEST_SUBJECT:
        message = f"The subject has {len(subject)} characters; lists show about {LONGEST_SUBJECT}."
        yield draft.warning("email.subject-length", "subject", message)
    if draft.channel is Channel.SMS:
        parts = len(sms_text.split(draft.bodies["text"]).parts)
        if parts > MOST_PARTS:
            message = f"The text has {parts} parts, each billed; {MOST_PARTS} are read at a glance."
            yield draft.warning("sms.length", "text", message)
    if draft.channel is Channel.VOICE:
        body, _, script = spoken(draft.bodies)
        seconds = speech.seconds(script)
        if seconds > LONGEST_CALL:
            message = f"The call takes about {seconds} seconds; few listen for {LONGEST_CALL}."
            yield draft.warning("voice.length", body, message)


def markup(draft: Draft) -> Iterator[Finding]:
    """Polly speaks what is right SSML, and nothing of what isn't."""
    if "ssml" not in draft.bodies:
        return
    found = ssml.read(draft.bodies["ssml"])
    for objection in found.objections:
        # What stands for an unknown value is no rate and no date, though it may become one.
        sure = draft.exact or not found.well_formed
        tell = draft.error if sure else draft.warning
        yield tell("voice.markup", "ssml", f"The ssml can't be said: {objection}.")


RULES = (markup, text_part, size, picture_text, glance)
