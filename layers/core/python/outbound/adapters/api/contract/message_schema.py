"""What the reading of a message checks by code, said as a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.contract.schemas import ref
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.adapters.api.contract.schemas import Schema

NAMES = {
    Channel.SMS: ("Text", "phone"),
    Channel.EMAIL: ("Email", "email"),
    Channel.VOICE: ("Call", "phone"),
}
CONTENTS = {Channel.SMS: "Sms", Channel.EMAIL: "Email", Channel.VOICE: "Voice"}
SENT_FOR = [purpose for purpose in Purpose if purpose is not Purpose.EMERGENCY]
NOTHING = {"type": "null"}


def refine_message(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """What a message holds depends on its channel: a schema for each, and one by template."""
    purpose = {"type": "string", "enum": SENT_FOR}
    kinds = schemas["To"]
    schemas["To"] = _one_of(kinds, kinds["properties"])
    made = {"TemplateMessage": {"content": NOTHING, "template": ref("Template")}}
    for channel, (name, address) in NAMES.items():
        made[f"{name}Message"] = {
            "to": _one_of(kinds, ("contact_id", address)),
            "channel": {"type": "string", "const": channel},
            "content": ref(CONTENTS[channel]),
            "template": NOTHING,
        }
    for name, own in made.items():
        changes = {"purpose": purpose, **own}
        required = "content" if own["content"] is not NOTHING else "template"
        schemas[name] = {
            **schema,
            "properties": {
                each: _changed(value, changes.get(each))
                for each, value in schema["properties"].items()
            },
            "required": [*schema["required"], required],
        }
    return {"description": schema["description"], "oneOf": [ref(name) for name in made]}


def refine_voice(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of text and ssml; the other may be null."""
    refined = _one_of(schema, ("text", "ssml"))
    for kind, other in zip(refined["oneOf"], ("ssml", "text"), strict=True):
        kind["properties"][other] = NOTHING
    return refined


def refine_subject(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One line."""
    pattern = r"^[^\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]*$"
    schema["properties"]["subject"]["pattern"] = pattern
    return schema


def _changed(schema: Schema, change: Schema | None) -> Schema:
    return {**change, "description": schema["description"]} if change else schema


def _one_of(schema: Schema, names: Iterable[str]) -> Schema:
    """An object with exactly one of these properties of `schema`."""
    return {
        "description": schema["description"],
        "oneOf": [_only(schema, name) for name in names],
    }


def _only(schema: Schema, name: str) -> Schema:
    kept = schema["properties"][name]
    text = next(each for each in kept["anyOf"] if each != NOTHING)
    return {
        "type": "object",
        "properties": {name: {**text, "description": kept["description"]}},
        "required": [name],
        "additionalProperties": False,
    }


REFINEMENTS = {
    "Voice": refine_voice,
    "Email": refine_subject,
    "MessageRequest": refine_message,
}
