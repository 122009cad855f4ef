"""Rules, as requests and answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import RuleId, TemplateId, Topic
from outbound.adapters.api.paging import cursor_of, decoded
from outbound.adapters.api.reading import WHOLE, Model, read, read_value
from outbound.adapters.api.route_requests import RouteModel
from outbound.domain.duration import duration_text
from outbound.domain.errors import refused_at
from outbound.domain.event_pattern import PatternFault, check, differs_at
from outbound.domain.event_rule import ContactPath, EventRule, Way
from outbound.domain.incoming_event import PATH
from outbound.domain.instant import rfc3339
from outbound.domain.words import Channel, Purpose, RouteMode

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Self

    from outbound.domain.key import ApiKey
    from outbound.ports import RefusedPage

MOST_VALUES = 50
Path = Annotated[
    str,
    form(PATH, "Must be a path of names and places in an event, such as $.detail.orders[0].id."),
]
Name = Annotated[
    str,
    form(
        r"^[A-Za-z_][A-Za-z0-9_]{0,63}$",
        "Must be 1 to 64 letters, digits or underscores, beginning with no digit, such as "
        "order_id.",
    ),
]
Sent = Literal[Purpose.TRANSACTIONAL, Purpose.INFORMATIONAL, Purpose.HEALTHCARE, Purpose.MARKETING]


class ContactPathModel(Model):
    """Where an event says who is written to: one of the three."""

    contact_id: Path | None = None
    email: Path | None = None
    phone: Path | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("must name exactly one of contact_id, email and phone")
        return self

    @property
    def path(self) -> ContactPath:
        """The one that is named."""
        ((kind, path),) = self.model_dump(exclude_none=True).items()
        return ContactPath(kind, path)


class RuleTemplateModel(Model):
    """A stored template; the version that is published when an event comes, if none is named."""

    id: TemplateId
    version: Annotated[int, Field(ge=1, le=99_999_999), WHOLE] | None = None


class RuleModel(Model):
    """Which events become messages, to whom, and with what."""

    pattern: dict[str, Any]
    contact: ContactPathModel
    channel: Channel | None = None
    route: RouteModel | None = None
    purpose: Sent
    topic: Topic | None = None
    template: RuleTemplateModel
    data: Annotated[dict[Name, Path], Field(max_length=MOST_VALUES)] = Field(default_factory=dict)
    enabled: bool = True

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.channel is None) == (self.route is None):
            raise ValueError("the rule must have exactly one of channel and route")
        return self

    @property
    def way(self) -> Way:
        """How its messages go."""
        if self.route is not None:
            return Way(tuple(self.route.channels), self.route.mode, self.route.wait)
        assert self.channel is not None
        return Way((self.channel,))


class PatternTrialModel(Model):
    """A pattern, and an event to try it on."""

    pattern: dict[str, Any]
    event: dict[str, Any]


class RuleIdModel(Model):
    """The id in the path."""

    id: RuleId


def read_rule_id(value: str) -> str:
    """The id of a rule in a path.

    Raises:
        Refusal: it can't be one.
    """
    return read_value(RuleIdModel, {"id": value}, "").id


def read_rule(rule_id: str, text: str, key: ApiKey, now: datetime) -> EventRule:
    """A rule as it shall be.

    Raises:
        Refusal: the body isn't one.
    """
    model = read(RuleModel, text)
    return EventRule(
        tenant=key.tenant,
        id=rule_id,
        pattern=model.pattern,
        contact=model.contact.path,
        way=model.way,
        purpose=model.purpose,
        topic=model.topic,
        template=model.template.id,
        version=model.template.version,
        data=model.data,
        enabled=model.enabled,
        mode=key.mode,
        by=key.id,
        created_at=now,
        updated_at=now,
    )


def tried(text: str) -> dict[str, Any]:
    """Whether a pattern matches an event, and where they differ first.

    Raises:
        Refusal: the body has no pattern and event.
    """
    model = read(PatternTrialModel, text)
    try:
        check(model.pattern)
    except PatternFault as fault:
        raise refused_at(f"/pattern{fault.pointer}", "invalid_pattern", str(fault)) from None
    place = differs_at(model.pattern, model.event)
    pointer = None if place is None else f"/pattern{place}"
    return {"matches": place is None, "differs_at": pointer}


def rule_body(rule: EventRule) -> dict[str, Any]:
    """A rule as it is now."""
    way = rule.way
    route = None
    if way.mode is not None:
        after = duration_text(way.after) if way.mode is RouteMode.FIRST else None
        route = {"mode": way.mode, "channels": list(way.channels), "after": after}
    return {
        "id": rule.id,
        "pattern": rule.pattern,
        "contact": {rule.contact.kind: rule.contact.path},
        "channel": way.channels[0] if route is None else None,
        "route": route,
        "purpose": rule.purpose,
        "topic": rule.topic,
        "template": {"id": rule.template, "version": rule.version},
        "data": dict(rule.data),
        "enabled": rule.enabled,
        "mode": rule.mode,
        "created_at": rfc3339(rule.created_at),
        "updated_at": rfc3339(rule.updated_at),
    }


def refused_body(page: RefusedPage) -> dict[str, Any]:
    """A page of events that became no message."""
    items = [
        {
            "event_id": each.event_id,
            "detail_type": each.kind,
            "at": rfc3339(each.at),
            "refused_at": rfc3339(each.refused_at),
            "code": each.code,
            "detail": each.detail,
        }
        for each in page.events
    ]
    return {"items": items, "next_cursor": cursor_of(page.after)}


def read_refused_cursor(parameters: Mapping[str, str], form: re.Pattern[str]) -> str | None:
    """The place behind which a page of refused events begins.

    Raises:
        Refusal: we didn't make it.
    """
    return decoded(parameters, form)
