"""What the schemas of campaigns say that the models check by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.campaign_models import SCHEDULES
from outbound.adapters.api.contract.content_schema import DURATION
from outbound.adapters.api.contract.schemas import shape, variant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema


def refine_schedule(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of its forms."""
    shape(schema, "timezone", format="timezone")
    every = set(schema["properties"])
    forms = [variant(schema, form, every - form) for form in SCHEDULES]
    return {"description": schema["description"], "oneOf": forms}


def refine_pace(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of the two."""
    shape(schema, "over", pattern=DURATION, format="duration")
    forms = [
        variant(schema, ["per_minute"], ["over"]),
        variant(schema, ["over"], ["per_minute"]),
    ]
    return {"description": schema["description"], "oneOf": forms}


def refine_canary(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A duration."""
    shape(schema, "wait", pattern=DURATION, format="duration")
    return schema


def refine_patch(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A duration."""
    shape(schema, "expires_in", pattern=DURATION, format="duration")
    return schema


def refine_campaign(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """A channel or a route; one template, or several that are compared."""
    schema = refine_patch(schema, schemas)
    forms = [
        variant(schema, [way, said], [*nothing, other])
        for way, nothing in (("channel", ["route"]), ("route", ["channel", "coupon_pool"]))
        for said, other in (("template", "variants"), ("variants", "template"))
    ]
    return {"description": schema["description"], "oneOf": forms}


def refine_route(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Each channel once, and a duration."""
    shape(schema, "channels", uniqueItems=True)
    shape(schema, "after", pattern=DURATION, format="duration")
    return schema


def refine_audience(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of the two."""
    forms = [
        variant(schema, ["segment"], ["contact_ids"]),
        variant(schema, ["contact_ids"], ["segment"]),
    ]
    return {"description": schema["description"], "oneOf": forms}


REFINEMENTS: Mapping[str, Refine] = {
    "Audience": refine_audience,
    "Schedule": refine_schedule,
    "Pace": refine_pace,
    "Canary": refine_canary,
    "CampaignRoute": refine_route,
    "CampaignPatchRequest": refine_patch,
    "CampaignRequest": refine_campaign,
}
