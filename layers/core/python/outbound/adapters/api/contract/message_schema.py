"""What the reading of a message checks by code, said as a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.contract.schemas import NOTHING, ref, shape, value_of
from outbound.domain.address_rules import E164
from outbound.domain.words import Channel, Purpose, RouteMode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outbound.adapters.api.contract.schemas import Refine, Schema

NAMES = {
    Channel.SMS: ("Text", "phone"),
    Channel.EMAIL: ("Email", "email"),
    Channel.VOICE: ("Call", "phone"),
}
CONTENTS = {Channel.SMS: "Sms", Channel.EMAIL: "Email", Channel.VOICE: "Voice"}
SEVERAL = [
    (Channel.EMAIL, Channel.SMS),
    (Channel.EMAIL, Channel.VOICE),
    (Channel.SMS, Channel.VOICE),
    tuple(Channel),
]
ONE_OF = ("channel", "route", "content", "template")
SENT_FOR = [purpose for purpose in Purpose if purpose is not Purpose.EMERGENCY]


def refine_message(schema: Schema, schemas: dict[str, Schema], kind: str = "Message") -> Schema:
    """What a message holds depends on its channel: a schema for each, and one by template.

    With a route it depends on all of its channels.
    """
    addresses = schemas["To"]["properties"]
    made: dict[str, Schema] = {}
    for channel, (name, address) in NAMES.items():
        made[f"{name}{kind}"] = {
            "to": _one_of(addresses, ("contact_id", address)),
            "channel": {"type": "string", "const": channel},
            "route": NOTHING,
            "content": ref(CONTENTS[channel]),
            "template": NOTHING,
        }
    made[f"Template{kind}"] = {
        "channel": value_of(schema["properties"]["channel"]),
        "route": NOTHING,
        "content": NOTHING,
        "template": ref("Template"),
    }
    for channels in SEVERAL:
        name = "".join(NAMES[channel][0] for channel in channels)
        made[f"{name}Route{kind}"] = {
            **route_of(schemas["Route"], channels),
            "content": _each_content(channels),
            "template": NOTHING,
        }
    made[f"TemplateRoute{kind}"] = {
        **route_of(schemas["Route"], tuple(Channel), least=2),
        "content": NOTHING,
        "template": ref("Template"),
    }
    usual = {"to": _one_of(addresses, addresses), "purpose": {"type": "string", "enum": SENT_FOR}}
    for name, own in made.items():
        changes = {**usual, **own}
        needed = [each for each in ONE_OF if own[each] is not NOTHING]
        schemas[name] = {
            **schema,
            "properties": {
                each: _changed(value, changes.get(each))
                for each, value in schema["properties"].items()
            },
            "required": [*schema["required"], *needed],
        }
    return {"description": schema["description"], "oneOf": [ref(name) for name in made]}


def route_of(schema: Schema, channels: Sequence[Channel], least: int | None = None) -> Schema:
    """The properties of a message that goes by a route over exactly these channels.

    With `least`, over that many of them.
    """
    words = {name: each["description"] for name, each in schema["properties"].items()}
    listed = {
        "type": "array",
        "items": {"type": "string", "enum": list(channels)},
        "minItems": least or len(channels),
        "maxItems": len(channels),
        "uniqueItems": True,
    }
    after = {"anyOf": [{"type": "string", "format": "duration"}, NOTHING]}
    modes: Mapping[str, Schema] = {RouteMode.FIRST: after, RouteMode.ALL: NOTHING}
    kinds = [
        {
            "type": "object",
            "properties": {
                "mode": {"type": "string", "const": mode, "description": words["mode"]},
                "channels": {**listed, "description": words["channels"]},
                "after": {**wait, "description": words["after"]},
            },
            "required": ["mode", "channels"],
            "additionalProperties": False,
        }
        for mode, wait in modes.items()
    ]
    return {"channel": NOTHING, "route": {"oneOf": kinds}, "coupon_pool": NOTHING}


def refine_route(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Only what goes one after another has a time between."""
    any_channels = route_of(schema, tuple(Channel), least=2)["route"]
    return {"description": schema["description"], **any_channels}


def _each_content(channels: Sequence[Channel]) -> Schema:
    return {
        "type": "object",
        "properties": {channel: ref(CONTENTS[channel]) for channel in channels},
        "required": list(channels),
        "additionalProperties": False,
    }


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
