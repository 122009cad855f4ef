"""Alerts, as requests in JSON hold them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from outbound.adapters.api.forms import form
from outbound.adapters.api.identifiers import Locale, SegmentId, TemplateId
from outbound.adapters.api.reading import ONCE, WHOLE, Model, fingerprint_of, read
from outbound.domain import regions
from outbound.domain.alert import (
    AGAIN,
    AlertSettings,
    AlertStatus,
    AlertType,
    Category,
    Certainty,
    Escalation,
    Info,
    Resource,
    Severity,
    Target,
    Urgency,
)
from outbound.domain.content import TemplateRef
from outbound.domain.duration import parse_duration
from outbound.domain.ids import ALPHABET
from outbound.domain.instant import to_milliseconds
from outbound.domain.words import Channel
from outbound.flow.alerts.making import NewAlert, Places

if TYPE_CHECKING:
    from typing import Self

ROUTE = "POST /v1/alerts"
LONGEST_TITLE = 200
LONGEST_SAID = 8_000
MOST_STEPS = 5
STEPS = (timedelta(minutes=2), timedelta(days=1))
_ANY = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*"
VISIBLE = rf"^{_ANY}[!-~\u00a1-\u1fff\u2c00-\ud7ff\uf900-\uffef]{_ANY}$"


def parse_step(value: str) -> timedelta:
    """How long after its begin an alert goes on to who hasn't acknowledged it.

    Raises:
        ValueError: it is no duration, or too short or long.
    """
    after = parse_duration(value)
    if not STEPS[0] <= after <= STEPS[1]:
        raise ValueError("must be from PT2M to P1D")
    return after


def _step(value: str) -> str:
    parse_step(value)
    return value


SEEN = "Must have a character that can be seen, and no control characters, such as Boil water."
AlertId = Annotated[
    str,
    form(
        rf"^alt_[{ALPHABET}]{{20}}$",
        "Must be the id of an alert, such as alt_4fz7k2m9q0x8c1v6b3n5.",
    ),
]
Region = Annotated[str, AfterValidator(regions.region)]
Channels = Annotated[list[Channel], ONCE, Field(min_length=1, max_length=3)]
Title = Annotated[str, form(VISIBLE, SEEN, min_length=1, max_length=LONGEST_TITLE)]
Said = Annotated[str, form(VISIBLE, SEEN, min_length=1, max_length=LONGEST_SAID)]
Address = Annotated[
    str,
    form(
        r"^https?://[!-~]+$",
        "Must be an address on the web, in ASCII, such as https://example.org/notice.",
        max_length=2_000,
    ),
]


class TargetModel(Model):
    """Who: contacts in regions, or in a segment."""

    regions: Annotated[list[Region], Field(min_length=1, max_length=60)] | None = None
    segment: SegmentId | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.regions is None) == (self.segment is None):
            raise ValueError("must have exactly one of regions and segment")
        return self


class ResourceModel(Model):
    """Something more to see."""

    description: Title
    media_type: Annotated[
        str,
        form(
            r"^[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}$",
            "Must be a media type in lowercase, such as image/png.",
        ),
    ]
    url: Address


class InfoModel(Model):
    """What is said in one language."""

    language: Locale
    event: Title
    headline: Title
    description: Said | None = None
    instruction: Said | None = None
    web: Address | None = None
    contact: Title | None = None
    areas: Annotated[list[Title], Field(max_length=50, default_factory=list)]


class EscalationModel(Model):
    """Who hasn't acknowledged it by then gets it again, by these channels."""

    after: Annotated[str, AfterValidator(_step)]
    channels: Channels


class AlertTemplateModel(Model):
    """A stored template of the purpose `emergency`; the published version if none is named."""

    id: TemplateId
    version: Annotated[int, Field(ge=1, le=99_999_999), WHOLE] | None = None


class AlertModel(Model):
    """An alert to send."""

    status: AlertStatus
    type: AlertType = AlertType.ALERT
    references: Annotated[list[AlertId], Field(max_length=10, default_factory=list)]
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    categories: Annotated[
        list[Category], Field(min_length=1, max_length=12, default_factory=lambda: [Category.OTHER])
    ]
    target: TargetModel
    channels: Channels = Field(default_factory=lambda: list(Channel))
    expires_at: AwareDatetime
    sender_name: Title | None = None
    info: Annotated[list[InfoModel], Field(min_length=1, max_length=20)]
    resources: Annotated[list[ResourceModel], Field(max_length=10, default_factory=list)]
    calls_again: Annotated[int, Field(ge=0, le=len(AGAIN)), WHOLE] = 2
    escalation: Annotated[list[EscalationModel], Field(max_length=MOST_STEPS, default_factory=list)]
    template: AlertTemplateModel | None = None


def read_alert(text: str, idempotency_key: str | None) -> NewAlert:
    """The alert in a body of JSON.

    Raises:
        Refusal: it isn't one.
    """
    model = read(AlertModel, text)
    target = Target(tuple(dict.fromkeys(model.target.regions or ())), model.target.segment)
    settings = AlertSettings(
        status=model.status,
        kind=model.type,
        infos=tuple(_info(each, model) for each in model.info),
        target=target,
        channels=tuple(model.channels),
        expires_at=to_milliseconds(model.expires_at),
        references=tuple(dict.fromkeys(model.references)),
        calls_again=model.calls_again,
        escalation=tuple(
            Escalation(parse_duration(each.after), tuple(each.channels))
            for each in model.escalation
        ),
        template=TemplateRef(model.template.id, model.template.version or 0)
        if model.template
        else None,
    )
    places = Places(
        target="/target/segment",
        references="/references",
        expires="/expires_at",
        infos=tuple(f"/info/{index}" for index in range(len(model.info))),
        steps=tuple(f"/escalation/{index}/after" for index in range(len(model.escalation))),
        template="/template",
    )
    return NewAlert(settings, None, (), places, idempotency_key, fingerprint_of(ROUTE, text))


def _info(info: InfoModel, model: AlertModel) -> Info:
    return Info(
        language=info.language,
        event=info.event,
        urgency=model.urgency,
        severity=model.severity,
        certainty=model.certainty,
        categories=tuple(dict.fromkeys(model.categories)),
        headline=info.headline,
        description=info.description,
        instruction=info.instruction,
        sender_name=model.sender_name,
        web=info.web,
        contact=info.contact,
        areas=tuple(info.areas),
        resources=tuple(
            Resource(each.description, each.media_type, each.url) for each in model.resources
        ),
    )
