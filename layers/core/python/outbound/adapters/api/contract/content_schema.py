"""What the reading of contents and files checks by code, said as schemas."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from outbound.adapters.api.contract.schemas import shape, value_of, variant
from outbound.domain.calendar import MOST_CHANGES
from outbound.domain.media import LARGEST, largest
from outbound.domain.media_types import TYPES
from outbound.domain.voices import VOICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

PLAYED = [each for each in TYPES if largest(each) != LARGEST]
ONE_LINE = r"^[^\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]*$"
NUMBERED = {"type": "integer", "maximum": MOST_CHANGES}
TEMPLATE = {"type": "string", "minLength": 1, "maxLength": 4000}
FILE_NAME = r"^[^/\\\u0000-\u001f\u007f]+$"
DURATION = r"^P(?=.)(\d{1,4}W)?(\d{1,5}D)?(T(?=.)(\d{1,5}H)?(\d{1,6}M)?(\d{1,8}S)?)?$"


def refine_email(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A subject of one line, addresses, and a sender with its name or without."""
    shape(schema, "subject", pattern=ONE_LINE)
    shape(schema, "from", format="mailbox")
    value_of(schema["properties"]["reply_to"])["items"]["format"] = "email"
    return schema


def refine_voice(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of text and ssml; and a voice that there is."""
    shape(schema, "voice", enum=sorted(VOICES))
    kinds = [variant(schema, ["text"], ["ssml"]), variant(schema, ["ssml"], ["text"])]
    return {"description": schema["description"], "oneOf": kinds}


def refine_attachment(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Media or data with name and type; in the html with a content_id, or not."""
    _refine_file(schema)
    shape(schema, "data", contentEncoding="base64", format="byte")
    kinds = []
    for needed, absent in (
        (["media_id"], ["data", "name", "type"]),
        (["data", "name", "type"], ["media_id"]),
    ):
        apart = {"type": "string", "const": "attachment"}
        inline = {"type": "string", "const": "inline"}
        kinds.append(variant(schema, needed, [*absent, "content_id"], disposition=apart))
        kinds.append(
            variant(schema, [*needed, "content_id", "disposition"], absent, disposition=inline)
        )
    return {"description": schema["description"], "oneOf": kinds}


def refine_calendar(schema: Schema, _: dict[str, Schema]) -> Schema:
    """An end or a duration; who invites, where somebody is invited; what is changed, by its uid."""
    shape(schema, "organizer", format="email")
    new = {"type": "integer", "const": 0, "default": 0}
    changed = {"anyOf": [{**NUMBERED, "minimum": 1}, TEMPLATE]}
    published = {"type": "string", "const": "PUBLISH"}
    invited = {"type": "string", "const": "REQUEST"}
    cancelled = {"type": "string", "const": "CANCEL"}
    kinds = []
    for one, other in (("end", "duration"), ("duration", "end")):
        invites = [one, "method", "organizer"]
        kinds += [
            variant(schema, [one], [other, "uid"], method=published, sequence=new),
            variant(schema, [one, "uid"], [other], method=published),
            variant(schema, invites, [other, "uid"], method=invited, sequence=new),
            variant(schema, [*invites, "uid"], [other], method=invited),
            variant(
                schema, [*invites, "uid", "sequence"], [other], method=cancelled, sequence=changed
            ),
        ]
    return {"description": schema["description"], "oneOf": kinds}


def refine_media(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A name without a path, which ends as its type's files do; a type that may be sent."""
    _refine_file(schema)
    shape(schema, "expires_in", pattern=DURATION, format="duration")
    kinds = []
    for types in ([each for each in TYPES if largest(each) == LARGEST], PLAYED):
        kind = deepcopy(schema)
        shape(kind, "type", enum=list(types))
        shape(kind, "size", maximum=largest(types[0]))
        kinds.append(kind)
    return {"description": schema["description"], "oneOf": kinds}


def _refine_file(schema: Schema) -> None:
    shape(schema, "name", minLength=1, maxLength=255, pattern=FILE_NAME)
    shape(schema, "type", enum=list(TYPES))


REFINEMENTS: Mapping[str, Refine] = {
    "Voice": refine_voice,
    "Email": refine_email,
    "Attachment": refine_attachment,
    "Calendar": refine_calendar,
    "MediaRequest": refine_media,
}
