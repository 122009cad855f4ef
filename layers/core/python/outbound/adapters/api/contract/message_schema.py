"""What the reading of a message checks by code, said as a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.contract.schemas import NOTHING, ref, shape, value_of
from outbound.domain.address_rules import E164
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

NAMES = {
    Channel.SMS: ("Text", "phone"),
    Channel.EMAIL: ("Email", "email"),
    Channel.VOICE: ("Call", "phone"),
}
CONTENTS = {Channel.SMS: "Sms", Channel.EMAIL: "Email", Channel.VOICE: "Voice"}
SENT_FOR = [purpose for purpose in Purpose if purpose is not Purpose.EMERGENCY]


def refine_message(schema: Schema, schemas: dict[str, Schema], kind: str = "Message") -> Schema:
    """What a message holds depends on its channel: a schema for each, and one by template."""
    addresses = schemas["To"]["properties"]
    purpose = {"type": "string", "enum": SENT_FOR}
    made: dict[str, Schema] = {}
    for channel, (name, address) in NAMES.items():
        made[f"{name}{kind}"] = {
            "to": _one_of(addresses, ("contact_id", address)),
            "channel": {"type": "string", "const": channel},
            "content": ref(CONTENTS[channel]),
            "template": NOTHING,
        }
    made[f"Template{kind}"] = {
        "to": _one_of(addresses, addresses),
        "content": NOTHING,
        "template": ref("Template"),
    }
    for name, own in made.items():
        changes = {"purpose": purpose, **own}
        required = "content" if own["template"] is NOTHING else "template"
        schemas[name] = {
            **schema,
            "properties": {
                each: _changed(value, changes.get(each))
                for each, value in schema["properties"].items()
            },
            "required": [*schema["required"], required],
        }
    return {"description": schema["description"], "oneOf": [ref(name) for name in made]}


def refine_item(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """The same for a message of a batch."""
    return refine_message(schema, schemas, "Item")


def refine_batch(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Its messages are read one by one."""
    schema["properties"]["messages"]["items"] = ref("Item")
    return schema


def refine_to(schema: Schema, _: dict[str, Schema]) -> Schema:
    """What an address must look like; that its country has such numbers, no schema can say."""
    shape(schema, "phone", pattern=f"^{E164.pattern}$", format="phone")
    shape(schema, "email", format="email", maxLength=254)
    return schema


def _changed(schema: Schema, change: Schema | None) -> Schema:
    return {**change, "description": schema["description"]} if change else schema


def _one_of(properties: Mapping[str, Schema], names: Iterable[str]) -> Schema:
    """An object with exactly one of these properties."""
    return {"oneOf": [_only(properties[name], name) for name in names]}


def _only(schema: Schema, name: str) -> Schema:
    value = {**value_of(schema), "description": schema["description"]}
    return {
        "type": "object",
        "properties": {name: value},
        "required": [name],
        "additionalProperties": False,
    }


REFINEMENTS: Mapping[str, Refine] = {
    "To": refine_to,
    "MessageRequest": refine_message,
    "Item": refine_item,
    "BatchRequest": refine_batch,
}
