"""The attachments of an email, as SES v2 takes them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from outbound.domain.calendar import CANCEL, PREFIX, when
from outbound.domain.ids import message_time

if TYPE_CHECKING:
    from outbound.domain.calendar import When
    from outbound.domain.content import Attachment
    from outbound.ports import MediaFiles, Outgoing


def read_attachments(outgoing: Outgoing, files: MediaFiles | None) -> list[dict[str, Any]]:
    """The files of an email with their bytes.

    Raises:
        MediaGone: a file isn't there any more.
    """
    found = [_attachment(each, outgoing, files) for each in outgoing.enclosed.attachments]
    appointment = when(outgoing.bodies)
    return [*found, _invitation(appointment, outgoing)] if appointment else found


def _invitation(appointment: When, outgoing: Outgoing) -> dict[str, Any]:
    # Only emails with an appointment pay for loading it.
    from icalendar import Calendar, Event, vCalAddress

    fields = {
        name.removeprefix(PREFIX): body
        for name, body in outgoing.bodies.items()
        if name.startswith(PREFIX)
    }
    event = Event()
    event.add("uid", fields.get("uid") or outgoing.ref.id)
    event.add("dtstamp", message_time(outgoing.ref.id))
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end)
    event.add("sequence", appointment.sequence)
    event.add("status", "CANCELLED" if fields["method"] == CANCEL else "CONFIRMED")
    for name in ("summary", "location", "description"):
        if name in fields:
            event.add(name, fields[name])
    if "organizer" in fields:
        event.add("organizer", vCalAddress(f"mailto:{fields['organizer']}"))
    if fields["method"] != "PUBLISH":
        invited = vCalAddress(f"mailto:{outgoing.address.value}")
        if fields["method"] == "REQUEST":
            # Without it Outlook and Gmail offer no answer.
            invited.params.update({"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
        event.add("attendee", invited)
    calendar = Calendar()
    calendar.add("prodid", "-//Outbound//Outbound//EN")
    calendar.add("version", "2.0")
    calendar.add("method", fields["method"])
    calendar.add_component(event)
    return {
        "FileName": "invite.ics",
        "ContentType": f"text/calendar; method={fields['method']}; charset=UTF-8",
        "RawContent": calendar.to_ical(),
        "ContentTransferEncoding": "BASE64",
        "ContentDisposition": "ATTACHMENT",
    }


def _attachment(
    attachment: Attachment, outgoing: Outgoing, files: MediaFiles | None
) -> dict[str, Any]:
    name, type_name = attachment.name, attachment.type
    if attachment.media_id is not None:
        assert files is not None
        media = outgoing.media[attachment.media_id]
        name, type_name, content = media.name, media.type, files.read(media)
    else:
        content = base64.b64decode(attachment.data or "")
    found = {
        "FileName": name,
        "ContentType": type_name,
        "RawContent": content,
        "ContentTransferEncoding": "BASE64",
        "ContentDisposition": "INLINE" if attachment.content_id else "ATTACHMENT",
    }
    return {**found, "ContentId": attachment.content_id} if attachment.content_id else found
