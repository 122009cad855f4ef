"""What the schemas of contacts say that the models check by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.contract.schemas import NOTHING, shape, value_of, variant
from outbound.domain.address_rules import E164

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

NEEDED = {
    "implied": ("source", "expires_at"),
    "express": ("source",),
    "express_written": ("source", "wording", "proof"),
}


def refine_contact(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Addresses, alone or in lists; that there is such a zone or region, no schema can say."""
    one = {
        "email": {"type": "string", "format": "email", "maxLength": 254},
        "phone": {"type": "string", "pattern": f"^{E164.pattern}$", "format": "phone"},
    }
    for name, item in one.items():
        listed = value_of(schema["properties"][name])
        many = {"type": "array", "items": item, "maxItems": listed["maxItems"]}
        text = schema["properties"][name].get("description", "")
        schema["properties"][name] = {"anyOf": [item, many, NOTHING], "description": text}
    shape(schema, "timezone", pattern=r"^[A-Z][A-Za-z0-9+_/-]*$", format="timezone")
    shape(schema, "region", pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", format="region")
    return schema


def refine_consent(schema: Schema, _: dict[str, Schema]) -> Schema:
    """What can be said: a no, or a yes with what its level needs."""
    shape(schema, "level", enum=list(NEEDED))
    no = variant(schema, ["status"], status=_constant("revoked"))
    yes = (
        variant(
            schema,
            ["status", "level", *needed],
            status=_constant("granted"),
            level=_constant(level),
        )
        for level, needed in NEEDED.items()
    )
    return {"description": schema["description"], "oneOf": [no, *yes]}


def _constant(value: str) -> Schema:
    return {"type": "string", "const": value}


def refine_consents(schema: Schema, _: dict[str, Schema]) -> Schema:
    """At least one statement."""
    shape(schema, "consents", minProperties=1)
    return schema


REFINEMENTS: Mapping[str, Refine] = {
    "ConsentsRequest": refine_consents,
    "ContactRequest": refine_contact,
    "Consent": refine_consent,
}
